"""A rule file's nodes to `RuleFile`, with every problem it has and not only the first.

Enters: nodes from `source.parse`. Leaves: a `RuleFile` and a list of `Problem`s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from cleaner.model import RulesError
from cleaner.normalise import fold
from cleaner.outlets.patterns import compiled
from cleaner.outlets.regex import Mode, PatternError
from cleaner.outlets.schema import (
    FIELDS,
    INPUTS,
    KEYS,
    KINDS,
    Edit,
    Origin,
    Rule,
    RuleFile,
    Sign,
    Take,
    Where,
)
from cleaner.outlets.source import Map, Node, Scalar, Seq, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STEM = re.compile(r"[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*")
_HOST = re.compile(r"(?:\*\.)?[^\W_]+(?:[._-]+[^\W_]+)*(?:/\S*)?")
_ATTRIBUTE = re.compile(r"[a-z_:][a-z0-9_.:-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a rule file; `code` is a short name for it."""

    path: str
    line: int
    key: str
    message: str
    code: str = "schema"

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{self.path}:{self.line}: {key}{self.message}"


def read_file(
    data: bytes, path: str, name: str, kind: Literal["generic", "outlet"], *, trusted: bool = False
) -> RuleFile:
    """The file's rules. Raises `RulesError` naming every problem, one a line.

    The patterns and selectors of a `trusted` file are not tried out: the bundled ones were, before they were shipped.
    """
    rules, problems = check_file(data, path, name, kind, trusted=trusted)
    if problems:
        raise RulesError("\n".join(str(x) for x in problems))
    return rules


def check_file(
    data: bytes, path: str, name: str, kind: Literal["generic", "outlet"], *, trusted: bool = False
) -> tuple[RuleFile, list[Problem]]:
    """The file's rules, as far as they can be read, and what is wrong with it."""
    try:
        node = parse(data, path)
    except RulesError as error:
        line = int(re.sub(r"\D.*", "", str(error)[len(path) + 1 :], flags=re.DOTALL) or 1)
        message = str(error)[len(f"{path}:{line}: ") :]
        return RuleFile(name, path, kind), [Problem(path, line, "", message, "yaml")]
    form = _Form(path, name, trusted=trusted)
    if not _STEM.fullmatch(name):
        form.say(
            1,
            "",
            f"the file's name `{name}` names the rules in the ledger; use small letters, digits, `.` and `-`",
        )
    return form.file(node, kind), form.problems


