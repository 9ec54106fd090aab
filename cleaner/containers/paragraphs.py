"""Paragraphs of a text whose lines are wrapped.

Enters: text. Leaves: its paragraphs, and a paragraph as one line. Look first at `paragraphs`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LABEL: Final = re.compile(r"([A-Z][\w()/ -]{1,40}?):(?:[ \t]+|$)")


def paragraphs(text: str) -> Iterator[str]:
    """What stands between blank lines, without them."""
    held: list[str] = []
    for line in text.splitlines():
        if line.strip():
            held.append(line)
        elif held:
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def joined(paragraph: str) -> str:
    """A wrapped paragraph as one line."""
    return " ".join(paragraph.split())


def unwrapped(text: str) -> str:
    """The text with one line a paragraph, a blank line between.

    Where no blank line stands in it, each line is a paragraph: exports write either way.
    """
    if "\n\n" not in text.strip().replace("\r", ""):
        return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
    return "\n\n".join(joined(paragraph) for paragraph in paragraphs(text))
