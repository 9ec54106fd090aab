"""HTML blocks to numbers, once a page: what each block is, where it stands, and what stands around it.

Enters: a `Page` read from HTML. Leaves: a `Table`, one row of features for each candidate block. The other blocks
(short link texts far from any prose) are no candidates: they go to the region rule unscored.
`FEATURES` is the one list of names, in the order of the columns; `GROUP_OF` says which heuristic each speaks for.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from cleaner.judge.witness import article_body, share_seen
from cleaner.model import Block, Elements, Page
from cleaner.normalise import fold

# One bit for each ancestor that says something about what is inside it.
_FLAGS = {
    "article": 1, "main": 2, "aside": 4, "footer": 8, "header": 16, "nav": 32, "form": 64, "figure": 128,
    "figcaption": 128, "ul": 256, "ol": 512, "table": 1024, "a": 2048, "button": 4096, "details": 8192,
    "dialog": 8192, "blockquote": 16384, "section": 32768, "dl": 256, "label": 64, "p": 65536,
}  # fmt: skip
_BITS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
_KIND = {"heading": 0, "paragraph": 1, "list-item": 2, "caption": 3, "quote": 4, "code": 5, "table-row": 6, "envelope": 7}
_TAG = {"p": 0, "div": 1, "span": 2, "li": 3, "a": 4, "td": 5, "section": 6, "article": 7, "h2": 8, "h3": 9, "h1": 10,
        "h4": 11, "h5": 12, "h6": 12, "strong": 13, "b": 13, "em": 14, "i": 14, "time": 15, "button": 16, "label": 17}  # fmt: skip
_CJK = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_DIGIT = re.compile(r"\d")
_STOPS = re.compile("[.!?\u2026\u3002\uff01\uff1f\u061f\u0964]")
_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u0964\"'\u201d\u2019\u00bb\u300d)")
_ODD = re.compile(r"[|\u00a9\u00bb\u203a\u2192\u25b6\u2022@#/]")
_TOKEN = re.compile(r"[a-z]+")
# A block this long with a sentence's end in it is prose; shorter ones follow what is around them.
PROSE = 60
# How far from prose, in blocks, a short text may stand and still be weighed.
_REACH = 6
# A link stands in the story or right below it; further off it is a menu's or a list's.
_LINK_REACH = 2

FEATURES: tuple[str, ...] = (
    "size", "spaces", "linked", "ending", "stops", "commas", "capital", "shouting", "digits", "kind", "level",
    "phrase", "repeats", "titled", "odd", "quoted", "word_low", "word_mean", "word_high", "data",
    *(f"in_{n}" for n in ("article", "main", "aside", "footer", "header", "nav", "form", "figure", "list", "numbered",
                          "table", "link", "button", "details", "quote", "section", "p")),
    "tag", "inner_tag", "depth", "hook_inner", "hook_own", "hook_parent", "hook_grand", "hook_low", "hook_sum", "hook_high",
    "mass_1", "mass_2", "mass_3", "mass_4", "mass_6", "cards", "to_title", "other_article", "fork", "crowd_1", "crowd_2", "crowd_3", "links_1", "links_2", "links_3",
    "under_50", "under_80", "under_95", "above_50", "main_share",
    "h1s", "story", "stories", "where", "prose_before", "prose_after", "from_prose", "to_prose", "gap_before", "gap_after", "from_h1",
    "prev_size", "prev_linked", "prev_kind", "prev_same", "next_size", "next_linked", "next_kind", "next_same",
    "prev2_size", "next2_size", "prev_phrase", "next_phrase",
    "alike", "alike_count", "alike_parent", "items", "total", "count", "proses", "witness", "witnessed",
)  # fmt: skip
_GROUPS = {
    "layout/short-line": "size spaces ending stops commas capital shouting digits kind level odd quoted total count proses",
    "layout/link-list": "linked in_link in_list in_numbered links_1 links_2 links_3 items",
    "layout/wording": "word_low word_mean word_high data phrase prev_phrase next_phrase",
    "layout/repeated": "repeats titled alike alike_count alike_parent",
    "layout/section": "in_article in_main in_aside in_footer in_header in_nav in_form in_figure in_table in_button "
                      "in_details in_quote in_section in_p tag inner_tag depth",
    "layout/class-name": "hook_inner hook_own hook_parent hook_grand hook_low hook_sum hook_high",
    "layout/region": "mass_1 mass_2 mass_3 mass_4 mass_6 cards crowd_1 crowd_2 crowd_3 under_50 under_80 under_95 above_50 main_share",
    "layout/outside-story": "to_title other_article fork h1s story stories where prose_before prose_after from_prose to_prose gap_before gap_after from_h1",
    "layout/neighbours": "prev_size prev_linked prev_kind prev_same next_size next_linked next_kind next_same prev2_size next2_size",
    "layout/articlebody": "witness witnessed",
}  # fmt: skip
GROUP_OF: dict[str, str] = {name: group for group, names in _GROUPS.items() for name in names.split()}

HookScore = Callable[[str], float]
Scan = Callable[[Sequence[int]], Set[int]]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows[i]` are the features of block `candidates[i]`, in the order of `FEATURES`.

    `boxes[i]` and `outer[i]` are the rows in `Elements` of its container and of that one's container.
    """

    candidates: tuple[int, ...]
    rows: tuple[list[float], ...]
    boxes: tuple[int, ...]
    outer: tuple[int, ...]


