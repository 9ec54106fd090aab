"""Page and rules to verdicts: one table of steps for HTML and text, and the one place that removes.

Enters: a `Page`, its outlet, the generic phrases, headline candidates. Leaves: a `Judgement`, one verdict a
block. Look first at `STEPS`: a step answers with verdicts by block index, the first that speaks about a block
decides, and only a step that says so in `overrules` takes an earlier verdict back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judge import headline_blocks, html_story
from cleaner.judge.page_kind.classify import assess
from cleaner.judge.region.text_region import region
from cleaner.judge.shapes import SHAPES
from cleaner.judge.state import State
from cleaner.judge.teasers import comments, marked
from cleaner.model import Judgement, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judge.lines import Lines
    from cleaner.judge.region.html_region import Model
    from cleaner.model import Candidate, Favor, InputKind, Page, Status
    from cleaner.rules import Outlet, Phrases

Answer = Mapping[int, Verdict]
BOTH: frozenset[InputKind] = frozenset({"html", "text"})
HTML: frozenset[InputKind] = frozenset({"html"})
TEXT: frozenset[InputKind] = frozenset({"text"})
# Shapes that are asked on HTML too; the others were only ever measured on text.
_SHAPES_OF_BOTH = ("layout/headline", "layout/symbols", "layout/duplicate")
# A finished sentence of this many words is enough of a story for text.
_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """`overrules` are the actions of earlier verdicts that this step may replace."""

    name: str
    inputs: frozenset[InputKind]
    ask: Callable[[State], Answer]
    overrules: frozenset[str] = frozenset()


def _outlet(state: State) -> Answer:
    return state.outlet.verdicts(state.page) if state.outlet is not None else {}


def _selected(state: State) -> Answer:
    return state.phrases.selected(state.page) if state.phrases is not None else {}


def _edited(state: State) -> Answer:
    return state.phrases.edited(state.page) if state.phrases is not None else {}


def _lines(state: State) -> Answer:
    return _named({i: rule for i, rule in enumerate(state.lines.hits) if rule is not None})


def _comments(state: State) -> Answer:
    return _named(comments(state.view))


def _marked(state: State) -> Answer:
    return _named(marked(state.view))


def _text_region(state: State) -> Answer:
    return _named(region(state.view, state.favor))


def _shape(name: str) -> Callable[[State], Answer]:
    def ask(state: State) -> Answer:
        return {state.index_of(i): Verdict(name) for i in SHAPES[name](state.shape_view)}

    return ask


def _named(rules: Mapping[int, str]) -> Answer:
    return {i: Verdict(rule) for i, rule in rules.items()}


_EDIT = frozenset({"edit"})
_EDIT_OR_REMOVE = frozenset({"edit", "remove"})

# Where an input is missing nobody has measured the step on it; the order is that of asking.
STEPS: tuple[Step, ...] = (
    Step("outlet", BOTH, _outlet),
    Step("headline-heading", HTML, headline_blocks.headings, _EDIT),
    Step("headline-line", TEXT, headline_blocks.line, _EDIT_OR_REMOVE),
    Step("generic-selectors", HTML, _selected),
    Step("generic-edits", HTML, _edited),
    Step("generic-lines", TEXT, _lines),
    Step("comments", TEXT, _comments),
    Step("markers", TEXT, _marked),
    Step("story", HTML, html_story.story, _EDIT),
    *(Step(name, BOTH if name in _SHAPES_OF_BOTH else TEXT, _shape(name)) for name in SHAPES),
    Step("text-region", TEXT, _text_region),
    Step("generic-edits-last", TEXT, _edited),
)


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
    state = State(page, outlet, phrases, titles, favor, learned)
    run(state, STEPS)
    return Judgement(tuple(state.verdicts), *_status(state))


def before_region(page: Page, lines: Lines, outlet: Outlet | None, titles: Sequence[Candidate]) -> State:
    """A text page as rules and shapes leave it: all that needs no learned parameters."""
    state = State(page, outlet, None, titles, measured=lines)
    names = [step.name for step in STEPS]
    run(state, STEPS[: names.index("text-region")])
    return state


def run(state: State, steps: Sequence[Step]) -> None:
    """Ask the steps in their order: the one place where a verdict is recorded."""
    for step in steps:
        if state.page.kind not in step.inputs:
            continue
        for index, verdict in step.ask(state).items():
            before = state.verdicts[index]
            if before is None or before.action in step.overrules:
                state.verdicts[index] = verdict


def _status(state: State) -> tuple[Status, str | None]:
    if state.page.kind == "html":
        return assess(state.page, state.verdicts, state.scores)
    reason = _no_story(state)
    return ("not-article" if reason else "article"), reason


def _no_story(state: State) -> str | None:
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
