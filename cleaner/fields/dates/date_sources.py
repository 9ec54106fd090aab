"""Publication and modification: who says when, and whether it can be.

Enters: `PageFacts`. Leaves: two `Resolution`s. Related stories, comments, copyright lines and the story's own
prose are never read: a wrong date is worse than none. Modified is not published, whatever the labels are
near.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.fields import jsonld
from cleaner.fields.dates.date_text import days, parse_date, plausible
from cleaner.fields.dates.day_month_order import date_order
from cleaner.fields.dates.elsewhere import first_published, lone_time, marked
from cleaner.fields.dates.near_headline import datelines, kind_of, time_elements
from cleaner.fields.dates.wire_dateline import wire_dateline
from cleaner.fields.resolver import STATED, Found, Gathered, Resolution, Source, decide, gather, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Candidate

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "og:pubdate", "datepublished", "published", "date-published", "date_published", "published_time",
    "published-date", "publish-date", "publish_date", "publishdate", "publication_date", "publication-date",
    "pubdate", "pub_date", "published_at", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "cxenseparse:publishtime",
    "cxenseparse:recs:articlepublisheddate", "dc.date.issued", "dcterms.issued", "dc.issued",
    "dcterms.created", "dc.date.created", "dc.created", "rnews:datepublished", "article.published",
    "displaydate", "originalpublicationdate", "citation_publication_date", "citation_online_date",
    "bt:pubdate", "pdate", "pub-date", "iso-8601-publish-date", "vr:published_time",
    "article_date_original", "gmt-publish-date", "ptime", "cludo:date", "cse_article_published",
    "blogger:published", "release_date", "shareaholic:article_published_time", "apub:time",
)  # fmt: skip
_ANY = (
    "date", "dc.date", "dcterms.date", "dc:date", "article:date", "created", "creation_date", "datecreated",
    "sailthru.date", "dcterms.available", "article-date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "date-modified", "dcterms.modified",
    "dc.date.modified", "modified_time", "lastmod", "last-modified", "last_modified", "article:modified",
    "dateupdate", "revised", "dc.modified", "updated_time", "article:updated_time",
)  # fmt: skip

_RELATIVE = re.compile(
    r"^\W*(?:published|posted|updated)?\W*(\d{1,2}|an?|one)\s+(minute|min|hour|hr|day|week)s?\s+ago\W*$",
    re.IGNORECASE,
)


def _outlet(evidence: PageFacts) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("date"):
        if iso := parse_date(candidate.value):
            yield Found(iso, candidate.raw, candidate.block)


def _outlet_modified(evidence: PageFacts) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("modified"):
        if iso := parse_date(candidate.value):
            yield Found(iso, candidate.raw, candidate.block)


def _declared(raw: str, evidence: PageFacts) -> str | None:
    """A declared date. Whether 03/04/2020 is in March is asked only of a page that writes so."""
    return parse_date(raw) if raw[:4].isdigit() else parse_date(raw, evidence.once(date_order))


def _node_dates(nodes: Iterable[jsonld.Node], evidence: PageFacts, *keys: str) -> Iterator[Found]:
    for node in nodes:
        for key in keys:
            value = node.get(key)
            raw = str(value) if isinstance(value, int) and not isinstance(value, bool) else jsonld.text(value)
            if raw and (iso := _declared(raw, evidence)):
                yield Found(iso, raw)
                break


def _is_stamp(node: jsonld.Node) -> bool:
    """Whether software filled in both dates when it built the page: nothing is changed before it is
    published.
    """
    published, modified = jsonld.text(node.get("datePublished")), jsonld.text(node.get("dateModified"))
    if not published or not modified:
        return False
    first, last = parse_date(published), parse_date(modified)
    return first is not None and last is not None and (first[:10] > last[:10] or published == modified)


def _jsonld(evidence: PageFacts) -> Iterator[Found]:
    nodes = [node for node in evidence.stories if not _is_stamp(node)]
    return _node_dates(nodes, evidence, "datePublished")


def _jsonld_stamp(evidence: PageFacts) -> Iterator[Found]:
    """Published and modified at one moment: most often a story never touched again, sometimes the last
    build.
    """
    nodes = [node for node in [*evidence.stories, *evidence.webpages] if _is_stamp(node)]
    return _node_dates(nodes, evidence, "datePublished")


def _jsonld_page(evidence: PageFacts) -> Iterator[Found]:
    nodes = [node for node in evidence.webpages if not _is_stamp(node)]
    return _node_dates(nodes, evidence, "datePublished")


def _jsonld_created(evidence: PageFacts) -> Iterator[Found]:
    return _node_dates(evidence.stories, evidence, "dateCreated", "uploadDate")


def _metas(evidence: PageFacts, names: Sequence[str]) -> Iterator[Found]:
    for _, content in evidence.meta(*names):
        if iso := _declared(content, evidence):
            yield Found(iso, content)


def _meta(evidence: PageFacts) -> Iterator[Found]:
    return _metas(evidence, _PUBLISHED)


def _meta_any(evidence: PageFacts) -> Iterator[Found]:
    return _metas(evidence, _ANY)


def _dateline(evidence: PageFacts) -> Iterator[Found]:
    """Labelled as published first; a date without a label next."""
    lines = evidence.once(datelines)
    for wanted in ("published", ""):
        for dated in lines:
            if kind_of(dated.label) == wanted:
                yield Found(dated.stamp.iso, dated.raw, dated.block)
                return


def _dateline_modified(evidence: PageFacts) -> Iterator[Found]:
    for dated in evidence.once(datelines):
        if kind_of(dated.label) == "modified":
            yield Found(dated.stamp.iso, dated.raw, dated.block)
            return


def _time(evidence: PageFacts) -> Iterator[Found]:
    """`<time>` elements that stand by the headline or say that they are the publication's."""
    for element in evidence.once(time_elements):
        if element.kind != "modified" and (element.near or element.kind == "published"):
            yield Found(element.iso, element.raw)
            return


