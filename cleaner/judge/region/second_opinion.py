"""A second opinion: trafilatura's answer on a page our own judge is unsure of.

Asked rarely, as it costs five times the whole of our work. It is a witness, block by block; it never
brings in text of its own, so that the ledger stays whole.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleaner.judge.region.jsonld_witness import Witness, letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.model import Page

# Pages past these are not shown to it: its time grows with the square of the paragraphs, and of the annotated
# pages it was asked about, the three with more blocks than this were together no better for it.
MOST_BLOCKS = 600
MOST_CHARACTERS = 2_000_000
# It counts the cells of a table's row anew for each: 64,000 of them, which are one block here, take it 16 s.
MOST_ELEMENTS = 10_000
_LEAST_ANSWER = 150


def second_opinion(page: Page, indices: Sequence[int]) -> list[float] | None:
    """For each block the share of it that trafilatura keeps; None where it has no answer or is not asked."""
    if page.tree is None or page.elements is None or len(page.blocks) > MOST_BLOCKS:
        return None
    if len(page.elements.tags) > MOST_ELEMENTS:
        return None
    html = page.tree.html
    if not html or len(html) > MOST_CHARACTERS:
        return None
    answer = _extract(html)
    if len(answer) < _LEAST_ANSWER:
        return None
    witness = Witness(letters(answer))
    return [witness.share(page.blocks[i].text) for i in indices]


def _extract(html: str) -> str:
    """Text only: with its metadata on, a bad date makes it lose the whole page."""
    import trafilatura  # noqa: PLC0415 (0.4 s, and most runs never need it)

    with _quiet(logging.getLogger("trafilatura")):
        return trafilatura.extract(html, include_comments=False) or ""


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Errors on a page are no news to our caller meanwhile; afterwards the level is the caller's again."""
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
