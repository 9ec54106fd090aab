"""A run as one self-contained page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.corpus.summary import Summary


def write_report(summary: Summary, path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(str(summary))
