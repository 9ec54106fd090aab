"""The story as the page's own JSON-LD tells it: a witness for the blocks, never the body itself."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import orjson

from cleaner.read import jsonld_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOT_LETTERS = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
# A shorter text is a summary that happens to stand under the name.
_LEAST = 250
# How far behind the last find the next one is first looked for, in letters.
_NEAR = 4_000
# Letters read for one page in vain or far off, about 30 ms; a news page needs some 3 million.
_PATIENCE = 100_000_000


def letters(text: str) -> str:
    """Letters and digits alone, lower-cased: equal however a text was spaced and punctuated."""
    return _NOT_LETTERS.sub("", text.lower())


def _bodies(value: Any) -> Iterator[str]:  # noqa: ANN401
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
        found = jsonld_script.value(script)
        if found is None:
            try:
                found = orjson.loads(re.sub(r"[\x00-\x1f]", " ", script))
            except orjson.JSONDecodeError:
                continue
        best = max([best, *_bodies(found)], key=len)
    if len(best) < _LEAST:
        return ""
    return letters(html.unescape(_TAGS.sub(" ", best)))


class Witness:
    """Another's text of a story, asked for one block after the other, in the order of the page.

    A block is looked for just behind the one found before it, where it nearly always is, and only then in
    the whole text. That second search is given up once it has read `_PATIENCE` letters for one page: the cost
    is that a story of thousands of paragraphs told in another order is not recognised to its end.
    """

    __slots__ = ("_at", "_letters", "patience")

    def __init__(self, text: str) -> None:
        """`text` as `letters` gives it."""
        self._letters = text
        self._at = 0
        self.patience = _PATIENCE

    def __bool__(self) -> bool:
        return bool(self._letters)

    def share(self, text: str) -> float:
        """How much of a block the witness has: all of a short one, or head, middle and tail of a long one."""
        probe = letters(text)
        if not probe:
            return 0.0
        if len(probe) <= 60:
            return float(self._has(probe, 0))
        middle = len(probe) // 2
        parts = (probe[:30], probe[middle : middle + 30], probe[-30:])
        return sum([self._has(p, len(probe)) for p in parts]) / 3

    def _has(self, probe: str, length: int) -> bool:
        """Whether the letters are there; `length` is that of the block they are from."""
        found = self._letters.find(probe, self._at, self._at + length + _NEAR)
        if found < 0:
            if self.patience <= 0:
                return False
            found = self._letters.find(probe)
            self.patience -= found if found >= 0 else len(self._letters)
        if found >= 0 and len(probe) >= 30:
            self._at = found
        return found >= 0
