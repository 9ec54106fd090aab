"""WARC and WET records to parts, with fastwarc (the `warc` extra).

Enters: a binary stream, packed with gzip or zstd (dictionary frames too) or not, seekable or not. Leaves: a
`Part` for each response, resource or conversion that is a page. Look first at `parts`.

Records are read raw: fastwarc's own decoding ends the archive at the first chunked record or at a header that
names an encoding the payload no longer has. A fault in one record costs that record: in a file the next
record's mark is looked for; a stream that cannot be wound back ends there, by name.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.containers.arc_records import arc_parts
from cleaner.containers.http_payload import decoded
from cleaner.containers.part import MAX_PART, MissingPackage, Part, PartError, Source, Unfit, package

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTUAL = ("text/", "application/xhtml", "application/xml", "message/http", "application/http")
_MARKS = (b"WARC/1.", b"WARC/0.", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_STEP = 2**20
_MAX_FAULTS = 1_000  # more, and the file is no archive but noise


def parts(data: Source) -> Iterator[Part | PartError]:
    """One entry for each record that could be a page. Raises nothing for its input."""
    stream: BinaryIO = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        stream, is_arc = _ahead(stream)
        yield from arc_parts(stream) if is_arc else _records(stream)
    except MissingPackage as error:
        yield PartError("", "missing-extra", str(error))
    except Unfit as error:
        yield PartError("", error.reason, error.remedy)
    except OSError as error:
        yield PartError("", "bad-warc", str(error))


class _Told:
    """A stream as fastwarc wants it: it asks `tell` of every one, and panics where that fails (a pipe)."""

    def __init__(self, stream: BinaryIO, head: bytes = b"") -> None:
        self._stream = stream
        self._head = head
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        if self._head:
            got, self._head = self._head, b""
        else:
            got = self._stream.read(size)
        self._at += len(got)
        return got

    def tell(self) -> int:
        return self._at


def _ahead(stream: BinaryIO) -> tuple[Any, bool]:
    """The stream with a position, and whether it is an ARC file."""
    if _winds(stream):
        start = stream.tell()
        head = stream.read(2**16)
        stream.seek(start)
        return stream, _is_arc(head)
    head = stream.read(2**16)
    return _Told(stream, head), _is_arc(head)


def _is_arc(head: bytes) -> bool:
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"filedesc:")


def _winds(stream: Any) -> bool:  # noqa: ANN401 - any stream
    try:
        return bool(stream.seekable())
    except (AttributeError, OSError, ValueError):
        return False


def _records(stream: Any) -> Iterator[Part | PartError]:  # noqa: ANN401
    warc = package("fastwarc.warc", "a WARC file", "warc")
    kinds = warc.WarcRecordType
    wanted = kinds.response | kinds.resource | kinds.conversion
    faults, winds = 0, _winds(stream)
    start = stream.tell()
    while True:
        last, cut = start, False
        try:
            for record in warc.ArchiveIterator(
                stream, record_types=wanted, parse_http=True, auto_decode="none"
            ):
                last, cut = record.stream_pos, False
                for entry in _entry(record):
                    cut = isinstance(entry, PartError) and entry.reason == "truncated-record"
                    yield entry
        except GeneratorExit:
            raise
        except BaseException as error:
            if not _foreign(error):
                raise
            faults += 1
            yield PartError(f"@{last}", "bad-warc", f"{_said(error)}: after the record at byte {last:,}")
        else:
            # After a record that ends too early the archive seems to end as well, now and then.
            if not cut:
                return
            faults += 1
        found = _next_mark(stream, last + 1) if winds and faults < _MAX_FAULTS else None
        if found is None:
            return
        start = found


def _foreign(error: BaseException) -> bool:
    """An error of the input: also a panic of native code, which is no `Exception`."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _said(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200] or type(error).__name__


def _next_mark(stream: Any, start: int) -> int | None:  # noqa: ANN401
    """Where the next record begins, and the stream set there. What is read twice is the damaged record."""
    stream.seek(start)
    at, tail = start, b""
    while chunk := stream.read(_STEP):
        window = tail + chunk
        places = [place for mark in _MARKS if (place := window.find(mark)) >= 0]
        if places:
            found: int = at - len(tail) + min(places)
            stream.seek(found)
            return found
        at += len(chunk)
        tail = window[-6:]
    return None


def _entry(record: Any) -> Iterator[Part | PartError]:  # noqa: ANN401 - fastwarc has no types
    headers = record.headers
    name = (headers.get("WARC-Record-ID") or headers.get("WARC-Target-URI") or "record").strip("<>")
    http = record.http_headers
    status = http.status_code if http is not None else None
    if status is not None and status != 200:
        yield PartError(name, "http-status", str(status), skipped=True)
        return
    kind = (record.http_content_type or "").lower()
    identified = (headers.get("WARC-Identified-Payload-Type") or "").lower()
    if kind and not kind.startswith(TEXTUAL) and not identified.startswith(TEXTUAL):
        yield PartError(name, "not-a-page", identified or kind, skipped=True)
        return
    try:
        yield _part(record, name, http, identified or kind)
    except Unfit as error:
        yield PartError(name, error.reason, error.remedy)
    except (OSError, ValueError, EOFError) as error:
        yield PartError(name, "bad-record", _said(error))


def _part(record: Any, name: str, http: Any, kind: str) -> Part:  # noqa: ANN401
    headers = record.headers
    length = (headers.get("Content-Length") or "").strip()
    if not length.isdigit():
        raise Unfit("bad-record", f"Content-Length is {length[:40]!r}")
    data = record.reader.read(min(record.content_length, MAX_PART) + 1)
    if len(data) > MAX_PART:
        raise Unfit("too-large", f"more than {MAX_PART:,} bytes; {length} are stated")
    cut = headers.get("WARC-Truncated")
    if len(data) < record.content_length and not cut:
        raise Unfit("truncated-record", f"{len(data):,} of {record.content_length:,} bytes")
    if http is not None:
        data = decoded(data, http.get("Content-Encoding"), http.get("Transfer-Encoding"))
    else:
        data = decoded(data, None, None)
    url = headers.get("WARC-Target-URI")
    return Part(
        data, _kind(kind), url.strip("<>") if url else None, name, headers.get("WARC-Date"),
        {"truncated": cut} if cut else {}, "warc", record.http_charset or None,
    )  # fmt: skip


def _kind(media: str) -> Any:  # noqa: ANN401 - a `PartKind`
    """HTML where the type says so; "text/plain" is often wrong of pages and is left to their bytes."""
    return "html" if "html" in media else None
