"""What the learned judge of text sees of a line: itself, its neighbours, and where it stands.

Enters: a `View` after rules and shapes have spoken. Leaves: one row of numbers for each line still there, in
the order of `FEATURES`. No word of any language is a feature: words count only for whether the page's prose
uses them elsewhere too, and through the generic phrases, by the lines these took out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.judge import layout_rules
from cleaner.text.measure import STOPS_BETWEEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.judge.lines import View
    from cleaner.model import Block

_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}[:.h]\d\d")
_ADDRESS = re.compile(r"https?:|www\.|@|\.com\b")
_SEPARATORS = re.compile(r"[|•·»›>/]")
_KINDS = {"paragraph": 0.0, "list-item": 1.0, "heading": 2.0, "table-row": 3.0, "quote": 4.0}
_COMMAS = re.compile("[,，、،]")
_QUOTES = re.compile('["“„«「]')
_DIGIT = re.compile(r"\d")
# Words looked at for case: enough to tell a title, and a long paragraph costs no more than a short one.
_HEAD = 12
_FAR, _FARTHEST = 60, 400
_STRETCH_GAP = 7
# A line weighs at most this extent where the links around are summed: a menu's entries are short.
_LINK_WEIGHT = 200
# Words long enough to carry a topic rather than grammar, in any script that sets spaces.
_TOPIC_WORD = re.compile(r"[^\W\d_]{5,}")

LOCAL = (
    "extent", "words", "word_length", "end", "stops", "commas", "digits", "capitals", "upper", "first",
    "kind", "small", "separators", "address", "year", "quotes", "copies",
)  # fmt: skip
CONTEXT = (
    "share_lines", "share_chars", "lines", "from_start", "from_end",
    "extent_b1", "end_b1", "kind_b1", "extent_b2", "end_b2", "kind_b2", "extent_b3",
    "extent_a1", "end_a1", "kind_a1", "extent_a2", "end_a2", "kind_a2", "extent_a3",
    "prose_back", "prose_ahead", "gap_back", "gap_ahead", "prose_3", "prose_8", "prose_20",
    "run", "in_run", "kind_run", "kind_run_extent", "dates_3", "capitals_3",
    "prose_before", "prose_after", "prose_share", "prose_lines", "stretch", "stretch_rank",
    "gone_before", "gone_after", "gone_8", "gone_20", "topic", "topic_depth", "topic_3", "topic_8",
    "linked", "linked_b1", "linked_a1", "linked_3", "linked_8", "linked_page", "gone_page",
)  # fmt: skip
FEATURES = LOCAL + CONTEXT
# Which heuristic a feature speaks for, so that a line the region leaves out has a name that says why.
_GROUPS = {
    layout_rules.SHORT_LINE: (
        "extent", "words", "word_length", "end", "stops", "commas", "capitals", "upper", "first", "small",
        "quotes", "extent_b1", "end_b1", "extent_b2", "end_b2", "extent_b3", "extent_a1", "end_a1",
        "extent_a2", "end_a2", "extent_a3", "run", "in_run",
    ),
    layout_rules.TEASER_SIGNS: ("digits", "separators", "address", "year", "copies", "dates_3", "capitals_3"),
    layout_rules.BLOCK_KIND: (
        "kind", "kind_b1", "kind_b2", "kind_a1", "kind_a2", "kind_run", "kind_run_extent",
    ),
    layout_rules.LINK_DENSITY: ("linked", "linked_b1", "linked_a1", "linked_3", "linked_8", "linked_page"),
    layout_rules.OTHER_TOPIC: ("topic", "topic_depth", "topic_3", "topic_8"),
    layout_rules.AMONG_REMOVED: ("gone_before", "gone_after", "gone_8", "gone_20", "gone_page"),
}  # fmt: skip
GROUP_OF = dict.fromkeys(FEATURES, layout_rules.REGION) | {
    x: group for group, own in _GROUPS.items() for x in own
}


@dataclass(frozen=True, slots=True)
class _Column:
    """What several features are made of: the lines still there, and whether each is prose."""

    blocks: list[Block]
    extents: list[int]
    words: list[int]
    ends: list[bool]
    prose: list[bool]


def rows(view: View) -> list[list[float]]:
    """One row for each line not gone."""
    lines = view.lines
    live = [i for i, gone in enumerate(view.gone) if not gone]
    column = _Column(
        [lines.blocks[i] for i in live], [lines.extents[i] for i in live], [lines.words[i] for i in live],
        [lines.ends[i] for i in live], [lines.prose[i] for i in live],
    )  # fmt: skip
    local = [_local(column, i, lines.copies) for i in range(len(live))]
    parts = (
        local,
        _standing(column),
        _neighbours(local),
        _prose(column, local),
        _gone(view, live),
        _topic(column),
        _links(column, sum(view.gone) / (len(view.gone) or 1)),
    )
    return [[x for part in row for x in part] for row in zip(*parts, strict=True)]


def _local(column: _Column, i: int, copies: Mapping[str, int]) -> list[float]:
    block = column.blocks[i]
    text = block.text
    length = len(text)
    size = column.extents[i]
    count = column.words[i]
    head = text.split(None, _HEAD)[:_HEAD]
    many = len(head) or 1
    last = text[-1:]
    end = 1.0 if column.ends[i] else 2.0 if last == ":" else 3.0 if last in ",;-" else 0.0
    if end and text.endswith(("...", "…", "...]", "…]")):
        end = 4.0
    short = size < 300
    return [
        size, count, size / count, end, len(STOPS_BETWEEN.findall(text)), len(_COMMAS.findall(text)),
        len(_DIGIT.findall(text)) / (length or 1) if short else 0.0,
        sum([w[0].isupper() for w in head]) / many, text.isupper(), _first(text[:1]),
        _KINDS.get(block.kind, 5.0), sum([len(w) < 4 and w.islower() for w in head]) / many,
        len(_SEPARATORS.findall(text)) if short else 0, short and _ADDRESS.search(text) is not None,
        short and _YEAR.search(text) is not None, len(_QUOTES.findall(text)), min(copies[block.key], 6),
    ]  # fmt: skip


def _first(mark: str) -> float:
    if mark.isalpha():
        return 0.0 if mark.islower() else 1.0 if mark.isupper() else 3.0
    return 2.0 if mark.isdigit() else 4.0


def _sums(values: Sequence[float]) -> list[float]:
    """Running totals with a leading zero, so that a window is one subtraction."""
    return [0.0, *accumulate(values)]


def _standing(column: _Column) -> list[list[float]]:
    """Where the line stands in the page."""
    n = len(column.blocks)
    total = _sums(column.extents)
    everything = total[-1] or 1.0
    return [[i / n, total[i] / everything, n, min(i, _FARTHEST), min(n - 1 - i, _FARTHEST)] for i in range(n)]


def _neighbours(local: Sequence[Sequence[float]]) -> list[list[float]]:
    """Extent, ending and kind of the three lines on either side."""
    nothing: list[float] = [0.0, -1.0, -1.0]
    near = [nothing] * 3 + [[row[0], row[3], row[10]] for row in local] + [nothing] * 3
    return [
        [*near[j - 1], *near[j - 2], near[j - 3][0], *near[j + 1], *near[j + 2], near[j + 3][0]]
        for j in range(3, len(near) - 3)
    ]


def _prose(column: _Column, local: Sequence[Sequence[float]]) -> list[list[float]]:
    """How much prose there is around the line, before and after it, and in its stretch of the page."""
    extents, prose = column.extents, column.prose
    n = len(extents)
    total = _sums(extents)
    prose_total = _sums([e if p else 0 for e, p in zip(extents, prose, strict=True)])
    dates, capitals = _sums([row[14] for row in local]), _sums([row[7] for row in local])
    back, gap_back, run_start = _back(extents, prose)
    ahead, gap_ahead, run_end = (column[::-1] for column in _back(extents[::-1], prose[::-1]))
    kinds, kind_extents = _kind_runs(column)
    stretch, rank = _stretches(column, prose_total[-1])
    all_prose = max(1.0, prose_total[-1])
    page = [all_prose / max(1.0, total[-1]), sum(prose)]
    out = []
    for i in range(n):
        low3, high3 = max(0, i - 3), min(n, i + 4)
        low8, high8 = max(0, i - 8), min(n, i + 9)
        low20, high20 = max(0, i - 20), min(n, i + 21)
        out.append(
            [
                back[i], ahead[i], gap_back[i], gap_ahead[i],
                (prose_total[high3] - prose_total[low3]) / (total[high3] - total[low3] + 1.0),
                (prose_total[high8] - prose_total[low8]) / (total[high8] - total[low8] + 1.0),
                (prose_total[high20] - prose_total[low20]) / (total[high20] - total[low20] + 1.0),
                run_start[i] + run_end[i], run_start[i], kinds[i], kind_extents[i],
                dates[high3] - dates[low3], capitals[high3] - capitals[low3],
                prose_total[i] / all_prose, 1 - prose_total[i + 1] / all_prose, *page, stretch[i], rank[i],
            ]
        )  # fmt: skip
    return out


def _back(extents: Sequence[int], prose: Sequence[bool]) -> tuple[list[float], list[float], list[float]]:
    """Lines and characters since the last prose line, and the number in the run of short lines."""
    distance, gap, run = float(_FAR), 0.0, 0.0
    distances, gaps, runs = [], [], []
    for size, is_prose in zip(extents, prose, strict=True):
        distances.append(distance)
        gaps.append(gap)
        run = 0.0 if is_prose else run + 1
        runs.append(min(run, _FAR))
        distance = 1.0 if is_prose else min(distance + 1, _FAR)
        gap = 0.0 if is_prose else gap + size
    return distances, gaps, runs


def _kind_runs(column: _Column) -> tuple[list[float], list[float]]:
    """Length of the run of one kind a line stands in, and the mean extent there."""
    counts: list[float] = []
    means: list[float] = []
    start = 0
    kinds = [b.kind for b in column.blocks]
    for i in range(1, len(kinds) + 1):
        if i == len(kinds) or kinds[i] != kinds[start]:
            size = i - start
            counts += [float(min(size, _FAR))] * size
            means += [sum(column.extents[start:i]) / size] * size
            start = i
    return counts, means


def _stretches(column: _Column, total: float) -> tuple[list[float], list[float]]:
    """Share of the page's prose in the stretch around a line (gaps of up to six lines), and its rank."""
    bounds: list[tuple[int, int]] = []
    last = -10
    for i, is_prose in enumerate(column.prose):
        if is_prose:
            if bounds and i - last <= _STRETCH_GAP:
                bounds[-1] = (bounds[-1][0], i)
            else:
                bounds.append((i, i))
            last = i
    mass = [sum([column.extents[i] for i in range(a, b + 1) if column.prose[i]]) for a, b in bounds]
    order = sorted(range(len(bounds)), key=lambda k: -mass[k])
    share = [0.0] * len(column.blocks)
    rank = [9.0] * len(column.blocks)
    for place, k in enumerate(order):
        a, b = bounds[k]
        for i in range(a, b + 1):
            share[i] = mass[k] / max(1.0, total)
            rank[i] = float(min(place, 8))
    return share, rank


