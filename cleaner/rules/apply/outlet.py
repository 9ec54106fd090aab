"""One outlet's rules, asked about a page.

Enters: a merged `RuleFile`, a `Page`. Leaves: verdicts, the body's blocks, field candidates.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cleaner.model import Verdict
from cleaner.rules.apply.conditions import Evidence, edited, find
from cleaner.rules.apply.field_rules import LONGEST, take
from cleaner.rules.apply.selectors import Rows
from cleaner.rules.apply.sliver import STORY, is_sliver, prose
from cleaner.rules.format.schema import LISTS, Take
from cleaner.rules.patterns.sets import PatternSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.model import Block, Candidate, Page
    from cleaner.rules.format.schema import Edit, Rule, RuleFile
    from cleaner.rules.patterns.sets import Hits

# Lines are never this long.
ENDLESS = 1 << 30

Key = tuple[str, int, str]


class Latest:
    """What was found on the last page, since several questions about it come in a row.

    `Rules` has one for all its outlets: each keeping its own would hold a page in memory for every one ever
    met.
    """

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: tuple[Outlet, Evidence] | None = None


class Outlet:
    """One outlet's rules, ready to be asked about a page."""

    __slots__ = ("_beside", "_exact", "_exact_longest", "_latest", "_longest", "_raw", "_set", "file", "name")

    def __init__(self, file: RuleFile, latest: Latest | None = None) -> None:
        self.file = file
        self._latest = latest or Latest()
        self.name = file.name
        rules = [x for x in (*file.keep, *file.remove, *file.body) if not x.off]
        takes = [x for found in file.fields.values() for x in found]
        beside = {x for rule in takes for x in (rule.before, rule.after) if x is not None}
        self._set = PatternSet(sorted(_patterns(rules) | beside))
        edits = {x.text for x in file.edits if x.text and not x.off}
        self._exact = PatternSet(sorted(edits.union(*(x.text for x in rules))), "exact")
        self._beside = bool(beside)
        self._longest = ENDLESS if beside else _longest(x for x in rules if _patterns([x]))
        self._exact_longest = ENDLESS if edits else _longest(x for x in rules if x.text)
        self._raw = PatternSet(sorted({x.text for x in takes if x.text is not None and not x.placed}), "raw")

    def __reduce__(self) -> tuple[type[Outlet], tuple[RuleFile]]:
        return Outlet, (self.file,)

    @property
    def title(self) -> str:
        """The outlet's name as people know it."""
        return self.file.outlet or self.name

    @property
    def prune(self) -> bool:
        """Whether heuristics may take blocks out of the body that the body rule names."""
        return self.file.prune

    def verdicts(self, page: Page) -> Mapping[int, Verdict]:
        """By block index: keep, remove or edit, under the rule's full name; the first rule to speak wins."""
        seen = self._look(page)
        found: dict[int, Verdict] = {}
        for rule in self.file.keep:
            for index in find(rule, seen):
                found.setdefault(index, Verdict(rule.full, "keep"))
        for rule in self.file.remove:
            for index in find(rule, seen):
                found.setdefault(index, Verdict(rule.full))
        for index, verdict in edited(self.file.edits, seen).items():
            if index not in found or found[index].action == "keep":
                found[index] = verdict
        return found

    def body(self, page: Page) -> frozenset[int] | None:
        """Indices of the blocks the body rule names; None where there is none, or it found nothing, or no
        more than a sliver of a page's prose.

        Of several rules the first that finds a story's worth of text, else the first that finds any.
        """
        return self._body(self._look(page))

    def _body(self, seen: Evidence) -> frozenset[int] | None:
        if not seen.asked:
            seen.asked = True
            little: frozenset[int] | None = None
            for rule in self.file.body:
                if found := frozenset(find(rule, seen)):
                    little = little or found
                    if prose(seen.page, found) >= STORY:
                        little = found
                        break
            seen.body = None if little is None or is_sliver(seen.page, little) else little
        return seen.body

    def candidates(self, page: Page, field: str) -> list[Candidate]:
        """What the outlet's own field rules find, in the order of the rules.

        A field that is a list is the first rule's that finds any: the others are for other layouts.
        """
        rules = self.file.fields.get(field, ())
        if not rules:
            return []
        seen = self._look(page)
        if seen.raw is None:
            seen.raw = self._raw.hits([x.text[:LONGEST] for x in page.blocks]) if self._raw else {}
        each = (take(rule, field, seen) for rule in rules)
        if field in LISTS:
            return next((x for x in each if x), [])
        return [x for found in each for x in found]

    def fired(self, page: Page) -> Counter[Key]:
        """How often each rule found something in a page; `keys` lists them all."""
        seen = self._look(page)
        counts: Counter[Key] = Counter()
        for rule in (*self.file.keep, *self.file.remove, *self.file.body):
            counts[key(rule)] += len(find(rule, seen))
        for change in self.file.edits:
            counts[key(change)] += len(edited((change,), seen))
        for field, rules in self.file.fields.items():
            self.candidates(page, field)
            for number, found in enumerate(rules, 1):
                counts[key(found, field, number)] += len(take(found, field, seen))
        return counts

    def _look(self, page: Page) -> Evidence:
        recent = self._latest.known
        if recent is not None and recent[0] is self and recent[1].page is page:
            return recent[1]
        seen = Evidence(page, Rows(page), {}, {})
        # Where selectors name the body, rules for lines are asked about its own lines: a run begins inside.
        # Selectors are asked about the whole page, so that what they find has one name on every page.
        named = self._selected(seen) if page.kind == "html" else None
        if self._set or self._exact:
            blocks = page.blocks
            if named is not None and not self._beside:
                # The line after one belongs to `before`.
                blocks = tuple(x for x in blocks if x.index in named or x.index - 1 in named)
            seen.keys = self._hits(self._set, blocks, [x.key for x in blocks], self._longest)
            # A rule's limit is on the folded line, which is a little shorter or longer than the text.
            seen.exact = self._hits(self._exact, blocks, [x.text for x in blocks], self._exact_longest * 3)
        self._latest.known = (self, seen)
        return seen

    def _selected(self, seen: Evidence) -> frozenset[int] | None:
        """The blocks of a body that selectors alone name; None where none does."""
        lines = any(x.start or x.until for x in self.file.body)
        return None if lines or not self.file.body else self._body(seen)

    @staticmethod
    def _hits(patterns: PatternSet, blocks: Sequence[Block], texts: Sequence[str], longest: int) -> Hits:
        if not patterns:
            return {}
        found = patterns.hits(texts, longest)
        return {x: [blocks[i].index for i in indices] for x, indices in found.items()}


