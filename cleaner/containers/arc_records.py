"""ARC files, the Internet Archive's format before WARC.

Enters: a binary stream, gzip or not. Leaves: a `Part` for each page. Look first at `arc_parts`.

A record is one line (`URL IP date type length`, version 2 with more in between), so many bytes, a line end.
The first record (`filedesc:`) describes the file. Layout: archive.org/web/researcher/ArcFileFormat.php.
"""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from cleaner.containers.http_payload import decoded
from cleaner.containers.part import MAX_PART, Part, PartError, Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = 2**14
_SKIP = 2**20


class _Readable(io.RawIOBase):
    """Whatever has `read`, as a raw stream."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        got = self._rest or self._stream.read(len(view))
        count = min(len(got), len(view))
        view[:count] = got[:count]
        self._rest = got[count:]
        return count


def arc_parts(stream: BinaryIO) -> Iterator[Part | PartError]:
    """One entry for each record that could be a page; a broken line or packing ends the file, by name."""
    buffered = io.BufferedReader(_Readable(stream))
    packed = buffered.peek(2)[:2] == b"\x1f\x8b"
    lines = cast("io.BufferedReader", gzip.GzipFile(fileobj=buffered)) if packed else buffered
    number = 0
    try:
        while line := lines.readline(_LINE):
            if not line.strip():
                continue
            number += 1
            fields = line.decode("latin-1").split(" ")
            length = fields[-1].strip()
            if len(fields) < 5 or not length.isdigit() or len(length) > 12:
                yield PartError(f"{number}", "bad-arc", f"{line[:60]!r} is no record line")
                return
            yield from _record(lines, fields, int(length), str(number))
    except (OSError, EOFError, zlib.error) as error:
        yield PartError(f"{number}", "bad-arc", f"{error}: after record {number}")


def _record(lines: BinaryIO, fields: list[str], length: int, name: str) -> Iterator[Part | PartError]:
    url, media = fields[0], fields[3]
    if url.startswith(("filedesc:", "dns:")) or length > MAX_PART:
        _pass(lines, length)
        if length > MAX_PART:
            yield PartError(name, "too-large", f"{length:,} bytes; the limit is {MAX_PART:,}")
        return
    data = lines.read(length)
    if not media.startswith(("text/", "application/xhtml", "no-type")):
        yield PartError(name, "not-a-page", media, skipped=True)
    elif len(data) < length:
        yield PartError(name, "truncated-record", f"{len(data):,} of {length:,} bytes")
    else:
        yield _page(data, url, fields[2], name)


def _page(data: bytes, url: str, date: str, name: str) -> Part | PartError:
    head, mark, body = data.partition(b"\r\n\r\n")
    if not mark:
        head, mark, body = data.partition(b"\n\n")
    headers: dict[str, str] = {}
    if data.startswith(b"HTTP/") and mark:
        first, *rest = head.decode("latin-1").splitlines()
        status = [*first.split(" "), ""][1]
        if status != "200":
            return PartError(name, "http-status", status, skipped=True)
        headers = {
            key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in rest)
        }
    else:
        body = data
    try:
        body = decoded(body, headers.get("content-encoding"), headers.get("transfer-encoding"))
    except Unfit as error:
        return PartError(name, error.reason, error.remedy)
    charset = headers.get("content-type", "").lower().partition("charset=")[2].strip("\"' ;") or None
    return Part(body, None, url, name, stamp(date), {}, "arc", charset)


def stamp(digits: str) -> str | None:
    """`20200109213000` as ISO 8601 in UTC; None for what is no such stamp."""
    if not (digits.isascii() and digits.isdigit() and len(digits) in (8, 12, 14)):
        return None
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    if len(digits) == 8:
        return day
    return f"{day}T{digits[8:10]}:{digits[10:12]}:{digits[12:14] or '00'}Z"


def _pass(lines: BinaryIO, length: int) -> None:
    while length > 0 and (chunk := lines.read(min(length, _SKIP))):
        length -= len(chunk)
