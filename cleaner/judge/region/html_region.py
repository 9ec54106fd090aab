"""The story's region of an HTML page: learned scores for its blocks, and how sure they are.

Enters: a `Page` read from HTML and what the generic rules hit. Leaves: an `Opinion`. The parameters stand in
`html.json`, made by `python -m cleaner.training.html`; no page of an outlet whose rules name the body
comes here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from cleaner.judge.region.block_text import HookScore, hook_scorer
from cleaner.judge.region.html_context import CONTEXT_GROUP_OF, in_context
from cleaner.judge.region.html_features import FEATURES, GROUP_OF, Scan, build
from cleaner.judge.region.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.model import Favor, Page

PARAMETERS = Path(__file__).with_name("html.json")
# Log-odds a block must pass to be kept: where precision and recall are even, and a step to either side.
BARS: Mapping[Favor, float] = {"precision": 0.9, "balanced": 0.0, "recall": -1.1}

# First scores outside these stand: on the annotated pages the second judge never overturned one.
SETTLED = (-3.0, 3.5)
_SIZE = FEATURES.index("size")


@dataclass(frozen=True, slots=True)
class Model:
    """The learned parameters, ready for use."""

    hooks: HookScore
    words: Mapping[str, float]
    first: Trees
    second: Trees


@dataclass(frozen=True, slots=True)
class Opinion:
    """`scores` are log-odds by block index; a block that is no candidate has none.

    `doubt` is the share of the kept text that the judge expects to have wrong (0.0 to about 1.0);
    `exits` are kept to name the heuristic that weighed most; `excluded` names the rule behind each block that
    was set aside before.
    """

    scores: Mapping[int, float]
    doubt: float
    exits: Mapping[int, tuple[Trees, bytes]]
    excluded: Mapping[int, str]

    def blame(self, index: int) -> str:
        """The heuristic that speaks most against a candidate block."""
        trees, exits = self.exits[index]
        return trees.blame(exits)


@cache
def model() -> Model:
    """The parameters, read once a process."""
    data = orjson.loads(PARAMETERS.read_bytes())
    first, second = data["first"], data["second"]
    return Model(
        hook_scorer(data["hooks"]), data["words"],
        Trees.compile(first, GROUP_OF), Trees.compile(second, CONTEXT_GROUP_OF),
    )  # fmt: skip


def doubt(lengths: Sequence[float], scores: Sequence[float]) -> float:
    """Expected wrong characters over kept characters."""
    wrong = kept = 0.0
    for length, score in zip(lengths, scores, strict=True):
        wrong += length / (1.0 + math.exp(min(30.0, abs(score))))
        kept += length if score >= 0 else 0.0
    return wrong / max(kept, 150.0)


def weigh(page: Page, scan: Scan, learned: Model) -> Opinion:
    """Score the candidate blocks of a page alone, then those left in doubt again in the light of the
    others.
    """
    table = build(page, learned.hooks, scan, learned.words)
    exits = [(learned.first, x) for x in learned.first.exits(table.columns)]
    scores = [learned.first.value(x) for _, x in exits]
    open_ = [k for k, score in enumerate(scores) if SETTLED[0] < score < SETTLED[1]]
    again = learned.second.exits(in_context(table, scores, open_))
    for k, leaves in zip(open_, again, strict=True):
        exits[k] = learned.second, leaves
        scores[k] = learned.second.value(leaves)
    return Opinion(
        dict(zip(table.candidates, scores, strict=True)),
        doubt(table.columns[_SIZE], scores),
        dict(zip(table.candidates, exits, strict=True)),
        table.excluded,
    )
