"""Page and rules to headline, date, authors, language and the rest, each with its source.

Enters: a `Page`, the outlet with its field rules, and after judgement the verdicts. Leaves: `Fields`.
Each field is a module with a table `SOURCES`, read top to bottom; `resolver.py` decides between what they
say, the same way for every field. Look first at `headline/headline_sources.py`, which finds titles with
`shown_headline.py` and trims them with `title_trim.py`. What a reader sees of date and authors is in
`dates/near_headline.py` and `authors/bylines.py`, and away from the headline in `dates/elsewhere.py` and
`authors/author_boxes.py`; `authors/credits.py` reads names with the words of `name_words.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.fields.authors.author_sources import resolve_authors
from cleaner.fields.dates.date_sources import resolve_date, resolve_modified
from cleaner.fields.dates.date_text import is_same_moment
from cleaner.fields.headline.headline_sources import resolve_headline
from cleaner.fields.language import resolve_language
from cleaner.fields.metadata import TABLES, resolve_about
from cleaner.fields.page_facts import PageFacts
from cleaner.fields.resolver import entries_of
from cleaner.model import Candidate, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.fields.resolver import Resolution
    from cleaner.judge import Judgement
    from cleaner.rules import Outlet

__all__ = ["Fields", "Headlines", "headlines", "resolve"]


@dataclass(frozen=True, slots=True)
class Fields:
    """`values` by the record's field names (only those known); `provenance` the winning sources;
    `candidates` all proposals.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


class Headlines(list[Candidate]):
    """Headline candidates, best first, with the evidence they came from, so that it is read only once."""

    def __init__(self, candidates: Sequence[Candidate], evidence: PageFacts) -> None:
        super().__init__(candidates)
        self.evidence = evidence


def headlines(page: Page, outlet: Outlet | None) -> list[Candidate]:
    """Headline candidates, best first; they come before judgement, which takes the headline out of the body.

    The first names the block that shows it, where the page shows it.
    """
    evidence = PageFacts(page, outlet)
    return Headlines(resolve_headline(evidence).candidates, evidence)


def resolve(
    page: Page,
    outlet: Outlet | None,
    judgement: Judgement,
    titles: Sequence[Candidate],
    *,
    fetched: str | None = None,
    now: str | None = None,
) -> Fields:
    """All fields of a judged page. Raises nothing for what the page contains."""
    gathered = titles.evidence if isinstance(titles, Headlines) else PageFacts(page, outlet)
    evidence = gathered.judged(judgement, titles[0] if titles else None, fetched, now)
    found: list[Candidate] = list(titles)
    values: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    if titles:
        values["headline"], provenance["headline"] = titles[0].value, titles[0].source
    for name, read in _READERS:
        resolution = read(evidence)
        found += resolution.candidates
        if resolution.candidates:
            values[name] = _typed(name, resolution.candidates[0].value)
            provenance[name] = resolution.candidates[0].source
    # Software states both whether or not a story was ever touched again.
    if "modified" in values and is_same_moment(values["modified"], values.get("date")):
        del values["modified"], provenance["modified"]
    people = resolve_authors(evidence)
    found += people.candidates
    if people.names:
        values["authors"], provenance["authors"] = people.names, people.source
    if people.agencies:
        values["agencies"] = people.agencies
    return Fields(values, provenance, tuple(found))


# Fields that are lists; an outlet's rule states one entry.
_LISTS = ("tags",)
_READERS: tuple[tuple[str, Callable[[PageFacts], Resolution]], ...] = (
    ("date", resolve_date),
    ("modified", resolve_modified),
    ("language", resolve_language),
    *((name, partial(resolve_about, name)) for name in TABLES),
)


def _typed(name: str, value: str) -> str | bool | tuple[str, ...]:
    """A candidate's value as the record has it."""
    if name == "paywalled":
        return value == "true"
    return entries_of(value) if name in _LISTS else value
