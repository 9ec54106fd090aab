"""XPath over a page, for rules that no CSS selector can say.

Enters: a `Page` read from HTML. Leaves: what lxml finds in a copy of lexbor's tree, with the row of each
element. The copy is made element by element, not by parsing again: a second parser would see another tree. It
costs about as much as reading the page, which is why a rule says `css:` where it can.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from cleaner.rules.apply.xpath_cost import MOST_STEPS, Size, cost

if TYPE_CHECKING:
    from cleaner.model import Page

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
# What XML cannot hold; lxml refuses the whole string otherwise.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=512)
def compiled(path: str) -> Any:  # noqa: ANN401 - lxml has no types
    """The expression, ready to run, without lxml's extensions."""
    return etree.XPath(path, regexp=False)


def problem(path: str) -> str | None:
    """What is to be said against an XPath, tried on an empty page; None if nothing."""
    try:
        cost(path)
        compiled(path)(etree.Element("html"))
    except (etree.XPathError, ValueError) as error:
        return str(error) or type(error).__name__
    return None


class Mirror:
    """lxml's copy of a page's element tree."""

    __slots__ = ("_rows", "_size", "_tree")

    def __init__(self, page: Page) -> None:
        self._rows: dict[Any, int] = {}
        self._tree = self._copy(page)
        self._size = _size(self._tree.getroot())

    def find(self, path: str) -> list[Any]:
        """Elements and strings, in document order; a number or truth value finds nothing.

        Nor does an expression that would take too long on a page of this size.
        """
        try:
            if cost(path).steps(self._size) > MOST_STEPS:
                return []
            found = compiled(path)(self._tree)
        except (etree.XPathError, ValueError):  # a function that only meets a page it cannot work on
            return []
        items = found if isinstance(found, list) else [found]
        return [x for x in items if isinstance(x, str) or etree.iselement(x)]

    def row(self, found: Any) -> int | None:  # noqa: ANN401
        """The row of an element that was found."""
        return self._rows.get(found)

    def _copy(self, page: Page) -> Any:  # noqa: ANN401
        row_of = {mem_id: row for row, mem_id in enumerate(page.elements.ids)} if page.elements else {}
        top = page.tree.root if page.tree is not None else None
        if top is None:
            return etree.ElementTree(etree.Element("html"))
        root = etree.Element("html")
        # Lists are a stack of (node, the copy it goes into); recursion would die on deep pages.
        stack = [(top, None)]
        while stack:
            node, parent = stack.pop()
            if node.tag == "-text":
                _append(parent, node.text_content or "")
                continue
            tag = node.tag
            if tag is None or not _NAME.match(tag):
                continue
            copy = root if parent is None else etree.SubElement(parent, tag)
            for name, value in node.attributes.items():
                if _NAME.match(name):
                    copy.set(name, _FORBIDDEN.sub("", value or ""))
            row = row_of.get(node.mem_id)
            if row is not None:
                self._rows[copy] = row
            stack.extend((x, copy) for x in reversed(list(node.iter(include_text=True))))
        return etree.ElementTree(root)


def _size(root: Any) -> Size:  # noqa: ANN401
    elements, deepest, widest = 0, 1, 1
    stack = [(root, 1)]
    while stack:
        node, depth = stack.pop()
        elements, deepest, widest = elements + 1, max(deepest, depth), max(widest, len(node))
        stack.extend((x, depth + 1) for x in node)
    return Size(elements, deepest, widest)


def _append(parent: Any, text: str) -> None:  # noqa: ANN401
    if parent is None:
        return
    text = _FORBIDDEN.sub("", text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
