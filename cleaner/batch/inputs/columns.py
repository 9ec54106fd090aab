"""The names under which JSON lines and tables keep a page, and what their values mean.

Enters: the names of fields or columns. Leaves: the one that is meant. Look first at `pick`. A new usual name
is added to one of the tuples, and then known to JSON lines, tables and engines.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTENT_FIELDS = (
    "html",
    "raw_html",
    "page_html",
    "content",
    "text",
    "body",
    "page_content",
    "raw_content",
    "markdown",
)
URL_FIELDS = ("url", "link", "uri", "source_url", "canonical_url", "page_url", "warc_target_uri")
FETCHED_FIELDS = ("fetched", "fetched_at", "crawled", "fetch_time", "crawl_date", "warc_date")
ID_FIELDS = ("id", "_id", "uuid", "doc_id", "warc_record_id")


def pick(names: Sequence[str], named: str | None, usual: Sequence[str]) -> str | None:
    """The column of that name, or the first usual one that is there, whatever its case."""
    if named is not None:
        return named if named in names else None
    lower = {name.lower(): name for name in reversed(names)}
    return next((lower[name] for name in usual if name in lower), None)


def moment(value: object) -> str | None:
    """A value of a column as the record's `fetched`: ISO 8601 of a timestamp, a text as it stands."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) and value else None
