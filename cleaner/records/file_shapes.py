"""The files a record is written as: `SHAPES`, one row each.

Enters: `Article`, and its view as JSON values. Leaves: bytes. A new shape of file is one function and one
row; `--format` reads this table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.records.native import dumps

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model import Article, BodyBlock


_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_MARKUP = re.compile(r"[<\[\]`\\]|&(?=#|\w+;)")
_BLOCK_SIGN = re.compile(r"^(?:#|>|[-+*](?= )|~~~|=+$|-+$)")


class Shape(NamedTuple):
    """`write` gets the article and what makes its view, which texts for people do not need; `is_json` says
    that fields can be added at the end; `many` records go into one file, or each gets its own.
    """

    write: Callable[[Article, Callable[[], dict[str, Any]]], bytes]
    is_json: bool
    many: bool = False


def plain(article: Article) -> str:
    """Headline, a blank line, body."""
    return "\n\n".join(part for part in (article.headline, article.body) if part) + "\n"


def markdown(article: Article) -> str:
    """Headline as the first heading, a line of authors, date and address, then the typed blocks.

    What a page says is text here, never markup or a link: a story may be about `<script>`.
    """
    url = article.url if article.url and _ADDRESS.fullmatch(article.url) else None
    known = [_text(", ".join(article.authors)), article.date or "", f"<{url}>" if url else ""]
    parts = [f"# {_text(article.headline)}" if article.headline else "", " · ".join(x for x in known if x)]
    parts += [_block(block) for block in article.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(text: str) -> str:
    """Signs that would begin markup, an entity, a link or a block of another kind, escaped."""
    escaped = _MARKUP.sub(r"\\\g<0>", text)
    return "\n".join(_BLOCK_SIGN.sub(r"\\\g<0>", line) for line in escaped.split("\n"))


def _block(block: BodyBlock) -> str:
    if block.kind == "heading":
        return f"## {_text(block.text)}"
    if block.kind == "list-item":
        return f"- {_text(block.text)}"
    if block.kind == "quote":
        return "\n".join(f"> {_text(line)}" for line in block.text.splitlines())
    if block.kind == "code":
        fence = "```"
        while fence in block.text:
            fence += "`"
        return f"{fence}\n{block.text}\n{fence}"
    return _text(block.text)


def _json(_: Article, view: Callable[[], dict[str, Any]]) -> bytes:
    return dumps(view()) + b"\n"


SHAPES = {
    "jsonl": Shape(_json, is_json=True, many=True),
    "json": Shape(_json, is_json=True),
    "txt": Shape(lambda article, _: plain(article).encode("utf-8", "replace"), is_json=False),
    "md": Shape(lambda article, _: markdown(article).encode("utf-8", "replace"), is_json=False),
}
