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

from cleaner.judge.text_features import rows
from cleaner.judge.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.judge.view import View
    from cleaner.model import Favor

PARAMETERS = Path(__file__).parent / "text.json"
# Log-odds a line needs to stay. Below even odds: a lost paragraph costs more than a kept caption.
BARS: Mapping[Favor, float] = {"precision": 0.2, "balanced": -0.5, "recall": -1.3}
# Of 655 extracted texts 1 in 20 has as many generic hits or lines outside its prose, of dumps 98 in 100.
_DUMP_HITS, _DUMP_LINES = 5, 20
_FEW_LEFT, _FEW_BELOW = 5, 2
_SHORTEST_DUMP = 40


@cache
def trees() -> Trees:
    """The learned scores, read once."""
    return Trees.load(PARAMETERS)


def is_dump(view: View) -> bool:
    """Whether the text is a whole page: lines before the first prose and after the last, phrases.

    Where rules and shapes have left little but prose there is nothing to search for, and no time to lose.
    """
    lines = view.lines
    if len(lines) < _SHORTEST_DUMP:
        return False
    left = [i for i, gone in enumerate(view.gone) if not gone]
    loose = [i for i in left if not lines.prose[i] and not lines.ends[i]]
    last = max((i for i in left if lines.prose[i]), default=-1)
    if len(loose) < _FEW_LEFT and sum([i > last for i in loose]) < _FEW_BELOW:
        return False
    prose = [i for i, p in enumerate(lines.prose) if p]
    outside = prose[0] + len(lines) - 1 - prose[-1] if prose else len(lines)
    return outside >= _DUMP_LINES or sum([hit is not None for hit in lines.hits]) >= _DUMP_HITS


def region(view: View, favor: Favor) -> Mapping[int, str]:
    """Lines outside the story. Nothing where the text is no dump, or where no line would stay."""
    if not is_dump(view):
        return {}
    judge, bar = trees(), BARS[favor]
    live = [i for i, gone in enumerate(view.gone) if not gone]
    exits = [judge.exits(row) for row in rows(view)]
    scores = [judge.value(x) for x in exits]
    stays = [i for i, score in zip(live, scores, strict=True) if score >= bar]
    if not stays:
        return {}
    found: dict[int, str] = {}
    for i, score, leaves in zip(live, scores, exits, strict=True):
        if score < bar:
            inside = stays[0] < i < stays[-1]
            outside = "layout/navigation" if i < stays[0] else "layout/footer"
            found[i] = judge.blame(leaves) if inside else outside
    return found
