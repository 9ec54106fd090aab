"""A record as a text or a Markdown file, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.model import Article, BodyBlock


def plain(article: Article) -> str:
    """Headline, a blank line, body."""
    return "\n\n".join(part for part in (article.headline, article.body) if part) + "\n"


def markdown(article: Article) -> str:
    """Headline as the first heading, a line of authors, date and address, then the typed blocks."""
    known = [", ".join(article.authors), article.date or "", f"<{article.url}>" if article.url else ""]
    parts = [f"# {article.headline}" if article.headline else "", " · ".join(x for x in known if x)]
    parts += [_block(block) for block in article.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: BodyBlock) -> str:
    if block.kind == "heading":
        return f"## {block.text}"
    if block.kind == "list-item":
        return f"- {block.text}"
    if block.kind == "quote":
        return "\n".join(f"> {line}" for line in block.text.splitlines())
    if block.kind == "code":
        fence = "```"
        while fence in block.text:
            fence += "`"
        return f"{fence}\n{block.text}\n{fence}"
    return block.text
