"""Page and rules to verdicts: the one place that removes.

Enters: `Page`, the matched outlet, the generic phrases, headline candidates. Leaves: `Judgement`, one
verdict a block. Look first at `STEPS` in `steps.py`, where the order is visible.
"""

from __future__ import annotations

from cleaner.judge.steps import STEPS, judge
from cleaner.model import Judgement

__all__ = ["STEPS", "Judgement", "judge"]
