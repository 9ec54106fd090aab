"""Blocks that show the headline: the record has it in its own field.

Enters: the `State` after outlet rules. Leaves: verdicts `layout/headline`. HTML tells by headings; text,
which has none to go by, by the line that the headline was read from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.model import Verdict
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.judge.state import State


def headings(state: State) -> Mapping[int, Verdict]:
    """Headings that show the headline, as printed or as an outlet's rule leaves it."""
    titles = state.titles
    key, shown = (fold(titles[0].value), titles[0].block) if titles else ("", None)
    found: dict[int, Verdict] = {}
    for block in state.page.blocks:
        verdict = state.verdicts[block.index]
        if not block.level or (verdict is not None and verdict.action != "edit"):
            continue
        edited = fold(verdict.text or "") if verdict is not None else block.key
        if block.index == shown or key in (block.key, edited):
            found[block.index] = Verdict("layout/headline")
    return found


def line(state: State) -> Mapping[int, Verdict]:
    """The line that shows the headline goes as the headline, not as whatever an outlet's rule took it for.

    Rules that know a picture's text by its shape match headlines too; a rule that keeps the line is heeded.
    """
    shown = state.titles[0].block if state.titles else None
    if state.outlet is None or shown is None:
        return {}
    verdict, key = state.verdicts[shown], fold(state.titles[0].value)
    if verdict is None or verdict.action == "keep":
        return {}
    if key in (state.page.blocks[shown].key, fold(verdict.text or "")):
        return {shown: Verdict("layout/headline")}
    return {}
