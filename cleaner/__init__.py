"""Boilerplate-stripping news-article cleaner: noisy pages or extracted text in, clean records out.

Enters: bytes or str of one page. Leaves: `Article`. Look first at `pipeline.py`, which reads in one screen.
The names below are imported on first use: the command line's help and the pytest plugin need none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.batch.clean_many import clean_many
    from cleaner.model import Article, BodyBlock, Candidate, Removal, RulesError
    from cleaner.pipeline import Cleaner, clean

__all__ = ["Article", "BodyBlock", "Candidate", "Cleaner", "Removal", "RulesError", "clean", "clean_many"]
_HOMES = {
    "Cleaner": "cleaner.pipeline",
    "clean": "cleaner.pipeline",
    "clean_many": "cleaner.batch.clean_many",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "cleaner.model")), name)


def __dir__() -> list[str]:
    return __all__
