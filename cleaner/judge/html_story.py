"""The story of an HTML page: the outlet's own body, or the learned region with its witnesses.

Enters: the `JudgeState` after rules. Leaves: verdicts on all that is outside the story, in five steps. Where
the outlet's rules name the body (`outlet_body`) the other four answer nothing; elsewhere blocks are weighed
once, in `set_aside`, and `learned_region` decides by their scores.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.judge.layout_rules import CAPTION, DATA, ENVELOPE, FOOTER, NAVIGATION, REGION
from cleaner.judge.region.html_region import BARS, model, weigh
from cleaner.judge.region.second_opinion import second_opinion
from cleaner.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cleaner.judge.region.html_region import Opinion
    from cleaner.judge.state import JudgeState
    from cleaner.model import Block, BlockKind, Page

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
_NEVER_BODY: Mapping[BlockKind, str] = {"caption": CAPTION, "envelope": ENVELOPE}
# Settings of a widget, left in the page as text.
_DATA = re.compile(r"(?:\[\s?)?\{\s?[\"']?[\w-]+[\"']?\s?:|\[\s?\"[^\"]*\"\s?(?:\]|,\s?[\[{\"\d])")
_FURNITURE = {"nav": NAVIGATION, "footer": FOOTER}


def outlet_body(state: JudgeState) -> Mapping[int, Verdict]:
    """Where the outlet's rules name the body: what stands outside; inside it phrases and captions."""
    if state.outlet is None or state.phrases is None:
        return {}
    named = state.body = state.outlet.body(state.page)
    if named is None:
        return {}
    outside = Verdict(f"{state.outlet.name}/body")
    # An edit says what is left of a block, not that the block is the story's.
    everything = range(len(state.verdicts))
    found = {i: outside for i in everything if i not in named and state.is_open(i)}
    if not state.outlet.prune:
        return found
    inside = [i for i in sorted(named) if state.verdicts[i] is None]
    for i, phrase in zip(inside, state.phrases.about(state.page, inside).lines(), strict=True):
        rule = phrase or _NEVER_BODY.get(state.page.blocks[i].kind)
        if rule is not None:
            found[i] = Verdict(rule)
    return found


def set_aside(state: JudgeState) -> Mapping[int, Verdict]:
    """Weighs the page's blocks; of those that are not worth weighing it says why."""
    phrases = state.phrases
    if phrases is None or state.body is not None:
        return {}

    def scan(indices: Sequence[int]) -> Collection[int]:
        lines = phrases.about(state.page, indices).lines()
        state.phrase_hits = {i: rule for i, rule in zip(indices, lines, strict=True) if rule is not None}
        return state.phrase_hits.keys()

    opinion = state.opinion = weigh(state.page, scan, state.learned or model())
    return {
        block.index: Verdict(opinion.excluded.get(block.index) or _boilerplate_rule(state.page, block))
        for block in state.page.blocks
        if block.index not in opinion.scores
    }


def phrases_inside(state: JudgeState) -> Mapping[int, Verdict]:
    """Of the blocks that were weighed those that a generic phrase or their kind takes out, whatever their
    score.
    """
    if state.opinion is None:
        return {}
    found = {}
    for i in state.opinion.scores:
        block = state.page.blocks[i]
        if rule := state.phrase_hits.get(i) or _NEVER_BODY.get(block.kind) or _data(block):
            found[i] = Verdict(rule)
    return found


def ask_witness(state: JudgeState) -> Mapping[int, Verdict]:
    """Where the scores are in doubt, or would keep nothing, trafilatura's word on each block is added.

    A witness: it takes nothing out itself, and is not heard where it speaks of another part of the page.
    """
    opinion = state.opinion
    if opinion is None:
        return {}
    bar = BARS[state.favor]
    if opinion.doubt > UNSURE or max(opinion.scores.values(), default=bar) < bar:
        state.witnessed = _witnessed(state.page, opinion)
    return {}


def learned_region(state: JudgeState) -> Mapping[int, Verdict]:
    """The blocks whose score, with the witness's word, stays below the bar."""
    if state.opinion is None:
        return {}
    scores, bar = state.witnessed or state.opinion.scores, BARS[state.favor]
    below = [i for i, score in scores.items() if score < bar]
    return {i: Verdict(state.opinion.blame(i)) for i in below if state.is_open(i)}


def _data(block: Block) -> str | None:
    """The rule for a blob of JSON that a script left in the page; code is spared."""
    text = block.text
    blob = block.kind != "code" and text[0] in "{[" and text[-1] in "}]" and _DATA.match(text)
    return DATA if blob else None


def _boilerplate_rule(page: Page, block: Block) -> str:
    """The rule behind a block that is no candidate."""
    if page.elements is None or block.place is None:
        return REGION
    return _FURNITURE.get(page.elements.tags[block.place.element], REGION)


def _witnessed(page: Page, opinion: Opinion) -> dict[int, float]:
    """The scores with trafilatura's word on each candidate, if it speaks of the story that we mean."""
    scores = dict(opinion.scores)
    answer = second_opinion(page, list(scores))
    if answer is None or (opinion.doubt < _LOST and not _agrees(page, scores, answer)):
        return scores
    return {
        i: score + WITNESS_WEIGHT * (2.0 * share - 1.0)
        for (i, score), share in zip(scores.items(), answer, strict=True)
    }


def _agrees(page: Page, scores: Mapping[int, float], answer: Sequence[float]) -> bool:
    """Whether the witness has half of what we would keep."""
    kept = both = 0.0
    for (i, score), share in zip(scores.items(), answer, strict=True):
        if score >= 0:
            kept += len(page.blocks[i].text)
            both += share * len(page.blocks[i].text)
    return both >= _AGREEMENT * kept
