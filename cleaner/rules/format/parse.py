"""A rule file's nodes to `RuleFile`, with every problem it has and not only the first.

Enters: the bytes of a file. Leaves: a `RuleFile` and a list of `Problem`s.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from cleaner.model import RulesError
from cleaner.rules.format.budgets import MAX_REPLACEMENT, excess, format_problem, zone_problem
from cleaner.rules.format.heads import hosts, markup, signs, valid, words
from cleaner.rules.format.nodes import Map, Node, parse
from cleaner.rules.format.scalars import FormatProblem, Reader
from cleaner.rules.format.schema import FIELDS, INPUTS, KEYS, KINDS, Edit, Origin, Rule, RuleFile, Take, Where
from cleaner.rules.patterns.sets import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.rules.patterns.dialect import Mode

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STEM = re.compile(r"[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*")
_ATTRIBUTE = re.compile(r"[a-z_:][a-z0-9_.:-]{0,99}", re.IGNORECASE)


def read_file(
    data: bytes, path: str, name: str, kind: Literal["generic", "outlet"], *, trusted: bool = False
) -> RuleFile:
    """The file's rules. Raises `RulesError` naming every problem, one a line.

    The patterns and selectors of a `trusted` file are not tried out: the bundled ones were, before shipping.
    """
    rules, problems = check_file(data, path, name, kind, trusted=trusted)
    if problems:
        raise RulesError("\n".join(str(x) for x in problems))
    return rules


def check_file(
    data: bytes, path: str, name: str, kind: Literal["generic", "outlet"], *, trusted: bool = False
) -> tuple[RuleFile, list[FormatProblem]]:
    """The file's rules, as far as they can be read, and what is wrong with it."""
    try:
        node = parse(data, path)
    except RulesError as error:
        line = int(re.sub(r"\D.*", "", str(error)[len(path) + 1 :], flags=re.DOTALL) or 1)
        message = str(error)[len(f"{path}:{line}: ") :]
        return RuleFile(name, path, kind), [FormatProblem(path, line, "", message, "yaml")]
    read = Reader(path, name, kind, trusted=trusted)
    if not _STEM.fullmatch(name):
        read.say(
            1,
            "",
            f"the file's name `{name}` names the rules in the ledger; use small letters, digits, `.` and `-`",
        )
    return _file(read, node, kind), sorted(read.problems, key=lambda x: x.line)


def _file(read: Reader, node: Node, kind: Literal["generic", "outlet"]) -> RuleFile:
    blank = RuleFile(read.owner, read.path, kind)
    top = read.form(node, "", "file")
    if top is None:
        return blank
    pairs = top.pairs
    if not pairs:
        read.say(1, "", "says nothing; write at least `hosts: [example.org]`, or take the file away")
    rules = replace(
        blank,
        outlet=read.text(pairs["outlet"], "outlet") if "outlet" in pairs else None,
        words=words(read, pairs["words"]) if "words" in pairs else (),
        hosts=hosts(read, pairs["hosts"]) if "hosts" in pairs else (),
        recognise=signs(read, pairs["recognise"]) if "recognise" in pairs else (),
        valid=valid(read, pairs["valid"]) if "valid" in pairs else (None, None),
        extends=tuple(x for x, _ in read.texts(pairs["extends"], "extends")) if "extends" in pairs else (),
        fields={x: _takes(read, pairs[x], x) for x in FIELDS if x in pairs and kind == "outlet"},
        body=_rules(read, pairs.get("body"), "body"),
        keep=_rules(read, pairs.get("keep"), "keep"),
        remove=_rules(read, pairs.get("remove"), "remove"),
        edits=_edits(read, pairs.get("split"), "split") + _edits(read, pairs.get("replace"), "replace"),
        markup=markup(read, pairs.get("markup")),
        prune=read.yes(pairs["prune"], "prune") if "prune" in pairs else True,
        skip_jsonld=read.yes(pairs["skip_jsonld"], "skip_jsonld") if "skip_jsonld" in pairs else False,
        lines=top.lines,
    )
    for form in read.forms(pairs.get("tests"), "tests", "tests"):
        for key in form.pairs:
            read.texts(form.pairs[key], f"tests.{key}")
    if kind == "generic" and "language" in pairs:
        read.text(pairs["language"], "language")
    _unique(read, rules.keep, rules.remove, rules.edits)
    if not read.trusted and (found := excess(rules)):
        read.say(found[0], "", found[1], "limit")
    return rules


