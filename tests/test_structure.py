"""The package's shape: names that are there once, modules of one screenful of ideas, imports that go one way.

The layers between rooms are in `pyproject.toml`. Each table of exceptions gives a reason, and an exception
that is none any more fails too.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SHORTEST, LONGEST = 40, 320
ANY_NAME = {"__init__", "__main__"}

# Modules shorter or longer than others, and why; every `__init__` and `__main__` may be short.
SIZES = {
    "cleaner.version": "the one place of the version, which the build reads",
    "cleaner.record": "names that users import; what they do stands elsewhere",
    "cleaner.cli.pages": "what commands need that look at a page, apart from what help needs",
    "cleaner.engines.spark": "one function over the Arrow adapter; each engine has its module",
    "cleaner.engines.datasets": "one function over the Arrow adapter; each engine has its module",
    "cleaner.fields.dates.date_sources": "a table of sources, and a function for each",
    "cleaner.fields.dates.wire_dateline": "one source of dates, on its own inputs",
    "cleaner.fields.page_facts": "one class: all that sources ask of a page",
}
# Imports of our own inside functions: where, of what, and why not at the top. At most ten, beside the rooms
# that have a reason for all of theirs.
LATE_ROOMS = {"cleaner.cli": "a command loads what it needs, when it is called: `clean --help` stays quick"}
LATE = {
    ("cleaner.rules.format.scalars", "cleaner.rules.apply.xpath"): "lxml, which only imported rules need",
    ("cleaner.rules.apply.selectors", "cleaner.rules.apply.xpath"): "lxml, which only imported rules need",
    ("cleaner.rules.ftr.importer", "cleaner.rules.apply.xpath"): "lxml, which only imported rules need",
    ("cleaner.testing.plugin", "cleaner.testing.case"): "pytest loads the plugin in every run",
    ("cleaner.testing.plugin", "cleaner.testing.check"): "as above",
    ("cleaner.testing.plugin", "cleaner.pipeline"): "as above",
    ("cleaner.model", "cleaner.records.native"): "`to_json`: the model imports nothing of ours",
    ("cleaner.testing.plugin", "cleaner.model"): "as above",
}  # fmt: skip
MOST_LATE = 10

TREES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in sorted((ROOT / "cleaner").rglob("*.py"))
}
PATHS = {x: ROOT.joinpath(*x.split(".")) for x in TREES}
SOURCES = {x: p / "__init__.py" if p.is_dir() else p.with_suffix(".py") for x, p in PATHS.items()}
LINES = {x: len(p.read_text(encoding="utf-8").splitlines()) for x, p in SOURCES.items()}


def _module(name: str) -> str:
    """The module of ours that a dotted name is in; "" for others."""
    while name and name not in TREES:
        name = name.rpartition(".")[0]
    return name


def _imports(tree: ast.AST, *, late: bool = False) -> Iterator[tuple[str, bool]]:
    """Modules of ours that a tree imports at run time, and whether inside a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        names = []
        if isinstance(node, ast.Import):
            names = [x.name for x in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{x.name}" for x in node.names]
        yield from ((module, late) for x in names if (module := _module(x)))
        inside = late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _imports(node, late=inside)


IMPORTS = {name: {x for x in _imports(tree) if x[0] != name} for name, tree in TREES.items()}


def _twice(places: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_two_modules_of_one_name() -> None:
    places = defaultdict(list)
    for name, path in PATHS.items():
        if not path.is_dir() and path.name not in ANY_NAME:
            places[path.name].append(name)
    assert _twice(places) == {}


def test_no_two_public_classes_of_one_name() -> None:
    places = defaultdict(list)
    for name, tree in TREES.items():
        for node in ast.iter_child_nodes(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    assert _twice(places) == {}


@pytest.mark.parametrize("name", sorted(TREES))
def test_modules_are_of_one_screenful_of_ideas(name: str) -> None:
    small = PATHS[name].is_dir() or PATHS[name].name in ANY_NAME
    fits = (small or LINES[name] >= SHORTEST) and LINES[name] <= LONGEST
    assert fits != (name in SIZES), f"{LINES[name]} lines"


def test_exceptions_are_of_modules_that_are_there() -> None:
    assert set(SIZES) - set(TREES) == set()
    late = {(name, x) for name, found in IMPORTS.items() for x, inside in found if inside}
    assert set(LATE) - late == set()
    assert set(LATE_ROOMS) - set(TREES) == set()


def test_imports_inside_functions_are_few_and_have_a_reason() -> None:
    late = {
        (name, x)
        for name, found in IMPORTS.items()
        for x, inside in found
        if inside and not any(name == room or name.startswith(f"{room}.") for room in LATE_ROOMS)
    }
    assert late - set(LATE) == set()
    assert len(late) <= MOST_LATE


def test_no_modules_import_each_other() -> None:
    """Imports inside functions count: one that only breaks a circle hides it."""
    graph = {name: {x for x, _ in found} for name, found in IMPORTS.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        pytest.fail(f"imported in a circle: {' <- '.join(circle)}")
