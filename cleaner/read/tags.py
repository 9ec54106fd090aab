"""What each HTML tag means to the walk: the tables that decide where a block is cut.

Enters: nothing. Leaves: sets of tags, and the role of each by the parser's own number of the tag, which
costs half of what reading its name does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from cleaner.model import BlockKind

BREAKS = frozenset(
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
SKIPPED = frozenset(
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
HEADINGS = {f"h{n}": n for n in range(1, 7)}
# Inside these a button or picture stands in running text and does not end the block.
PROSE = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
INLINE_IN_PROSE = frozenset(["button", "img", "picture", "amp-img"])
KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    "li": "list-item", "dt": "list-item", "dd": "list-item",
    # A post of a live page: an article of its own, though it stands in a list of posts.
    "article": "paragraph",
    "figcaption": "caption", "caption": "caption",
    "blockquote": "quote", "pre": "code", "td": "table-row", "th": "table-row",
}  # fmt: skip
# A quotation made of paragraphs and subheads is a quotation throughout; a table cell with its own subheads
# is not.
STRONG: frozenset[BlockKind] = frozenset(["quote", "caption", "code"])
# Formatting, whose attributes say nothing about what the text is for.
PLAIN = frozenset(["b", "i", "em", "strong", "u", "sup", "sub", "small", "tr", "tbody"])
_DOCUMENT = frozenset(["meta", "link", "script", "title"])
# What stands outside the story, and around it.
FURNITURE_TAGS = frozenset(["nav", "footer"])
STORY = frozenset(["article", "main"])
# What to do at a node. From `INLINE` on these are elements to go into; from `BREAK` on they end a block.
LINE_BREAK, HEAD, PASS, PASS_BREAK, INLINE, BREAK, PICTURE, FURNITURE, STORY_CONTAINER = range(9)
# Above this the parser's numbers are of tags that HTML does not know, and made up for each page.
_OWN_NUMBERS = 1_000


@lru_cache(maxsize=1_024)
def role(tag: str) -> tuple[str, int, BlockKind | None]:
    """A tag's name, what to do at it, and the kind of block that begins with it: a plain tuple, as one with
    names takes longer to unpack.
    """
    if tag == "br":
        return tag, LINE_BREAK, None
    if tag in _DOCUMENT:
        return tag, HEAD, None
    breaks = tag in BREAKS
    if tag[0] in "-!_" or tag in SKIPPED:
        return tag, PASS_BREAK if breaks else PASS, None
    if not breaks:
        return tag, INLINE, None
    special = ((INLINE_IN_PROSE, PICTURE), (FURNITURE_TAGS, FURNITURE), (STORY, STORY_CONTAINER))
    return tag, next((todo for tags, todo in special if tag in tags), BREAK), KINDS.get(tag)


_OTHERS = """a abbr area bdi cite code col data del dfn font g head input ins kbd label mark math option
    optgroup path progress q rp rt ruby s samp slot source span time track tt var wbr""".split()  # noqa: SIM905
_PARSER = LexborHTMLParser("x<!---->")
_BY_NAME = {x: _PARSER.create_node(x).tag_id for x in (*BREAKS, *SKIPPED, *_DOCUMENT, *PLAIN, *_OTHERS)}
_text, _comment = _PARSER.css("body")[0].iter(include_text=True)
# The parser's number of a text; the role of each tag by number; the numbers of what no menu holds.
TEXT = _text.tag_id
ROLES = {x: role(tag) for tag, x in (*_BY_NAME.items(), ("-comment", _comment.tag_id)) if x < _OWN_NUMBERS}
NO_FURNITURE = frozenset(_BY_NAME[x] for x in (*STORY, "h1"))
