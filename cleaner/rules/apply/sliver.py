"""Whether a body rule found no more than a sliver of the story.

Enters: a page, the blocks that the rule names. Leaves: yes or no. So it goes where an outlet changes its
layout, or has another for live pages: the standfirst is still found, the text is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.text.measure import extent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cleaner.model import Block, Page

# Characters of Latin prose: standfirsts are shorter, stories seldom.
STORY = 250
# Prose beside a body shorter than that; less than this, or than four times the body, is teasers.
STORY_ELSEWHERE = 1000
TIMES = 4
# A shorter line, or one with more of it linked, may be anything.
LONG_LINE = 100
LINKED = 0.3


def prose(page: Page, indices: Iterable[int]) -> int:
    """How much these blocks say, in characters of Latin prose; headings and captions say nothing."""
    blocks = (page.blocks[i] for i in indices)
    return sum(extent(x.text) for x in blocks if x.kind not in ("heading", "caption"))


def is_sliver(page: Page, named: Collection[int]) -> bool:
    """Known cost: a report of two lines with long teasers around it is left to the judge as well."""
    inside = prose(page, named)
    if inside >= STORY or page.kind != "html":
        return False
    outside = prose(page, [x.index for x in page.blocks if x.index not in named and _is_prose(x)])
    return outside > max(STORY_ELSEWHERE, TIMES * inside)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= LONG_LINE and block.place is not None and block.place.linked < LINKED
