"""The linter: everything that is wrong with rule files, or looks so, at once.

Enters: folders of rule files; fixtures, where rules should be seen at work. Leaves: `Finding`s by file
and line. Errors are what the rules cannot be trusted with; warnings are what a person should look at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cleaner.model import Page, RulesError
from cleaner.normalise import fold
from cleaner.outlets.folders import Source, bundled, layers, sources
from cleaner.outlets.forms import check_file
from cleaner.outlets.match import Signs
from cleaner.outlets.merge import layered, resolve
from cleaner.outlets.outlet import Key, Outlet, keys
from cleaner.outlets.patterns import PatternSet, compiled
from cleaner.outlets.schema import Edit, Rule, RuleFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from os import PathLike

Severity = Literal["error", "warning"]
Case = tuple[str, Page, str]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend, under a stable code.

    Errors: yaml, schema, pattern, selector, extends, hosts, why, recognise. Warnings: off, orphan, unhit,
    unseen, broad.
    """

    path: str
    line: int
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} [{self.code}]"


@dataclass(frozen=True, slots=True)
class _Library:
    """The files under check (`own`), those of weaker folders (`below`), and both as one (`all`)."""

    own: dict[tuple[str, str], RuleFile]
    below: dict[tuple[str, str], RuleFile]
    all: dict[tuple[str, str], RuleFile]

    def outlets(self) -> dict[str, RuleFile]:
        return {name: file for (kind, name), file in self.own.items() if kind == "outlet"}

    def resolved(self, name: str) -> RuleFile | None:
        try:
            return resolve(name, lambda x: self.all.get(("outlet", x)))
        except (RulesError, KeyError):
            return None


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
        findings += _unhit(library, given) + _broad(library, given) + _misread(library, given)
    return sorted(set(findings))


def _parsed(found: Iterable[Source], chosen: int, findings: list[Finding]) -> _Library:
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
    return _Library(own, below, {key: layered(files) for key, files in parts.items()})


def _named(file: RuleFile) -> list[Rule | Edit]:
    return [*file.keep, *file.remove, *file.edits]


def _whys(library: _Library) -> list[Finding]:
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


def _parents(library: _Library) -> list[Finding]:
    findings = []
    for name, file in library.outlets().items():
        try:
            resolve(name, lambda x: library.all.get(("outlet", x)))
        except RulesError as error:
            line = file.lines.get("extends", 1)
            findings.append(Finding(file.path, line, "extends", str(error).partition("extends: ")[2]))
    return findings


def _claims(library: _Library) -> list[Finding]:
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


def _dead(library: _Library) -> list[Finding]:
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
        inherited = _inherited(library, file)
        for rule in _named(file):
            if rule.off and rule.name not in inherited:
                message = f"{rule.name}: nothing of this name is inherited, so `off:` switches nothing off"
                findings.append(Finding(file.path, rule.origin.line, "off", message, "warning"))
    return findings


def _inherited(library: _Library, file: RuleFile) -> set[str]:
    """Names of the rules that a file's parents and weaker folders have."""
    below = [library.resolved(x) for x in file.extends] + [library.below.get((file.kind, file.name))]
    return {x.name for parent in below if parent is not None for x in _named(parent)}


def _unhit(library: _Library, cases: Sequence[Case]) -> list[Finding]:
    """Rules that found nothing in any fixture of any outlet that has them."""
    fired: Counter[Key] = Counter()
    seen: set[str] = set()
    generic = [file for (kind, _), file in library.own.items() if kind == "generic"]
    for name, page, _ in cases:
        resolved = library.resolved(name)
        for file in ([resolved] if resolved is not None else []) + generic:
            fired += Outlet(file).fired(page)
            seen.update(path for path, _, _ in keys(file))
    findings = []
    for file in library.own.values():
        if file.path not in seen and file.kind == "outlet":
            message = "no fixture shows these rules at work; `clean fixtures add PAGE` drafts one"
            findings.append(Finding(file.path, 1, "unseen", message, "warning"))
            continue
        for path, line, label in keys(file):
            if not fired[path, line, label]:
                message = f"{label}: found nothing in any fixture; add a case that shows it, or take it out"
                findings.append(Finding(path, line, "unhit", message, "warning"))
    return findings


def _broad(library: _Library, cases: Sequence[Case]) -> list[Finding]:
    """Phrases that would cost another outlet's article a line."""
    bodies = {name: _lines(body) for name, _, body in cases}
    findings = []
    for (kind, name), file in library.own.items():
        rules = [x for x in file.remove if (x.line or x.start) and not x.off and not x.where.selects]
        patterns = PatternSet(sorted({p for x in rules for p in (*x.line, *x.start) if _compiles(p)}))
        for other, lines in bodies.items():
            if kind == "outlet" and other == name:
                continue
            hits = patterns.hits(lines)
            for rule in rules:
                found = [
                    i
                    for p in (*rule.line, *rule.start)
                    for i in hits.get(p, ())
                    if len(lines[i]) <= rule.limit
                ]
                if found and not (rule.where.kind and "paragraph" not in rule.where.kind):
                    shown = lines[found[0]][:80]
                    message = (
                        f"{rule.name}: would take `{shown}` out of the body of a fixture of {other}; say more"
                    )
                    findings.append(Finding(file.path, rule.origin.line, "broad", message, "warning"))
    return findings


def _misread(library: _Library, cases: Sequence[Case]) -> list[Finding]:
    """Signs that give another outlet's page away as this one's."""
    findings = []
    for name, file in library.outlets().items():
        for sign in file.recognise:
            one = Signs([RuleFile(name, file.path, "outlet", recognise=(sign,))])
            for other, page, _ in cases:
                if not _related(library, name, other) and one.names(page):
                    message = f"also found in a fixture of {other}; add a second pattern, both in one list"
                    findings.append(Finding(file.path, sign.line, "recognise", message))
    return findings


def _related(library: _Library, name: str, other: str) -> bool:
    """Whether one outlet's pages may rightly bear the other's signs: the same, its parent or its layouts."""
    if name == other:
        return True
    one, two = library.all.get(("outlet", name)), library.all.get(("outlet", other))
    if one is None or two is None:
        return False
    hosts = {x.partition("/")[0] for x in one.hosts} & {x.partition("/")[0] for x in two.hosts}
    return bool(hosts) or name in two.extends or other in one.extends


def _lines(body: str) -> list[str]:
    return [x for x in (fold(line) for line in body.splitlines()) if x]


def _compiles(pattern: str) -> bool:
    try:
        compiled(pattern)
    except ValueError:
        return False
    return True