def _unique(read: Reader, *sections: Sequence[Rule | Edit]) -> None:
    """Entries of one section may share a name, as ways of finding one thing; two sections may not."""
    seen: dict[str, int] = {}
    for section in sections:
        for rule in section:
            if rule.name in seen:
                read.say(
                    rule.origin.line,
                    rule.name,
                    f"this name is already used on line {seen[rule.name]}, for something else; write another",
                )
        for rule in section:
            seen.setdefault(rule.name, rule.origin.line)


def _where(read: Reader, form: Map, key: str) -> Where:
    pairs = form.pairs
    kinds = read.texts(pairs["kind"], f"{key}.kind") if "kind" in pairs else []
    for kind, line in kinds:
        if kind not in KINDS:
            read.say(line, f"{key}.kind", f"`{kind}` is not one of {', '.join(KINDS)}")
    return Where(
        css=read.css(pairs["css"], f"{key}.css") if "css" in pairs else None,
        xpath=read.xpath(pairs["xpath"], f"{key}.xpath") if "xpath" in pairs else None,
        kind=tuple(x for x, _ in kinds),
        on=read.choice(pairs["on"], f"{key}.on", INPUTS) if "on" in pairs else None,
        first=read.number(pairs["first"], f"{key}.first") if "first" in pairs else 0,
        last=read.number(pairs["last"], f"{key}.last") if "last" in pairs else 0,
        linked="linked" in pairs and read.yes(pairs["linked"], f"{key}.linked"),
    )


def _attr(read: Reader, node: Node, key: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Map) or not node.pairs:
        read.say(
            node.line,
            key,
            "a form of attribute and pattern belongs here, as in {data-component: '^links'}",
        )
        return ()
    found = []
    for attribute, value in node.pairs.items():
        if not _ATTRIBUTE.fullmatch(attribute):
            read.say(value.line, key, f"`{attribute}` is not the name of an attribute")
        elif pattern := read.pattern(value, f"{key}.{attribute}", "raw"):
            found.append((attribute.lower(), pattern))
    return tuple(found)


def _name(read: Reader, form: Map, key: str, number: int) -> str:
    if "name" not in form.pairs:
        if key in {"keep", "body"}:
            return f"{key}-{number}"
        read.say(form.line, key, "the rule has no name; add `name:`, it is what the ledger shows")
        return f"{key}-{number}"
    name = read.text(form.pairs["name"], f"{key}.name") or f"{key}-{number}"
    if not _NAME.fullmatch(name):
        read.say(
            form.lines["name"],
            f"{key}.name",
            f"`{name}` is not a name; write small letters and digits joined by -",
        )
    return name


def _rules(read: Reader, node: Node | None, key: str) -> tuple[Rule, ...]:
    return tuple(_rule(read, x, key, i) for i, x in enumerate(read.forms(node, key, key), 1))


def _rule(read: Reader, form: Map, key: str, number: int) -> Rule:
    name = _name(read, form, key, number)
    at = f"{key}[{name}]"
    pairs = form.pairs
    where = _where(read, form, at)
    if "attr" in pairs:
        where = replace(where, attr=_attr(read, pairs["attr"], f"{at}.attr"))
    patterns = {
        x: read.patterns(pairs[x], f"{at}.{x}") if x in pairs else ()
        for x in ("line", "from", "until", "before")
    }
    text = read.patterns(pairs["text"], f"{at}.text", "exact") if "text" in pairs else ()
    off = "off" in pairs and read.yes(pairs["off"], f"{at}.off")
    selecting = {"line", "text", "from", "before", "css", "xpath", "attr", "kind"}
    if not off and not selecting & pairs.keys():
        read.say(
            form.line,
            at,
            f"says nothing about what it finds; add one of {', '.join(sorted(selecting & KEYS[key].keys()))}",
        )
    if "until" in pairs and "from" not in pairs:
        read.say(form.lines["until"], f"{at}.until", "needs `from:`, where the run begins")
    if "lines" in pairs and "from" not in pairs:
        read.say(form.lines["lines"], f"{at}.lines", "needs `from:`, where the run begins")
    stated = [x for x in ("line", "text", "from") if x in pairs]
    if len(stated) > 1:
        message = f"a rule has one of line, text and from; it has `{stated[0]}` too, make two rules of it"
        read.say(form.lines[stated[1]], f"{at}.{stated[1]}", message)
    if "from" in pairs and {"css", "xpath", "attr"} & pairs.keys():
        read.say(
            form.lines["from"],
            f"{at}.from",
            "runs go from line to line; a selector cannot limit them, make two rules of it",
        )
    return Rule(
        name, Origin(read.owner, read.path, form.line), where,
        why=(read.text(pairs["why"], f"{at}.why") or "") if "why" in pairs else "",
        line=patterns["line"], text=text, start=patterns["from"], until=patterns["until"],
        before=patterns["before"],
        max=read.number(pairs["max"], f"{at}.max") if "max" in pairs else None,
        lines=read.number(pairs["lines"], f"{at}.lines") if "lines" in pairs else 0,
        off=off,
    )  # fmt: skip


