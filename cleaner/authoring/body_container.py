"""The container of the body: the selector that holds the story on every sample page, and little else.

Enters: `SamplePage`s. Leaves: `Choice`s, the first for as many pages as one selector can hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.authoring.stable_selectors import PLAIN, TELLING, Hook, Nodes, hooks
from cleaner.rules.format.schema import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.authoring.samples import SamplePage

# Text lost cannot be had back by a `remove` rule, text too much can be taken out: recall counts four times.
_BETA = 4.0
# What a less stable name must hold better to be chosen: eight thousandths of the story for each step of
# rank, and more for a name that many small elements share, since the next page may have others among them.
_PER_RANK, _SCATTERED, _MANY = 0.008, 0.06, 3
# What each selector more must gain, a page: two that are as good as one are a rule too many.
_PER_RULE = 0.03
# Names of what stands beside stories, or is wrapped around one: they may go when the advert does.
_BESIDE = re.compile(
    r"\bads?(?:\b|[-_])|Ad[A-Z]|[-_]ads?\b|advert|(?i:promo|teaser|related|newsletter|comment|paywall|share|social)"
)
_DOUBTFUL = 6
_ENOUGH = 0.6
_GAIN = 0.02
_MOST_PARTS, _MOST_RULES, _MOST_PAIRS = 3, 4, 60
_GOOD = 0.93
# Below this a selector adds nothing: two that hold a layout each well beat one that holds both with the
# rest of the page.
_POOR = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """A selector for the body. By sample, None where it finds nothing there: `recall`, how much of the
    story's text it holds, and `purity`, how much of what it holds is the story's (0.0 to 1.0).
    """

    css: str
    recall: tuple[float | None, ...]
    purity: tuple[float | None, ...]

    def holds(self, number: int) -> bool:
        return (self.recall[number] or 0.0) >= _ENOUGH


@dataclass(frozen=True, slots=True)
class _Rated:
    """A selector with what it finds on each sample."""

    css: str
    rank: int
    blocks: tuple[frozenset[int], ...]
    scattered: bool

    def score(self, samples: Sequence[SamplePage], among: Sequence[int]) -> float:
        """Mean over these samples, less what its name costs; below zero where it finds too little on any."""
        values = [_rate(samples[n], self.blocks[n]) for n in among]
        if any(recall < _ENOUGH for recall, _ in values):
            return -1.0
        mean = sum((1 + _BETA) * p * r / (_BETA * p + r) for r, p in values) / len(values)
        return mean - _PER_RANK * self.rank - (_SCATTERED if self.scattered else 0.0)


def choose(samples: Sequence[SamplePage]) -> list[Choice]:
    """Selectors that hold the body of all the HTML samples, as few as serve; those of no sample are in none.

    Several are for several layouts: the first that finds anything on a page is the one that counts there.
    """
    rated = _candidates(samples)
    html = [n for n, x in enumerate(samples) if x.is_html]
    plans = [_plan(rated, samples, html, widely=widely) for widely in (True, False)]
    best = max(plans, key=lambda x: _worth(x, samples, html))
    return [_choice(x, samples) for x in best]


def _plan(
    rated: Sequence[_Rated], samples: Sequence[SamplePage], html: Sequence[int], *, widely: bool
) -> list[_Rated]:
    left = list(html)
    chosen: list[_Rated] = []
    while left and len(chosen) < _MOST_RULES:
        best = _best(rated, samples, left, widely=widely)
        if best is None:
            break
        chosen.append(_joined(best, rated, samples, [n for n in left if best.score(samples, [n]) > 0]))
        left = [n for n in left if chosen[-1].score(samples, [n]) < 0]
    return chosen


def _worth(plan: Sequence[_Rated], samples: Sequence[SamplePage], html: Sequence[int]) -> float:
    """What the first that speaks on each page is worth there; a rule more must be worth its while."""
    first = {n: next((x for x in plan if x.blocks[n]), None) for n in html}
    held = sum(max(0.0, x.score(samples, [n])) for n, x in first.items() if x is not None)
    return held - _PER_RULE * len(html) * (len(plan) - 1)


def _best(
    rated: Sequence[_Rated], samples: Sequence[SamplePage], left: Sequence[int], *, widely: bool
) -> _Rated | None:
    """The one that serves best those that are left: `widely` all of them together, else those it is for.

    It must find nothing where it is wrong.
    """
    others = [n for n, x in enumerate(samples) if x.is_html and n not in left]
    best, found = (0.0, 0), None
    for one in rated:
        scores = {n: one.score(samples, [n]) for n in left}
        held = [n for n in left if scores[n] > 0]
        strays = any(one.blocks[n] for n in [*left, *others] if n not in held)
        if not held or (strays and len(held) < len(left)):
            continue
        total = sum(scores[n] - _POOR for n in held)
        mark = (total, 0) if widely else (round(total / len(held), 2), len(held))
        if mark > best:
            best, found = mark, one
    return found


def _joined(
    best: _Rated, rated: Sequence[_Rated], samples: Sequence[SamplePage], among: Sequence[int]
) -> _Rated:
    """With a second and third selector beside it, where the body stands in several places."""
    for _ in range(_MOST_PARTS - 1):
        more = max(
            (_union(best, x) for x in rated if not x.scattered and x.rank <= PLAIN),
            key=lambda x: x.score(samples, among),
            default=best,
        )
        if more.score(samples, among) < best.score(samples, among) + _GAIN:
            break
        best = more
    return best


def _union(one: _Rated, other: _Rated) -> _Rated:
    blocks = tuple(a | b for a, b in zip(one.blocks, other.blocks, strict=True))
    return _Rated(f"{one.css}, {other.css}", max(one.rank, other.rank), blocks, one.scattered)


def _candidates(samples: Sequence[SamplePage]) -> list[_Rated]:
    """Every name of an element around a kept block; where no single name is good, pairs of them too."""
    found: dict[str, Hook] = {}
    pairs: dict[str, Hook] = {}
    for sample in samples:
        if not sample.is_html:
            continue
        nodes = Nodes(sample.page)
        for row in {x.place.element for x in sample.blocks(sample.kept) if x.place is not None}:
            path = [hooks(node) for _, node in nodes.path(row)]
            for n, own in enumerate(path):
                for hook in own:
                    found.setdefault(hook.css, hook)
                    for above in [x for names in path[n + 1 :] for x in names if x.rank <= TELLING][:4]:
                        css = f"{above.css} {hook.css}"
                        pairs.setdefault(css, Hook(css, max(hook.rank, above.rank)))
    rated = [x for hook in found.values() if (x := _rated(hook, samples)) is not None]
    everywhere = [n for n, x in enumerate(samples) if x.is_html]
    if max((x.score(samples, everywhere) for x in rated), default=0.0) < _GOOD:
        best = sorted(pairs.values(), key=lambda x: x.rank)[:_MOST_PAIRS]
        rated += [x for hook in best if (x := _rated(hook, samples)) is not None]
    return rated


def _rated(hook: Hook, samples: Sequence[SamplePage]) -> _Rated | None:
    blocks, elements = [], 0
    for sample in samples:
        blocks.append(frozenset(sample.rows.select(Where(css=hook.css))) if sample.is_html else frozenset())
        elements = max(elements, len(sample.rows.nodes(hook.css)) if sample.is_html else 0)
    rank = hook.rank + _DOUBTFUL * bool(_BESIDE.search(hook.css))
    return _Rated(hook.css, rank, tuple(blocks), elements > _MANY) if any(blocks) else None


def _rate(sample: SamplePage, blocks: frozenset[int]) -> tuple[float, float]:
    """Recall and purity, by characters."""
    held = sample.mass(blocks & sample.kept)
    return held / (sample.mass(sample.kept) or 1), held / (sample.mass(blocks) or 1)


def _choice(one: _Rated, samples: Sequence[SamplePage]) -> Choice:
    rates = [_rate(x, b) if b else (None, None) for x, b in zip(samples, one.blocks, strict=True)]
    return Choice(one.css, tuple(r for r, _ in rates), tuple(p for _, p in rates))
