"""What the body's container still holds that is not the story: proposals for `remove`.

Enters: `SamplePage`s, and what a draft without them keeps of each. Leaves: `Proposal`s, and the lines that
look out of place and that nothing names. A rule that would take a line of any sample's story is never
proposed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.authoring.proposals import Proposal, Value, escaped, is_sound, quoted, shared, unique
from cleaner.authoring.stable_selectors import LAYOUT, TAG, TELLING, Hook, Nodes, hooks
from cleaner.rules.format.schema import LINE_MAX, Where
from cleaner.rules.patterns.sets import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.authoring.samples import SamplePage
    from cleaner.model import Block

_LABEL = re.compile(r"([^\W\d][^:]{2,40}:)\s+\S")
_QUOTE = 90
_SUBHEAD = 5  # words
_MOST_NOTES = 12
_TAGS = frozenset(["figure", "figcaption", "aside", "nav", "form", "footer"])


@dataclass(slots=True)
class _Left:
    """One sample: `odd` are the blocks that should go and that no proposal takes yet, `story` those that
    stay.
    """

    sample: SamplePage
    odd: set[int]
    story: frozenset[int]
    stands: frozenset[int]


@dataclass(slots=True)
class _Work:
    """All samples, and the proposals so far."""

    left: list[_Left]
    proposals: list[Proposal] = field(default_factory=list)

    def add(self, name: str, form: dict[str, Value], why: str, found: Sequence[set[int]]) -> None:
        """Take a proposal, and what it finds out of what is left to do."""
        own = unique(name, (str(x.form["name"]) for x in self.proposals))
        example = next(
            x.sample.page.blocks[min(hits)] for x, hits in zip(self.left, found, strict=True) if hits
        )
        evidence = f"{why}: {quoted(example.text, _QUOTE)}"
        proposal = Proposal("remove", {"name": own, **form, "why": why}, evidence)
        if is_sound(proposal):
            self.proposals.append(proposal)
            for one, hits in zip(self.left, found, strict=True):
                one.odd -= hits


def leftovers(
    samples: Sequence[SamplePage],
    stands: Sequence[frozenset[int]],
    same: Iterable[tuple[SamplePage, SamplePage]] = (),
) -> tuple[list[Proposal], list[str]]:
    """Rules for what `stands` on each sample and should not, and notes on what no rule names.

    `same` are pairs of samples of one story: that they share a line says nothing.
    """
    work = _Work(_begin(samples, stands, {y.path for _, y in same}))
    _by_name(work)
    _by_tail(work)
    _by_line(work)
    _by_label(work)
    notes = [
        f"{one.sample.name}: looks out of place, and nothing names it: {quoted(block.text, _QUOTE)}"
        for one in work.left
        for block in one.sample.blocks(one.odd)
    ]
    if len(notes) > _MOST_NOTES:
        notes = [*notes[:_MOST_NOTES], f"and {len(notes) - _MOST_NOTES} more such lines"]
    return work.proposals, notes


def shape(text: str) -> str:
    """A line without its numbers: `3 comments` and `12 comments` are the same line of a page's furniture."""
    return re.sub(r"[0-9]+", "0", text)


def _begin(samples: Sequence[SamplePage], stands: Sequence[frozenset[int]], again: set[str]) -> list[_Left]:
    """Odd is what the generic judgement took out, and what stands on several pages alike.

    A subhead is spared, but for the title of a box: an outlet may well have the same ones in many stories.
    In text what looks like one may be anything, so that only short ones are spared.
    """
    seen: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for sample, kept in zip(samples, stands, strict=True):
        if sample.path not in again:
            seen.update({shape(x.key) for x in sample.blocks(kept)})
            gone.update({shape(x.key) for x in sample.page.blocks if x.index not in sample.kept})
    left = []
    for sample, kept in zip(samples, stands, strict=True):
        odd = {x.index for x in sample.blocks(kept) if x.index not in sample.kept}
        odd |= {
            x.index
            for x in sample.blocks(kept)
            if seen[shape(x.key)] > 1 and (not _is_subhead(x) or _heads_furniture(x, sample, gone))
        }
        left.append(_Left(sample, odd, kept - odd, kept))
    return left


def _is_subhead(block: Block) -> bool:
    return block.kind == "heading" and (block.place is not None or len(block.key.split()) <= _SUBHEAD)


def _heads_furniture(block: Block, sample: SamplePage, gone: Counter[str]) -> bool:
    """Whether a subhead shares its element with a line that goes on several pages, and no story: the
    title of a newsletter's box. Text has no elements, so that its subheads stay.
    """
    elements, below = sample.page.elements, next(iter(sample.page.blocks[block.index + 1 :]), None)
    if elements is None or block.place is None or below is None or below.place is None:
        return False
    if below.index in sample.kept or gone[shape(below.key)] < 2:
        return False
    box = block.place.element
    while box and below.place.element >= elements.ends[box]:
        box = elements.parents[box]
    inside = range(box, elements.ends[box])
    kept = (x for x in sample.blocks(sample.kept) if x.index != block.index and x.place is not None)
    return not any(x.place.element in inside for x in kept if x.place is not None)


