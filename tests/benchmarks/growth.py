"""How the time of one page grows with its length, shape by shape.

    python tests/benchmarks/growth.py [--shapes NAME ...] [--systems NAME ...] [--limit SECONDS] [--out DIR]

Synthetic articles of 100 to 40,000 paragraphs; the shapes are in bench_articles.py. `factor` is the time over
that of the page a tenth as long: 10 is linear, 100 quadratic. Peers get the plain paragraphs only (all shapes
with --all), and each page LIMIT seconds. Writes growth.csv and growth.svg, and says whether a factor of
cleaner's is above 12.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from bench_articles import SHAPES
from bench_output import arguments, lines, write_csv
from bench_peers import installed, load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

# Each has one ten times as long, but for the last three.
SIZES = (100, 400, 1_000, 4_000, 10_000, 40_000)
MOST = 12.0
PLAIN = "paragraphs"


def child(pipe: Connection, system: str, shape: str, sizes: Sequence[int]) -> None:
    """Send the milliseconds of each size; the best of several where that costs little."""
    extract = load(system)
    for size in (20, 50, 200):
        extract(SHAPES[shape](size).encode(), None)
    for size in sizes:
        data = SHAPES[shape](size).encode()
        best, spent, tries = float("inf"), 0.0, 0
        while tries < 1 or (spent < 10.0 and tries < 3) or (spent < 1.0 and tries < 7):
            start = time.process_time()
            extract(data, None)
            took = time.process_time() - start
            best, spent, tries = min(best, took), spent + took, tries + 1
        pipe.send(best * 1e3)
    pipe.send(None)


def measured(system: str, shape: str, sizes: Sequence[int], limit: float) -> list[float]:
    """Milliseconds by size, as far as it came: a page that takes longer than the limit ends the system's
    run."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=child, args=(theirs, system, shape, sizes), daemon=True)
    process.start()
    theirs.close()
    times: list[float] = []
    try:
        while ours.poll(limit + 10) and (took := ours.recv()) is not None:
            times.append(took)
    except EOFError:
        print(f"{system}, {shape}: ended by itself")
    if process.is_alive():
        process.kill()
    process.join()
    return times


def main() -> None:
    parser = arguments(__doc__, corpora=False)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument("--systems", nargs="+", help="systems to compare cleaner with")
    parser.add_argument("--all", action="store_true", help="all shapes for the peers too")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for one page")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    args = parser.parse_args()
    rows: list[dict[str, object]] = []
    drawn: dict[str, list[tuple[float, float]]] = defaultdict(list)
    steep = []
    for system in (x for x in installed(args.systems) if x != "cleaner, no outlets"):
        for shape in args.shapes:
            if system != "cleaner" and shape != PLAIN and not args.all:
                continue
            if system != "cleaner" and "text" in shape:
                continue
            times = dict(zip(args.sizes, measured(system, shape, args.sizes, args.limit), strict=False))
            for size in args.sizes:
                took, before = times.get(size), times.get(size // 10)
                factor = took / before if took is not None and before else ""
                shown: object = took if took is not None else f"over {args.limit:g} s"
                rows.append(
                    {"system": system, "shape": shape, "paragraphs": size, "ms": shown, "factor": factor}
                )
                if took is not None:
                    drawn[f"{system}, {shape}" if system == "cleaner" else system].append((size, took))
                if system == "cleaner" and factor and factor > MOST:
                    steep.append(f"{shape} of {size}: {factor:.1f}")
            shown_times = " ".join(f"{t:9.1f}" for t in times.values())
            factors = (f"{times[s] / times[s // 10]:.1f}" for s in times if s // 10 in times)
            print(f"{system:22} {shape:14} {shown_times} ms   x10: {' '.join(factors)}", flush=True)
    write_csv(args.out / "growth.csv", rows)
    lines(args.out / "growth.svg", "CPU milliseconds by number of paragraphs", drawn, logarithmic=True)
    print(f"above {MOST:g} for 10x the paragraphs: {'; '.join(steep) or 'none'}")


if __name__ == "__main__":
    main()
