"""Publication and modification: who says when, and whether it can be.

Enters: `Evidence`. Leaves: two `Resolution`s. Related stories, comments, copyright lines and the story's own
prose are never read: a wrong date is worse than none. Modified is not published, whatever the labels are near.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields import jsonld
from cleaner.fields.datetext import ISO, Order, Stamp, days, find_date, parse_date, plausible
from cleaner.fields.resolver import Found, Gathered, Resolution, Source, decide, gather
from cleaner.model import Candidate
from cleaner.read.lengths import ends_sentence, words

if TYPE_CHECKING:
    from cleaner.fields.evidence import Evidence
    from cleaner.model import Block, Elements

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate",
    "datepublished", "published", "date-published", "date_published", "published_time", "published-date", "publish-date",
    "publish_date", "publishdate", "publication_date", "publication-date", "pubdate", "pub_date", "published_at",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time",
    "cxenseparse:publishtime", "cxenseparse:recs:articlepublisheddate", "dc.date.issued", "dcterms.issued", "dc.issued",
    "dcterms.created", "dc.date.created", "dc.created", "rnews:datepublished", "article.published", "displaydate",
    "originalpublicationdate", "citation_publication_date", "citation_online_date", "bt:pubdate", "pdate", "pub-date",
    "iso-8601-publish-date", "vr:published_time", "article_date_original", "gmt-publish-date", "ptime", "cludo:date",
    "cse_article_published", "blogger:published", "release_date", "shareaholic:article_published_time", "apub:time",
)  # fmt: skip
_ANY = ("date", "dc.date", "dcterms.date", "dc:date", "article:date", "created", "creation_date", "datecreated", "sailthru.date", "dcterms.available", "article-date", "eomportal-lastupdate", "rating.timestamp")  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "date-modified", "dcterms.modified", "dc.date.modified",
    "modified_time", "lastmod", "last-modified", "last_modified", "article:modified", "dateupdate", "revised",
    "dc.modified", "updated_time", "article:updated_time",
)  # fmt: skip

_UPDATED_LABEL = re.compile(
    r"\b(?:updat|modifi|last (?:edited|reviewed|revised)|revised|reviewed|aktualisier|geändert|bearbeitet|mis à jour|mise à jour|màj|maj\b|modifié"
    r"|actualizad|modificad|aggiornat|ultima modifica|atualizad|bijgewerkt|gewijzigd|laatste update|aktualizacj|zaktualizowan|ost\. akt|oppdatert|opdateret|uppdaterad|päivitetty)"
    r"|更新|обновл",
    re.IGNORECASE,
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:publish|posted|released|first aired|veröffentlicht|erschienen|publié|paru|publicad|pubblicat|gepubliceerd|opublikowan|publikacj|data dodania|publisert|publicerad|udgivet|julkaistu)"
    r"|配信|公開|発行|опубликован",
    re.IGNORECASE,
)
_NOT_THE_STORY = re.compile(
    r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|\b(?:joined|member since|registered|born|expires?|valid|deadline|copyright|(?<!\d )comments?|reply|antworten|répondre|read more|related)\b",
    re.IGNORECASE,
)
_DATE_HOOK = re.compile(
    r"publish(?:ed)?[-_]?(?:date|on|time|at)|post(?:ed)?[-_]?(?:date|on|meta)|(?:article|entry|story|blog|date)[-_](?:publish|post|date)|datepublished|dateline"
)
_ASIDE_HOOK = re.compile(
    r"comment|related|recommend|teaser|sidebar|footer|copyright|promo|widget|latest|popular|trending|more-|carousel|recirc|newsletter|event"
)
_HAS_DIGITS = re.compile(r"\d\d")
_LONGEST_LINE = 220
_LONGEST_LABEL = 90
_MOST_STRANGE = 5
_RELATIVE = re.compile(
    r"^\W*(?:published|posted|updated)?\W*(\d{1,2}|an?|one)\s+(minute|min|hour|hr|day|week)s?\s+ago\W*$",
    re.IGNORECASE,
)


_MONTH_FIRST = frozenset(["us", "ph", "fm", "pw"])
_DAY_FIRST_ENGLISH = frozenset(
    ["gb", "uk", "au", "nz", "ie", "in", "za", "sg", "my", "hk", "ng", "ke", "pk", "gh", "mt", "jm"]
)


def date_order(evidence: Evidence) -> Order | None:
    """How this page writes 03/04/2020, if its region, top-level domain or language tells.

    Plain "en" on a .com is either, and og:locale's en_US is what blog software sets when nobody chose.
    """
    page = evidence.page
    domain = evidence.host.rpartition(".")[2]
    if domain in ("gov", "mil", "us", "edu", "ph"):
        return "mdy"
    if domain in _DAY_FIRST_ENGLISH:
        return "dmy"
    tag = (page.language or next((v for _, v in evidence.meta("og:locale")), "")).replace("_", "-").lower()
    language, _, region = tag.partition("-")
    region = region.rpartition("-")[2]
    if language in ("en", "fil", "tl", ""):
        if region in _DAY_FIRST_ENGLISH:
            return "dmy"
        return "mdy" if region in _MONTH_FIRST and page.language else None
    return "dmy"


def _outlet(evidence: Evidence) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("date"):
        if iso := parse_date(candidate.value):
            yield Found(iso, candidate.raw, candidate.block)


def _outlet_modified(evidence: Evidence) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("modified"):
        if iso := parse_date(candidate.value):
            yield Found(iso, candidate.raw, candidate.block)


def _node_dates(nodes: Iterable[jsonld.Node], order: Order | None, *keys: str) -> Iterator[Found]:
    for node in nodes:
        for key in keys:
            value = node.get(key)
            raw = str(value) if isinstance(value, int) and not isinstance(value, bool) else jsonld.text(value)
            if raw and (iso := parse_date(raw, order)):
                yield Found(iso, raw)
                break


def _is_stamp(node: jsonld.Node) -> bool:
    """Whether software filled in both dates when it built the page: nothing is changed before it is published."""
    published, modified = jsonld.text(node.get("datePublished")), jsonld.text(node.get("dateModified"))
    if not published or not modified:
        return False
    first, last = parse_date(published), parse_date(modified)
    return first is not None and last is not None and (first[:10] > last[:10] or published == modified)


def _jsonld(evidence: Evidence) -> Iterator[Found]:
    nodes = [node for node in evidence.stories if not _is_stamp(node)]
    return _node_dates(nodes, evidence.once(date_order), "datePublished")


def _jsonld_stamp(evidence: Evidence) -> Iterator[Found]:
    """Published and modified at one moment: most often a story never touched again, sometimes the last build."""
    nodes = [node for node in [*evidence.stories, *evidence.webpages] if _is_stamp(node)]
    return _node_dates(nodes, evidence.once(date_order), "datePublished")


def _jsonld_page(evidence: Evidence) -> Iterator[Found]:
    nodes = [node for node in evidence.webpages if not _is_stamp(node)]
    return _node_dates(nodes, evidence.once(date_order), "datePublished")


def _jsonld_created(evidence: Evidence) -> Iterator[Found]:
    return _node_dates(evidence.stories, evidence.once(date_order), "dateCreated", "uploadDate")


def _metas(evidence: Evidence, names: Sequence[str]) -> Iterator[Found]:
    for _, content in evidence.meta(*names):
        if iso := parse_date(content, evidence.once(date_order)):
            yield Found(iso, content)


def _meta(evidence: Evidence) -> Iterator[Found]:
    return _metas(evidence, _PUBLISHED)


def _meta_any(evidence: Evidence) -> Iterator[Found]:
    return _metas(evidence, _ANY)


class Dated(NamedTuple):
    """A visible date: what labels it, and whether its element or label says published or updated."""

    stamp: Stamp
    raw: str
    label: str
    block: int | None


def _kind(label: str) -> str:
    """What the words before a date say it is; the last label counts ("Published 3 May, updated")."""
    published = max((m.start() for m in _PUBLISHED_LABEL.finditer(label)), default=-1)
    updated = max((m.start() for m in _UPDATED_LABEL.finditer(label)), default=-1)
    if published == updated:
        return ""
    return "published" if published > updated else "modified"


def _line_dates(block: Block, order: Order | None) -> Iterator[Dated]:
    """Dates of one dateline; the words before each are its label."""
    text = block.text
    at = 0
    for _ in range(3):
        stamp = find_date(text[at:], order)
        if stamp is None:
            return
        label = text[at : at + stamp.start]
        if at == 0 and not _kind(label) and _strange_words(label) > _MOST_STRANGE:
            return
        yield Dated(stamp, text, label, block.index)
        at += stamp.end


_LABEL_WORDS = re.compile(
    r"\b(?:by|von|par|por|di|door|min|read|lesezeit|uhr|stand|last|on|at|am|le|in|reading time|comments?|the|time)\b", re.IGNORECASE
)


def _strange_words(label: str) -> int:
    """Words before a date that belong to no byline or label: a caption or teaser has many."""
    bare = _PUBLISHED_LABEL.sub(" ", _UPDATED_LABEL.sub(" ", _LABEL_WORDS.sub(" ", label)))
    return len([word for word in bare.split() if any(ch.isalpha() for ch in word)])


def is_dateline(block: Block) -> bool:
    """A short line that is a date with a label or a byline around it, and no sentence of the story."""
    text = block.text
    if (
        len(text) > _LONGEST_LINE
        or not _HAS_DIGITS.search(text)
        or block.level
        or block.kind in ("caption", "envelope")
    ):
        return False
    if block.place is not None and block.place.linked > 0.75:
        return False
    if _NOT_THE_STORY.search(text):
        return False
    return not (ends_sentence(text) and words(text) > 9)


def datelines(evidence: Evidence) -> list[Dated]:
    """Visible dates around the headline, in order."""
    found: list[Dated] = []
    before = ""
    for block in evidence.top:
        if is_dateline(block):
            for dated in _line_dates(block, evidence.once(date_order)):
                label = dated.label if dated.label.strip() else before
                found.append(dated._replace(label=label))
        before = block.text if len(block.text) < 30 else ""
    return found


def _dateline(evidence: Evidence) -> Iterator[Found]:
    """Labelled as published first; a date without a label next."""
    lines = evidence.once(datelines)
    for wanted in ("published", ""):
        for dated in lines:
            if _kind(dated.label) == wanted:
                yield Found(dated.stamp.iso, dated.raw, dated.block)
                return


def _marked(evidence: Evidence) -> Iterator[Found]:
    """A short line anywhere that is labelled, or its element named, as the publication's date, if all of them name one day."""
    elements = evidence.page.elements
    found: dict[str, Found] = {}
    for block in evidence.page.blocks if elements is not None else ():
        if len(block.text) > _LONGEST_LABEL or not _HAS_DIGITS.search(block.text) or block.place is None:
            continue
        hooks = " ".join(elements.hooks[row] for row in _up(elements, block.place.element)) if elements else ""
        if not (_DATE_HOOK.search(hooks) or _PUBLISHED_LABEL.match(block.text)) or _ASIDE_HOOK.search(hooks):
            continue
        if is_dateline(block):
            for dated in _line_dates(block, evidence.once(date_order)):
                if _kind(dated.label) != "modified":
                    found.setdefault(dated.stamp.iso[:10], Found(dated.stamp.iso, block.text, block.index))
    if len(found) == 1:
        yield from found.values()


