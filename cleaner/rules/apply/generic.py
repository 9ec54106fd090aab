"""The generic rule files of all languages at once: what may be said of a line whatever the outlet.

Enters: a page, or some of its blocks. Leaves: for each the rule that speaks, or None. Rules for lines
are asked all at once; what else a rule may say is asked as in an outlet's file, by `conditions.find`.
"""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

from cleaner.model import Verdict
from cleaner.rules.apply.conditions import Evidence, allowing, asks, edited, find
from cleaner.rules.apply.selectors import Rows
from cleaner.rules.patterns.prefilter import Pack
from cleaner.rules.patterns.sets import PatternSet, compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.model import Block, Page
    from cleaner.rules.format.schema import Rule, RuleFile
    from cleaner.rules.patterns.sets import Hits

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
        "_elsewhere",
        "_keep",
        "_lines",
        "_longest",
        "_markers",
        "_packs",
        "_triggers",
        "files",
    )

    def __init__(self, files: Sequence[RuleFile] = ()) -> None:
        self.files = tuple(files)
        keep = [x for file in files for x in file.keep if not x.off]
        remove = [x for file in files for x in file.remove if not x.off]
        self._keep = _by_pattern([x for x in keep if x.line and not x.where.selects])
        self._lines = _by_pattern([x for x in remove if x.line and not x.where.selects])
        self._markers = _by_pattern([x for x in remove if _is_marker(x)])
        # Rules that a line's own phrase does not settle: selectors, runs with an end, kinds alone.
        self._elsewhere = tuple((x, x in keep) for x in (*keep, *remove) if _is_elsewhere(x, keeps=x in keep))
        self._edits = tuple(x for file in files for x in file.edits if not x.off)
        self._packs = [(frozenset(x.words), y) for x in files for y in _packs_of(x)]
        self._longest = max((x.limit for f in files for x in (*f.keep, *f.remove)), default=0)
        self._triggers = PatternSet(sorted({x.text for x in self._edits if x.text}), "exact")

    def __reduce__(self) -> tuple[type[Phrases], tuple[tuple[RuleFile, ...]]]:
        return Phrases, (self.files,)

    def about(self, page: Page, indices: Sequence[int] | None = None) -> Said:
        """What the rules say of these blocks of a page, or of all."""
        return Said(self, page, range(len(page.blocks)) if indices is None else indices)

    def edited(self, page: Page) -> Mapping[int, Verdict]:
        """By block index: what generic `split` and `replace` entries leave of a block."""
        if not self._edits:
            return {}
        found = self._triggers.hits([x.text for x in page.blocks]) if self._triggers else {}
        return edited(self._edits, Evidence(page, Rows(page), {}, found))

    def selected(self, page: Page) -> Mapping[int, Verdict]:
        """By block index: what rules remove that look for more than a line's own phrase."""
        if not self._elsewhere:
            return {}
        found: dict[int, Verdict] = {}
        kept = self._spared(page)
        for rule, keeps in self._elsewhere:
            if not keeps:
                for index in sorted(find(rule, _evidence(rule, page)) - kept):
                    found.setdefault(index, Verdict(rule.full))
        return found

    def _spared(self, page: Page) -> set[int]:
        """The blocks that `keep` rules find, whatever way they look."""
        kept = {i for rule, keeps in self._elsewhere if keeps for i in find(rule, _evidence(rule, page))}
        for rule in {x for rules in self._keep.values() for x in rules} if self._elsewhere else ():
            kept |= find(rule, _evidence(rule, page))
        return kept

    def lines_of(self, page: Page, indices: Sequence[int], hits: Hits) -> Names:
        """For each of the blocks the rule that removes that line, or None."""
        names = self._named(self._lines, page, indices, hits)
        if not self._elsewhere:
            return names
        selected = self.selected(page)
        return [
            x or (selected[i].rule if i in selected else None) for i, x in zip(indices, names, strict=True)
        ]

    def markers_of(self, page: Page, indices: Sequence[int], hits: Hits) -> Names:
        """For each of the blocks the rule that says other stories start here, or None."""
        return self._named(self._markers, page, indices, hits)

    def _named(
        self, rules: Mapping[str, Sequence[Rule]], page: Page, indices: Sequence[int], hits: Hits
    ) -> Names:
        blocks = [page.blocks[i] for i in indices]
        kept = {i for x in self._keep for i in hits.get(x, ()) if _first(self._keep[x], blocks[i], page)}
        if any(keeps for _, keeps in self._elsewhere):
            spared = self._spared(page)
            kept |= {i for i, block in enumerate(blocks) if block.index in spared}
        names: Names = [None] * len(blocks)
        for pattern, found in hits.items():
            for index in found if pattern in rules else ():
                rule = _first(rules[pattern], blocks[index], page)
                if rule is not None and names[index] is None and index not in kept:
                    names[index] = rule.full
        return names

    def hits(self, keys: Sequence[str]) -> Hits:
        """By pattern: the numbers of the folded keys it is found in, in the languages that they may be in."""
        found: dict[str, Sequence[int]] = {}
        for pack in self._plausible(keys):
            found.update(pack.hits(keys, self._longest))
        return found

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
    named = [x for x in file.remove if x.line or _is_marker(x)]
    rules = [x for x in (*(x for x in file.keep if x.line), *named) if not (x.off or x.where.selects)]
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


def _is_marker(rule: Rule) -> bool:
    """Whether the rule says where other stories start, and leaves it to their shape where they end."""
    return bool(rule.start) and not (rule.until or rule.lines)


def _is_elsewhere(rule: Rule, *, keeps: bool) -> bool:
    if rule.where.selects:
        return True
    return not rule.line and (keeps or not _is_marker(rule))


def _evidence(rule: Rule, page: Page) -> Evidence:
    """The lines that one rule's patterns are found in: few generic rules have more than a phrase."""
    patterns = (*rule.line, *rule.start, *rule.until) if asks(rule, page) else ()
    hits = {
        x: [b.index for b in page.blocks if matcher.search(b.key)]
        for x in patterns
        for matcher in [compiled(x)]
    }
    return Evidence(page, Rows(page), hits, {})


def _first(rules: Sequence[Rule], block: Block, page: Page) -> Rule | None:
    """The first of the rules with this pattern whose other conditions hold."""
    return next((x for x in rules if asks(x, page) and allowing(x, page)(block)), None)


class Said:
    """What the generic rules say of some blocks of one page: found once, when first asked."""

    __slots__ = ("_hits", "_indices", "_page", "_phrases")

    def __init__(self, phrases: Phrases, page: Page, indices: Sequence[int]) -> None:
        self._phrases = phrases
        self._page = page
        self._indices = indices
        self._hits: Hits | None = None

    def lines(self) -> Names:
        """For each block the rule that removes that line, or None."""
        return self._phrases.lines_of(self._page, self._indices, self._found())

    def markers(self) -> Names:
        """For each block the rule that says other stories start here, or None.

        How far they go is a matter of shape, not of phrases.
        """
        return self._phrases.markers_of(self._page, self._indices, self._found())

    def _found(self) -> Hits:
        if self._hits is None:
            self._hits = self._phrases.hits([self._page.blocks[i].key for i in self._indices])
        return self._hits
