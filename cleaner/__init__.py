"""Boilerplate-stripping news-article cleaner: noisy pages or extracted text in, clean records out.

Enters: bytes or str of one page. Leaves: `Article`. Look first at `pipeline.py`, which reads in one screen.
"""

from cleaner.model import Article, BodyBlock, Candidate, Removal, RulesError
from cleaner.pipeline import Cleaner, clean

__all__ = ["Article", "BodyBlock", "Candidate", "Cleaner", "Removal", "RulesError", "clean"]
