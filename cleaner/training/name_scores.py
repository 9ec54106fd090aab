"""What the words in class names and ids say about the text inside, learned publisher by publisher.

A word's score is the log-odds that prose under it is the story's, averaged over publishers, so that one
outlet's thousand paragraphs weigh as one. A page is always scored without its own publisher's evidence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.judge.region.block_text import hook_tokens, size, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.model import Page

# Publishers of prior evidence that a word's average is shrunk towards the neutral score with.
_PRIOR = 2.0


@dataclass(slots=True)
class Counts:
    """Evidence by word and publisher: weight of the story's text, weight of all text.

    `prior` is the share of story text that nothing is known to say; `least` the number of publishers a word
    needs; `dull` the log-odds below which a word says too little to be kept.
    """

    prior: float
    least: int
    dull: float
    seen: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    words_of: dict[str, set[str]] = field(default_factory=dict)

    def add(self, word: str, publisher: str, story: float, total: float) -> None:
        """Count one occurrence."""
        cell = self.seen.setdefault(word, {}).setdefault(publisher, [0.0, 0.0])
        cell[0] += story
        cell[1] += total
        self.words_of.setdefault(publisher, set()).add(word)

    def _score(self, word: str, without: str | None) -> float | None:
        shares = [a / b for p, (a, b) in self.seen[word].items() if p != without]
        if len(shares) < self.least:
            return None
        mean = (sum(shares) + _PRIOR * self.prior) / (len(shares) + _PRIOR)
        score = math.log(mean / (1 - mean)) - math.log(self.prior / (1 - self.prior))
        return round(score, 2) if abs(score) >= self.dull else None

    def scores(self) -> dict[str, float]:
        """Word to log-odds against the prior, from all publishers."""
        return {w: s for w in self.seen if (s := self._score(w, None)) is not None}

    def without(self, publisher: str, whole: dict[str, float]) -> dict[str, float]:
        """The same from all publishers but one. `whole` is what `scores` gave: few words differ."""
        out = dict(whole)
        for word in self.words_of.get(publisher, ()):
            score = self._score(word, publisher)
            if score is None:
                out.pop(word, None)
            else:
                out[word] = score
        return out


def hook_counts() -> Counts:
    """Counts for words in class names and ids."""
    return Counts(prior=0.4, least=4, dull=0.1)


def word_counts() -> Counts:
    """Counts for the first words of blocks."""
    return Counts(prior=0.5, least=6, dull=0.5)


def count_hooks(counts: Counts, publisher: str, page: Page, labels: Sequence[float]) -> None:
    """Count the elements of one labelled page, each text weighing by the root of its length."""
    elements = page.elements
    if elements is None:
        return
    story, total = [0.0] * len(elements.tags), [0.0] * len(elements.tags)
    for block, label in zip(page.blocks, labels, strict=True):
        if block.place is not None:
            weight = math.sqrt(size(block.text))
            story[block.place.element] += weight * label
            total[block.place.element] += weight
    for row in range(len(elements.tags) - 1, 0, -1):
        story[elements.parents[row]] += story[row]
        total[elements.parents[row]] += total[row]
    for row, hook in enumerate(elements.hooks):
        if hook and total[row]:
            for token in set(hook_tokens(hook)):
                if len(token) > 1:
                    counts.add(token, publisher, story[row], total[row])


def count_words(counts: Counts, publisher: str, keys: Sequence[str], labels: Sequence[float]) -> None:
    """Count the candidate blocks of one labelled page."""
    for key, label in zip(keys, labels, strict=True):
        for word in set(words(key)):
            counts.add(word, publisher, label, 1.0)
