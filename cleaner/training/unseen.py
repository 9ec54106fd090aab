"""How the judge of HTML pages does where it has seen nothing of the publisher.

Enters: a page's annotation and the parameters trained without its publisher. Leaves: the body that
`judge` would keep (phrases, shapes and second opinion at work, outlet rules not), and figures over all
such bodies.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.fields import headlines
from cleaner.judge import judge
from cleaner.model import BodyBlock
from cleaner.read.decode import decode
from cleaner.read.html_reader import read_html
from cleaner.records.assemble import body_text
from cleaner.text.normalise import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judge.region.html_region import Model
    from cleaner.rules import Phrases
    from cleaner.training.corpora import AnnotatedPage

# A Chinese, Japanese or Thai character counts as a word.
_ALONE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(f"[{_ALONE}]|[^\\W{_ALONE}]+")
_RUN = re.compile(r"\w+")
_SHINGLE = 4
_LOW = 0.8


def body_of(sample: AnnotatedPage, phrases: Phrases, learned: Model) -> str:
    """What is kept of a page, block by block."""
    text, charset = decode(sample.data)
    page = read_html(text, url=sample.url, source=None, charset=charset)
    judged = judge(page, None, phrases, headlines(page, None), "balanced", learned=learned)
    kept: list[BodyBlock] = []
    for block, verdict in zip(page.blocks, judged.verdicts, strict=True):
        if verdict is None or verdict.action != "remove":
            text = block.text if verdict is None or verdict.text is None else verdict.text
            kept.append(BodyBlock(block.kind, tidy(text)))
    return body_text(kept)


def f1(found: Counter[Any], true: Counter[Any]) -> float:
    """F1 of two bags; 1.0 where both are empty."""
    both = sum(found.values()) + sum(true.values())
    return 2 * sum((found & true).values()) / both if both else 1.0


def words(text: str) -> Counter[str]:
    """Lower-cased words."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    found = _RUN.findall(text)
    return Counter(tuple(found[i : i + _SHINGLE]) for i in range(max(1, len(found) - _SHINGLE + 1)) if found)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass(slots=True)
class Figures:
    """Scores of many bodies. `articles` are the corpora that count in the mean over all articles."""

    articles: Sequence[str]
    words: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    precision: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    recall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    # Wanted segments found and missed, unwanted ones found; of pages that annotate nothing else.
    segments: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, sample: AnnotatedPage, body: str) -> None:
        """Take in one page."""
        if sample.body is not None:
            self.words[sample.corpus].append(f1(words(body), words(sample.body)))
            found, true = _shingles(body), _shingles(sample.body)
            both = sum((found & true).values())
            if found:
                self.precision[sample.corpus].append(both / sum(found.values()))
            if true:
                self.recall[sample.corpus].append(both / sum(true.values()))
            return
        text = _squeezed(body)
        inside = sum(_squeezed(x) in text for x in sample.inside)
        self.segments[0] += inside
        self.segments[1] += len(sample.inside) - inside
        self.segments[2] += sum(_squeezed(x) in text for x in sample.outside)

    def lines(self) -> list[str]:
        """The figures as lines to print."""
        out: list[str] = []
        for corpus, found in self.words.items():
            p, r = statistics.mean(self.precision[corpus]), statistics.mean(self.recall[corpus])
            shingle = 2 * p * r / (p + r) if p + r else 0.0
            out.append(
                f"{corpus:16} n={len(found):<4} words={statistics.mean(found):.4f} shingle={shingle:.4f}"
            )
        every = [x for c in self.articles for x in self.words[c]]
        if every:
            low = sum(x < _LOW for x in every) / len(every)
            out.append(
                f"{'articles':16} n={len(every):<4} words={statistics.mean(every):.4f} below 0.8: {low:.3f}"
            )
        inside, missed, unwanted = self.segments
        if inside:
            out.append(f"{'segments':16} F1={2 * inside / (2 * inside + missed + unwanted):.4f}")
        return out