def size(text: str) -> int:
    """Length in characters of an alphabetic script; one of a script without spaces counts for three."""
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(_CJK.findall(text))


def prose(text: str, length: int, linked: float) -> float:
    """How much running text a block holds, in characters; 0.0 for labels, links and lists of names."""
    if length < PROSE or linked > 0.6 or not _STOPS.search(text):
        return 0.0
    return length * (1.0 - linked)


def hook_tokens(hook: str) -> list[str]:
    """The words of an element's classes, id and roles, and the names that they make up."""
    words = _TOKEN.findall(hook)
    return words + [n for n in hook.split() if n not in words] if "-" in hook or "_" in hook else words


_WORD = re.compile(r"[^\W\d_]{2,}")
# The first words tell a label, a plea or a teaser; a story's paragraph is known by its length.
_WORDS = 24


def words(key: str) -> list[str]:
    """The first words of a folded line."""
    return _WORD.findall(key[:240])[:_WORDS]


def wording(key: str, scores: Mapping[str, float]) -> tuple[float, float, float]:
    """Lowest, mean and highest score of a line's first words; zeros where none is known."""
    found = [scores[w] for w in words(key) if w in scores]
    return (min(found), sum(found) / len(found), max(found)) if found else (0.0, 0.0, 0.0)


def hook_scorer(scores: Mapping[str, float]) -> HookScore:
    """The score of a whole hook: its most telling words on either side, remembered, as pages repeat their classes."""
    seen: dict[str, float] = {"": 0.0}

    def score(hook: str) -> float:
        value = seen.get(hook)
        if value is None:
            found = [scores[t] for t in hook_tokens(hook) if t in scores]
            value = (max(0.0, *found) + min(0.0, *found)) if found else 0.0
            if len(seen) > 50_000:
                seen.clear()
            seen[hook] = value
        return value

    return score


_SIDE = 4 | 8 | 32 | 64
_INLINE = frozenset(
    "span a em strong b i font mark u small time abbr cite q s sub sup code kbd ins del big tt label bdi bdo wbr".split()
)


_COMMENTS = frozenset(
    "comment comments commentlist commentbody commentarea disqus discussion comentarios commentaires kommentare kommentar".split()
)
# A page whose prose is all "comments" has a story in a container of that name.
_LEAST_STORY = 200


