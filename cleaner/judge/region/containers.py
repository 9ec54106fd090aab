"""Where the blocks of an HTML page stand: sums over each element's subtree, and what its ancestors say.

Enters: a `Page` with its `Elements`. Leaves: `Columns`, lists indexed by the rows of `Elements`, and a few
facts about the whole page. Elements without text are passed over, and keep their zeros.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judge.region.block_text import HookScore, hook_words
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Block, Elements, Page

# One bit for each ancestor that says something about what is inside it.
ASIDE, FOOTER, FIGURE, NAV, FORM = (1 << n for n in range(5))
_FLAGS = {
    "aside": ASIDE, "footer": FOOTER, "figure": FIGURE, "figcaption": FIGURE, "nav": NAV, "form": FORM,
    "label": FORM,
}  # fmt: skip
_BESIDE = ASIDE | FOOTER | NAV | FORM
_INLINE = frozenset(
    [
        "span",
        "a",
        "em",
        "strong",
        "b",
        "i",
        "font",
        "mark",
        "u",
        "small",
        "time",
        "abbr",
        "cite",
        "q",
        "s",
        "sub",
        "sup",
        "code",
        "kbd",
        "ins",
        "del",
        "big",
        "tt",
        "label",
        "bdi",
        "bdo",
        "wbr",
    ]
)
_COMMENTS = frozenset(
    [
        "comment",
        "comments",
        "commentlist",
        "commentbody",
        "commentarea",
        "disqus",
        "discussion",
        "comentarios",
        "commentaires",
        "kommentare",
        "kommentar",
    ]
)
_NEVER_COMMENTS = frozenset(["html", "body", "main", "a", "span", "button"])
# A page whose prose is all "comments" has a story in a container of that name.
_LEAST_STORY = 200
# An `<article>` with less of the page's prose than this is a card.
_LEAST_ARTICLE = 0.02


@dataclass(slots=True)
class Columns:
    """Sums over subtrees: linked characters `links`, `blocks`, and `prose`, less where its place speaks
    against it.

    What ancestors say: `flags`, `depth`, the learned score `own` of the element's names and its lowest,
    highest and total on the way down; `cards`, the longest run of alike siblings that the element or an
    ancestor is one of.
    """

    links: list[float]
    blocks: list[int]
    prose: list[float]
    flags: list[int]
    depth: list[int]
    own: list[float]
    low: list[float]
    high: list[float]
    total: list[float]
    cards: list[int]


def block_rows(blocks: Sequence[Block], elements: Elements) -> list[int]:
    """For each block the row of the nearest element that is not inline: `<p><span>…` stands where `<p>`
    does.
    """
    tags, parents = elements.tags, elements.parents
    rows: list[int] = []
    for block in blocks:
        row = block.place.element if block.place else 0
        while tags[row] in _INLINE and row:
            row = parents[row]
        rows.append(row)
    return rows


def in_comments(elements: Elements, bases: Sequence[int], masses: Sequence[float]) -> frozenset[int]:
    """Indices of the blocks under an element whose class or id says "comments".

    Readers' comments read like prose and outweigh a short story, so they must be gone before prose is
    weighed. Spared: a container that holds the page's first-level heading or all but a little of its prose.
    Cost: a story in a container called "discussion" beside another of any length is lost; no such page has
    been seen.
    """
    marked: list[tuple[int, int]] = []
    end = 0
    suspects = [
        row
        for row, hook in enumerate(elements.hooks)
        if hook and ("com" in hook or "kom" in hook or "dis" in hook)
    ]
    titles = [row for row, tag in enumerate(elements.tags) if tag == "h1"] if suspects else []
    for row in suspects:
        if row >= end and elements.tags[row] not in _NEVER_COMMENTS:
            after = elements.ends[row]
            titled = bisect_left(titles, row) < bisect_left(titles, after)
            if not titled and not _COMMENTS.isdisjoint(hook_words(elements.hooks[row])):
                end = after
                marked.append((row, after))
    if not marked:
        return frozenset()
    inside = frozenset(_within(bases, marked))
    rest = sum([m for i, m in enumerate(masses) if i not in inside])
    return inside if rest >= _LEAST_STORY else frozenset()


def _within(bases: Sequence[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Indices of the rows that lie in one of the spans; both run in document order, save for a joined table
    row.
    """
    found: list[int] = []
    at = 0
    for i, row in enumerate(bases):
        while at < len(spans) and spans[at][1] <= row:
            at += 1
        if at < len(spans) and spans[at][0] <= row:
            found.append(i)
    return found


def columns(  # noqa: PLR0917
    elements: Elements, blocks: Sequence[Block], bases: Sequence[int], sizes: Sequence[int],
    masses: Sequence[float], score: HookScore,
) -> Columns:  # fmt: skip
    """What blocks hold flows up, what ancestors say flows down."""
    n = len(elements.tags)
    ints, floats = [0] * n, [0.0] * n
    cols = Columns(
        links=floats[:], blocks=ints[:], prose=floats[:], flags=ints[:], depth=ints[:], own=floats[:],
        low=floats[:], high=floats[:], total=floats[:], cards=ints[:],
    )  # fmt: skip
    with_text = _sum_up(elements, blocks, bases, sizes, cols)
    _pass_down(elements, with_text, score, cols)
    _sum_prose(elements, bases, masses, cols)
    return cols


