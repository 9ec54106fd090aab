"""The story a second time, in one piece: a hidden field for machines, a text behind a paywall's script.

Enters: the blocks of an HTML page and their amounts of prose. Leaves: the indices of blocks that only say
again what a run of other blocks says paragraph by paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.judge.region.jsonld_witness import Witness, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Block

# Shorter blocks are paragraphs; a real page's longest seen has about 4,000 characters.
_LEAST = 1_000
# Of all the page's prose, and of the copy's own length said by other blocks: measured on annotated pages,
# where copies hold 0.31 of the prose and more, and 0.62 of their letters are said again, mostly 0.9.
_SHARE = 0.25
_COVERED = 0.6
# A summary box may take two paragraphs over word for word; a copy has more.
_PIECES = 3


def in_one_piece(blocks: Sequence[Block], masses: Sequence[float]) -> frozenset[int]:
    """Indices of the blocks that hold a copy of the others.

    Spared: a long paragraph that its own page quotes less than three times. Cost: a story that stands in the
    page once in full and once cut into teasers of whole paragraphs is taken for the copy.
    """
    least = max(_LEAST, _SHARE * sum(masses))
    long_ones = [i for i, mass in enumerate(masses) if mass >= least]
    if not long_ones:
        return frozenset()
    pieces = [i for i, mass in enumerate(masses) if 0 < mass < least]
    found: set[int] = set()
    for i in long_ones:
        witness = Witness(letters(blocks[i].text))
        said = [len(blocks[k].text) for k in pieces if witness.share(blocks[k].text) > 0.5]
        if len(said) >= _PIECES and sum(said) >= _COVERED * len(blocks[i].text):
            found.add(i)
    return frozenset(found)
