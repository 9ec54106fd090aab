"""Boilerplate-stripping news-article cleaner: noisy pages or extracted text in, clean records out.

Enters: bytes or str of one page. Leaves: `Article`. Look first at `pipeline.py`, which reads in one screen.
The names below are all that a program needs, and are imported on first use: the command line's help and the
pytest plugin need none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.batch.analysis.summary import Summary
    from cleaner.batch.clean_many import clean_many
    from cleaner.batch.run import run
    from cleaner.batch.settings import ColumnNames, Options, Settings
    from cleaner.model import Article, BodyBlock, Candidate, Removal, RulesError
    from cleaner.pipeline import Cleaner, clean
    from cleaner.record import as_dict, dumps, from_dict
    from cleaner.version import VERSION as __version__  # noqa: N811 - the customary name

__all__ = [
    "Article", "BodyBlock", "Candidate", "Cleaner", "ColumnNames", "Options", "Removal", "RulesError",
    "Settings", "Summary", "__version__", "as_dict", "clean", "clean_many", "dumps", "from_dict", "run",
]  # fmt: skip
_HOMES = {
    "cleaner.batch.analysis.summary": ("Summary",),
    "cleaner.batch.clean_many": ("clean_many",),
    "cleaner.batch.run": ("run",),
    "cleaner.batch.settings": ("ColumnNames", "Options", "Settings"),
    "cleaner.model": ("Article", "BodyBlock", "Candidate", "Removal", "RulesError"),
    "cleaner.pipeline": ("Cleaner", "clean"),
    "cleaner.record": ("as_dict", "dumps", "from_dict"),
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("cleaner.version").VERSION
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'cleaner' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
