"""Already extracted text to blocks.

Enters: decoded text. Leaves: a `Page` of typed blocks. Markers of lists, headings and quotations are read and
taken off, as HTML's tags are: `- item` and a lone `-` before a line give a list-item "item". Rulers (`----`,
`====`, `***`) and table borders are markup and give no block; every other line is in some block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Block, BlockKind, Page
from cleaner.read.text_envelope import take_envelope
from cleaner.read.text_pages import without_heads
from cleaner.read.text_wrap import unwrap
from cleaner.text.measure import ends_sentence, extent, words
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BULLET = re.compile(r"[-*+•‣▪◦●·]\s+(?=\S)")
_LONE_BULLET = re.compile(r"[-*•‣▪◦●·]$")
# Polish, Russian and others open speech with a dash: "- Nie wiem - powiedział." is no item.
_SPEECH = re.compile(r"-\s.*\s[-–—](?:\s\w|$)")
_RULER = re.compile(r"(?:[-=*_~–—#]\s?){3,}$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_HASHES = re.compile(r"(#{1,6})\s+(?=[^\s#])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1$")
_FENCE = re.compile(r"(```|~~~)[\w-]*$")
_TABLE_BORDER = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+\s*(?::?-{3,}:?)?\s*\|?$")
_TITLE_EXTENT, _TITLE_WORDS = 90, 14
_PROSE_EXTENT = 90
_NO_TITLE_END = (".", ",", ";", ":", "…", "。", "，", "、", "：", "|")


class Piece(NamedTuple):
    kind: BlockKind
    level: int
    text: str


def read_text(text: str, *, url: str | None, source: str | None, charset: str | None) -> Page:
    """Never raises for what the text contains. White space inside a block is single spaces, but for code."""
    printed = without_heads(text)
    envelope = take_envelope(printed.lines)
    wrapper = (" ".join(line.split()) for line in (*envelope.lines, *printed.heads))
    pieces = [Piece("envelope", 0, line) for line in wrapper if line]
    pieces += _with_subheads([*_pieces(unwrap(envelope.rest))])
    blocks = tuple(
        Block(i, piece.text, fold(piece.text), piece.kind, piece.level) for i, piece in enumerate(pieces)
    )
    return Page("text", blocks, url=url, source=source, charset=charset, envelope=envelope.values)


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """Blocks in order; looks ahead for underlines, what a lone bullet marks, and the end of a code fence."""
    at, end = 0, len(lines)
    fences: dict[str, list[int]] = {"```": [], "~~~": []}
    for i, raw in enumerate(lines):
        if (mark := raw.strip()) in fences:
            fences[mark].append(i)
    while at < end:
        raw = lines[at]
        at += 1
        line = " ".join(raw.split())
        if not line:
            continue
        if _FENCE.match(line) and (close := _next(fences[line[:3]], at)) is not None:
            if any(inner.strip() for inner in lines[at:close]):
                yield Piece("code", 0, "\n".join(inner.rstrip() for inner in lines[at:close]).strip("\n"))
            at = close + 1
            continue
        if _LONE_BULLET.match(line):
            following = lines[at].strip() if at < end else ""
            if following and not _is_marked(following):
                yield Piece("list-item", 0, " ".join(following.split()))
                at += 1
            continue
        level = _underlined(line, lines[at].strip()) if at < end else 0
        if level:
            yield Piece("heading", level, line)
            at += 1
        else:
            yield from _piece(line)


def _piece(line: str) -> Iterator[Piece]:
    """One line on its own: what its marker says it is."""
    first = line[0]
    if first in "-=*_~–—#+•‣▪◦●·":
        if not _RULER.match(line):
            yield _marked(line)
    elif first == ">" and line.lstrip("> "):
        yield Piece("quote", 0, line.lstrip("> "))
    elif (first == "|" or line.endswith(" |")) and line.count("|") > 1:
        cells = line.strip("| ")
        if cells and not _TABLE_BORDER.match(line):
            yield Piece("table-row", 0, cells)
    else:
        yield Piece("paragraph", 0, line)


def _marked(line: str) -> Piece:
    if heading := _HASHES.match(line):
        return Piece("heading", len(heading[1]), line[heading.end() :].rstrip("# ") or line)
    if (bold := _BOLD.match(line)) and extent(bold[2]) <= _TITLE_EXTENT:
        return Piece("heading", 3, bold[2])
    if (bullet := _BULLET.match(line)) and not _SPEECH.match(line):
        return Piece("list-item", 0, line[bullet.end() :])
    return Piece("paragraph", 0, line)


def _next(positions: Sequence[int], at: int) -> int | None:
    """The first position at or after this one: looked up, as fences that nothing closes may be many."""
    found = bisect_left(positions, at)
    return positions[found] if found < len(positions) else None


def _is_marked(line: str) -> bool:
    return bool(_LONE_BULLET.match(line) or _BULLET.match(line) or _HASHES.match(line) or _RULER.match(line))


def _underlined(line: str, following: str) -> int:
    """1 or 2 for a title with `====` or `----` below it; a ruler below a sentence is only a ruler."""
    if not _UNDERLINE.match(following) or _is_marked(line) or line[0] in "|>":
        return 0
    if extent(line) > 2 * _TITLE_EXTENT or line.endswith((".", ",", ";")):
        return 0
    return 1 if following[0] == "=" else 2


def is_title_like(text: str) -> bool:
    """Short and without a closing full stop: a subhead, a teaser, a label, but not a sentence."""
    return (
        1 < len(text) <= _TITLE_EXTENT
        and not text.endswith(_NO_TITLE_END)
        and extent(text) <= _TITLE_EXTENT
        and words(text) <= _TITLE_WORDS
    )


def _with_subheads(pieces: Sequence[Piece]) -> list[Piece]:
    """A title-like paragraph before prose, once there was prose, is a heading of level 2.

    Text has no `<h2>`; without this every subhead would be a paragraph in the record. Spares the lines before
    the first prose (title, standfirst, labels), quotations and lines that begin with a digit (dates, scores).
    Known cost: a caption without a full stop between two paragraphs is called a heading.
    """
    out = list(pieces)
    prose_seen = False
    for i in range(1, len(pieces) - 1):
        piece, after = pieces[i], pieces[i + 1]
        prose_seen = prose_seen or _is_prose(pieces[i - 1].text)
        if (
            prose_seen
            and piece.kind == "paragraph"
            and is_title_like(piece.text)
            and piece.text[0] not in '"“„«‹-–—([@'
            and not piece.text[0].isdigit()
            and after.kind in ("paragraph", "list-item", "quote")
            and out[i - 1].kind != "heading"
            and (_is_prose(after.text) or (after.text.endswith(":") and i + 2 < len(pieces)))
        ):
            out[i] = Piece("heading", 2, piece.text)
    return out


def _is_prose(text: str) -> bool:
    return extent(text) >= _PROSE_EXTENT or (words(text) >= 6 and ends_sentence(text))
