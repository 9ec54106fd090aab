"""HTML blocks to numbers, once a page: what each block is, where it stands, and what stands around it.

Enters: a `Page` read from HTML. Leaves: a `Table`, one column for each feature and in it one value for each
candidate block; whole columns are filled and judged for less than row after row. The other blocks are no
candidates: menus and short texts far from any prose go unscored (`html_candidates.py`), readers' comments and
copies of the story are set aside under rules of their own. `FEATURES` is the one list of names, in the order
of the columns; `GROUP_OF` says which heuristic each speaks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.judge.region import containers as places
from cleaner.judge.region.block_text import HookScore, prose, size, wording
from cleaner.judge.region.copies import in_one_piece
from cleaner.judge.region.html_candidates import choose
from cleaner.judge.region.jsonld_witness import Witness, article_body

if TYPE_CHECKING:
    from cleaner.model import Block, Elements, Page

_TAG = {
    "p": 0, "div": 1, "span": 2, "li": 3, "a": 4, "td": 5, "section": 6, "article": 7, "h2": 8, "h3": 9,
    "h1": 10, "h4": 11, "h5": 12, "h6": 12, "strong": 13, "b": 13, "em": 14, "i": 14, "time": 15,
    "button": 16, "label": 17,
}  # fmt: skip
_OTHER_TAG = 18
_ENDS = {**dict.fromkeys(".!?\u2026\u3002\uff01\uff1f\u061f\u0964\"'\u201d\u2019\u00bb\u300d)", 1), ":": 2}
# A longer block, in characters, counts as this long: a dump of data must not outweigh the story around it.
_MOST = 3_000

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "layout/short-line": ("size", "ending", "level", "total", "count", "proses"),
    "layout/link-list": ("linked", "next_linked"),
    "layout/wording": ("phrase", "word_low", "word_mean"),
    "layout/repeated": ("repeats", "alike", "alike_count", "alike_parent"),
    "layout/section": ("in_footer", "in_figure", "tag"),
    "layout/class-name": ("hook_inner", "hook_own", "hook_low", "hook_sum", "hook_high"),
    "layout/region": (
        "mass_1", "mass_2", "mass_3", "cards", "under_50", "under_80", "under_95", "main_share",
    ),
    "layout/outside-story": (
        "other_article", "fork", "story", "where", "prose_before", "prose_after", "from_h1",
    ),
    "layout/articlebody": ("witnessed",),
}  # fmt: skip
GROUP_OF: Mapping[str, str] = {name: group for group, names in _GROUPS.items() for name in names}

FEATURES: tuple[str, ...] = (
    "size", "linked", "ending", "level", "phrase", "repeats", "word_low", "word_mean",
    "in_footer", "in_figure", "tag", "hook_inner", "hook_own", "hook_low", "hook_sum", "hook_high", "cards",
    "other_article", "fork", "under_50", "under_80", "under_95", "story",
    "mass_1", "mass_2", "mass_3", "alike_parent",
    "where", "prose_before", "prose_after", "from_h1", "next_linked", "alike", "alike_count",
    "main_share", "total", "count", "proses", "witnessed",
)  # fmt: skip

Scan = Callable[[Sequence[int]], Collection[int]]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` stand in the order of `FEATURES`, and hold one value for each of the `candidates`.

    `boxes[i]` and `outer[i]` are the rows in `Elements` of its container and of that one's container;
    `aside` names the rule behind each block that was set aside beforehand.
    """

    candidates: tuple[int, ...]
    columns: tuple[Sequence[float], ...]
    boxes: tuple[int, ...]
    outer: tuple[int, ...]
    aside: Mapping[int, str]

    @property
    def rows(self) -> list[tuple[float, ...]]:
        """The features of each candidate."""
        return list(zip(*self.columns, strict=True))


def build(page: Page, score: HookScore, scan: Scan, said: Mapping[str, float]) -> Table:
    """All features of a page. `scan` tells which of some blocks the generic rules hit; it is asked once."""
    if page.elements is None:
        return Table((), tuple(() for _ in FEATURES), (), (), {})
    view = PageView(page, page.elements, score, said)
    candidates = choose(view)
    phrases = scan(candidates)
    parents = page.elements.parents
    boxes = [parents[view.bases[i]] for i in candidates]
    found = view.columns(candidates, boxes, phrases)
    outer = tuple([parents[r] for r in boxes])
    columns = tuple([found[name] for name in FEATURES])
    return Table(tuple(candidates), columns, tuple(boxes), outer, view.aside)


