"""The text of a rule file to plain nodes that know their line, safely.

Enters: the bytes of a YAML file. Leaves: `Node`s (scalars, lists, mappings), or a `RulesError`. Only what a
form needs is read: no tags, anchors or aliases, no key twice, no deep nesting. The parser's events are used
as they come, since composing recurses in C: 50,000 opening brackets end the process there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cleaner.model import RulesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
# The scanner holds every bracket that was never closed and takes seconds over 50,000 of them;
# brackets inside quoted patterns count too, so the limit is far from what a form would reach.
MAX_OPEN = 1_000
_INDENT = re.compile(rb"^[ \t?:-]{200}", re.MULTILINE)
_OPENING = re.compile(rb"[\[{\]}]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; everything is text until the schema says otherwise."""

    text: str
    line: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Seq:
    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Map:
    """`pairs` by key, `lines` where each key stands."""

    pairs: dict[str, Node]
    lines: dict[str, int]
    line: int


Node = Scalar | Seq | Map


def parse(data: bytes, path: str) -> Node:
    """The one document of a rule file.

    Raises `RulesError` (file, line, what to write instead) for what is not a plain form.
    """
    _scan(data, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RulesError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    events, yaml_error = _parser()
    try:
        return _build(events(text), path)
    except yaml_error as error:
        raise RulesError(_explain(error, path)) from error


def _scan(data: bytes, path: str) -> None:
    """Refuse what would cost the parser seconds, before it sees it."""
    if len(data) > MAX_BYTES:
        raise RulesError(
            f"{path}:1: larger than {MAX_BYTES // 1_000_000} MB; split it into one file an outlet"
        )
    if found := _INDENT.search(data):
        line = data[: found.start()].count(b"\n") + 1
        raise RulesError(f"{path}:{line}: nested too deep; a rule file has lists of short forms")
    depth = 0
    if data.count(b"[") + data.count(b"{") > MAX_OPEN:
        for found in _OPENING.finditer(data):
            depth += 1 if found.group() in b"[{" else -1
            if depth > MAX_OPEN:
                line = data[: found.start()].count(b"\n") + 1
                raise RulesError(
                    f"{path}:{line}: too many brackets that are never closed; close or quote them"
                )


@cache
def _parser() -> tuple[Callable[[str], Iterator[Any]], type[Exception]]:
    """A function from text to YAML events, and the error it raises.

    libyaml's parser is twenty times faster; the pure one, where no wheel of it exists, gives the same events.
    """
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - 20 ms that `clean --help` does not need

    try:
        from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        from ruamel.yaml import YAML  # noqa: PLC0415

        return (lambda text: YAML(typ="safe", pure=True).parse(text)), YAMLError

    def events(text: str) -> Iterator[Any]:
        parser = CParser(text)
        while parser.check_event():
            yield parser.get_event()

    return events, YAMLError


def _explain(error: Exception, path: str) -> str:
    begun, noticed = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    # A quote that is never closed is noticed at the end of the file, but to be mended where it begins.
    quoted = "quoted scalar" in (getattr(error, "context", None) or "")
    mark = begun if quoted and begun is not None else noticed or begun
    line = mark.line + 1 if mark is not None else 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).splitlines()[0]
    return (
        f"{path}:{line}: not valid YAML: {problem}; "
        "put patterns and selectors between single quotes, and indent with spaces"
    )


class _Open:
    """A list or mapping being read."""

    __slots__ = ("items", "key", "line", "lines", "pairs")

    def __init__(self, line: int, *, mapping: bool) -> None:
        self.line = line
        self.items: list[Node] = []
        self.pairs: dict[str, Node] | None = {} if mapping else None
        self.lines: dict[str, int] = {}
        self.key: str | None = None

    def closed(self) -> Node:
        if self.pairs is None:
            return Seq(tuple(self.items), self.line)
        return Map(self.pairs, self.lines, self.line)

    def add(self, node: Node, path: str) -> None:
        if self.pairs is None:
            self.items.append(node)
        elif self.key is not None:
            self.pairs[self.key] = node
            self.key = None
        elif not isinstance(node, Scalar):
            raise RulesError(f"{path}:{node.line}: a key must be a word; quote values that hold `{{` or `[`")
        elif node.text in self.pairs:
            first = self.lines[node.text]
            raise RulesError(
                f"{path}:{node.line}: {node.text}: this key is already on line {first}; "
                "put both into one list"
            )
        else:
            self.key = node.text
            self.lines[node.text] = node.line


def _build(events: Iterator[Any], path: str) -> Node:
    """Events to nodes, with a stack of our own."""
    root = _Open(1, mapping=False)
    stack = [root]
    for event in events:
        kind = type(event).__name__
        if kind in {"StreamStartEvent", "DocumentStartEvent", "DocumentEndEvent", "StreamEndEvent"}:
            continue
        line = event.start_mark.line + 1
        if kind == "ScalarEvent":
            _refuse_extras(event, path, line)
            stack[-1].add(Scalar(event.value, line, not event.style), path)
        elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
            _refuse_extras(event, path, line)
            if len(stack) > MAX_DEPTH:
                raise RulesError(f"{path}:{line}: nested too deep; a rule file has lists of short forms")
            stack.append(_Open(line, mapping=kind == "MappingStartEvent"))
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            done = stack.pop()
            stack[-1].add(done.closed(), path)
        elif kind == "AliasEvent":
            raise RulesError(f"{path}:{line}: `*{event.anchor}`: aliases are not read; write the value out")
    if len(root.items) > 1:
        raise RulesError(f"{path}:{root.items[1].line}: a second document; one file holds one outlet")
    return root.items[0] if root.items else Map({}, {}, 1)


def _refuse_extras(event: Any, path: str, line: int) -> None:  # noqa: ANN401 - the parser's events are untyped
    if event.anchor:
        raise RulesError(
            f"{path}:{line}: `&{event.anchor}`: anchors are not read; write the value out, or use `extends:`"
        )
    if event.tag:
        raise RulesError(
            f"{path}:{line}: `{event.tag}`: tags are not read; quote the value if it begins with `!`"
        )
