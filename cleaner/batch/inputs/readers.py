"""Files to documents: one generator a kind of container, streaming, and no fault leaves it.

Enters: a `File`. Leaves: `Document`s, and `Problem`s for members that cannot be read. Look first at
`READERS`. A fault in the middle of a container is reported under the container's name; what came before it
stands.
"""

from __future__ import annotations

import io
import os
import stat
import sys
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from cleaner.batch.inputs.documents import FAILED, SKIPPED, Document, Entry, Problem, Unreadable
from cleaner.batch.inputs.paths import UNKNOWN_SUFFIX, File, kind_of, reason_of
from cleaner.read.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_LINE = (
    2 * MAX_BYTES + 2**20
)  # JSON may write one byte of a page as two; \u escapes of a real page stay below
CONTENT_FIELDS = (
    "html",
    "raw_html",
    "page_html",
    "content",
    "text",
    "body",
    "page_content",
    "raw_content",
    "markdown",
)
URL_FIELDS = ("url", "link", "uri", "source_url", "canonical_url", "page_url", "warc_target_uri")
FETCHED_FIELDS = ("fetched", "fetched_at", "crawled", "fetch_time", "crawl_date", "warc_date")
ID_FIELDS = ("id", "_id", "uuid", "doc_id", "warc_record_id")
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of JSON fields or table columns; None to take the first of the usual ones that is there."""

    content: str | None = None
    url: str | None = None
    id: str | None = None
    fetched: str | None = None


def documents(file: File, fields: Fields) -> Iterator[Entry]:
    """All of one file. A plain page is not opened here: its worker does that."""
    try:
        several = False
        for entry in READERS[file.kind](file, fields):
            several = True
            yield entry
        if not several:
            yield Problem(file.source, FAILED, "no-records", "a file of records that holds none")
    except Unreadable as error:
        yield Problem(file.source, FAILED, error.reason, error.detail)
    except OSError as error:
        yield Problem(file.source, FAILED, "unreadable", reason_of(error))
    except MissingExtra as error:
        yield Problem(file.source, FAILED, "missing-extra", str(error))


class MissingExtra(ImportError):  # noqa: N818 - the word says what to do
    """A package that reads this kind of file is not installed."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}: pip install 'cleaner[{extra}]'")


def _page(file: File, _: Fields) -> Iterator[Entry]:
    yield Document(file.source, path=file.path)


def read_page(path: str) -> bytes:
    """The bytes of one page, inflated where it is packed. Raises `Unreadable`; never waits, never exceeds
    the limit.
    """
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise Unreadable("too-large", f"{size:,} bytes; the limit is {MAX_BYTES:,}")
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable("unreadable", reason_of(error)) from error
    return inflated(data)


def open_regular(path: str) -> BinaryIO:
    """Open without waiting for a FIFO's other end. Raises `Unreadable` for what is no regular file,
    `OSError`.
    """
    file = open(path, "rb", opener=lambda p, flags: os.open(p, flags | os.O_NONBLOCK))
    mode = os.fstat(file.fileno()).st_mode
    if not stat.S_ISREG(mode):
        file.close()
        raise Unreadable("not-a-file", "not a regular file")
    return file


def inflated(data: bytes) -> bytes:
    """What gzip or zstandard data holds, by its first bytes; other data as it is. Raises `Unreadable`."""
    if data.startswith(b"\x1f\x8b"):
        return _capped(_gunzip(io.BytesIO(data)))
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return _capped(_unzstd(io.BytesIO(data)))
    return data


def _capped(chunks: Iterator[bytes]) -> bytes:
    out = bytearray()
    for chunk in chunks:
        out += chunk
        if len(out) > MAX_BYTES:
            raise Unreadable("too-large", f"more than {MAX_BYTES:,} bytes once inflated")
    return bytes(out)


def _gunzip(file: BinaryIO) -> Iterator[bytes]:
    """Member after member, in bounded pieces; zeros or rubbish after a whole member end it, as in gzip
    itself.
    """
    inflater, members, pending = zlib.decompressobj(31), 0, b""
    try:
        while data := pending or file.read(_CHUNK):
            pending = b""
            if inflater.eof:
                if not data.startswith(b"\x1f\x8b"):
                    return
                inflater = zlib.decompressobj(31)
            yield inflater.decompress(data, 2**20)
            while inflater.unconsumed_tail:
                yield inflater.decompress(inflater.unconsumed_tail, 2**20)
            if inflater.eof:
                members += 1
                pending = inflater.unused_data
    except zlib.error as error:
        raise Unreadable("bad-gzip", str(error)) from error
    if not inflater.eof:
        raise Unreadable("truncated-gzip", "ends before its end mark")