def key(rule: Rule | Edit | Take, field: str = "", number: int = 0) -> Key:
    """Path, line and label of a rule; field rules go by field and number, as several may share a line."""
    label = f"{field}[{number}]" if isinstance(rule, Take) else rule.name
    return rule.origin.path, rule.origin.line, label


def keys(file: RuleFile) -> list[Key]:
    """The keys of all rules of a file that are not switched off."""
    named: list[Rule | Edit] = [*file.keep, *file.remove, *file.body, *file.edits]
    takes = [key(x, field, n) for field, rules in file.fields.items() for n, x in enumerate(rules, 1)]
    return [key(x) for x in named if not x.off] + takes


def _patterns(rules: Iterable[Rule]) -> set[str]:
    return {x for rule in rules for x in (*rule.line, *rule.start, *rule.until, *rule.before)}


def _longest(rules: Iterable[Rule]) -> int:
    """The longest line that any of the rules may take, so that no longer one need be scanned."""
    return max((ENDLESS if _is_endless(x) else x.limit for x in rules), default=0)


def _is_endless(rule: Rule) -> bool:
    """Whether the rule takes lines of any length: as one that ends a run, or one that a selector limits."""
    return bool(rule.until or rule.before) or (rule.max is None and rule.where.selects and not rule.start)
