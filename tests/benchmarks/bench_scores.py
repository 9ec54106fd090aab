"""How well a body agrees with an annotation.

Words: F1 over the bags of lower-cased words, the mean over pages, as WCXB counts it. Shingles: F1 of the mean
precision and the mean recall over bags of four words in a row, as the Scrapinghub article extraction
benchmark counts them. Segments: F1 over all texts that a page's body must and must not have, spaces aside,
as the evaluation of trafilatura counts them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean

_WORD = re.compile(r"\w+")
SHINGLE = 4
# A page below this is as good as lost to whoever reads it.
POOR = 0.8


@dataclass(frozen=True, slots=True)
class Overlap:
    """Sizes of two bags and of what they share."""

    shared: int
    found: int
    true: int

    @property
    def precision(self) -> float | None:
        """None where nothing was found although something is there: no word of it can be wrong."""
        if self.found:
            return self.shared / self.found
        return None if self.true else 1.0

    @property
    def recall(self) -> float | None:
        """None where there is nothing to find."""
        return self.shared / self.true if self.true else None

    @property
    def f1(self) -> float:
        if not self.found or not self.true:
            return float(self.found == self.true)
        return 2 * self.shared / (self.found + self.true)


def overlap(found: Counter[str], true: Counter[str]) -> Overlap:
    return Overlap((found & true).total(), found.total(), true.total())


def words(body: str, gold: str) -> Overlap:
    return overlap(Counter(_WORD.findall(body.lower())), Counter(_WORD.findall(gold.lower())))


def shingles(text: str) -> Counter[str]:
    """Four words in a row, each time they come; a shorter text is one shingle."""
    said = _WORD.findall(text)
    if not said:
        return Counter()
    return Counter(" ".join(said[i : i + SHINGLE]) for i in range(max(1, len(said) - SHINGLE + 1)))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass(slots=True)
class Tally:
    """The figures of one system on one corpus, page by page."""

    word_f1: list[float] = field(default_factory=list)
    word_precision: list[float] = field(default_factory=list)
    word_recall: list[float] = field(default_factory=list)
    shingle_precision: list[float] = field(default_factory=list)
    shingle_recall: list[float] = field(default_factory=list)
    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(
        self, body: str, gold: str | None, inside: tuple[str, ...] = (), outside: tuple[str, ...] = ()
    ) -> None:
        """One page: the body a system found, the annotated one, segments that must and must not be there."""
        if gold is not None:
            self._add_bags(body, gold)
        squeezed = _squeezed(body)
        have = sum(_squeezed(x) in squeezed for x in inside)
        self.right += have
        self.missing += len(inside) - have
        self.wrong += sum(_squeezed(x) in squeezed for x in outside)

    def _add_bags(self, body: str, gold: str) -> None:
        said = words(body, gold)
        self.word_f1.append(said.f1)
        runs = overlap(shingles(body), shingles(gold))
        for value, into in (
            (said.precision, self.word_precision),
            (said.recall, self.word_recall),
            (runs.precision, self.shingle_precision),
            (runs.recall, self.shingle_recall),
        ):
            if value is not None:
                into.append(value)

    def figures(self) -> dict[str, float]:
        """Those that the annotations allow."""
        figures: dict[str, float] = {}
        if self.word_f1:
            figures["words"] = fmean(self.word_f1)
            figures["precision"] = fmean(self.word_precision or [0.0])
            figures["recall"] = fmean(self.word_recall or [0.0])
            p, r = fmean(self.shingle_precision or [0.0]), fmean(self.shingle_recall or [0.0])
            figures["shingles"] = 2 * p * r / (p + r) if p + r else 0.0
            figures["poor"] = sum(x < POOR for x in self.word_f1) / len(self.word_f1)
        if self.right or self.missing:
            figures["segments"] = 2 * self.right / (2 * self.right + self.wrong + self.missing)
        return figures
