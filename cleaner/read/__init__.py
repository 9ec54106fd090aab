"""Bytes to `Page`: decoded, guarded, split into blocks.

Enters: bytes or str, and what the caller knows (url, source, kind). Leaves: a `Page`, or `Refused` with a
named reason. Look first at `html.py` and `text.py`: each yields the same block stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.read.decode import decode, repair
from cleaner.read.guard import Refused, guard, tame
from cleaner.read.html import read_html
from cleaner.read.text import read_text

if TYPE_CHECKING:
    from cleaner.model import InputKind, Page

__all__ = ["Refused", "looks_like_html", "read"]


def looks_like_html(text: str) -> bool:
    """Whether the head of the input reads as markup rather than as text."""
    head = text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if head.startswith(("<!doctype", "<html", "<?xml", "<head", "<body", "<!--")):
        return True
    return head.startswith("<") and ("</" in head or "<p" in head or "<div" in head)


def read(data: bytes | str, *, url: str | None, source: str | None, kind: InputKind | None) -> Page:
    """Read one input. Raises `Refused` for what no real page has, `TypeError` for a wrong call."""
    if not isinstance(data, bytes | str):
        raise TypeError(f"data must be bytes or str, not {type(data).__name__}")
    guard(data)
    text, charset = decode(data) if isinstance(data, bytes) else (repair(data), None)
    if kind is None:
        kind = "html" if looks_like_html(text) else "text"
    if kind == "html":
        text = tame(text)
    reader = read_html if kind == "html" else read_text
    return reader(text, url=url, source=source, charset=charset)
