"""What a structural heuristic is given: the measured blocks, what is gone already, and the headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judge.lines import Lines
    from cleaner.model import Block

LABEL_EXTENT = 60
LOOSE_EXTENT = 140


@dataclass(frozen=True, slots=True)
class View:
    """`gone[i]`: an earlier rule took block i out; `titles`: folded headline candidates, best first."""

    lines: Lines
    gone: Sequence[bool]
    titles: Sequence[str] = ()

    @property
    def blocks(self) -> Sequence[Block]:
        return self.lines.blocks


def is_label(view: View, i: int) -> bool:
    """A short line that does not end as a sentence does."""
    return view.lines.extents[i] <= LABEL_EXTENT and not view.lines.ends[i]


def is_loose(view: View, i: int) -> bool:
    """A line that could be a teaser, a link, a byline or a label: no prose, and no finished long sentence."""
    lines = view.lines
    return (
        not lines.prose[i]
        and lines.extents[i] <= LOOSE_EXTENT
        and lines.blocks[i].kind not in ("code", "quote")
    )
