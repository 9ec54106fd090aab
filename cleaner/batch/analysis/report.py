"""A run as one self-contained page: no script, no address, nothing loaded from elsewhere.

Enters: `Summary`. Leaves: an HTML file. Look first at `page`, which lists the parts in order. Every name from
outside, of files, rules, outlets and faults, passes through `_text`.
"""

from __future__ import annotations

import html
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.batch.analysis.summary import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.batch.analysis.summary import Summary

_NUMERIC = ' class="n"'
_SHOWN = 25  # bars of one chart; the rest is summed up
_ROW, _LABEL = 22, 210  # pixels of a chart's row, and of what stands before a bar
_WIDE = (360, 180)  # pixels of the longest bar, and of what stands behind it
_HALF = (200, 130)  # of two charts side by side: text is to be of one size in all of them
_COLOURS = {
    "article": "#2a7f62", "not-article": "#7a8794", "empty": "#b8a13a", "rejected": "#c26b2b",
    "failed": "#b3393b",
}  # fmt: skip
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2227; --soft: #5d6973; --paper: #fff; --line: #dde2e6;
  --bar: #3d6fb0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa7b2; --paper: #15191d; --line: #313a42; --bar: #6f9fd8 }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 76rem;
  margin: 2rem auto; padding: 0 1.25rem }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2.2rem 0 .5rem } p { margin: .3rem 0 }
.soft { color: var(--soft) } .key { white-space: nowrap; margin-right: .9rem }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 2.5rem }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; min-width: 7rem }
.card b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums }
svg { max-width: 100%; height: auto; display: block }
svg.strip { width: 100%; height: 18px; border-radius: 3px }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif } svg .value { fill: var(--soft) }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: .9rem }
td, th { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line) }
td { vertical-align: top; overflow-wrap: anywhere } td:nth-child(2) { white-space: nowrap }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: `share` of the whole width, 0 to 1; `value` is what stands beside it."""

    label: str
    share: float
    value: str
    colour: str = "var(--bar)"


def write_report(summary: Summary, path: str, *, title: str = "") -> None:
    """Raises `OSError`. The file is there whole or not at all."""
    with open(path + ".part", "w", encoding="utf-8", errors="replace") as file:
        file.write(page(summary, title=title))
    os.replace(path + ".part", path)


def page(summary: Summary, *, title: str = "") -> str:
    """The whole page."""
    name = _text(title) if title else "Report of a run"
    parts = (
        f"<h1>{name}</h1>", _headline(summary), _cards(summary), _strip(summary),
        '<div class="grid">', _reasons(summary), _set_aside(summary), "</div>",
        _fields(summary), '<div class="grid">', _top("Outlets", summary.outlets, summary.statuses["article"]),
        _top("Languages", summary.languages, summary.statuses["article"]), "</div>",
        _rules(summary), _failures(summary), _skips(summary), _slowest(summary),
    )  # fmt: skip
    body = "\n".join(part for part in parts if part)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _headline(summary: Summary) -> str:
    parts = " + ".join(f"{summary.statuses[s]:,} {s}" for s in STATUSES)
    return f'<p class="soft">{summary.read:,} in = {parts}</p>'


def _cards(summary: Summary) -> str:
    articles = summary.statuses["article"]
    each = summary.milliseconds / max(1, summary.read - summary.statuses["failed"])
    cards = (
        (f"{summary.read:,}", "inputs"), (f"{summary.written:,}", "records written"),
        (f"{articles:,}", "articles"), (f"{summary.words:,}", "words kept"), (_size(summary.bytes), "read"),
        (f"{each:.1f} ms", "a page, on average"), (f"{summary.statuses['failed']:,}", "failed"),
    )  # fmt: skip
    return f'<div class="cards">{"".join(f"<div class=card><b>{a}</b>{b}</div>" for a, b in cards)}</div>'


def _strip(summary: Summary) -> str:
    """All inputs as one bar in five colours."""
    width, at, rects, key = 1000, 0.0, [], []
    for status in STATUSES:
        count = summary.statuses[status]
        if not count:
            continue
        share = count / max(1, summary.read)
        part = width * share
        colour = _COLOURS[status]
        title = f"<title>{status}: {count:,}</title>"
        rects.append(f'<rect x="{at:.2f}" width="{part:.2f}" height="18" fill="{colour}">{title}</rect>')
        key.append(f'<span class="key"><span style="color:{colour}">■</span> {status} {share:.1%}</span>')
        at += part
    svg = f'<svg class="strip" role="img" aria-label="Inputs by status" viewBox="0 0 {width} 18"'
    return f"""{svg} preserveAspectRatio="none">{"".join(rects)}</svg>
