"""CPU milliseconds of the whole `clean()` call, against each peer that is installed.

    python tests/benchmarks/speed.py CORPORA [--pages N] [--known] [--only NAME ...] [--systems NAME ...]
    [--out DIR]

All systems take each page in turn, so that whatever slows the machine down hits all alike: read the ratios,
not the milliseconds. `times` is how many times cleaner's median page a system takes, `page by page` the
median of the ratios. Each page comes once, as in a crawl, after 25 others that warm up. The more systems in
one run, the colder each finds the processor's caches: name one peer for a fair pair.

Writes speed.csv and speed.svg. With --known, known.csv and known.svg instead: the pages of outlets that
have rules, with these rules and without them. The rows `text (seeds)` are of the extracted texts in --seeds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from bench_output import ARTICLES, arguments, bars, corpora_in, write_csv
from bench_peers import installed, load

import cleaner
from cleaner.read import Refused, read
from cleaner.training.corpora import samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench_peers import Extract

WARM_UP = 25
SEEDS = Path(__file__).parent.parent.parent / "seeds"
WITH, WITHOUT = "cleaner", "cleaner, no outlets"
Page = tuple[bytes, "str | None"]


def milliseconds(extract: Extract, page: Page) -> float | None:
    """None where it raises."""
    start = time.process_time()
    try:
        extract(*page)
    except Exception:  # noqa: BLE001 - a peer's error is counted by quality.py
        return None
    return (time.process_time() - start) * 1e3


def interleaved(systems: Mapping[str, Extract], pages: Iterable[Page]) -> dict[str, list[float]]:
    """For each system the times of those pages that every system had an answer for."""
    times: dict[str, list[float]] = defaultdict(list)
    names = list(systems)
    for number, page in enumerate(pages):
        order = names[number % len(names) :] + names[: number % len(names)]
        took = {name: milliseconds(systems[name], page) for name in order}
        if number >= WARM_UP and None not in took.values():
            for name, value in took.items():
                times[name].append(value or 0.0)
    return times


def row(corpus: str, system: str, times: Sequence[float], ours: Sequence[float]) -> dict[str, object]:
    return {
        "corpus": corpus,
        "system": system,
        "pages": len(times),
        "median": median(times),
        "mean": fmean(times),
        "slowest": max(times),
        "times": median(times) / median(ours),
        "page by page": median(t / max(o, 1e-3) for t, o in zip(times, ours, strict=True)),
    }


def table(corpus: str, times: Mapping[str, Sequence[float]]) -> list[dict[str, object]]:
    rows = [row(corpus, system, took, times[WITH]) for system, took in times.items() if took]
    for r in rows:
        print(
            f"{corpus:16} {r['system']:22} n={r['pages']:<5} median {r['median']:7.2f} ms  "
            f"mean {r['mean']:7.2f}  x{r['times']:.2f}  page by page x{r['page by page']:.2f}",
            flush=True,
        )
    return rows


def pages_of(corpora: Path, names: list[str], split: str, limit: int) -> list[Page]:
    """The pages of each corpus, an even sample of them where a limit is set."""
    pages = [(x.data, x.url) for x in samples(corpora, names, split)]
    step = max(1, len(pages) // limit) if limit else 1
    return pages[::step][: limit or None]


def known(pages: Iterable[Page]) -> list[Page]:
    """Those of an outlet that has rules."""
    rules = cleaner.Cleaner().rules
    found = []
    for data, url in pages:
        try:
            page = read(data, url=url, source=None, kind=None)
        except Refused:
            continue
        if page.blocks and rules.match(page) is not None:
            found.append((data, url))
    return found


def seeds(folder: Path) -> list[Page]:
    texts = [(x.read_bytes(), None) for x in sorted(folder.glob("*.txt"))]
    return texts * 60


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--systems", nargs="+", help="systems to compare cleaner with")
    parser.add_argument(
        "--pages", type=int, default=0, help="at most so many pages of a corpus (all by default)"
    )
    parser.add_argument(
        "--known", action="store_true", help="pages of outlets with rules, with and without them"
    )
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="a folder of extracted texts")
    args = parser.parse_args()
    names = [x for x in corpora_in(args.corpora, args.split, args.only) if args.only or x in ARTICLES]
    rows: list[dict[str, object]] = []
    if args.known:
        systems = {name: load(name) for name in (WITH, WITHOUT)}
        every = known(pages_of(args.corpora, names, args.split, args.pages))
        rows += table("known outlets", interleaved(systems, every))
    else:
        systems = {name: load(name) for name in installed(args.systems)}
        whole: dict[str, list[float]] = defaultdict(list)
        for name in names:
            times = interleaved(systems, pages_of(args.corpora, [name], args.split, args.pages))
            rows += table(name, times)
            for system, took in times.items():
                whole[system] += took
        rows += table("all", whole)
        rows += table("text (seeds)", interleaved({WITH: systems[WITH]}, seeds(args.seeds)))
    out = args.out / ("known" if args.known else "speed")
    write_csv(out.with_suffix(".csv"), rows)
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for r in rows:
        groups[str(r["corpus"])][str(r["system"])] = float(str(r["median"]))
    bars(out.with_suffix(".svg"), "CPU milliseconds of the median page", groups)


if __name__ == "__main__":
    main()
