"""HTML to blocks: one walk over the tree, split at block-level elements.

Looked at first when a block is cut in the wrong place, after `tags.py`, whose tables decide. The walk keeps
its own stack, because recursion dies on deep pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from cleaner.model import Block, BlockKind, Elements, Page, Place
from cleaner.read.jsonld_script import Script
from cleaner.read.tags import (
    BREAK,
    FURNITURE,
    HEAD,
    HEADINGS,
    INLINE,
    NO_FURNITURE,
    PASS,
    PASS_BREAK,
    PICTURE,
    PLAIN,
    PROSE,
    ROLES,
    SKIPPED,
    STRONG,
    TEXT,
    TOLD,
    role,
)
from cleaner.text.normalise import fold, fold_spaced

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HOOKS = frozenset(
    ["class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "property", "rel"]
)
_PARAGRAPH = 160
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
# Cells longer than this are paragraphs in columns of a layout, not of a table of values.
_CELL = 200
_BAR = " | "


@dataclass(slots=True)
class _Walk:
    """What one walk finds: rows of `Elements`, finished blocks, what the head says; and the block being
    gathered.
    """

    elements: Elements
    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    jsonld: list[str] = field(default_factory=list)
    title: str | None = None
    parts: list[str] = field(default_factory=list)
    row_of_cells: int = -1
    cells: list[str] = field(default_factory=list)
    size_of_cells: int = 0


def _spaced(text: str) -> str:
    """Lines of single-spaced text."""
    # No white space is printable but the space: nearly all text leaves here, at half the cost.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    if "\n" in text:
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return "\n".join(line for line in lines if line)
    return " ".join(text.split())


def _code(text: str) -> str:
    """The text with its lines and indents, without blank ends."""
    return "\n".join(line.rstrip() for line in text.expandtabs(4).split("\n")).strip("\n")


def _flush(walk: _Walk, row: int, kind: BlockKind, linked: int) -> None:
    """End the block being gathered: `linked` of its characters stand in links, and all in element `row`."""
    parts = walk.parts
    text = parts[0] if len(parts) == 1 else "".join(parts)
    parts.clear()
    text = _code(text) if kind == "code" else _spaced(text)
    if not text:
        return
    if kind == "table-row":
        cells = _table_row(walk.elements, row) if len(text) <= _CELL else -1
        last = walk.blocks[-1] if walk.blocks else None
        if cells >= 0 and cells == walk.row_of_cells and last is not None and last.place is not None:
            _join_cell(walk, last, last.place, text, linked, cells)
            return
        _end_row(walk)
        walk.row_of_cells = cells
        if len(text) > _CELL:
            kind = "paragraph"
    else:
        _end_row(walk)
        walk.row_of_cells = -1
    level = _heading(walk.elements, row) if kind == "heading" else 0
    share = min(1.0, linked / len(text)) if linked else 0.0
    key = fold(text) if kind == "code" or "\n" in text else fold_spaced(text)
    walk.blocks.append(Block(len(walk.blocks), text, key, kind, level, Place(row, share)))


def _heading(elements: Elements, row: int) -> int:
    """Level of the nearest heading around the block."""
    while row and elements.tags[row] not in HEADINGS:
        row = elements.parents[row]
    return HEADINGS.get(elements.tags[row], 0)


def _table_row(elements: Elements, row: int) -> int:
    """The `tr` around a cell's text, or -1."""
    for _ in range(6):
        if elements.tags[row] == "tr":
            return row
        row = elements.parents[row]
    return -1


def _join_cell(walk: _Walk, last: Block, place: Place, text: str, linked: int, cells: int) -> None:  # noqa: PLR0917
    """Cells of one row make one block, parted by bars; its text is put together when the row ends, as a row
    of thousands of cells would be copied for each of them.
    """
    before = walk.size_of_cells if walk.cells else len(last.text)
    size = before + len(_BAR) + len(text)
    share = min(1.0, (place.linked * before + linked) / size)
    walk.cells.append(text)
    walk.size_of_cells = size
    walk.blocks[-1] = Block(last.index, last.text, last.key, "table-row", 0, Place(cells, share))


def _end_row(walk: _Walk) -> None:
    """Give the last block the text of all its cells."""
    if walk.cells:
        last = walk.blocks[-1]
        whole = _BAR.join([last.text, *walk.cells])
        walk.blocks[-1] = Block(last.index, whole, fold(whole), "table-row", 0, last.place)
        walk.cells.clear()


def _head(walk: _Walk, node: LexborNode, tag: str, attrs: dict[str, str | None]) -> None:
    """What the document says about itself: meta, link, title and JSON-LD, wherever they stand."""
    if tag == "meta":
        name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or attrs.get("http-equiv")
        content = attrs.get("content")
        if name and content and content.strip():
            walk.meta.setdefault(name.strip().lower(), []).append(content.strip())
    elif tag == "link":
        rel, href = attrs.get("rel"), attrs.get("href")
        if rel and href:
            walk.links.setdefault(rel.strip().lower(), []).append(href.strip())
    elif tag == "script":
        if "ld+json" in (attrs.get("type") or ""):
            walk.jsonld.append(Script(node.text()))
    elif tag == "title" and walk.title is None:
        walk.title = " ".join(node.text().split()) or None


