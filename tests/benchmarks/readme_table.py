"""The README's tables, from the CSV files that the benchmarks wrote; what was not measured has no table.

python tests/benchmarks/readme_table.py [--out DIR]
"""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from bench_output import arguments, read_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

Rows = list[dict[str, str]]
# The four whose pages have a body annotated; trafilatura's has segments.
BODIES = ("fundus-eval", "fundus-tests", "scrapinghub", "wcxb-articles")
# Corpus: the figure by which its own benchmark ranks.
RANKED_BY = {
    "fundus-eval": "words",
    "fundus-tests": "words",
    "scrapinghub": "shingles",
    "wcxb-articles": "words",
    "wcxb-others": "words",
    "trafilatura": "segments",
    "text-extracted": "words",
    "text-dump": "words",
}


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(x) + " |" for x in (head, ["---"] * len(head), *rows))


def number(value: str | float | None, form: str = ".3f") -> str:
    """A dash where there is no such figure."""
    try:
        return format(float("" if value is None else value), form)
    except ValueError:
        return "–"


def quality(rows: Rows) -> str:
    html = [x for x in rows if not x["corpus"].startswith("text-")]
    text = [x for x in rows if x["corpus"].startswith("text-")]
    return "\n\n".join(x for x in (_scores(html), _scores(text), _told_apart(rows)) if x)


def _scores(rows: Rows) -> str:
    if not rows:
        return ""
    corpora = [x for x in RANKED_BY if any(r["corpus"] == x for r in rows)]
    by = {(r["system"], r["corpus"]): r for r in rows}
    pages = {x: next(r["pages"] for r in rows if r["corpus"] == x) for x in corpora}
    bodies = [x for x in BODIES if x in corpora]
    head = ["system", *(f"{x} {RANKED_BY[x]} ({pages[x]})" for x in corpora)]
    head += ["words, mean over pages", "pages below 0.8"] if bodies else ["recall"]
    table = []
    for system in dict.fromkeys(r["system"] for r in rows):
        cells = [number(by.get((system, x), {}).get(RANKED_BY[x])) for x in corpora]
        mine = [by[system, x] for x in bodies if (system, x) in by]
        if bodies:
            cells += [number(_weighed(mine, "words")), number(_weighed(mine, "poor"))]
        else:
            cells.append(" / ".join(number(by.get((system, x), {}).get("recall")) for x in corpora))
        table.append([system, *cells])
    return markdown(head, table)


def _weighed(rows: Rows, figure: str) -> float | None:
    """The mean over pages, from means over corpora."""
    pages = sum(int(r["pages"]) for r in rows)
    return sum(float(r[figure]) * int(r["pages"]) for r in rows) / pages if pages else None


def _told_apart(rows: Rows) -> str:
    share = {r["corpus"]: float(r["articles"]) for r in rows if r.get("articles")}
    if not {"wcxb-articles", "wcxb-others"} <= share.keys():
        return ""
    yes, no = share["wcxb-articles"], 1 - share["wcxb-others"]
    return (
        f"Articles told from other pages (wcxb): {fmean((yes, no)):.3f} balanced accuracy "
        f"({yes:.3f} of articles, {no:.3f} of the others)."
    )


def speed(rows: Rows) -> str:
    wanted = [x for x in rows if x["corpus"] in {"all", "known outlets", "text (seeds)"}]
    head = ["pages", "system", "n", "median ms", "mean ms", "times cleaner", "page by page"]
    columns = (("median", ".2f"), ("mean", ".2f"), ("times", ".2f"), ("page by page", ".2f"))
    cells = [[x["corpus"], x["system"], x["pages"], *(number(x[c], f) for c, f in columns)] for x in wanted]
    return markdown(head, cells)


def growth(rows: Rows) -> str:
    sizes = list(dict.fromkeys(x["paragraphs"] for x in rows))
    by = {(x["system"], x["shape"], x["paragraphs"]): x for x in rows}
    head = ["system", "shape", *(f"{int(x):,} ms" for x in sizes), "largest factor for 10×"]
    table = []
    for system, shape in dict.fromkeys((x["system"], x["shape"]) for x in rows):
        mine = [by[system, shape, x] for x in sizes if (system, shape, x) in by]
        times = [number(x["ms"], ".0f") if x["ms"][0].isdigit() else x["ms"] for x in mine]
        factors = [float(x["factor"]) for x in mine if x["factor"]]
        table.append([system, shape, *times, f"{max(factors):.1f}" if factors else "–"])
    return markdown(head, table)


def memory(rows: Rows) -> str:
    table = []
    for system in dict.fromkeys(x["system"] for x in rows):
        points = [x for x in rows if x["system"] == system]
        settled = next((x for x in points if int(x["page"]) >= 1_000), points[-1])
        last = points[-1]
        more = float(last["resident"]) - float(settled["resident"])
        table.append(
            [
                system,
                last["page"],
                number(points[0]["resident"], ".0f"),
                number(settled["resident"], ".0f"),
                f"{more:+.0f}",
                number(last["peak"], ".0f"),
            ]
        )
    return markdown(
        ["system", "pages", "MB at start", "after 1,000 pages", "growth after that", "peak"], table
    )


def startup(rows: Rows) -> str:
    columns = ("median", "fastest", "slowest")
    return markdown(["command", *columns], [[x["command"], *(number(x[c]) for c in columns)] for x in rows])


TABLES: dict[str, Callable[[Rows], str]] = {
    "quality": quality,
    "speed": speed,
    "known": speed,
    "growth": growth,
    "memory": memory,
    "startup": startup,
}


def tables(folder: Path) -> list[str]:
    """One for each benchmark that has written its CSV."""
    written = ((make, folder / f"{name}.csv") for name, make in TABLES.items())
    return [make(read_csv(path)) for make, path in written if path.is_file()]


def main() -> None:
    print("\n\n".join(tables(arguments(__doc__, corpora=False).parse_args().out)))


if __name__ == "__main__":
    main()
