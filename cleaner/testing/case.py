"""A case on disk: found, read, and refused with file, line and remedy where it is not complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from cleaner.model import RECORD, InputKind, RulesError, Status
from cleaner.read import read
from cleaner.rules.format.nodes import Map, Node, Scalar, Seq, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cleaner.model import Article, Form, Page
    from cleaner.pipeline import Cleaner

PAGES = ("page.html", "page.txt")
Stating = Literal["text", "body", "list", "truth", "status", "removed", "note"]
Value = str | bool | tuple[str, ...] | tuple["Removed", ...] | None

_SHAPES: Mapping[Form, Stating] = {
    "text": "text", "status": "status", "body": "body", "texts": "list", "truth": "truth",
    "removals": "removed",
}  # fmt: skip
# What a case may say: of itself, the record's fields, and what the body has; a test is named by its key.
EXPECTED: Mapping[str, Stating] = {
    "reviewed": "truth", "note": "note",
    **{field.name: _SHAPES[field.form] for field in RECORD if field.stated},
    "body_has": "list", "body_lacks": "list",
}  # fmt: skip
INPUT = ("url", "kind", "source", "fetched", "page")
UNTESTED = ("reviewed", "note")


class FixtureError(ValueError):
    """A case is malformed or incomplete. The message names file, line, key and what to write instead."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A ledger entry that must be there: the rule's full name, and the text or, ending in `…`, its
    beginning.
    """

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """`stated` maps each key of `expected.yaml` to its value, in the order of the file."""

    folder: Path
    page: Path
    stated: Mapping[str, Value]
    input: Mapping[str, str] = field(default_factory=dict)
    reviewed: bool = True

    @property
    def name(self) -> str:
        """`dw.com/at-un`: outlet and case."""
        return "/".join(self.folder.parts[-2:])

    @property
    def fields(self) -> tuple[str, ...]:
        """What is tested, one test each; a draft has one more, which fails."""
        tested = tuple(name for name in self.stated if name not in UNTESTED)
        return tested if self.reviewed else (*tested, "reviewed")

    @property
    def outlet(self) -> str:
        """The rule file that the case is about: as stated, else the name of the folder of cases."""
        stated = self.stated.get("outlet")
        return stated if isinstance(stated, str) else self.folder.parent.name

    @property
    def body(self) -> str:
        """What is stated of the body: all of it, or the parts that it must have."""
        parts = self.stated.get("body") or self.stated.get("body_has") or ""
        return parts if isinstance(parts, str) else "\n\n".join(map(str, parts))  # type: ignore[arg-type]

    @property
    def kind(self) -> InputKind:
        kind = self.input.get("kind", "html" if self.page.suffix == ".html" else "text")
        return "html" if kind == "html" else "text"

    def read(self) -> Page:
        """Raises `Refused` for a page that the reader does not take."""
        source = self.input.get("source")
        return read(self.page.read_bytes(), url=self.input.get("url"), source=source, kind=self.kind)

    def clean(self, cleaner: Cleaner) -> Article:
        return cleaner.clean(
            self.page.read_bytes(),
            url=self.input.get("url"),
            source=self.input.get("source"),
            kind=self.kind,
            fetched=self.input.get("fetched"),
        )


def find(folder: Path) -> Iterator[Path]:
    """The folders of all cases at or below `folder`, in order: those with an expected.yaml, and those with
    a page only.
    """
    seen: set[Path] = set()
    for name in ("expected.yaml", *PAGES):
        seen.update(path.parent for path in folder.rglob(name))
    yield from sorted(seen)


def load(folder: Path) -> Case:
    """Raises `FixtureError` for whatever is malformed, unknown, missing or left unsaid."""
    file = folder / "expected.yaml"
    if not file.is_file():
        raise FixtureError(
            f"{file}: is missing; write it, or draft a case of the page with `clean fixtures add`"
        )
    tree = _mapping(file)
    stated = {key: _value(file, tree.lines[key], key, node) for key, node in tree.pairs.items()}
    given = _input(folder / "input.yaml")
    _require_complete(file, stated)
    return Case(
        folder, _page(folder, given), stated, given, reviewed=stated.get("reviewed", True) is not False
    )


def _mapping(file: Path) -> Map:
    try:
        tree = parse(file.read_bytes(), str(file))
    except RulesError as error:
        raise FixtureError(str(error)) from error
    if not isinstance(tree, Map):
        raise FixtureError(f"{file}:{tree.line}: must be a mapping, one `key: value` a line")
    return tree


def _input(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    tree = _mapping(file)
    given: dict[str, str] = {}
    for key, node in tree.pairs.items():
        if key not in INPUT:
            raise FixtureError(f"{file}:{tree.lines[key]}: {key}: unknown key; one of {', '.join(INPUT)}")
        value = _text(file, tree.lines[key], key, node)
        if value is None:
            raise FixtureError(f"{file}:{tree.lines[key]}: {key}: is empty; leave the key out")
        given[key] = value
    if given.get("kind", "html") not in get_args(InputKind):
        raise FixtureError(f"{file}:{tree.lines['kind']}: kind: {given['kind']}; write html or text")
    return given


def _page(folder: Path, given: Mapping[str, str]) -> Path:
    names = (given["page"],) if "page" in given else PAGES
    found = [folder / name for name in names if (folder / name).is_file()]
    if not found:
        raise FixtureError(f"{folder}: {' or '.join(names)} is missing; a case holds the page it is about")
    if len(found) > 1:
        raise FixtureError(
            f"{folder}: has page.html and page.txt; a case is about one page, give each its folder"
        )
    return found[0]


def _require_complete(file: Path, stated: Mapping[str, Value]) -> None:
    if stated.get("status", "article") != "article":
        return
    missing = [name for name in ("headline", "date") if name not in stated]
    if "body" not in stated and not stated.get("body_has"):
        missing.append("body (or body_has)")
    if missing:
        raise FixtureError(
            f"{file}: does not state {', '.join(missing)}; say what must come out, `null` for nothing, "
            "or state a `status` other than article"
        )


def _value(file: Path, line: int, key: str, node: Node) -> Value:
    shape = EXPECTED.get(key)
    if shape is None:
        raise FixtureError(f"{file}:{line}: {key}: unknown key; one of {', '.join(EXPECTED)}")
    if shape == "list":
        return _texts(file, line, key, node)
    if shape == "removed":
        return _removed(file, line, key, node)
    value = _text(file, line, key, node)
    if shape == "truth":
        if value is not None and value.casefold() not in ("true", "false"):
            raise FixtureError(f"{file}:{line}: {key}: {value}; write true or false")
        return value.casefold() == "true" if value is not None else None
    if shape == "status" and value not in get_args(Status):
        raise FixtureError(f"{file}:{line}: {key}: {value}; one of {', '.join(get_args(Status))}")
    if shape == "body" and value is None:
        raise FixtureError(f"{file}:{line}: {key}: is empty; write `body: ''` for a page without one")
    return value


def _text(file: Path, line: int, key: str, node: Node) -> str | None:
    """A scalar as it is written; `null`, `~` and nothing are None unless they are quoted."""
    if not isinstance(node, Scalar):
        raise FixtureError(
            f"{file}:{line}: {key}: must be one value, not a list or mapping; quote text with brackets"
        )
    return None if node.plain and node.text in ("", "~", "null") else node.text


def _texts(file: Path, line: int, key: str, node: Node) -> tuple[str, ...]:
    if not isinstance(node, Seq):
        raise FixtureError(f"{file}:{line}: {key}: must be a list, such as `{key}: [one, two]`, or `[]`")
    texts = tuple(_text(file, item.line, key, item) for item in node.items)
    if not all(texts):
        raise FixtureError(f"{file}:{line}: {key}: has an empty entry; take it out")
    return tuple(text for text in texts if text)


def _removed(file: Path, line: int, key: str, node: Node) -> tuple[Removed, ...]:
    entries: list[Removed] = []
    for item in node.items if isinstance(node, Seq) else (node,):
        if not isinstance(item, Map) or set(item.pairs) != {"rule", "text"}:
            raise FixtureError(
                f"{file}:{item.line or line}: {key}: each entry is `{{rule: NAME, text: 'what it took'}}`"
            )
        rule, text = (
            _text(file, item.lines[part], f"{key}.{part}", item.pairs[part]) for part in ("rule", "text")
        )
        if not rule or not text or text == "…":
            raise FixtureError(f"{file}:{item.line}: {key}: rule and text must both say something")
        entries.append(Removed(rule, text))
    return tuple(entries)
