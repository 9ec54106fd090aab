"""Page and rules to verdicts: the one place that removes.

Enters: `Page`, the matched outlet, the generic phrases, headline candidates. Leaves: `Judgement`, one
verdict a block. Look first at `judge.py`, where the order is visible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judge.html_steps import judge_html
from cleaner.judge.text_steps import judge_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Candidate, Favor, Page, Status, Verdict
    from cleaner.rules import Outlet, Phrases


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdicts[i]` is None where block i is kept whole."""

    verdicts: tuple[Verdict | None, ...]
    status: Status = "article"
    reason: str | None = None


def judge(
    page: Page,
    outlet: Outlet | None,
    phrases: Phrases,
    titles: Sequence[Candidate],
    favor: Favor,
) -> Judgement:
    """One verdict a block, in the order of `judge.py`."""
    if page.kind == "text":
        return judge_text(page, outlet, phrases, titles, favor)
    return judge_html(page, outlet, phrases, titles, favor)
