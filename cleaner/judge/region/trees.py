"""Boosted trees read from a table and evaluated without a machine-learning package.

The method is QuickScorer (Lucchese et al., SIGIR 2015) on Python's big integers: each tree has at most
eight leaves and so one byte; each threshold a feature passes clears the leaves it rules out in all trees by a
single `&`; the lowest bit left in a byte is the tree's leaf. The time is that of one look-up a feature
and one a tree, however deep the trees are.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import and_, getitem
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LEAVES = 8
# A group's share of a leaf, in 1/256, offset to stay positive; 32 bits a group, so that sums never carry
# over.
_UNIT = 256.0
_OFFSET = 1 << 16
_LANE = 32
# By byte the number of its lowest bit. Tables of eight leaves stay in the processor's cache, those of 256 do
# not.
_LOWEST = bytes([max(0, (b & -b).bit_length() - 1) for b in range(256)])


@dataclass(frozen=True, slots=True)
class Trees:
    """A compiled ensemble. `features` names the columns in order, `groups` the heuristics they belong to."""

    features: tuple[str, ...]
    groups: tuple[str, ...]
    base: float
    _full: int
    _columns: tuple[tuple[int, tuple[float, ...], tuple[int, ...]], ...]
    _values: tuple[tuple[float, ...], ...]
    _shares: tuple[tuple[int, ...], ...]

    @classmethod
    def load(cls, path: Path, group_of: Mapping[str, str]) -> Trees:
        """Read a table written by `cleaner.training.boost`."""
        return cls.compile(orjson.loads(path.read_bytes()), group_of)

    @classmethod
    def compile(cls, table: dict[str, Any], group_of: Mapping[str, str]) -> Trees:
        """Turn {features, base, trees: [{feature, threshold, left, right, value, inner}]} into masks.

        `group_of` names the heuristic of each feature; what the table says of groups is as old as itself.
        """
        groups = sorted(set(group_of.values()))
        numbers = [groups.index(group_of[name]) for name in table["features"]]
        trees = table["trees"]
        cuts: dict[int, list[tuple[float, int]]] = {}
        values: list[tuple[float, ...]] = []
        shares: list[tuple[int, ...]] = []
        for number, tree in enumerate(trees):
            walked = _leaves(tree, numbers, len(groups))
            for feature, threshold, ruled_out in walked.cuts:
                cuts.setdefault(feature, []).append((threshold, ruled_out << (8 * number)))
            values.append(tuple(walked.values))
            shares.append(tuple([_pack(s) for s in walked.shares]))
        full = (1 << (8 * len(trees))) - 1
        columns = tuple((feature, *_cumulate(sorted(found), full)) for feature, found in sorted(cuts.items()))
        return cls(
            tuple(table["features"]), tuple(groups), float(table["base"]),
            full, columns, tuple(values), tuple(shares),
        )  # fmt: skip

    def exits(self, columns: Sequence[Sequence[float]]) -> list[bytes]:
        """For each row and in it for each tree the number of the leaf that the row falls into; the columns in
        the order of `features`.
        """
        shared = self._full
        masks = [shared] * (len(columns[0]) if columns else 0)
        for feature, thresholds, left in self._columns if masks else ():
            column = columns[feature]
            values = set(column)
            if len(values) == 1:
                shared &= left[bisect_left(thresholds, column[0])]
            else:
                standing = {value: left[bisect_left(thresholds, value)] for value in values}
                masks = list(map(and_, masks, map(standing.__getitem__, column)))
        size = len(self._values)
        return [(mask & shared).to_bytes(size, "little").translate(_LOWEST) for mask in masks]

    def value(self, exits: bytes) -> float:
        """Log-odds of the row that left the trees by these exits."""
        return self.base + sum(map(getitem, self._values, exits))

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Log-odds of each row."""
        return [self.value(x) for x in self.exits(list(zip(*rows, strict=True)))]

    def blame(self, exits: bytes) -> str:
        """The group of features that pulled the row's score down most.

        Shares follow the value changes along each decision path (Saabas, 2014); cheap and approximate.
        """
        total = sum(map(getitem, self._shares, exits))
        lane = (1 << _LANE) - 1
        sums = [(total >> (_LANE * g)) & lane for g in range(len(self.groups))]
        return self.groups[sums.index(min(sums))]


@dataclass(frozen=True, slots=True)
class _Walked:
    """One tree's cuts (feature, threshold, bits of the leaves on its left) and its leaves in order."""

    cuts: list[tuple[int, float, int]]
    values: list[float]
    shares: list[list[float]]


def _leaves(tree: dict[str, list[Any]], group_of: Sequence[int], groups: int) -> _Walked:
    """Number the leaves from left to right. Children below zero are leaves: ~child is the index in
    `value`.
    """
    walked = _Walked([], [], [])

    def visit(node: int, share: list[float]) -> int:
        if node < 0:
            walked.values.append(tree["value"][~node])
            walked.shares.append(share)
            return 1 << (len(walked.values) - 1)
        feature = tree["feature"][node]
        inner = tree["inner"][node]
        bits = []
        for child in (tree["left"][node], tree["right"][node]):
            value = tree["value"][~child] if child < 0 else tree["inner"][child]
            step = list(share)
            step[group_of[feature]] += value - inner
            bits.append(visit(child, step))
            if len(bits) == 1:
                walked.cuts.append((feature, tree["threshold"][node], bits[0]))
        return bits[0] | bits[1]

    visit(0 if tree["feature"] else -1, [0.0] * groups)
    return walked


def _cumulate(found: list[tuple[float, int]], full: int) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Sorted thresholds, and what of `full` is left standing after passing the first n of them."""
    masks = [full]
    for _, ruled_out in found:
        masks.append(masks[-1] & ~ruled_out)
    return tuple(t for t, _ in found), tuple(masks)


def _pack(shares: Sequence[float]) -> int:
    """Each group's share as a fixed-point lane of one integer."""
    total = 0
    for g, share in enumerate(shares):
        total |= (round(share * _UNIT) + _OFFSET) << (_LANE * g)
    return total