def _up(elements: Elements, row: int) -> tuple[int, int, int]:
    """An element, its parent and the parent's."""
    parent = elements.parents[row]
    return row, parent, elements.parents[parent]


def _dateline_modified(evidence: Evidence) -> Iterator[Found]:
    for dated in evidence.once(datelines):
        if _kind(dated.label) == "modified":
            yield Found(dated.stamp.iso, dated.raw, dated.block)
            return


def _time(evidence: Evidence) -> Iterator[Found]:
    """`<time>` elements that stand by the headline or say that they are the publication's."""
    for element in evidence.once(time_elements):
        if element.kind != "modified" and (element.near or element.kind == "published"):
            yield Found(element.iso, element.raw)
            return


def _time_modified(evidence: Evidence) -> Iterator[Found]:
    for element in evidence.once(time_elements):
        if element.kind == "modified" and element.near:
            yield Found(element.iso, element.raw)
            return


_URL_DATE = re.compile(
    r"[/\-_.](?P<y>(?:19|20)\d\d)[/\-_.]?(?P<m>0[1-9]|1[0-2])[/\-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)"
)


def _url(evidence: Evidence) -> Iterator[Found]:
    match = _URL_DATE.search(evidence.address or "")
    if match:
        yield Found(f"{match['y']}-{match['m']}-{match['d']}", match[0])


