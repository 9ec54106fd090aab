"""Paths, folders and patterns to the files to read, in one fixed order.

Enters: what a person typed. Leaves: `File`s, and `Problem`s for what is no file. Nothing is opened here but
manifests, whose runs' outputs are no inputs, and only regular files are named: FIFOs, sockets, devices and
links inside folders are reported and left.
"""

from __future__ import annotations

import fnmatch
import glob
import os
import stat
from typing import TYPE_CHECKING

from cleaner.batch.inputs.documents import FAILED, SKIPPED, Problem
from cleaner.batch.inputs.formats import File, kind_of
from cleaner.batch.inputs.streams import reason_of
from cleaner.batch.outputs.manifest import MANIFEST_SUFFIX, written_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WRITTEN = "written by this run or an earlier one"
_TYPES = (
    (stat.S_ISLNK, "symbolic link"), (stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"),
    (stat.S_ISBLK, "device"), (stat.S_ISCHR, "device"), (stat.S_ISDIR, "folder"),
)  # fmt: skip


def walk(
    paths: Sequence[str],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    avoid: Sequence[str] = (),
) -> Iterator[File | Problem]:
    """Files as given, folders recursively in the order of their names' bytes, patterns expanded in order.

    `include` and `exclude` are shell patterns against the path below the folder, or its last part. `avoid`
    are files never taken for input: the run's own outputs. A path named by hand may be a link.
    """
    own = _names_of(avoid)
    for path in paths:
        if not os.path.lexists(path) and glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True), key=os.fsencode)
            if not matches:
                yield Problem(path, FAILED, "no-such-file", "no file matches this pattern")
            for match in matches:
                yield from _given(match, include, exclude, own)
        else:
            yield from _given(path, include, exclude, own)


def _given(
    path: str, include: Sequence[str], exclude: Sequence[str], own: set[str]
) -> Iterator[File | Problem]:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        yield Problem(path, FAILED, "unreadable", reason_of(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, include, exclude, own)
    elif stat.S_ISREG(mode):
        yield File(path, path, kind_of(path))
    else:
        yield Problem(path, FAILED, "not-a-file", f"this is a {_type_of(mode)}")


def _folder(
    top: str, include: Sequence[str], exclude: Sequence[str], own: set[str]
) -> Iterator[File | Problem]:
    """Depth first, with a stack: a folder may be nested deeper than Python's calls may."""
    stack: list[Iterator[os.DirEntry[str]]] = []
    below = os.path.join(top, "")
    try:
        stack.append(_sorted(top, own))
    except OSError as error:
        yield Problem(top, FAILED, "unreadable", reason_of(error))
        return
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        source = entry.path[len(below) :]
        if entry.is_dir(follow_symlinks=False):
            if _is_own(entry, own):
                yield Problem(source, SKIPPED, "own-output", _WRITTEN)
                continue
            try:
                stack.append(_sorted(entry.path, own))
            except OSError as error:
                yield Problem(source, FAILED, "unreadable", reason_of(error))
            continue
        found = _entry(entry, source, own)
        if isinstance(found, Problem) or _wanted(source, include, exclude):
            yield found


def _entry(entry: os.DirEntry[str], source: str, own: set[str]) -> File | Problem:
    if not entry.is_file(follow_symlinks=False):
        try:
            what = _type_of(entry.stat(follow_symlinks=False).st_mode)
        except OSError as error:
            return Problem(source, SKIPPED, "unreadable", reason_of(error))
        return Problem(source, SKIPPED, "not-a-file", f"this is a {what}")
    if _is_own(entry, own):
        return Problem(source, SKIPPED, "own-output", _WRITTEN)
    return File(entry.path, source, kind_of(entry.name), given=False)


def _sorted(folder: str, own: set[str]) -> Iterator[os.DirEntry[str]]:
    """Manifests among them name what earlier runs wrote, here or elsewhere."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda e: os.fsencode(e.name))
    for entry in found:
        if entry.name.endswith(MANIFEST_SUFFIX) and entry.is_file(follow_symlinks=False):
            own.update(_names_of(written_by(entry.path)))
    return iter(found)


def _names_of(paths: Iterable[str]) -> set[str]:
    """Real paths, and their last parts: only a file of such a name costs a look at its path."""
    real = {os.path.realpath(path) for path in paths}
    return real | set(map(os.path.basename, real))


def _is_own(entry: os.DirEntry[str], own: set[str]) -> bool:
    return entry.name in own and os.path.realpath(entry.path) in own


def _wanted(source: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    return (not include or _matches(source, include)) and not _matches(source, exclude)


def _matches(source: str, patterns: Sequence[str]) -> bool:
    name = os.path.basename(source)
    return any(fnmatch.fnmatchcase(source, p) or fnmatch.fnmatchcase(name, p) for p in patterns)


def _type_of(mode: int) -> str:
    return next((name for test, name in _TYPES if test(mode)), "special file")
