"""The story of an HTML page: the outlet's own body, or the learned region with its witnesses.

Enters: the `State` after rules. Leaves: verdicts on all that is outside the story. Where the outlet's rules
name the body no region is searched; elsewhere the learned region decides, and asks for a second opinion where
it is unsure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.judge.region.html_region import BARS, model, weigh
from cleaner.judge.region.second_opinion import second_opinion
from cleaner.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cleaner.judge.state import State
    from cleaner.model import Block, BlockKind, Page
    from cleaner.rules import Outlet, Phrases

# Above this doubt trafilatura is asked: 3 % of annotated articles, on which it is right more often than we
# are.
UNSURE = 0.3
# What its word weighs against our own, in log-odds; measured on the same pages.
WITNESS_WEIGHT = 3.0
# A witness who has less than this of what we would keep speaks of another part of the page, and is not heard;
# unless our doubt says that we hold nothing worth defending.
_AGREEMENT = 0.5
_LOST = 1.0
# Captions belong to pictures, which the record does not have.
_NEVER_BODY: Mapping[BlockKind, str] = {"caption": "layout/caption", "envelope": "layout/envelope"}
# Settings of a widget, left in the page as text.
_DATA = re.compile(r"(?:\[\s?)?\{\s?[\"']?[\w-]+[\"']?\s?:|\[\s?\"[^\"]*\"\s?(?:\]|,\s?[\[{\"\d])")
_FURNITURE = {"nav": "layout/navigation", "footer": "layout/footer"}


@dataclass(slots=True)
class _Scan:
    """Asks the generic rules once, and remembers their names."""

    page: Page
    phrases: Phrases
    names: dict[int, str] = field(default_factory=dict)

    def __call__(self, indices: Sequence[int]) -> Collection[int]:
        found = self.phrases.about(self.page, indices).lines()
        self.names = {i: name for i, name in zip(indices, found, strict=True) if name is not None}
        return self.names.keys()


def story(state: State) -> Mapping[int, Verdict]:
    """What is outside the story, and inside it what phrases and kinds of block take out."""
    if state.phrases is None:
        return {}
    scan = _Scan(state.page, state.phrases)
    named = state.outlet.body(state.page) if state.outlet is not None else None
    if named is not None and state.outlet is not None:
        return _within(state, named, state.outlet, scan)
    return _region(state, scan)


def _within(state: State, named: frozenset[int], outlet: Outlet, scan: _Scan) -> dict[int, Verdict]:
    """The outlet's own region: what stands outside goes; inside, phrases and captions go."""
    outside = Verdict(f"{outlet.name}/body")
    # An edit says what is left of a block, not that the block is the story's.
    found = {
        i: outside
        for i, v in enumerate(state.verdicts)
        if (v is None or v.action == "edit") and i not in named
    }
    if not outlet.prune:
        return found
    inside = [i for i in sorted(named) if state.verdicts[i] is None]
    scan(inside)
    for i in inside:
        rule = scan.names.get(i) or _NEVER_BODY.get(state.page.blocks[i].kind)
        if rule is not None:
            found[i] = Verdict(rule)
    return found


def _region(state: State, scan: _Scan) -> dict[int, Verdict]:
    """Generic phrases, then the learned region, whose scores the page's kind is told by."""
    page = state.page
    opinion = weigh(page, scan, state.learned or model())
    state.scores = opinion.scores
    scores = dict(opinion.scores)
    bar = BARS[state.favor]
    if opinion.doubt > UNSURE or max(scores.values(), default=bar) < bar:
        _ask(page, scores, sure=opinion.doubt < _LOST)
    found: dict[int, Verdict] = {}
    for block in page.blocks:
        i = block.index
        if (v := state.verdicts[i]) is not None and v.action != "edit":
            continue
        score = scores.get(i)
        if score is None:
            found[i] = Verdict(opinion.aside.get(i) or _unweighed(page, block))
        elif rule := scan.names.get(i) or _NEVER_BODY.get(block.kind) or _data(block):
            found[i] = Verdict(rule)
        elif score < bar:
            found[i] = Verdict(opinion.blame(i))
    return found


def _data(block: Block) -> str | None:
    """The rule for a blob of JSON that a script left in the page; code is spared."""
    text = block.text
    blob = block.kind != "code" and text[0] in "{[" and text[-1] in "}]" and _DATA.match(text)
    return "layout/data" if blob else None


def _unweighed(page: Page, block: Block) -> str:
    """The rule behind a block that was not even weighed."""
    if page.elements is None or block.place is None:
        return "layout/region"
    return _FURNITURE.get(page.elements.tags[block.place.element], "layout/region")


def _ask(page: Page, scores: dict[int, float], *, sure: bool) -> None:
    """Add trafilatura's word on each candidate, if it speaks of the story that we mean."""
    indices = list(scores)
    answer = second_opinion(page, indices)
    if answer is None or (sure and not _agrees(page, scores, answer)):
        return
    for i, share in zip(indices, answer, strict=True):
        scores[i] += WITNESS_WEIGHT * (2.0 * share - 1.0)


def _agrees(page: Page, scores: Mapping[int, float], answer: Sequence[float]) -> bool:
    """Whether the witness has half of what we would keep."""
    kept = both = 0.0
    for (i, score), share in zip(scores.items(), answer, strict=True):
        if score >= 0:
            kept += len(page.blocks[i].text)
            both += share * len(page.blocks[i].text)
    return both >= _AGREEMENT * kept