def _hook(node: LexborNode, tag: str) -> str:
    """The attributes that tell what an element is for, in one string; `not-shown` where it is hidden."""
    if tag in PLAIN or not (attrs := node.attributes):
        return ""
    found = ""
    for name, value in attrs.items():
        if value and name in _HOOKS:
            found = f"{found} {value}" if found else value
    if "hidden" in attrs or ("style" in attrs and _HIDDEN.search(attrs["style"] or "")):
        found = f"{found} not-shown" if found else "not-shown"
    return found.lower()


def _furniture(walk: _Walk, node: LexborNode) -> bool:
    """Take a menu or a page's foot as one block; False where it may be more than that, and must be walked.

    A third of a page's blocks are the entries of its menus, and none of them is ever the story's. Spared:
    what holds a heading of the first level, an article, or a line as long as a paragraph. Known cost: a table
    of contents set as `<nav>` outside the article is lost whole.
    """
    lines: list[str] = []
    for child in node.traverse(include_text=True, skip_empty=True):
        number = child.tag_id
        if number == TEXT:
            text = " ".join((child.text_content or "").split())
            if text:
                above = child.parent
                if above is None or above.tag not in SKIPPED:
                    lines.append(text)
        elif number in NO_FURNITURE:
            return False
    if any(len(line) > _PARAGRAPH for line in lines):
        return False
    if lines:
        _end_row(walk)
        text = "\n".join(lines)
        row = len(walk.elements.tags) - 1
        walk.blocks.append(Block(len(walk.blocks), text, fold(text), "paragraph", 0, Place(row, 1.0)))
    return True


def _run(walk: _Walk, root: LexborNode) -> None:  # noqa: C901, PLR0912, PLR0915
    """Visit the tree in document order with a stack of what follows each open element.

    One loop with local names, as half of a page's reading time is spent in it. The hook of an element is read
    when it closes, and only if it held text: half of all elements are pictures, icons and empty boxes.
    """
    columns, parts = walk.elements, walk.parts
    tags, parents, ends, hooks, ids = columns.tags, columns.parents, columns.ends, columns.hooks, columns.ids
    open_elements: list[tuple[LexborNode, BlockKind, bool, int, int, int]] = []
    kind: BlockKind = "paragraph"
    breaks, anchors, texts, stories, parent = True, 0, 0, 0, 0
    # Of the block being gathered: its kind, the innermost element that has been open ever since it began, the
    # same at its last text, its characters in links, and the line breaks since that text.
    begun, low, around, linked, lines = kind, 0, 0, 0, 0
    node: LexborNode | None = root
    while True:
        if node is None:
            if parts:
                if breaks:
                    _flush(walk, around, begun, linked)
                    linked = lines = 0
                elif parent == low:
                    low = parents[parent]
            ends[parent] = len(tags)
            own, kind, breaks, anchors, stories, before = open_elements.pop()
            if texts > before:
                hooks[parent] = _hook(own, tags[parent])
            if not open_elements:
                _end_row(walk)
                return
            parent = parents[parent]
            node = own.next
            continue
        number = node.tag_id
        if number == TEXT:
            # Between blocks, white space says nothing.
            if parts or not node.is_empty_text_node:
                text = node.text_content
                if text and not text.isspace():
                    if "\n" in text and kind != "code":
                        text = text.replace("\n", " ")
                    if not parts:
                        low, begun = parent, kind
                    parts.append(text)
                    texts += 1
                    around, lines = low, 0
                    if anchors:
                        linked += len(text)
                elif parts:
                    parts.append(text if text and kind == "code" else " ")
            node = node.next
            continue
        tag, todo, begins = ROLES.get(number) or role(node.tag or "-")
        if todo >= INLINE:
            ends_block = todo >= BREAK and not (todo == PICTURE and tags[parent] in PROSE)
            if ends_block and parts:
                _flush(walk, around, begun, linked)
                linked = lines = 0
            row = len(tags)
            parents.append(parent)
            tags.append(tag)
            ends.append(row + 1)
            ids.append(node.mem_id)
            hooks.append("")
            child = node.first_child
            if todo == FURNITURE and not stories and _furniture(walk, node):
                texts += 1
                hooks[row] = _hook(node, tag)
            elif child is not None:
                open_elements.append((node, kind, breaks, anchors, stories, texts))
                breaks, parent = ends_block, row
                if begins is not None and ends_block and kind not in STRONG:
                    kind = begins
                anchors += tag == "a"
                stories += todo == TOLD
                node = child
                continue
        elif todo == HEAD:
            _head(walk, node, tag, node.attributes)
        elif parts and todo != PASS:
            # One `<br>` is a line, two in a row are a new block.
            lines += 1
            if todo == PASS_BREAK or (lines > 1 and kind != "code"):
                _flush(walk, around, begun, linked)
                linked = lines = 0
            else:
                parts.append("\n")
        node = node.next


def read_html(markup: str | bytes, *, url: str | None, source: str | None, charset: str | None) -> Page:
    """Parse and walk one page; bytes are UTF-8. An unparsable one yields no blocks."""
    tree = LexborHTMLParser(markup)
    walk = _Walk(Elements([], [], [], [], []))
    root = tree.root
    language = None
    if root is not None:
        language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "").strip() or None
        _run(walk, root)
    return Page(
        "html", tuple(walk.blocks), url=url, source=source, charset=charset, title=walk.title,
        language=language,
        meta={k: tuple(v) for k, v in walk.meta.items()},
        links={k: tuple(v) for k, v in walk.links.items()},
        jsonld=tuple(walk.jsonld), elements=walk.elements, tree=tree,
    )  # fmt: skip
