"""Bytes to `Page`: decoded, guarded, split into blocks.

Enters: bytes or str, and what the caller knows (url, source, kind). Leaves: a `Page`, or `Refused` with a
named reason. Look first at `html_reader.py`, `text_reader.py` and `markdown_reader.py`: each yields the same
block stream. A text is read as Markdown where it is Markdown beyond doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.read.decode import decode, repair, utf8
from cleaner.read.guard import Refused, guard, tame
from cleaner.read.html_reader import read_html
from cleaner.read.markdown_reader import is_bearable, looks_like_markdown, read_markdown
from cleaner.read.text_reader import read_text

if TYPE_CHECKING:
    from cleaner.model import InputKind, Page

__all__ = ["Refused", "looks_like_html", "read"]
_BEGINNINGS = (
    "<!doctype", "<html", "<?xml", "<head", "<body", "<!--", "<script", "<style", "<noscript", "<meta ",
    "<link ", "<title>",
)  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Whether the head of the input reads as markup rather than as text."""
    head = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    # A fragment may begin with more script than is looked at.
    if head.startswith(_BEGINNINGS):
        return True
    return head.startswith("<") and ("</" in head or "<p" in head or "<div" in head)


def read(data: bytes | str, *, url: str | None, source: str | None, kind: InputKind | None) -> Page:
    """Read one input. Raises `Refused` for what no real page has, `TypeError` for a wrong call."""
    if not isinstance(data, bytes | str):
        raise TypeError(f"data must be bytes or str, not {type(data).__name__}")
    # A subclass may behave in ways of its own, and the parser takes none: numpy's, or a crawler's.
    data = bytes(data) if isinstance(data, bytes) else str.__str__(data)
    guard(data)
    exact = utf8(data) if isinstance(data, bytes) else None
    charset: str | None = "utf-8"
    if exact is not None:
        text = exact
    elif isinstance(data, bytes):
        text, charset = decode(data)
    else:
        text, charset = repair(data), None
    if kind is None:
        kind = "html" if looks_like_html(text) else "text"
    if kind == "text" and looks_like_markdown(text):
        kind = "markdown"
    elif kind == "markdown" and not is_bearable(text):
        kind = "text"
    if kind == "markdown":
        return read_markdown(text, url=url, source=source, charset=charset)
    if kind == "text":
        return read_text(text, url=url, source=source, charset=charset)
    # The parser wants bytes: those that came, where they are UTF-8 already.
    raw = data if isinstance(data, bytes) and exact is not None else text.encode("utf-8", "ignore")
    calm = tame(text, raw)
    return read_html(raw if calm is text else calm, url=url, source=source, charset=charset)
