"""`clean rules list|check|new|coverage|import-ftr`: which rule files apply, what is wrong with them, and
more of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.common import FAILED, HELP, OK, USAGE, complain, say, say_json
from cleaner.cli.options import options_of
from cleaner.cli.rules_coverage import coverage
from cleaner.cli.rules_new import new
from cleaner.read.flatten import Refused
from cleaner.rules.format.folders import layers, sources
from cleaner.rules.ftr.importer import import_path
from cleaner.rules.lint.static_checks import lint
from cleaner.testing.case import FixtureError, find, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.rules.format.folders import RuleSource
    from cleaner.rules.lint.static_checks import Case, Finding

_OUTCOMES = ("carried", "no effect", "online", "not carried")


@click.group(context_settings=HELP)
def rules() -> None:
    """Rule files: what differs from outlet to outlet, and the phrases of each language.

    Their format is described in docs/rules.md.
    """


rules.add_command(new)
rules.add_command(coverage)


@rules.command("list", context_settings=HELP)
@options_of("--rules")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(*, rules: tuple[str, ...], as_json: bool) -> int:
    """List all rule files, with their hosts; where several folders have one, the last adds to it."""
    found: dict[tuple[str, str], list[RuleSource]] = {}
    for source in sources(layers(rules)):
        found.setdefault((source.kind, source.name), []).append(source)
    rows = [_row(name, kind, files) for (kind, name), files in sorted(found.items())]
    if as_json:
        for row in rows:
            say_json(row)
        return OK
    width = max((len(row["name"]) for row in rows), default=0)
    for row in rows:
        say(f"{row['name']:<{width}}  {_about(row)}  ({', '.join(row['files'])})")
    return OK


def _row(name: str, kind: str, files: list[RuleSource]) -> dict[str, Any]:
    read = [source.read() for source in files]
    return {
        "name": name,
        "kind": kind,
        "outlet": next((file.outlet for file in reversed(read) if file.outlet), None),
        "hosts": sorted({host for file in read for host in file.hosts}),
        "files": [source.path for source in files],
    }


def _about(row: dict[str, Any]) -> str:
    if row["kind"] == "generic":
        return "phrases for every outlet"
    return f"{row['outlet'] or 'no name'}: {' '.join(row['hosts']) or 'no hosts; a parent for others'}"


@rules.command(context_settings=HELP)
@click.argument("folders", nargs=-1, metavar="[DIR]...")
@click.option(
    "--fixtures", metavar="DIR", help="Cases that show the rules at work; ./fixtures if it is there."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each finding, for CI.")
def check(*, folders: tuple[str, ...], fixtures: str | None, as_json: bool) -> int:
    """Say what is wrong with the rule files in DIR (the bundled ones if not given), by file and line.

    Errors are what the rules cannot be trusted with, and give exit code 2; warnings are what a person should
    look at.
    """
    cases = list(_cases(fixtures))
    findings: list[Finding] = []
    for folder in folders or (None,):
        findings += lint(folder, cases)
    for finding in findings:
        _say(finding, as_json=as_json)
    counts = Counter(finding.severity for finding in findings)
    if not as_json:
        unseen = "" if cases else " (without fixtures, rules that never fire are not looked for)"
        complain(f"{counts['error']} errors, {counts['warning']} warnings{unseen}")
    return USAGE if counts["error"] else OK


def _cases(fixtures: str | None) -> Iterator[Case]:
    """Outlet, page and body of each case; cases that cannot be read are what `clean fixtures check` tells."""
    if fixtures is not None and not Path(fixtures).is_dir():
        raise click.UsageError(f"--fixtures {fixtures}: no such folder")
    for folder in find(Path(fixtures or "fixtures")):
        try:
            case = load(folder)
            yield case.outlet, case.read(), case.body
        except (FixtureError, Refused) as error:
            complain(f"left out: {error}")


@rules.command("import-ftr", context_settings=HELP)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", "folder", metavar="DIR", required=True, help="Folder of rule files to write to."
)
@click.option("--overwrite", is_flag=True, help="Also over rule files that are already there.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object for every directive and what became of it."
)
def import_ftr(*, path: Path, folder: str, overwrite: bool, as_json: bool) -> int:
    """Turn site files of ftr-site-config (PATH: a folder of them, or one) into rule files below DIR/outlets.

    Every directive that cannot be carried over is named with file and line.
    """
    target = Path(folder) / "outlets"
    target.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    written = 0
    for imported in import_path(path):
        counts.update(note.outcome for note in imported.notes)
        for note in imported.notes:
            if as_json:
                say_json(asdict(note))
            elif note.outcome == "not carried":
                say(str(note))
        file = target / f"{imported.name}.yaml"
        if not imported.text:
            continue
        if file.exists() and not overwrite:
            complain(f"{file}: is already there; left as it is without --overwrite")
            continue
        file.write_text(imported.text, encoding="utf-8")
        written += 1
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in _OUTCOMES)
    complain(f"{written} rule files written to {target}; directives: {told}")
    return OK if written else FAILED


def _say(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(finding))
    else:
        say(finding, fg="red" if finding.severity == "error" else "yellow")
