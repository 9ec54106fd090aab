"""The story as the page's own JSON-LD tells it: a witness for the blocks, never the body itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

_NOT_LETTERS = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
# A shorter text is a summary that happens to stand under the name.
_LEAST = 250


def letters(text: str) -> str:
    """Letters and digits alone, lower-cased: equal however a text was spaced and punctuated."""
    return _NOT_LETTERS.sub("", text.lower())


def _bodies(value: Any) -> Iterator[str]:
    """Every `articleBody` in a JSON value, found without recursion."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            body = node.get("articleBody")
            if isinstance(body, str):
                yield body
            stack.extend(v for v in node.values() if isinstance(v, dict | list))
        elif isinstance(node, list):
            stack.extend(node)


def article_body(scripts: Sequence[str]) -> str:
    """Letters of the longest `articleBody`, or the empty string. Scripts without the name are not parsed."""
    best = ""
    for script in scripts:
        if '"articleBody"' not in script:
            continue
        try:
            found = orjson.loads(script)
        except orjson.JSONDecodeError:
            try:
                found = orjson.loads(re.sub(r"[\x00-\x1f]", " ", script))
            except orjson.JSONDecodeError:
                continue
        best = max([best, *_bodies(found)], key=len)
    if len(best) < _LEAST:
        return ""
    return letters(html.unescape(_TAGS.sub(" ", best)))


def share_seen(text: str, witness: str) -> float:
    """How much of a block the witness has: all of a short one, or the head, middle and tail of a long one."""
    probe = letters(text)
    if not probe:
        return 0.0
    if len(probe) <= 60:
        return float(probe in witness)
    middle = len(probe) // 2
    parts = (probe[:30], probe[middle : middle + 30], probe[-30:])
    return sum([p in witness for p in parts]) / 3