def _time_modified(evidence: PageFacts) -> Iterator[Found]:
    for element in evidence.once(time_elements):
        if element.kind == "modified" and element.near:
            yield Found(element.iso, element.raw)
            return


_URL_DATE = re.compile(
    r"[/\-_.](?P<y>(?:19|20)\d\d)[/\-_.]?(?P<m>0[1-9]|1[0-2])[/\-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)"
)
# A part of the path by itself, or its beginning: in the midst of a slug the day is the event's. And a day
# that is no month: 03-05-2021 may be in March.
_URL_DAY_FIRST = re.compile(
    r"/(?P<d>1[3-9]|2\d|3[01])[/\-_.](?P<m>0[1-9]|1[0-2])[/\-_.](?P<y>(?:19|20)\d\d)(?=[/\-_.]|$)"
)


def _url(evidence: PageFacts) -> Iterator[Found]:
    address = evidence.address or ""
    if match := _URL_DATE.search(address) or _URL_DAY_FIRST.search(address):
        yield Found(f"{match['y']}-{match['m']}-{match['d']}", match[0])


def _envelope(evidence: PageFacts) -> Iterator[Found]:
    raw = evidence.page.envelope.get("date")
    if raw and (iso := _declared(raw, evidence)):
        yield Found(iso, raw)


def _row(evidence: PageFacts) -> Iterator[Found]:
    return _stated(evidence, "date")


def _row_modified(evidence: PageFacts) -> Iterator[Found]:
    return _stated(evidence, "modified")


def _stated(evidence: PageFacts, name: str) -> Iterator[Found]:
    stated = evidence.page.stated
    if stated is not None and (raw := stated.values.get(name)) and (iso := _declared(raw, evidence)):
        yield Found(iso, raw)


def _relative(evidence: PageFacts) -> Iterator[Found]:
    """How long ago ("3 hours ago"), said beside the headline, where it is known when that was read."""
    if evidence.fetched is None:
        return
    for block in evidence.top:
        if len(block.text) < 60 and (match := _RELATIVE.match(block.text)):
            number = int(match[1]) if match[1].isdigit() else 1
            unit = {"m": 60, "h": 3600, "d": 86400, "w": 604800}[match[2][0].lower()]
            moment = datetime.fromtimestamp(evidence.limit.timestamp() - number * unit, UTC)
            yield Found(moment.date().isoformat(), block.text, block.index)
            return


_EMBEDDED = re.compile(r"""\\?["']datePublished\\?["']\s*:\s*\\?["']([^"'\\<>{}]{8,40})\\?["']""")
_NOT_EMBEDDED = re.compile(r"""\\?["']@?type\\?["']\s*:\s*\\?["'](?:Review|Comment|UserReview)\b""")
_MOST_SCRIPTS = 80
_LONGEST_SCRIPT = 400_000