def _unzstd(file: BinaryIO) -> Iterator[bytes]:
    zstandard = optional("zstandard", "a .zst file", "zst")
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
            file, read_across_frames=True
        ) as reader:
            while chunk := reader.read(2**20):
                yield chunk
    except zstandard.ZstdError as error:
        raise Unreadable("bad-zstd", str(error)) from error


def optional(name: str, what: str, extra: str) -> Any:  # noqa: ANN401 - a module
    """Import a package that an extra brings. Raises `MissingExtra`, which names the extra."""
    try:
        return __import__(name, fromlist=["_"])
    except ImportError as error:
        raise MissingExtra(what, name.partition(".")[0], extra) from error


class _Chunks(io.RawIOBase):
    """A generator of bytes as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


@contextmanager
def _unpacked(file: File) -> Iterator[BinaryIO]:
    """The file, or standard input, without its compression."""
    raw = sys.stdin.buffer if file.path == "-" else open_regular(file.path)
    try:
        head = raw.peek(4)[:4] if isinstance(raw, io.BufferedReader) else b""
        if head.startswith(b"\x1f\x8b"):
            yield cast("BinaryIO", io.BufferedReader(_Chunks(_gunzip(raw)), 2**18))
        elif head.startswith(b"\x28\xb5\x2f\xfd"):
            yield cast("BinaryIO", io.BufferedReader(_Chunks(_unzstd(raw)), 2**18))
        else:
            yield raw
    finally:
        if file.path != "-":
            raw.close()


def _lines(file: File, _: Fields) -> Iterator[Entry]:
    """One document a line; which field holds the page is for the worker, who parses it."""
    with _unpacked(file) as lines:
        number = 0
        while line := lines.readline(MAX_LINE + 1):
            number += 1
            source = f"{file.source}#{number}"
            if len(line) > MAX_LINE:
                yield Problem(source, FAILED, "too-large", f"a line of more than {MAX_LINE:,} bytes")
                while line and not line.endswith(b"\n"):
                    line = lines.readline(MAX_LINE)
                continue
            line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if line:
                yield Document(source, data=line, form="json")


def _zip(file: File, _: Fields) -> Iterator[Entry]:
    try:
        with open_regular(file.path) as raw, zipfile.ZipFile(raw) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield _zip_member(archive, info, f"{file.source}/{info.filename}")
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable("bad-zip", str(error)) from error


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> Entry:
    if kind_of(info.filename) != "page":
        return Problem(source, SKIPPED, UNKNOWN_SUFFIX, os.path.splitext(info.filename)[1])
    try:
        with archive.open(info) as member:
            return _member(source, member.read(MAX_BYTES + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        return Problem(source, FAILED, "bad-member", str(error))


def _member(source: str, data: bytes) -> Entry:
    if len(data) > MAX_BYTES:
        return Problem(source, FAILED, "too-large", f"more than {MAX_BYTES:,} bytes once inflated")
    try:
        return Document(source, data=inflated(data))
    except Unreadable as error:
        return Problem(source, FAILED, error.reason, error.detail)


def _tar(file: File, _: Fields) -> Iterator[Entry]:
    try:
        with _unpacked(file) as raw, tarfile.open(fileobj=raw, mode="r|") as archive:
            for info in archive:
                source = f"{file.source}/{info.name}"
                if info.isdir():
                    continue
                if not info.isreg():
                    yield Problem(source, SKIPPED, "not-a-file", "a link or device in the archive")
                elif kind_of(info.name) != "page":
                    yield Problem(source, SKIPPED, UNKNOWN_SUFFIX, os.path.splitext(info.name)[1])
                else:
                    member = archive.extractfile(info)
                    yield _member(source, member.read(MAX_BYTES + 1) if member else b"")
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Unreadable("bad-tar", str(error)) from error


def _table(file: File, fields: Fields) -> Iterator[Entry]:
    from cleaner.batch.inputs.parquet import rows  # noqa: PLC0415 - an extra

    yield from rows(file, fields)


def _warc(file: File, _: Fields) -> Iterator[Entry]:
    from cleaner.batch.inputs.warc import records  # noqa: PLC0415 - an extra

    with _unpacked_unless_gzip(file) as raw:
        yield from records(raw, file.source)


@contextmanager
def _unpacked_unless_gzip(file: File) -> Iterator[BinaryIO]:
    """Left to fastwarc, which inflates gzip record by record and goes on after a bad one."""
    if file.path.endswith(".zst"):
        with _unpacked(file) as raw:
            yield raw
    else:
        with open_regular(file.path) as raw:
            yield raw


READERS: dict[str, Callable[[File, Fields], Iterator[Entry]]] = {
    "page": _page, "lines": _lines, "warc": _warc, "table": _table, "zip": _zip, "tar": _tar,
}  # fmt: skip
