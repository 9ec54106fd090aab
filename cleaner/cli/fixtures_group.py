"""`clean fixtures add|check|update`: regression cases, drafted and held against today's records."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import FAILED, HELP, OK, complain, say, say_json
from cleaner.cli.options import options_of
from cleaner.cli.pages import load_cleaner, read_page
from cleaner.testing.case import PAGES, Case, FixtureError, find, load
from cleaner.testing.check import fault
from cleaner.testing.fixture_draft import add as add_case
from cleaner.testing.fixture_draft import updated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.pipeline import Cleaner


@click.group(context_settings=HELP)
def fixtures() -> None:
    """Regression cases by outlet: a page, and what must come out of it.

    A case is a folder, FIXTURES/OUTLET/CASE, with page.html or page.txt, expected.yaml and, if the page
    needs it, input.yaml (url, kind, source, fetched). pytest runs them too, one test for each stated field.
    """


@fixtures.command(context_settings=HELP)
@click.argument("page", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--outlet", metavar="NAME", help="Folder of the outlet; by itself the rule file's name, else the host."
)
@click.option("--case", metavar="NAME", help="Folder of the case; by itself made from the headline.")
@click.option("--url", metavar="URL", help="Address of the page, kept in input.yaml.")
@click.option("--into", metavar="DIR", default="fixtures", show_default=True, help="Folder of all fixtures.")
@options_of("--rules")
def add(
    *, page: str, outlet: str | None, case: str | None, url: str | None, into: str, rules: tuple[str, ...]
) -> int:
    """Draft a case from PAGE: what comes out today, for you to correct.

    The draft is marked `reviewed: false` and fails until someone has read it and takes that line out.
    """
    trace = load_cleaner(rules).trace(read_page(page), url=url)
    try:
        given = {"url": url} if url else {}
        folder = add_case(Path(page), trace, into=Path(into), outlet=outlet, case=case, given=given)
    except FixtureError as error:
        raise click.ClickException(str(error)) from error
    say(folder / "expected.yaml")
    complain("drafted; read and correct it, then take out its line `reviewed: false`")
    return OK


@fixtures.command(context_settings=HELP)
@click.argument("folders", nargs=-1, metavar="[DIR]...")
@options_of("--rules")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each failing field, for CI.")
def check(*, folders: tuple[str, ...], rules: tuple[str, ...], as_json: bool) -> int:
    """Hold every case below DIR (./fixtures if not given) against what comes out today."""
    cases = list(_cases(folders or ("fixtures",)))
    cleaner = load_cleaner(rules)
    fields = failures = 0
    for folder in cases:
        for name, text in _faults(folder, cleaner):
            fields += 1
            if text is None:
                continue
            failures += 1
            if as_json:
                _print_json(folder, name, text)
            else:
                say(f"{folder}: {name}\n{_indented(text)}\n")
    if not as_json:
        say(f"{len(cases)} cases, {fields} fields: {f'{failures} failed' if failures else 'all as stated'}")
    return FAILED if failures else OK


@fixtures.command(context_settings=HELP)
@click.argument("folders", nargs=-1, required=True, metavar="CASE...")
@options_of("--rules")
@click.option("--accept", is_flag=True, help="Write it: what comes out today is right.")
def update(*, folders: tuple[str, ...], rules: tuple[str, ...], accept: bool) -> int:
    """Show what would have to change in expected.yaml to state what comes out today; --accept writes it."""
    cleaner = load_cleaner(rules)
    for folder in _cases(folders):
        _update(folder, cleaner, accept=accept)
    return OK


def _update(folder: Path, cleaner: Cleaner, *, accept: bool) -> None:
    file = folder / "expected.yaml"
    try:
        case = load(folder)
    except FixtureError as error:
        raise click.ClickException(str(error)) from error
    before = file.read_text(encoding="utf-8")
    after = updated(before, case.clean(cleaner))
    if before == after:
        say(f"{file}: nothing to change")
        return
    _print_diff(before, after, str(file))
    if accept:
        file.write_text(after, encoding="utf-8")
        complain(f"{file}: written")
    else:
        complain(f"{file}: not written; --accept writes it")


def _cases(folders: Sequence[str]) -> Iterator[Path]:
    for folder in folders:
        found = list(find(Path(folder)))
        if not found:
            raise click.UsageError(
                f"{folder}: no folder with expected.yaml or {' or '.join(PAGES)} at or below it"
            )
        yield from found


def _faults(folder: Path, cleaner: Cleaner) -> Iterator[tuple[str, str | None]]:
    """Each stated field and its fault; a case that cannot be read is one fault, `fixture`."""
    try:
        case: Case = load(folder)
    except FixtureError as error:
        yield "fixture", str(error)
        return
    article = case.clean(cleaner)
    for name in case.fields:
        yield name, fault(case, article, name)


def _print_json(folder: Path, name: str, text: str) -> None:
    say_json({"case": str(folder), "field": name, "fault": text})


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _print_diff(before: str, after: str, name: str) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, f"{name}, now", lineterm=""
    ):
        say(line, fg=colours.get(line[:1]))
