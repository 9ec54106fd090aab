"""XPath to CSS, where CSS says exactly the same.

Enters: an XPath 1.0 expression. Leaves: a CSS selector and, for `…/@name`, the attribute; None where only
XPath can say it: other axes than child, descendant and following-sibling, text tests, positions after
another test, functions. Known difference: a class list with tabs or line breaks between its names, which
`contains(concat(' ', @class, ' '), …)` overlooks and `[class~=…]` finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.rules.format.scalars import css_is_valid

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"[^"]*"|'[^']*')|(?P<number>\d+)|(?P<name>[A-Za-z_][\w.-]*(?:::)?)"""
    r"""|(?P<sign>//|!=|[/@\[\]()*|,=.]))"""
)
_TAG = re.compile(r"[a-z][a-z0-9-]*\Z")
_ATTRIBUTE = re.compile(r"[a-zA-Z_][\w-]*\Z")
_AXES = {"child::": ">", "descendant::": " ", "following-sibling::": "~"}
# Beyond this many alternatives the selector is longer than the path is clear.
_MOST = 24


class _UntranslatableError(Exception):
    """CSS cannot say this."""


@dataclass(slots=True)
class _Tokens:
    items: list[tuple[str, str]]
    at: int = 0

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.items[place][1] if place < len(self.items) else ""

    def kind(self) -> str:
        return self.items[self.at][0] if self.at < len(self.items) else ""

    def take(self, expected: str = "") -> str:
        if self.at >= len(self.items) or (expected and self.peek() != expected):
            raise _UntranslatableError
        self.at += 1
        return self.items[self.at - 1][1]

    def accept(self, *wanted: str) -> bool:
        """Step over these tokens if they come next."""
        if all(self.peek(i) == x for i, x in enumerate(wanted)):
            self.at += len(wanted)
            return True
        return False


def to_css(path: str) -> tuple[str, str | None] | None:
    """The selector for an XPath, and the attribute it ends in; None if no selector is exact."""
    try:
        tokens = _Tokens(_tokenised(path))
        found = [_path(tokens)]
        while tokens.accept("|"):
            found.append(_path(tokens))
        if tokens.at < len(tokens.items):
            return None
    except _UntranslatableError:
        return None
    attributes = {attribute for _, attribute in found}
    if len(attributes) > 1:
        return None
    css = ", ".join(dict.fromkeys(x for selectors, _ in found for x in selectors))
    return (css, attributes.pop()) if css_is_valid(css) else None


def _tokenised(path: str) -> list[tuple[str, str]]:
    items: list[tuple[str, str]] = []
    at = 0
    path = path.strip()
    while at < len(path):
        match = _TOKEN.match(path, at)
        if match is None:
            raise _UntranslatableError
        items.append((match.lastgroup or "", match.group(match.lastgroup or 0)))
        at = match.end()
    return items


def _path(tokens: _Tokens) -> tuple[list[str], str | None]:
    """One location path: its selectors, several where a test has alternatives, and its attribute."""
    if tokens.accept("//"):
        combined = [""]
    elif tokens.accept("/"):
        if tokens.peek() != "html":
            raise _UntranslatableError
        combined = [""]
    else:
        raise _UntranslatableError
    combinator = ""
    while True:
        if tokens.accept("@"):
            if combinator != ">" and combined != [""]:
                raise _UntranslatableError
            return _attribute_end(combined, _attribute(tokens))
        axis = _axis(tokens)
        if axis is not None and combinator != ">":
            raise _UntranslatableError
        joint = {"": "", ">": " > ", " ": " ", "~": " ~ "}[axis or combinator]
        counted = axis in {None, ">"}
        combined = _product(combined, _step(tokens, top=combined == [""], counted=counted), joint)
        if tokens.accept("//"):
            combinator = " "
        elif tokens.accept("/"):
            combinator = ">"
        else:
            return combined, None


def _attribute_end(combined: list[str], attribute: str) -> tuple[list[str], str]:
    if combined == [""]:
        return [f"[{attribute}]"], attribute
    return combined, attribute


def _axis(tokens: _Tokens) -> str | None:
    for name, combinator in _AXES.items():
        if tokens.accept(name):
            return combinator
    return None


def _product(left: list[str], right: list[str], joint: str) -> list[str]:
    if len(left) * len(right) > _MOST:
        raise _UntranslatableError
    return [f"{a}{joint}{b}" if a else b for a in left for b in right]


