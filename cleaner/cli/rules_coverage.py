"""`clean rules coverage`: what the rules find in a corpus, and what fell since a saved baseline."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from cleaner.batch.analysis.coverage import as_dict, cover, falls, from_dict
from cleaner.cli.common import FAILED, HELP, OK, complain, printable, say, say_json
from cleaner.cli.options import built, options_of
from cleaner.model import RESOLVED
from cleaner.records.native import dumps

if TYPE_CHECKING:
    from cleaner.batch.analysis.coverage import Coverage, Fall, OutletCoverage
    from cleaner.batch.inputs.documents import Problem

_COLUMN = 12


@click.command("coverage", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, metavar="FOLDER...")
@options_of("--rules")
@click.option("--baseline", metavar="FILE", help="A coverage saved before: say what fell since.")
@click.option("--save", metavar="FILE", help="Save this coverage, as the baseline of a later one.")
@click.option(
    "--tolerance", type=click.FloatRange(0, 1), default=0.1, show_default=True, metavar="SHARE",
    help="How far a share may fall; what chance explains never counts.",
)  # fmt: skip
@options_of("--include", "--exclude", "--limit", "--sample", "--workers")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with what fell.")
def coverage(
    *,
    baseline: str | None,
    save: str | None,
    tolerance: float,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - click's, see `built`
) -> int:
    """Say which outlets the pages in FOLDER are from, how often each of their rules hit, which fields are
    filled and how much was removed.

    FOLDER is whatever `clean` reads. With --baseline also what fell: an outlet that changed its layout
    shows as a rule that finds less than it did. Exit code 1 if anything fell, or some input could not be
    read.
    """
    options = built(given)
    before = _read(baseline) if baseline is not None else None
    found = cover(options, _say)
    if not found.outlets:
        complain(f"{', '.join(options.paths)}: no page there that can be read")
        return FAILED
    fallen = falls(before, found, tolerance) if before is not None else []
    _json(found, fallen) if as_json else _print(found, fallen, compared=before is not None)
    if save is not None:
        _save(save, found)
    return FAILED if fallen or found.problems else OK


def _read(name: str) -> Coverage:
    try:
        return from_dict(orjson.loads(Path(name).read_bytes()))
    except OSError as error:
        raise click.UsageError(f"--baseline {name}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        message = f"--baseline {name}: {error}; `clean rules coverage FOLDER --save FILE` makes one"
        raise click.UsageError(message) from error


def _save(name: str, found: Coverage) -> None:
    try:
        Path(name).write_bytes(dumps(as_dict(found)) + b"\n")
    except OSError as error:
        raise click.ClickException(f"--save {name}: cannot be written: {error.strerror}") from error


def _say(problem: Problem) -> None:
    complain(printable(f"{problem.source}: {problem.detail or problem.reason}"))


def _json(found: Coverage, fallen: list[Fall]) -> None:
    say_json({**as_dict(found), "fell": [asdict(x) for x in fallen]})


def _print(found: Coverage, fallen: list[Fall], *, compared: bool) -> None:
    """An outlet a paragraph; then what fell."""
    for name, one in found.ordered():
        say(_summary(name, one))
        for field in RESOLVED:
            say(f"    {_share(one.fields[field], one.pages)}  {field}")
        for rule in sorted(one.rules, key=lambda x: (-one.rules[x], x)):
            hits = f", {one.hits[rule]} times" if one.hits[rule] != one.rules[rule] else ""
            say(f"    {_share(one.rules[rule], one.pages)}  {rule}{hits}")
    for fall in fallen:
        say(f"fell: {fall.outlet or 'no outlet'}: {_fall(fall)}")
    if compared and not fallen:
        say("nothing fell")


def _summary(name: str | None, one: OutletCoverage) -> str:
    counted = "1 page" if one.pages == 1 else f"{one.pages} pages"
    return (
        f"{name or 'no outlet'}: {counted}, {one.articles} of them articles, {one.words.value:.0f} words "
        f"each, {one.removed.value:.0%} removed"
    )


def _share(count: int, pages: int) -> str:
    return f"{f'{count} of {pages}':>{_COLUMN}}"


def _fall(fall: Fall) -> str:
    if fall.what in ("pages", "words"):
        return f"{fall.what}: {fall.before:.0f} before, {fall.now:.0f} now"
    of = "" if fall.what == "removed" else " of the pages"
    return f"{fall.what}: {fall.before:.0%}{of} before, {fall.now:.0%} now"