def _edits(read: Reader, node: Node | None, key: Literal["split", "replace"]) -> tuple[Edit, ...]:
    found = []
    for number, form in enumerate(read.forms(node, key, key), 1):
        name = _name(read, form, key, number)
        at, pairs = f"{key}[{name}]", form.pairs
        off = "off" in pairs and read.yes(pairs["off"], f"{at}.off")
        wanted = (
            read.pattern(pairs["text"], f"{at}.text", "exact", consume=key == "split")
            if "text" in pairs
            else None
        )
        if len({"text", "css"} & pairs.keys()) != 1 and not off:
            either = " or a `css:`, one of them" if key == "split" else ""
            read.say(form.line, at, f"has no `text:`, the pattern of what to find{either}")
        if key == "split" and wanted and not read.trusted and compiled(wanted, "exact").groups != 1:
            read.say(form.lines["text"], f"{at}.text", "needs one group ( ) around the label that is cut off")
        if key == "replace" and "with" not in pairs and not off:
            read.say(form.line, at, "has no `with:`, what stands there instead; write with: '' to cut it out")
        replacement = (read.text(pairs["with"], f"{at}.with", empty=True) or "") if "with" in pairs else ""
        if wanted and key == "replace" and not read.trusted:
            _check_replacement(read, wanted, replacement, form, at)
        found.append(Edit(
            name, Origin(read.owner, read.path, form.line), wanted or "", _where(read, form, at),
            why=(read.text(pairs["why"], f"{at}.why") or "") if "why" in pairs else "",
            replacement=None if key == "split" else replacement, off=off,
        ))  # fmt: skip
    return tuple(found)


def _check_replacement(read: Reader, text: str, replacement: str, form: Map, at: str) -> None:
    if len(replacement) > MAX_REPLACEMENT:
        message = f"longer than {MAX_REPLACEMENT} characters; write less"
        read.say(form.lines.get("with", form.line), f"{at}.with", message, "limit")
    groups = compiled(text, "exact", consume=False).groups
    if any(int(x) > groups for x in re.findall(r"\\(\d)", replacement)):
        read.say(
            form.lines.get("with", form.line),
            f"{at}.with",
            f"names a group that `text:` does not have; it has {groups}",
        )


def _takes(read: Reader, node: Node, key: str) -> tuple[Take, ...]:
    return tuple(_take(read, x, f"{key}[{i}]") for i, x in enumerate(read.forms(node, key, "field"), 1))


def _take(read: Reader, form: Map, at: str) -> Take:
    pairs = form.pairs
    places = [x for x in ("css", "xpath", "before", "after", "jsonld", "meta") if x in pairs]
    if len(places) > 1:
        read.say(
            form.lines[places[1]],
            f"{at}.{places[1]}",
            f"a field rule looks in one place; it has `{places[0]}` too, make two rules of it",
        )
    if not places and "text" not in pairs:
        read.say(
            form.line,
            at,
            "says nothing about where to look; add css, xpath, text, before, after, jsonld or meta",
        )
    if "attr" in pairs and not {"css", "xpath"} & pairs.keys():
        read.say(form.lines["attr"], f"{at}.attr", "needs `css:`, the element that has the attribute")

    def plain(key: str) -> str | None:
        return read.text(pairs[key], f"{at}.{key}") if key in pairs else None

    def pattern(key: str, mode: Mode) -> str | None:
        return read.pattern(pairs[key], f"{at}.{key}", mode) if key in pairs else None

    return Take(
        Origin(read.owner, read.path, form.line), _where(read, form, at),
        attr=plain("attr"), text=pattern("text", "raw"), before=pattern("before", "key"),
        after=pattern("after", "key"), jsonld=plain("jsonld"), meta=plain("meta"),
        split=pattern("split", "raw"),
        format=_checked(read, pairs.get("format"), f"{at}.format", format_problem),
        tz=_checked(read, pairs.get("tz"), f"{at}.tz", zone_problem),
    )  # fmt: skip


def _checked(read: Reader, node: Node | None, key: str, problem: Callable[[str], str | None]) -> str | None:
    text = read.text(node, key) if node is not None else None
    if text is not None and not read.trusted and (message := problem(text)):
        read.say(node.line if node is not None else 1, key, message)
        return None
    return text
