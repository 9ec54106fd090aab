"""Selectors to blocks: which blocks of a page stand inside the elements that a selector finds.

Enters: a `Page` read from HTML, a `Where`. Leaves: block indices, or the elements themselves for field rules.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.rules.patterns.sets import compiled
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

    from cleaner.model import Block, Page
    from cleaner.rules.format.schema import Where


# Never part of a line: one without blocks of its own is empty.
_BOXES = frozenset(
    """article aside blockquote div figcaption figure footer form h1 h2 h3 h4 h5 h6 header iframe li nav ol p
    section ul""".split()  # noqa: SIM905 - a list of words reads better
)


# Finding one id among some thousand costs a tenth of a table of them all.
FEW = 4


class Rows:
    """A page's blocks by the row of their element, so that a subtree's blocks are one slice.

    Built once a page and only if a selector finds something. Empty for text input: every selector abstains.
    """

    __slots__ = ("_blocks", "_by_row", "_mirror", "_row_of", "_starts", "page")

    def __init__(self, page: Page) -> None:
        self.page = page
        self._row_of: dict[int, int] | None = None
        self._starts: list[int] = []
        self._by_row: list[int] = []
        self._blocks: dict[int, list[Block]] | None = None
        self._mirror: Any = None

    def select(self, where: Where) -> set[int]:
        """Indices of the blocks inside what `css`, `xpath` and `attr` all find."""
        found: set[int] | None = None
        if where.css is not None:
            found = self._inside([(x.mem_id, x.text) for x in self.nodes(where.css)])
        if where.xpath is not None:
            rows = self._xpath_rows(where.xpath)
            found = rows if found is None else found & rows
        if where.attr:
            nodes = self.nodes("".join(f"[{name}]" for name, _ in where.attr))
            held = self._inside([(x.mem_id, x.text) for x in nodes if _holds(x, where)])
            found = held if found is None else found & held
        return found or set()

    def nodes(self, css: str) -> list[LexborNode]:
        """The elements that a selector finds, in document order."""
        return self.page.tree.css(css) if self.page.tree is not None else []

    def block_of(self, node: LexborNode) -> int | None:
        """The first block inside the element."""
        found = self._inside([(node.mem_id, node.text)])
        return min(found) if found else None

    def xpath(self, path: str) -> list[Any]:
        """What an XPath finds: lxml elements and strings."""
        from cleaner.rules.apply.xpath import Mirror  # noqa: PLC0415 - lxml costs 10 ms that few rules need

        if self.page.tree is None or self.page.elements is None:
            return []
        if self._mirror is None:
            self._mirror = Mirror(self.page)
        found: list[Any] = self._mirror.find(path)
        return found

    def _xpath_rows(self, path: str) -> set[int]:
        found = self.xpath(path)
        elements = self.page.elements
        if not found or elements is None:
            return set()
        rows = [(self._mirror.row(x), x) for x in found if not isinstance(x, str)]
        return self._inside([(elements.ids[row], partial(_text, x)) for row, x in rows if row is not None])

    def parts(self, css: str) -> dict[int, list[str]]:
        """By block: the texts in it of the elements that a selector finds."""
        found: dict[int, list[str]] = {}
        nodes = self.nodes(css)
        row_of = self._index(few=len(nodes) <= FEW)
        for node in nodes:
            row = self._search(node.mem_id) if row_of is None else row_of.get(node.mem_id)
            if row is None:
                continue
            for index in self._subtree(row):
                found.setdefault(index, []).append(self.page.blocks[index].text)
            text = " ".join(node.text().split())
            around = [] if self._subtree(row) else self._around(row)
            for block in [x for x in around if text and text in x.text][:1]:
                found.setdefault(block.index, []).append(text)
        return found

    def _inside(self, found: list[tuple[int, Callable[[], str]]]) -> set[int]:
        """Blocks inside elements, given by lexbor's id and a way to their text."""
        indices: set[int] = set()
        row_of = self._index(few=len(found) <= FEW)
        for mem_id, text in found:
            row = self._search(mem_id) if row_of is None else row_of.get(mem_id)
            if row is not None:
                indices.update(self._subtree(row) or self._whole(row, text))
        return indices

    def _search(self, mem_id: int) -> int | None:
        ids = self.page.elements.ids if self.page.elements is not None else []
        return ids.index(mem_id) if mem_id in ids else None

    def _subtree(self, row: int) -> list[int]:
        elements = self.page.elements
        if elements is None:
            return []
        low = bisect_left(self._starts, row)
        return self._by_row[low : bisect_left(self._starts, elements.ends[row], low)]

    def _index(self, *, few: bool = False) -> dict[int, int] | None:
        """Rows by lexbor's ids; None where so few are wanted that looking for each costs less."""
        if not self._starts:
            placed = [x.index for x in self.page.blocks if x.place is not None]
            rows = [x.place.element for x in self.page.blocks if x.place is not None]
            order = sorted(range(len(rows)), key=rows.__getitem__)
            self._starts = [rows[i] for i in order]
            self._by_row = [placed[i] for i in order]
        if self._row_of is None and self.page.elements is not None and not few:
            self._row_of = {mem_id: row for row, mem_id in enumerate(self.page.elements.ids)}
        return self._row_of

    def _whole(self, row: int, text: Callable[[], str]) -> list[int]:
        """The block that an inline element fills wholly; one that it fills in part is not its own to give."""
        elements = self.page.elements
        if elements is None or elements.tags[row] in _BOXES:
            return []
        around = self._around(row)
        key = fold(text()) if around else ""
        return [x.index for x in around if key and x.key == key]

    def _around(self, row: int) -> list[Block]:
        """The blocks of the nearest element around an inline one."""
        if self._blocks is None:
            self._blocks = {}
            for block in self.page.blocks:
                if block.place is not None:
                    self._blocks.setdefault(block.place.element, []).append(block)
        elements = self.page.elements
        while elements is not None and row and row not in self._blocks:
            row = elements.parents[row]
        return self._blocks.get(row, [])


def _text(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    return "".join(element.itertext())


def _holds(node: LexborNode, where: Where) -> bool:
    """Whether all of the rule's attributes match on this element."""
    attributes = node.attributes
    return all(compiled(pattern, "raw").search(attributes.get(name) or "") for name, pattern in where.attr)
