"""What docs and docstrings name in backticks is there: files, modules, and names inside them."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MODULES = sorted((ROOT / "cleaner").rglob("*.py"))
FILES = {x.name for x in MODULES} | {x.name for x in (ROOT / "tests").rglob("*.py")}
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
DOTTED = re.compile(r"cleaner(?:\.\w+)+")
# Ours by their folder; what stands below it is looked up.
PATH = re.compile(r"(?:\./)?((?:cleaner|rules|tests|docs|fixtures|seeds|findings|\.ci)/[\w./-]*)")
# Names of files that only an example has.
INVENTED = re.compile(r"example|my-rules|DIR|HOST|NAME|<|\*|…|outlet|orjson.py")


def named(text: str) -> list[str]:
    return [x.strip() for x in CODE.findall(text)]


def missing(name: str) -> str | None:
    """What is wrong with the name, or None; names of no kind that is checked are right."""
    if INVENTED.search(name):
        return None
    if found := PATH.fullmatch(name):
        return None if (ROOT / found[1]).exists() else "no such file"
    if re.fullmatch(r"\w+\.py", name):
        return None if name in FILES else "no module of that name"
    if DOTTED.fullmatch(name):
        return unresolved(name)
    return None


def unresolved(dotted: str) -> str | None:
    module, rest = dotted, []
    while True:
        try:
            found: object = importlib.import_module(module)
            break
        except ImportError:
            module, _, last = module.rpartition(".")
            rest.insert(0, last)
            if not module:
                return "no such module"
    if dotted == "cleaner.rules":
        return None
    for part in rest:
        if not hasattr(found, part):
            return f"{module} has no {part}"
        found = getattr(found, part)
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda x: x.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    wrong = [(x, why) for x in named(text) if (why := missing(x))]
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda x: x.name)
def test_links_between_pages_hold(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [x for x in links if not (page.parent / x).exists()]


def test_what_docstrings_name_is_there() -> None:
    wrong = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
                doc := ast.get_docstring(node)
            ):
                wrong += [(str(path.relative_to(ROOT)), x, why) for x in named(doc) if (why := missing(x))]
    assert not wrong


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("cleaner/nowhere.py", "no such file"),
        ("nowhere.py", "no module of that name"),
        ("cleaner.model.Nothing", "cleaner.model has no Nothing"),
        ("cleaner.model.Article", None),
        ("pipeline.py", None),
        ("rules/generic/", None),
        ("a phrase", None),
    ],
)
def test_a_name_that_is_not_there_is_seen(name: str, why: str | None) -> None:
    assert missing(name) == why
