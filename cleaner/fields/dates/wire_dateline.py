"""The day in a wire's dateline: "Vellmouth, Jan 9, 2020 (AFP) - " opens the story and says when it was filed.

Enters: `PageFacts` of a text. Leaves: one `Found` or none. Only a dateline with its year is read, at the head
of one of the first paragraphs; in HTML the page's own dates say more. Known cost: a story that opens with a
place, another day and a dash is dated by it, where nothing heavier says otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.fields.dates.date_text import parse_date
from cleaner.fields.dates.day_month_order import date_order
from cleaner.fields.resolver import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.fields.page_facts import PageFacts

_WIRE = re.compile(
    r"[^\W\d_][^\d,()]{1,40},\s(?P<date>[^()]{6,40}?)\s?(?:\([^()]{2,40}\)|[A-Z]{2,10}\b)?\s?[-–—]{1,2}\s?(?=\S)"
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d$")
_WIRE_LINES = 12


def wire_dateline(evidence: PageFacts) -> Iterator[Found]:
    """Text input: the day in a wire's dateline ("Vellmouth, Jan 9, 2020 (AFP) - "), with its year."""
    if evidence.page.kind != "text":
        return
    for block in evidence.page.blocks[:_WIRE_LINES]:
        if block.kind == "paragraph" and (match := _WIRE.match(block.text[:120])):
            raw = match["date"].strip(" ,")
            if _HAS_YEAR.search(raw) and (iso := parse_date(raw, evidence.once(date_order))):
                yield Found(iso, match[0], block.index)
                return
