"""Collections in SGML: TREC (FT, LA Times, WSJ, AP, NYT, FBIS) and the Gigaword corpora.

Enters: a stream or bytes. Leaves: a `Part` a `<DOC>`. Look first at `FIELDS`. Read in pieces, so a corpus of
any size takes the memory of one document.
"""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING, Final

from cleaner.containers.paragraphs import joined, unwrapped
from cleaner.containers.part import MAX_PART, Part, PartError, Source, clear, plain_text, safely

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS: Final = {
    "headline": "headline",
    "head": "headline",
    "hl": "headline",
    "h3": "headline",
    "title": "headline",
    "byline": "authors",
    "by": "authors",
    "author": "authors",
    "date": "date",
    "date_time": "date",
    "dd": "date",
    "date1": "date",
    "dateline": "dateline",
    "so": "site",
    "source": "site",
    "pub": "site",
    "section": "section",
    "language": "language",
    "lead": "lead",
    "lp": "lead",
}
_STEP = 2**18
_DOC = re.compile(r"<DOC\b([^>]{0,400})>", re.IGNORECASE)
_FIELD = re.compile(r"<(\w{1,20})(?:\s[^<>]{0,400})?>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_PARAGRAPH = re.compile(r"</?(?:P|PARAGRAPH)(?:\s[^<>]{0,100})?>", re.IGNORECASE)
_ID = re.compile(r"\bid\s*=\s*\"?([\w.:-]{1,80})", re.IGNORECASE)
_ID_DAY = re.compile(r"_?((?:19|20)\d\d)(\d\d)(\d\d)[.-]?\d{0,6}$")


@safely
def collection(data: Source) -> Iterator[Part | PartError]:
    """The documents of a collection, in order."""
    number = 0
    for piece in _documents(io.BytesIO(data) if isinstance(data, bytes) else data):
        number += 1
        if len(piece) > MAX_PART:
            yield PartError(str(number), "too-large", "no end of a document in 10 MB")
            continue
        yield _document(plain_text(piece), str(number))
    if not number:
        yield PartError("", "no-records", "no <DOC> in it")


def _documents(stream: io.BufferedIOBase | object) -> Iterator[bytes]:
    """What stands between `<DOC` and `</DOC>`; one without an end goes to the file's."""
    held = b""
    looked = 0
    while chunk := getattr(stream, "read", bytes)(_STEP):
        held += chunk
        while (end := _find(held, b"</doc>", looked)) >= 0:
            start = _find(held, b"<doc", 0)
            if 0 <= start < end:
                yield held[start:end]
            held = held[end + 6 :]
            looked = 0
        looked = max(len(held) - 5, 0)
        if len(held) > MAX_PART + _STEP:
            yield held
            held, looked = b"", 0
    if (start := _find(held, b"<doc", 0)) >= 0:
        yield held[start:]


def _find(data: bytes, mark: bytes, start: int) -> int:
    upper = data.find(mark.upper(), start)
    return upper if upper >= 0 else data.find(mark, start)


def _document(text: str, number: str) -> Part | PartError:
    told = _DOC.match(text)
    ident = _ID.search(told[1]) if told else None
    name = ident[1] if ident else joined(_inside(text, "docno") or _inside(text, "docid") or "") or number
    stated: dict[str, str] = {}
    body = _inside(text, "text")
    head = text[: text.lower().find("<text")] if body is not None else text
    for found in _FIELD.finditer(head):
        field = FIELDS.get(found[1].lower())
        if field and field not in stated:
            stated[field] = _plain(_inside(head[found.start() :], found[1].lower()) or "")
    lead = stated.pop("lead", "")
    if not stated.get("date") and (day := _ID_DAY.search(name)):
        stated["date"] = "-".join(day.groups())
    content = "\n\n".join(piece for piece in (lead, _paragraphs(body or "")) if piece)
    if not content:
        return PartError(name, "no-body", "a document without text")
    return Part(content, "text", None, name, None, clear(stated), "sgml")


def _inside(text: str, tag: str) -> str | None:
    """What is inside the first such element; to the text's end where it is not closed."""
    found = re.search(rf"<{tag}(?:\s[^<>]{{0,400}})?>", text, re.IGNORECASE)
    if not found:
        return None
    end = re.search(rf"</{tag}\s{{0,9}}>", text[found.end() :], re.IGNORECASE)
    return text[found.end() : found.end() + end.start()] if end else text[found.end() :]


def _plain(text: str) -> str:
    return joined(html.unescape(_TAG.sub(" ", text)))


def _paragraphs(text: str) -> str:
    text = _PARAGRAPH.sub("\n\n", text)
    return unwrapped(html.unescape(_TAG.sub("", text)))
