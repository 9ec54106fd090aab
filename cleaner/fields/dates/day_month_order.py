"""How a page orders day and month in 03/04/2020.

Enters: `PageFacts`. Leaves: `dmy`, `mdy`, or None where nothing on the page tells: such a number is then
no date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.fields.dates.date_text import Order
    from cleaner.fields.page_facts import PageFacts

_MONTH_FIRST = frozenset(["us", "ph", "fm", "pw"])
_DAY_FIRST_ENGLISH = frozenset(
    ["gb", "uk", "au", "nz", "ie", "in", "za", "sg", "my", "hk", "ng", "ke", "pk", "gh", "mt", "jm"]
)
_TELLING = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:19|20)\d\d(?![\d/])")
_SHORT = 80


def date_order(evidence: PageFacts) -> Order | None:
    """How this page writes 03/04/2020, if its region, top-level domain, language or its other dates tell.

    Plain "en" on a .com is either, and og:locale's en_US is what blog software sets when nobody chose.
    """
    page = evidence.page
    domain = evidence.host.rpartition(".")[2]
    if domain in ("gov", "mil", "us", "edu", "ph"):
        return "mdy"
    if domain in _DAY_FIRST_ENGLISH:
        return "dmy"
    tag = (page.language or next((v for _, v in evidence.meta("og:locale")), "")).replace("_", "-").lower()
    language, _, region = tag.partition("-")
    region = region.rpartition("-")[2]
    if language in ("en", "fil", "tl", ""):
        if region in _DAY_FIRST_ENGLISH:
            return "dmy"
        return "mdy" if region in _MONTH_FIRST and page.language else _from_others(evidence)
    return "dmy"


def _from_others(evidence: PageFacts) -> Order | None:
    """What other dates of the page show: 14/03/2020 can be read one way only. Contradictions tell nothing."""
    told: set[Order] = set()
    for block in evidence.page.blocks:
        if len(block.text) < _SHORT and "/" in block.text and (match := _TELLING.search(block.text)):
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                told.add("dmy")
            elif second > 12 >= first:
                told.add("mdy")
    return told.pop() if len(told) == 1 else None
