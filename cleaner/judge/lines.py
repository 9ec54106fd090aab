"""The block stream measured once: what heuristics and the learned judge of text look at.

Enters: blocks, and what the generic phrases say of them. Leaves: `Lines`, one column a measure, and `View`,
what a heuristic is given. Nothing here knows a language: lengths are in characters of Latin prose
(`cleaner.text.measure.extent`), so that Chinese and Thai are measured alike.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.text.lazy import lazy
from cleaner.text.measure import PROSE_LINE, ends_sentence, extent, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Block, Elements
    from cleaner.rules.apply.generic import Said

_NEVER_PROSE = frozenset({"envelope", "heading", "table-row"})
LABEL_EXTENT = 60
LOOSE_EXTENT = 140


class Lines:
    """Columns over the blocks, each measured when it is first asked for: an HTML page needs few of them.

    `hits` and `markers` name generic rules, `copies` counts equal keys.
    """

    def __init__(self, blocks: Sequence[Block], phrases: Said | None = None) -> None:
        self.blocks = blocks
        self._phrases = phrases

    def __len__(self) -> int:
        return len(self.blocks)

    @lazy
    def extents(self) -> list[int]:
        return [extent(b.text) for b in self.blocks]

    @lazy
    def words(self) -> list[int]:
        return [words(b.text) for b in self.blocks]

    @lazy
    def ends(self) -> list[bool]:
        return [ends_sentence(b.text) for b in self.blocks]

    @lazy
    def prose(self) -> list[bool]:
        return [
            size >= PROSE_LINE and (end or size >= 2 * PROSE_LINE) and block.kind not in _NEVER_PROSE
            for block, size, end in zip(self.blocks, self.extents, self.ends, strict=True)
        ]

    @lazy
    def _keys(self) -> list[str]:
        return [b.key for b in self.blocks]

    @lazy
    def copies(self) -> Counter[str]:
        return Counter(self._keys)

    @lazy
    def hits(self) -> Sequence[str | None]:
        return self._phrases.lines() if self._phrases is not None else [None] * len(self)

    @lazy
    def markers(self) -> Sequence[str | None]:
        return self._phrases.markers() if self._phrases is not None else [None] * len(self)


def measure(blocks: Sequence[Block], phrases: Said | None = None) -> Lines:
    """The blocks' measures; without phrases no block has a hit or is a marker."""
    return Lines(blocks, phrases)


@dataclass(frozen=True, slots=True)
class View:
    """`gone[i]`: an earlier rule took block i out; `titles`: folded headline candidates, best first;
    `elements`: those of an HTML page.
    """

    lines: Lines
    gone: Sequence[bool]
    titles: Sequence[str] = ()
    elements: Elements | None = None

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
