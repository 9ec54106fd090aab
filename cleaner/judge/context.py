"""First scores to second features: a block is judged again in the light of its neighbours and its container.

Enters: a `Table` and the first judge's log-odds. Leaves: one row for each candidate, in the order of
`CONTEXT`. A paragraph that looked doubtful alone stands or falls with the container that holds the story.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.judge.features import FEATURES, GROUP_OF, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a neighbour outside the candidates, or outside the page, counts as.
_NOTHING = -6.0
_STRONG = 0.85
_PROSE = 60
_WINDOW = 4

_CARRIED = (
    "size", "linked", "ending", "phrase", "repeats", "word_mean", "tag", "hook_inner", "hook_low", "hook_sum",
    "hook_high", "mass_3", "cards", "other_article", "fork", "alike", "alike_parent", "story", "where",
    "total", "count", "witnessed",
)  # fmt: skip
_OWN = (
    "first", "back_1", "forth_1", "forth_2", "forth_3",
    "box", "box_rest", "box_share", "outer", "outer_rest", "outer_share",
    "kept_before", "since_first", "window",
    "best", "kept", "strong", "average",
)  # fmt: skip
CONTEXT: tuple[str, ...] = (*_OWN, *_CARRIED)
_SPEAKS_FOR = {
    "box": "layout/region", "box_rest": "layout/region", "box_share": "layout/region",
    "outer": "layout/region", "outer_rest": "layout/region", "outer_share": "layout/region",
    "kept_before": "layout/outside-story", "since_first": "layout/outside-story",
}  # fmt: skip
CONTEXT_GROUP_OF: dict[str, str] = {
    name: _SPEAKS_FOR.get(name) or GROUP_OF.get(name, "layout/neighbours") for name in CONTEXT
}
_COLUMNS = tuple(FEATURES.index(name) for name in _CARRIED)
_SIZE = FEATURES.index("size")


def _boxes(
    boxes: Sequence[int],
    scores: Sequence[float],
    weights: Sequence[float],
    kept: Sequence[float],
    whole: float,
) -> list[tuple[float, float, float]]:
    """For each block its container's mean score, the mean without the block, and the container's share of
    what is kept.
    """
    sums: dict[int, list[float]] = {}
    for box, score, weight, keep in zip(boxes, scores, weights, kept, strict=True):
        cell = sums.setdefault(box, [0.0, 0.0, 0.0])
        cell[0] += weight * score
        cell[1] += weight
        cell[2] += keep
    out: list[tuple[float, float, float]] = []
    for box, score, weight in zip(boxes, scores, weights, strict=True):
        total, all_weight, keep = sums[box]
        rest = all_weight - weight
        out.append(
            (total / all_weight, (total - weight * score) / rest if rest > 1e-6 else _NOTHING, keep / whole)
        )
    return out


def _strong(table: Table, chances: Sequence[float]) -> list[int]:
    """Indices of blocks surely kept."""
    return [
        i
        for i, p, row in zip(table.candidates, chances, table.rows, strict=True)
        if p > _STRONG and row[_SIZE] > _PROSE
    ]


def context(table: Table, scores: Sequence[float], wanted: Sequence[int] | None = None) -> list[list[float]]:
    """The second judge's rows, for all candidates or those at the wanted places. `scores` are log-odds, one
    a candidate.
    """
    n = len(scores)
    if wanted is None:
        wanted = range(n)
    if not wanted:
        return []
    indices = table.candidates
    chances = [1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))) for z in scores]
    sizes = [row[_SIZE] for row in table.rows]
    weights = [math.sqrt(s) for s in sizes]
    kept = [s * p for s, p in zip(sizes, chances, strict=True)]
    whole = sum(kept) + 1e-9
    inner = _boxes(table.boxes, scores, weights, kept, whole)
    outer = _boxes(table.outer, scores, weights, kept, whole)
    strong = _strong(table, chances)
    padded = [_NOTHING, *scores, *[_NOTHING] * 3]
    best, average = max(scores), whole / (sum(sizes) or 1.0)
    weighted = [z * w for z, w in zip(scores, weights, strict=True)]
    rows: list[list[float]] = []
    before = list(accumulate(kept, initial=0.0))
    for k in wanted:
        at = indices[k]
        near = [
            padded[k + 1 + d] if 0 <= k + d < n and abs(indices[k + d] - at) <= abs(d) + 2 else _NOTHING
            for d in (-1, 1, 2, 3)
        ]
        low, high = max(0, k - _WINDOW), k + _WINDOW + 1
        row = table.rows[k]
        rows.append([
            scores[k], *near, *inner[k], *outer[k],
            before[k] / whole, max(-30, min(60, at - strong[0])) if strong else 0,
            sum(weighted[low:high]) / (sum(weights[low:high]) or 1.0),
            best, whole, len(strong), average,
            *[row[c] for c in _COLUMNS],
        ])  # fmt: skip
    return rows
