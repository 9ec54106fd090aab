"""Texts that hold authors' names to a candidate: the list they make together.

Enters: texts of one source. Leaves: one `Found`, or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.fields.authors.person_names import Credit, read_credits
from cleaner.fields.resolver import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.fields.page_facts import Evidence

# Parts the names of one list inside a candidate's value, which is a string.
PARTING = "; "
# Names that one source is asked for: a hostile page may hold thousands.
MOST_AUTHORS = 60


def _joined(found: Iterable[Credit]) -> str:
    """People of a list, else its collective; each once."""
    listed = list(found)
    people = [credit.name for credit in listed if credit.kind == "person"]
    names = people or [credit.name for credit in listed if credit.kind == "group"]
    return PARTING.join(dict.fromkeys(names))


def credited(texts: Iterable[str], evidence: Evidence, *, declared: bool) -> Iterator[Found]:
    """One list of all the texts; the agencies among them are noted on the way."""
    raws = [text for text in texts if text]
    found = [credit for text in raws for credit in read_credits(text, evidence.site_names, declared=declared)]
    evidence.agencies.extend(credit.name for credit in found if credit.kind == "agency")
    if value := _joined(found):
        yield Found(value, PARTING.join(raws))
