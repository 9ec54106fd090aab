"""Single values of a rule file: each read, checked, and what is wrong with it noted.

Enters: nodes from `nodes.parse`. Leaves: texts, patterns, selectors, numbers; `Problem`s with line, key and
remedy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from cleaner.rules.format.budgets import MAX_PROGRAM, css_problem
from cleaner.rules.format.nodes import Map, Node, Scalar, Seq
from cleaner.rules.format.schema import KEYS, allowed_keys
from cleaner.rules.patterns.pieces import PatternError
from cleaner.rules.patterns.sets import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.rules.format.schema import FileKind
    from cleaner.rules.patterns.dialect import Mode


# selectolax 1.0 loses ancestors that a pseudo-class without a name in front of it should find: `:not(.x) p`.
_STARLESS = re.compile(r"(^|[\s>+~,(])(?=:(?:not|has|is|where)\()")


@dataclass(frozen=True, slots=True)
class FormatProblem:
    """One thing wrong in a rule file; `code` is a short name for it."""

    path: str
    line: int
    key: str
    message: str
    code: str = "schema"

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{self.path}:{self.line}: {key}{self.message}"


class Reader:
    """Reads one file; what is wrong is noted, and the rest read on."""

    def __init__(self, path: str, owner: str, kind: FileKind = "outlet", *, trusted: bool) -> None:
        self.kind: FileKind = kind
        self.trusted = trusted
        self.path = path
        self.owner = owner
        self.problems: list[FormatProblem] = []
        self.program = 0  # RE2's instructions of all patterns so far

    def say(self, line: int, key: str, message: str, code: str = "schema") -> None:
        self.problems.append(FormatProblem(self.path, line, key, message, code))

    def text(self, node: Node, key: str, *, empty: bool = False) -> str | None:
        if not isinstance(node, Scalar):
            self.say(
                node.line,
                key,
                "one value belongs here, not a list or a form; quote it if it begins with [ or {",
            )
            return None
        if not node.text.strip() and not empty:
            self.say(node.line, key, "is empty; write a value, or take the key out")
            return None
        return node.text

    def texts(self, node: Node, key: str) -> list[tuple[str, int]]:
        """A list of values, or a single one."""
        items = node.items if isinstance(node, Seq) else (node,)
        return [(x, item.line) for item in items if (x := self.text(item, key)) is not None]

    def pattern(self, node: Node, key: str, mode: Mode = "key", *, consume: bool = True) -> str | None:
        text = self.text(node, key)
        if text is None or self.trusted:
            return text
        try:
            matcher = compiled(text, mode, consume=consume)
        except PatternError as error:
            self.say(node.line, key, str(error), "pattern")
            return None
        before, self.program = self.program, self.program + matcher.programsize
        if before <= MAX_PROGRAM < self.program:
            message = (
                "the file's patterns are too large together; repeat less in them, or make two files of it"
            )
            self.say(node.line, key, message, "limit")
            return None
        if mode != "raw" and matcher.search("") is not None and text not in {"^", "$"}:
            self.say(
                node.line,
                key,
                f"`{text}` matches the empty text, or every line; say what must be there",
                "pattern",
            )
            return None
        return text

    def patterns(self, node: Node, key: str, mode: Mode = "key") -> tuple[str, ...]:
        """A list of patterns, or a single one."""
        if isinstance(node, Seq) and not node.items:
            self.say(node.line, key, "is an empty list; write a pattern after each dash, or take the key out")
        items = node.items if isinstance(node, Seq) else (node,)
        return tuple(x for item in items if (x := self.pattern(item, key, mode)) is not None)

    def css(self, node: Node, key: str) -> str | None:
        text = self.text(node, key)
        if text is not None and not self.trusted and not css_is_valid(text):
            remedy = (
                "a pseudo-element or an unknown pseudo-class"
                if ":" in text
                else "an open bracket or quote, or a dangling > or +"
            )
            self.say(
                node.line,
                key,
                f"`{text}` is not a CSS selector that lexbor reads; look for {remedy}",
                "selector",
            )
            return None
        if text is not None and not self.trusted and (said := css_problem(text)):
            self.say(node.line, key, f"`{text[:80]}`: {said}", "limit")
            return None
        return None if text is None else _STARLESS.sub(r"\1*", text)

    def xpath(self, node: Node, key: str) -> str | None:
        text = self.text(node, key)
        if text is None or self.trusted:
            return text
        from cleaner.rules.apply.xpath import problem  # noqa: PLC0415 - only imported rules need lxml

        if said := problem(text):
            self.say(
                node.line,
                key,
                f"`{text[:80]}` is not XPath 1.0 as it is read here: {said}; or write `css:`",
                "selector",
            )
            return None
        return text

    def number(self, node: Node, key: str) -> int:
        text = self.text(node, key)
        if text is None:
            return 0
        if not text.isdecimal() or len(text) > len("1000000") or not 0 < int(text) <= 1_000_000:
            self.say(node.line, key, f"`{text[:80]}` is not a number from 1 to 1000000")
            return 0
        return int(text)

    def choice(self, node: Node, key: str, allowed: Iterable[str]) -> str | None:
        text = self.text(node, key)
        if text is not None and text not in allowed:
            self.say(node.line, key, f"`{text}` is not one of {', '.join(allowed)}")
            return None
        return text

    def yes(self, node: Node, key: str) -> bool:
        return self.choice(node, key, ("true", "false")) == "true"

    def day(self, node: Node, key: str) -> date | None:
        text = self.text(node, key)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.say(node.line, key, f"`{text}` is not a day; write it as 2020-01-31")
            return None

    def form(self, node: Node, key: str, table: str) -> Map | None:
        """A mapping, its unknown keys named and taken out."""
        allowed = allowed_keys(table, self.kind)
        if not isinstance(node, Map):
            example = {"field": "{css: h1}", "valid": "{from: 2020-01-31}"}.get(
                table, "{name: promo, line: '^Read more'}"
            )
            self.say(node.line, key, f"a form belongs here, as in {example}")
            return None
        name = node.pairs.get("name")
        if key and isinstance(name, Scalar):
            key = f"{key}[{name.text}]"
        for unknown in [x for x in node.pairs if x not in allowed]:
            if unknown in KEYS[table]:
                other = "an outlet's file" if self.kind == "generic" else "a generic file"
                self.say(
                    node.lines[unknown], f"{key}.{unknown}" if key else unknown,
                    f"is a key of {other}, and says nothing in this one; allowed: {', '.join(allowed)}",
                )  # fmt: skip
                continue
            near = get_close_matches(unknown, allowed, 1)
            hint = f"did you mean `{near[0]}`? " if near else ""
            self.say(
                node.lines[unknown], f"{key}.{unknown}" if key else unknown,
                f"is not a key here; {hint}allowed: {', '.join(allowed)}",
            )  # fmt: skip
        return node

    def forms(self, node: Node | None, key: str, table: str) -> list[Map]:
        if node is None:
            return []
        if not isinstance(node, Seq):
            self.say(node.line, key, "a list belongs here: one form a line, each after a dash")
            return []
        found = [self.form(x, key, table) for x in node.items]
        return [x for x in found if x is not None]


@lru_cache(maxsize=4096)
def css_is_valid(selector: str) -> bool:
    try:
        _EMPTY.css(selector)
    except SelectolaxError:
        return False
    return bool(selector.strip())


_EMPTY = LexborHTMLParser("<p></p>")
