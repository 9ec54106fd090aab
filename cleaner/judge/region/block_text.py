"""What a block's own text and an element's own names say, as numbers.

Enters: one text, key or hook. Leaves: lengths, amounts of prose, learned scores of words. Nothing here knows
where the block stands; scripts without spaces are measured in characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cleaner.text.measure import DENSE, PROSE_BLOCK, STOPS

_TOKEN = re.compile(r"[a-z]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ASCII_WORD = re.compile(r"[A-Za-z]{2,}")  # the same where there is nothing else, in two thirds of the time
# The first words tell a label, a plea or a teaser; a story's paragraph is known by its length.
_WORDS = 24
# Hooks remembered in one process; generated class names would fill memory otherwise.
_MOST_HOOKS = 50_000

HookScore = Callable[[str], float]


def size(text: str) -> int:
    """Length in characters of an alphabetic script; one of a script without spaces counts for three."""
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(DENSE.findall(text))


def prose(text: str, length: int, linked: float) -> float:
    """How much running text a block holds, in characters; 0.0 for labels, links and lists of names."""
    if length < PROSE_BLOCK or linked > 0.6 or not STOPS.search(text):
        return 0.0
    return length * (1.0 - linked)


def hook_words(hook: str) -> list[str]:
    """The words in an element's classes and id."""
    return _TOKEN.findall(hook)


def hook_tokens(hook: str) -> list[str]:
    """The words of an element's classes, id and roles, and the whole names that they make up; some twice."""
    found = _TOKEN.findall(hook)
    if "-" in hook or "_" in hook:
        found += hook.split()
    return found


def hook_scorer(scores: Mapping[str, float]) -> HookScore:
    """The score of a whole hook: its most telling words on either side, remembered, as pages repeat their
    classes.
    """
    seen: dict[str, float] = {"": 0.0}

    def score(hook: str) -> float:
        value = seen.get(hook)
        if value is None:
            # A known word's score is never 0.0, and one that comes twice says no more.
            found = list(filter(None, map(scores.get, hook_tokens(hook))))
            value = (max(0.0, *found) + min(0.0, *found)) if found else 0.0
            if len(seen) > _MOST_HOOKS:
                seen.clear()
            seen[hook] = value
        return value

    return score


def words(key: str) -> list[str]:
    """The first words of a folded line."""
    head = key[:240]
    return (_ASCII_WORD if head.isascii() else _WORD).findall(head)[:_WORDS]


def wording(key: str, scores: Mapping[str, float]) -> tuple[float, float]:
    """Lowest and mean score of a line's first words; zeros where none is known."""
    # A known word's score is never 0.0: those that say nothing are left out in training.
    found = list(filter(None, map(scores.get, words(key))))
    return (min(found), sum(found) / len(found)) if found else (0.0, 0.0)
