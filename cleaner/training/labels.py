"""Which blocks of a page are its gold body: what the learned judges learn from."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
# Blocks of at least this many words are found by their shingles alone; shorter ones only between those.
_ANCHOR = 8
_SHINGLE = 4


def tokens(text: str) -> list[str]:
    """Lower-cased words; characters for scripts that set no spaces."""
    out: list[str] = []
    for word in _WORD.findall(text.lower()):
        if (
            len(word) > 12
            and not word.isascii()
            and any("\u0e00" <= c <= "\u0eff" or c >= "\u3040" for c in word)
        ):
            out.extend(word)
        else:
            out.append(word)
    return out


def shares(blocks: Sequence[str], gold: str) -> list[float]:
    """For each block the share of its words that are in the gold body (0.0 to 1.0), in document order.

    Long blocks are matched by shingles anywhere; short ones count only where the gold has them between what
    the long neighbours matched, so that a menu's "World" is no part of the story.
    """
    gold_tokens = tokens(gold)
    lines = Counter(" ".join(tokens(line)) for line in gold.split("\n"))
    where: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(gold_tokens) - _SHINGLE + 1):
        where.setdefault(tuple(gold_tokens[i : i + _SHINGLE]), []).append(i)
    words = [tokens(b) for b in blocks]
    found: list[float | None] = [None] * len(blocks)
    spans: list[tuple[int, int] | None] = [None] * len(blocks)
    for n, w in enumerate(words):
        if len(w) >= _ANCHOR:
            grams = [tuple(w[i : i + _SHINGLE]) for i in range(len(w) - _SHINGLE + 1)]
            hits = [where[g][0] for g in grams if g in where]
            found[n] = _covered(grams, where, len(w))
            if hits and found[n] is not None and found[n] > 0.6:  # type: ignore[operator]
                middle = sorted(hits)[len(hits) // 2]
                spans[n] = (max(0, middle - len(w)), middle + len(w))
    anchors = [n for n, s in enumerate(spans) if s is not None]
    for n, w in enumerate(words):
        if found[n] is None:
            found[n] = _short(n, w, anchors, spans, gold_tokens, lines)
    return [f or 0.0 for f in found]


def _covered(grams: Sequence[tuple[str, ...]], where: dict[tuple[str, ...], list[int]], size: int) -> float:
    """Share of words covered by shingles of the gold."""
    covered = [False] * size
    for i, gram in enumerate(grams):
        if gram in where:
            covered[i : i + _SHINGLE] = [True] * _SHINGLE
    return sum(covered) / size


def _short(  # noqa: PLR0917
    n: int,
    w: list[str],
    anchors: list[int],
    spans: Sequence[tuple[int, int] | None],
    gold: list[str],
    lines: Counter[str],
) -> float:
    """1.0 where a short block is found in the gold between its anchored neighbours (or is a whole line at
    either end).
    """
    if not w or not anchors:
        return float(bool(w) and lines[" ".join(w)] > 0)
    before = [a for a in anchors if a < n][-1:]
    after = [a for a in anchors if a > n][:1]
    whole = lines[" ".join(w)] > 0
    low = spans[before[0]][0] if before else 0  # type: ignore[index]
    high = spans[after[0]][1] if after else len(gold)  # type: ignore[index]
    if not before or not after:
        near = abs(n - (before or after)[0]) <= 12
        if not (whole and near):
            return 0.0
    window = gold[max(0, low) : high]
    size = len(w)
    if high - low > 4 * (size + 400) and not whole:
        return 0.0
    return float(any(window[i : i + size] == w for i in range(len(window) - size + 1)))


def segment_labels(blocks: Sequence[str], inside: Sequence[str], outside: Sequence[str]) -> list[float]:
    """1.0 or 0.0 for blocks that hold a segment the body must or must not have, NaN for the rest.

    A short block that holds a wanted segment may be a menu entry of the same words: unknown.
    """
    wanted = [" ".join(x.split()) for x in inside]
    unwanted = [" ".join(x.split()) for x in outside]
    out: list[float] = []
    for block in blocks:
        text = " ".join(block.split())
        if any(x in text for x in unwanted):
            out.append(0.0)
        elif len(text) > 40 and any(x in text for x in wanted):
            out.append(1.0)
        else:
            out.append(math.nan)
    return out
