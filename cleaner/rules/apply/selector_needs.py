"""Which selectors of a list can find a block on this page at all.

Enters: a CSS selector list; the names that a page's elements bear. Leaves: the selectors worth asking lexbor
about. A rule lists what any page of its outlet may have, of which one page has a few: looking up a dozen
names costs less than one walk over the tree for each.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from cleaner.model import Elements, Page

# Attributes whose values `Elements.hooks` holds.
_KNOWN = frozenset(
    ["class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "property", "rel"]
)
# Elements that `Elements.hooks` leaves out.
_BARE = frozenset(["b", "i", "em", "strong", "u", "sup", "sub", "small", "tr", "tbody"])
_NAME = re.compile(r"[.#]([\w-]+)")
_VALUE = re.compile(
    r"""\[\s*([\w-]+)\s*[*^$~|]?=\s*(?:"([^"\\]*)"|'([^'\\]*)'|([\w-]+))\s*[iIsS]?\s*\]""", re.ASCII
)
_TAG = re.compile(r"(?:^|(?<=[\s>]))[a-zA-Z][\w-]*")
_BRACKET = re.compile(r"\[[^\]]*\]")
# What stands before a sibling combinator need not hold text, so its names may not be known.
_SIBLING = re.compile(r"[^\s>+~]+(?=\s*[+~])")

Needs = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=4096)
def needs(css: str) -> Needs:
    """Each selector of the list with the names, in lower case, that a page must have for it to find a block;
    the name of a tag is written `<p>`.

    Known cost: what stands in `:is()` and the like is not looked at.
    """
    return tuple((part.strip(), _names(part)) for part in _parts(css))


def _names(part: str) -> tuple[str, ...]:
    if "\\" in part or "~=" in part:
        return ()
    plain = _outside(part)
    if plain is None:
        return ()
    plain = _SIBLING.sub("*", plain)
    values = [(m[1].lower(), m[2] or m[3] or m[4] or "") for m in _VALUE.finditer(plain)]
    found = [value for name, value in values if name in _KNOWN]
    bare = _BRACKET.sub("", plain)
    found += _NAME.findall(bare)
    found += [f"<{x}>" for x in _TAG.findall(bare)]
    return tuple(dict.fromkeys(x.lower() for x in found if x))


def _outside(part: str) -> str | None:
    """The selector without what stands in parentheses; None where they or quotes make it hard to read."""
    out: list[str] = []
    depth, quote = 0, ""
    for char in part:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "(":
            depth += 1
            continue
        elif char == ")":
            depth -= 1
            continue
        if not depth:
            out.append(char)
    text = "".join(out)
    return None if depth or quote or re.search(r"=\s*[\"'][^\"']*[\[\]+~>]", text) else text


def _parts(css: str) -> list[str]:
    """The selectors of a list: cut at commas outside brackets and quotes."""
    parts, start, depth, quote = [], 0, 0, ""
    for at, char in enumerate(css):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "," and not depth:
            parts.append(css[start:at])
            start = at + 1
    return [*parts, css[start:]] if not depth and not quote else [css]


def borne(page: Page, rows: Collection[int] | None = None) -> str:
    """All names that the elements with text bear, in lower case, to look names up in.

    With `rows` only those of these elements and of what is inside and around them.
    """
    elements, tree = page.elements, page.tree
    if elements is None or tree is None:
        return ""
    if rows is None:
        tags, found = set(elements.tags), set(elements.hooks)
    else:
        tags, found = _near(elements, rows)
    if bare := _BARE & tags:
        for node in tree.css(", ".join(sorted(bare))):
            if attrs := node.attributes:
                found.add(" ".join(v for k, v in attrs.items() if v and k in _KNOWN).lower())
    return "\n".join([*found, *(f"<{x}>" for x in tags), "<html>", "<body>"])


def _near(elements: Elements, rows: Collection[int]) -> tuple[set[str], set[str]]:
    """Tags and names of these elements, inside and around them."""
    tags: set[str] = set()
    hooks: set[str] = set()
    seen: set[int] = set()
    end = 0
    for row in sorted(rows):
        if row < end:
            continue
        end = elements.ends[row]
        tags.update(elements.tags[row:end])
        hooks.update(elements.hooks[row:end])
        up = elements.parents[row]
        while up not in seen:
            seen.add(up)
            tags.add(elements.tags[up])
            hooks.add(elements.hooks[up])
            up = elements.parents[up]
    return tags, hooks


def possible(css: str, names: str) -> str:
    """The selectors of the list that may find a block on a page that bears these names; empty where none."""
    asked = needs(css)
    found = [part for part, needed in asked if all(x in names for x in needed)]
    return css if len(found) == len(asked) else ", ".join(found)
