"""Judgement of an HTML page: the outlet's rules, generic rules, shapes, region, in this order.

Enters: a `Page` read from HTML, its outlet, the generic phrases, headline candidates. Leaves: a `Judgement`.
Where the outlet's rules name the body no region is searched; elsewhere, and where what they name is a sliver
of the page's prose, the learned region decides, and asks for a second opinion where it is unsure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.judge.lines import measure
from cleaner.judge.page_kind.classify import assess
from cleaner.judge.region.html_region import BARS, model, weigh
from cleaner.judge.region.second_opinion import second_opinion
from cleaner.judge.shapes import SHAPES
from cleaner.judge.view import View
from cleaner.model import Verdict
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cleaner.judge import Judgement
    from cleaner.judge.region.html_region import Model
    from cleaner.model import Block, BlockKind, Candidate, Favor, Page
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
_SHAPES = ("layout/headline", "layout/symbols", "layout/duplicate")


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


def judge_html(
    page: Page,
    outlet: Outlet | None,
    phrases: Phrases,
    titles: Sequence[Candidate],
    favor: Favor,
    *,
    learned: Model | None = None,
) -> Judgement:
    """One verdict a block; `learned` stands in for the shipped parameters where those are put to the test."""
    from cleaner.judge import Judgement  # noqa: PLC0415 (the package imports this module)

    verdicts: list[Verdict | None] = [None] * len(page.blocks)
    if outlet is not None:
        for index, verdict in outlet.verdicts(page).items():
            verdicts[index] = verdict
    for index in _headlines(page, titles, verdicts):
        verdicts[index] = Verdict("layout/headline")
    for index, verdict in phrases.selected(page).items():
        verdicts[index] = verdicts[index] or verdict
    for index, verdict in phrases.edited(page).items():
        verdicts[index] = verdicts[index] or verdict
    scan = _Scan(page, phrases)
    named = outlet.body(page) if outlet is not None else None
    scores: Mapping[int, float] | None = None
    if named is not None and outlet is not None:
        _within(page, named, outlet, scan, verdicts)
    else:
        scores = _region(page, scan, favor, verdicts, learned or model())
    _shapes(page, titles, verdicts)
    return Judgement(tuple(verdicts), *assess(page, verdicts, scores))


def _headlines(page: Page, titles: Sequence[Candidate], verdicts: Sequence[Verdict | None]) -> list[int]:
    """Headings that show the headline, as printed or as an outlet's rule leaves it; the record has it
    elsewhere.
    """
    key, shown = (fold(titles[0].value), titles[0].block) if titles else ("", None)
    found: list[int] = []
    for block in page.blocks:
        verdict = verdicts[block.index]
        if not block.level or (verdict is not None and verdict.action != "edit"):
            continue
        if block.index == shown or key in (
            block.key,
            fold(verdict.text or "") if verdict is not None else block.key,
        ):
            found.append(block.index)
    return found


def _within(
    page: Page, named: frozenset[int], outlet: Outlet, scan: _Scan, verdicts: list[Verdict | None]
) -> None:
    """The outlet's own region: what stands outside goes; inside, phrases and captions go."""
    outside = Verdict(f"{outlet.name}/body")
    for i, verdict in enumerate(verdicts):
        # An edit says what is left of a block, not that the block is the story's.
        if (verdict is None or verdict.action == "edit") and i not in named:
            verdicts[i] = outside
    if not outlet.prune:
        return
    inside = [i for i in sorted(named) if verdicts[i] is None]
    scan(inside)
    for i in inside:
        rule = scan.names.get(i) or _NEVER_BODY.get(page.blocks[i].kind)
        if rule is not None:
            verdicts[i] = Verdict(rule)


def _region(
    page: Page, scan: _Scan, favor: Favor, verdicts: list[Verdict | None], learned: Model
) -> Mapping[int, float]:
    """Generic phrases, then the learned region."""
    opinion = weigh(page, scan, learned)
    scores = dict(opinion.scores)
    bar = BARS[favor]
    if opinion.doubt > UNSURE or max(scores.values(), default=bar) < bar:
        _ask(page, scores, sure=opinion.doubt < _LOST)
    for block in page.blocks:
        i = block.index
        if (v := verdicts[i]) is not None and v.action != "edit":
            continue
        score = scores.get(i)
        if score is None:
            verdicts[i] = Verdict(opinion.aside.get(i) or _aside(page, block))
        elif rule := scan.names.get(i) or _NEVER_BODY.get(block.kind) or _data(block):
            verdicts[i] = Verdict(rule)
        elif score < bar:
            verdicts[i] = Verdict(opinion.blame(i))
    return opinion.scores


def _data(block: Block) -> str | None:
    """The rule for a blob of JSON that a script left in the page; code is spared."""
    text = block.text
    blob = block.kind != "code" and text[0] in "{[" and text[-1] in "}]" and _DATA.match(text)
    return "layout/data" if blob else None


def _aside(page: Page, block: Block) -> str:
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


def _shapes(page: Page, titles: Sequence[Candidate], verdicts: list[Verdict | None]) -> None:
    """What only the run of the kept blocks shows."""
    live = [b for b in page.blocks if verdicts[b.index] is None]
    if not live:
        return
    keys = [fold(t.value) for t in titles[:1]]
    lines = measure(live)
    for name in _SHAPES:
        gone = [verdicts[b.index] is not None for b in live]
        for at in SHAPES[name](View(lines, gone, keys)):
            if verdicts[live[at].index] is None:
                verdicts[live[at].index] = Verdict(name)