def candidates_of(page: Page) -> list[int]:
    """The blocks that `build` makes rows for."""
    return choose(PageView(page, page.elements, lambda _: 0.0, {})) if page.elements is not None else []


@dataclass(frozen=True, slots=True)
class _Box:
    """What the blocks of one container share.

    `mass_1` is the share of the page's prose in it, the next two that of the containers around it, `alike`
    that of containers like it. `article`: whether one lies between it and the way to the title; `fork`: how
    deep the two ways part.
    """

    mass_1: float
    mass_2: float
    mass_3: float
    alike: float
    article: bool
    fork: int


class PageView:
    """What the blocks of one page share, worked out once."""

    def __init__(self, page: Page, elements: Elements, score: HookScore, said: Mapping[str, float]) -> None:
        blocks = page.blocks
        self.blocks, self.elements, self.said = blocks, elements, said
        sizes = [size(b.text) for b in blocks]
        self.linked = [b.place.linked if b.place else 0.0 for b in blocks]
        masses = [prose(b.text, n, x) for b, n, x in zip(blocks, sizes, self.linked, strict=True)]
        self.bases = places.block_rows(blocks, elements)
        self.aside = self._set_aside(masses)
        if max(sizes, default=0) > _MOST:
            sizes, masses = [min(_MOST, n) for n in sizes], [min(_MOST, m) for m in masses]
        if self.aside:
            masses = [0.0 if i in self.aside else m for i, m in enumerate(masses)]
        self.sizes, self.masses = sizes, masses
        self.proses = [i for i, m in enumerate(masses) if m]
        cols = self.cols = places.columns(elements, blocks, self.bases, self.sizes, masses, score)
        self.whole = cols.fair[0] or 1.0
        self.half, self.most, self.all = (places.heaviest(elements, cols.fair, s) for s in (0.5, 0.8, 0.95))
        self.path = places.title_path(page, elements, self.bases)
        self.titled_article = any(elements.tags[row] == "article" for row in self.path)
        self.h1 = next((b.index for b in blocks if b.level == 1), None)
        self.stories = places.stories_so_far(elements, cols.fair)
        self.witness = Witness(article_body(page.jsonld))
        self.page = {
            "main_share": cols.fair[self.half] / self.whole, "total": self.whole, "count": len(blocks),
            "proses": len(self.proses),
        }  # fmt: skip
        self._count_alike()

    def _set_aside(self, masses: Sequence[float]) -> dict[int, str]:
        """The rule behind each block that is not weighed for what it is: readers' comments, and a copy of the
        story. A copy is no story beside which a container of that name could be spared, and one of comments
        alone is no copy of the story.
        """
        copies = in_one_piece(self.blocks, masses)
        left = [0.0 if i in copies else m for i, m in enumerate(masses)] if copies else masses
        comments = places.in_comments(self.elements, self.bases, left)
        if copies and comments:
            copies = in_one_piece(self.blocks, [0.0 if i in comments else m for i, m in enumerate(masses)])
        return dict.fromkeys(copies, "layout/copy") | dict.fromkeys(comments, "layout/comments")

    def _count_alike(self) -> None:
        """How often a text comes, how much prose is written in the same element and class, how much came
        before.
        """
        tags, hooks, parents = self.elements.tags, self.elements.hooks, self.elements.parents
        self.repeats = Counter([b.key for b in self.blocks])
        self.alike_count = Counter([(tags[row], hooks[row]) for row in self.bases])
        self.alike: dict[tuple[str, str], float] = {}
        self.alike_parent: dict[tuple[str, str], float] = {}
        weights = [0.0] * len(self.blocks)
        for i in self.proses:
            row = self.bases[i]
            up = parents[row]
            weight = weights[i] = places.fair_mass(self.masses[i], self.cols.low[row], self.cols.flags[row])
            mine, above = (tags[row], hooks[row]), (tags[up], hooks[up])
            self.alike[mine] = self.alike.get(mine, 0.0) + weight
            self.alike_parent[above] = self.alike_parent.get(above, 0.0) + weight
        self.before = list(accumulate(weights, initial=0.0))

    def columns(
        self, candidates: Sequence[int], ups: Sequence[int], phrases: Collection[int]
    ) -> dict[str, Sequence[float]]:
        """The features of some blocks by name; `ups` are the rows of their containers."""
        blocks = [self.blocks[i] for i in candidates]
        rows = [self.bases[i] for i in candidates]
        boxes = {up: self._box(up) for up in set(ups)}
        return {
            "phrase": [i in phrases for i in candidates],
            **self._text(blocks),
            **self._place(blocks, rows),
            **self._way(rows, [boxes[up] for up in ups]),
            **self._around(candidates),
            **self._alike(rows),
            **{name: [value] * len(rows) for name, value in self.page.items()},
        }

    def _text(self, blocks: Sequence[Block]) -> dict[str, Sequence[float]]:
        """What the blocks say of themselves."""
        worded = [wording(b.key, self.said) for b in blocks]
        witness = self.witness
        return {
            "size": [self.sizes[b.index] for b in blocks],
            "linked": [self.linked[b.index] for b in blocks],
            "ending": [_ENDS.get(b.text[-1], 0) for b in blocks],
            "level": [b.level for b in blocks],
            "repeats": [self.repeats[b.key] for b in blocks],
            "word_low": [low for low, _ in worded],
            "word_mean": [mean for _, mean in worded],
            "witnessed": [witness.share(b.text) for b in blocks] if witness else [-1.0] * len(blocks),
        }

    def _place(self, blocks: Sequence[Block], rows: Sequence[int]) -> dict[str, Sequence[float]]:
        """Where they stand: ancestors, class names, the story's containers."""
        c, e = self.cols, self.elements
        inner = [b.place.element if b.place else 0 for b in blocks]
        under = {
            name: [start <= row < end for row in rows]
            for name, start in (("under_50", self.half), ("under_80", self.most), ("under_95", self.all))
            for end in (e.ends[start],)
        }
        return {
            "in_footer": [c.flags[row] & places.FOOTER > 0 for row in rows],
            "in_figure": [c.flags[row] & places.FIGURE > 0 for row in rows],
            "tag": [_TAG.get(e.tags[row], _OTHER_TAG) for row in rows],
            "hook_inner": [c.own[row] for row in inner],
            "hook_own": [c.own[row] for row in rows],
            "hook_low": [c.low[row] for row in inner],
            "hook_sum": [c.total[row] for row in rows],
            "hook_high": [c.high[row] for row in rows],
            "cards": [c.cards[row] for row in rows],
            "story": [self.stories[row] for row in rows],
            **under,
        }

    def _way(self, rows: Sequence[int], boxes: Sequence[_Box]) -> dict[str, Sequence[float]]:
        """How far from the title's container, and how much prose their own containers hold."""
        path, tags, depth = self.path, self.elements.tags, self.cols.depth
        weight = 2 if self.titled_article else 1
        return {
            "other_article": [
                weight if row not in path and (box.article or tags[row] == "article") else 0
                for row, box in zip(rows, boxes, strict=True)
            ],
            "fork": [depth[row] if row in path else box.fork for row, box in zip(rows, boxes, strict=True)],
            "mass_1": [box.mass_1 for box in boxes],
            "mass_2": [box.mass_2 for box in boxes],
            "mass_3": [box.mass_3 for box in boxes],
            "alike_parent": [box.alike for box in boxes],
        }

    def _box(self, one: int) -> _Box:
        """What all blocks of one container share."""
        c, e, whole = self.cols, self.elements, self.whole
        two = e.parents[one]
        alike = self.alike_parent.get((e.tags[one], e.hooks[one]), 0.0) / whole
        article, fork = False, one
        while fork and fork not in self.path:
            article = article or e.tags[fork] == "article"
            fork = e.parents[fork]
        return _Box(
            c.fair[one] / whole, c.fair[two] / whole, c.fair[e.parents[two]] / whole, alike, article,
            c.depth[fork],
        )  # fmt: skip

    def _around(self, candidates: Sequence[int]) -> dict[str, Sequence[float]]:
        """What stands before and after them."""
        whole, before, h1, count = self.whole, self.before, self.h1, len(self.blocks)
        return {
            "where": [i / count for i in candidates],
            "prose_before": [before[i] / whole for i in candidates],
            "prose_after": [1.0 - before[i + 1] / whole for i in candidates],
            "from_h1": [min(99, i - h1) if h1 is not None else -99 for i in candidates],
            "next_linked": [self.linked[i + 1] if i + 1 < count else -1.0 for i in candidates],
        }

    def _alike(self, rows: Sequence[int]) -> dict[str, Sequence[float]]:
        """How much of the page is written in the same element and class."""
        tags, hooks, whole = self.elements.tags, self.elements.hooks, self.whole
        mine = [(tags[row], hooks[row]) for row in rows]
        return {
            "alike": [self.alike.get(x, 0.0) / whole for x in mine],
            "alike_count": [self.alike_count[x] for x in mine],
        }
