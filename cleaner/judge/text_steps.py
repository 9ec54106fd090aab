"""Judgement of a text page: rules first, then shapes, then the region.

Enters: a text `Page`, its outlet, the generic phrases, headline candidates. Leaves: a `Judgement` with one
verdict a block. `STEPS` is the order; the first that speaks about a block decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judge.lines import Lines, measure
from cleaner.judge.region.text_region import region
from cleaner.judge.shapes import SHAPES
from cleaner.judge.teasers import comments, marked
from cleaner.judge.view import View
from cleaner.model import Verdict
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.judge import Judgement
    from cleaner.model import Candidate, Favor, Page
    from cleaner.rules import Outlet, Phrases

_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts so far, and the view that the next step is given."""

    verdicts: list[Verdict | None]
    view: View


def judge_text(
    page: Page, outlet: Outlet | None, phrases: Phrases, titles: Sequence[Candidate], favor: Favor
) -> Judgement:
    """One verdict a block: outlet rules, generic lines, regions below markers, shapes, region."""
    from cleaner.judge import Judgement  # noqa: PLC0415 (the package imports this module)

    judged = before_region(page, measure(page.blocks, phrases), outlet, titles)
    _add(judged.verdicts, region(judged.view, favor))
    for index, verdict in phrases.edited(page).items():
        judged.verdicts[index] = judged.verdicts[index] or verdict
    reason = _no_story(_view(judged.view.lines, judged.verdicts, ()))
    return Judgement(tuple(judged.verdicts), "not-article" if reason else "article", reason)


def before_region(page: Page, lines: Lines, outlet: Outlet | None, titles: Sequence[Candidate]) -> Judged:
    """What rules and shapes say: all that needs no learned parameters."""
    verdicts: list[Verdict | None] = [None] * len(page.blocks)
    if outlet is not None:
        for index, verdict in outlet.verdicts(page).items():
            verdicts[index] = verdict
        _name_headline(page, titles, verdicts)
    _add(verdicts, {i: rule for i, rule in enumerate(lines.hits) if rule is not None})
    keys = [fold(said) for title in titles[:1] for said in _spellings(title)]
    _add(verdicts, comments(_view(lines, verdicts, keys)))
    _add(verdicts, marked(_view(lines, verdicts, keys)))
    for name, shape in SHAPES.items():
        _add(verdicts, dict.fromkeys(shape(_view(lines, verdicts, keys)), name))
    return Judged(verdicts, _view(lines, verdicts, keys))


def _spellings(title: Candidate) -> tuple[str, ...]:
    """The headline, and the line that shows it with a wire's slug before it ("UPDATE 2-")."""
    slug = title.raw.removesuffix(title.value)
    return (title.value, title.raw) if slug.isupper() and slug.endswith("-") else (title.value,)


def _no_story(view: View) -> str | None:
    """Why what is left is no article, or None: it takes one sentence of six words, or one line of prose.

    Menus, link lists and tables have none. Known cost: verse without full stops is called no article; its
    text is in the record all the same.
    """
    lines = view.lines
    left = [i for i, gone in enumerate(view.gone) if not gone]
    if not left:
        return "no-body"
    if any(lines.prose[i] or (lines.ends[i] and lines.words[i] >= _FEWEST_WORDS) for i in left):
        return None
    return "no-prose"


def _name_headline(page: Page, titles: Sequence[Candidate], verdicts: list[Verdict | None]) -> None:
    """The line that shows the headline goes as the headline, not as whatever an outlet's rule took it for.

    Rules that know a picture's text by its shape match headlines too; a rule that keeps the line is heeded.
    """
    shown = titles[0].block if titles else None
    if shown is None:
        return
    verdict, key = verdicts[shown], fold(titles[0].value)
    if verdict is None or verdict.action == "keep":
        return
    if key in (page.blocks[shown].key, fold(verdict.text or "")):
        verdicts[shown] = Verdict("layout/headline")


def _view(lines: Lines, verdicts: Sequence[Verdict | None], titles: Sequence[str]) -> View:
    return View(lines, [v is not None and v.action == "remove" for v in verdicts], titles)


def _add(verdicts: list[Verdict | None], rules: Mapping[int, str]) -> None:
    """Remove what nothing has spoken about yet."""
    for index, rule in rules.items():
        if verdicts[index] is None:
            verdicts[index] = Verdict(rule)
