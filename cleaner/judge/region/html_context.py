"""First scores to second features: a block is judged again in the light of its neighbours and its container.

Enters: a `Table` and the first judge's log-odds. Leaves: a column for each name in `CONTEXT`, of the
candidates that are still open, or for training a row for each candidate. A paragraph that looked doubtful
alone stands or falls with the container that holds the story.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.judge.layout_rules import NEIGHBOURS, OUTSIDE_STORY, REGION
from cleaner.judge.region.html_features import FEATURES, GROUP_OF, Table
from cleaner.text.measure import PROSE_BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What a neighbour outside the candidates, or outside the page, counts as.
_NOTHING = -6.0
_STRONG = 0.85
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
    "box": REGION, "box_rest": REGION, "box_share": REGION,
    "outer": REGION, "outer_rest": REGION, "outer_share": REGION,
    "kept_before": OUTSIDE_STORY, "since_first": OUTSIDE_STORY,
}  # fmt: skip
CONTEXT_GROUP_OF: dict[str, str] = {
    name: _SPEAKS_FOR.get(name) or GROUP_OF.get(name, NEIGHBOURS) for name in CONTEXT
}
_COLUMNS = tuple(FEATURES.index(name) for name in _CARRIED)
_SIZE = FEATURES.index("size")


def _boxes(  # noqa: PLR0917
    boxes: Sequence[int],
    scores: Sequence[float],
    weights: Sequence[float],
    kept: Sequence[float],
    whole: float,
    wanted: Sequence[int],
) -> Iterator[tuple[float, ...]]:
    """Of the wanted blocks' containers the mean scores, the means without the block, and the shares of what
    is kept.
    """
    sums: dict[int, list[float]] = {}
    for box, score, weight, keep in zip(boxes, scores, weights, kept, strict=True):
        cell = sums.setdefault(box, [0.0, 0.0, 0.0])
        cell[0] += weight * score
        cell[1] += weight
        cell[2] += keep
    out: list[tuple[float, float, float]] = []
    for k in wanted:
        total, all_weight, keep = sums[boxes[k]]
        rest, without = all_weight - weights[k], total - weights[k] * scores[k]
        out.append((total / all_weight, without / rest if rest > 1e-6 else _NOTHING, keep / whole))
    return zip(*out, strict=True)


def context(table: Table, scores: Sequence[float], wanted: Sequence[int] | None = None) -> list[list[float]]:
    """The second judge's rows, for all candidates or those at the wanted places. `scores` are log-odds, one
    a candidate.
    """
    columns = in_context(table, scores, range(len(scores)) if wanted is None else wanted)
    return [list(row) for row in zip(*columns, strict=True)]


def in_context(table: Table, scores: Sequence[float], wanted: Sequence[int]) -> list[Sequence[float]]:
    """The same as columns."""
    if not wanted:
        return [()] * len(CONTEXT)
    chances = [1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))) for z in scores]
    sizes = table.columns[_SIZE]
    weights = [math.sqrt(s) for s in sizes]
    kept = [s * p for s, p in zip(sizes, chances, strict=True)]
    whole = sum(kept) + 1e-9
    indices = table.candidates
    strong = [i for i, p, n in zip(indices, chances, sizes, strict=True) if p > _STRONG and n > PROSE_BLOCK]
    first = strong[0] if strong else None
    weighted = [z * w for z, w in zip(scores, weights, strict=True)]
    before = list(accumulate(kept, initial=0.0))
    around = [slice(max(0, k - _WINDOW), k + _WINDOW + 1) for k in wanted]
    page = max(scores), whole, len(strong), whole / (sum(sizes) or 1.0)
    return [
        [scores[k] for k in wanted],
        *_neighbours(indices, scores, wanted),
        *_boxes(table.boxes, scores, weights, kept, whole, wanted),
        *_boxes(table.outer, scores, weights, kept, whole, wanted),
        [before[k] / whole for k in wanted],
        [max(-30, min(60, indices[k] - first)) if first is not None else 0 for k in wanted],
        [sum(weighted[near]) / (sum(weights[near]) or 1.0) for near in around],
        *[[value] * len(wanted) for value in page],
        *[[column[k] for k in wanted] for column in map(table.columns.__getitem__, _COLUMNS)],
    ]


def _neighbours(
    indices: Sequence[int], scores: Sequence[float], wanted: Sequence[int]
) -> Iterator[list[float]]:
    """The scores of the candidate before and of three after; `_NOTHING` where those stand further off."""
    last = len(scores) - 1
    for step in (-1, 1, 2, 3):
        most = abs(step) + 2
        yield [
            scores[k + step]
            if 0 <= k + step <= last and abs(indices[k + step] - indices[k]) <= most
            else _NOTHING
            for k in wanted
        ]
