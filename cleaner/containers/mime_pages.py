"""MHTML pages and e-mail newsletters (the standard library's `email`).

Enters: a .mht, .mhtml, .eml or mbox file. Leaves: the page, or a `Part` a message. Look first at `parts`.

The Date of an MHTML file is when it was saved; that of a newsletter is its publication.
"""

from __future__ import annotations

import re
from datetime import UTC
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from cleaner.containers.capture_addresses import original
from cleaner.containers.part import Part, PartError, Source, clear, safely, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_MBOX = re.compile(rb"(?:\A|\n\r?\n)From [^\r\n]{1,200} \d{4}\r?\n")
_PREFIX = re.compile(r"(?:(?:fwd?|re|aw|wg|tr):\s*){1,5}", re.IGNORECASE)


@safely
def parts(data: Source) -> Iterator[Part | PartError]:
    """The page of an MHTML file, or one part a message."""
    content = whole(data)
    starts = list(_MBOX.finditer(content)) if content.startswith(b"From ") else []
    ends = [found.start() for found in starts[1:]] + [len(content)]
    pieces = [content[found.end() : end] for found, end in zip(starts, ends, strict=False)] or [content]
    for number, piece in enumerate(pieces, 1):
        yield _message(message_from_bytes(piece), str(number))


def _message(message: Message, name: str) -> Part | PartError:
    chosen = _chosen(message)
    if chosen is None:
        return PartError(name, "no-body", "a message without a text or HTML part")
    content = chosen.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return PartError(name, "no-body", "a message whose text is empty")
    html = chosen.get_content_type() in ("text/html", "application/xhtml+xml")
    saved = message.get_content_type() == "multipart/related" and not message.get("To")
    charset = chosen.get_content_charset()
    moment = moment_of(message.get("Date"))
    if saved or message.get("Snapshot-Content-Location"):
        location = str(message.get("Snapshot-Content-Location") or chosen.get("Content-Location") or "")
        url, captured = original(location) if location.startswith("http") else (None, None)
        return Part(content, "html" if html else "text", url, name, captured or moment, {}, "mhtml", charset)
    sender, address = parseaddr(_words(message.get("From")))
    stated = {
        "headline": _PREFIX.sub("", _words(message.get("Subject")), count=1), "date": moment,
        "site": sender or address.partition("@")[2],
    }  # fmt: skip
    return Part(content, "html" if html else "text", None, name, None, clear(stated), "eml", charset)


def _chosen(message: Message) -> Message | None:
    """The root page: the first HTML part, else the first of plain text. Attachments are no text."""
    plain = None
    for part in message.walk():
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment":
            continue
        if kind in ("text/html", "application/xhtml+xml"):
            return part
        if kind == "text/plain" and plain is None and not part.is_multipart():
            plain = part
    return plain


def _words(header: object) -> str:
    """A header with its encoded words read."""
    try:
        return " ".join(str(make_header(decode_header(str(header or "")))).split())
    except (LookupError, UnicodeError, HeaderParseError, ValueError):
        return " ".join(str(header).split())


def moment_of(header: object) -> str | None:
    """A mail date as ISO 8601; None where it is none."""
    try:
        moment = parsedate_to_datetime(str(header))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
