"""A document's page, read and decoded in the worker that cleans it.

Enters: a `Document`. Leaves: a `Content`. Look first at `content_of`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cleaner.batch.inputs.columns import CONTENT_FIELDS, FETCHED_FIELDS, ID_FIELDS, URL_FIELDS, pick
from cleaner.batch.inputs.documents import Document, Unreadable
from cleaner.batch.inputs.streams import inflated, read_page
from cleaner.read.decode import decode
from cleaner.read.guard import guard
from cleaner.read.limits import Refused

if TYPE_CHECKING:
    from cleaner.batch.settings import ColumnNames

_LONE = re.compile(r"\\u[dD][89a-fA-F]")


class Content(NamedTuple):
    """The page, its address, the name that its record gives as source, and when it was fetched (ISO 8601)."""

    data: bytes | str
    url: str | None
    source: str
    fetched: str | None


def content_of(document: Document, fields: ColumnNames) -> Content:
    """What a document holds. Raises `Unreadable`."""
    if document.form == "json":
        return _of_json(document.data or b"", document.source, fields)
    data = read_page(document.path) if document.path is not None else document.data
    if data is None:
        raise Unreadable("no-content")
    if isinstance(data, bytes) and document.charset:
        data = _declared(data, document.charset)
    return Content(data, document.url, document.source, document.fetched)


def _of_json(line: bytes | str, source: str, fields: ColumnNames) -> Content:
    record = parse(line)
    names = tuple(record)
    key = pick(names, fields.content, CONTENT_FIELDS)
    content = record.get(key) if key is not None else None
    if not isinstance(content, str):
        raise Unreadable("no-content", f"no text in the field {key or fields.content or 'of a page'}")
    url = _text(record, pick(names, fields.url, URL_FIELDS))
    ident = _text(record, pick(names, fields.id, ID_FIELDS))
    fetched = _text(record, pick(names, fields.fetched, FETCHED_FIELDS))
    return Content(content, url, f"{source.rpartition('#')[0]}#{ident}" if ident else source, fetched)


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


def _text(record: dict[str, Any], name: str | None) -> str | None:
    value = record.get(name) if name is not None else None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value if isinstance(value, str) and value else None


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
