"""Body quality of cleaner and of each peer that is installed, corpus by corpus.

    python tests/benchmarks/quality.py CORPORA [--only NAME ...] [--systems NAME ...] [--out DIR]

Writes quality.csv and quality.svg. Peers are optional: trafilatura comes with cleaner; resiliparse,
readability-lxml and newspaper4k are used where they are installed. Corpora whose name begins with `text-`
hold text, and are compared with doing nothing and with the line filter of C4. `articles` is the share of
pages that cleaner calls articles.

What cleaner has learned, it has learned from pages: on those that it was trained on, its figures say how well
it remembers. Take a split that the training did not see.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bench_output import arguments, bars, corpora_in, write_csv
from bench_peers import SYSTEMS, TEXT_SYSTEMS, installed, load
from bench_scores import Tally

import cleaner
from cleaner.training.corpora import samples

if TYPE_CHECKING:
    from pathlib import Path

    from bench_peers import Extract


def scored(corpora: Path, name: str, split: str, extract: Extract) -> dict[str, object]:
    """The figures of one system on one corpus; a page on which it raises counts as an empty body."""
    tally, failed, pages = Tally(), 0, 0
    for page in samples(corpora, [name], split):
        pages += 1
        try:
            body = extract(page.data, page.url)
        except Exception as error:  # noqa: BLE001 - whatever a peer raises costs it the page, not us the run
            body, failed = "", failed + 1
            print(f"  {page.id}: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
        tally.add(body, page.body, page.inside, page.outside)
    return {"pages": pages, **tally.figures(), "failed": failed}


def articles(corpora: Path, name: str, split: str) -> float:
    ours = cleaner.Cleaner()
    found = [ours.clean(x.data, url=x.url).status == "article" for x in samples(corpora, [name], split)]
    return sum(found) / len(found)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--systems", nargs="+", help="systems to compare cleaner with")
    args = parser.parse_args()
    names = corpora_in(args.corpora, args.split, args.only)
    rows: list[dict[str, object]] = []
    html_systems = installed(args.systems)
    for name in names:
        table = TEXT_SYSTEMS if name.startswith("text-") else SYSTEMS
        for system in TEXT_SYSTEMS if table is TEXT_SYSTEMS else html_systems:
            figures = scored(args.corpora, name, args.split, load(system, table))
            if system == "cleaner":
                figures["articles"] = articles(args.corpora, name, args.split)
            rows.append({"corpus": name, "system": system, **figures})
            shown = (f"{k}={v:.3f}" for k, v in figures.items() if isinstance(v, float))
            print(f"{name:16} {system:22}", *shown, flush=True)
    write_csv(args.out / "quality.csv", rows)
    groups: dict[str, dict[str, float]] = {}
    for row in rows:
        value = row.get("words", row.get("segments"))
        if isinstance(value, float):
            groups.setdefault(str(row["corpus"]), {})[str(row["system"])] = value
    title = "Body quality: words F1 (trafilatura's corpus: segments F1)"
    bars(args.out / "quality.svg", title, groups, low=0.6)


if __name__ == "__main__":
    main()
