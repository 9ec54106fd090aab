"""Where records go: a stream, a file, a Parquet file or a folder.

Enters: the bytes of records, in order. Leaves: outputs that are whole, or that a manifest knows the sizes of.
Look first at `open_output`. Nothing appears under its final name before it is complete, folders' files aside.
"""

from __future__ import annotations

import gzip
import io
import os
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO, Protocol

import orjson

from cleaner.batch.inputs.parquet import write_parquet
from cleaner.batch.inputs.readers import lines
from cleaner.batch.inputs.streams import opened, optional, unpacked
from cleaner.batch.outputs.csv_table import write_csv
from cleaner.batch.outputs.manifest import BUFFER, ManifestError
from cleaner.batch.settings import ColumnNames
from cleaner.records.file_shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PART = ".part"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\%]|[\ud800-\udfff]|^\.\.?$|^~|[. ]$')
_LONGEST = 200  # bytes of a name, so that suffixes still fit into the 255 a file system allows


class Output(Protocol):
    """What a run writes to. `sizes` are what `commit` made safe, by name; `finish` gives the final name."""

    def write(self, number: int, source: str, ident: str, line: bytes) -> None: ...
    def commit(self) -> Mapping[str, int]: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


class Stream:
    """Standard output: what is written is gone."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, number: int, source: str, ident: str, line: bytes) -> None:  # noqa: ARG002
        self._file.write(line)
        self._file.flush()

    def commit(self) -> Mapping[str, int]:
        return {}

    def finish(self) -> None:
        self._file.flush()

    def close(self) -> None:
        pass


class LinesOutput:
    """One file, `.gz` or `.zst` by its name, under `NAME.part` until it is complete.

    Each commit ends a gzip member or zstandard frame, so that the file may be cut there; commits come after
    fixed numbers of inputs, so that the bytes do not depend on when a run was interrupted.
    """

    def __init__(self, path: str, label: str, sizes: Mapping[str, int] | None = None) -> None:
        """Begin anew, or go on from `sizes`. Raises `OSError`; `ManifestError` where less is there than was
        safe.
        """
        self._path, self._label = path, label
        self._pack = _packer(path)
        self._waiting = io.BytesIO()
        self._file: BinaryIO | None = None
        if sizes is None:
            self._size = 0
            self._file = open(path + PART, "wb", BUFFER)
            return
        self._size = sizes.get(label, 0)
        if not os.path.exists(path + PART) and os.path.exists(path) and os.path.getsize(path) == self._size:
            return  # killed between the last commit and the end: it has its name already
        self._file = open(path + PART, "r+b", BUFFER) if os.path.exists(path + PART) else None
        if self._file is None or os.fstat(self._file.fileno()).st_size < self._size:
            raise ManifestError(
                f"{path + PART} is missing or shorter than its manifest says; begin anew with --overwrite"
            )
        self._file.truncate(self._size)
        self._file.seek(self._size)

    def write(self, number: int, source: str, ident: str, line: bytes) -> None:  # noqa: ARG002
        if self._pack is not None:
            self._waiting.write(line)
        elif self._file is not None:
            self._file.write(line)
            self._size += len(line)

    def commit(self) -> Mapping[str, int]:
        if self._file is not None:
            if self._pack is not None and self._waiting.tell():
                data = self._pack(self._waiting.getvalue())
                self._file.write(data)
                self._size += len(data)
                self._waiting = io.BytesIO()
            self._file.flush()
            os.fsync(self._file.fileno())
        return {self._label: self._size}

    def finish(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            os.replace(self._path + PART, self._path)
            sync_folder(os.path.dirname(self._path))

    def close(self) -> None:
        """Leave what is there for a resumed run; what a full disk did not take is no loss."""
        if self._file is not None:
            try:
                self._file.close()
            except OSError:
                os.close(self._file.fileno())
            self._file = None


class TableOutput:
    """A Parquet or CSV file, made at the end from lines: half of one is nothing."""

    def __init__(self, path: str, label: str, sizes: Mapping[str, int] | None = None) -> None:
        self._is_csv = path.lower().endswith(".csv")
        if not self._is_csv:
            optional("pyarrow.parquet", "Parquet output", "parquet")
        self._path = path
        self._spool = path + ".spool"
        ready = sizes is not None and os.path.exists(path) and not os.path.exists(self._spool + PART)
        self._lines = None if ready and not os.path.exists(self._spool) else self._open(label, sizes)
        self._label = label
        self._sizes: Mapping[str, int] = sizes or {}

    def _open(self, label: str, sizes: Mapping[str, int] | None) -> LinesOutput:
        return LinesOutput(self._spool, label, sizes)

    def write(self, number: int, source: str, ident: str, line: bytes) -> None:
        if self._lines is not None:
            self._lines.write(number, source, ident, line)

    def commit(self) -> Mapping[str, int]:
        return (
            self._lines.commit()
            if self._lines is not None
            else {self._label: self._sizes.get(self._label, 0)}
        )

    def finish(self) -> None:
        if self._lines is None:
            return
        self._lines.finish()
        with open(self._spool, "rb") as file:
            write = write_csv if self._is_csv else write_parquet
            write((orjson.loads(line) for line in file), self._path + PART)
        os.replace(self._path + PART, self._path)
        sync_folder(os.path.dirname(self._path))
        os.unlink(self._spool)

    def close(self) -> None:
        if self._lines is not None:
            self._lines.close()


class Folder:
    """A file a record, named by its number and id, or with `keep_dirs` by where its input came from.

    What a killed run wrote after its last mark is written again, the same. A name from an archive or a record
    cannot leave the folder: each part of it is made a plain name.
    """

    def __init__(self, path: str, shape: str, *, keep_dirs: bool) -> None:
        os.makedirs(path, exist_ok=True)
        self._path, self._suffix, self._keep = path, f".{shape}", keep_dirs
        self._new: list[str] = []
        self._folders: set[str] = {path}

    def write(self, number: int, source: str, ident: str, line: bytes) -> None:
        name = kept_name(source) if self._keep else f"{number:09d}-{safe_part(ident)}"
        path = os.path.join(self._path, name + self._suffix)
        folder = os.path.dirname(path)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        with open(path + PART, "wb") as file:
            file.write(line)
        self._new.append(path)

    def commit(self) -> Mapping[str, int]:
        for path in self._new:
            with open(path + PART, "rb") as file:
                os.fsync(file.fileno())
            os.replace(path + PART, path)
        for folder in self._folders:
            sync_folder(folder)
        self._new.clear()
        self._folders = {self._path}
        return {}

    def finish(self) -> None:
        pass

    def close(self) -> None:
        for path in self._new:
            if os.path.exists(path + PART):
                os.unlink(path + PART)


def open_output(
    path: str, shape: str, *, keep_dirs: bool = False, sizes: Mapping[str, int] | None = None
) -> Output:
    """The output a path's name asks for; `sizes` to go on with one. Raises `OSError`, `ManifestError`,
    `MissingExtra`.
    """
    if not SHAPES[shape].many or path.endswith("/"):
        return Folder(path, shape, keep_dirs=keep_dirs)
    if path.lower().endswith((".parquet", ".csv")):
        return TableOutput(path, "output", sizes)
    return LinesOutput(path, "output", sizes)


def kept_name(source: str) -> str:
    """A path below the output folder for a path below the input folder; its whole suffix stays, so that
    `stem.html` and `stem.txt` are two.
    """
    return "/".join(safe_part(part) for part in source.split("/") if part) or "_"


def safe_part(part: str) -> str:
    """One plain file name: what could mean something else is written as %XX, what is too long is cut and
    hashed.
    """
    safe = _UNSAFE.sub(_escaped, part) or "_"
    raw = safe.encode("utf-8", "replace")
    if len(raw) <= _LONGEST:
        return safe
    digest = blake2b(part.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return raw[: _LONGEST - 17].decode("utf-8", "ignore") + "-" + digest


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def sync_folder(path: str) -> None:
    """Make names safe too: a rename is lost with the power unless its folder is synced."""
    fd = os.open(path or ".", os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _packer(path: str) -> Packer | None:
    if path.lower().endswith(".gz"):
        return lambda data: gzip.compress(data, compresslevel=6, mtime=0)
    if path.lower().endswith(".zst"):
        compressor = optional("zstandard", "a .zst file", "zst").ZstdCompressor(level=3)
        return lambda data: bytes(compressor.compress(data))
    return None


class Packer(Protocol):
    def __call__(self, data: bytes, /) -> bytes: ...


def read_lines(path: str) -> Iterator[bytes]:
    """The lines of a records file, compressed or not. Raises `OSError`, `Unreadable`."""
    with opened(path) as raw:
        for entry in lines(unpacked(raw), path, ColumnNames()):
            yield getattr(entry, "data", b"") or b""
