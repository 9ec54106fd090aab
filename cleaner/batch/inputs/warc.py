"""WARC, WET and ARC records to documents (fastwarc, the `warc` extra).

Enters: a binary stream, as it lies on disk: packed ones too, for only the archive reader goes on after a bad
record. Leaves: one entry a record. Look first at `cleaner.containers.web_archive`.

Not datatrove's reader: it drops records whose payload libmagic misnames, without a word (212 of 362 in a
trial).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from cleaner.batch.inputs.documents import FAILED, SKIPPED, Document, Entry, Problem
from cleaner.batch.inputs.streams import optional
from cleaner.containers.part import PartError
from cleaner.containers.web_archive import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.settings import ColumnNames


def records(stream: BinaryIO, source: str, _: ColumnNames) -> Iterator[Entry]:
    """One entry for each response, resource or conversion. Raises `MissingExtra` without fastwarc.

    A record that its crawler cut (`WARC-Truncated`) is followed by a note of it.
    """
    optional("fastwarc.warc", "a WARC file", "warc")
    for part in parts(stream):
        name = f"{source}#{part.name}" if part.name and not part.name.startswith("@") else source
        if isinstance(part, PartError):
            yield Problem(name, SKIPPED if part.skipped else FAILED, part.reason, part.remedy)
            continue
        yield Document(name, data=part.content, url=part.url, fetched=part.fetched, charset=part.charset)
        if cut := part.stated.get("truncated"):
            yield Problem(name, SKIPPED, "truncated-record", f"the crawler stopped at its limit: {cut}")
