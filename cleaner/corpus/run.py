"""A whole run: inputs, workers, outputs, journal.

Enters: `Options`. Leaves: outputs, a manifest, a `Summary`. Look first at `run`; the promise it keeps is
that every input ends in exactly one line of the manifest, whatever dies on the way.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from cleaner.corpus.documents import FAILED, SKIPPED, STDIN, Document, Entry, Problem, Unreadable
from cleaner.corpus.likeness import Index
from cleaner.corpus.manifest import Manifest, ManifestError, Recovered, lines, manifest_name, recover
from cleaner.corpus.outputs import Lines, Output, Stream, open_output
from cleaner.corpus.pool import Failure, Inline, Outcome, Pool
from cleaner.corpus.readers import documents
from cleaner.corpus.report import write_report
from cleaner.corpus.summary import Summary, summed
from cleaner.corpus.walk import UNKNOWN_SUFFIX, File, walk
from cleaner.corpus.work import Factory, Result, Settings
from cleaner.corpus.zygote import Job
from cleaner.record import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

COMMIT_EVERY = 500  # inputs: what a killed run does again, at most
_STATELESS = ("limit", "workers", "timeout", "memory", "resume", "overwrite")


@dataclass(frozen=True, slots=True)
class Options:
    """All that a run is told. `output` None is standard output; `limit` counts inputs, `sample` is a share
    of them.
    """

    paths: tuple[str, ...]
    output: str | None = None
    settings: Settings = field(default_factory=Settings)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    keep_dirs: bool = False
    ledger: str | None = None
    limit: int | None = None
    sample: float | None = None
    workers: int = 0
    timeout: float = 10.0
    memory: int = 2**30
    resume: bool = False
    overwrite: bool = False


@dataclass(slots=True)
class Progress:
    """What a watcher is told after each input: counts so far, and its own fate where someone should know
    of it.

    Files of other kinds in a folder are counted, and nobody is told of each.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    done: int = 0
    trouble: Problem | None = None


def entries(options: Options) -> Iterator[Entry]:
    """Every document and every reason for none, in the order of the run."""
    own = [options.ledger] if options.ledger else []
    if options.output:
        own += [options.output, options.output + ".part", manifest_name(options.output)]
    found = _all(options, own)
    if options.sample is not None:
        found = (e for e in found if _sampled(e.source, options.sample))
    if options.limit is None:
        return found
    return _limited(found, options.limit)


def _all(options: Options, own: list[str]) -> Iterator[Entry]:
    for path in options.paths:
        if path == STDIN:
            yield from (
                documents(File(STDIN, STDIN, "lines"), options.settings.fields)
                if _json_ahead()
                else _stdin_page()
            )
            continue
        for found in walk([path], include=options.include, exclude=options.exclude, avoid=own):
            if isinstance(found, Problem):
                yield found
            else:
                yield from documents(found, options.settings.fields)