def _gone(view: View, live: Sequence[int]) -> list[list[float]]:
    """Lines that rules and shapes took out right before and after, and their number around."""
    gone = view.gone
    total = _sums(gone)
    n = len(gone)
    out = []
    for at, i in enumerate(live):
        before = i - (live[at - 1] if at else -1) - 1
        after = (live[at + 1] if at + 1 < len(live) else n) - i - 1
        near = total[min(n, i + 9)] - total[max(0, i - 8)]
        far = total[min(n, i + 21)] - total[max(0, i - 20)]
        out.append([min(before, _FAR), min(after, _FAR), near, far])
    return out


def _topic(column: _Column) -> list[list[float]]:
    """Whether the line is about what the page's prose is about: its longer words used there too.

    Sign-up boxes, comments and other stories use words of their own. -1 where a line has no longer words.
    """
    sets = [set(_TOPIC_WORD.findall(b.key)) for b in column.blocks]
    used: Counter[str] = Counter()
    for words, prose in zip(sets, column.prose, strict=True):
        if prose:
            used.update(words)
    own, depth, known, size = [], [], [], []
    for words, prose in zip(sets, column.prose, strict=True):
        itself = 1 if prose else 0
        others = [used[w] - itself for w in words]
        shared = sum([c > 0 for c in others])
        own.append(shared / len(others) if others else -1.0)
        depth.append(sum([min(c, 6) for c in others]) / len(others) if others else -1.0)
        known.append(shared)
        size.append(len(others))
    known_total, size_total = _sums(known), _sums(size)
    n = len(sets)

    def around(i: int, reach: int) -> float:
        low, high = max(0, i - reach), min(n, i + reach + 1)
        return (known_total[high] - known_total[low]) / (size_total[high] - size_total[low] + 0.1)

    return [[own[i], depth[i], around(i, 3), around(i, 8)] for i in range(n)]


def _links(column: _Column, gone: float) -> list[list[float]]:
    """How much of the line and of what is around it is link, -1 where the text does not say; last, the share
    of the page that rules and shapes took out.
    """
    own = [b.place.linked if b.place is not None else -1.0 for b in column.blocks]
    n = len(own)
    weights = [min(size, _LINK_WEIGHT) for size in column.extents]
    total = _sums(weights)
    linked = _sums([w * x for w, x in zip(weights, own, strict=True)])
    page = linked[-1] / (total[-1] or 1.0)

    def around(i: int, reach: int) -> float:
        low, high = max(0, i - reach), min(n, i + reach + 1)
        return (linked[high] - linked[low]) / (total[high] - total[low] or 1.0)

    near = [-1.0, *own, -1.0]
    return [[x, near[i], near[i + 2], around(i, 3), around(i, 8), page, gone] for i, x in enumerate(own)]
