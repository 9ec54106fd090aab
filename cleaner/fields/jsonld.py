"""JSON-LD as it is found in the wild: parsed, repaired where that is safe, flattened.

Enters: the raw script texts of a page. Leaves: `Node` dicts in document order, and small readers that
coerce what should be a string, a list or an object, and is not; addresses are bare of what may differ
between two spellings of one. Nothing here raises for what a script
contains.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cleaner.read import jsonld_script

Node = Mapping[str, Any]

# More nodes than any article page has; a hostile one is cut off here.
_NODES = 2000
# Where another node of the *same* page stands. Everything else (`hasPart`, `itemListElement`, `mentions`,
# `comment`, `review`…) may hold other stories, whose dates and authors are not this page's.
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "article", "graph")
# What is put around a script to hide it from old browsers and XML parsers.
_OPENERS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/* <![CDATA[ */", "/*<![CDATA[*/", "<![CDATA[")
_CLOSERS = ("//-->", "// -->", "-->", "//]]>", "// ]]>", "/* ]]> */", "/*]]>*/", "]]>", ";")
_LONGEST_ADDRESS = 2000
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"?|,(?=\s*[}\]])', re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")


def parse(script: str) -> list[Any]:
    """The values of one script. A broken script gives what can be read of it without guessing, else
    nothing.
    """
    strict = jsonld_script.value(script)
    return [strict] if strict is not None else _repaired(script)


def _repaired(script: str) -> list[Any]:
    """Wrappers, NaN, raw newlines in strings, trailing commas, several values in a row, escaped quotes."""
    text = _unwrapped(script)
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = html.unescape(text)
    for attempt in (text, None):
        candidate = attempt if attempt is not None else _STRING_OR_COMMA.sub(_drop_comma, text)
        values = _decode(candidate)
        if values:
            return values
    return []


def _unwrapped(script: str) -> str:
    text = script.strip()
    for _ in range(3):
        text = next((text[len(mark) :] for mark in _OPENERS if text.startswith(mark)), text).lstrip()
        text = next((text[: -len(mark)] for mark in _CLOSERS if text.endswith(mark)), text).rstrip()
    return text


def _drop_comma(match: re.Match[str]) -> str:
    return "" if match[0] == "," else match[0]


def _decode(text: str) -> list[Any]:
    """All values of a text that holds one or several; none if the first cannot be read."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    try:
        while at < len(text) and len(values) < 50:
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            while at < len(text) and text[at] in " \t\r\n,;":
                at += 1
    except (ValueError, RecursionError):
        return values
    return values


def nodes(scripts: Iterable[str]) -> list[Node]:
    """All objects that describe this page or what it is part of, in document order."""
    found: list[Node] = []
    stack: list[Any] = []
    for script in scripts:
        stack.extend(reversed(parse(script)))
        while stack and len(found) < _NODES:
            value = stack.pop()
            if isinstance(value, list):
                stack.extend(reversed(value[:_NODES]))
            elif isinstance(value, dict):
                found.append(value)
                stack.extend(
                    value[key] for key in reversed(_INSIDE) if isinstance(value.get(key), list | dict)
                )
        stack.clear()
    return found


def types(node: Node) -> tuple[str, ...]:
    """The node's types without namespace."""
    value = node.get("@type", node.get("type"))
    if isinstance(value, str) and "/" not in value and ":" not in value:
        return (value,)
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def text(value: object, limit: int = 1000) -> str | None:
    """A string as meant: entities and tags resolved, spaces folded. Other types are no text."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    value = value[: limit * 4]
    if "&" in value:
        value = html.unescape(value)
    if "<" in value:
        value = _TAG.sub("", value)
    return " ".join(value.split())[:limit] or None


def texts(value: object) -> list[str]:
    """All strings of a string or list."""
    items = value[:200] if isinstance(value, list) else [value]
    return [found for item in items if (found := text(item))]


def objects(value: object) -> Iterator[Node]:
    """The objects of an object or list."""
    for item in value[:200] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
        elif isinstance(item, list):
            yield from (inner for inner in item[:200] if isinstance(inner, dict))


def names(value: object, index: Mapping[str, Node]) -> list[str]:
    """Names of what stands as string, object, reference by `@id`, or a list of these."""
    found: list[str] = []
    for item in value[:200] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            node = named(item, index)
            found.extend(texts(node.get("name")))
        elif (string := text(item)) is not None:
            found.append(string)
    return found


def named(node: Node, index: Mapping[str, Node]) -> Node:
    """The node itself, or the one its `@id` refers to where it has no name of its own."""
    if not node.get("name") and isinstance(reference := node.get("@id"), str):
        return index.get(reference, node)
    return node


def by_id(found: Iterable[Node]) -> dict[str, Node]:
    """Nodes that others may refer to; the first with a name wins."""
    index: dict[str, Node] = {}
    for node in found:
        reference = node.get("@id")
        if isinstance(reference, str) and (reference not in index or not index[reference].get("name")):
            index[reference] = node
    return index


def bare_address(url: str) -> str:
    """Host and path without scheme, `www.`, query, trailing slash; empty for what is no address or only a
    host.
    """
    return _bare(url) if len(url) < _LONGEST_ADDRESS else ""


# A page states its own address up to ten times.
@lru_cache(maxsize=256)
def _bare(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{host}{path}" if host and path else ""


def node_addresses(node: Node) -> set[str]:
    values: list[object] = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    found = set()
    for stated in values:
        value = (stated.get("@id") or stated.get("url")) if isinstance(stated, dict) else stated
        if isinstance(value, str) and (bare := bare_address(value.split("#", 1)[0])):
            found.add(bare)
    return found
