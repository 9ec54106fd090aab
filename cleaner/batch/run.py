"""A whole run: inputs, workers, outputs, journal.

Enters: `Options`. Leaves: outputs, a manifest, a `Summary`. Look first at `run`; the promise it keeps is
that every input ends in exactly one line of the manifest, whatever dies on the way.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from cleaner.batch.analysis.report import write_report
from cleaner.batch.analysis.summary import Summary, summed
from cleaner.batch.dedup import Index
from cleaner.batch.inputs.documents import (
    FAILED,
    SKIPPED,
    STDIN,
    UNKNOWN_SUFFIX,
    Document,
    Entry,
    Problem,
    Unreadable,
)
from cleaner.batch.inputs.listing import entries, single
from cleaner.batch.inputs.marks import changed
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.inputs.streams import producer_pauses
from cleaner.batch.outputs.manifest import ManifestError, begun_at, lines, manifest_name
from cleaner.batch.outputs.resume import State, identity, input_changed, json_text
from cleaner.batch.settings import Options, Settings
from cleaner.batch.worker import CleanedPage, Factory
from cleaner.batch.workers.forkserver import Job
from cleaner.batch.workers.inline import Inline
from cleaner.batch.workers.pool import Failure, Outcome, Pool
from cleaner.records.file_shapes import SHAPES
from cleaner.records.native import dumps

__all__ = ["Options", "Progress", "Summary", "entries", "run"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cleaner.batch.inputs.reader_process import Read

COMMIT_EVERY = 500  # inputs: what a killed run does again, at most


@dataclass(slots=True)
class Progress:
    """What a watcher is told after each input: counts so far, and its own fate where someone should know
    of it.

    Files of other kinds in a folder are counted, and nobody is told of each.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    done: int = 0
    trouble: Problem | None = None


def run(
    options: Options,
    watch: Callable[[Progress], None] = lambda _: None,
    factory: Callable[[Settings], Callable[[], Callable[[Any], Any]]] = Factory,
    *,
    report: str | None = None,
    read: Read = documents,
) -> Summary:
    """Do it all, and check the counts. Raises `RulesError`, `ManifestError`, `OSError` (a full disk, say),
    `MissingExtra`.

    After any exception, or a kill, the same call with `resume` goes on where the manifest says; what it then
    writes is byte for byte what an undisturbed run writes. `report` is where to write a page about it; `read`
    reads one container, in a process of its own.
    """
    options = _dated(options)
    with _pool(options, factory(options.settings)) as pool, ExitStack() as stack:
        state = State.open(options, identity(options, pool.wait_ready(), report), stack)
        if not state.ended:
            _Loop(options, state, watch).go(pool, entries(options, read, state.begin))
            state.finish()
        summary = summed(lines(state.path))
        fault = None if state.ended else summary.check(state.taken)
        if fault:
            raise ManifestError(fault)
        if not state.ended:
            state.manifest.end({**summary.statuses, "in": summary.read, "written": summary.written})
        if report:
            write_report(summary, report)
        return summary


def _dated(options: Options) -> Options:
    """The options with one `now` for the whole run, and for whoever resumes it."""
    if options.settings.now is not None:
        return options
    then = begun_at(manifest_name(options.output)) if options.resume and options.output else None
    now = then or datetime.now(UTC).isoformat(timespec="seconds")
    return replace(options, settings=replace(options.settings, now=now))


def _pool(options: Options, factory: Callable[[], Callable[[Any], Any]]) -> Pool | Inline:
    """Workers, or for one page none: starting them takes longer than it."""
    job = Job(factory, memory=options.memory)
    if options.workers <= 1 and single(options.paths):
        return Inline(job)
    return Pool(job, workers=options.workers or os.cpu_count() or 1, timeout=options.timeout)