def _envelope(evidence: Evidence) -> Iterator[Found]:
    raw = evidence.page.envelope.get("date")
    if raw and (iso := parse_date(raw, evidence.once(date_order))):
        yield Found(iso, raw)


def _relative(evidence: Evidence) -> Iterator[Found]:
    """ "3 hours ago" beside the headline, when it is known when that was read."""
    if evidence.fetched is None:
        return
    for block in evidence.top:
        if len(block.text) < 60 and (match := _RELATIVE.match(block.text)):
            number = int(match[1]) if match[1].isdigit() else 1
            unit = {"m": 60, "h": 3600, "d": 86400, "w": 604800}[match[2][0].lower()]
            moment = datetime.fromtimestamp(evidence.limit.timestamp() - number * unit, timezone.utc)
            yield Found(moment.date().isoformat(), block.text, block.index)
            return


SOURCES = (
    Source("rule", _outlet, 20.0),
    Source("jsonld", _jsonld, 4.0),
    Source("meta", _meta, 3.0),
    Source("jsonld-stamp", _jsonld_stamp, 2.4, "jsonld"),
    Source("jsonld-page", _jsonld_page, 2.5, "jsonld"),
    Source("time", _time, 2.5, "visible", late=True),
    Source("dateline", _dateline, 2.5, "visible", late=True),
    Source("date-element", _marked, 2.0, "visible", late=True),
    Source("envelope", _envelope, 2.0),
    Source("meta-date", _meta_any, 1.5, "meta"),
    Source("url", _url, 1.5),
    Source("jsonld-created", _jsonld_created, 1.0, "jsonld"),
    Source("relative", _relative, 0.5, late=True),
)


