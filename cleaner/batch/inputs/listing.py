"""Every input of a run, in one order.

Enters: `Options`. Leaves: `Document`s for the workers, `Problem`s for what is none. Look first at `entries`.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING

from cleaner.batch.inputs.container_reader import PATIENCE, ContainerReader
from cleaner.batch.inputs.documents import SKIPPED, STDIN, Entry, Problem, bounded
from cleaner.batch.inputs.formats import File
from cleaner.batch.inputs.paths import walk
from cleaner.batch.inputs.sorting import documents, is_page
from cleaner.batch.outputs.manifest import manifest_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.batch.inputs.reader_process import Read
    from cleaner.batch.settings import Options


def entries(
    options: Options, read: Read = documents, begin: Callable[[File], None] = lambda _: None
) -> Iterator[Entry]:
    """Every document and every reason for none, in the order of the run. `read` reads one container, in a
    process of its own; `begin` is told of it before.
    """
    ledger = options.settings.ledger_file
    own = [ledger] if ledger else []
    if options.output:
        own += [options.output, options.output + ".part", manifest_name(options.output)]
    found = _all(options, own, read, begin)
    if options.sample is not None:
        found = (e for e in found if _sampled(e.source, options.sample))
    if options.limit is None:
        return found
    return _limited(found, options.limit)


def _all(options: Options, own: list[str], read: Read, begin: Callable[[File], None]) -> Iterator[Entry]:
    """Standard input is read here: its lines are answered as they come."""
    fields, patience = options.settings.fields, max(PATIENCE, options.timeout)
    with ContainerReader(memory=options.memory, patience=patience, read=read, begin=begin) as reader:
        for path in options.paths:
            if path == STDIN:
                yield from documents(File(STDIN, STDIN), fields)
                continue
            for found in walk([path], include=options.include, exclude=options.exclude, avoid=own):
                if isinstance(found, Problem):
                    yield bounded(found)
                else:
                    yield from reader.entries(found, fields)


def _sampled(source: str, share: float) -> bool:
    """The same inputs whatever else is there and in whatever order."""
    digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") < share * 2**64


def _limited(found: Iterator[Entry], limit: int) -> Iterator[Entry]:
    taken = 0
    for entry in found:
        if taken >= limit:
            return
        taken += not (isinstance(entry, Problem) and entry.status == SKIPPED)
        yield entry


def single(paths: tuple[str, ...]) -> bool:
    """Whether this is one page: starting a worker would take longer than it."""
    if len(paths) != 1:
        return False
    return (paths[0] == STDIN or os.path.isfile(paths[0])) and is_page(paths[0])
