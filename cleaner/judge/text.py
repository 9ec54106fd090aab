"""Judgement of a text page: rules first, then shapes, then the region.

Enters: a text `Page`, its outlet, the generic phrases, headline candidates. Leaves: a `Judgement` with one
verdict a block. `STEPS` is the order; the first that speaks about a block decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.judge.lines import Lines, measure
from cleaner.judge.shapes import SHAPES
from cleaner.judge.teasers import comments, marked
from cleaner.judge.view import View
from cleaner.model import Verdict
from cleaner.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.judge import Judgement
    from cleaner.model import Candidate, Favor, Page
    from cleaner.outlets import Outlet, Phrases


def judge_text(
    page: Page,
    outlet: Outlet | None,
    phrases: Phrases,
    titles: Sequence[Candidate],
    favor: Favor,  # noqa: ARG001 (the region will need it)
) -> Judgement:
    """One verdict a block: outlet rules, generic lines, regions below markers, shapes, region."""
    from cleaner.judge import Judgement  # noqa: PLC0415 (the package imports this module)

    verdicts: list[Verdict | None] = [None] * len(page.blocks)
    if outlet is not None:
        for index, verdict in outlet.verdicts(page).items():
            verdicts[index] = verdict
        _name_headline(page, titles, verdicts)
    lines = measure(page.blocks, phrases)
    _add(verdicts, {i: rule for i, rule in enumerate(lines.hits) if rule is not None})
    keys = [fold(t.value) for t in titles[:1]]
    _add(verdicts, comments(_view(lines, verdicts, keys)))
    _add(verdicts, marked(_view(lines, verdicts, keys)))
    for name, shape in SHAPES.items():
        _add(verdicts, dict.fromkeys(shape(_view(lines, verdicts, keys)), name))
    return Judgement(tuple(verdicts))


def _name_headline(page: Page, titles: Sequence[Candidate], verdicts: list[Verdict | None]) -> None:
    """The line that shows the headline goes as the headline, not as whatever an outlet's rule took it for.

    Rules that know a picture's text by its shape match headlines too; a rule that keeps the line is heeded.
    """
    shown = titles[0].block if titles else None
    if shown is None or page.blocks[shown].key != fold(titles[0].value):
        return
    verdict = verdicts[shown]
    if verdict is not None and verdict.action == "remove":
        verdicts[shown] = Verdict("layout/headline")


def _view(lines: Lines, verdicts: Sequence[Verdict | None], titles: Sequence[str]) -> View:
    return View(lines, [v is not None and v.action == "remove" for v in verdicts], titles)


def _add(verdicts: list[Verdict | None], rules: Mapping[int, str]) -> None:
    """Remove what nothing has spoken about yet."""
    for index, rule in rules.items():
        if verdicts[index] is None:
            verdicts[index] = Verdict(rule)
