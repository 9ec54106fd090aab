"""The wrapper lines that a crawler or extractor put before the text: front matter or labels.

Enters: the lines of a text. Leaves: what the wrapper said, its lines, and the lines that are the page. A page
that merely starts with "Source: Reuters" is spared: one line alone counts only for `title`, `url` or `date`.
Known cost: an article whose first line is really "Title: something" loses that label to the envelope.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Spelled as people spell them; the value is the one name that `Page.envelope` uses.
KEYS = {
    "title": "title", "headline": "title",
    "url": "url", "link": "url", "url_source": "url", "source_url": "url", "published_time": "date",
    "published_date": "date", "publish_date": "date", "canonical": "url",
    "canonical_url": "url",
    "date": "date", "published": "date", "publication_date": "date", "date_published": "date",
    "pubdate": "date",
    "modified": "modified", "updated": "modified", "last_modified": "modified",
    "fetched": "fetched", "crawled": "fetched", "crawl_date": "fetched", "download_date": "fetched",
    "author": "author", "authors": "author", "byline": "author",
    "source": "source", "site": "site", "sitename": "site", "site_name": "site", "publisher": "site",
    "hostname": "hostname", "domain": "hostname", "language": "language", "lang": "language",
    "section": "section", "category": "section", "categories": "section", "tags": "tags", "keywords": "tags",
    "description": "summary", "summary": "summary", "excerpt": "summary", "image": "image", "id": "id",
}  # fmt: skip
_ALONE = {"title", "url", "date"}
_LABELLED = re.compile(r"\s{0,3}([A-Za-z][A-Za-z_ -]{1,20}?)\s*:(?:\s+(.*)|())$")
_ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_INLINE = re.compile(
    rf"\s*(?:(date|published|fetched|crawled)\s+({_ISO})|(url)\s+(https?://\S+))(?=\s|$)", re.IGNORECASE
)
_FENCE = re.compile(r"---\s*$")
_SERVICE = re.compile(
    r"(Title|URL Source|Published Time|Number of Pages|Warning|Image|Description|Author|Language"
    r"|Markdown Content):[ \t]*(.*?)[ \t]*$"
)
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Envelope:
    """`lines` are the wrapper's own lines; `rest` the page's, the remainder of a shared line first."""

    values: dict[str, str]
    lines: tuple[str, ...]
    rest: list[str]


def take_envelope(lines: Sequence[str]) -> Envelope:
    """Split wrapper from page. Only the head of the text is looked at, and nothing is lost."""
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    head = lines[start:]
    return (
        _front_matter(head)
        or _reader_service(head)
        or _inline(head)
        or _labelled(head)
        or Envelope({}, (), list(head))
    )


def _reader_service(lines: Sequence[str]) -> Envelope | None:
    """`Title:`, `URL Source:`, `Published Time:`, `Markdown Content:`, each a paragraph: what services that
    turn an address into text put first.
    """
    values: dict[str, str] = {}
    wrapper: list[str] = []
    source = False
    for at, line in enumerate(lines[:_MOST_LINES]):
        hit = _SERVICE.match(line)
        if hit is None:
            if line.strip():
                return Envelope(values, tuple(wrapper), list(lines[at:])) if source else None
            continue
        wrapper.append(line)
        label = hit[1].casefold()
        source = source or label == "url source"
        if label == "markdown content":
            rest = [hit[2], *lines[at + 1 :]] if hit[2] else list(lines[at + 1 :])
            return Envelope(values, (*wrapper[:-1], "Markdown Content:"), rest) if source else None
        if (name := _name(hit[1])) and hit[2]:
            values.setdefault(name, hit[2])
    return None


def _name(label: str) -> str | None:
    return KEYS.get(label.strip().lower().replace(" ", "_").replace("-", "_"))


def _front_matter(lines: Sequence[str]) -> Envelope | None:
    if not lines or not _FENCE.match(lines[0]):
        return None
    end = next((i for i in range(1, min(len(lines), _MOST_LINES)) if _FENCE.match(lines[i])), None)
    if end is None or end == 1:
        return None
    values: dict[str, str] = {}
    name: str | None = None
    for line in lines[1:end]:
        if not line.strip():
            continue
        item = re.match(r"\s*-\s+(.*)", line)
        if item and name:
            values[name] = f"{values[name]}, {_unquoted(item[1])}" if values.get(name) else _unquoted(item[1])
            continue
        labelled = re.match(r"\s*([\w -]{1,40}):(?:\s+(.*)|\s*$)", line)
        if labelled is None:
            return None
        name = _name(labelled[1]) or labelled[1].strip().lower()
        values.setdefault(name, _unquoted(labelled[2] or ""))
    wrapper = tuple(line for line in lines[1:end] if line.strip())
    return Envelope({k: v for k, v in values.items() if v}, wrapper, list(lines[end + 1 :]))


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _inline(lines: Sequence[str]) -> Envelope | None:
    if not lines:
        return None
    values: dict[str, str] = {}
    at = 0
    while hit := _INLINE.match(lines[0], at):
        values.setdefault(KEYS[(hit[1] or hit[3]).lower()], hit[2] or hit[4])
        at = hit.end()
    if not values:
        return None
    return Envelope(values, (lines[0][:at].strip(),), [lines[0][at:], *lines[1:]])


def _labelled(lines: Sequence[str]) -> Envelope | None:
    values: dict[str, str] = {}
    end = 0
    for line in lines[:_MOST_LINES]:
        hit = _LABELLED.match(line)
        name = _name(hit[1]) if hit else None
        if hit is None or name is None:
            break
        values.setdefault(name, (hit[2] or "").strip())
        end += 1
    if end == 0 or (end == 1 and not _ALONE & values.keys()):
        return None
    return Envelope({k: v for k, v in values.items() if v}, tuple(lines[:end]), list(lines[end:]))