def in_comments(elements: Elements, bases: Sequence[int], masses: Sequence[float]) -> frozenset[int]:
    """Indices of the blocks under an element whose class or id says "comments".

    Readers' comments read like prose and outweigh a short story, so they must be gone before prose is weighed.
    Spared: a container that holds the page's headline or all but a little of its prose. Cost: a story in a
    container called "discussion" beside another of any length is lost; no such page has been seen.
    """
    marked: list[tuple[int, int]] = []
    end = 0
    for row, hook in enumerate(elements.hooks):
        if row >= end and hook and ("com" in hook or "kom" in hook or "dis" in hook):
            if not _COMMENTS.isdisjoint(_TOKEN.findall(hook)) and elements.tags[row] not in ("html", "body", "main", "a", "span", "button"):
                if "h1" not in elements.tags[row : elements.ends[row]]:
                    end = elements.ends[row]
                    marked.append((row, end))
    if not marked:
        return frozenset()
    inside = frozenset(i for i, row in enumerate(bases) if any(a <= row < b for a, b in marked))
    rest = sum(m for i, m in enumerate(masses) if i not in inside)
    return inside if rest >= _LEAST_STORY else frozenset()


def _bases(blocks: Sequence[Block], elements: Elements) -> list[int]:
    """For each block the row of the nearest element that is not inline: `<p><span>…` stands where `<p>` does."""
    tags, parents = elements.tags, elements.parents
    rows: list[int] = []
    for block in blocks:
        row = block.place.element if block.place else 0
        while tags[row] in _INLINE and row:
            row = parents[row]
        rows.append(row)
    return rows


@dataclass(slots=True)
class _Columns:
    """Sums over each element's subtree, by row of `Elements`."""

    chars: list[int]
    links: list[float]
    blocks: list[int]
    flags: list[int]
    depth: list[int]
    own: list[float]
    low: list[float]
    total: list[float]
    high: list[float]
    fair: list[float]
    cards: list[int]


