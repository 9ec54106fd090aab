"""Markup beyond the limits, rewritten so that the parser stays linear and no text is lost."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from cleaner.read.limits import (
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_FORMATTING,
    MAX_OPTIONS,
    Refused,
)

# Possessive, so that no input makes it try twice; an unclosed quote falls back to a plain character once.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^"'>]++|"[^"]*"|'[^']*'|["'])*+)>?""")
_ATTRIBUTE = re.compile(r"""[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s"']\S*+)?)?""")
_VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
     "link", "meta", "param", "source", "track", "wbr")
)  # fmt: skip
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_LEAF = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_IMPLIED = frozenset(
    ("p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot")
)
_INLINE = _FORMATTING | frozenset(
    ("span", "abbr", "cite", "label", "sub", "sup", "time", "q", "mark", "bdi", "bdo", "var", "kbd", "samp",
     "data", "ins", "del", "g", "path")
)  # fmt: skip


class _Explosion(Exception):  # noqa: N818 - caught right above, where less formatting is allowed
    """Formatting that stays open would be built anew in too many blocks."""


class _State:
    """What is open at this point of the markup: really (`stack`), and in the source only (`dropped`)."""

    __slots__ = (
        "blocks", "dropped", "formatting", "most_formatting", "open", "options", "outlived", "rebuilt",
        "stack", "starts",
    )  # fmt: skip

    def __init__(self, most_formatting: int) -> None:
        self.most_formatting = most_formatting
        # Formatting whose block has ended, its own end tag not come; and how often that is built anew.
        self.outlived = 0
        self.rebuilt = 0
        # For each of the stack where the innermost block around it stands, -1 if in none.
        self.blocks: list[int] = []
        self.stack: list[str] = []
        self.open: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.formatting = 0
        self.options = 0
        self.starts = 0

    def pop(self) -> None:
        name = self.stack.pop()
        self.blocks.pop()
        self.open[name] -= 1
        self.outlived += name in _FORMATTING
        self.dropped.clear()

    def start(self, name: str, attributes: str, tag: str) -> str:
        """What stands in the new markup for this start tag."""
        self.starts += 1
        if self.starts > MAX_ELEMENTS:
            raise Refused("too-many-elements", f"more than {MAX_ELEMENTS:,} elements")
        if len(attributes) > MAX_ATTRIBUTES and overloaded(attributes):
            tag = f"<{name}>"
        if name in _VOID:
            return tag
        if self._surplus(name):
            self.dropped[name] += 1
            return " " if name == "option" else ""
        if self.stack:
            self._imply_ends(name)
        if len(self.stack) >= MAX_DEPTH:
            self.dropped[name] += 1
            return tag if name in _LEAF else _gap(name)
        self.blocks.append((self.blocks[-1] if self.blocks else -1) if name in _INLINE else len(self.stack))
        self.stack.append(name)
        self.open[name] += 1
        return tag

    def _imply_ends(self, name: str) -> None:
        """A block ends the paragraph that is open, with all formatting inside it; an item ends the item."""
        if name not in _INLINE:
            block = self.blocks[-1]
            if block >= 0 and self.stack[block] == "p":
                while len(self.stack) > block:
                    self.pop()
            self.rebuilt += self.outlived
            if self.rebuilt > MAX_ELEMENTS and self.most_formatting:
                raise _Explosion
        if self.stack and self.stack[-1] == name and name in _IMPLIED:
            self.pop()

    def _surplus(self, name: str) -> bool:
        """Count options and unclosed formatting; whether this one is beyond the limit."""
        if name == "select":
            self.options = 0
        elif name == "option":
            self.options += 1
            return self.options > MAX_OPTIONS
        elif name in _FORMATTING:
            if self.formatting >= self.most_formatting:
                return True
            self.formatting += 0 if name == "a" and self.open["a"] else 1
        return False

    def end(self, name: str, tag: str) -> str:
        if self.dropped[name] > 0:
            self.dropped[name] -= 1
            return tag if name in _LEAF else _gap(name)
        if self.open[name] <= 0:
            if name in _FORMATTING:
                self.outlived = max(0, self.outlived - 1)
            return tag
        if name in _FORMATTING:
            # Formatting outlives its block: only its own end tag ends it, so the stack's order says nothing.
            self.formatting = max(0, self.formatting - 1)
            self.outlived -= 1
        while self.stack[-1] != name:
            self.pop()
        self.pop()
        return tag


def flatten(text: str) -> str:
    """One pass over the tags; returns `text` itself where nothing passes a limit.

    Where the formatting left open would be rebuilt too often, another pass allows less of it, a third none.
    """
    for most_formatting in (MAX_FORMATTING, MAX_FORMATTING // 20):
        try:
            return _flattened(text, _State(most_formatting))
        except _Explosion:
            continue
    return _flattened(text, _State(0))


def _flattened(text: str, state: _State) -> str:
    out: list[str] = []
    changed = False
    at = 0
    while True:
        lt = text.find("<", at)
        if lt < 0:
            break
        match = _TAG.match(text, lt)
        if match is None:
            end = _skip(text, lt)
            out.append(text[at:end])
            at = end
            continue
        tag, name = match[0], match[2].lower()
        new = state.end(name, tag) if match[1] else state.start(name, match[3], tag)
        changed = changed or new is not tag
        out.append(text[at:lt])
        out.append(new)
        at = match.end()
        if name in _RAW and not match[1]:
            close = re.compile("</" + name, re.IGNORECASE).search(text, at)
            end = close.start() if close else len(text)
            out.append(text[at:end])
            at = end
        elif name == "plaintext":
            break
    out.append(text[at:])
    return "".join(out) if changed else text


def _skip(text: str, lt: int) -> int:
    """Where a comment, declaration or lone `<` ends."""
    if text.startswith("<!--", lt):
        end = text.find("-->", lt + 2)
        return end + 3 if end >= 0 else len(text)
    if text.startswith(("<!", "<?", "</"), lt):
        end = text.find(">", lt)
        return end + 1 if end >= 0 else len(text)
    return lt + 1


def overloaded(attributes: str) -> bool:
    """Whether these are more than `MAX_ATTRIBUTES` attributes; a long quoted value is one."""
    return next(islice(_ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES, None), None) is not None


def _gap(name: str) -> str:
    return "" if name in _INLINE else "<p>"