<p class="soft">{" ".join(key)}</p>"""


def _reasons(summary: Summary) -> str:
    return _table("Reasons", ("status: reason", "inputs"), summary.reasons.most_common(_SHOWN))


def _set_aside(summary: Summary) -> str:
    rows = [(f"filtered by {name}", n) for name, n in sorted(summary.filtered.items())]
    rows += [(f"{name} duplicates, marked", n) for name, n in sorted(summary.duplicates.items())]
    rows += [(f"skipped: {name}", n) for name, n in summary.skipped.most_common()]
    return _table("Set aside", ("what", "inputs"), rows)


def _fields(summary: Summary) -> str:
    articles = summary.statuses["article"]
    bars = [
        Bar(name, n / max(1, articles), f"{n / max(1, articles):.1%}")
        for name, n in summary.fields.most_common()
    ]
    return _chart("ColumnNames", bars, f"share of {articles:,} articles in which each is known", _HALF)


def _top(title: str, counts: dict[str, int], total: int) -> str:
    """The commonest; articles without one are said in words, for their bar would dwarf the others."""
    without = counts.get("", 0)
    ranked = sorted(((k, n) for k, n in counts.items() if k), key=lambda x: (-x[1], x[0]))
    most = ranked[0][1] if ranked else 1
    bars = [Bar(name, n / most, f"{n:,} ({n / max(1, total):.1%})") for name, n in ranked[:_SHOWN]]
    more = f"; {len(ranked) - _SHOWN:,} more" if len(ranked) > _SHOWN else ""
    note = f"{without:,} articles ({without / max(1, total):.1%}) without{more}"
    return _chart(title, bars, note, _HALF)


def _rules(summary: Summary) -> str:
    """What each rule took out, as a share of all text of articles, kept and removed."""
    total = summary.kept_characters + summary.rule_characters.total()
    removed = summary.rule_characters.total() / max(1, total)
    ranked = summary.rule_characters.most_common(_SHOWN)
    most = ranked[0][1] if ranked else 1
    bars = [
        Bar(rule, n / most, f"{n / max(1, total):.2%}, {summary.rules[rule]:,} blocks") for rule, n in ranked
    ]
    more = len(summary.rule_characters) - _SHOWN
    note = f"{removed:.1%} of the text of articles was taken out" + (
        f"; {more:,} more rules" if more > 0 else ""
    )
    return _chart("Removed, by rule", bars, note)


def _failures(summary: Summary) -> str:
    total = summary.statuses["failed"] + summary.statuses["rejected"]
    shown = f" (the first {len(summary.failed):,} of {total:,})" if len(summary.failed) < total else ""
    return _table(f"Failed and rejected{shown}", ("input", "reason", "detail"), summary.failed)


def _skips(summary: Summary) -> str:
    return _table("Skipped: no documents", ("input", "reason", "detail"), summary.skips)


def _slowest(summary: Summary) -> str:
    rows = [(source, round(ms)) for ms, source in sorted(summary.slowest, reverse=True)]
    return _table("Slowest inputs", ("input", "ms"), rows)


def _chart(title: str, bars: Sequence[Bar], note: str = "", pixels: tuple[int, int] = _WIDE) -> str:
    if not bars:
        return ""
    longest, value = pixels
    width = _LABEL + longest + value
    rows = []
    for at, bar in enumerate(bars):
        y, length = at * _ROW, max(1.0, bar.share * longest)
        label = _text(bar.label if len(bar.label) <= 30 else bar.label[:29] + "…")
        whole = f"<title>{_text(bar.label)}</title>"
        rows.append(
            f'<text x="{_LABEL - 10}" y="{y + 15}" text-anchor="end">{label}{whole}</text>'
            f'<rect x="{_LABEL}" y="{y + 4}" width="{length:.1f}" height="{_ROW - 8}" rx="2" '
            f'fill="{bar.colour}"/>'
            f'<text class="value" x="{_LABEL + length + 8:.1f}" y="{y + 15}">{_text(bar.value)}</text>'
        )
    box = f'viewBox="0 0 {width} {len(bars) * _ROW}" width="{width}"'
    svg = f'<svg role="img" aria-label="{_text(title)}" {box}>{"".join(rows)}</svg>'
    remark = f'<p class="soft">{_text(note)}</p>' if note else ""
    return f"<section><h2>{_text(title)}</h2>{remark}{svg}</section>"


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [
        "<tr>" + "".join(f"<td{_numeric(cell)}>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows
    ]
    if not lines:
        return ""
    head = "".join(f"<th{_NUMERIC if h in ('inputs', 'ms') else ''}>{_text(h)}</th>" for h in heads)
    table = f"<table><tr>{head}</tr>{''.join(lines)}</table>"
    return f'<section class="wide"><h2>{_text(title)}</h2>{table}</section>'


def _numeric(cell: object) -> str:
    return _NUMERIC if isinstance(cell, int) else ""


def _text(value: object) -> str:
    """Safe in HTML, and free of what plays tricks with direction or lines."""
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return html.escape("".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text))


def _size(count: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "B" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"