def _json_ahead() -> bool:
    """Whether standard input is lines of JSON: it begins with an object."""
    peek = getattr(sys.stdin.buffer, "peek", None)
    return peek is not None and peek(1)[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')


def _stdin_page() -> Iterator[Entry]:
    from cleaner.corpus.readers import inflated  # noqa: PLC0415
    from cleaner.read.limits import MAX_BYTES  # noqa: PLC0415

    try:
        yield Document(STDIN, data=inflated(sys.stdin.buffer.read(MAX_BYTES + 1)))
    except Unreadable as error:
        yield Problem(STDIN, FAILED, error.reason, error.detail)


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


def identity(options: Options, version: str | None) -> dict[str, Any]:
    """What must be the same for a run to be resumed; `version` is of the package and the rules."""
    told = asdict(options)
    for name in _STATELESS:
        del told[name]
    return {"version": version, "limit": options.limit, **told}


def run(
    options: Options,
    watch: Callable[[Progress], None] = lambda _: None,
    factory: Callable[[Settings], Callable[[], Callable[[Any], Any]]] = Factory,
    *,
    report: str | None = None,
) -> Summary:
    """Do it all, and check the counts. Raises `RulesError`, `ManifestError`, `OSError` (a full disk, say),
    `MissingExtra`.

    After any exception, or a kill, the same call with `resume` goes on where the manifest says; what it then
    writes is byte for byte what an undisturbed run writes. `report` is where to write a page about it.
    """
    with _pool(options, factory(options.settings)) as pool, ExitStack() as stack:
        state = _State.open(options, identity(options, pool.wait_ready()), stack)
        if not state.ended:
            _Loop(options, state, watch).go(pool)
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


def _pool(options: Options, factory: Callable[[], Callable[[Any], Any]]) -> Pool | Inline:
    """Workers, or for one page none: starting them takes longer than it."""
    job = Job(factory, memory=options.memory)
    if len(options.paths) == 1 and options.workers <= 1 and _single(options.paths[0]):
        return Inline(job)
    return Pool(job, workers=options.workers or os.cpu_count() or 1, timeout=options.timeout)


def _single(path: str) -> bool:
    from cleaner.corpus.walk import kind_of  # noqa: PLC0415

    return path == STDIN or (os.path.isfile(path) and kind_of(path) in (None, "page"))


class _State:
    """The outputs and the journal, new or recovered."""

    def __init__(
        self, path: str, manifest: Manifest, outputs: list[Output], recovered: Recovered | None
    ) -> None:
        self.path, self.manifest, self.outputs, self.recovered = path, manifest, outputs, recovered
        self.ended = recovered is not None and recovered.ended
        self.taken = 0

    @classmethod
    def open(cls, options: Options, run: Mapping[str, Any], stack: ExitStack) -> _State:
        path = manifest_name(options.output) if options.output else _temporary(stack)
        found = recover(path) if options.output else None
        if found and not options.resume and not options.overwrite and not found.ended:
            raise ManifestError(
                f"{path} is of an unfinished run: --resume goes on with it, --overwrite begins anew"
            )
        if not options.resume:
            found = None
        if found:
            _same_run(found, run, path)
        sizes = found.sizes if found else None
        manifest = Manifest(path, run, resume_at=found.end if found else None)
        stack.callback(manifest.close)
        if found and found.ended:
            return cls(path, manifest, [], found)
        outputs: list[Output] = []
        if options.output:
            shape = options.settings.shape
            outputs.append(open_output(options.output, shape, keep_dirs=options.keep_dirs, sizes=sizes))
        else:
            outputs.append(Stream(sys.stdout.buffer))
        stack.callback(outputs[0].close)
        if options.ledger:
            outputs.append(Lines(options.ledger, "ledger", sizes))
            stack.callback(outputs[1].close)
        if found is None:
            manifest.commit(0, _sizes(outputs))
        return cls(path, manifest, outputs, found)

    def commit(self, done: int, *, complete: bool = False) -> None:
        self.manifest.commit(done, _sizes(self.outputs), complete=complete)

    def finish(self) -> None:
        for output in self.outputs:
            output.finish()


def _sizes(outputs: list[Output]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for output in outputs:
        sizes |= output.commit()
    return sizes


def _temporary(stack: ExitStack) -> str:
    """A journal nobody resumes: what went to standard output cannot be taken back."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="clean-"))
    return os.path.join(folder, "manifest.jsonl")


def _same_run(found: Recovered, run: Mapping[str, Any], path: str) -> None:
    import orjson  # noqa: PLC0415

    now = orjson.loads(dumps(run))
    then = dict(found.identity)
    different = sorted(name for name in now if then.get(name) != now[name])
    if different:
        raise ManifestError(
            f"{path} is of a run with other {', '.join(different)}: "
            "give the same again, or --overwrite to begin anew"
        )


class _Loop:
    """Outcomes to bytes, in order, with a commit after each `COMMIT_EVERY` inputs."""

    def __init__(self, options: Options, state: _State, watch: Callable[[Progress], None]) -> None:
        self.options, self.state, self.watch = options, state, watch
        self.index = Index() if options.settings.dedup else None
        self.progress = Progress()
        self.number = 0

    def go(self, pool: Pool | Inline) -> None:
        source = self._resumed(entries(self.options))
        for outcome in pool.map(source, label=_light, ready=_is_problem):
            self._take(outcome)
            if self.number % COMMIT_EVERY == 0:
                self.state.commit(self.number)
        self.state.commit(self.number, complete=True)

    def _resumed(self, source: Iterator[Entry]) -> Iterator[Entry]:
        found = self.state.recovered
        if found:
            known = lines(self.state.path, found.end)
            for entry, line in zip(islice(source, found.entries), known, strict=False):
                if _json_text(entry.source) != line.get("at"):
                    raise ManifestError(
                        f"the inputs have changed since: {line.get('at')} is now {entry.source}; "
                        "begin anew with --overwrite"
                    )
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
        if isinstance(value, Result):
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

    def _write(self, entry: Entry, result: Result) -> None:
        line, facts = result.line, result.facts
        first = self.index.add(result.id, result.exact, result.near) if self.index and result.exact else None
        if first:
            facts = _with(facts, {"duplicate": first[1], "duplicate_of": first[0]})
            if line and self.options.settings.shape in ("jsonl", "json"):
                line = _with(line[:-1], {"duplicate_of": first[0]}) + b"\n"
        if line:
            self.state.outputs[0].write(self.number, entry.source, result.id, line)
        if result.ledger and self.options.ledger:
            self.state.outputs[1].write(self.number, entry.source, result.id, result.ledger)
        self.state.manifest.write(self.number, _with(facts, {"at": entry.source}))


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


def _with(record: bytes, more: dict[str, str]) -> bytes:
    """A JSON object's bytes with fields added at its end: cheaper than reading it."""
    return record[:-1] + b"," + dumps(more)[1:]


def _json_text(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
