"""A document's page, read and decoded in the worker that cleans it.

Enters: a `Document`. Leaves: a `Content`. Look first at `content_of`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cleaner.batch.inputs.documents import Document, Unreadable, bounded_name
from cleaner.batch.inputs.row_aliases import ALIASES
from cleaner.batch.inputs.row_fields import NoContent, row_fields
from cleaner.batch.inputs.row_keys import RowKeys, row_value
from cleaner.batch.inputs.streams import inflated, read_page
from cleaner.containers.part import Part
from cleaner.containers.saved_pages import lean, saved_page
from cleaner.model import MAX_BYTES
from cleaner.read.decode import decode
from cleaner.read.flatten import Refused
from cleaner.read.guard import guard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.batch.settings import ColumnNames
    from cleaner.model import InputKind

_LONE = re.compile(r"\\u[dD][89a-fA-F]")
# What a browser, an extension or an archive writes into a page; any other page stays byte for byte.
_SAVED = (b"saved from url=", b"SingleFile", b"__wm.wombat(", b'"https://archive.', b"'https://archive.")
_ARCHIVED = b"FILE ARCHIVED ON "
_LOOKED_AT = 2**16


class Content(NamedTuple):
    """The page, its address, the name that its record gives as source, when it was fetched (ISO 8601), what
    it is known to be, and what its container states about it.
    """

    data: bytes | str
    url: str | None
    source: str
    fetched: str | None
    kind: InputKind | None = None
    stated: Mapping[str, Any] | None = None


def content_of(document: Document, fields: ColumnNames) -> Content:
    """What a document holds. Raises `Unreadable`."""
    if document.form == "json":
        return row_content(parse(document.data or b""), document.source, fields)
    data = read_page(document.path) if document.path is not None else document.data
    if data is None:
        raise Unreadable("no-content")
    url, fetched = document.url, document.fetched
    if isinstance(data, bytes) and document.kind != "markdown":
        data, told, captured = _as_saved(data)
        url, fetched = url or told, fetched or captured
    if isinstance(data, bytes) and document.charset:
        data = _declared(data, document.charset)
    return Content(data, url, document.source, fetched, document.kind, document.stated)


def row_content(row: Mapping[str, Any], source: str, fields: ColumnNames) -> Content:
    """The page of a row and all that the row states about it. Fields named by the user stand over the usual
    names; an id of the row takes the place of its number in `source`. Raises `Unreadable`.
    """
    try:
        found = row_fields(row, content=fields.content)
    except NoContent as error:
        blank = _blank(row)
        if blank is None or fields.content:
            raise Unreadable("no-content", str(error)) from error
        found = row_fields(row, content=blank)
    stated = dict(found.stated)
    if fields.fetched:
        stated["fetched"] = row_value(row, fields.fetched)
    if fields.url:
        stated.pop("url", None)
    url, ident, fetched = _told(row, fields, found.url, found.id, stated.get("fetched"))
    name = f"{source.rpartition('#')[0]}#{ident}" if ident else source
    kind = None if found.content_kind_hint == "text" else found.content_kind_hint
    return Content(found.content, url, bounded_name(name), fetched, kind, stated or None)


def _blank(row: Mapping[str, Any]) -> str | None:
    """The field that would hold the page and holds nothing: such a page is empty, and no fault."""
    keys = RowKeys(row)
    return next((name for name in ALIASES["content"] if isinstance(keys.value(name), str)), None)


def row_identity(row: Mapping[str, Any], fields: ColumnNames) -> tuple[str | None, str | None, str | None]:
    """Address, id and time of fetching of a row whatever else it holds."""
    keys = RowKeys(row)
    url, ident, fetched = (keys.get(ALIASES[name]) for name in ("url", "id", "fetched"))
    return _told(row, fields, *(found[1] if found else None for found in (url, ident, fetched)))


def _told(
    row: Mapping[str, Any], fields: ColumnNames, url: object, ident: object, fetched: object
) -> tuple[str | None, str | None, str | None]:
    """Those of the fields that are named, else those given, where they are texts."""
    names = (fields.url, fields.id, fields.fetched)
    pairs = zip(names, (url, ident, fetched), strict=True)
    address, name, moment = (row_value(row, named) if named else usual for named, usual in pairs)
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    texts = (value if isinstance(value, str) and value else None for value in (address, name, moment))
    return next(texts), next(texts), next(texts)


def parse(line: bytes | str) -> dict[str, Any]:
    """One line of JSON as a mapping. Raises `Unreadable`; lone surrogates, which orjson refuses, are let
    through.
    """
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        if not _LONE.search(line if isinstance(line, str) else line.decode("ascii", "replace")):
            raise Unreadable("bad-json", str(error)) from error
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as again:
            raise Unreadable("bad-json", str(again)) from again
    if not isinstance(value, dict):
        raise Unreadable("bad-json", f"{type(value).__name__} where an object was expected")
    return value


def _as_saved(data: bytes) -> tuple[bytes, str | None, str | None]:
    """The page, its own address and when it was captured, where a browser or an archive wrote them into it.

    Pictures inside are taken out of what is larger than a page may be. Any other page stays as it is.
    """
    head = data[:_LOOKED_AT]
    if any(mark in head for mark in _SAVED) or _ARCHIVED in data[-_LOOKED_AT:]:
        found = next(saved_page(data), None)
        if isinstance(found, Part) and isinstance(found.content, bytes) and found.container != "html":
            return found.content, found.url, found.fetched
    if len(data) > MAX_BYTES:
        data = lean(data)
        if len(data) > MAX_BYTES:
            raise Unreadable("too-large", f"{len(data):,} bytes without its pictures; {MAX_BYTES:,} at most")
    return data, None, None


def _declared(data: bytes, charset: str) -> bytes | str:
    """Decoded as the HTTP header says; what `guard` would refuse stays bytes, for the cleaner to refuse by
    name.
    """
    data = inflated(data)
    try:
        guard(data)
    except Refused:
        return data
    return decode(data, charset)[0]
