"""Where records go: a stream, a file, a Parquet file or a folder.

Enters: the bytes of records, in order. Leaves: outputs that are whole, or that a manifest knows the sizes of.
Look first at `open_output`. Nothing appears under its final name before it is complete, folders' files aside.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import orjson

from cleaner.batch.inputs.parquet import write_parquet
from cleaner.batch.inputs.readers import lines
from cleaner.batch.inputs.streams import opened, optional, unpacked
from cleaner.batch.outputs.csv_table import write_csv
from cleaner.batch.outputs.folder import PART, Folder, sync_folder
from cleaner.batch.outputs.locks import open_locked
from cleaner.batch.outputs.manifest import BUFFER, ManifestError
from cleaner.batch.settings import ColumnNames
from cleaner.records.file_shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Output(Protocol):
    """What a run writes to. `write` answers what the journal is to say of it, which a resumed run gives back
    to `remember`. `sizes` are what `commit` made safe, by name; `finish` gives the final name.
    """

    def write(self, number: int, source: str, ident: str, line: bytes) -> Mapping[str, Any]: ...
    def remember(self, line: Mapping[str, Any]) -> None: ...
    def commit(self) -> Mapping[str, int]: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


class Stream:
    """Standard output: what is written is gone."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, number: int, source: str, ident: str, line: bytes) -> Mapping[str, Any]:  # noqa: ARG002
        self._file.write(line)
        self._file.flush()
        return {}

    def remember(self, line: Mapping[str, Any]) -> None:
        """Nothing: it is compared as a whole."""

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
        self._size, self._crc = (sizes or {}).get(label, 0), (sizes or {}).get(f"{label}.crc32", 0)
        if sizes is not None and not os.path.lexists(path + PART):
            self._check(path)
            return  # killed between the last commit and the end: it has its name already
        self._file = open(open_locked(path + PART), "r+b", BUFFER)
        if sizes is not None:
            self._check(path + PART)
        self._file.truncate(self._size)
        self._file.seek(self._size)

    def _check(self, path: str) -> None:
        """Raises `ManifestError` unless the file begins with what was safe; reads all of that."""
        rest, crc = self._size, 0
        with suppress(FileNotFoundError), open(path, "rb") as file:
            while rest and (data := file.read(min(rest, BUFFER))):
                rest, crc = rest - len(data), zlib.crc32(data, crc)
            if not rest and crc == self._crc:
                return
        self.close()
        raise ManifestError(f"{path} is missing, or not what its manifest says; begin anew with --overwrite")

    def _put(self, file: BinaryIO, data: bytes) -> None:
        file.write(data)
        self._size += len(data)
        self._crc = zlib.crc32(data, self._crc)

    def write(self, number: int, source: str, ident: str, line: bytes) -> Mapping[str, Any]:  # noqa: ARG002
        if self._pack is not None:
            self._waiting.write(line)
        elif self._file is not None:
            self._put(self._file, line)
        return {}

    def remember(self, line: Mapping[str, Any]) -> None:
        """Nothing: it is compared as a whole."""

    def commit(self) -> Mapping[str, int]:
        if self._file is not None:
            if self._pack is not None and self._waiting.tell():
                self._put(self._file, self._pack(self._waiting.getvalue()))
                self._waiting = io.BytesIO()
            self._file.flush()
            os.fsync(self._file.fileno())
        return {self._label: self._size, f"{self._label}.crc32": self._crc}

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

    def write(self, number: int, source: str, ident: str, line: bytes) -> Mapping[str, Any]:
        if self._lines is not None:
            self._lines.write(number, source, ident, line)
        return {}

    def remember(self, line: Mapping[str, Any]) -> None:
        """Nothing: it is compared as a whole."""

    def commit(self) -> Mapping[str, int]:
        return self._lines.commit() if self._lines is not None else self._sizes

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


def is_folder(path: str, shape: str) -> bool:
    """Whether the output is a folder of files."""
    return not SHAPES[shape].many or path.endswith("/")


def open_output(
    path: str, shape: str, *, keep_dirs: bool = False, sizes: Mapping[str, int] | None = None
) -> Output:
    """The output a path's name asks for; `sizes` to go on with one. Raises `OSError`, `ManifestError`,
    `MissingExtra`.
    """
    if is_folder(path, shape):
        return Folder(path, shape, keep_dirs=keep_dirs)
    if path.lower().endswith((".parquet", ".csv")):
        return TableOutput(path, "output", sizes)
    return LinesOutput(path, "output", sizes)


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
