"""Already extracted text to blocks."""

from __future__ import annotations

from cleaner.model import Block, Page
from cleaner.normalise import fold


def read_text(text: str, *, url: str | None, source: str | None, charset: str | None) -> Page:
    """One block a line."""
    lines = [" ".join(x.split()) for x in text.splitlines()]
    blocks = tuple(
        Block(i, x, fold(x), "paragraph") for i, x in enumerate([x for x in lines if x])
    )
    return Page("text", blocks, url=url, source=source, charset=charset)
