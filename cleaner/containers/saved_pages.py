"""Pages as browsers and their extensions save them: SingleFile, "complete", Safari's .webarchive, HAR.

Enters: the file's bytes. Leaves: the page with its own address and the day it was saved. Look first at
`saved_page`.

What is embedded as `data:` is taken out before any size is looked at: a page of 40 KB with its pictures and
fonts inside weighs 20 MB. Known cost: none for text; the pictures' addresses become `data:,`.
"""

from __future__ import annotations

import base64
import binascii
import plistlib
import re
from typing import TYPE_CHECKING, Any

import orjson

from cleaner.containers.capture_addresses import captured, original
from cleaner.containers.part import Part, PartError, Source, Unfit, safely, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DATA = re.compile(rb"data:[^\"'\s)<>,]{0,200},[^\"'\s)<>]{100,}")
_SINGLE_FILE = re.compile(
    rb"<!--\s{0,20}Page saved with SingleFile\s{0,20}url:\s{0,9}(\S{1,2000})\s{0,20}"
    rb"(?:saved date:\s{0,9}([^\r\n]{5,80}))?"
)
_JS_DATE = re.compile(r"\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d\d)(\d\d)")
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {m: n for n, m in enumerate(_NAMES, 1)}


@safely
def saved_page(data: Source) -> Iterator[Part | PartError]:
    """An HTML page; its address and capture from what a browser, extension or archive wrote into it."""
    content = lean(whole(data))
    if found := _SINGLE_FILE.search(content[: 2**16]):
        url, fetched = original(found[1].decode("utf-8", "replace"))
        yield Part(content, "html", url, "1", fetched or _saved_date(found[2]), {}, "singlefile")
        return
    told, fetched = captured(content)
    yield Part(content, "html", told, "1", fetched, {}, "saved-page" if told or fetched else "html")


def lean(page: bytes) -> bytes:
    """The page without the bytes of embedded resources. Linear."""
    return _DATA.sub(b"data:,", page) if b"data:" in page else page


def _saved_date(told: bytes | None) -> str | None:
    text = (told or b"").decode("latin-1")
    found = _JS_DATE.match(text)
    if found and found[1] in _MONTHS:
        return f"{found[3]}-{_MONTHS[found[1]]:02}-{found[2]}T{found[4]}{found[5]}:{found[6]}"
    iso = re.match(r"\d{4}-\d\d-\d\d(?:T[\d:.]{5,12}Z?)?", text)
    return iso[0] if iso else None


@safely
def web_archive_page(data: Source) -> Iterator[Part | PartError]:
    """The main resource of a Safari .webarchive, binary or XML; frames are not pages of their own."""
    try:
        found = plistlib.loads(whole(data))
    except (plistlib.InvalidFileException, ValueError, RecursionError) as error:
        raise Unfit("bad-plist", f"{error}: the file is damaged") from error
    main = found.get("WebMainResource") if isinstance(found, dict) else None
    content = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(content, bytes):
        raise Unfit("not-a-page", "a property list that holds no saved page; leave it out")
    url, fetched = original(str(main.get("WebResourceURL") or ""))
    charset = main.get("WebResourceTextEncodingName")
    html = "html" in str(main.get("WebResourceMIMEType") or "html")
    yield Part(
        lean(content),
        "html" if html else "text",
        url or None,
        "1",
        fetched,
        {},
        "webarchive",
        charset if isinstance(charset, str) else None,
    )


@safely
def har(data: Source) -> Iterator[Part | PartError]:
    """The HTML answers of a HAR file."""
    try:
        found = orjson.loads(whole(data))
    except orjson.JSONDecodeError as error:
        raise Unfit("bad-json", str(error)) from error
    log = found.get("log") if isinstance(found, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(entries, list):
        raise Unfit("bad-har", "no log.entries in it: export it again, with content")
    count = 0
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict) and "html" in str(_at(entry, "response", "content", "mimeType") or ""):
            count += 1
            yield _answer(entry, str(number))
    if not count:
        yield PartError("", "no-records", "no HTML answer in it: export it again, with content")


def _answer(entry: Mapping[str, Any], name: str) -> Part | PartError:
    status = _at(entry, "response", "status")
    text = _at(entry, "response", "content", "text")
    if status != 200:
        return PartError(name, "http-status", str(status), skipped=True)
    if not isinstance(text, str) or not text:
        return PartError(name, "no-body", "an answer without its content: export it again, with content")
    content: bytes | str = text
    if _at(entry, "response", "content", "encoding") == "base64":
        try:
            content = base64.b64decode(text)
        except (binascii.Error, ValueError):
            return PartError(name, "bad-base64", "the content is damaged")
    url = _at(entry, "request", "url")
    moment = entry.get("startedDateTime")
    address, fetched = original(url) if isinstance(url, str) else (None, None)
    fetched = fetched or (moment if isinstance(moment, str) else None)
    return Part(content, "html", address, name, fetched, {}, "har")


def _at(value: Any, *keys: str) -> Any:  # noqa: ANN401 - JSON
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
