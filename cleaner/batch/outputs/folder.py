"""A folder of a file a record.

Enters: the bytes of records. Leaves: files, and in the journal the name, length and checksum of each. Look
first at `Folder.write`.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cleaner.batch.outputs.locks import create_new
from cleaner.batch.outputs.manifest import ManifestError, lines
from cleaner.batch.outputs.names import folders_of, kept_name, safe_part

if TYPE_CHECKING:
    from collections.abc import Mapping

PART = ".part"


class Folder:
    """A file a record, named by its number and id, or with `keep_dirs` by where its input came from; of two
    inputs of one name the later one's file begins with its number.

    What a killed run wrote after its last mark is written again, the same. A name from an archive or a record
    cannot leave the folder: each part of it is made a plain name. Known cost: 0.2 KB of memory a file.
    """

    def __init__(self, path: str, shape: str, *, keep_dirs: bool) -> None:
        os.makedirs(path, exist_ok=True)
        self._path, self._suffix, self._keep = path, f".{shape}", keep_dirs
        self._new: list[str] = []
        self._folders: set[str] = {path}
        self._files: set[str] = set()
        self._parents: set[str] = set()

    def write(self, number: int, source: str, ident: str, line: bytes) -> Mapping[str, Any]:
        name = self._name(number, source, ident)
        path = os.path.join(self._path, name)
        folder = os.path.dirname(path)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        with open(create_new(path + PART), "wb") as file:
            file.write(line)
        self._new.append(path)
        return {"to": name, "to_bytes": len(line), "to_crc32": zlib.crc32(line)}

    def remember(self, line: Mapping[str, Any]) -> None:
        """Raises `ManifestError` where a file is not what was written."""
        if "to" not in line:
            return
        self._claim(line["to"])
        path = os.path.join(self._path, line["to"])
        with suppress(OSError), open(path, "rb") as file:
            data = file.read()
            if (len(data), zlib.crc32(data)) == (line["to_bytes"], line["to_crc32"]):
                return
        raise ManifestError(f"{path} is missing, or not what its manifest says; begin anew with --overwrite")

    def _name(self, number: int, source: str, ident: str) -> str:
        name = f"{number:09d}-{safe_part(ident)}{self._suffix}"
        if self._keep:
            kept = kept_name(source)
            tried = (kept, f"{number:09d}-{kept.rpartition('/')[2]}", f"{number:09d}~{safe_part(ident)}")
            name = next(n + self._suffix for n in tried if self._free(n + self._suffix))
        self._claim(name)
        return name

    def _free(self, name: str) -> bool:
        """Whether no file has the name, or a folder's name in it, and no folder has it. Names that differ in
        their case alone are one on some systems.
        """
        folded = name.casefold()
        return (
            folded not in self._files
            and folded not in self._parents
            and not self._files.intersection(folders_of(folded))
        )

    def _claim(self, name: str) -> None:
        if self._keep:
            self._files.add(name.casefold())
            self._parents.update(folders_of(name.casefold()))

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


def clear(folder: str, shape: str, manifest: str) -> None:
    """Take away the files that an earlier run wrote here, by its manifest, and halves of such files."""
    with suppress(ManifestError, OSError):
        for line in lines(manifest):
            name = line.get("to")
            if isinstance(name, str) and kept_name(name) == name:
                with suppress(OSError):
                    os.unlink(os.path.join(folder, name))
    for top, _, names in os.walk(folder):
        for name in names:
            if name.endswith(f".{shape}{PART}"):
                with suppress(OSError):
                    os.unlink(os.path.join(top, name))


def sync_folder(path: str) -> None:
    """Make names safe too: a rename is lost with the power unless its folder is synced."""
    fd = os.open(path or ".", os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
