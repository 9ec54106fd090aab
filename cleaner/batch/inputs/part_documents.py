"""Parts of containers to documents.

Enters: a stream. Leaves: a `Document` a part, a `Problem` for each that cannot be read. Look first at
`parts_of`. The parsers stand in `cleaner.containers`.
"""

from __future__ import annotations

from importlib import import_module
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from cleaner.batch.inputs.documents import FAILED, SKIPPED, Document, Entry, Problem
from cleaner.batch.inputs.streams import optional
from cleaner.containers.part import PartError
from cleaner.containers.web_archive import parts as archive_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.inputs.readers import Reader
    from cleaner.batch.settings import ColumnNames
    from cleaner.containers.part import Part

_BY_BYTES = ("warc", "arc")  # servers' types are often wrong; the page's own bytes tell


def parts_of(module: str, parser: str) -> Reader:
    """A parser of `cleaner.containers` as a reader; it is loaded by the first file of its kind. The
    only part of a file has the file's name, others `#` and theirs.
    """

    def documents(stream: BinaryIO, source: str, _: ColumnNames) -> Iterator[Entry]:
        found = getattr(import_module(f"cleaner.containers.{module}"), parser)(stream)
        ahead = list(islice(found, 2))
        only = len(ahead) == 1 and ahead[0].name == "1"
        for part in chain(ahead, found):
            yield part_entry(part, source if only else _name(part, source))

    return documents


def web_archive(stream: BinaryIO, source: str, _: ColumnNames) -> Iterator[Entry]:
    """One entry for each response, resource or conversion. Raises `MissingExtra` without fastwarc.

    A record that its crawler cut (`WARC-Truncated`) says so among what is stated.
    Not datatrove's reader: it drops records whose payload libmagic misnames, without a word (212 of 362 in a
    trial).
    """
    optional("fastwarc.warc", "a WARC file", "warc")
    for part in archive_parts(stream):
        yield part_entry(part, _name(part, source))


def part_entry(part: Part | PartError, name: str) -> Entry:
    """A part as a document, or why it is none."""
    if isinstance(part, PartError):
        return Problem(name, SKIPPED if part.skipped else FAILED, part.reason, part.remedy)
    kind = None if part.container in _BY_BYTES else part.kind
    stated = {**part.stated, "container": part.container} if part.stated else None
    return Document(
        name, data=part.content, url=part.url, fetched=part.fetched, charset=part.charset, kind=kind,
        stated=stated,
    )  # fmt: skip


def _name(part: Part | PartError, source: str) -> str:
    return f"{source}#{part.name}" if part.name and not part.name.startswith("@") else source
