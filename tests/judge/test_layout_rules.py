"""The `layout/…` names: spelled once, used, and documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.judge import layout_rules
from cleaner.judge.layout_rules import MEANINGS, PREFIX
from cleaner.judge.region.html_region import model
from cleaner.judge.region.text_region import trees

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MODULES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / "cleaner").rglob("*.py"))
    if path.name != "layout_rules.py"
]
CONSTANTS = [
    name for name, value in vars(layout_rules).items() if isinstance(value, str) and value in MEANINGS
]


def _literals(tree: ast.AST) -> Iterator[str]:
    """Strings of a tree but docstrings, which stand as statements of their own."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from _literals(node)


def _used(tree: ast.AST) -> set[str]:
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }


def test_no_other_module_spells_a_name_and_each_is_used() -> None:
    spelled, used = [], set()
    for path in MODULES:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        spelled += [(path, text) for text in _literals(tree) if PREFIX in text]
        used |= _used(tree)
    assert spelled == []
    assert set(CONSTANTS) <= used


def test_names_are_of_one_form_and_one_meaning() -> None:
    assert all(re.fullmatch(r"layout/[a-z]+(?:-[a-z]+)*", name) for name in MEANINGS)
    assert len(set(MEANINGS.values())) == len(MEANINGS) == len(CONSTANTS)


def test_the_region_blames_only_names_that_are_there() -> None:
    learned = model()
    for judge in (learned.first, learned.second, trees()):
        assert set(judge.groups) <= set(MEANINGS)


def test_the_documented_table_is_that_of_the_code() -> None:
    text = (ROOT / "docs" / "judging.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\| `(layout/[a-z-]+)` \| (.+) \|$", text) == list(MEANINGS.items())
