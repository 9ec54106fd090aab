"""What the linter works with and what it says.

Enters: nothing. Leaves: `Finding`, and `Library`: the files under check with all that they lean on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cleaner.model import Page, RulesError
from cleaner.rules.format.merge import resolve

if TYPE_CHECKING:
    from cleaner.rules.format.schema import RuleFile

Severity = Literal["error", "warning"]
Case = tuple[str, Page, str]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend, under a stable code.

    Errors: yaml, schema, pattern, selector, extends, hosts, why, recognise. Warnings: off, orphan, unhit,
    unseen, broad.
    """

    path: str
    line: int
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Library:
    """The files under check (`own`), those of weaker folders (`below`), and both as one (`all`)."""

    own: dict[tuple[str, str], RuleFile]
    below: dict[tuple[str, str], RuleFile]
    all: dict[tuple[str, str], RuleFile]

    def outlets(self) -> dict[str, RuleFile]:
        return {name: file for (kind, name), file in self.own.items() if kind == "outlet"}

    def resolved(self, name: str) -> RuleFile | None:
        try:
            return resolve(name, lambda x: self.all.get(("outlet", x)))
        except (RulesError, KeyError):
            return None
