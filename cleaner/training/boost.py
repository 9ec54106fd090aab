"""LightGBM at training time to the table that `judge.region.trees` reads; and validation by publisher."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PARAMS: dict[str, Any] = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 40,
    "lambda_l2": 5.0, "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1,
    "verbosity": -1, "seed": 7, "deterministic": True, "num_threads": 1, "max_bin": 63,
}  # fmt: skip


def fold_of(group: str, folds: int) -> int:
    """A publisher's fold: by hash, so that it is the same in every run and for every corpus."""
    return zlib.crc32(group.encode()) % folds


def fit(rows: Any, labels: Any, weights: Any, *, rounds: int, params: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
    """A LightGBM booster. `labels` may be shares (0.0 to 1.0): use objective `cross_entropy` then."""
    import lightgbm  # noqa: PLC0415

    data = lightgbm.Dataset(rows, label=labels, weight=weights)
    return lightgbm.train({**PARAMS, **(params or {})}, data, num_boost_round=rounds)


def table(booster: Any, features: Sequence[str], groups: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401
    """The booster as plain lists. `groups` maps each feature to the heuristic it belongs to."""
    names = sorted(set(groups.values()))
    trees = []
    for info in booster.dump_model()["tree_info"]:
        flat: dict[str, list[Any]] = {
            "feature": [], "threshold": [], "left": [], "right": [], "value": [], "inner": [],
        }  # fmt: skip
        _flatten(info["tree_structure"], flat)
        trees.append(flat)
    return {
        "features": list(features), "groups": names,
        "group_of": [names.index(groups[f]) for f in features], "base": 0.0, "trees": trees,
    }  # fmt: skip


def _flatten(node: dict[str, Any], flat: dict[str, list[Any]]) -> int:
    """Append a node and what is below it; returns its index, or ~index of a leaf."""
    if "leaf_value" in node and "split_feature" not in node:
        flat["value"].append(round(node["leaf_value"], 5))
        return ~(len(flat["value"]) - 1)
    index = len(flat["feature"])
    flat["feature"].append(node["split_feature"])
    flat["threshold"].append(float(f"{node['threshold']:.6g}"))
    flat["inner"].append(round(node["internal_value"], 5))
    flat["left"].append(0)
    flat["right"].append(0)
    flat["left"][index] = _flatten(node["left_child"], flat)
    flat["right"][index] = _flatten(node["right_child"], flat)
    return index


def save(data: dict[str, Any], path: Path) -> None:
    """Write a table; the same training gives the same bytes."""
    path.write_bytes(orjson.dumps(data))