class _Loop:
    """Outcomes to bytes, in order, with a commit after each `COMMIT_EVERY` inputs."""

    def __init__(self, options: Options, state: State, watch: Callable[[Progress], None]) -> None:
        self.options, self.state, self.watch = options, state, watch
        self.index = Index() if options.settings.dedup else None
        self.progress = Progress()
        self.number = 0

    def go(self, pool: Pool | Inline, found: Iterator[Entry]) -> None:
        source = self._resumed(found)
        waits = producer_pauses if STDIN in self.options.paths else _never
        for outcome in pool.map(source, label=_light, ready=_is_problem, waits=waits):
            self._take(outcome)
            if self.number % COMMIT_EVERY == 0:
                self.state.commit(self.number)
        self.state.commit(self.number, complete=True)

    def _resumed(self, source: Iterator[Entry]) -> Iterator[Entry]:
        found = self.state.recovered
        if found:
            known = lines(self.state.path, found.end)
            for entry, line in zip(islice(source, found.entries), known, strict=False):
                if json_text(entry.source) != line.get("at"):
                    raise ManifestError(
                        f"the inputs have changed since: {line.get('at')} is now {entry.source}; "
                        "begin anew with --overwrite"
                    )
                _same_page(entry, line)
                self.state.outputs[0].remember(line)
                self._remember(line)
                self.number += 1
            if self.number != found.entries:
                raise ManifestError(
                    f"only {self.number} of the {found.entries} inputs done before are still there"
                )
            self.watch(self.progress)
        for entry in source:
            self.state.taken += not (isinstance(entry, Problem) and entry.status == SKIPPED)
            yield entry

    def _remember(self, line: Mapping[str, Any]) -> None:
        self.state.taken += line["status"] != SKIPPED
        self.progress.statuses[line["status"]] += 1
        self.progress.done += 1
        if self.index is not None and line.get("exact") and not line.get("duplicate"):
            self.index.add(line["id"], bytes.fromhex(line["exact"]), bytes.fromhex(line["near"]))

    def _take(self, outcome: Outcome[Entry]) -> None:
        entry, value = outcome.label, outcome.value
        progress = self.progress
        if isinstance(value, CleanedPage):
            progress.statuses[value.status] += 1
            progress.trouble = None
            if value.status == "rejected":
                progress.trouble = Problem(entry.source, "rejected", value.reason or "")
            self._write(entry, value)
        else:
            problem = _problem(entry, value, outcome.failure)
            progress.trouble = None if problem.reason == UNKNOWN_SUFFIX else problem
            progress.statuses[problem.status] += 1
            self.state.manifest.write(self.number, dumps({"at": entry.source, **asdict(problem)}))
        self.number += 1
        progress.done += 1
        self.watch(self.progress)

    def _write(self, entry: Entry, result: CleanedPage) -> None:
        line, facts = result.line, result.facts
        told: Mapping[str, Any] = {}
        first = self.index.add(result.id, result.exact, result.near) if self.index and result.exact else None
        if first:
            facts = _with(facts, {"duplicate": first[1], "duplicate_of": first[0]})
            if line and SHAPES[self.options.settings.shape].is_json:
                line = _with(line[:-1], {"duplicate_of": first[0]}) + b"\n"
        if line:
            told = self.state.outputs[0].write(self.number, entry.source, result.id, line)
        if result.ledger and self.options.settings.ledger_file:
            self.state.outputs[1].write(self.number, entry.source, result.id, result.ledger)
        self.state.manifest.write(self.number, _with(facts, {"at": entry.source, **told}))


def _same_page(entry: Entry, line: Mapping[str, Any]) -> None:
    """Raises `ManifestError` for a page that is not what it was when its record was made."""
    then = line.get("file")
    if isinstance(entry, Document) and entry.path is not None and then:
        state = os.stat(entry.path)
        if [state.st_size, state.st_mtime_ns] != then[:2] and changed(entry.path, then):
            raise input_changed(entry.source)


def _never() -> bool:
    return False


def _is_problem(entry: Entry) -> bool:
    return isinstance(entry, Problem)


def _light(entry: Entry) -> Entry:
    """What to remember of an entry while it is in work: not its bytes."""
    return (
        entry if isinstance(entry, Problem) or entry.data is None else Document(entry.source, url=entry.url)
    )


def _problem(entry: Entry, value: object, failure: Failure | None) -> Problem:
    if isinstance(entry, Problem):
        return entry
    if failure is not None:
        return Problem(entry.source, FAILED, failure.reason, failure.detail)
    if isinstance(value, Unreadable):
        return Problem(entry.source, FAILED, value.reason, value.detail)
    raise TypeError(f"a worker answered {type(value).__name__}")


def _with(record: bytes, more: dict[str, Any]) -> bytes:
    """A JSON object's bytes with fields added at its end: cheaper than reading it."""
    return record[:-1] + b"," + dumps(more)[1:]
