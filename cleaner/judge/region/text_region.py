"""The region of a text dump: which of the lines that rules and shapes left are the story.

Enters: a `View`. Leaves: for each line it would take out the name of the heuristic that says why. Only a
text that looks like the dump of a whole page is searched; what an extractor has already chosen is left to
rules and shapes, which know more there (measured: the learned scores take as much story as noise out of
extracted text).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.judge.layout_rules import FOOTER, NAVIGATION
from cleaner.judge.region.text_features import FEATURES, GROUP_OF, rows
from cleaner.judge.region.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.judge.lines import View
    from cleaner.model import Favor

PARAMETERS = Path(__file__).parent / "text.json"
# Log-odds a line needs to stay. Below even odds: a lost paragraph costs more than a kept caption.
BARS: Mapping[Favor, float] = {"precision": 0.2, "balanced": -0.7, "recall": -1.3}
# Generic hits, or lines outside the prose where no rules know the language. Of the annotated dumps 95 in 100
# have as many, of texts in Markdown 93, of an extractor's 1 to 10; searching those loses more than it gains.
_DUMP_HITS, _DUMP_LINES = 10, 100
_FEW_LEFT, _FEW_BELOW = 5, 2
_SHORTEST_DUMP = 40
# Longer than any page: the longest of 430 annotated dumps has 2,353 lines. To search 500,000 takes 20 s.
_LONGEST_DUMP = 50_000
_FEW_WORDS = 4
_END, _WORDS = FEATURES.index("end"), FEATURES.index("words")


@cache
def trees() -> Trees:
    """The learned scores, read once."""
    return Trees.load(PARAMETERS, GROUP_OF)


def is_dump(view: View) -> bool:
    """Whether the text is a whole page: lines before the first prose and after the last, phrases.

    Where rules and shapes have left little but prose there is nothing to search for, and no time to lose.
    """
    lines = view.lines
    if not _SHORTEST_DUMP <= len(lines) <= _LONGEST_DUMP:
        return False
    left = [i for i, gone in enumerate(view.gone) if not gone]
    loose = [i for i in left if not lines.prose[i] and not lines.ends[i]]
    last = max((i for i in left if lines.prose[i]), default=-1)
    if len(loose) < _FEW_LEFT and sum([i > last for i in loose]) < _FEW_BELOW:
        return False
    prose = [i for i, p in enumerate(lines.prose) if p]
    outside = prose[0] + len(lines) - 1 - prose[-1] if prose else len(lines)
    return outside >= _DUMP_LINES or sum([hit is not None for hit in lines.hits]) >= _DUMP_HITS


def choose(table: Sequence[Sequence[float]], scores: Sequence[float], bar: float) -> list[bool]:
    """Which lines stay: those above the bar, and finished sentences between two of them.

    Short paragraphs ("The exhibition opens in June.") look like labels to whoever reads them alone.
    """
    above = [score >= bar for score in scores]
    return [
        stays
        or (
            0 < i < len(above) - 1
            and above[i - 1]
            and above[i + 1]
            and row[_END] == 1.0
            and row[_WORDS] > _FEW_WORDS
        )
        for i, (stays, row) in enumerate(zip(above, table, strict=True))
    ]


def region(view: View, favor: Favor) -> Mapping[int, str]:
    """Lines outside the story. Nothing where the text is no dump, or where no line would stay."""
    if not is_dump(view):
        return {}
    judge, bar = trees(), BARS[favor]
    live = [i for i, gone in enumerate(view.gone) if not gone]
    table = rows(view)
    exits = judge.exits(list(zip(*table, strict=True)))
    chosen = choose(table, [judge.value(x) for x in exits], bar)
    stays = [i for i, stay in zip(live, chosen, strict=True) if stay]
    if not stays:
        return {}
    found: dict[int, str] = {}
    for i, stay, leaves in zip(live, chosen, exits, strict=True):
        if not stay:
            inside = stays[0] < i < stays[-1]
            outside = NAVIGATION if i < stays[0] else FOOTER
            found[i] = judge.blame(leaves) if inside else outside
    return found
