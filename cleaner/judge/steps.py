"""Page and rules to verdicts: one table of steps for HTML and text, and the one place that removes.

Enters: a `Page`, its outlet, the generic phrases, headline candidates. Leaves: a `Judgement`, one verdict a
block. Look first at `STEPS`: a step answers with verdicts by block index, the first that speaks about a block
decides, and only a step that says so in `overrules` takes an earlier verdict back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judge import headline_blocks, html_story, layout_rules, link_shapes, shapes, teasers
from cleaner.judge.lines import View
from cleaner.judge.page_kind.classify import assess
from cleaner.judge.region.text_region import region
from cleaner.judge.state import JudgeState
from cleaner.model import Judgement, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judge.lines import Lines
    from cleaner.judge.region.html_region import Model
    from cleaner.model import Candidate, Favor, InputKind, Page, Status
    from cleaner.rules import Outlet, Phrases

Answer = Mapping[int, Verdict]
Shape = Callable[[View], Iterable[int]]
BOTH: frozenset[InputKind] = frozenset({"html", "text"})
HTML: frozenset[InputKind] = frozenset({"html"})
TEXT: frozenset[InputKind] = frozenset({"text"})
# A finished sentence of this many words is enough of a story for text.
_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """`overrules` are the actions of earlier verdicts that this step may replace.

    `shape` is the function of a structural heuristic, whose step's name is the rule in the ledger.
    """

    name: str
    inputs: frozenset[InputKind]
    ask: Callable[[JudgeState], Answer]
    overrules: frozenset[str] = frozenset()
    shape: Shape | None = None


def _outlet(state: JudgeState) -> Answer:
    return state.outlet.verdicts(state.page) if state.outlet is not None else {}


def _selected(state: JudgeState) -> Answer:
    return state.phrases.selected(state.page) if state.phrases is not None else {}


def _edited(state: JudgeState) -> Answer:
    return state.phrases.edited(state.page) if state.phrases is not None else {}


def _lines(state: JudgeState) -> Answer:
    return _named({i: rule for i, rule in enumerate(state.lines.hits) if rule is not None})


def _comments(state: JudgeState) -> Answer:
    return _named(teasers.comments(state.view))


def _marked(state: JudgeState) -> Answer:
    return _named(teasers.marked(state.view))


def _text_region(state: JudgeState) -> Answer:
    return _named(region(state.view, state.favor))


def _shape(rule: str, inputs: frozenset[InputKind], shape: Shape) -> Step:
    """A row of one structural heuristic, which answers with places in `shape_view`."""

    def ask(state: JudgeState) -> Answer:
        return {state.index_of(i): Verdict(rule) for i in shape(state.shape_view)}

    return Step(rule, inputs, ask, shape=shape)


def _named(rules: Mapping[int, str]) -> Answer:
    return {i: Verdict(rule) for i, rule in rules.items()}


_EDIT = frozenset({"edit"})
_EDIT_OR_REMOVE = frozenset({"edit", "remove"})

# The order is that of asking. A heuristic is one function and one row here, with its name and meaning in
# `layout_rules.py`. Where an input is missing nobody has measured the step on it.
STEPS: tuple[Step, ...] = (
    Step("outlet", BOTH, _outlet),
    Step("headline-heading", HTML, headline_blocks.headings, _EDIT),
    Step("headline-line", TEXT, headline_blocks.line, _EDIT_OR_REMOVE),
    Step("generic-selectors", HTML, _selected),
    Step("generic-edits", HTML, _edited),
    Step("generic-lines", TEXT, _lines),
    Step("comments", TEXT, _comments),
    Step("markers", TEXT, _marked),
    Step("outlet-body", HTML, html_story.outlet_body, _EDIT),
    Step("set-aside", HTML, html_story.set_aside, _EDIT),
    Step("phrases-inside", HTML, html_story.phrases_inside, _EDIT),
    Step("second-opinion", HTML, html_story.ask_witness),
    Step("learned-region", HTML, html_story.learned_region, _EDIT),
    _shape(layout_rules.ENVELOPE, TEXT, shapes.envelope),
    _shape(layout_rules.CAPTION, TEXT, link_shapes.captions),
    _shape(layout_rules.HEADLINE, BOTH, shapes.headline),
    _shape(layout_rules.SYMBOLS, BOTH, shapes.symbols),
    _shape(layout_rules.DASH_BOX, TEXT, shapes.dash_box),
    _shape(layout_rules.INSIDE_BOX, TEXT, shapes.inside_box),
    _shape(layout_rules.DOUBLED, TEXT, shapes.doubled),
    _shape(layout_rules.DUPLICATE, BOTH, shapes.duplicate),
    _shape(layout_rules.DATE_LINE, TEXT, shapes.date_line),
    _shape(layout_rules.ADDRESS, TEXT, shapes.address),
    _shape(layout_rules.END_MARK, TEXT, shapes.end_mark),
    _shape(layout_rules.SHOUTING, TEXT, shapes.shouting),
    _shape(layout_rules.MENU, TEXT, link_shapes.menu),
    _shape(layout_rules.ALL_LINK, TEXT, link_shapes.all_link),
    _shape(layout_rules.TEASER_RUN, TEXT, teasers.teaser_run),
    _shape(layout_rules.REPEATED_TEASER, TEXT, teasers.repeated_teaser),
    _shape(layout_rules.INLINE_TEASERS, TEXT, teasers.inline_teasers),
    _shape(layout_rules.LINK_LIST, TEXT, teasers.link_list),
    _shape(layout_rules.REPEATED_LABEL, TEXT, shapes.repeated_label),
    _shape(layout_rules.CAPTION_PAIR, TEXT, shapes.caption_pair),
    Step("text-region", TEXT, _text_region),
    Step("generic-edits-last", TEXT, _edited),
)
SHAPES: Mapping[str, Shape] = {step.name: step.shape for step in STEPS if step.shape is not None}


def judge(
    page: Page,
    outlet: Outlet | None,
    phrases: Phrases,
    titles: Sequence[Candidate],
    favor: Favor,
    *,
    learned: Model | None = None,
) -> Judgement:
    """One verdict a block; `learned` stands in for the shipped parameters where those are put to the test."""
    state = JudgeState(page, outlet, phrases, titles, favor, learned)
    run(state, STEPS)
    return Judgement(tuple(state.verdicts), *_status(state))


def before_region(page: Page, lines: Lines, outlet: Outlet | None, titles: Sequence[Candidate]) -> JudgeState:
    """A text page as rules and shapes leave it: all that needs no learned parameters."""
    state = JudgeState(page, outlet, None, titles, measured=lines)
    names = [step.name for step in STEPS]
    run(state, STEPS[: names.index("text-region")])
    return state


def run(state: JudgeState, steps: Sequence[Step]) -> None:
    """Ask the steps in their order: the one place where a verdict is recorded."""
    for step in steps:
        if state.page.kind not in step.inputs:
            continue
        for index, verdict in step.ask(state).items():
            before = state.verdicts[index]
            if before is None or before.action in step.overrules:
                state.verdicts[index] = verdict


def _status(state: JudgeState) -> tuple[Status, str | None]:
    if state.page.kind == "html":
        return assess(state.page, state.verdicts, state.opinion.scores if state.opinion else None)
    reason = _no_story(state)
    return ("not-article" if reason else "article"), reason


def _no_story(state: JudgeState) -> str | None:
    """Why what is left is no article, or None: it takes one sentence of six words, or one line of prose.

    Menus, link lists and tables have none. Known cost: verse without full stops is called no article; its
    text is in the record all the same.
    """
    lines = state.lines
    left = [i for i, gone in enumerate(state.view.gone) if not gone]
    if not left:
        return "no-body"
    if any(lines.prose[i] or (lines.ends[i] and lines.words[i] >= _FEWEST_WORDS) for i in left):
        return None
    return "no-prose"
