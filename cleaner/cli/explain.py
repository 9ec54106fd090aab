"""`clean explain PAGE`: the page block by block, what took out what, and where each field comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from cleaner.cli.common import HELP, OK, printable, say, say_json
from cleaner.cli.options import options_of
from cleaner.cli.pages import load_cleaner, read_page
from cleaner.model import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from cleaner.model import Article, Candidate, Favor, InputKind
    from cleaner.pipeline import Trace

_CLIP, _LABEL = 160, 36


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the page; `left` is what an edit left of it."""

    index: int
    fate: Literal["kept", "removed", "edited"]
    kind: str
    rule: str | None
    text: str
    left: str | None = None


@click.command(context_settings=HELP)
@click.argument("page")
@options_of("--url", "--kind", "--rules", "--favor")
@click.option(
    "--color/--no-color", default=None, help="Colour; by itself on a terminal, unless $NO_COLOR is set."
)
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON document.")
def explain(
    *,
    page: str,
    url: str | None,
    kind: InputKind | None,
    rules: tuple[str, ...],
    favor: Favor,
    color: bool | None,
    as_json: bool,
) -> int:
    """Show what was kept and removed of PAGE (a file, or - for standard input), in the order of the page.

    Kept blocks stand behind +, removed ones behind - with the rule that took them out, edited ones behind ~.
    Each field is shown with the source it comes from, and below it the values that lost.
    """
    source = None if page == "-" else page
    trace = load_cleaner(rules, favor).trace(read_page(page), url=url, source=source, kind=kind)
    rows = list(_rows(trace))
    if as_json:
        _print_json(trace.article, rows)
    else:
        _print(trace.article, rows, color=color)
    return OK


def _rows(trace: Trace) -> Iterator[Row]:
    if trace.page is None or trace.judgement is None:
        return
    rules = {removal.index: removal.rule for removal in trace.article.removed}
    for block, verdict in zip(trace.page.blocks, trace.judgement.verdicts, strict=True):
        rule = rules.get(block.index) or (verdict.rule if verdict is not None else None)
        if block.index not in rules:
            yield Row(block.index, "kept", block.kind, rule, block.text)
        elif verdict is not None and verdict.action == "edit" and verdict.text:
            yield Row(block.index, "edited", block.kind, rule, block.text, verdict.text)
        else:
            yield Row(block.index, "removed", block.kind, rule, block.text)


def _print_json(article: Article, rows: list[Row]) -> None:
    page = [
        {"index": r.index, "fate": r.fate, "kind": r.kind, "rule": r.rule, "text": r.text, "left": r.left}
        for r in rows
    ]
    say_json({"record": article.to_dict(candidates=True), "page": page})


def _print(article: Article, rows: list[Row], *, color: bool | None) -> None:
    """On a terminal wrapped into columns; elsewhere one line a block, for grep."""
    from rich.console import Console  # noqa: PLC0415 - 32 ms that --help does not need

    console = Console(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=color,
        no_color=None if color is None else not color,
    )
    for lines in (_head(article), [_line(row) for row in rows]):
        if lines and console.is_terminal:
            console.print(_table(lines))
        elif lines:
            width = max(len(label) for label, *_ in lines)
            for label, text, *_ in lines:
                say(f"{printable(label):<{width}}  {printable(text)}")
        say()
    kept = sum(row.fate != "removed" for row in rows)
    say(f"{len(rows)} blocks: {kept} kept, {len(rows) - kept} removed")


def _table(lines: list[Line]) -> Table:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 2), pad_edge=False)
    width = min(max(len(label) for label, *_ in lines), _LABEL)
    table.add_column(width=width, no_wrap=True, overflow="ellipsis")
    table.add_column(overflow="fold")
    for label, text, label_style, style in lines:
        table.add_row(Text(printable(label), label_style), Text(printable(text), style))
    return table


Line = tuple[str, str, str, str]


def _head(article: Article) -> list[Line]:
    """Status and fields; each with its source, and what lost below it."""
    status = article.status + (f" ({article.reason})" if article.reason else "")
    lines = [("status", status, "bold", "green" if article.status == "article" else "red")]
    lines.append(("outlet", article.outlet or "none: no rule file knows this page", "bold", ""))
    for field in RECORD:
        if not field.resolved:
            continue
        name = field.name
        value = getattr(article, name)
        losers = [c for c in article.candidates if c.field == name and not _won(article, c)]
        if value in (None, ()) and not losers and not field.chief:
            continue
        origin = article.provenance.get(name)
        lines.append((name, f"{_shown(value)}{f'   ({origin})' if origin else ''}", "bold", ""))
        for value_of, sources in _by_value(losers).items():
            lines.append(("", f"not {value_of}   ({', '.join(sources)})", "", "dim"))
    return lines


def _by_value(losers: list[Candidate]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for candidate in losers:
        sources = found.setdefault(_clip(candidate.value), [])
        if candidate.source not in sources:
            sources.append(candidate.source)
    return found


def _won(article: Article, candidate: Candidate) -> bool:
    value = getattr(article, candidate.field, None)
    return candidate.value in value if isinstance(value, tuple) else candidate.value == value


def _shown(value: object) -> str:
    if value is None or value == ():
        return "null"
    return _clip(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _clip(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CLIP else flat[: _CLIP - 1] + "…"


def _line(row: Row) -> Line:
    if row.fate == "kept":
        label = f"+ {row.kind}" if row.rule is None else f"+ {row.rule}"
        return label, row.text, "green", "bold" if row.kind == "heading" else ""
    if row.fate == "edited":
        return f"~ {row.rule}", f"{row.text}  →  {row.left}", "yellow", ""
    return f"- {row.rule}", row.text, "red", "dim"
