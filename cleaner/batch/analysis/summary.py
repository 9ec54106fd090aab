"""What a run amounts to: counts that must agree, and what a report shows.

Enters: the manifest's lines. Leaves: `Summary`. Everything here is made from the manifest alone, so that a
resumed run and an uninterrupted one say the same.
"""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.documents import UNKNOWN_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATUSES = ("article", "not-article", "empty", "rejected", "failed")
_NAMED = 1_000  # failed inputs named in a report; all of them are in the manifest
_SLOWEST = 20


@dataclass(slots=True)
class Summary:
    """Counts by what happened to each input. `read` is what went in; `check` compares both sides."""

    read: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    filtered: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    written: int = 0
    outlets: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    rule_characters: Counter[str] = field(default_factory=Counter)
    kept_characters: int = 0
    words: int = 0
    bytes: int = 0
    milliseconds: float = 0.0
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    skips: list[tuple[str, str, str]] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def add(self, line: Mapping[str, Any]) -> None:
        """Take in one line of a manifest."""
        status, reason = line["status"], line.get("reason") or ""
        source = line.get("source") or "standard input"
        if status == "skipped":
            unknown = reason == UNKNOWN_SUFFIX
            self.skipped[(line.get("detail") or "without suffix") if unknown else reason] += 1
            if reason != UNKNOWN_SUFFIX and len(self.skips) < _NAMED:
                self.skips.append((source, reason, line.get("detail") or ""))
            return
        self.read += 1
        self.statuses[status] += 1
        if reason:
            self.reasons[f"{status}: {reason}"] += 1
        if status in ("failed", "rejected") and len(self.failed) < _NAMED:
            self.failed.append((source, reason, line.get("detail") or ""))
        if status != "failed":
            self._record(line, source)

    def _record(self, line: Mapping[str, Any], source: str) -> None:
        if line.get("filtered"):
            self.filtered[line["filtered"]] += 1
        else:
            self.written += 1
        if line.get("duplicate"):
            self.duplicates[line["duplicate"]] += 1
        self.bytes += line["bytes"]
        self.milliseconds += line["ms"]
        heapq.heappush(self.slowest, (line["ms"], source))
        if len(self.slowest) > _SLOWEST:
            heapq.heappop(self.slowest)
        if line["status"] == "article":
            self._article(line)

    def _article(self, line: Mapping[str, Any]) -> None:
        self.words += line["words"]
        self.kept_characters += line["kept"]
        self.outlets[line["outlet"] or ""] += 1
        self.languages[line["language"] or ""] += 1
        self.fields.update(line["fields"])
        for rule, (count, characters) in line["removed"].items():
            self.rules[rule] += count
            self.rule_characters[rule] += characters

    @property
    def files_failed(self) -> int:
        return self.statuses["failed"]

    def check(self, taken: int) -> str | None:
        """None where in = article + not-article + empty + rejected + failed and in is what was taken; else
        words.
        """
        total = sum(self.statuses[status] for status in STATUSES)
        written = self.read - self.statuses["failed"] - sum(self.filtered.values())
        if not total == self.read == taken or written != self.written:
            return (
                f"counts disagree: {taken} taken, {self.read} in the manifest, {total} by status, "
                f"{self.written} written"
            )
        return None


def summed(lines: Iterable[Mapping[str, Any]]) -> Summary:
    summary = Summary()
    for line in lines:
        summary.add(line)
    return summary
