"""`clean diff OLD NEW`: two runs side by side, with an exit code for CI."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from cleaner.batch.analysis.compare import diff as changes
from cleaner.batch.analysis.compare import lines_changed, records
from cleaner.batch.inputs.documents import Unreadable
from cleaner.cli.common import HELP, OK, complain, printable, say, say_json

if TYPE_CHECKING:
    from cleaner.batch.analysis.compare import Change

DIFFERENT = 1
_WIDTH = 100


@click.command(context_settings=HELP)
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a changed record, for programs.")
@click.option("--max", "most", type=click.IntRange(0), default=50, show_default=True, metavar="N",
              help="Show so many records; 0: the counts only.")  # fmt: skip
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Only changes of it; repeatable.")
def diff(*, old: str, new: str, as_json: bool, most: int, fields: tuple[str, ...]) -> int:
    """Show which records of two runs differ, in which field, and by which rule.

    OLD and NEW are files of records that `clean` wrote, from two versions of the rules, say. Exit code 0
    where nothing differs but the version, 1 where something does, 2 where a file cannot be read.
    """
    kinds: Counter[str] = Counter()
    by_field: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    try:
        for change in changes(records(old), records(new)):
            if fields and change.kind == "changed" and not set(fields) & set(change.fields):
                continue
            kinds[change.kind] += 1
            by_field.update(change.fields)
            by_rule.update(change.rules)
            if as_json:
                _json(change)
            elif kinds.total() <= most:
                _show(change)
    except (OSError, Unreadable, ValueError) as error:
        raise click.UsageError(str(error)) from error
    if not as_json:
        _counts(kinds, by_field, by_rule, most)
    return DIFFERENT if kinds else OK


def _json(change: Change) -> None:
    record = {
        "source": change.source, "kind": change.kind,
        "fields": {name: list(values) for name, values in change.fields.items()},
        "taken": [{"rule": rule, "text": text} for rule, text in change.taken],
        "given": [{"rule": rule, "text": text} for rule, text in change.given],
        "renamed": [{"text": text, "old": before, "new": after} for text, before, after in change.renamed],
    }  # fmt: skip
    say_json(record)


def _show(change: Change) -> None:
    say(_short(change.source) + ("" if change.kind == "changed" else f": {change.kind}"), bold=True)
    for name, (before, after) in change.fields.items():
        if name == "body":
            say("  body:")
            for sign, text in lines_changed(before or "", after or ""):
                say(f"    {sign} {_short(text)}", fg="red" if sign == "-" else "green")
        else:
            say(f"  {name}: {_short(before)} → {_short(after)}")
    for rule, text in change.taken:
        say(f"  {rule} takes out: {_short(text)}", fg="red")
    for rule, text in change.given:
        say(f"  {rule} no longer takes out: {_short(text)}", fg="green")
    for text, before, after in change.renamed:
        say(f"  {before} is now {after}: {_short(text)}")


def _counts(kinds: Counter[str], by_field: Counter[str], by_rule: Counter[str], most: int) -> None:
    if not kinds:
        complain("no differences")
        return
    if kinds.total() > most:
        complain(f"{kinds.total() - most} more not shown")
    complain(", ".join(f"{n} {kind}" for kind, n in kinds.most_common()))
    for title, counts in (("fields", by_field), ("rules", by_rule)):
        if counts:
            complain(f"{title}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()))


def _short(value: object) -> str:
    text = printable("-" if value is None else str(value))
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
