"""HTML to blocks: one walk over the tree, split at block-level elements.

Looked at first when a block is cut in the wrong place: `_BREAKS` and `_SKIPPED` are the tables that decide.
The walk keeps its own stack, because recursion dies on deep pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from cleaner.model import Block, BlockKind, Elements, Page, Place
from cleaner.normalise import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "img",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "caption",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "amp-img",
    ]
)
# Text in these is never an article's; `noscript` repeats what scripts show (lazy pictures, "enable
# JavaScript").
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "select",
        "textarea",
        "datalist",
        "amp-analytics",
        "amp-ad",
        "amp-script",
    ]
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# Inside these a button or picture stands in running text and does not end the block.
_PROSE = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE_IN_PROSE = frozenset(["button", "img", "picture", "amp-img"])
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "list-item", "dt": "list-item", "dd": "list-item",
    # A post of a live page: an article of its own, though it stands in a list of posts.
    "article": "paragraph",
    "figcaption": "caption", "caption": "caption",
    "blockquote": "quote", "pre": "code", "td": "table-row", "th": "table-row",
}  # fmt: skip
# A quotation made of paragraphs and subheads is a quotation throughout; a table cell with its own subheads
# is not.
_STRONG: frozenset[BlockKind] = frozenset(["quote", "caption", "code"])
_HOOKS = frozenset(
    ["class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "property", "rel"]
)
# Formatting, whose attributes say nothing about what the text is for.
_PLAIN = frozenset(["b", "i", "em", "strong", "u", "sup", "sub", "small", "tr", "tbody"])
_DOCUMENT = frozenset(["meta", "link", "script", "title"])
# What stands outside the story, and around it.
_FURNITURE = frozenset(["nav", "footer"])
_STORY = frozenset(["article", "main"])
_PARAGRAPH = 160
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
# Cells longer than this are columns of a layout, not of a table of values.
_CELL = 200


@dataclass(slots=True)
class _Walk:
    """The state of one walk: rows of `Elements`, finished blocks, and the block being gathered."""

    elements: Elements
    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    jsonld: list[str] = field(default_factory=list)
    title: str | None = None
    rows: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    first: int = 0
    first_depth: int = 0
    depth: int = 0
    low: int = 0
    linked: int = 0
    breaks: int = 0
    row_of_cells: int = -1


def _space(walk: _Walk) -> str:
    """The gathered parts as lines of single-spaced text."""
    text = "".join(walk.parts)
    if "\n" in text:
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return "\n".join(line for line in lines if line)
    return " ".join(text.split())


def _code(walk: _Walk) -> str:
    """The gathered parts with their lines and indents, without blank ends."""
    lines = "".join(walk.parts).expandtabs(4).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _flush(walk: _Walk) -> None:
    """End the block being gathered, if it has text."""
    if not walk.parts:
        return
    row = walk.first
    for _ in range(walk.first_depth - walk.depth):
        row = walk.elements.parents[row]
    kind = walk.kind
    text = _code(walk) if kind == "code" else _space(walk)
    linked, walk.linked, walk.breaks = walk.linked, 0, 0
    walk.parts.clear()
    if not text:
        return
    elements = walk.elements
    level = _heading(elements, row) if kind == "heading" else 0
    if kind == "table-row":
        cells = _table_row(elements, row)
        last = walk.blocks[-1] if walk.blocks else None
        if cells >= 0 and cells == walk.row_of_cells and last is not None and last.place is not None:
            _join_cell(walk, last, last.place, text, linked, cells)
            return
        walk.row_of_cells = cells if len(text) <= _CELL else -1
    else:
        walk.row_of_cells = -1
    share = min(1.0, linked / len(text))
    # A text of ASCII is single-spaced by now, and all that is left to fold is its case.
    key = text.casefold() if text.isascii() and "\n" not in text and kind != "code" else fold(text)
    walk.blocks.append(Block(len(walk.blocks), text, key, kind, level, Place(row, share)))


def _heading(elements: Elements, row: int) -> int:
    """Level of the nearest heading around the block."""
    while row and elements.tags[row] not in _HEADINGS:
        row = elements.parents[row]
    return _HEADINGS.get(elements.tags[row], 0)


def _table_row(elements: Elements, row: int) -> int:
    """The `tr` around a cell's text, or -1."""
    for _ in range(6):
        if elements.tags[row] == "tr":
            return row
        row = elements.parents[row]
    return -1


def _join_cell(walk: _Walk, last: Block, place: Place, text: str, linked: int, cells: int) -> None:  # noqa: PLR0917
    """Cells of one row make one block, parted by bars."""
    whole = f"{last.text} | {text}"
    share = min(1.0, (place.linked * len(last.text) + linked) / len(whole))
    walk.blocks[-1] = Block(last.index, whole, fold(whole), "table-row", 0, Place(cells, share))


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
            walk.jsonld.append(node.text())
    elif tag == "title" and walk.title is None:
        walk.title = " ".join(node.text().split()) or None


