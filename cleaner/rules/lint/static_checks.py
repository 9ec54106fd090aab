"""The linter: everything that is wrong with rule files, or looks so, at once.

Enters: folders of rule files; fixtures, where rules should be seen at work. Leaves: `Finding`s by file
and line. Errors are what the rules cannot be trusted with; warnings are what a person should look at.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.model import RulesError
from cleaner.rules.format.folders import bundled, layers, sources
from cleaner.rules.format.merge import layered, resolve
from cleaner.rules.format.parse import check_file
from cleaner.rules.lint.findings import Case, Finding, Library
from cleaner.rules.lint.fixture_checks import broad, misread, unhit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from cleaner.rules.format.folders import RuleSource
    from cleaner.rules.format.schema import Edit, Rule, RuleFile

__all__ = ["Case", "Finding", "lint"]


def lint(folder: str | PathLike[str] | None = None, cases: Iterable[Case] = ()) -> list[Finding]:
    """What is wrong with the rules of a folder, or with the bundled ones.

    `cases` are fixtures: outlet, page, expected body. Without any, what only they can show is not looked for.
    Raises `RulesError` where the folder itself cannot be read.
    """
    folders = [bundled()] if folder is None else layers((folder,))
    if folder is not None and Path(folder).resolve() == bundled():
        folders = [bundled()]
    findings: list[Finding] = []
    library = _parsed(sources(folders), len(folders) - 1, findings)
    findings += _whys(library) + _parents(library) + _claims(library) + _dead(library)
    given = list(cases)
    if given:
        findings += unhit(library, given) + broad(library, given) + misread(library, given)
    unread = {x.path for x in findings if x.code == "yaml"}  # what was never read cannot lack hosts or cases
    return sorted({x for x in findings if x.path not in unread or x.severity != "warning"})


def _parsed(found: Iterable[RuleSource], chosen: int, findings: list[Finding]) -> Library:
    own: dict[tuple[str, str], RuleFile] = {}
    parts: dict[tuple[str, str], list[RuleFile]] = defaultdict(list)
    for source in found:
        rules, problems = check_file(source.data, source.path, source.name, source.kind)
        parts[source.kind, source.name].append(rules)
        if source.layer == chosen:
            own[source.kind, source.name] = rules
            for problem in problems:
                message = f"{problem.key}: {problem.message}" if problem.key else problem.message
                findings.append(Finding(problem.path, problem.line, problem.code, message))
    below = {key: layered(files[: len(files) - (key in own)] or files) for key, files in parts.items()}
    below = {key: file for key, file in below.items() if file is not own.get(key)}
    return Library(own, below, {key: layered(files) for key, files in parts.items()})


def _named(file: RuleFile) -> list[Rule | Edit]:
    return [*file.keep, *file.remove, *file.edits]


def _whys(library: Library) -> list[Finding]:
    return [
        Finding(
            x.origin.path,
            x.origin.line,
            "why",
            f"{x.name}: has no `why:`; say what a reader would have to guess",
        )
        for file in library.own.values()
        for x in _named(file)
        if x not in file.keep and not x.why and not x.off
    ]


def _parents(library: Library) -> list[Finding]:
    findings = []
    for name, file in library.outlets().items():
        try:
            resolve(name, lambda x: library.all.get(("outlet", x)))
        except RulesError as error:
            line = file.lines.get("extends", 1)
            findings.append(Finding(file.path, line, "extends", str(error).partition("extends: ")[2]))
    return findings


def _claims(library: Library) -> list[Finding]:
    """Hosts that two outlets claim, unless they are layouts of different times."""
    claims: dict[str, list[RuleFile]] = defaultdict(list)
    for (kind, _), file in library.all.items():
        for host in file.hosts if kind == "outlet" else ():
            claims[host.rstrip("/")].append(file)
    own = set(library.outlets())
    findings = []
    for host, files in claims.items():
        for one, other in permutations(files, 2):
            if one.name in own and one.name != other.name and _overlap(one, other):
                message = (
                    f"{host} is claimed by {other.path} too; give layouts `valid:`, or each outlet its path"
                )
                findings.append(Finding(one.path, one.lines.get("hosts", 1), "hosts", message))
    return findings


def _overlap(one: RuleFile, other: RuleFile) -> bool:
    """Whether some day falls to both; two files without `valid` share every day."""
    (first, last), (begin, end) = one.valid, other.valid
    return not (last is not None and begin is not None and last < begin) and not (
        end is not None and first is not None and end < first
    )


def _dead(library: Library) -> list[Finding]:
    """Files no page can reach, and `off:` that switches nothing off."""
    parents = {x for file in library.all.values() for x in file.extends}
    findings = []
    for name, file in library.outlets().items():
        merged = library.all["outlet", name]
        if not merged.hosts and not merged.recognise and name not in parents:
            message = (
                "no page gets here: add `hosts:` or `recognise:`, or name it in another file's `extends:`"
            )
            findings.append(Finding(file.path, 1, "orphan", message, "warning"))
        inherited = _inherited(library, merged)
        for rule in _named(file):
            if rule.off and rule.name not in inherited:
                message = f"{rule.name}: nothing of this name is inherited, so `off:` switches nothing off"
                findings.append(Finding(file.path, rule.origin.line, "off", message, "warning"))
    return findings


def _inherited(library: Library, file: RuleFile) -> set[str]:
    """Names of the rules that a file has from parents, whichever folder names them, and weaker folders."""
    below = [library.resolved(x) for x in file.extends] + [library.below.get((file.kind, file.name))]
    return {x.name for parent in below if parent is not None for x in _named(parent)}
