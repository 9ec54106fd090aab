"""One input after the other, in this process: paths to records.

Enters: files, folders, `-`. Leaves: for each input, in a fixed order, its article or why there is none.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.read.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Article, InputKind
    from cleaner.pipeline import Cleaner

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md"})


@dataclass(frozen=True, slots=True)
class Input:
    """One document: `path` is None for standard input, `source` is what its record will say."""

    name: str
    source: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input without a record; `name` is the path as a person would type it."""

    name: str
    reason: str


def find(paths: Sequence[str]) -> list[Input | Failure]:
    """Files as given, folders recursively in the order of their names; other kinds of file in folders are
    left.
    """
    found: list[Input | Failure] = []
    for path in paths:
        if path == "-":
            found.append(Input("standard input", None, None))
        elif os.path.isdir(path):
            below = list(_walk(path))
            found += below or [Failure(path, f"no {' '.join(sorted(SUFFIXES))} files in this folder")]
        else:
            found.append(Input(path, path, path))
    return found


def _walk(folder: str) -> Iterator[Input | Failure]:
    """Links to folders are not followed, and only regular files are opened: a FIFO would wait for ever."""
    failures: list[Failure] = []

    def unreadable(error: OSError) -> None:
        failures.append(Failure(str(error.filename), reason_of(error)))

    for at, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(at, name)
            if Path(name).suffix.lower() in SUFFIXES:
                yield Input(path, os.path.relpath(path, folder).replace(os.sep, "/"), path)
    yield from failures


def read_file(path: str) -> bytes:
    """At most one byte more than the reader takes. Raises `OSError` for what is missing, no file, or
    unreadable.
    """
    with open(path, "rb", opener=_open) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "not a regular file", path)
        return file.read(MAX_BYTES + 1)


def _open(path: str, flags: int) -> int:
    """Without waiting for the other end of a FIFO."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def reason_of(error: OSError) -> str:
    """The fault in plain words, without number and path."""
    return (
        (error.strerror or type(error).__name__).lower().replace("no such file or directory", "no such file")
    )


def cleaned(
    inputs: Sequence[Input | Failure],
    cleaner: Cleaner,
    *,
    url: str | None = None,
    kind: InputKind | None = None,
) -> Iterator[tuple[Input | Failure, Article | None]]:
    """Each input with its article; a `Failure` with None."""
    for each in inputs:
        if isinstance(each, Failure):
            yield each, None
            continue
        try:
            data = sys.stdin.buffer.read() if each.path is None else read_file(each.path)
        except OSError as error:
            yield Failure(each.name, reason_of(error)), None
            continue
        yield each, cleaner.clean(data, url=url, source=each.source, kind=kind)
