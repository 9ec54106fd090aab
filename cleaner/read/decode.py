"""Bytes to text: BOM, valid UTF-8, what is declared, what the bytes look like, in that order.

Enters: bytes, and the charset an HTTP header or record named. Leaves: text without BOM or NULs, and the name
of its encoding. Nothing here raises. Labels mean what browsers take them for (WHATWG Encoding Standard).
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from webencodings.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HEAD = 16_384
_SAMPLE = 6_000

# Python's codecs for the encodings of the WHATWG standard that go by another name or mean more there.
_CODECS = {
    "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs",
    "windows-874": "cp874", "windows-1254": "cp1254", "iso-8859-8-i": "iso8859-8",
    "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "iso-2022-jp": "iso2022_jp",
}  # fmt: skip
# Labels that no browser knows and servers send.
_FOREIGN = {
    "windows-1252": "iso8859-1 latin-1 ansi cp1252", "gb18030": "cp936 ms936", "cp932": "ms932",
    "cp949": "euc_kr", "big5hkscs": "cn-big5", "cp874": "dos-874", "koi8-u": "koi8-ru",
    "utf-8": "unicode-1-1-utf-8", "mac-roman": "mac",
}  # fmt: skip
# UTF-16 in a readable <meta> is false by nature; UTF-7 and the like hide markup from whoever scans it.
_DISBELIEVED = (
    "replacement utf-7 unicode-1-1-utf-7 utf-16 utf-16le utf-16be ucs-2 utf-32 unicode iso-2022-kr "
    "iso-2022-cn hz hz-gb-2312 x-user-defined unicode_escape raw_unicode_escape punycode idna undefined none "
    "unknown"
)
_LABELS: dict[str, str | None] = {
    **{label: _CODECS.get(name, name) for label, name in LABELS.items()},
    **{label: codec for codec, labels in _FOREIGN.items() for label in labels.split()},
    **dict.fromkeys(_DISBELIEVED.split()),
    **{label: None for label, name in LABELS.items() if name in _DISBELIEVED.split()},
}
# What a browser falls back to where a page of this language declares nothing (HTML Standard, "determining
# the character encoding").
_FALLBACKS = {
    "cp1250": "pl cs sk hu sl hr", "cp1251": "ru uk be bg mk sr ky tg tt", "cp1253": "el",
    "cp1254": "tr ku az",
    "cp1255": "he", "cp1256": "ar fa ur", "cp1257": "lt lv et", "cp1258": "vi",
    "cp874": "th", "cp932": "ja", "cp949": "ko", "gb18030": "zh",
}  # fmt: skip
_LOCALES = {language: codec for codec, languages in _FALLBACKS.items() for language in languages.split()}
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,400}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:+-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}["']([\w.:+-]{2,40})""",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LANG = re.compile(rb"""<html\b[^>]{0,400}?\blang\s{0,5}=\s{0,5}["']?([a-z]{2})\b""", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:script|style)\b.*?(?:</(?:script|style)|\Z)|<[^<>]*>?|[\x00-\x20]+", re.DOTALL | re.IGNORECASE
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding it was read with.

    `declared` is the charset of the HTTP header or of the record around the bytes. Bytes that are valid
    multi-byte UTF-8 are UTF-8 whatever is declared: no other encoding's text passes that test by chance.
    """
    text = utf8(data)
    if text is not None:
        return text, "utf-8"
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _tidy(data[len(mark) :].decode(name, "replace")), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)
    if "\0" in text:
        name = wide(data[:4096]) or "utf-8"
        return _tidy(data.decode(name, "replace") if name != "utf-8" else text), name
    if "\x1b" in text and text.isascii() and _codec(declared, data) == "iso2022_jp":
        return _tidy(data.decode("iso2022_jp", "replace")), "iso-2022-jp"
    return text, "utf-8"


def utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 as they stand: no mark to take off, no NUL, no escape sequence.

    Most pages are. The scans are over the bytes, as a NUL is slow to find in a str of two bytes a character.
    """
    if b"\0" in data or b"\x1b" in data or data.startswith(_BOMS[0][0]):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def repair(text: str) -> str:
    """A str without what UTF-8 cannot hold: surrogate pairs joined, lone ones U+FFFD; BOM and NULs gone."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _tidy(text)


def wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM, told by where the NULs of Latin letters and markup stand."""
    share = [head[i::4].count(0) / max(1, len(head) // 4) for i in range(4)]
    if min(share[1:]) > 0.6 and share[0] < 0.3:
        return "utf-32-le"
    if min(share[:3]) > 0.6 and share[3] < 0.3:
        return "utf-32-be"
    if min(share[1], share[3]) > 0.3 and max(share[0], share[2]) < 0.1:
        return "utf-16-le"
    if min(share[0], share[2]) > 0.3 and max(share[1], share[3]) < 0.1:
        return "utf-16-be"
    return None


def _legacy(data: bytes, declared: str | None) -> tuple[str, str]:
    """Not valid UTF-8: damaged UTF-8, what the page declares, its wide or old encoding, in that order."""
    name = wide(data[:4096]) if b"\0" in data else None
    if name:
        return _tidy(data.decode(name, "replace")), name
    if _mostly_utf8(data):
        return _tidy(data.decode("utf-8", _MEND)), "utf-8"
    for name in _believed(data, declared):
        text = data.decode(name, _MEND if name == "utf-8" else _BYTE)
        # A real page has an odd bad byte; a false declaration fails on a good share of what is not ASCII.
        if text.count("\ufffd") <= 2 + 0.01 * _high_count(data):
            return _tidy(text), name
    return _tidy(data.decode("windows-1252", _BYTE)), "windows-1252"


def _believed(data: bytes, declared: str | None) -> Iterator[str]:
    named = _codec(declared, data)
    if named and named != "utf-8":
        yield named
    sample = _MARKUP.sub(b" ", data[:400_000])
    high = _high_count(sample)
    language = _LANG.search(data[:_HEAD])
    local = _LOCALES.get(language[1].decode().lower()) if language else None
    if local and local.startswith("cp12") and high < 0.25 * len(sample):
        yield local
    # Few accents in plain letters are Western: a detector on so little evidence only guesses.
    if high >= 0.15 * len(sample):
        found = _detect(sample)
        if found:
            yield found
        if local:
            yield local
    yield "windows-1252"


def _detect(sample: bytes) -> str | None:
    """charset-normalizer's first answer on the stretch with the most non-ASCII bytes (10 to 40 ms)."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 30 ms to import, seldom needed

    starts = range(0, max(1, len(sample) - _SAMPLE + 1), _SAMPLE)
    start = max(starts, key=lambda at: _high_count(sample[at : at + _SAMPLE]))
    best = from_bytes(
        sample[start : start + _SAMPLE], steps=4, chunk_size=1_024, preemptive_behaviour=False
    ).best()
    if best is None:
        return None
    return _lookup(best.encoding)


def _codec(declared: str | None, data: bytes) -> str | None:
    """The codec to believe: the envelope's word first, then the page's own."""
    named = _lookup(declared) if declared else None
    if named:
        return named
    head = data[:_HEAD]
    closed = head.rfind(b"-->") + 3
    if closed > 2:
        head = _COMMENT.sub(b"", head[:closed]) + head[closed:]
    for match in _DECLARED.finditer(head):
        named = _lookup((match[1] or match[2]).decode("ascii", "replace"))
        if named:
            return named
    return None


def _lookup(label: str) -> str | None:
    """A WHATWG label's Python codec; None for what is unknown, not text, or not to be believed."""
    label = label.strip().strip("\"'").lower()
    for known in (label, label.replace("_", "-")):
        if known in _LABELS:
            return _LABELS[known]
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return None
    if info.name in _LABELS:
        return _LABELS[info.name]
    return info.name if info._is_text_encoding else None  # noqa: SLF001 - said nowhere else


def _mostly_utf8(data: bytes) -> bool:
    """Whether valid multi-byte sequences, rare in other encodings, match the bytes that fit none."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(text))
    good = len(_SEVERAL.findall(text))
    return good >= max(1, bad)


_ESCAPED = re.compile("[\udc80-\udcff]")
_SEVERAL = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_ASCII = bytes(range(128))


def _high_count(data: bytes) -> int:
    return len(data.translate(None, _ASCII))


def _mend(error: UnicodeError) -> tuple[str, int]:
    """One lone bad byte amid UTF-8 is a pasted Windows character; a run of them is damage."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = error.object[error.start : error.end]
    near = error.object[max(0, error.start - 1) : error.start] + error.object[error.end : error.end + 1]
    if len(run) == 1 and near.isascii():
        return run.decode("windows-1252", "replace"), error.end
    return "\ufffd", error.end


def _byte(error: UnicodeError) -> tuple[str, int]:
    """The five bytes Windows code pages leave undefined are C1 controls to browsers; elsewhere U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding in ("charmap", "windows-1252", "cp1252"):
        return "".join(map(chr, error.object[error.start : error.end])), error.end
    return "\ufffd", error.end


_MEND, _BYTE = "cleaner-mend", "cleaner-byte"
codecs.register_error(_MEND, _mend)
codecs.register_error(_BYTE, _byte)


def _tidy(text: str) -> str:
    """Without BOMs at the head and NULs anywhere: neither is ever meant."""
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
    return text.replace("\0", "") if "\0" in text else text
