"""What no real page has never reaches the parser: refused, or flattened the way browsers do.

Enters: bytes or str. Leaves: nothing, the same text, or `Refused`. Look first at `tame`; the limits are in
`limits.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.read.decode import wide
from cleaner.read.flatten import flatten, overloaded
from cleaner.read.limits import MAX_ATTRIBUTES, MAX_BYTES, MAX_ELEMENTS, MAX_OPTIONS, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Refused", "binary", "guard", "tame"]

_UNCLOSED = 1_000  # an estimate: void elements and optional end tags count as open (95 % of pages: under 500)
_CHUNK = 4_096
_CLOSER = re.compile(b"</")
# Open formatting is built anew in every block that follows: elements that the parser would make of little
# markup. An open link is closed by the next. Of 500 real pages none comes near this many.
_REBUILT = 1_000_000
_FORMATTING = re.compile(
    rb"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s>/]", re.IGNORECASE
)
_OPTION = re.compile("<option", re.IGNORECASE)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "Parquet data"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "an Office document"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"\0\0\0\x18ftyp", "video"),
    (b"\0\0\0\x20ftyp", "video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_CONTROLS = bytes(x for x in range(32) if x not in (9, 10, 12, 13, 27))
_NOT_CONTROLS = bytes(x for x in range(256) if x not in _CONTROLS)


def guard(data: bytes | str) -> None:
    """Raise `Refused` where the input is too large, or not text at all: `too-large`, `binary`.

    Known cost: bytes of whose head more than a twentieth are control characters are refused, readable or not.
    """
    if len(data) > MAX_BYTES:
        unit = "bytes" if isinstance(data, bytes) else "characters"
        raise Refused("too-large", f"{len(data):,} {unit}; the limit is {MAX_BYTES:,}")
    if isinstance(data, bytes):
        what = binary(data)
        if what:
            raise Refused("binary", f"this is {what}, not a page or a text")


def binary(data: bytes) -> str | None:
    """What kind of non-text this is, or None. UTF-16 and UTF-32, which are full of NULs, are text."""
    head = data[:8192]
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    controls = len(head.translate(None, _NOT_CONTROLS))
    if controls * 20 > len(head) and head[:2] not in (b"\xff\xfe", b"\xfe\xff") and wide(head) is None:
        return "binary data"
    if len(head) > 64 and not head.isascii() and len(set(head[:256])) < 4 and len(set(head)) < 4:
        return "binary data"
    return None


def tame(text: str, raw: bytes | None = None) -> str:
    """The markup with what would make the parser quadratic flattened; an ordinary page comes back as it is.

    `raw` is the same text in UTF-8, for a caller who has it. Text is never dropped. Beyond `MAX_DEPTH`
    nested tags a block's tags become paragraph breaks and inline tags go; unclosed formatting beyond
    `MAX_FORMATTING` and options beyond `MAX_OPTIONS` lose their tags; a tag with more than `MAX_ATTRIBUTES`
    loses them all. Raises `Refused` (`too-many-elements`).

    An estimate at C speed decides whether the exact pass runs (0.2 ms for 300 KB; 1 % of real pages go on).
    Known cost: markup built to fool the estimate still takes the parser's time; the batch engine ends that.
    """
    if not _suspicious(text, text.encode("utf-8", "replace") if raw is None else raw):
        return text
    return flatten(text)


def _suspicious(text: str, raw: bytes) -> bool:
    chunks = [raw[start : start + _CHUNK] for start in range(0, len(raw), _CHUNK)]
    # Half as dear as counting, which stops at every byte.
    counts = [len(x) - len(x.replace(b"<", b"")) for x in chunks]
    tags = sum(counts)
    if _deep(chunks, counts) or (tags > 2 * MAX_OPTIONS and len(_OPTION.findall(text)) > MAX_OPTIONS):
        return True
    if _rebuilds(chunks, tags):
        return True
    # End tags make no elements: counting them sent a story of 40,000 paragraphs through the exact pass.
    many = tags > MAX_ELEMENTS and tags - text.count("</") > MAX_ELEMENTS
    return many or _long_tag(text)


def _deep(chunks: Sequence[bytes], counts: Sequence[int]) -> bool:
    """Whether more than `_UNCLOSED` tags may be open at once, to the precision of a chunk.

    `counts` are the chunks' tags; which of them are end tags is looked up only while there are too many to be
    open all at once.
    """
    depth = ahead = done = 0
    for tags in counts:
        ahead += tags
        while depth + ahead > _UNCLOSED:
            closers = len(_CLOSER.findall(chunks[done]))
            openers = counts[done] - closers
            if depth + openers > _UNCLOSED:
                return True
            depth = max(0, depth + openers - closers)
            ahead -= counts[done]
            done += 1
    return False


def _rebuilds(chunks: Sequence[bytes], tags: int) -> bool:
    """Whether formatting may be open at once before so many tags that rebuilding it explodes.

    Of few tags not enough can be open; which of the open ones are formatting is looked up only where all that
    is open would do.
    """
    if tags * _UNCLOSED < _REBUILT or _most_open(chunks) * tags < _REBUILT:
        return False
    raw = b"".join(chunks)
    open_now = built = at = 0
    for match in _FORMATTING.finditer(raw):
        start = match.start()
        built += open_now * raw.count(b"<", at, start)
        open_now = max(0, open_now - 1) if match[1] else open_now + 1
        at = start
    return built + open_now * raw.count(b"<", at) >= _REBUILT


def _most_open(chunks: Sequence[bytes]) -> int:
    """The most tags open at once, to the precision of a chunk."""
    depth = most = 0
    for chunk in chunks:
        closers = chunk.count(b"</")
        openers = chunk.count(b"<") - closers
        most = max(most, depth + openers)
        depth = max(0, depth + openers - closers)
    return most


def _long_tag(text: str) -> bool:
    """Whether some tag may hold more than `MAX_ATTRIBUTES`: it spans 3 KB, so a probe falls into it."""
    for probe in range(0, len(text), 2_048):
        if text.find(">", probe, probe + 1_024) >= 0:
            continue
        start = text.rfind("<", max(0, probe - 2_048), probe + 1)
        if start < 0 or not text[start + 1 : start + 2].isalpha() or text.find(">", start, probe) >= 0:
            continue
        end = text.find(">", start)
        attributes = text[start + 1 : end if end > 0 else None]
        if len(attributes.split(None, MAX_ATTRIBUTES + 1)) > MAX_ATTRIBUTES and overloaded(attributes):
            return True
    return False
