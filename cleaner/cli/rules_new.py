"""`clean rules new`: sample pages to the draft of a rule file, and to draft fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.authoring.proposals import BLANK, one_line
from cleaner.authoring.rule_draft import drafted, file_name, host_of
from cleaner.authoring.samples import Bench, SampleError
from cleaner.cli.common import HELP, OK, complain, say
from cleaner.cli.pages import read_page
from cleaner.rules.format.folders import bundled
from cleaner.testing.case import FixtureError
from cleaner.testing.fixture_draft import add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.authoring.proposals import Draft
    from cleaner.authoring.rule_draft import Result
    from cleaner.authoring.samples import SamplePage

_KEY = 10


@click.command("new", context_settings=HELP)
@click.argument("host")
@click.argument("pages", nargs=-1, metavar="[PAGES]...", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--rules", "folder", metavar="DIR", default="rules", show_default=True,
    help="Folder of rule files: the draft is DIR/outlets/HOST.yaml.",
)  # fmt: skip
@click.option("--into", metavar="DIR", default="fixtures", show_default=True, help="Folder of all fixtures.")
@click.option("--force", is_flag=True, help="Also over a rule file that is already there.")
def new(*, host: str, pages: tuple[str, ...], folder: str, into: str, force: bool) -> int:
    """Draft the rule file of HOST from saved PAGES of it, two or more, and a fixture of each page.

    Each proposal is printed with what speaks for it, and the same stands above it in the file. Correct the
    file; then `clean fixtures update --accept` takes what comes out for right, and `clean fixtures check`
    holds it to that. Without PAGES the file is an empty form.
    """
    try:
        host = host_of(host)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    file = Path(folder) / "outlets" / f"{file_name(host)}.yaml"
    if file.exists() and not force:
        raise click.UsageError(f"{file}: is already there; --force writes over it")
    if not pages:
        return _blank(file, host)
    result, samples = _drafted(host, pages)
    _print(result.draft)
    _write(file, result.draft.yaml())
    cases = _fixtures(result, samples, Path(into))
    _say_next(folder, cases)
    return OK


def _blank(file: Path, host: str) -> int:
    _write(file, BLANK.format(outlet=host, host=f"'{host}'" if "*" in host else host))
    return OK


def _drafted(host: str, pages: Sequence[str]) -> tuple[Result, list[SamplePage]]:
    """Raises `ClickException` for a page that is no sample, before anything is written."""
    bench = Bench()
    try:
        samples = [bench.sample(page, read_page(page), host) for page in dict.fromkeys(pages)]
        _warn(bench, host, samples)
        return drafted(host, samples, bench), samples
    except SampleError as error:
        raise click.ClickException(str(error)) from error


def _warn(bench: Bench, host: str, samples: Sequence[SamplePage]) -> None:
    if known := bench.known(host):
        complain(
            f"{host} is known already: {', '.join(known)}; a file of the same name adds to it, and what "
            "yours says of a field or the body replaces what that one says"
        )
    if len(samples) == 1:
        complain(
            f"{samples[0].path}: one page cannot show what repeats; give two or more for better proposals"
        )


def _print(draft: Draft) -> None:
    """Each proposal, and on the next line what speaks for it."""
    for proposal in draft.proposals:
        shown = {key: value for key, value in proposal.form.items() if key != "why"}
        plain = type(proposal)(proposal.key, shown, "").entry
        say(f"{proposal.key:<{_KEY}} {plain}\n{'':<{_KEY}}   {one_line(proposal.evidence)}")
    for note in draft.notes:
        complain(one_line(note))


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be written: {error.strerror}") from error
    say(str(file))


def _fixtures(result: Result, samples: Sequence[SamplePage], into: Path) -> list[Path]:
    """A draft case of each page; those that are there already stay as they are."""
    written = []
    for sample, trace in zip(samples, result.traces, strict=True):
        given = {"url": sample.url} if sample.url else {}
        try:
            case = add(Path(sample.path), trace, into=into, outlet=result.draft.name, given=given)
        except FixtureError as error:
            complain(str(error))
            continue
        except OSError as error:
            raise click.ClickException(f"{into}: cannot be written: {error.strerror}") from error
        page = next(case.glob("page.*"))
        if page.read_bytes() != sample.data:
            # A page saved packed: a fixture is read as it lies.
            page.write_bytes(sample.data)
        say(str(case / "expected.yaml"))
        written.append(case)
    return written


def _say_next(folder: str, cases: Sequence[Path]) -> None:
    rules = "" if Path(folder).resolve() == bundled() else f" --rules {folder}"
    complain("next: read the rule file and correct it, then")
    for command in ("update --accept", "check") if cases else ("check",):
        at = f" {cases[0].parent}" if cases else ""
        complain(f"    clean fixtures {command}{at}{rules}")
