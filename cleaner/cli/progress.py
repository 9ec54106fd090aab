"""What a person sees of a run: a bar or a line a minute, each failure, the closing table.

All of it goes to stderr; none of it changes what is written.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cleaner.batch.analysis.summary import STATUSES
from cleaner.batch.inputs.formats import FORMATS, File
from cleaner.batch.inputs.paths import walk
from cleaner.cli.common import complain, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.batch.analysis.summary import Summary
    from cleaner.batch.inputs.documents import Problem
    from cleaner.batch.run import Progress
    from cleaner.batch.settings import Options

_EVERY = 60.0  # seconds between lines where there is no terminal
_FRAME = 0.1


@contextmanager
def watching(options: Options) -> Iterator[Callable[[Progress], None]]:
    """A watcher for `run`: records running through the same terminal get no bar among them."""
    if not sys.stderr.isatty() or (options.output is None and sys.stdout.isatty()):
        yield _Lines()
        return
    from rich import progress as shown  # noqa: PLC0415 - 32 ms, only with a terminal
    from rich.console import Console  # noqa: PLC0415

    columns = (
        shown.TextColumn("{task.description}"), shown.BarColumn(), shown.MofNCompleteColumn(),
        shown.TextColumn("{task.fields[rate]}"), shown.TimeElapsedColumn(), shown.TimeRemainingColumn(),
        shown.TextColumn("{task.fields[bad]}"),
    )  # fmt: skip
    console = Console(stderr=True)
    with shown.Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        yield _Bar(bar, _total(options))


def _total(options: Options) -> int | None:
    """How many inputs there are, if that can be told from names alone."""
    if "-" in options.paths or options.sample is not None:
        return None
    pages = {form.name for form in FORMATS if form.by_worker}
    count = 0
    for found in walk(options.paths, include=options.include, exclude=options.exclude):
        if isinstance(found, File):
            if found.kind not in pages:
                return options.limit
            count += 1
    return min(count, options.limit or count)


class _Bar:
    def __init__(self, bar: Any, total: int | None) -> None:  # noqa: ANN401 - rich is imported late
        self.bar = bar
        self.task = bar.add_task("Cleaning", total=total, rate="", bad="")
        self.start = self.drawn = time.monotonic()
        self.first: int | None = None

    def __call__(self, progress: Progress) -> None:
        if progress.trouble is not None:
            self.bar.console.print(_words(progress.trouble), style="red", markup=False, highlight=False)
        now = time.monotonic()
        if now - self.drawn < _FRAME:
            return
        self.drawn = now
        if self.first is None:
            self.first = progress.done - 1
        rate = (progress.done - self.first) / max(0.001, now - self.start)
        counts = progress.statuses
        bad = f"{counts['failed']} failed" if counts["failed"] else ""
        done = progress.done - counts["skipped"]
        self.bar.update(self.task, completed=done, rate=f"{rate:,.0f} pages/s", bad=bad)


class _Lines:
    def __init__(self) -> None:
        self.start = self.said = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if progress.trouble is not None:
            complain(_words(progress.trouble))
        now = time.monotonic()
        if now - self.said >= _EVERY:
            self.said = now
            rate = progress.done / (now - self.start)
            complain(
                f"{progress.done:,} inputs, {rate:,.0f} a second, {progress.statuses['failed']:,} failed"
            )


def _words(problem: Problem) -> str:
    """One line for a person, in which a file's name cannot play tricks on the terminal."""
    said = {"unreadable": "", "not-a-file": ""}.get(problem.reason, problem.reason)
    if problem.status in ("rejected", "skipped"):
        said = f"{problem.status}, {said}".rstrip(", ")
    what = ": ".join(part for part in (said, problem.detail) if part)
    return printable(f"{problem.source}: {what or problem.reason}")


def closing(summary: Summary, options: Options) -> None:
    """What was passed over, always; the sum that must come out even; a table on a terminal, one line where
    there is only a log.
    """
    if summary.skipped:
        complain(_skips(summary))
    if summary.read < 2 and not options.output:
        return
    if not sys.stderr.isatty():
        if options.output:
            complain(_sum(summary))
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    for status in STATUSES:
        if summary.statuses[status]:
            reasons = [(k, n) for k, n in summary.reasons.most_common() if k.startswith(f"{status}: ")]
            why = ", ".join(f"{n:,} {k.partition(': ')[2]}" for k, n in reasons[:6])
            shown = printable(f" ({why})") if why else ""
            table.add_row(f"{summary.statuses[status]:,}", Text(status + shown))
    table.add_row(f"{summary.read:,}", "in", style="bold")
    table.add_row(f"{summary.written:,}", "written" + _aside(summary))
    Console(stderr=True, highlight=False).print(table)


def _skips(summary: Summary) -> str:
    """`9 skipped: 7 .php, 2 .pdf`."""
    why = ", ".join(f"{n:,} {k}" for k, n in summary.skipped.most_common())
    return f"{summary.skipped.total():,} skipped: {why}"


def _sum(summary: Summary) -> str:
    parts = " + ".join(f"{summary.statuses[status]} {status}" for status in STATUSES)
    return f"{summary.read} in = {parts}; {summary.written} written{_aside(summary)}"


def _aside(summary: Summary) -> str:
    parts = [f"{n} filtered by {name}" for name, n in sorted(summary.filtered.items())]
    parts += [f"{n} marked as {name} duplicates" for name, n in sorted(summary.duplicates.items())]
    return f" ({', '.join(parts)})" if parts else ""
