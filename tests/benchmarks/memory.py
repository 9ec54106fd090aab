"""Memory of one process that cleans many pages, and how it grows after the first thousand.

    python tests/benchmarks/memory.py CORPORA [--pages N] [--systems NAME ...] [--out DIR]

The pages of the article corpora, over and over until there are N (5,000 by default); each system in a process
of its own. Writes memory.csv and memory.svg: resident megabytes by page, and the peak so far.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections import defaultdict
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench_output import ARTICLES, arguments, corpora_in, lines, write_csv
from bench_peers import installed, load

from cleaner.training.corpora import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from cleaner.training.corpora import AnnotatedPage

EVERY = 100
SETTLED = 1_000
MB = 2**20


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MB


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def again_and_again(corpora: Path, names: list[str], split: str) -> Iterator[AnnotatedPage]:
    for name in cycle(names):
        yield from samples(corpora, [name], split)


def child(pipe: Connection, system: str, corpora: Path, names: list[str], more: tuple[str, int]) -> None:
    """Send page number, memory and peak every hundred pages; `more` is the split and the number of pages."""
    split, count = more
    extract = load(system)
    pipe.send((0, resident(), peak()))
    for number, page in enumerate(islice(again_and_again(corpora, names, split), count), 1):
        with suppress(Exception):  # a peer's error is counted by quality.py
            extract(page.data, page.url)
        if number % EVERY == 0 or number == count:
            pipe.send((number, resident(), peak()))
    pipe.send(None)


def measured(
    system: str, corpora: Path, names: list[str], more: tuple[str, int]
) -> list[tuple[int, float, float]]:
    """Every hundredth page's number, the memory after it and the peak so far, in megabytes."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=child, args=(theirs, system, corpora, names, more), daemon=True)
    process.start()
    theirs.close()
    points = []
    try:
        while (point := ours.recv()) is not None:
            points.append(point)
    except EOFError:
        print(f"{system}: ended by itself after page {points[-1][0] if points else 0}")
    process.join()
    return points


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--systems", nargs="+", help="systems to compare cleaner with")
    parser.add_argument("--pages", type=int, default=5_000)
    args = parser.parse_args()
    names = [x for x in corpora_in(args.corpora, args.split, args.only) if args.only or x in ARTICLES]
    rows: list[dict[str, object]] = []
    drawn: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for system in (x for x in installed(args.systems) if x != "cleaner, no outlets"):
        points = measured(system, args.corpora, names, (args.split, args.pages))
        for page, now, most in points:
            rows.append({"system": system, "page": page, "resident": now, "peak": most})
            drawn[system].append((page, now))
        settled = next((x for x in points if x[0] >= SETTLED), points[-1])
        print(
            f"{system:22} start {points[0][1]:6.1f} MB  at {settled[0]} pages {settled[1]:6.1f}  "
            f"at {points[-1][0]} pages {points[-1][1]:6.1f} ({points[-1][1] - settled[1]:+.1f})  "
            f"peak {points[-1][2]:6.1f}",
            flush=True,
        )
    write_csv(args.out / "memory.csv", rows)
    lines(args.out / "memory.svg", "Resident megabytes by pages cleaned", drawn)


if __name__ == "__main__":
    main()
