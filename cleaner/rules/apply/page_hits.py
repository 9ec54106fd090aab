"""What is known of a page while an outlet's rules ask about it.

Enters: a `Page`, and the hits of the outlet's pattern sets. Leaves: one thing to hand from rule to rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.model import Page
    from cleaner.rules.apply.selectors import Rows
    from cleaner.rules.patterns.sets import Hits


@dataclass(slots=True)
class Evidence:
    """A page, and which of its lines each pattern is found in.

    `keys` are the hits on folded keys, `exact` those on raw texts minding case, `raw` those ignoring it; None
    until a field rule asks. `body` are the blocks that the outlet's body rule names, once `asked`.
    """

    page: Page
    rows: Rows
    keys: Hits
    exact: Hits
    raw: Hits | None = None
    body: frozenset[int] | None = None
    asked: bool = False
