"""Structural heuristics that need to know what is link and what is picture: Markdown keeps both.

Each function answers with the indices of the blocks it would take out; `cleaner.judge.shapes.SHAPES` names
them. Plain text says nothing about links, and all of them abstain there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.judge.lines import View
    from cleaner.model import Block

# Characters inside links, as a share: what is left of a whole line is an icon's text or a full stop.
_ALL = 0.95
_TEASER_WORDS = 5
_FEWEST_ENTRIES = 4
_SHORT_ENTRY = 40


def captions(view: View) -> Iterable[int]:
    """The alternative text of pictures: it describes what the record does not have.

    Of 395 such texts on annotated pages that the other heuristics left, 289 are no part of the story, and the
    words of the others mostly stand in it anyway. Known cost: a chart's text with words of its own.
    """
    return [i for i, block in enumerate(view.blocks) if block.kind == "caption"]


def all_link(view: View) -> Iterable[int]:
    """A paragraph of five words or more that is one link: the title or the card of another story.

    Spares headings and list items, which stories link as a whole, and shorter lines, which are as often a
    name or a source. Known cost: a source set as a paragraph of its own ("Read the full report") goes.
    """
    return [
        i
        for i, block in enumerate(view.blocks)
        if block.kind in ("paragraph", "quote") and _is_link(block) and view.lines.words[i] >= _TEASER_WORDS
    ]


def menu(view: View) -> Iterable[int]:
    """A run of four short lines or more that are links: entries of a menu, however few words each has.

    Spares headings. Known cost: a story's own list of short links (its places, its dishes) goes.
    """
    found: list[int] = []
    run: list[int] = []
    for i, block in enumerate(view.blocks):
        if block.kind in ("paragraph", "list-item") and _is_link(block) and len(block.text) <= _SHORT_ENTRY:
            run.append(i)
            continue
        if len(run) >= _FEWEST_ENTRIES:
            found += run
        run = []
    return found + run if len(run) >= _FEWEST_ENTRIES else found


def _is_link(block: Block) -> bool:
    return block.place is not None and block.place.linked > _ALL
