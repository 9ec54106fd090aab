"""HTML to blocks."""

from __future__ import annotations

from cleaner.model import Page
from cleaner.read.text import read_text


def read_html(text: str, *, url: str | None, source: str | None, charset: str | None) -> Page:
    return read_text(text, url=url, source=source, charset=charset)
