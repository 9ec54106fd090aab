"""One reader a kind of file, all with one signature: `Reader`.

Enters: a stream, the name that records will say, the options of the run. Leaves: a `Document` for each page,
a `Problem` for each member that is none. A fault of the whole file is raised as `Unreadable`, and reported
under the file's name; what came before it stands. Which reader gets which file stands in `formats.py`.
"""

from __future__ import annotations

import os
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from cleaner.batch.inputs.documents import (
    FAILED,
    SKIPPED,
    Document,
    Entry,
    Problem,
    Unreadable,
)
from cleaner.model import MAX_BYTES

if TYPE_CHECKING:
    from cleaner.batch.settings import ColumnNames

# The stream is open, stands at its beginning and is the caller's to close. Where the format's row says that
# it may be packed, it can be read only forwards. The source is the file's name as records give it; a member's
# name is put behind it with `/`, a record's id or number with `#`. `ColumnNames` are those
# that the user gave. Entries come as they are read: a file of any length needs the memory of one page.
Reader = Callable[[BinaryIO, str, "ColumnNames"], Iterator[Entry]]
# Reads a member of an archive: its stream, its name, the name that records will say. Raises nothing but what
# the archive's own module raises.
Members = Callable[[BinaryIO, str, str], Iterator[Entry]]

# JSON may write one byte of a page as two; \\u escapes of a real page stay below
MAX_LINE = 2 * MAX_BYTES + 2**20
MAX_HEADER = 2**20  # bytes of a tar header's long name or pax record
MAX_MEMBERS, MAX_DIRECTORY = 2_000_000, 2**28  # of a zip: half a kilobyte of memory each
_ZIP_TAIL = 2**16 + 2**10  # where a zip's end record stands: behind it only a comment
_NAMING = (
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)  # fmt: skip


def lines(stream: BinaryIO, source: str, _: ColumnNames, first: Sequence[bytes] = ()) -> Iterator[Entry]:
    """One document a line; which field holds the page is for the worker, who parses it. `first` lines were
    read already.
    """
    number = 0
    while line := first[number] if number < len(first) else stream.readline(MAX_LINE + 1):
        number += 1
        name = f"{source}#{number}"
        if len(line) > MAX_LINE:
            yield Problem(name, FAILED, "too-large", f"a line of more than {MAX_LINE:,} bytes")
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if line:
            yield Document(name, data=line, form="json")


def zipped(stream: BinaryIO, source: str, members: Members) -> Iterator[Entry]:
    """The members of a zip file, in its own order."""
    try:
        _check_directory(stream)
        with zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield from _zip_member(archive, info, f"{source}/{info.filename}", members)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable("bad-zip", str(error)) from error


def _check_directory(stream: BinaryIO) -> None:
    """Refuse by its end record a zip whose directory is too large to hold: the module reads it whole. A zip
    that says something else there is left to the module, which refuses it in its own words.
    """
    length = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, length - _ZIP_TAIL))
    tail = stream.read(_ZIP_TAIL)
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return
    members, size = struct.unpack_from("<HI", tail, at + 10)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and len(tail) >= wide + 48:
        members, size = struct.unpack_from("<QQ", tail, wide + 32)
    if members > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise Unreadable("too-many-members", f"{members:,} members, whose names take {size:,} bytes")


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, members: Members
) -> Iterator[Entry]:
    """A member's own fault is that member's."""
    try:
        with archive.open(info) as member:
            yield from members(cast("BinaryIO", member), info.filename, source)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - each decompressor has errors of its own
        yield Problem(source, FAILED, "bad-member", str(error) or type(error).__name__)


class BoundedTarInfo(tarfile.TarInfo):
    """A member's header, in which a long name is no longer than a name may be: the module reads it whole."""

    def _proc_member(self, archive: tarfile.TarFile) -> Any:  # noqa: ANN401 - the module's own, without types
        if self.type in _NAMING and self.size > MAX_HEADER:
            raise tarfile.ReadError(f"a header of {self.size:,} bytes")
        return super()._proc_member(archive)  # type: ignore[misc]


def tarred(stream: BinaryIO, source: str, members: Members) -> Iterator[Entry]:
    """The members of a tar file, in its own order."""
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=BoundedTarInfo) as archive:
            while info := archive.next():
                archive.members.clear()  # type: ignore[attr-defined] # else it keeps all headers
                name = f"{source}/{info.name}"
                if info.isdir():
                    continue
                member = archive.extractfile(info) if info.isreg() else None
                if member is None:
                    yield Problem(name, SKIPPED, "not-a-file", "a link or device in the archive")
                else:
                    yield from members(cast("BinaryIO", member), info.name, name)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Unreadable("bad-tar", str(error)) from error
