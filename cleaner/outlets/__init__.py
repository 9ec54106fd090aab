"""rules/*.yaml to compiled rules, and the outlet of a page.

Enters: folders of rule files; a `Page`. Leaves: `Rules`, `Outlet`, `Phrases`. Look first at `schema.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike

from cleaner.model import Candidate, Page, Verdict


class Phrases:
    """The generic rule files, compiled into RE2 sets."""

    def lines(self, keys: Sequence[str]) -> list[str | None]:
        """For each folded key the rule that removes that line, or None."""
        return [None] * len(keys)

    def markers(self, keys: Sequence[str]) -> list[str | None]:
        """For each folded key the rule that says other stories start here, or None."""
        return [None] * len(keys)


class Outlet:
    """One outlet's rules, ready to be asked about a page."""

    name: str

    def verdicts(self, page: Page) -> Mapping[int, Verdict]:
        """By block index: keep, remove or edit, each under the rule's full name."""
        return {}

    def body(self, page: Page) -> frozenset[int] | None:
        """Indices of the blocks the body rule names; None where there is none or it found nothing."""
        return None

    def candidates(self, page: Page, field: str) -> list[Candidate]:
        """What the outlet's own field rules find, in the order of the rules."""
        return []


class Rules:
    """All rule files, compiled as needed."""

    version: str = "0"
    phrases: Phrases

    def __init__(self) -> None:
        self.phrases = Phrases()

    @classmethod
    def load(cls, folders: Sequence[str | PathLike[str]] = ()) -> Rules:
        """Raises `RulesError` for a bad file."""
        return cls()

    def match(self, page: Page) -> Outlet | None:
        return None
