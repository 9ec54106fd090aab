"""Files as streams of bytes: opened without waiting, inflated within bounds.

Enters: a path, or a stream. Leaves: bytes or a stream, without gzip, zstandard,
bzip2 or xz. Look first at `opened`.
Nothing is inflated beyond the limit of a page unless it is read piece by piece.
"""

from __future__ import annotations

import bz2
import io
import lzma
import os
import select
import stat
import sys
import zlib
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from cleaner.batch.inputs.documents import STDIN, Unreadable
from cleaner.batch.inputs.zstd_frames import ZstdFrames
from cleaner.model import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 2**16
GZIP, ZSTD, BZIP2, XZ = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00"
_MAX_SAVED = 8 * MAX_BYTES  # a page saved with its pictures in it, which are taken out


class MissingExtra(ImportError):  # noqa: N818 - the word says what to do
    """A package that reads this kind of file is not installed."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}: pip install 'cleaner[{extra}]'")


def read_page(path: str) -> bytes:
    """The bytes of one page, inflated where it is packed. Raises `Unreadable`; never waits, never exceeds
    the limit.
    """
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > _MAX_SAVED:
                raise Unreadable("too-large", f"{size:,} bytes; the limit is {MAX_BYTES:,}")
            data = file.read(_MAX_SAVED + 1)
    except OSError as error:
        raise Unreadable("unreadable", reason_of(error)) from error
    return inflated(data)


def open_regular(path: str) -> BinaryIO:
    """Open without waiting for a FIFO's other end. Raises `Unreadable` for what is no regular file,
    `OSError`.
    """
    file = open(path, "rb", 2**16, opener=lambda p, flags: os.open(p, flags | os.O_NONBLOCK))
    mode = os.fstat(file.fileno()).st_mode
    if not stat.S_ISREG(mode):
        file.close()
        raise Unreadable("not-a-file", "not a regular file")
    return file


def inflated(data: bytes) -> bytes:
    """What packed data holds, by its first bytes; other data as it is. Raises `Unreadable`."""
    for mark, inflate in INFLATERS.items():
        if data.startswith(mark):
            return _capped(inflate(io.BytesIO(data)))
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
                if len(data) < len(GZIP):
                    data += file.read(_CHUNK)
                if data != GZIP[:1] and not data.startswith(GZIP):
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
        frames = ZstdFrames(file)
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
            frames, read_across_frames=True
        ) as reader:
            while chunk := reader.read(2**20):
                yield chunk
    except zstandard.ZstdError as error:
        raise Unreadable("bad-zstd", str(error)) from error
    if not frames.whole:
        raise Unreadable("truncated-zstd", "ends before its end mark")


def _standard(file: BinaryIO, new: Callable[[], Any], mark: bytes, name: str) -> Iterator[bytes]:
    """bzip2 or xz, stream after stream, in bounded pieces."""
    inflater = new()
    try:
        while True:
            if inflater.eof:
                rest = inflater.unused_data or file.read(_CHUNK)
                if not rest.startswith(mark):
                    return
                inflater = new()
            else:
                rest = file.read(_CHUNK) if inflater.needs_input else b""
                if not rest and inflater.needs_input:
                    raise Unreadable(f"truncated-{name}", "ends before its end mark")
            if chunk := inflater.decompress(rest, 2**20):
                yield chunk
    except (OSError, lzma.LZMAError, MemoryError) as error:
        raise Unreadable(f"bad-{name}", str(error)) from error


def _bunzip2(file: BinaryIO) -> Iterator[bytes]:
    return _standard(file, bz2.BZ2Decompressor, BZIP2, "bzip2")


def _unxz(file: BinaryIO) -> Iterator[bytes]:
    return _standard(file, lambda: lzma.LZMADecompressor(memlimit=2**28), XZ, "xz")


INFLATERS: Final[dict[bytes, Callable[[BinaryIO], Iterator[bytes]]]] = {
    GZIP: _gunzip,
    ZSTD: _unzstd,
    BZIP2: _bunzip2,
    XZ: _unxz,
}


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


class _Counted(io.RawIOBase):
    """Standard input, and how much of it was read: what is read and not yet taken waits for nobody."""

    def __init__(self, raw: io.FileIO) -> None:
        super().__init__()
        self.raw, self.taken = raw, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.taken

    def fileno(self) -> int:
        return self.raw.fileno()

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - a writable buffer
        got = self.raw.readinto(buffer)
        self.taken += got or 0
        return got


@lru_cache(maxsize=1)
def _standard_input(stdin: BinaryIO) -> BinaryIO:
    """One stream over standard input for all who look at it: what one has peeked, the next must see."""
    raw = getattr(stdin, "raw", None)
    if not isinstance(raw, io.FileIO):
        return stdin
    return cast("BinaryIO", io.BufferedReader(_Counted(raw), 2**16))


def producer_pauses() -> bool:
    """Whether reading standard input would wait: nothing of it is read ahead, and nothing has come since."""
    stream = _standard_input(sys.stdin.buffer)
    raw = getattr(stream, "raw", None)
    if not isinstance(raw, _Counted) or stream.tell() < raw.taken:
        return False
    return not select.select([raw], [], [], 0)[0]


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A regular file, or standard input, as it lies. Raises `Unreadable`, `OSError`."""
    if path == STDIN:
        yield _standard_input(sys.stdin.buffer)
        return
    with open_regular(path) as raw:
        yield raw


def peeked(stream: BinaryIO, size: int) -> bytes:
    """The first bytes, which stay to be read: as many as one read of the stream gives, `size` at most.

    Not more than one read: a producer that pauses would be waited for.
    """
    peek = getattr(stream, "peek", None)
    return bytes(peek(size)[:size]) if peek is not None else b""


def unpacked(raw: BinaryIO) -> BinaryIO:
    """The stream without its compression, by its first bytes. Reading raises `Unreadable`."""
    head = peeked(raw, 8)
    for mark, inflate in INFLATERS.items():
        if head.startswith(mark):
            return cast("BinaryIO", io.BufferedReader(_Chunks(inflate(raw)), 2**18))
    return raw


def reason_of(error: OSError) -> str:
    """The fault in plain words, without number and path."""
    return (
        (error.strerror or type(error).__name__).lower().replace("no such file or directory", "no such file")
    )
