"""Headline, date and authors of cleaner and of trafilatura against the annotation, and what ours cost.

    python tests/benchmarks/fields.py CORPORA [--only NAME ...] [--systems NAME ...] [--out DIR]

`title` is the share of headlines that are the annotated one but for case, spaces, quotation marks and dashes,
`date` that of right days (in the time zone written, or in UTC), `wrong` that of wrong ones, `authors` the
mean F1 of the sets of names. Pages that do not annotate a field do not count for it. `ms` is the CPU time of
headline and fields on a page, without reading and judging; median. Writes fields.csv and fields.svg.
"""

from __future__ import annotations

import gzip
import json
import time
import unicodedata
from collections import defaultdict
from datetime import UTC, datetime
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from bench_output import arguments, bars, corpora_in, write_csv

from cleaner import Cleaner
from cleaner.fields import headlines, resolve
from cleaner.judge import judge
from cleaner.read import Refused, read
from cleaner.rules.apply.markup import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Gold = Mapping[str, object]

ALIKE = str.maketrans("‘’‚`´“”„«»‐‑‒–—−", "'''''" + '"""""' + "------")


class Found(NamedTuple):
    """What a system says of a page."""

    title: str | None
    date: str | None
    authors: tuple[str, ...]


def plain(text: str) -> str:
    """Equal for two spellings of one headline or name."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(ALIKE).casefold().split())


def days(date: str) -> set[str]:
    """The calendar days a date may mean: as written, and in UTC; none for the empty string."""
    try:
        moment = datetime.fromisoformat(date.strip())
    except ValueError:
        return {date.strip()[:10]} if date.strip() else set()
    own = {date.strip()[:10]}
    return own | {moment.astimezone(UTC).date().isoformat()} if moment.tzinfo else own


def scores(gold: Gold, found: Found) -> dict[str, float]:
    """The figures of one page, for the fields that it annotates."""
    told: dict[str, float] = {}
    if "title" in gold:
        told["title"] = float(plain(found.title or "") == plain(str(gold["title"])))
    if "date" in gold:
        have, wanted = days(found.date or ""), days(str(gold["date"] or ""))
        told["date"] = float(bool(have & wanted))
        told["wrong"] = float(bool(have) and not have & wanted)
    names = gold.get("authors")
    if isinstance(names, list):
        true, ours = {plain(x) for x in names if x.strip()}, {plain(x) for x in found.authors}
        told["authors"] = 2 * len(true & ours) / (len(true) + len(ours)) if true or ours else 1.0
    return told


def with_cleaner() -> Callable[[bytes, str | None], Found]:
    ours = Cleaner()

    def run(data: bytes, url: str | None) -> Found:
        record = ours.clean(data, url=url)
        return Found(record.headline, record.date, record.authors)

    return run


def with_trafilatura() -> Callable[[bytes, str | None], Found]:
    import trafilatura

    def run(data: bytes, url: str | None) -> Found:
        told = trafilatura.bare_extraction(data, url=url, with_metadata=True)
        names = tuple(x.strip() for x in (told.author or "").split(";")) if told is not None else ()
        return Found(told.title, told.date, names) if told is not None else Found(None, None, ())

    return run


FIELDS = ("title", "date", "wrong", "authors")
SYSTEMS = {"cleaner": with_cleaner, "trafilatura": with_trafilatura}


def pages(corpora: Path, name: str, split: str) -> Iterator[tuple[Gold, bytes]]:
    base = corpora / name / split
    with (base / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row, gzip.decompress((base / row["file"]).read_bytes())


def cost(chosen: Iterable[tuple[Gold, bytes]]) -> float:
    """Median milliseconds of headline and fields a page."""
    ours, took = Cleaner(), []
    for gold, data in chosen:
        try:
            page = read(data, url=str(gold.get("url") or "") or None, source=None, kind="html")
        except Refused:
            continue
        if not page.blocks:
            continue
        outlet = ours.rules.match(page)
        page = prepare(page, outlet, data)
        start = time.process_time()
        titles = headlines(page, outlet)
        before = time.process_time() - start
        judgement = judge(page, outlet, ours.rules.phrases, titles, ours.favor)
        start = time.process_time()
        resolve(page, outlet, judgement, titles)
        took.append((before + time.process_time() - start) * 1e3)
    return median(took)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    args = parser.parse_args()
    rows: list[dict[str, object]] = []
    for name in corpora_in(args.corpora, args.split, args.only or ["fundus-tests", "wcxb-articles"]):
        chosen = list(pages(args.corpora, name, args.split))
        for system in args.systems:
            run = SYSTEMS[system]()
            told: dict[str, list[float]] = defaultdict(list)
            for gold, data in chosen:
                for field, value in scores(gold, run(data, str(gold.get("url") or "") or None)).items():
                    told[field].append(value)
            row: dict[str, object] = {"corpus": name, "system": system, "pages": len(chosen)}
            row |= {field: fmean(values) for field, values in told.items()}
            if system == "cleaner":
                row["ms"] = cost(chosen)
            rows.append(row)
            shown = (f"{k}={v:.3f}" for k, v in row.items() if isinstance(v, float))
            print(f"{name:16} {system:14}", *shown, flush=True)
    write_csv(args.out / "fields.csv", rows)
    groups = {
        f"{row['corpus']}, {row['system']}": {k: float(str(row[k])) for k in FIELDS if k in row}
        for row in rows
    }
    bars(args.out / "fields.svg", "Headline, date (and wrong ones), authors", groups)


if __name__ == "__main__":
    main()
