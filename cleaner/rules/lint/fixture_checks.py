"""What only fixtures can show of rules: that they find something, and nothing of other outlets'.

Enters: a `Library`; cases of outlet, page and expected body. Leaves: `Finding`s.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cleaner.rules.apply.outlet import Key, Outlet, keys
from cleaner.rules.format.schema import RuleFile
from cleaner.rules.lint.findings import Case, Finding, Library
from cleaner.rules.patterns.sets import PatternSet, compiled
from cleaner.rules.recognise import Hosts, Signs, addresses
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.model import Page
    from cleaner.rules.patterns.dialect import Mode


def unhit(library: Library, cases: Sequence[Case]) -> list[Finding]:
    """Rules that found nothing in any fixture of any outlet that has them."""
    fired: Counter[Key] = Counter()
    seen: set[str] = set()
    generic = [Outlet(file) for (kind, _), file in library.own.items() if kind == "generic"]
    outlets = {name: Outlet(x) for name in library.outlets() if (x := library.resolved(name)) is not None}
    apply = _applying(library)
    for name, page, _ in cases:
        shown = [outlets[x] for x in {name, *apply(page)} if x in outlets]
        seen.update(outlet.file.path for outlet in shown)
        for outlet in shown + generic:
            fired += outlet.fired(page)
            seen.update(path for path, _, _ in keys(outlet.file))
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


def _applying(library: Library) -> Callable[[Page], list[str]]:
    """The outlets a page may be from: a fixture of one outlet may show another of its layouts."""
    heads = [file for (kind, _), file in library.all.items() if kind == "outlet"]
    hosts, signs = Hosts(heads), Signs(heads)

    def names(page: Page) -> list[str]:
        known = addresses(page)
        return [name for url in known for name in hosts.names(url)] if known else signs.names(page)

    return names


def broad(library: Library, cases: Sequence[Case]) -> list[Finding]:
    """Phrases that would cost another outlet's article a line."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for name, _, body in cases:
        bodies[name] += _lines(body)
    findings = []
    for (kind, name), file in library.own.items():
        # A line that only goes above another one (`before`) cannot be judged by itself.
        rules = [x for x in file.remove if (x.line or x.start) and not (x.off or x.before or x.where.selects)]
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


def misread(library: Library, cases: Sequence[Case]) -> list[Finding]:
    """Signs that give another outlet's page away as this one's."""
    own = library.outlets()
    signs = [(name, file.path, sign) for name, file in own.items() for sign in file.recognise]
    patterns = PatternSet(
        sorted({x for _, _, sign in signs for x in sign.patterns if _compiles(x, "exact")}), "exact"
    )
    findings = []
    for other, page, _ in cases:
        tops = [" ".join(x.split()) for x in (page.title or "", *page.envelope.values())]
        found = patterns.hits([*tops, *(x.text for x in page.blocks)]).keys()
        for name, path, sign in signs:
            if not found >= set(sign.patterns) or _related(library, name, other):
                continue
            if Signs([RuleFile(name, path, "outlet", recognise=(sign,))]).names(page):
                message = f"also found in a fixture of {other}; add a second pattern, both in one list"
                findings.append(Finding(path, sign.line, "recognise", message))
    return findings


def _related(library: Library, name: str, other: str) -> bool:
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


def _compiles(pattern: str, mode: Mode = "key") -> bool:
    try:
        compiled(pattern, mode)
    except ValueError:
        return False
    return True
