"""The record's functions: an article to values for JSON, to a line of it, and back."""

from cleaner.model import Article
from cleaner.records.native import as_dict, dumps

__all__ = ["as_dict", "dumps", "from_dict"]
from_dict = Article.from_dict
