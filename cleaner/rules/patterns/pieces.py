"""The pieces of a pattern: what the parser makes of it and the writer puts together again.

Enters: nothing. Leaves: `Item`, what may stand first and last in a run of items, and what counts as a word.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

Kinds = frozenset[str]

WORD = r"\p{L}\p{M}\p{N}\p{Pc}"
NOT_WORD = f"[^{WORD}]"
W, N = frozenset({"word"}), frozenset({"nonword"})
ANY, EDGE = frozenset({"word", "nonword"}), frozenset({"edge"})
_META = frozenset(r"\.+*?()|[]{}^$")


class PatternError(ValueError):
    """What RE2 cannot do, and what to write instead."""


@dataclass(slots=True)
class Item:
    """One piece of a pattern: a character or class with `kinds`, an assertion, or a group of alternatives."""

    text: str
    kinds: Kinds = ANY
    quant: str = ""
    zero: bool = False
    groups: list[list[Item]] | None = None

    @property
    def nullable(self) -> bool:
        if self.zero or self.quant[:1] in {"*", "?"} or self.quant.startswith(("{0", "{,")):
            return True
        return self.groups is not None and any(all(x.nullable for x in g) for g in self.groups)

    @property
    def repeats(self) -> bool:
        return self.quant[:1] in {"*", "+", "{"}


def kinds_of(char: str) -> Kinds:
    category = unicodedata.category(char)
    return W if category[0] in "LMN" or category == "Pc" else N


def escape(char: str) -> str:
    """One character, so that RE2 reads it as itself, inside and outside brackets."""
    return f"\\{char}" if char in _META or char in "-^" else char


def first(items: list[Item], after: Kinds) -> Kinds:
    """What kinds of character may come first in `items`, or, where all may be empty, after them."""
    return _outer(items, after, reverse=False)


def last(items: list[Item], before: Kinds) -> Kinds:
    return _outer(items, before, reverse=True)


def _outer(items: list[Item], beyond: Kinds, *, reverse: bool) -> Kinds:
    found: frozenset[str] = frozenset()
    for item in reversed(items) if reverse else items:
        if item.zero:
            continue
        if item.groups is None:
            found |= item.kinds
        else:
            for group in item.groups:
                found |= _outer(group, frozenset(), reverse=reverse)
        if not item.nullable:
            return found
    return found | beyond
