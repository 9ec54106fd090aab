"""Other schemas of the record, for tools that already have one: `SCHEMAS`, one row each.

Enters: `Article`. Leaves: a `dict` of JSON values. Each view says what its readers are. A new schema is one
function and one row; `--schema`, its check and the README read this table.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from cleaner.model import RECORD, Article

if TYPE_CHECKING:
    from collections.abc import Callable


class Schema(NamedTuple):
    """`view` makes the record's mapping; `help` says in one line what it is."""

    view: Callable[[Article], dict[str, Any]]
    help: str


def native(article: Article) -> dict[str, Any]:
    return article.to_dict()


def dolma(article: Article) -> dict[str, Any]:
    """A document as the Dolma toolkit reads it: `id, text, source, added, created, metadata`.

    `created` and `added` (when the page was fetched) are UTC with milliseconds, the format of its data;
    None where the record has no date. `source` is where the input came from, an empty string where that is
    not known.
    """
    return {
        "id": article.id,
        "text": article.body,
        "source": article.source or "",
        "added": _timestamp(article.fetched),
        "created": _timestamp(article.date),
        "metadata": _metadata(article),
    }


def datatrove(article: Article) -> dict[str, Any]:
    """A document as datatrove's `JsonlWriter` writes and its `JsonlReader` reads it: `text, id, media,
    metadata`.

    What datatrove's steps look for in the metadata is there under its names, `source`, `url`, `date` and
    `language` among them, and only what is known: as its writer leaves out what is empty.
    """
    known = {"source": article.source, **_metadata(article)}
    return {
        "text": article.body,
        "id": article.id,
        "media": [],
        "metadata": {name: value for name, value in known.items() if value not in (None, "", [], {})},
    }


def schemaorg(article: Article) -> dict[str, Any]:
    """A schema.org `NewsArticle` in JSON-LD; what is not known is not there."""
    publisher = article.site or article.outlet
    known = {
        "headline": article.headline,
        "datePublished": article.date,
        "dateModified": article.modified,
        "author": [{"@type": "Person", "name": name} for name in article.authors]
        + [{"@type": "Organization", "name": name} for name in article.agencies],
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "description": article.summary,
        "articleSection": article.section,
        "keywords": list(article.tags),
        "image": article.image,
        "inLanguage": article.language,
        "url": article.url,
        "mainEntityOfPage": article.url,
        "isAccessibleForFree": None if article.paywalled is None else not article.paywalled,
        "articleBody": article.body,
    }
    head = {"@context": "https://schema.org", "@type": "NewsArticle", "identifier": article.id}
    return head | {name: value for name, value in known.items() if value not in (None, "", [])}


def _host(url: str | None) -> str | None:
    """The host; None for an address that is none ("http://[bad")."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def trafilatura(article: Article) -> dict[str, Any]:
    """The keys of trafilatura's JSON output with metadata, for whoever reads that today.

    `date` and `filedate` are days, as there; lists are joined as it joins them. What it makes and this
    package does not (`fingerprint`, `license`, `pagetype`, comments) is None or empty.
    """
    host = _host(article.url)
    return {
        "title": article.headline,
        "author": "; ".join(article.authors) or None,
        "hostname": host,
        "date": _day(article.date),
        "fingerprint": None,
        "id": article.id,
        "license": None,
        "comments": "",
        "raw_text": article.body,
        "text": article.body,
        "language": article.language,
        "image": article.image,
        "pagetype": None,
        "filedate": _day(article.fetched),
        "source": article.url,
        "source-hostname": article.site or article.outlet,
        "excerpt": article.summary,
        "categories": article.section or "",
        "tags": ";".join(article.tags),
    }


def _metadata(article: Article) -> dict[str, Any]:
    """The record without what has a place of its own, and without body and ledger."""
    record = article.to_dict()
    return {field.name: record[field.name] for field in RECORD if field.metadata}


def _day(date: str | None) -> str | None:
    return date[:10] if date and len(date) >= 10 else None


def _timestamp(date: str | None) -> str | None:
    """ISO 8601 to `2020-01-08T21:30:00.000Z`; a day alone is its first moment, a time without zone is read
    as UTC.
    """
    if not date:
        return None
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


SCHEMAS = {
    "native": Schema(native, "the record above"),
    "datatrove": Schema(datatrove, "a datatrove document: `text, id, media, metadata`"),
    "dolma": Schema(dolma, "a Dolma document: `id, text, source, added, created, metadata`"),
    "schemaorg": Schema(schemaorg, "a schema.org `NewsArticle` in JSON-LD"),
    "trafilatura": Schema(trafilatura, "the keys of trafilatura's JSON output"),
}
