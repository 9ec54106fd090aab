"""Markdown to blocks: what html2text, reader services and static sites hand out as text.

Enters: decoded text. Leaves: a text `Page` whose blocks say how much of them is link (`Place.linked`), as
HTML's do; the judge of text has shapes for that. Emphasis, addresses and rulers are markup and give no text;
of an image its alternative text is a caption. Look first at `looks_like_markdown`, which wants evidence, and
at `_blocks`. Parsed by markdown-it-py (CommonMark and tables). Indented code is not read: crawlers indent
lists and quotations far more often than anyone indents code.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Block, Page, Place
from cleaner.read.text_envelope import take_envelope
from cleaner.read.text_wrap import is_wrapped
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from cleaner.model import BlockKind

# Beyond this a text is read line by line: a parser's memory is some hundred times the text.
LONGEST = 2_000_000
# An open bracket costs up to 0.14 ms; the most of 144 pages is 771 of them.
_MOST_BRACKETS = 50_000
_SEARCHED = 400_000
_LINK = re.compile(
    r"\[[^\[\]\n]{0,300}\]\((?:[^\s()<>]|\([^\s()]{0,80}\)){1,2000}(?:\s\"[^\"\n]{0,300}\")?\)"
)
# What only whoever writes Markdown writes: an image, a line or item that begins with a link, a heading.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^\s()]")
_LINKED_LINE = re.compile(r"^[ \t]{0,12}(?:[*+-][ \t]{1,4}|#{1,6}[ \t])?!?\[", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+[^\s#]", re.MULTILINE)
_STRONG = re.compile(r"(?<![*\w])\*\*(?=\S)[^*\n]{1,300}(?<=\S)\*\*(?!\w)")
_FEWEST_LINKS = 3
# Of lines with text at least this share must hold a link; of 144 pages in Markdown none has below .12.
_FEWEST_LINKED = 1 / 30
_LONGEST_TITLE = 90
_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z][^<>]{0,2000}>", re.DOTALL)
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_MAX_DEPTH = 40
# Addresses with blanks, which CommonMark does not allow and html2text writes: told by how they begin.
_SPACED = re.compile(
    r"\]\((?=https?:|/|mailto:|data:|#|\?)([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,500}){0,4})\)"
)
_TITLED = re.compile(r"\S+\s+(?:\"[^\"]*\"|'[^']*')\s*$")


class Run(NamedTuple):
    """A line of inline text: `linked` of its characters stand in links; `strong` says that all are bold."""

    text: str
    linked: float = 0.0
    image: bool = False
    strong: bool = False


class MarkdownPiece(NamedTuple):
    kind: BlockKind
    text: str
    level: int = 0
    linked: float = 0.0


def looks_like_markdown(text: str) -> bool:
    """Whether a text is Markdown beyond doubt: links with their addresses, and a second sign beside them.

    Spares plain text with headings or items marked by `#` and `*`, which the reader of text knows too, and a
    text in which somebody shows a few links as they are written. Known cost: Markdown without links is read
    as plain text, its emphasis with it.
    """
    if not is_bearable(text) or "](" not in text:
        return False
    head = text[:_SEARCHED]
    links = sum(1 for _ in _LINK.finditer(head))
    if not links or links < _FEWEST_LINKED * sum(1 for line in head.splitlines() if line.strip()):
        return False
    begun = len(_LINKED_LINE.findall(head))
    signs = bool(_IMAGE.search(head)) + bool(_HEADING.search(head)) + (begun > 0) + bool(_STRONG.search(head))
    if links < _FEWEST_LINKS:
        return signs > 1
    return signs > 0


def is_bearable(text: str) -> bool:
    """Whether the parser's time and memory are in proportion; what is not is read as plain text."""
    return len(text) <= LONGEST and text.count("[") <= _MOST_BRACKETS


def read_markdown(text: str, *, url: str | None, source: str | None, charset: str | None) -> Page:
    """Never raises for what the text contains. White space inside a block is single spaces, but for code."""
    envelope = take_envelope(text.splitlines())
    pieces = [MarkdownPiece("envelope", " ".join(line.split())) for line in envelope.lines]
    tokens = _parser().parse(_SPACED.sub(_unspaced, "\n".join(envelope.rest)))
    pieces += _blocks(tokens, wrapped=is_wrapped(envelope.rest))
    blocks = tuple(
        Block(i, piece.text, fold(piece.text), piece.kind, piece.level, Place(0, piece.linked))
        for i, piece in enumerate(pieces)
        if piece.text
    )
    return Page("text", blocks, url=url, source=source, charset=charset, envelope=envelope.values)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only Markdown needs it

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_DEPTH}).enable("table").disable("code")
    # Nothing is shown, so that no address is dangerous; one refused would stand in the text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    return parser


