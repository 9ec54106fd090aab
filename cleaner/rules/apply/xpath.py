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

if TYPE_CHECKING:
    from cleaner.model import Page

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
# What XML cannot hold; lxml refuses the whole string otherwise.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RE_NAMESPACE = {"re": "http://exslt.org/regular-expressions"}


@lru_cache(maxsize=512)
def compiled(path: str) -> Any:  # noqa: ANN401 - lxml has no types
    return etree.XPath(path, namespaces=_RE_NAMESPACE)


def problem(path: str) -> str | None:
    """What lxml says against an XPath, tried on an empty page; None if nothing."""
    try:
        compiled(path)(etree.Element("html"))
    except (etree.XPathError, ValueError) as error:
        return str(error) or type(error).__name__
    return None


class Mirror:
    """lxml's copy of a page's element tree."""

    __slots__ = ("_rows", "_tree")

    def __init__(self, page: Page) -> None:
        self._rows: dict[Any, int] = {}
        self._tree = self._copy(page)

    def find(self, path: str) -> list[Any]:
        """Elements and strings, in document order; a number or truth value finds nothing."""
        try:
            found = compiled(path)(self._tree)
        except etree.XPathError:  # a function that only meets a page it cannot work on
            return []
        return found if isinstance(found, list) else [found] if isinstance(found, str) else []

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


def _append(parent: Any, text: str) -> None:  # noqa: ANN401
    if parent is None:
        return
    text = _FORBIDDEN.sub("", text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
