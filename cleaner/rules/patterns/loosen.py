r"""Patterns made cheap: every Unicode class as its ASCII part and whatever is not ASCII.

Enters: an RE2 pattern. Leaves: one that finds all that the first finds, and on ASCII text nothing else.
`[\p{L}]` is some 300 instructions in UTF-8, `[a-zA-Z\x{80}-\x{10ffff}]` a handful: the sets of a language
and of all outlets' signs took 160 ms to compile, and take 80 with the rest of a first page. What a set
finds in a text beyond ASCII is looked at again. Sound because a pattern negates nothing but classes: a
larger one finds no less.
"""

from __future__ import annotations

import re

_BEYOND = r"\x{80}-\x{10ffff}"
_ASCII = {
    "L": "a-zA-Z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9", "M": "", "Pc": "_", "Z": " ", "Zs": " ",
    "P": r"!-#%-*,-/:;?@\[-\]_{}", "S": r"$+<->\^`|~", "Latin": "a-zA-Z",
}  # fmt: skip
_CLASS = re.compile(r"\\[^pP]|(\[\^?)((?:\[:\^?[a-z]+:\]|\\.|[^\]\\])*)\]|\\p(?:\{(\w+)\}|(\w))", re.DOTALL)
_GROUP = re.compile(r"\\p(?:\{(\w+)\}|(\w))")


def loosened(pattern: str) -> str:
    """The pattern with its Unicode classes made large and cheap; as it is where there are none."""
    return _CLASS.sub(_loose, pattern) if r"\p" in pattern else pattern


def _loose(found: re.Match[str]) -> str:
    opening, inside = found.group(1), found.group(2)
    name = found.group(3) or found.group(4)
    if name:
        return f"[{_ASCII[name]}{_BEYOND}]" if name in _ASCII else found.group()
    if opening is None or r"\P" in inside or r"\p" not in inside or "[:" in inside:
        return found.group()
    names = [a or b for a, b in _GROUP.findall(inside)]
    if any(x not in _ASCII for x in names):
        return found.group()
    known = _GROUP.sub(lambda x: _ASCII[x.group(1) or x.group(2)], inside)
    if opening == "[":
        return f"[{known}{_BEYOND}]"
    # What is beyond ASCII may be outside the class; a member beyond ASCII must not rule it out.
    return f"[^{known}]" if known.isascii() and r"\x{" not in known and known else found.group()