def _unspaced(match: re.Match[str]) -> str:
    address = match[1]
    if " " not in address or _TITLED.match(address):
        return match[0]
    return f"]({address.replace(' ', '%20')})"


def _blocks(tokens: Sequence[Token], *, wrapped: bool) -> Iterator[MarkdownPiece]:  # noqa: C901 - a case a token
    """Blocks in order; `wrapped` says that a line end inside a paragraph is only the writer's column."""
    within: list[str] = []
    level = 0
    cells: list[str] | None = None
    for token in tokens:
        name = token.type
        if name in ("fence", "code_block"):
            yield MarkdownPiece("code", "\n".join(x.rstrip() for x in token.content.splitlines()).strip("\n"))
        elif name == "html_block":
            yield from _markup(token.content)
        elif name == "heading_open":
            level = int(token.tag[1])
        elif name == "heading_close":
            level = 0
        elif name == "tr_open":
            cells = []
        elif name == "tr_close":
            yield MarkdownPiece("table-row", " | ".join(cell for cell in cells or () if cell))
            cells = None
        elif name == "inline":
            runs = [*_runs(token.children or (), wrapped=wrapped)]
            if cells is not None:
                cells.append(" ".join(run.text for run in runs))
            else:
                yield from (_piece(run, within, level) for run in runs)
        elif name in ("list_item_open", "blockquote_open"):
            within.append(name)
        elif name in ("list_item_close", "blockquote_close") and within:
            within.pop()


def _piece(run: Run, within: Sequence[str], level: int) -> MarkdownPiece:
    if run.image:
        return MarkdownPiece("caption", run.text)
    if level:
        return MarkdownPiece("heading", run.text, level, run.linked)
    if within:
        return MarkdownPiece("quote" if "blockquote_open" in within else "list-item", run.text, 0, run.linked)
    if run.strong and len(run.text) <= _LONGEST_TITLE:
        return MarkdownPiece("heading", run.text, 3, run.linked)
    return MarkdownPiece("paragraph", run.text, 0, run.linked)


def _markup(content: str) -> Iterator[MarkdownPiece]:
    """HTML between the Markdown: its text, line by line."""
    for line in _TAG.sub("\n", content).splitlines():
        if text := " ".join(html.unescape(line).split()):
            yield MarkdownPiece("paragraph", text)


class _Line:
    """What is gathered of one line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.plain = 0

    def add(self, text: str, *, linked: bool, strong: bool) -> None:
        self.parts.append(text)
        size = len(text) - text.count(" ")
        self.linked += size if linked else 0
        self.plain += 0 if strong else size

    def run(self) -> Run | None:
        text = " ".join("".join(self.parts).split())
        size = len(text) - text.count(" ")
        if not size:
            return None
        return Run(text, min(1.0, self.linked / size), strong=self.plain == 0)


def _runs(tokens: Sequence[Token], *, wrapped: bool) -> Iterator[Run]:  # noqa: C901 - a case a token
    """Lines of inline text; the pictures among them come first, each a run of its own."""
    line = _Line()
    links = strongs = 0
    for token in tokens:
        name = token.type
        if name == "image":
            if alt := " ".join(token.content.split()):
                yield Run(alt, image=True)
        elif name in ("link_open", "link_close"):
            links += token.nesting
            # "[Sport](/sport)[Science](/science)": two entries of a menu, not one word.
            line.parts.append(" " if links else "")
        elif name in ("strong_open", "strong_close"):
            strongs += token.nesting
        elif name == "hardbreak" or (name == "softbreak" and not wrapped) or _is_break(token):
            if (run := line.run()) is not None:
                yield run
            line = _Line()
        elif name == "softbreak":
            line.parts.append(" ")
        elif name in ("text", "code_inline", "text_special"):
            line.add(token.content, linked=links > 0, strong=strongs > 0)
    if (run := line.run()) is not None:
        yield run


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and _BREAK_TAG.match(token.content) is not None
