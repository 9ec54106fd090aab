"""Text taken off printed pages: running heads and page numbers between form feeds, words parted at line ends.

Enters: decoded text. Leaves: its lines without the running heads, and these apart. Only form feeds say where
a page ends, as PDF and OCR tools set them; without them nothing is looked for. A running head is the first or
last line of at least three pages and of half of all, page numbers aside. Known cost: a refrain at the foot of
every page goes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FORM_FEED = "\f"
_FEWEST_PAGES = 3
_LONGEST_HEAD = 100
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE
)
_PARTED = re.compile(r"(\w*[^\W\d_]{2})[-\u00ad\u2010]$")
_NEXT = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Printed(NamedTuple):
    """`heads` are the lines that stand on every page; `lines` the rest."""

    lines: list[str]
    heads: list[str]


def without_heads(text: str) -> Printed:
    """The lines of a text less its running heads; all of them where there are no pages."""
    if text.count(FORM_FEED) < _FEWEST_PAGES - 1:
        return Printed(text.splitlines(), [])
    pages = [page.splitlines() for page in text.split(FORM_FEED)]
    edges = [_edges(page) for page in pages]
    counts = Counter(
        key for page, own in zip(pages, edges, strict=True) for key in {_key(page[i]) for i in own}
    )
    least = max(_FEWEST_PAGES, len([page for page in pages if page]) / 2)
    lines: list[str] = []
    heads: list[str] = []
    for page, own in zip(pages, edges, strict=True):
        for i, line in enumerate(page):
            on_rim = i in own and (counts[_key(line)] >= least or _PAGE_NUMBER.match(line) is not None)
            (heads if on_rim else lines).append(line)
    return Printed(lines, heads)


def _edges(page: Sequence[str]) -> Collection[int]:
    """Indices of the first and the last line with text, if they are short."""
    filled = [i for i, line in enumerate(page) if line.strip()]
    return {i for i in (*filled[:1], *filled[-1:]) if len(page[i].strip()) <= _LONGEST_HEAD}


def _key(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).casefold())


def vocabulary(lines: Sequence[str]) -> frozenset[str]:
    """The words of a text, hyphenated ones whole, to tell a parted word from a compound."""
    return frozenset(word for line in lines for word in _WORD.findall(line.casefold()))


def is_parted_word(before: str, after: str) -> bool:
    """Whether a word may be parted between the two lines."""
    return _PARTED.search(before) is not None and after[:1].islower()


def rejoined(before: str, after: str, known: Collection[str]) -> str | None:
    """The two lines as one where a word is parted between them, else None.

    The hyphen stays in a compound that the text writes with it elsewhere, and before a capital or digit.
    Known cost: a compound that only stands here, across a line end, loses its hyphen.
    """
    parted, following = _PARTED.search(before), _NEXT.match(after)
    if parted is None or following is None or not following[0][0].islower():
        return None
    first, second = parted[1].casefold(), following[0].casefold()
    if f"{first}-{second}" in known and f"{first}{second}" not in known:
        return before + after
    return before[:-1] + after
