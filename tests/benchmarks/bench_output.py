"""What each benchmark has in common: its arguments, its CSV, its plot.

The plots are SVG written by hand: bars for figures side by side, lines for growth.
"""

from __future__ import annotations

import argparse
import csv
import html
import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ARTICLES = ("fundus-eval", "fundus-tests", "scrapinghub", "trafilatura", "wcxb-articles")
COLOURS = ("#1b6ca8", "#d9822b", "#3a9d5d", "#b5484b", "#7b5ea7", "#5f6b73", "#c2a83e", "#2aa5a0")
_WIDE, _LEFT, _BAR = 860, 240, 14


def arguments(text: str | None, *, corpora: bool = True) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    if corpora:
        parser.add_argument(
            "corpora", type=Path, help="a folder of NAME/SPLIT/gold.jsonl with pages beside it"
        )
        parser.add_argument("--split", default="dev")
        parser.add_argument("--only", nargs="+", help="corpora to use")
    parser.add_argument("--out", type=Path, default=Path("bench-results"), help="where CSV and plot go")
    return parser


def corpora_in(folder: Path, split: str, only: Iterable[str] | None = None) -> list[str]:
    names = [x.name for x in sorted(folder.iterdir()) if (x / split / "gold.jsonl").is_file()]
    missing = set(only or ()) - set(names)
    if missing or not names:
        raise SystemExit(f"{folder}: no {split} split of {', '.join(sorted(missing)) or 'any corpus'}")
    return [x for x in names if only is None or x in only]


def write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """ColumnNames in the order in which the rows first name them."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row.items()})
    print(f"wrote {path}")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(text)}</text>'


def _write(path: Path, height: float, title: str, parts: Iterable[str]) -> None:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {height:.0f}" font-family="sans-serif" '  # noqa: E501
        f'font-size="12"><rect width="100%" height="100%" fill="white"/>{_text(10, 20, title)}'
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, *parts, "</svg>\n"]), encoding="utf-8")
    print(f"wrote {path}")


def bars(path: Path, title: str, groups: Mapping[str, Mapping[str, float]], low: float = 0.0) -> None:
    """Horizontal bars: one group a key, in it one bar a series; the axis begins at `low`."""
    series = list(dict.fromkeys(name for group in groups.values() for name in group))
    high = max((v for group in groups.values() for v in group.values()), default=1.0)
    scale = (_WIDE - _LEFT - 80) / ((high - low) or 1.0)
    parts, y = [], 40.0
    for label, group in groups.items():
        parts.append(_text(10, y + 12, label))
        for name, value in group.items():
            colour = COLOURS[series.index(name) % len(COLOURS)]
            wide = max(0.0, (value - low) * scale)
            parts.append(
                f'<rect x="{_LEFT}" y="{y:.1f}" width="{wide:.1f}" height="{_BAR - 2}" fill="{colour}"/>'
            )
            parts.append(_text(_LEFT - 6, y + 11, name, "end") if len(series) > 1 else "")
            parts.append(_text(_LEFT + wide + 4, y + 11, f"{value:.3g}"))
            y += _BAR
        y += 8
    _write(path, y + 10, f"{title} (axis from {low:g})", parts)


def lines(
    path: Path, title: str, series: Mapping[str, Sequence[tuple[float, float]]], *, logarithmic: bool = False
) -> None:
    """One line a series; points below or at zero have no place on logarithmic axes."""
    turn: Callable[[float], float] = math.log10 if logarithmic else float
    points = {
        k: [(turn(x), turn(y)) for x, y in v if not logarithmic or (x > 0 < y)] for k, v in series.items()
    }
    every = [p for v in points.values() for p in v] or [(0.0, 0.0)]
    (left, right), (bottom, top) = ((min(c), max(c)) for c in zip(*every, strict=True))
    bottom = bottom if logarithmic else min(0.0, bottom)
    x0, y0, wide, high = 70.0, 380.0, _WIDE - 290.0, 330.0

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = (x - left) / ((right - left) or 1), (y - bottom) / ((top - bottom) or 1)
        return x0 + across * wide, y0 - up * high

    parts = [f'<path d="M{x0} {y0 - high}V{y0}H{x0 + wide}" fill="none" stroke="#888"/>']
    shown = (lambda v: f"{10**v:g}") if logarithmic else (lambda v: f"{v:.4g}")
    across, up = (_ticks(a, b, logarithmic=logarithmic) for a, b in ((left, right), (bottom, top)))
    parts += [_text(at(x, bottom)[0], y0 + 16, shown(x), "middle") for x in across]
    parts += [_text(x0 - 6, at(left, y)[1] + 4, shown(y), "end") for y in up]
    for number, (name, run) in enumerate(points.items()):
        colour, dash = COLOURS[number % len(COLOURS)], "5 3" if number >= len(COLOURS) else "none"
        path_of = " ".join("{:.1f},{:.1f}".format(*at(x, y)) for x, y in run)
        style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'
        parts.append(f'<polyline points="{path_of}" {style}/>')
        y = 50 + 16 * number
        parts.append(f'<path d="M{x0 + wide + 15} {y - 4}h20" {style}/>')
        parts.append(_text(x0 + wide + 40, y, name))
    _write(path, max(410, 60 + 16 * len(points)), title, parts)


def _ticks(low: float, high: float, *, logarithmic: bool) -> list[float]:
    if logarithmic:
        return [float(x) for x in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)]
    return [low + (high - low) * i / 5 for i in range(6)]
