"""The generic rule files of all languages at once: what may be said of a line whatever the outlet.

Enters: folded keys, texts, or a page. Leaves: for each the rule that speaks, or None.
"""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

from cleaner.model import BlockKind, Page, Verdict
from cleaner.rules.apply.conditions import Evidence, apply, find
from cleaner.rules.apply.selectors import Rows
from cleaner.rules.patterns.prefilter import Pack
from cleaner.rules.patterns.sets import PatternSet, compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.rules.format.schema import Edit, Rule, RuleFile

Names = list[str | None]


# Distinct words: below the first, if none is a common one, any language may be meant; above the second three
# common ones are no chance.
_FEW_WORDS, _MANY_WORDS = 12, 60
# English phrases are asked of every page, and name no words.
_ENGLISH = frozenset(["the", "of", "and", "to", "is", "was", "that", "this", "with", "it"])
# Where scripts begin: Latin is what comes before Greek; the last is the first that is written without spaces.
_SCRIPTS = ("\u0370", "\u0400", "\u0530", "\u2e80")
_UNSPACED = _SCRIPTS[-1]

# No `^`, or `^` and then anything: `^.*`, `^[^.]+`, `^(.* )?`.
_FLOATING = re.compile(r"[^^]|\^\(?(?:\.|\[\^[^\]]*\])[*+]")


class Phrases:
    """The generic rule files as `Pack`s: a line is scanned once a language, however many rules."""

    __slots__ = (
        "_edits",
        "_keep",
        "_last",
        "_lines",
        "_longest",
        "_markers",
        "_packs",
        "_selecting",
        "_triggers",
        "files",
    )

    def __init__(self, files: Sequence[RuleFile] = ()) -> None:
        self.files = tuple(files)
        remove = [x for file in files for x in file.remove if not x.off]
        bare = [x for x in remove if not x.where.selects]
        self._keep = _by_pattern(
            [x for f in files for x in f.keep if x.line and not x.off and not x.where.selects]
        )
        self._lines = _by_pattern([x for x in bare if x.line])
        self._markers = _by_pattern([x for x in bare if x.start])
        self._selecting = [x for x in remove if x.where.selects]
        self._edits = tuple(x for file in files for x in file.edits if not x.off)
        self._packs = [(frozenset(x.words), y) for x in files for y in _packs_of(x)]
        self._longest = max((x.limit for f in files for x in (*f.keep, *f.remove)), default=0)
        self._triggers = PatternSet([x.text for x in self._edits], "exact")
        self._last: tuple[Sequence[str], Mapping[str, Sequence[int]]] | None = None

    def __reduce__(self) -> tuple[type[Phrases], tuple[tuple[RuleFile, ...]]]:
        return Phrases, (self.files,)

    def lines(self, keys: Sequence[str], kinds: Sequence[BlockKind] | None = None) -> Names:
        """For each folded key the rule that removes that line, or None.

        Rules limited to a kind of block abstain where `kinds` is not given.
        """
        return self._named(self._lines, keys, kinds)

    def markers(self, keys: Sequence[str], kinds: Sequence[BlockKind] | None = None) -> Names:
        """For each folded key the rule that says other stories start here, or None.

        How far they go is a matter of shape, not of phrases.
        """
        return self._named(self._markers, keys, kinds)

    def edits(self, texts: Sequence[str]) -> list[Verdict | None]:
        """For each raw text what is left once the labels glued to it are cut off; None where none is."""
        found: list[Verdict | None] = []
        for text in texts:
            left, name = text, None
            for number in self._triggers.search(text):
                rule: Edit = self._edits[number]
                changed = apply(rule, left)
                if changed != left:
                    left, name = changed, name or rule.full
            found.append(None if name is None else Verdict(name, "edit", left) if left else Verdict(name))
        return found

    def edited(self, page: Page) -> Mapping[int, Verdict]:
        """By block index: what generic `split` and `replace` entries leave of a block."""
        if not self._edits:
            return {}
        found = self.edits([x.text for x in page.blocks])
        return {i: verdict for i, verdict in enumerate(found) if verdict is not None}

    def selected(self, page: Page) -> Mapping[int, Verdict]:
        """By block index: what generic rules with selectors remove from an HTML page."""
        if not self._selecting or page.tree is None:
            return {}
        rows = Rows(page)
        found: dict[int, Verdict] = {}
        for rule in self._selecting:
            for index in find(rule, Evidence(page, rows, self._line_hits(rule, page), {})):
                found.setdefault(index, Verdict(rule.full))
        return found

    @staticmethod
    def _line_hits(rule: Rule, page: Page) -> Mapping[str, Sequence[int]]:
        return {
            line: [x.index for x in page.blocks if matcher.search(x.key)]
            for line in rule.line
            for matcher in [compiled(line)]
        }

    def _named(
        self, rules: Mapping[str, Sequence[Rule]], keys: Sequence[str], kinds: Sequence[BlockKind] | None
    ) -> Names:
        hits = self._hits(keys)
        kept = {i for x in self._keep for i in hits.get(x, ()) if _first(self._keep[x], i, keys, kinds)}
        names: Names = [None] * len(keys)
        for pattern, found in hits.items():
            for index in found if pattern in rules else ():
                rule = _first(rules[pattern], index, keys, kinds)
                if rule is not None and names[index] is None and index not in kept:
                    names[index] = rule.full
        return names

    def _hits(self, keys: Sequence[str]) -> Mapping[str, Sequence[int]]:
        last = self._last
        if last is None or last[0] is not keys:
            hits: dict[str, Sequence[int]] = {}
            for pack in self._plausible(keys):
                hits.update(pack.hits(keys, self._longest))
            last = self._last = (keys, hits)
        return last[1]

    def _plausible(self, keys: Sequence[str]) -> list[Pack]:
        """The languages whose phrases may stand in this page.

        Each language's set costs some 50 ms to compile and its share of every scan after that, so a page is
        not asked about languages it uses no words of. Where words are not parted by spaces, each of their
        characters counts as one. Known cost: a lone foreign phrase in a page of another language stays.
        """
        used = set(" ".join(keys).split())
        # Some line of a page in such a script begins with it: fewer than words to look at.
        if len(used) < _MANY_WORDS or max(keys) >= _UNSPACED:
            used.update("".join([x for x in used if x >= _UNSPACED]))
        needed = 1 if len(used) < _MANY_WORDS else 3
        found = [pack for words, pack in self._packs if not words or len(words & used) >= needed]
        if len(used) >= _FEW_WORDS or used & _ENGLISH or any(words & used for words, _ in self._packs):
            return found
        scripts = _scripts(used)
        return [pack for words, pack in self._packs if not words or _scripts(words) & scripts]


