"""What the container of a page states about it: the row, the envelope, the export it came in.

Enters: a mapping of field names to whatever a JSON row holds. Leaves: `Stated`, in the forms of the record,
or None where nothing usable is said. It is a source like any other in the tables of the fields, named `row`
there and in the record by what stated it. Its word stands above all that is read off the page alone, also
above a rule of the outlet alone: in a text a rule only guesses at lines. A rule that the page's own data
bears out outweighs it. A date of the same day does not cost the page's time: of sources that agree the most
precise one speaks.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from cleaner.fields.authors.credits import MOST_AUTHORS, read_credits
from cleaner.fields.authors.person_names import is_agency
from cleaner.fields.dates.date_text import parse_date
from cleaner.fields.resolver import STATED, Found
from cleaner.text.normalise import tidy_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cleaner.fields.page_facts import PageFacts

TEXTS = ("headline", "date", "modified", "language", "site", "url", "section", "summary", "image", "fetched")
LISTS = ("authors", "tags")
_DATES = ("date", "modified", "fetched")
_ADDRESSES = ("url", "image")
_LONGEST = 4000
_MOST_TAGS = 40
_NOTHING = frozenset(["", "none", "null", "nan", "nat", "n/a", "unknown", "undefined", "[]", "{}", "-"])
# Seconds, thousandths, millionths and billionths since 1970, told by their size: each from 1973 on.
_EPOCHS = ((1e8, 1e11, 1.0), (1e11, 1e14, 1e3), (1e14, 1e17, 1e6), (1e17, 1e20, 1e9))
_NUMBER = re.compile(r"\d{9,20}(?:\.\d+)?$")
_NEEDS_READING = re.compile(
    r"[,;|&@/()\[\]\d]|\s(?:and|und|et|y|e|i|og|och|en)\s|^(?:by|von|par|por)\s|http", re.IGNORECASE
)
_LISTED = re.compile(r"\s*[;|]\s*")
_TAGS = re.compile(r"\s*[,;|]\s*")
# How keys of containers that are structs call the name inside.
_INNER = ("name", "title", "label", "value", "$date", "iso", "url", "text", "full_name", "fullName", "@value")


@dataclass(frozen=True, slots=True)
class Stated:
    """`values` holds the texts of `TEXTS` that are stated; dates as stated, numbers as ISO."""

    by: str = STATED
    values: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The record's fields as stated, for a page of which nothing else is known."""
        found: dict[str, Any] = {}
        for name, value in self.values.items():
            text = _day_or_time(value) if name in _DATES else tidy_line(value)
            if text:
                found[name] = text
        for name in ("authors", "agencies", "tags"):
            if listed := getattr(self, name):
                found[name] = tuple(tidy_line(item) for item in listed)
        return found


def read_stated(raw: Mapping[str, Any] | None) -> Stated | None:
    """Checked and brought into form. Keys are the record's, and `container` names who states it (`row` by
    default). Unknown keys, nulls and what cannot be read are passed over. Never raises for any JSON value.
    """
    if not raw:
        return None
    values: dict[str, str] = {}
    for name in TEXTS:
        text = _moment(raw.get(name)) if name in _DATES else stated_text(raw.get(name))
        if text is None or (name in _ADDRESSES and not text.startswith(("http://", "https://"))):
            continue
        if name not in _DATES or parse_date(text) or not text[:4].isdigit():
            values[name] = text
    if "fetched" in values:
        if moment := _day_or_time(values["fetched"]):
            values["fetched"] = moment
        else:
            del values["fetched"]
    people, agencies = _people(raw.get("authors"))
    tags = _listed(raw.get("tags"), _TAGS)[:_MOST_TAGS]
    if not (values or people or agencies or tags):
        return None
    return Stated(stated_text(raw.get("container")) or STATED, values, people, agencies, tags)


def stated_text(value: object) -> str | None:
    """One line of text out of a string, a number, a struct with a name, or the first of a list."""
    for _ in range(4):
        if isinstance(value, list | tuple):
            value = next((item for item in value if item), None)
        elif isinstance(value, dict):
            value = next((value[key] for key in _INNER if value.get(key)), None)
        else:
            break
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    text = (
        " ".join(str(value)[:_LONGEST].split()) if not isinstance(value, int) or abs(value) < 10**30 else ""
    )
    return None if text.casefold() in _NOTHING else text


def stated_from(name: str) -> Callable[[PageFacts], Iterator[Found]]:
    """The source of one text field for its table."""

    def find(evidence: PageFacts) -> Iterator[Found]:
        stated = evidence.page.stated
        if stated is not None and (value := stated.values.get(name)):
            yield Found(value, value)

    return find


def _moment(value: object) -> str | None:
    """A date as text; numbers since 1970 and date objects as ISO."""
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    text = stated_text(value)
    if text is None or not _NUMBER.match(text):
        return text
    if len(text) in (12, 14) and text.startswith(("19", "20")) and parse_date(text):
        return text  # 20200108213000
    number = float(text)
    for least, most, unit in _EPOCHS:
        if least <= number < most:
            try:
                return datetime.fromtimestamp(number / unit, UTC).replace(microsecond=0).isoformat()
            except (ValueError, OverflowError, OSError):
                return None
    return None


def _day_or_time(text: str) -> str | None:
    return parse_date(text)


def _listed(value: object, parting: re.Pattern[str]) -> tuple[str, ...]:
    """Texts of a list, or of one string that holds a list, each once."""
    found: dict[str, None] = {}
    for item in value if isinstance(value, list | tuple) else (value,):
        text = stated_text(item)
        if text is None:
            continue
        text = text.strip("[]") if text.startswith("[") and text.endswith("]") else text
        parts = parting.split(text) if not isinstance(value, list | tuple) else [text]
        for part in parts:
            if (name := part.strip(" \"'" if text is not part or "'" in part[:1] else " ")) and len(
                found
            ) < 200:
                found.setdefault(name)
    return tuple(name for name in found if name.casefold() not in _NOTHING)


def _people(value: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Persons (or who else signs) and agencies. A name that reads as one name is taken as it is; a byline, a
    list in one string and a name with its role are read as any credit is.
    """
    people: dict[str, None] = {}
    agencies: dict[str, None] = {}
    for name in _listed(value, _LISTED)[:MOST_AUTHORS]:
        if is_agency(name):
            agencies.setdefault(name)
        elif not _NEEDS_READING.search(name):
            people.setdefault(name)
        else:
            credits_ = [*read_credits(name, {}, declared=True)]
            for credit in credits_:
                (agencies if credit.kind == "agency" else people).setdefault(credit.name)
            if not credits_ and "http" not in name and "@" not in name:
                people.setdefault(name)
    return tuple(people)[:MOST_AUTHORS], tuple(agencies)[:MOST_AUTHORS]
