"""Boosted trees as tables: the quick way gives what walking each tree gives."""

from __future__ import annotations

import random
from typing import Any

import pytest

from cleaner.judge.region.trees import LEAVES, Trees

FEATURES = 6


def _tree(rng: random.Random) -> dict[str, list[Any]]:
    """A random tree of two to eight leaves, in the form the training writes."""
    tree: dict[str, list[Any]] = {k: [] for k in ("feature", "threshold", "left", "right", "value", "inner")}
    leaves = rng.randint(2, LEAVES)

    def grow(budget: int) -> int:
        if budget == 1:
            tree["value"].append(rng.uniform(-1, 1))
            return ~(len(tree["value"]) - 1)
        node = len(tree["feature"])
        tree["feature"].append(rng.randrange(FEATURES))
        tree["threshold"].append(rng.choice([0.0, 0.5, 1.0, rng.uniform(-2, 2)]))
        tree["inner"].append(rng.uniform(-1, 1))
        tree["left"].append(0)
        tree["right"].append(0)
        share = rng.randint(1, budget - 1)
        tree["left"][node] = grow(share)
        tree["right"][node] = grow(budget - share)
        return node

    grow(leaves)
    return tree


def _walk(tree: dict[str, list[Any]], row: list[float]) -> float:
    node = 0
    while node >= 0:
        passed = row[tree["feature"][node]] <= tree["threshold"][node]
        node = tree["left" if passed else "right"][node]
    value: float = tree["value"][~node]
    return value


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_those_of_walking_every_tree(seed: int) -> None:
    rng = random.Random(seed)
    trees = [_tree(rng) for _ in range(rng.randint(1, 30))]
    compiled = Trees.compile(
        {
            "features": list("abcdef"),
            "base": 0.25,
            "trees": trees,
        },
        dict.fromkeys("abcdef", "g"),
    )
    rows = [[rng.choice([0.0, 0.5, 1.0, rng.uniform(-3, 3)]) for _ in range(FEATURES)] for _ in range(50)]
    expected = [0.25 + sum(_walk(t, row) for t in trees) for row in rows]
    assert compiled.scores(rows) == pytest.approx(expected)


def test_the_blame_falls_on_the_group_that_pulled_down() -> None:
    stump = {
        "feature": [0],
        "threshold": [0.5],
        "left": [-1],
        "right": [-2],
        "value": [0.2, -0.9],
        "inner": [0.0],
    }
    other = {
        "feature": [1],
        "threshold": [0.5],
        "left": [-1],
        "right": [-2],
        "value": [0.1, -0.3],
        "inner": [0.0],
    }
    table = {"features": ["x", "y"], "base": 0.0, "trees": [stump, other]}
    compiled = Trees.compile(table, {"x": "layout/x", "y": "layout/y"})
    exits = compiled.exits([[1.0, 0.0], [1.0, 1.0]])
    assert [compiled.blame(x) for x in exits] == ["layout/x", "layout/y"]
