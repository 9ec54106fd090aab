"""Page and rules to headline, date, authors, language and the rest, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.model import Candidate, Page
from cleaner.outlets import Outlet

if TYPE_CHECKING:
    from cleaner.judge import Judgement


@dataclass(frozen=True, slots=True)
class Fields:
    """`values` by the record's field names (only those known); `provenance` the winning sources; `candidates` all proposals."""

    values: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


def headlines(page: Page, outlet: Outlet | None) -> list[Candidate]:
    """Headline candidates, best first; they come before judgement, which takes the headline out of the body."""
    return []


def resolve(
    page: Page,
    outlet: Outlet | None,
    judgement: Judgement,
    titles: Sequence[Candidate],
    *,
    fetched: str | None = None,
) -> Fields:
    return Fields()