class _Form:
    """Reads one file; what is wrong is noted, and the rest read on."""

    def __init__(self, path: str, owner: str, *, trusted: bool) -> None:
        self.trusted = trusted
        self.path = path
        self.owner = owner
        self.problems: list[Problem] = []

    def say(self, line: int, key: str, message: str, code: str = "schema") -> None:
        self.problems.append(Problem(self.path, line, key, message, code))

    # --- values -------------------------------------------------------------------------------------

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
        if mode != "raw" and matcher.search("") is not None and text not in {"^", "$"}:
            self.say(
                node.line,
                key,
                f"`{text}` matches the empty text, so every line; say what must be there",
                "pattern",
            )
            return None
        return text

    def patterns(self, node: Node, key: str) -> tuple[str, ...]:
        """A list of patterns, or a single one."""
        if isinstance(node, Seq) and not node.items:
            self.say(node.line, key, "is an empty list; write a pattern after each dash, or take the key out")
        items = node.items if isinstance(node, Seq) else (node,)
        return tuple(x for item in items if (x := self.pattern(item, key)) is not None)

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
        return text

    def xpath(self, node: Node, key: str) -> str | None:
        text = self.text(node, key)
        if text is None or self.trusted:
            return text
        from lxml import etree  # noqa: PLC0415 - only imported rules need it

        try:
            etree.XPath(text)
        except etree.XPathSyntaxError as error:
            self.say(node.line, key, f"`{text}` is not XPath 1.0: {error}; or write `css:`", "selector")
            return None
        return text

    def number(self, node: Node, key: str) -> int:
        text = self.text(node, key)
        if text is None:
            return 0
        if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
            self.say(node.line, key, f"`{text}` is not a number from 1 to 1000000")
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

    # --- forms --------------------------------------------------------------------------------------

    def form(self, node: Node, key: str, table: str) -> Map | None:
        """A mapping, its unknown keys named and taken out."""
        allowed = KEYS[table]
        if not isinstance(node, Map):
            example = {"field": "{css: h1}", "valid": "{from: 2020-01-31}"}.get(
                table, "{name: promo, line: '^Read more'}"
            )
            self.say(node.line, key, f"a form belongs here, as in {example}")
            return None
        for unknown in [x for x in node.pairs if x not in allowed]:
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

    def file(self, node: Node, kind: Literal["generic", "outlet"]) -> RuleFile:
        blank = RuleFile(self.owner, self.path, kind)
        top = self.form(node, "", "file")
        if top is None:
            return blank
        pairs = top.pairs
        rules = replace(
            blank,
            outlet=self.text(pairs["outlet"], "outlet") if "outlet" in pairs else None,
            words=self._words(pairs["words"]) if "words" in pairs else (),
            hosts=self._hosts(pairs["hosts"]) if "hosts" in pairs else (),
            recognise=self._signs(pairs["recognise"]) if "recognise" in pairs else (),
            valid=self._valid(pairs["valid"]) if "valid" in pairs else (None, None),
            extends=tuple(x for x, _ in self.texts(pairs["extends"], "extends"))
            if "extends" in pairs
            else (),
            fields={
                x: self._takes(pairs[x], x)
                for x in FIELDS
                if isinstance(pairs.get(x), Seq | Map) or (x in pairs and kind == "outlet")
            },
            body=self._rules(pairs.get("body"), "body"),
            keep=self._rules(pairs.get("keep"), "keep"),
            remove=self._rules(pairs.get("remove"), "remove"),
            edits=self._edits(pairs.get("split"), "split") + self._edits(pairs.get("replace"), "replace"),
            lines=top.lines,
        )
        self._unique([*rules.keep, *rules.remove, *rules.edits])
        return rules

    def _unique(self, named: Iterable[Rule | Edit]) -> None:
        seen: dict[str, int] = {}
        for rule in named:
            if rule.name in seen:
                self.say(
                    rule.origin.line,
                    rule.name,
                    f"this name is already used on line {seen[rule.name]}; give each rule its own",
                )
            seen.setdefault(rule.name, rule.origin.line)

    def _hosts(self, node: Node) -> tuple[str, ...]:
        found = []
        for text, line in self.texts(node, "hosts"):
            host, slash, path = text.partition("/")
            if "://" in text or not _HOST.fullmatch(text) or "*" in host[1:]:
                self.say(
                    line,
                    "hosts",
                    f"`{text}` is not a host; write dw.com, *.dw.com or dw.com/en/*, without https://",
                )
            else:
                found.append(host.lower() + slash + path)
        return tuple(found)

    def _words(self, node: Node) -> tuple[str, ...]:
        found = []
        for text, line in self.texts(node, "words"):
            if len(text.split()) > 1:
                self.say(
                    line, "words", f"`{text}` is more than one word; give each its own place in the list"
                )
            found.append(fold(text))
        return tuple(found)

    def _signs(self, node: Node) -> tuple[Sign, ...]:
        if not isinstance(node, Seq):
            self.say(node.line, "recognise", "a list of patterns belongs here: each after a dash, or in [ ]")
            return ()
        signs = []
        for item in node.items:
            parts = item.items if isinstance(item, Seq) else (item,)
            found = [self.pattern(x, "recognise", "exact") for x in parts]
            if found and None not in found:
                signs.append(Sign(tuple(x for x in found if x is not None), item.line))
        return tuple(signs)

    def _valid(self, node: Node) -> tuple[date | None, date | None]:
        form = self.form(node, "valid", "valid")
        if form is None:
            return None, None
        first, last = (
            self.day(form.pairs[x], f"valid.{x}") if x in form.pairs else None for x in ("from", "until")
        )
        if first and last and first > last:
            self.say(node.line, "valid", f"ends before it begins; write {{from: {last}, until: {first}}}")
        return first, last

    def _where(self, form: Map, key: str) -> Where:
        pairs = form.pairs
        kinds = self.texts(pairs["kind"], f"{key}.kind") if "kind" in pairs else []
        for kind, line in kinds:
            if kind not in KINDS:
                self.say(line, f"{key}.kind", f"`{kind}` is not one of {', '.join(KINDS)}")
        return Where(
            css=self.css(pairs["css"], f"{key}.css") if "css" in pairs else None,
            xpath=self.xpath(pairs["xpath"], f"{key}.xpath") if "xpath" in pairs else None,
            kind=tuple(x for x, _ in kinds),
            on=self.choice(pairs["on"], f"{key}.on", INPUTS) if "on" in pairs else None,
            first=self.number(pairs["first"], f"{key}.first") if "first" in pairs else 0,
            last=self.number(pairs["last"], f"{key}.last") if "last" in pairs else 0,
        )

    def _attr(self, node: Node, key: str) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, Map) or not node.pairs:
            self.say(
                node.line,
                key,
                "a form of attribute and pattern belongs here, as in {data-component: '^links'}",
            )
            return ()
        found = []
        for attribute, value in node.pairs.items():
            if not _ATTRIBUTE.fullmatch(attribute):
                self.say(value.line, key, f"`{attribute}` is not the name of an attribute")
            elif pattern := self.pattern(value, f"{key}.{attribute}", "raw"):
                found.append((attribute.lower(), pattern))
        return tuple(found)

    def _name(self, form: Map, key: str, number: int) -> str:
        if "name" not in form.pairs:
            if key in {"keep", "body"}:
                return f"{key}-{number}"
            self.say(form.line, key, "the rule has no name; add `name:`, it is what the ledger shows")
            return f"{key}-{number}"
        name = self.text(form.pairs["name"], f"{key}.name") or f"{key}-{number}"
        if not _NAME.fullmatch(name):
            self.say(
                form.lines["name"],
                f"{key}.name",
                f"`{name}` is not a name; write small letters and digits joined by -",
            )
        return name

    def _rules(self, node: Node | None, key: str) -> tuple[Rule, ...]:
        return tuple(self._rule(x, key, i) for i, x in enumerate(self.forms(node, key, key), 1))

    def _rule(self, form: Map, key: str, number: int) -> Rule:
        name = self._name(form, key, number)
        at = f"{key}[{name}]"
        pairs = form.pairs
        where = self._where(form, at)
        if "attr" in pairs:
            where = replace(where, attr=self._attr(pairs["attr"], f"{at}.attr"))
        patterns = {
            x: self.patterns(pairs[x], f"{at}.{x}") if x in pairs else () for x in ("line", "from", "until")
        }
        off = "off" in pairs and self.yes(pairs["off"], f"{at}.off")
        selecting = {"line", "from", "css", "xpath", "attr", "kind"}
        if not off and not selecting & pairs.keys():
            self.say(
                form.line,
                at,
                f"says nothing about what it finds; add one of {', '.join(sorted(selecting & KEYS[key].keys()))}",
            )
        if "until" in pairs and "from" not in pairs:
            self.say(form.lines["until"], f"{at}.until", "needs `from:`, where the run begins")
        if "lines" in pairs and "from" not in pairs:
            self.say(form.lines["lines"], f"{at}.lines", "needs `from:`, where the run begins")
        if "line" in pairs and "from" in pairs:
            self.say(form.lines["from"], f"{at}.from", "a rule has `line:` or `from:`; make two rules of it")
        if "from" in pairs and {"css", "xpath", "attr"} & pairs.keys():
            self.say(
                form.lines["from"],
                f"{at}.from",
                "runs go from line to line; a selector cannot limit them, make two rules of it",
            )
        return Rule(
            name, Origin(self.owner, self.path, form.line), where,
            why=(self.text(pairs["why"], f"{at}.why") or "") if "why" in pairs else "",
            line=patterns["line"], start=patterns["from"], until=patterns["until"],
            max=self.number(pairs["max"], f"{at}.max") if "max" in pairs else None,
            lines=self.number(pairs["lines"], f"{at}.lines") if "lines" in pairs else 0,
            off=off,
        )  # fmt: skip

    def _edits(self, node: Node | None, key: Literal["split", "replace"]) -> tuple[Edit, ...]:
        found = []
        for number, form in enumerate(self.forms(node, key, key), 1):
            name = self._name(form, key, number)
            at, pairs = f"{key}[{name}]", form.pairs
            off = "off" in pairs and self.yes(pairs["off"], f"{at}.off")
            text = (
                self.pattern(pairs["text"], f"{at}.text", "exact", consume=key == "split")
                if "text" in pairs
                else None
            )
            if "text" not in pairs and not off:
                self.say(form.line, at, "has no `text:`, the pattern of what to find")
            if key == "split" and text and not self.trusted and compiled(text, "exact").groups != 1:
                self.say(
                    form.lines["text"], f"{at}.text", "needs one group ( ) around the label that is cut off"
                )
            if key == "replace" and "with" not in pairs and not off:
                self.say(
                    form.line, at, "has no `with:`, what stands there instead; write with: '' to cut it out"
                )
            replacement = (
                (self.text(pairs["with"], f"{at}.with", empty=True) or "") if "with" in pairs else ""
            )
            if text and key == "replace" and not self.trusted:
                self._check_replacement(text, replacement, form, at)
            found.append(Edit(
                name, Origin(self.owner, self.path, form.line), text or "", self._where(form, at),
                why=(self.text(pairs["why"], f"{at}.why") or "") if "why" in pairs else "",
                replacement=None if key == "split" else replacement, off=off,
            ))  # fmt: skip
        return tuple(found)

    def _check_replacement(self, text: str, replacement: str, form: Map, at: str) -> None:
        groups = compiled(text, "exact", consume=False).groups
        if any(int(x) > groups for x in re.findall(r"\\(\d)", replacement)):
            self.say(
                form.lines.get("with", form.line),
                f"{at}.with",
                f"names a group that `text:` does not have; it has {groups}",
            )

    def _takes(self, node: Node, key: str) -> tuple[Take, ...]:
        return tuple(self._take(x, f"{key}[{i}]") for i, x in enumerate(self.forms(node, key, "field"), 1))

    def _take(self, form: Map, at: str) -> Take:
        pairs = form.pairs
        places = [x for x in ("css", "xpath", "before", "after", "jsonld", "meta") if x in pairs]
        if len(places) > 1:
            self.say(
                form.lines[places[1]],
                f"{at}.{places[1]}",
                f"a field rule looks in one place; it has `{places[0]}` too, make two rules of it",
            )
        if not places and "text" not in pairs:
            self.say(
                form.line,
                at,
                "says nothing about where to look; add css, xpath, text, before, after, jsonld or meta",
            )
        if "attr" in pairs and not {"css", "xpath"} & pairs.keys():
            self.say(form.lines["attr"], f"{at}.attr", "needs `css:`, the element that has the attribute")

        def plain(key: str) -> str | None:
            return self.text(pairs[key], f"{at}.{key}") if key in pairs else None

        def pattern(key: str, mode: Mode) -> str | None:
            return self.pattern(pairs[key], f"{at}.{key}", mode) if key in pairs else None

        return Take(
            Origin(self.owner, self.path, form.line), self._where(form, at),
            attr=plain("attr"), text=pattern("text", "raw"), before=pattern("before", "key"),
            after=pattern("after", "key"), jsonld=plain("jsonld"), meta=plain("meta"), split=pattern("split", "raw"),
            format=self._checked(pairs.get("format"), f"{at}.format", _format_problem),
            tz=self._checked(pairs.get("tz"), f"{at}.tz", _zone_problem),
        )  # fmt: skip

    def _checked(self, node: Node | None, key: str, problem: Callable[[str], str | None]) -> str | None:
        text = self.text(node, key) if node is not None else None
        if text is not None and not self.trusted and (message := problem(text)):
            self.say(node.line if node is not None else 1, key, message)
            return None
        return text


@lru_cache(maxsize=4096)
def css_is_valid(selector: str) -> bool:
    try:
        _EMPTY.css(selector)
    except SelectolaxError:
        return False
    return bool(selector.strip())


_EMPTY = LexborHTMLParser("<p></p>")


def _format_problem(text: str) -> str | None:
    if text == "unix":
        return None
    try:
        datetime.strptime(datetime(2020, 1, 31, 13, 45, tzinfo=UTC).strftime(text), text)  # noqa: DTZ007
    except ValueError as error:
        return f"`{text}` is not a date format: {error}; write it as '%d.%m.%Y %H:%M', or `unix`"
    return None if "%" in text else f"`{text}` has no %; write it as '%d.%m.%Y %H:%M', or `unix`"


def _zone_problem(text: str) -> str | None:
    from dateutil.tz import gettz  # noqa: PLC0415

    return None if gettz(text) else f"`{text}` is not a time zone; write it as Europe/Berlin"
