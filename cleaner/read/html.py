"""HTML to blocks: one walk over the tree, split at block-level elements.

Looked at first when a block is cut in the wrong place: `_BREAKS` and `_SKIPPED` are the tables that decide.
The walk keeps its own stack, because recursion dies on deep pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from cleaner.model import Block, BlockKind, Elements, Page, Place
from cleaner.normalise import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BREAKS = frozenset(
    """address article aside blockquote body button center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe img legend li main menu nav ol p picture pre section
    select summary table caption tbody td tfoot th thead tr ul video audio amp-img""".split()
)
# Text in these is never an article's; `noscript` repeats what scripts show (lazy pictures, "enable JavaScript").
_SKIPPED = frozenset(
    """script style noscript template svg iframe object embed video audio canvas map select textarea head datalist
    amp-analytics amp-ad amp-script""".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# Inside these a button or picture stands in running text and does not end the block.
_PROSE = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE_IN_PROSE = frozenset(["button", "img", "picture", "amp-img"])
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "list-item", "dt": "list-item", "dd": "list-item",
    "figcaption": "caption", "caption": "caption",
    "blockquote": "quote", "pre": "code", "td": "table-row", "th": "table-row",
}  # fmt: skip
# A quotation made of paragraphs and subheads is a quotation throughout; a table cell with its own subheads is not.
_STRONG: frozenset[BlockKind] = frozenset(["quote", "caption", "code"])
_HOOKS = ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "property", "rel")
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
    kinds: list[BlockKind] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    first: int = 0
    first_depth: int = 0
    depth: int = 0
    low: int = 0
    anchors: int = 0
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
    walk.blocks.append(Block(len(walk.blocks), text, fold(text), kind, level, Place(row, share)))


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


def _join_cell(walk: _Walk, last: Block, place: Place, text: str, linked: int, cells: int) -> None:
    """Cells of one row make one block, parted by bars."""
    whole = f"{last.text} | {text}"
    share = min(1.0, (place.linked * len(last.text) + linked) / len(whole))
    walk.blocks[-1] = Block(
        last.index, whole, fold(whole), "table-row", 0, Place(cells, share)
    )


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


_DOCUMENT = frozenset(["meta", "link", "script", "title"])


def _open(walk: _Walk, node: LexborNode, tag: str, attrs: dict[str, str | None]) -> None:
    """Enter an element: a row of its own, and a new block where it is block-level."""
    elements = walk.elements
    parent = walk.rows[-1] if walk.rows else 0
    kind: BlockKind = walk.kinds[-1] if walk.kinds else "paragraph"
    if tag in _BREAKS and not (tag in _INLINE_IN_PROSE and elements.tags[parent] in _PROSE):
        _flush(walk)
        own = _KINDS.get(tag)
        if own is not None and kind not in _STRONG:
            kind = own
    elif tag == "a":
        walk.anchors += 1
    walk.rows.append(len(elements.tags))
    walk.kinds.append(kind)
    elements.tags.append(tag)
    elements.parents.append(parent)
    elements.ends.append(0)
    elements.ids.append(node.mem_id)
    elements.hooks.append(
        " ".join([v for k in _HOOKS if (v := attrs.get(k))]).lower() if attrs else ""
    )


def _close(walk: _Walk) -> None:
    """Leave the innermost element."""
    row = walk.rows[-1]
    elements = walk.elements
    tag = elements.tags[row]
    if tag in _BREAKS and not (tag in _INLINE_IN_PROSE and elements.tags[elements.parents[row]] in _PROSE):
        _flush(walk)
    elif tag == "a":
        walk.anchors -= 1
    elements.ends[row] = len(elements.tags)
    walk.rows.pop()
    walk.kinds.pop()
    walk.low = min(walk.low, len(walk.rows))


def _text(walk: _Walk, text: str) -> None:
    """Gather one text node. White space alone parts words but starts no block."""
    if not text or text.isspace():
        if walk.parts:
            walk.parts.append(text if walk.kinds[-1] == "code" else " ")
        return
    if walk.kinds[-1] != "code" and "\n" in text:
        text = text.replace("\n", " ")
    if walk.parts:
        walk.depth = min(walk.depth, walk.low)
    else:
        walk.first, walk.kind = walk.rows[-1], walk.kinds[-1]
        walk.first_depth = walk.depth = walk.low = len(walk.rows)
    walk.parts.append(text)
    walk.breaks = 0
    if walk.anchors:
        walk.linked += len(text)


def _line_break(walk: _Walk) -> None:
    """One `<br>` is a line, two in a row are a new block."""
    if not walk.parts:
        return
    walk.breaks += 1
    if walk.breaks > 1 and walk.kinds[-1] != "code":
        _flush(walk)
    else:
        walk.parts.append("\n")


def _run(walk: _Walk, root: LexborNode) -> None:
    """Visit the tree in document order. `after` holds, for each open element, the node that follows it."""
    node: LexborNode | None = root
    after: list[LexborNode | None] = []
    while True:
        while node is None:
            if not after:
                return
            node = after.pop()
            _close(walk)
        tag = node.tag or ""
        following = node.next
        if tag == "-text":
            _text(walk, node.text_content or "")
        elif tag == "br":
            _line_break(walk)
        elif tag in _DOCUMENT:
            _head(walk, node, tag, node.attributes)
        elif not tag or tag[0] in "-!_" or (tag in _SKIPPED and tag != "head"):
            if tag in _BREAKS:
                _flush(walk)
        else:
            _open(walk, node, tag, node.attributes)
            after.append(following)
            following = node.first_child
        node = following


def read_html(text: str, *, url: str | None, source: str | None, charset: str | None) -> Page:
    """Parse and walk one page. An unparsable one yields no blocks."""
    tree = LexborHTMLParser(text)
    walk = _Walk(Elements([], [], [], [], []))
    root = tree.root
    language = None
    if root is not None:
        language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "").strip() or None
        _run_from(walk, root)
    return Page(
        "html", tuple(walk.blocks), url=url, source=source, charset=charset, title=walk.title, language=language,
        meta={k: tuple(v) for k, v in walk.meta.items()},
        links={k: tuple(v) for k, v in walk.links.items()},
        jsonld=tuple(walk.jsonld), elements=walk.elements, tree=tree,
    )  # fmt: skip


def _run_from(walk: _Walk, root: LexborNode) -> None:
    """The root has no sibling worth visiting: walk its children inside one open element."""
    _open(walk, root, root.tag or "html", root.attributes)
    child = root.first_child
    if child is not None:
        _run(walk, child)
    while walk.rows:
        _close(walk)
