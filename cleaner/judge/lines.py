"""The block stream measured once: what heuristics and the learned judge of text look at.

Enters: blocks and the generic phrases. Leaves: `Lines`, one column a measure. Nothing here knows a
language: lengths are in characters of Latin prose (`cleaner.read.lengths.extent`), so that Chinese and Thai
are measured alike.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.read.lengths import ends_sentence, extent, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Block
    from cleaner.outlets import Phrases

# A finished sentence of this extent, or any text of twice that, is taken for prose.
PROSE_EXTENT = 80


@dataclass(frozen=True, slots=True)
class Lines:
    """Columns over the blocks; `hits` and `markers` name generic rules, `copies` counts equal keys."""

    blocks: Sequence[Block]
    extents: list[int]
    words: list[int]
    ends: list[bool]
    prose: list[bool]
    copies: Counter[str]
    hits: Sequence[str | None]
    markers: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.blocks)


def measure(blocks: Sequence[Block], phrases: Phrases | None = None) -> Lines:
    """Measure each block once; without phrases no block has a hit or is a marker."""
    keys = [b.key for b in blocks]
    kinds = [b.kind for b in blocks]
    extents = [extent(b.text) for b in blocks]
    ends = [ends_sentence(b.text) for b in blocks]
    prose = [
        size >= PROSE_EXTENT and (end or size >= 2 * PROSE_EXTENT) and block.kind not in _NEVER_PROSE
        for block, size, end in zip(blocks, extents, ends, strict=True)
    ]
    return Lines(
        blocks,
        extents,
        [words(b.text) for b in blocks],
        ends,
        prose,
        Counter(keys),
        phrases.lines(keys, kinds) if phrases else [None] * len(keys),
        phrases.markers(keys, kinds) if phrases else [None] * len(keys),
    )


_NEVER_PROSE = frozenset({"envelope", "heading", "table-row"})