def _embedded(evidence: PageFacts) -> Iterator[Found]:
    """Article data in a script or meta that is no JSON-LD, or is broken JSON-LD, if it names one day only.

    What the page's own software calls `datePublished` there may be any story's: several days tell nothing.
    """
    found: dict[str, Found] = {}
    for text in _data(evidence):
        if "datePublished" not in text or _NOT_EMBEDDED.search(text):
            continue
        for match in islice(_EMBEDDED.finditer(text), _MOST_SCRIPTS):
            iso = parse_date(match[1], evidence.once(date_order))
            if iso and plausible(iso, evidence.limit):
                found.setdefault(iso[:10], Found(iso, match[0]))
    if len(found) == 1:
        yield from found.values()


def _data(evidence: PageFacts) -> Iterator[str]:
    page = evidence.page
    yield from page.jsonld
    for contents in page.meta.values():
        yield from (content for content in contents if content.startswith("{"))
    if page.tree is not None:
        for node in page.tree.css("script:not([src])")[:_MOST_SCRIPTS]:
            yield node.text()[:_LONGEST_SCRIPT]


SOURCES = (
    Source("rule", _outlet, 20.0),
    Source(STATED, _row, 24.0),
    Source("jsonld", _jsonld, 4.0),
    Source("meta", _meta, 3.0),
    Source("jsonld-stamp", _jsonld_stamp, 2.4, "jsonld"),
    Source("jsonld-page", _jsonld_page, 2.5, "jsonld"),
    Source("envelope", _envelope, 9.0),
    Source("meta-date", _meta_any, 1.5, "meta"),
    Source("url", _url, 1.5),
    Source("jsonld-created", _jsonld_created, 1.0, "jsonld"),
    Source("time", _time, 2.5, "visible", late=True),
    Source("dateline", _dateline, 2.5, "visible", late=True),
    Source("date-element", marked, 2.0, "visible", late=True),
    Source("first-published", first_published, 2.7, late=True),
    Source("wire-dateline", wire_dateline, 2.2, "visible", late=True),
    Source("relative", _relative, 0.5, late=True),
    Source("time-alone", lone_time, 0.5, "visible", last=True),
    Source("embedded", _embedded, 0.4, last=True),
)


def _settled(found: Gathered, asked: Source) -> bool:
    """Whether no word of the source to be asked could, by itself, make another day win.

    Two that are not asked might have won together: the price of asking neither.
    """
    weights = [group.weight() for group in grouped(found, days, chain=True)]
    return bool(weights) and weights[0] >= sum(weights[1:2]) + asked.weight


def _jsonld_modified(evidence: PageFacts) -> Iterator[Found]:
    return _node_dates([*evidence.stories, *evidence.webpages], evidence, "dateModified")


def _meta_modified(evidence: PageFacts) -> Iterator[Found]:
    return _metas(evidence, _MODIFIED)


def _envelope_modified(evidence: PageFacts) -> Iterator[Found]:
    raw = evidence.page.envelope.get("modified")
    if raw and (iso := _declared(raw, evidence)):
        yield Found(iso, raw)


MODIFIED_SOURCES = (
    Source("rule", _outlet_modified, 20.0),
    Source(STATED, _row_modified, 24.0),
    Source("jsonld", _jsonld_modified, 4.0),
    Source("meta", _meta_modified, 3.0),
    Source("envelope", _envelope_modified, 2.0),
    Source("time", _time_modified, 2.5, "visible", late=True),
    Source("dateline", _dateline_modified, 2.5, "visible", late=True),
)


def _most_precise(group: Sequence[Candidate]) -> Candidate:
    """Of the values that name the day most of them write, the first with an offset, else with a time, else
    the first.
    """
    counts = Counter(candidate.value[:10] for candidate in group)
    return max(group, key=lambda c: (counts[c.value[:10]], len(c.value) > 19, len(c.value) > 10))


def _resolve(
    field: str, sources: Sequence[Source], evidence: PageFacts, settled: Callable[[Gathered, Source], bool]
) -> Resolution:
    found = gather(field, sources, evidence, settled, partial(plausible, limit=evidence.limit))
    return decide(found, days, _most_precise, chain=True)


def resolve_date(evidence: PageFacts) -> Resolution:
    return _resolve("date", SOURCES, evidence, _settled)


def resolve_modified(evidence: PageFacts) -> Resolution:
    def settled(found: Gathered, asked: Source) -> bool:  # noqa: ARG001
        return bool(found)

    return _resolve("modified", MODIFIED_SOURCES, evidence, settled)