def _by_name(work: _Work) -> None:
    """Elements whose name stands around nothing but odd blocks on any page; what takes most of them first."""
    while True:
        best: tuple[tuple[int, int], Hook, list[set[int]]] | None = None
        for hook in _names(work.left):
            found = [_selected(one, hook.css) for one in work.left]
            if any(hits & one.story for one, hits in zip(work.left, found, strict=True)):
                continue
            new = [hits & one.odd for one, hits in zip(work.left, found, strict=True)]
            count = sum(map(len, new))
            pages = sum(map(bool, new))
            if not count or (hook.rank > TELLING and max(count, pages) < 2):
                continue
            mark = count, -hook.rank
            if best is None or mark > best[0]:
                best = mark, hook, new
        if best is None:
            return
        _, hook, new = best
        before = sum(len(x.odd) for x in work.left)
        work.add(_slug(hook.css), {"css": hook.css}, _why(new, "no story in it"), new)
        if sum(len(x.odd) for x in work.left) == before:
            return


def _names(left: Sequence[_Left]) -> list[Hook]:
    """Names of the elements that hold odd blocks and none of the story."""
    found: dict[str, Hook] = {}
    for one in left:
        elements = one.sample.page.elements
        if elements is None:
            continue
        story = {b.place.element for b in one.sample.blocks(one.story) if b.place is not None}
        nodes = Nodes(one.sample.page)
        for row in {b.place.element for b in one.sample.blocks(one.odd) if b.place is not None}:
            for at, node in nodes.path(row):
                if any(at <= x < elements.ends[at] for x in story):
                    break
                for hook in hooks(node):
                    if hook.rank not in (LAYOUT, TAG) or hook.css in _TAGS:
                        found.setdefault(hook.css, hook)
    return list(found.values())


def _selected(one: _Left, css: str) -> set[int]:
    return one.sample.rows.select(Where(css=css)) & one.stands if one.sample.is_html else set()


def _by_tail(work: _Work) -> None:
    """A line on several pages below which nothing of the story stands: a run to the end of the page."""
    starts: dict[str, dict[int, set[int]]] = defaultdict(dict)
    for n, one in enumerate(work.left):
        last = max(one.story, default=-1)
        tail = sorted(x for x in one.odd if x > last)
        if len(tail) > 1:
            key = one.sample.page.blocks[tail[0]].key
            starts[key][n] = set(tail)
    for key, by_page in starts.items():
        if len(by_page) > 1 and not any(_stands_before(one, key) for one in work.left):
            found = [by_page.get(n, set()) for n in range(len(work.left))]
            why = f"no story below this line on {shared(len(by_page), len(work.left))}"
            work.add(_words(key), {"from": f"^{escaped(key)}$"}, why, found)


def _stands_before(one: _Left, key: str) -> bool:
    """Whether the line also stands above some of the story, in a menu say: the run would take that along."""
    last = max(one.story, default=-1)
    return any(x.key == key for x in one.sample.page.blocks[: last + 1])


def _by_line(work: _Work) -> None:
    """Lines that stand on several pages alike but for their numbers."""
    lines: dict[str, list[set[int]]] = {}
    for n, one in enumerate(work.left):
        for block in one.sample.blocks(one.odd):
            lines.setdefault(shape(block.key), [set() for _ in work.left])[n].add(block.index)
    for key, found in lines.items():
        if sum(map(bool, found)) > 1:
            pattern, form = _line(_example(work.left, found).key)
            if not _hits_story(work.left, pattern):
                work.add(_words(key), form, _why(found, "the same line"), found)


def _line(key: str) -> tuple[str, dict[str, Value]]:
    """The whole line; of a long one the beginning, with room for its length."""
    if len(key) <= LINE_MAX // 2:
        pattern = f"^{escaped(key, digits=True)}$"
        return pattern, {"line": pattern}
    pattern = f"^{escaped(key[:_QUOTE].rpartition(' ')[0], digits=True)} "
    longest: dict[str, Value] = {"max": len(key) // 100 * 100 + 200} if len(key) > LINE_MAX - 20 else {}
    return pattern, {"line": pattern, **longest}


def _by_label(work: _Work) -> None:
    """Lines that begin with the same label and a colon: `Read more: …`."""
    labels: dict[str, list[set[int]]] = {}
    for n, one in enumerate(work.left):
        for block in one.sample.blocks(one.odd):
            if match := _LABEL.match(block.key):
                labels.setdefault(match[1], [set() for _ in work.left])[n].add(block.index)
    for label, found in labels.items():
        pattern = f"^{escaped(label)} "
        if sum(map(len, found)) > 1 and not _hits_story(work.left, pattern):
            work.add(_words(label), {"line": pattern}, _why(found, "the same label"), found)


def _hits_story(left: Sequence[_Left], pattern: str) -> bool:
    matcher = compiled(pattern)
    return any(matcher.search(x.key) for one in left for x in one.sample.blocks(one.story))


def _example(left: Sequence[_Left], found: Sequence[set[int]]) -> Block:
    return next(one.sample.page.blocks[min(hits)] for one, hits in zip(left, found, strict=True) if hits)


def _why(found: Sequence[set[int]], what: str) -> str:
    blocks = sum(map(len, found))
    counted = "1 block" if blocks == 1 else f"{blocks} blocks"
    return f"{what} on {shared(sum(map(bool, found)), len(found))}, {counted}"


def _slug(css: str) -> str:
    """A rule's name from a selector's last words."""
    inner = re.findall(r'"([^"]+)"', css)
    return _words(re.sub(r"([a-z])([A-Z])", r"\1 \2", inner[-1] if inner else css))


def _words(text: str) -> str:
    plain = re.findall(r"[a-z]+", text.casefold().encode("ascii", "ignore").decode())
    return "-".join(plain[:3])[:30].strip("-") or "line"
