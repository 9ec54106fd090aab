"""One file's patterns, each looked for only in the lines where it may be found.

Enters: patterns, folded lines. Leaves: by pattern the indices of the lines it is found in, as from a
`PatternSet`, at a third of its cost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import re2

from cleaner.rules.patterns.dialect import translate
from cleaner.rules.patterns.literals import EDGE, Demand, demand, rarity
from cleaner.rules.patterns.pieces import PatternError
from cleaner.rules.patterns.sets import PatternSet, options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.rules.patterns.sets import Hits

# What a pattern that begins with any words has near its start: a wide class behind nothing that must be
# there. More patterns have it than begin so; those without it need not be read.
_ROAMING = re.compile(r"(?:\A\^?|[(|?*}:])(?:\.|\[[^\]]*\]|\\[pwWSD])(?:[*+]|\{)|[(|?*}:](?:\.|\[\^[^\]]*\])")
# About the letters that a literal needs for its lines to be few: of "photo" there are 4 % in a page.
_RARE_ENOUGH = 2.9
_GAP = EDGE + EDGE
_BETWEEN = _GAP.encode()
# Packs kept ready: another cleaner of the process, for other rules, has those of the generic files too.
_MOST_READY = 64


@dataclass(frozen=True, slots=True)
class _Ready:
    """Patterns taken apart: the numbers of those in either set, and the search for what the roaming need."""

    fixed: tuple[int, ...]
    roaming: tuple[int, ...]
    fixed_set: PatternSet
    roaming_set: PatternSet
    search: Any


class Pack:
    """Patterns that any line may match, and their order.

    Most patterns are out of the race after a few letters, and a set of them costs little. One that may begin
    with any words is alive at every character, and the states of the set multiply by it: 9 such patterns took
    two thirds of the time of 294. They make a set of their own, and it sees only lines with a literal that
    one of them needs; one scan over all lines at once finds these.
    """

    __slots__ = ("_ready", "patterns")

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._ready: _Ready | None = None

    def __reduce__(self) -> tuple[type[Pack], tuple[tuple[str, ...]]]:
        return Pack, (self.patterns,)

    def hits(self, lines: Sequence[str], longest: int) -> Hits:
        """By pattern: the indices of the lines it is found in; lines longer than `longest` are not scanned.

        In the order in which they are found; those of one line from the last pattern to the first.
        """
        if self._ready is None:
            self._ready = _made_ready(self.patterns)
        ready = self._ready
        short = [i for i, line in enumerate(lines) if len(line) <= longest]
        numbers: dict[int, list[int]] = {}
        if ready.fixed:
            look, fixed = ready.fixed_set.numbers, ready.fixed
            for i in short:
                if found := look(lines[i]):
                    numbers[i] = [fixed[n] for n in found]
        for i in _suspects(ready.search, lines, short):
            if found := ready.roaming_set.numbers(lines[i]):
                numbers.setdefault(i, []).extend(ready.roaming[n] for n in found)
        hits: dict[str, list[int]] = {}
        for i in sorted(numbers):
            for n in sorted(numbers[i], reverse=True):
                hits.setdefault(self.patterns[n], []).append(i)
        return hits


def _suspects(search: Any, lines: Sequence[str], short: Sequence[int]) -> list[int]:  # noqa: ANN401
    """Those of the lines that hold a literal which a roaming pattern needs."""
    if search is None or not short:
        return []
    # Every line has both its ends, so that what is found in one takes nothing from the next.
    text = f"{EDGE}{_GAP.join([lines[i] for i in short])}{EDGE}".encode("utf-8", "replace")
    if text.count(b"\n") != 2 * len(short) or b"\n\n\n" in text:
        return list(short)  # never where lines are folded keys, none of them empty
    found: list[int] = []
    at = line = 0
    while match := search(text, at):
        end = match.end()
        # An end that is the last sign of what was found belongs to the line before.
        line += text.count(_BETWEEN, at, end - 1)
        found.append(short[line])
        at = text.find(_BETWEEN, end - 1) + 1
        if not at:
            break
        line += 1
    return found


@lru_cache(maxsize=_MOST_READY)
def _made_ready(patterns: tuple[str, ...]) -> _Ready:
    needs: dict[int, frozenset[str]] = {}
    for number, pattern in enumerate(patterns):
        asked = _demand(pattern) if _ROAMING.search(pattern) else Demand()
        if asked.roams and asked.needles and rarity(asked.needles) >= _RARE_ENOUGH:
            needs[number] = asked.needles
    fixed = tuple(n for n in range(len(patterns)) if n not in needs)
    return _Ready(
        fixed,
        tuple(needs),
        PatternSet([patterns[n] for n in fixed]),
        PatternSet([patterns[n] for n in needs]),
        _finder(frozenset[str]().union(*needs.values())) if needs else None,
    )


def _demand(pattern: str) -> Demand:
    try:
        return demand(translate(pattern))
    except PatternError:
        return Demand()  # the set says it better


def _finder(literals: Iterable[str]) -> Any:  # noqa: ANN401 - google-re2 has no types
    """A search in bytes for the first of some literals.

    From the start of the text on: else RE2 runs back from what it finds, to see where that begins.
    """
    either = "|".join(re2.escape(x) for x in sorted(literals))
    return re2.compile(f"(?s:.*?)(?:{either})".encode(), options()).match
