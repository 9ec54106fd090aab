"""Which blocks of an HTML page are weighed at all.

Enters: a `PageView`. Leaves: block indices in order. Menus and short texts far from any prose are left out,
as is whatever was set aside beforehand.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from cleaner.read.tags import FURNITURE_TAGS
from cleaner.text.measure import PROSE_UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judge.region.html_features import PageView

# How far from prose, in blocks, a short text may stand and still be weighed.
_REACH = 6
# A link stands in the story or right below it; further off it is a menu's or a list's.
_LINK_REACH = 2
_FAR = 60
# In the story's own container a list or table is weighed however long it is, unless it is one of links.
_UNLINKED = 0.5
_PAGE = frozenset(["html", "body", "main"])


def choose(view: PageView) -> list[int]:
    """Prose, whatever stands within reach of prose, and what the element with half of it holds.

    A table of results has no prose for fifty rows: unlinked text is weighed too where it stands beside
    weighed text in one container, or is long. Where there is no prose at all, everything is weighed but
    menus and feet taken whole.
    """
    parents, tags, bases = view.elements.parents, view.elements.tags, view.bases
    if not view.proses:
        return [i for i, row in enumerate(bases) if tags[row] not in FURNITURE_TAGS]
    near, far = _near(view)
    boxes = {parents[bases[i]] for i in near if view.linked[i] <= _UNLINKED}
    boxes = {row for row in boxes if tags[row] not in _PAGE}
    wanted = [i for i in far if view.sizes[i] >= PROSE_UNFINISHED or parents[bases[i]] in boxes]
    return sorted(near + wanted) if wanted else near


def _near(view: PageView) -> tuple[list[int], list[int]]:
    """Blocks that count by where they stand, and the unlinked ones that do not."""
    near: list[int] = []
    far: list[int] = []
    boxed = view.elements.tags[view.half] not in _PAGE
    start, end = view.half, view.elements.ends[view.half]
    for index, (mass, linked) in enumerate(zip(view.masses, view.linked, strict=True)):
        if index in view.excluded:
            continue
        if not mass:
            inside = boxed and linked <= _UNLINKED and start <= view.bases[index] < end
            reach = _LINK_REACH if linked > 0.8 else _REACH
            if not inside and _distance(view.proses, index) > reach:
                if linked <= _UNLINKED:
                    far.append(index)
                continue
        near.append(index)
    return near, far


def _distance(proses: Sequence[int], index: int) -> int:
    """How far off the nearest prose is, in blocks; there has to be some."""
    at = bisect_left(proses, index)
    after = proses[at] - index if at < len(proses) else _FAR
    before = index - proses[at - 1] if at else _FAR
    return min(after, before)