def _step(tokens: _Tokens, *, top: bool = False, counted: bool = True) -> list[str]:
    """A name test and its predicates, as alternatives; `top` where nothing stands before it.

    `counted` where positions count the children of one parent, as CSS does.
    """
    tag = tokens.take()
    if tag != "*" and (tokens.peek() == "(" or not _TAG.match(tag)):
        raise _UntranslatableError
    found = [tag]
    first = True
    while tokens.accept("["):
        position = _position(tokens, tag) if first else None
        if position is not None and (not counted or (top and tag in {"*", "html"})):
            raise _UntranslatableError  # lexbor counts no root element among children
        found = _product(found, [position] if position is not None else _either(tokens), "")
        first = False
        tokens.take("]")
    # The star stays before a pseudo-class: without it selectolax 1.0 loses ancestors (`:not([a]) p`).
    return [x[1:] if x.startswith("*[") else x for x in found]


def _position(tokens: _Tokens, tag: str) -> str | None:
    """A position among the siblings of the same name, which is what CSS counts too."""
    kind = "child" if tag == "*" else "of-type"
    if tokens.kind() == "number" and tokens.peek(1) == "]":
        number = int(tokens.take())
        return f":nth-{kind}({number})" if number else None
    if tokens.accept("last", "(", ")"):
        return f":last-{kind}"
    if tokens.accept("position", "(", ")", "="):
        if tokens.kind() != "number":
            raise _UntranslatableError
        return f":nth-{kind}({int(tokens.take())})"
    return None


def _either(tokens: _Tokens) -> list[str]:
    found = _both(tokens)
    while tokens.peek() == "or":
        tokens.take()
        found = found + _both(tokens)
    return found


def _both(tokens: _Tokens) -> list[str]:
    found = _test(tokens)
    while tokens.peek() == "and":
        tokens.take()
        found = _product(found, _test(tokens), "")
    return found


def _test(tokens: _Tokens) -> list[str]:
    if tokens.accept("("):
        found = _either(tokens)
        tokens.take(")")
        return found
    if tokens.accept("not", "("):
        found = _either(tokens)
        tokens.take(")")
        return ["".join(f":not({x})" for x in found)]
    if tokens.accept("contains", "("):
        return [_contains(tokens)]
    if tokens.accept("starts-with", "("):
        tokens.take("@")
        attribute, text = _attribute_and_text(tokens)
        return [f"[{attribute}^={text}]"]
    return [_compared(tokens)] if tokens.accept("@") else _within(tokens)


def _compared(tokens: _Tokens) -> str:
    attribute = _attribute(tokens)
    if tokens.accept("="):
        return f"[{attribute}={_string(tokens)}]"
    if tokens.accept("!="):
        # True only where the attribute is there: XPath compares what it finds.
        return f"[{attribute}]:not([{attribute}={_string(tokens)}])"
    return f"[{attribute}]"


def _within(tokens: _Tokens) -> list[str]:
    """`[p]` and `[.//img]`: an element that holds another."""
    joint = " "
    if not tokens.accept(".", "//"):
        if tokens.accept(".", "/") or tokens.kind() == "name" or tokens.peek() == "*":
            joint = "> "
        else:
            raise _UntranslatableError
    found = _step(tokens)
    while tokens.peek() in {"/", "//"}:
        inner = " > " if tokens.take() == "/" else " "
        if tokens.peek() == "@":
            raise _UntranslatableError
        found = _product(found, _step(tokens), inner)
    if tokens.peek() in {"=", "!="}:
        raise _UntranslatableError
    return [f":has({joint.lstrip() if joint == ' ' else joint}{x})" for x in found]


def _contains(tokens: _Tokens) -> str:
    """`contains(@class, 'x')`, and the idiom for a whole word of a list."""
    if tokens.accept("concat", "("):
        space = _plain(tokens)
        tokens.take(",")
        normal = tokens.accept("normalize-space", "(")
        tokens.take("@")
        attribute = _attribute(tokens)
        if normal:
            tokens.take(")")
        tokens.take(",")
        if space != " " or _plain(tokens) != " ":
            raise _UntranslatableError
        tokens.take(")")
        tokens.take(",")
        word = _plain(tokens)
        tokens.take(")")
        if len(word.split()) != 1 or word != f" {word.strip()} ":
            raise _UntranslatableError
        return f"[{attribute}~={quoted(word.strip())}]"
    tokens.take("@")
    attribute, text = _attribute_and_text(tokens)
    return f"[{attribute}*={text}]"


def _attribute_and_text(tokens: _Tokens) -> tuple[str, str]:
    attribute = _attribute(tokens)
    tokens.take(",")
    text = _string(tokens)
    tokens.take(")")
    if text == '""':  # any text contains the empty one; no CSS attribute does
        raise _UntranslatableError
    return attribute, text


def _attribute(tokens: _Tokens) -> str:
    name = tokens.take()
    if not _ATTRIBUTE.match(name) or name != name.lower():
        raise _UntranslatableError
    return name


def _plain(tokens: _Tokens) -> str:
    if tokens.kind() != "string":
        raise _UntranslatableError
    return tokens.take()[1:-1]


def _string(tokens: _Tokens) -> str:
    return quoted(_plain(tokens))


def quoted(text: str) -> str:
    """A text as CSS writes it between double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