def _agreed(found: Gathered) -> bool:
    """Whether a rule or two families of sources name one day, so that the visible page has nothing to add."""
    by_day: dict[str, set[str]] = {}
    for source, candidate in found:
        for day in days(candidate.value):
            by_day.setdefault(day, set()).add(source.family or source.name)
    return any(len(families) > 1 or "rule" in families for families in by_day.values())


def _jsonld_modified(evidence: Evidence) -> Iterator[Found]:
    return _node_dates([*evidence.stories, *evidence.webpages], evidence.once(date_order), "dateModified")


def _meta_modified(evidence: Evidence) -> Iterator[Found]:
    return _metas(evidence, _MODIFIED)


def _envelope_modified(evidence: Evidence) -> Iterator[Found]:
    raw = evidence.page.envelope.get("modified")
    if raw and (iso := parse_date(raw, evidence.once(date_order))):
        yield Found(iso, raw)


MODIFIED_SOURCES = (
    Source("rule", _outlet_modified, 20.0),
    Source("jsonld", _jsonld_modified, 4.0),
    Source("meta", _meta_modified, 3.0),
    Source("envelope", _envelope_modified, 2.0),
    Source("time", _time_modified, 2.5, "visible", late=True),
    Source("dateline", _dateline_modified, 2.5, "visible", late=True),
)


def _most_precise(group: Sequence[Candidate]) -> Candidate:
    """Of the values that name the day most of them write, the first with an offset, else with a time, else the first."""
    counts = Counter(candidate.value[:10] for candidate in group)
    return max(group, key=lambda c: (counts[c.value[:10]], len(c.value) > 19, len(c.value) > 10))


def _resolve(
    field: str, sources: Sequence[Source], evidence: Evidence, settled: Callable[[Gathered], bool]
) -> Resolution:
    kept: list[tuple[Source, Candidate]] = []
    for source, candidate in gather(field, sources, evidence, settled):
        if iso := plausible(candidate.value, evidence.limit):
            kept.append((source, Candidate(field, iso, candidate.source, candidate.raw, candidate.block)))
    return decide(kept, days, _most_precise, chain=True)


def resolve_date(evidence: Evidence) -> Resolution:
    return _resolve("date", SOURCES, evidence, _agreed)


def resolve_modified(evidence: Evidence) -> Resolution:
    return _resolve("modified", MODIFIED_SOURCES, evidence, bool)


class TimeElement(NamedTuple):
    """A `<time>`: its date, what its name or label says, and whether it stands by the headline."""

    iso: str
    raw: str
    kind: str
    near: bool


def time_elements(evidence: Evidence) -> list[TimeElement]:
    page = evidence.page
    elements, tree = page.elements, page.tree
    if elements is None or tree is None or "time" not in elements.tags:
        return []
    row_of = {
        identity: row
        for row, (identity, tag) in enumerate(zip(elements.ids, elements.tags, strict=True))
        if tag == "time"
    }
    low, high = evidence.near_rows
    found: list[TimeElement] = []
    for node in tree.css("time")[:60]:
        row = row_of.get(node.mem_id)
        if row is None:
            continue
        near = low <= row <= high
        if not near and not ("datepublished" in elements.hooks[row] or "pubdate" in node.attributes):
            continue
        hooks = " ".join(elements.hooks[r] for r in (row, elements.parents[row]))
        if _ASIDE_HOOK.search(hooks) or not (
            near or "datepublished" in hooks or "pubdate" in node.attributes
        ):
            continue
        text = " ".join(node.text().split())[:200]
        raw = node.attributes.get("datetime") or node.attributes.get("content") or text
        order = evidence.once(date_order)
        shown = parse_date(text, order)
        iso = parse_date(raw, order) or shown
        if iso:
            # "February 23" over 2026-02-24T04:13Z: the reader's day is the outlet's.
            if shown and iso.endswith("+00:00") and shown[:10] not in days(iso):
                iso = shown if abs(date.fromisoformat(shown[:10]) - date.fromisoformat(iso[:10])).days == 1 else iso
            label = f"{hooks} {_before(evidence, row)} {text}"
            found.append(
                TimeElement(iso, raw, "published" if "datepublished" in hooks else _kind(label), near)
            )
    return found


def _before(evidence: Evidence, row: int) -> str:
    """The words of the block that a `<time>` stands in, up to its date."""
    for block in evidence.top:
        if block.place is not None and evidence.page.elements is not None:
            start = block.place.element
            if start <= row < evidence.page.elements.ends[start] and len(block.text) < _LONGEST_LINE:
                return _HAS_DIGITS.split(block.text, maxsplit=1)[0]
    return ""
