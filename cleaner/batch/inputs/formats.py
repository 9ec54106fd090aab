"""The formats that are read: one row each, and nowhere else a list of them.

Enters: a file. Leaves: its documents. Look first at `FORMATS`; a new format is a module with a `Reader` (the
signature and its terms stand in `readers.py`) and a row here, and then walks, archives, `clean --help` and
the docs know it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from cleaner.batch.inputs import parquet, readers, warc
from cleaner.batch.inputs.documents import FAILED, Document, Entry, Problem, Unreadable
from cleaner.batch.inputs.streams import MissingExtra, opened, reason_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.batch.inputs.readers import Reader
    from cleaner.batch.settings import ColumnNames

PACKINGS = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    `packed` files may have a suffix of `PACKINGS` behind their own; unless it is not `inflated`, the reader
    gets the stream without its compression. A `single` file is one page: an archive's members may be of this
    format. What is read `by_worker` is not opened here: its document names the path. `extra` is what
    `pip install 'cleaner[extra]'` must have brought; `help` is one line for people.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    help: str
    packed: bool = True
    inflated: bool = True
    single: bool = False
    by_worker: bool = False
    extra: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A regular file: `path` to open it, `source` as records name it, `kind` the name of its format."""

    path: str
    source: str
    kind: str


def _zip(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
    return readers.zipped(stream, source, fields, _member_reader)


def _tar(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
    return readers.tarred(stream, source, fields, _member_reader)


FORMATS = (
    Format("page", (".html", ".htm", ".xhtml", ".txt", ".md"), readers.page,
           "an HTML page, or a text that some other tool extracted from one", single=True, by_worker=True),
    Format("lines", (".jsonl", ".ndjson"), readers.lines, "one JSON object a line"),
    Format("warc", (".warc", ".wet"), warc.records, "a web archive, or the texts of one",
           inflated=False, extra="warc"),
    Format("table", (".parquet",), parquet.rows, "one row a page", packed=False, extra="parquet"),
    Format("zip", (".zip",), _zip, "pages in an archive", packed=False),
    Format("tar", (".tar",), _tar, "pages in an archive"),
    Format("tgz", (".tgz",), _tar, "pages in an archive, packed", packed=False),
)  # fmt: skip


def by_suffix(formats: Sequence[Format]) -> dict[str, Format]:
    """Every suffix that a name may end in, with its format."""
    packed = {s + p: f for f in formats if f.packed for s in f.suffixes for p in PACKINGS}
    return {s: f for f in formats for s in f.suffixes} | packed


_BY_SUFFIX = by_suffix(FORMATS)


def format_of(name: str) -> Format | None:
    """The format of a file name, or None; of `a.tar.gz` both suffixes count."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix in PACKINGS:
        suffix = os.path.splitext(stem)[1] + suffix
    return _BY_SUFFIX.get(suffix)


def kind_of(name: str) -> str | None:
    """The name of the format of a file name, or None."""
    found = format_of(name)
    return found.name if found else None


def suffixes() -> tuple[str, ...]:
    """Of all formats, without the packed ones."""
    return tuple(suffix for form in FORMATS for suffix in form.suffixes)


def documents(file: File, fields: ColumnNames) -> Iterator[Entry]:
    """All of one file, and no fault leaves it. What its worker reads is not opened here."""
    form = next(form for form in FORMATS if form.name == file.kind)
    if form.by_worker:
        yield Document(file.source, path=file.path)
        return
    try:
        several = False
        with opened(file.path) as raw:
            for entry in form.read(unpacked(raw) if form.inflated else raw, file.source, fields):
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


def _member_reader(name: str) -> Reader | None:
    found = format_of(name)
    return found.read if found is not None and found.single else None