def _sum_up(
    elements: Elements, blocks: Sequence[Block], bases: Sequence[int], sizes: Sequence[int], cols: Columns
) -> list[int]:
    """Sum each subtree's text; returns the rows that have any, children before parents."""
    links, count, parents = cols.links, cols.blocks, elements.parents
    inner: set[int] = set()
    for block, row, length in zip(blocks, bases, sizes, strict=True):
        count[row] += 1
        if block.place is not None:
            links[row] += length * block.place.linked
            inner.add(block.place.element)
    with_text: list[int] = []
    for row in range(len(parents) - 1, 0, -1):
        if count[row]:
            parent = parents[row]
            links[parent] += links[row]
            count[parent] += count[row]
            with_text.append(row)
        elif row in inner:
            inner.add(parents[row])
            with_text.append(row)
    return with_text


def _pass_down(elements: Elements, with_text: Sequence[int], score: HookScore, cols: Columns) -> None:
    """Flags, depth, the scores of names and the runs of cards, from the root to each row with text."""
    tags, parents, hooks = elements.tags, elements.parents, elements.hooks
    flags, depth, own, low, high, total = cols.flags, cols.depth, cols.own, cols.low, cols.high, cols.total
    cards, runs = cols.cards, _runs(elements, with_text, cols)
    get = _FLAGS.get
    depth[0] = 1
    own[0] = total[0] = value = score(hooks[0])
    low[0], high[0] = min(0.0, value), max(0.0, value)
    for row in reversed(with_text):
        parent = parents[row]
        flags[row] = flags[parent] | get(tags[row], 0)
        depth[row] = depth[parent] + 1
        low[row], high[row], total[row], cards[row] = low[parent], high[parent], total[parent], cards[parent]
        hook = hooks[row]
        if hook:
            own[row] = value = score(hook)
            total[row] += value
            if value < low[row]:
                low[row] = value
            elif value > high[row]:
                high[row] = value
        if row in runs and runs[row] > cards[row]:
            cards[row] = runs[row]


def _runs(elements: Elements, with_text: Sequence[int], cols: Columns) -> dict[int, int]:
    """For each element that holds two blocks or more, some of it linked, how many siblings of its tag do so;
    runs of two are none.

    Teasers of other stories come as a run of such cards; the paragraphs of one story do not.
    """
    parents, tags, count, links = elements.parents, elements.tags, cols.blocks, cols.links
    found = {row: (parents[row], tags[row]) for row in with_text if count[row] > 1 and links[row] > 4}
    alike = Counter(found.values())
    return {row: alike[key] for row, key in found.items() if alike[key] > 2}


def discounted(mass: float, low: float, flags: int) -> float:
    """A block's prose, less where its place speaks against it: related stories must not outweigh the
    story.
    """
    return mass / (1.0 + math.exp(-2.5 - low * 1.5 + (1.5 if flags & _BESIDE else 0.0)))


def _sum_prose(elements: Elements, bases: Sequence[int], masses: Sequence[float], cols: Columns) -> None:
    """Sum the prose of each subtree."""
    prose, parents = cols.prose, elements.parents
    for base, mass in zip(bases, masses, strict=True):
        if mass:
            weight = discounted(mass, cols.low[base], cols.flags[base])
            row = base
            prose[row] += weight
            while row:
                row = parents[row]
                prose[row] += weight


def heaviest(elements: Elements, mass: Sequence[float], share: float) -> int:
    """The row of the innermost element that holds at least `share` of the page's prose."""
    need = share * mass[0]
    best, row, n = 0, 1, len(mass)
    while row < n:
        if mass[row] >= need and mass[row] > 0:
            best = row
            row += 1
        else:
            row = elements.ends[row]
    return best


def stories_so_far(elements: Elements, mass: Sequence[float]) -> list[int]:
    """By row the number of `<article>`s with prose up to it: pages that scroll into the next story have
    several.
    """
    least = _LEAST_ARTICLE * (mass[0] or 1.0)
    found: list[int] = []
    count = end = 0
    for row, tag in enumerate(elements.tags):
        if tag == "article" and row >= end and mass[row] > least:
            count += 1
            end = elements.ends[row]
        found.append(count)
    return found


def title_path(page: Page, elements: Elements, bases: Sequence[int]) -> frozenset[int]:
    """Rows of the element that shows the title and of all above it; empty where none does."""
    titles = [
        fold(t)
        for t in (page.title, *page.meta.get("og:title", ()), *page.meta.get("twitter:title", ()))
        if t
    ]
    shown = [b.index for b in page.blocks if b.level and _is_title(b.key, titles)]
    shown = shown or [b.index for b in page.blocks if b.level == 1]
    if not shown:
        return frozenset()
    row = bases[shown[0]]
    path = {row}
    while row:
        row = elements.parents[row]
        path.add(row)
    return frozenset(path)


def _is_title(key: str, titles: Sequence[str]) -> bool:
    """Whether a heading is one of the document's titles or a good part of it."""
    return 8 <= len(key) <= 300 and any(key in t or (len(t) > 20 and t in key) for t in titles)
