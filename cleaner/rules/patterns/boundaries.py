r"""Word boundaries that RE2 lacks: `\b` as the neighbour it asks for, where that says the same.

Enters: a parsed pattern. Leaves: an RE2 pattern. RE2's own boundary knows ASCII only: it sees one inside
"caf|é".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.rules.patterns.pieces import ANY, EDGE, NOT_WORD, Item, Kinds, N, PatternError, W, first, last

_BOUNDED = re.compile(r"\{0,([1-9]\d*)\}")


@dataclass(frozen=True, slots=True)
class Writer:
    consume: bool

    def alternatives(self, groups: list[list[Item]], before: Kinds, after: Kinds, *, captured: bool) -> str:
        return "|".join(self._sequence(x, before, after, captured=captured) for x in groups)

    def _sequence(self, items: list[Item], before: Kinds, after: Kinds, *, captured: bool) -> str:
        out: list[str] = []
        at = 0
        while at < len(items):
            item = items[at]
            if item.text == "\\b" and item.zero:
                text, used = self._boundary(items, at, before, after, captured=captured)
                out.append(text)
                at += used
                continue
            if item.groups is not None:
                inner_before, inner_after = last(items[:at], before), first(items[at + 1 :], after)
                if item.repeats:
                    inner_before, inner_after = inner_before | ANY, inner_after | ANY
                capturing = captured or item.text == "(" or item.text.startswith("(?P<")
                body = self.alternatives(item.groups, inner_before, inner_after, captured=capturing)
                out.append(f"{item.text}{body}){item.quant}")
            elif gap := _gap_before(items, at, before, after):
                out.append(gap)
                at += 1
            else:
                out.append(item.text + item.quant)
            at += 1
        return "".join(out)

    def _boundary(
        self, items: list[Item], at: int, before: Kinds, after: Kinds, *, captured: bool
    ) -> tuple[str, int]:
        r"""What says the same as the `\b` at `at`, and how many items it stands for."""
        prev, following = last(items[:at], before), first(items[at + 1 :], after)
        if {prev, following} == {W, N}:
            return "", 1
        anchored = any(x.text in {"^", "\\A"} for x in items[:at] if x.zero)
        if prev == EDGE and following == W and anchored:
            return "", 1
        if prev == W and following == EDGE and any(x.text in {"$", "\\z"} for x in items[at + 1 :]):
            return "", 1
        if self.consume and not captured:
            if prev == EDGE and following == W:
                return f"(?:^|{NOT_WORD})", 1
            if prev == W and following == EDGE:
                return f"(?:{NOT_WORD}|$)", 1
        if found := _between(items, at, prev, after):
            return found
        raise PatternError(
            "\\b here: RE2's word boundary knows ASCII only, and it can be rewritten only at the ends of a "
            "pattern or between a word and a sign; write the neighbour, as in (?:\\W|$) after a word or "
            "(?:^|\\W) before one"
        )


def _between(items: list[Item], at: int, prev: Kinds, after: Kinds) -> tuple[str, int] | None:
    r"""`word\b.*`, with what follows: the gap has to begin with what is no word, or be empty."""
    gap = items[at + 1] if at + 1 < len(items) else None
    quant = _one_less(gap.quant) if gap is not None and gap.text == "." else None
    if prev != W or quant is None:
        return None
    rest = items[at + 2 :]
    if rest and rest[0].text == "\\b":
        starred = quant in {"*", "*?"} and first(rest[1:], after) == W
        return (f"{NOT_WORD}(?:.{quant}{NOT_WORD})?", 3) if starred else None
    following = first(rest, after)
    if following == W:
        return f"{NOT_WORD}.{quant}", 2
    return (f"(?:{NOT_WORD}.{quant})?", 2) if following in {N, EDGE} else None


def _one_less(quant: str) -> str | None:
    """What is left of a gap that may be empty once one character is taken from it."""
    bounded = _BOUNDED.fullmatch(quant)
    if bounded is not None:
        return f"{{0,{int(bounded.group(1)) - 1}}}"
    return quant if quant in {"*", "*?"} else None


def _gap_before(items: list[Item], at: int, before: Kinds, after: Kinds) -> str | None:
    r"""`.*\bword`, with what stands before: the gap has to end with what is no word, or be empty."""
    gap = items[at]
    bounded = at + 1 < len(items) and items[at + 1].text == "\\b" and items[at + 1].zero
    if gap.text != "." or gap.quant not in {"*", "*?"} or not bounded or first(items[at + 2 :], after) != W:
        return None
    prev = last(items[:at], before)
    anchored = any(x.text in {"^", "\\A"} for x in items[:at] if x.zero)
    if prev == W:
        return f".{gap.quant}{NOT_WORD}"
    return f"(?:.{gap.quant}{NOT_WORD})?" if prev == N or (prev == EDGE and anchored) else None