def _hook(node: LexborNode, tag: str) -> str:
    """The attributes that tell what an element is for, in one string; `not-shown` where it is hidden."""
    if tag in _PLAIN or not (attrs := node.attributes):
        return ""
    found = [v for k, v in attrs.items() if v and k in _HOOKS]
    if "hidden" in attrs or ("style" in attrs and _HIDDEN.search(attrs["style"] or "")):
        found.append("not-shown")
    return " ".join(found).lower()


def _text(walk: _Walk, text: str, kind: BlockKind, anchors: int) -> None:
    """Gather one text node."""
    parts = walk.parts
    if "\n" in text and kind != "code":
        text = text.replace("\n", " ")
    if parts:
        walk.depth = min(walk.depth, walk.low)
    else:
        walk.first, walk.kind = walk.rows[-1], kind
        walk.first_depth = walk.depth = walk.low = len(walk.rows)
    parts.append(text)
    walk.breaks = 0
    if anchors:
        walk.linked += len(text)


def _line_break(walk: _Walk, kind: BlockKind) -> None:
    """One `<br>` is a line, two in a row are a new block."""
    if not walk.parts:
        return
    walk.breaks += 1
    if walk.breaks > 1 and kind != "code":
        _flush(walk)
    else:
        walk.parts.append("\n")


def _furniture(walk: _Walk, node: LexborNode) -> bool:
    """Take a menu or a page's foot as one block; False where it may be more than that, and must be walked.

    A third of a page's blocks are the entries of its menus, and none of them is ever the story's. Spared:
    what holds a heading of the first level, an article, or a line as long as a paragraph. Known cost: a table
    of contents set as `<nav>` outside the article is lost whole.
    """
    lines: list[str] = []
    for child in node.traverse(include_text=True):
        tag = child.tag or "-"
        if tag == "-text":
            text = child.text_content
            if text and not text.isspace():
                above = child.parent
                if above is None or above.tag not in _SKIPPED:
                    lines.append(" ".join(text.split()))
        elif tag in _STORY or tag == "h1":
            return False
    if any(len(line) > _PARAGRAPH for line in lines):
        return False
    if lines:
        text = "\n".join(lines)
        row = len(walk.elements.tags) - 1
        walk.blocks.append(Block(len(walk.blocks), text, fold(text), "paragraph", 0, Place(row, 1.0)))
    return True


def _run(walk: _Walk, root: LexborNode) -> None:  # noqa: C901, PLR0912, PLR0915
    """Visit the tree in document order with a stack of what follows each open element.

    One loop with local names, as half of a page's reading time is spent in it. The hook of an element is read
    when it closes, and only if it held text: half of all elements are pictures, icons and empty boxes.
    """
    columns, rows, parts = walk.elements, walk.rows, walk.parts
    tags, parents, ends, hooks, ids = columns.tags, columns.parents, columns.ends, columns.hooks, columns.ids
    open_elements: list[tuple[LexborNode, LexborNode | None, BlockKind, bool, int, int]] = []
    kind: BlockKind = "paragraph"
    breaks, anchors, parent, texts = True, 0, 0, 0
    stories = 0
    node: LexborNode | None = root
    following: LexborNode | None = None
    while True:
        if node is None:
            if parts:
                if breaks:
                    _flush(walk)
                elif len(rows) <= walk.low:
                    walk.low = len(rows) - 1
            row = rows.pop()
            ends[row] = len(tags)
            own, node, kind, breaks, anchors, before = open_elements.pop()
            stories -= tags[row] in _STORY
            if texts > before:
                hooks[row] = _hook(own, tags[row])
            if not rows:
                return
            parent = rows[-1]
            following = node.next if node is not None else None
            continue
        tag = node.tag or "-"
        if tag == "-text":
            text = node.text_content
            if text and not text.isspace():
                texts += 1
                _text(walk, text, kind, anchors)
            elif parts:
                parts.append(text if text and kind == "code" else " ")
        elif tag == "br":
            _line_break(walk, kind)
        elif tag in _DOCUMENT:
            _head(walk, node, tag, node.attributes)
        elif tag[0] in "-!_" or tag in _SKIPPED:
            if parts and tag in _BREAKS:
                _flush(walk)
        else:
            open_elements.append((node, following, kind, breaks, anchors, texts))
            breaks = tag in _BREAKS and not (tag in _INLINE_IN_PROSE and tags[parent] in _PROSE)
            if breaks:
                if parts:
                    _flush(walk)
                if tag in _KINDS and kind not in _STRONG:
                    kind = _KINDS[tag]
            elif tag == "a":
                anchors += 1
            parents.append(parent)
            parent = len(tags)
            rows.append(parent)
            tags.append(tag)
            ends.append(0)
            ids.append(node.mem_id)
            hooks.append("")
            stories += tag in _STORY
            if tag in _FURNITURE and not stories and _furniture(walk, node):
                texts += 1
                following = None
            else:
                following = node.first_child
        node = following
        if node is not None:
            following = node.next


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