def _scripts(words: Iterable[str]) -> set[int]:
    """Numbers of the scripts whose letters the words have; Latin if they have no letters."""
    return {bisect(_SCRIPTS, x) for x in set("".join(words)) if x.isalpha()} or {0}


def _packs_of(file: RuleFile) -> list[Pack]:
    """The file's patterns, anchored ones apart from those that may begin anywhere, which speak after them."""
    rules = [x for x in (*file.keep, *file.remove) if not x.off and not x.where.selects]
    patterns = sorted({x for rule in rules for x in (*rule.line, *rule.start)})
    floating = [x for x in patterns if _FLOATING.match(x)]
    anchored = [x for x in patterns if not _FLOATING.match(x)]
    return [Pack(x) for x in (anchored, floating) if x]


def _by_pattern(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for pattern in (*rule.line, *rule.start):
            found.setdefault(pattern, []).append(rule)
    return found


def _first(
    rules: Sequence[Rule], index: int, keys: Sequence[str], kinds: Sequence[BlockKind] | None
) -> Rule | None:
    """The first of the rules with this pattern that the line's length, kind and position allow."""
    for rule in rules:
        where = rule.where
        if len(keys[index]) > rule.limit or (
            where.kind and (kinds is None or kinds[index] not in where.kind)
        ):
            continue
        if (where.first and index >= where.first) or (where.last and index < len(keys) - where.last):
            continue
        return rule
    return None