def _columns(
    elements: Elements, blocks: Sequence[Block], bases: Sequence[int], sizes: Sequence[int],
    masses: Sequence[float], score: HookScore,
) -> _Columns:  # fmt: skip
    """What blocks hold flows up, what ancestors say flows down; elements without text are passed over."""
    n = len(elements.tags)
    tags, parents, hooks = elements.tags, elements.parents, elements.hooks
    links, chars, count = [0.0] * n, [0] * n, [0] * n
    for block, row, length in zip(blocks, bases, sizes, strict=True):
        chars[row] += length
        links[row] += length * (block.place.linked if block.place else 0.0)
        count[row] += 1
    inner = {block.place.element for block in blocks if block.place}
    told = []
    for row in range(n - 1, 0, -1):
        if count[row]:
            parent = parents[row]
            chars[parent] += chars[row]
            links[parent] += links[row]
            count[parent] += count[row]
            told.append(row)
        elif row in inner:
            inner.add(parents[row])
            told.append(row)
    cols = _Columns(
        chars, links, count, [0] * n, [0] * n, [0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n, [0] * n
    )
    flags, depth, own, low, high, total = cols.flags, cols.depth, cols.own, cols.low, cols.high, cols.total
    depth[0] = 1
    own[0] = total[0] = value = score(hooks[0])
    low[0], high[0] = min(0.0, value), max(0.0, value)
    get = _FLAGS.get
    for row in reversed(told):
        parent = parents[row]
        flags[row] = flags[parent] | get(tags[row], 0)
        depth[row] = depth[parent] + 1
        hook = hooks[row]
        if hook:
            own[row] = value = score(hook)
            low[row] = min(low[parent], value)
            high[row] = max(high[parent], value)
            total[row] = total[parent] + value
        else:
            low[row], high[row], total[row] = low[parent], high[parent], total[parent]
    _weigh_fairly(elements, bases, masses, cols)
    _count_cards(elements, told, cols)
    return cols


def _fair(mass: float, low: float, flags: int) -> float:
    """A block's prose, less where its place speaks against it."""
    return mass / (1.0 + math.exp(-2.5 - low * 1.5 + (1.5 if flags & _SIDE else 0.0)))


def _weigh_fairly(elements: Elements, bases: Sequence[int], masses: Sequence[float], cols: _Columns) -> None:
    """Sum the prose of each subtree."""
    fair, parents = cols.fair, elements.parents
    for row, mass in zip(bases, masses, strict=True):
        if mass:
            weight = _fair(mass, cols.low[row], cols.flags[row])
            fair[row] += weight
            while row:
                row = parents[row]  # noqa: PLW2901
                fair[row] += weight


def _count_cards(elements: Elements, told: Sequence[int], cols: _Columns) -> None:
    """For each element how many siblings of the same tag hold two blocks or more, some of it linked.

    Teasers of other stories come as a run of such cards; the paragraphs of one story do not.
    """
    alike: dict[tuple[int, str], int] = {}
    parents, tags, cards, count, links = elements.parents, elements.tags, cols.cards, cols.blocks, cols.links
    for row in told:
        if count[row] > 1 and links[row] > 4:
            key = parents[row], tags[row]
            alike[key] = alike.get(key, 0) + 1
    for row in reversed(told):
        parent = parents[row]
        run = alike[parent, tags[row]] if count[row] > 1 and links[row] > 4 else 0
        cards[row] = max(cards[parent], run if run > 2 else 0)


def _heaviest(elements: Elements, mass: Sequence[float], share: float) -> int:
    """The innermost element that holds at least `share` of the page's prose."""
    need = share * mass[0]
    best = 0
    row = 1
    n = len(mass)
    while row < n:
        if mass[row] >= need and mass[row] > 0:
            best = row
            row += 1
        else:
            row = elements.ends[row]
    return best


def _nearest(proses: Sequence[int], index: int, nothing: int) -> tuple[int, int]:
    """Distance in blocks back and forth to the nearest prose."""
    at = bisect_left(proses, index)
    after = proses[at] - index if at < len(proses) else nothing
    before = index - proses[at - 1] if at else nothing
    return before, after


def _candidates(blocks: Sequence[Block], proses: Sequence[int], masses: Sequence[float]) -> list[int]:
    """Prose, and whatever stands within reach of prose."""
    if not proses:
        return list(range(len(blocks)))
    wanted: list[int] = []
    for index, weight in enumerate(masses):
        if weight:
            wanted.append(index)
            continue
        place = blocks[index].place
        reach = _LINK_REACH if place is not None and place.linked > 0.8 else _REACH
        if min(_nearest(proses, index, 99)) <= reach:
            wanted.append(index)
    return wanted


def candidates_of(page: Page) -> list[int]:
    """The blocks that `build` makes rows for, before comments are known."""
    sizes = [size(b.text) for b in page.blocks]
    masses = [prose(b.text, n, b.place.linked if b.place else 0.0) for b, n in zip(page.blocks, sizes, strict=True)]
    return _candidates(page.blocks, [i for i, m in enumerate(masses) if m], masses)


def build(page: Page, score: HookScore, scan: Scan, said: Mapping[str, float]) -> Table:
    """All features of a page. `scan` tells which of some blocks the generic rules hit; it is asked once."""
    blocks, elements = page.blocks, page.elements
    if elements is None:
        return Table((), (), (), ())
    sizes = [size(b.text) for b in blocks]
    masses = [prose(b.text, n, b.place.linked if b.place else 0.0) for b, n in zip(blocks, sizes, strict=True)]
    bases = _bases(blocks, elements)
    comments = in_comments(elements, bases, masses)
    if comments:
        masses = [0.0 if i in comments else m for i, m in enumerate(masses)]
    cols = _columns(elements, blocks, bases, sizes, masses, score)
    proses = [i for i, m in enumerate(masses) if m]
    candidates = [i for i in _candidates(blocks, proses, masses) if i not in comments]
    phrases = scan(candidates)
    work = _Work(page, elements, bases, sizes, masses, cols, proses, phrases, said)
    boxes = [elements.parents[bases[i]] for i in candidates]
    return Table(
        tuple(candidates), tuple([work.row(i) for i in candidates]), tuple(boxes), tuple([elements.parents[r] for r in boxes])
    )


class _Work:
    """What the rows of one page share, worked out once."""

    def __init__(
        self, page: Page, elements: Elements, bases: list[int], sizes: list[int], masses: list[float], cols: _Columns,
        proses: list[int], phrases: Set[int], said: Mapping[str, float],
    ) -> None:  # fmt: skip
        self.blocks, self.elements, self.bases, self.sizes, self.masses = page.blocks, elements, bases, sizes, masses
        self.cols, self.proses, self.phrases, self.said = cols, proses, phrases, said
        self.whole = cols.fair[0] or 1.0
        self.half, self.most, self.all = (_heaviest(elements, cols.fair, s) for s in (0.5, 0.8, 0.95))
        self.titles = _titles(page)
        self.path = _title_path(page, elements, bases, self.titles)
        self.titled_article = _titled_article(elements, self.path)
        self.h1 = next((b.index for b in page.blocks if b.level == 1), -1)
        self.repeats: dict[str, int] = {}
        self.alike: dict[tuple[str, str], float] = {}
        self.alike_count: dict[tuple[str, str], int] = {}
        self.alike_parent: dict[tuple[str, str], float] = {}
        self.before = [0.0]
        low, flags = cols.low, cols.flags
        for block, row, mass in zip(page.blocks, bases, masses, strict=True):
            weight = _fair(mass, low[row], flags[row]) if mass else 0.0
            self.repeats[block.key] = self.repeats.get(block.key, 0) + 1
            self.before.append(self.before[-1] + weight)
            mine, parents = self.signatures(block)
            self.alike[mine] = self.alike.get(mine, 0.0) + weight
            self.alike_count[mine] = self.alike_count.get(mine, 0) + 1
            self.alike_parent[parents] = self.alike_parent.get(parents, 0.0) + weight
        self.witness = article_body(page.jsonld)
        self.h1s, self.stories = _ordinals(page, elements, bases, cols.fair, self.whole)

    def signatures(self, block: Block) -> tuple[tuple[str, str], tuple[str, str]]:
        """How the block's element and its parent are written: paragraphs of one story are written alike."""
        row = self.bases[block.index]
        e = self.elements
        up = e.parents[row]
        return (e.tags[row], e.hooks[row]), (e.tags[up], e.hooks[up])

    def text_part(self, block: Block, length: int) -> list[float]:
        """What the block says of itself."""
        text, key = block.text, block.key
        last = text[-1]
        short = length <= 200
        return [
            length, text.count(" "), block.place.linked if block.place else 0.0,
            1 if last in _ENDS else 2 if last == ":" else 0,
            len(_STOPS.findall(text)) if length < 2000 else 20, text.count(",") + text.count("\u3001") + text.count("\uff0c"),
            text[0].isupper(), short and text.isupper(), len(_DIGIT.findall(text)) if short else -1,
            _KIND[block.kind], block.level, block.index in self.phrases, self.repeats[key],
            _titled(key, self.titles), len(_ODD.findall(text)) if short else -1, text[0] in "\"'\u201c\u2018\u201e\u00ab\u300c",
            *wording(key, self.said), text[0] in "{[<" and text[-1] in "}]>;",
        ]  # fmt: skip

    def climb(self, row: int) -> tuple[int, int, int]:
        """Steps up to an ancestor of the title; and whether an `<article>` without the title lies between; that ancestor's depth."""
        steps = between = 0
        while row and row not in self.path:
            between |= self.elements.tags[row] == "article"
            row = self.elements.parents[row]
            steps += 1
        return steps, between, self.cols.depth[row]

    def place_part(self, row: int, inner: int) -> list[float]:
        """Where it stands: ancestors, class names, how much of the page's prose is near."""
        c, e = self.cols, self.elements
        flags = c.flags[row]
        ups = [row]
        climb = self.climb(row)
        for _ in range(6):
            ups.append(e.parents[ups[-1]])
        whole = self.whole
        _, one, two, three, four, _, six = ups
        ends = e.ends
        part: list[float] = [1 if flags & bit else 0 for bit in _BITS]
        part += [
            _TAG.get(e.tags[row], 18), _TAG.get(e.tags[inner], 18), c.depth[row], c.own[inner], c.own[row], c.own[one],
            c.own[two], c.low[inner], c.total[row], c.high[row],
            c.fair[one] / whole, c.fair[two] / whole, c.fair[three] / whole, c.fair[four] / whole, c.fair[six] / whole,
            c.cards[row], climb[0] if self.path else -1, climb[1] * (2 if self.titled_article else 1), climb[2],
            c.blocks[one], c.blocks[two], c.blocks[three],
            c.links[one] / (c.chars[one] or 1), c.links[two] / (c.chars[two] or 1), c.links[three] / (c.chars[three] or 1),
            self.half <= row < ends[self.half], self.most <= row < ends[self.most], self.all <= row < ends[self.all],
            c.depth[row] - c.depth[self.half], c.fair[self.half] / whole,
        ]  # fmt: skip
        return part

    def around_part(self, i: int, row: int) -> list[float]:
        """What stands before and after it."""
        blocks, sizes = self.blocks, self.sizes
        n = len(blocks)
        back, forth = _nearest(self.proses, i, 60)
        part: list[float] = [
            self.h1s[i], self.stories[row], self.stories[-1], i / n, self.before[i] / self.whole, 1.0 - self.before[i + 1] / self.whole, back, forth,
            sum(sizes[max(0, i - back + 1) : i]) if back < 20 else 2000, sum(sizes[i + 1 : i + forth]) if forth < 20 else 2000,
            min(99, i - self.h1) if self.h1 >= 0 else -99,
        ]  # fmt: skip
        up = self.elements.parents[row]
        for j in (i - 1, i + 1):
            if 0 <= j < n:
                other = blocks[j]
                same = self.elements.parents[self.bases[j]] == up
                part += [sizes[j], other.place.linked if other.place else 0.0, _KIND[other.kind], same]
            else:
                part += [-1, -1.0, -1, 0]
        part += [
            sizes[i - 2] if i > 1 else -1, sizes[i + 2] if i + 2 < n else -1,
            i - 1 in self.phrases, i + 1 in self.phrases,
        ]  # fmt: skip
        return part

    def row(self, i: int) -> list[float]:
        """One block's features, in the order of `FEATURES`."""
        block = self.blocks[i]
        row = self.bases[i]
        mine, parents = self.signatures(block)
        e = self.elements
        rest: list[float] = [
            self.alike[mine] / self.whole, self.alike_count[mine], self.alike_parent[parents] / self.whole,
            self.cols.blocks[e.parents[e.parents[row]]] if block.kind == "list-item" else 0,
            self.whole, len(self.blocks), len(self.proses),
            1 if self.witness else 0, share_seen(block.text, self.witness) if self.witness else -1.0,
        ]  # fmt: skip
        return self.text_part(block, self.sizes[i]) + self.place_part(row, block.place.element if block.place else 0) + self.around_part(i, row) + rest


def _ordinals(page: Page, elements: Elements, bases: Sequence[int], mass: Sequence[float], whole: float) -> tuple[list[int], list[int]]:
    """By block the number of first-level headings so far; by row the number of `<article>`s with prose so far.

    The last entry of the second is their count: pages that scroll into the next story have several.
    """
    h1s: list[int] = []
    count = 0
    for block in page.blocks:
        count += block.level == 1
        h1s.append(count)
    stories: list[int] = []
    count = end = 0
    for row, tag in enumerate(elements.tags):
        if tag == "article" and row >= end and mass[row] > 0.02 * whole:
            count += 1
            end = elements.ends[row]
        stories.append(count)
    return h1s, [*stories, count]


def _title_path(page: Page, elements: Elements, bases: Sequence[int], titles: Sequence[str]) -> frozenset[int]:
    """Rows of the element that shows the title and of all above it; empty where none does."""
    shown = [b.index for b in page.blocks if b.level and _titled(b.key, titles)] or [b.index for b in page.blocks if b.level == 1]
    if not shown:
        return frozenset()
    row = bases[shown[0]]
    path = {row}
    while row:
        row = elements.parents[row]
        path.add(row)
    return frozenset(path)


def _titled_article(elements: Elements, path: frozenset[int]) -> bool:
    """Whether an `<article>` shows the title."""
    return any(elements.tags[row] == "article" for row in path)


def _titles(page: Page) -> list[str]:
    """Folded titles that the document states of itself."""
    found = [page.title or "", *page.meta.get("og:title", ()), *page.meta.get("twitter:title", ())]
    return [fold(t) for t in found if t]


def _titled(key: str, titles: Sequence[str]) -> int:
    """2 for the title itself, 1 for a good part of it."""
    if len(key) < 8 or len(key) > 300:
        return 0
    if key in titles:
        return 2
    return 1 if any(key in t or (len(t) > 20 and t in key) for t in titles) else 0
