"""What the page states beside headline, date and authors: section, tags, image, site, summary, address.

Enters: `PageFacts`. Leaves: a `Resolution` a field. Nothing here is derived from the prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from cleaner.fields import jsonld
from cleaner.fields.jsonld import bare_address
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import STATED, Found, Resolution, Source, decide, gather
from cleaner.fields.stated import stated_from

if TYPE_CHECKING:
    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Candidate

Find = Callable[["PageFacts"], Iterator[Found]]

# Parts the tags of one list inside a candidate's value, which is a string.
PARTING = "; "
_MOST_TAGS = 40
# What an absolute address must be parsed for.
_ODD = re.compile(r"[\s\[\]\\\x00-\x1f]")


def _outlet(field: str) -> Find:
    def find(evidence: PageFacts) -> Iterator[Found]:
        for candidate in evidence.ask_outlet(field):
            yield Found(candidate.value, candidate.raw, candidate.block)

    return find


def _envelope(field: str) -> Find:
    def find(evidence: PageFacts) -> Iterator[Found]:
        if value := evidence.page.envelope.get(field):
            yield Found(value, value)

    return find


def _meta(*names: str) -> Find:
    def find(evidence: PageFacts) -> Iterator[Found]:
        for _, content in evidence.meta(*names):
            yield Found(" ".join(content.split()), content)

    return find


def _story(*keys: str) -> Find:
    """Strings under the first of the keys that a JSON-LD story has."""

    def find(evidence: PageFacts) -> Iterator[Found]:
        for node in evidence.stories:
            for key in keys:
                if value := jsonld.text(node.get(key)):
                    yield Found(value, value)
                    break

    return find


def _crumb(evidence: PageFacts) -> Iterator[Found]:
    """The last step of the breadcrumbs that is not the story itself; the first is the home page."""
    for kinds, node in evidence.kinds:
        if "BreadcrumbList" not in kinds:
            continue
        names = [name for item in jsonld.objects(node.get("itemListElement")) if (name := _crumb_name(item))]
        own = squeeze(evidence.headline.value) if evidence.headline is not None else ""
        steps = [name for name in names[1:] if squeeze(name) != own and len(name) < 40]
        if steps:
            yield Found(steps[-1], " › ".join(names))


def _crumb_name(item: jsonld.Node) -> str | None:
    inner = item.get("item")
    return jsonld.text(item.get("name")) or (
        jsonld.text(inner.get("name")) if isinstance(inner, dict) else None
    )


def _story_tags(evidence: PageFacts) -> Iterator[Found]:
    for node in evidence.stories:
        value = node.get("keywords")
        texts = jsonld.texts(value) + [
            name for item in jsonld.objects(value) if (name := jsonld.text(item.get("name")))
        ]
        if joined := _joined_tags(texts):
            yield Found(joined, ", ".join(texts))


def _meta_tags(evidence: PageFacts) -> Iterator[Found]:
    for names in (("article:tag",), ("news_keywords",), ("parsely-tags", "sailthru.tags"), ("keywords",)):
        texts = [content for _, content in evidence.meta(*names)]
        if joined := _joined_tags(texts):
            yield Found(joined, ", ".join(texts))


def _row_tags(evidence: PageFacts) -> Iterator[Found]:
    stated = evidence.page.stated
    if stated is not None and (joined := _joined_tags(stated.tags)):
        yield Found(joined, ", ".join(stated.tags))


def _envelope_tags(evidence: PageFacts) -> Iterator[Found]:
    if (value := evidence.page.envelope.get("tags")) and (joined := _joined_tags([value])):
        yield Found(joined, value)


def _joined_tags(texts: Iterable[str]) -> str:
    tags = (" ".join(tag.split()) for text in texts for tag in re.split(r"[,;|]", text))
    seen: dict[str, str] = {}
    for tag in tags:
        if tag and len(tag) < 80:
            seen.setdefault(tag.casefold(), tag)
    return PARTING.join(list(seen.values())[:_MOST_TAGS])


def _story_image(evidence: PageFacts) -> Iterator[Found]:
    for node in evidence.stories:
        for key in ("image", "thumbnailUrl"):
            value = node.get(key)
            item = value[0] if isinstance(value, list) and value else value
            if isinstance(item, dict):
                item = jsonld.named(item, evidence.index).get("url") or item.get("contentUrl")
            if (address := jsonld.text(item)) and (whole := _whole(evidence, address)):
                yield Found(whole, address)
                break


def _meta_image(evidence: PageFacts) -> Iterator[Found]:
    for _, content in evidence.meta(
        "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"
    ):
        if whole := _whole(evidence, content):
            yield Found(whole, content)


def _whole(evidence: PageFacts, address: str) -> str | None:
    """An absolute address of the web, or None."""
    address = address.strip()
    absolute = address.startswith(("https://", "http://"))
    if absolute and not _ODD.search(address):
        return address if address.partition("://")[2][:1] not in ("", "/", "?", "#") else None
    try:
        whole = address if absolute else urljoin(evidence.address or "", address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.netloc and " " not in whole else None


def _publisher(evidence: PageFacts) -> Iterator[Found]:
    for node in (*evidence.stories, *evidence.webpages):
        for name in jsonld.names(node.get("publisher"), evidence.index):
            yield Found(name, name)


def _website(evidence: PageFacts) -> Iterator[Found]:
    for kinds, node in evidence.kinds:
        if "WebSite" in kinds and (name := jsonld.text(node.get("name"))):
            yield Found(name, name)


def _outlet_name(evidence: PageFacts) -> Iterator[Found]:
    if evidence.outlet is not None:
        yield Found(evidence.outlet.title, evidence.outlet.name)


def _canonical(evidence: PageFacts) -> Iterator[Found]:
    """The canonical link if it is a page of its own: some sites call every page the home page."""
    for address in evidence.page.links.get("canonical", ()):
        whole = _whole(evidence, address)
        if whole and bare_address(whole):
            yield Found(whole, address)


def _meta_address(evidence: PageFacts) -> Iterator[Found]:
    for _, content in evidence.meta("og:url"):
        if (whole := _whole(evidence, content)) and bare_address(whole):
            yield Found(whole, content)


def _story_address(evidence: PageFacts) -> Iterator[Found]:
    for node in evidence.stories:
        for key in ("url", "mainEntityOfPage"):
            value = node.get(key)
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")
            if (raw := jsonld.text(value)) and (whole := _whole(evidence, raw)) and bare_address(whole):
                yield Found(whole, raw)
                break


def _given(evidence: PageFacts) -> Iterator[Found]:
    if evidence.page.url:
        yield Found(evidence.page.url, evidence.page.url)


def _free(evidence: PageFacts) -> Iterator[Found]:
    for node in (*evidence.stories, *evidence.webpages):
        value = node.get("isAccessibleForFree")
        parts = [part.get("isAccessibleForFree") for part in jsonld.objects(node.get("hasPart"))]
        for said in (value, *parts):
            text = str(said).strip().lower() if isinstance(said, bool | str) else ""
            if text.rsplit("/", 1)[-1] in ("false", "true"):
                yield Found("false" if text.endswith("true") else "true", f"isAccessibleForFree: {said}")
                break


def _tier(evidence: PageFacts) -> Iterator[Found]:
    for name, content in evidence.meta(
        "article:content_tier", "og:article:content_tier", "tier", "content-tier"
    ):
        tier = content.strip().lower()
        if tier in ("free", "metered", "locked", "paid", "premium"):
            yield Found("false" if tier == "free" else "true", f"{name}: {content}")


TABLES: dict[str, tuple[Source, ...]] = {
    "url": (
        Source("rule", _outlet("url"), 20.0),
        Source("canonical", _canonical, 3.0),
        Source("og", _meta_address, 1.5),
        Source("jsonld", _story_address, 1.4),
        Source("given", _given, 1.0),
        Source(STATED, stated_from("url"), 1.0),
        Source("envelope", _envelope("url"), 1.0),
    ),
    "site": (
        Source("rule", _outlet("site"), 20.0),
        Source(STATED, stated_from("site"), 24.0),
        Source("og", _meta("og:site_name"), 3.0),
        Source("jsonld", _publisher, 2.5),
        Source("website", _website, 1.5, "jsonld"),
        Source(
            "meta", _meta("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"), 1.4
        ),
        Source("envelope", _envelope("site"), 1.0),
        Source("outlet", _outlet_name, 0.9),
    ),
    "summary": (
        Source("rule", _outlet("summary"), 20.0),
        Source(STATED, stated_from("summary"), 24.0),
        Source("jsonld", _story("description", "abstract"), 2.0),
        Source("og", _meta("og:description", "twitter:description"), 1.9),
        Source("meta", _meta("description", "dc.description", "dcterms.description"), 1.5, "og"),
        Source("envelope", _envelope("summary"), 1.0),
    ),
    "section": (
        Source("rule", _outlet("section"), 20.0),
        Source(STATED, stated_from("section"), 24.0),
        Source("jsonld", _story("articleSection"), 3.0),
        Source(
            "meta",
            _meta("article:section", "parsely-section", "og:article:section", "cxenseparse:section"),
            2.5,
        ),
        Source("breadcrumb", _crumb, 1.5),
        Source("envelope", _envelope("section"), 1.0),
    ),
    "tags": (
        Source("rule", _outlet("tags"), 20.0),
        Source(STATED, _row_tags, 24.0),
        Source("jsonld", _story_tags, 3.0),
        Source("meta", _meta_tags, 2.5),
        Source("envelope", _envelope_tags, 1.0),
    ),
    "image": (
        Source("rule", _outlet("image"), 20.0),
        Source(STATED, stated_from("image"), 24.0),
        Source("og", _meta_image, 3.0),
        Source("jsonld", _story_image, 2.5),
        Source("envelope", _envelope("image"), 1.0),
    ),
    "paywalled": (
        Source("jsonld", _free, 3.0),
        Source("meta", _tier, 2.0),
    ),
}


def _same(value: str) -> tuple[str, ...]:
    return (squeeze(value) or value,)


def _same_address(value: str) -> tuple[str, ...]:
    return (bare_address(value) or value,)


def resolve_about(field: str, evidence: PageFacts) -> Resolution:
    """`field` is a key of `TABLES`."""
    found = [(source, c) for source, c in gather(field, TABLES[field], evidence) if c.value.strip()]
    keys = _same_address if field in ("url", "image") else _same
    if field == "tags":
        return _tags(found)
    return decide(found, keys)


def _tags(found: Sequence[tuple[Source, Candidate]]) -> Resolution:
    """Tags do not contradict each other: the heaviest source's list wins whole."""
    ordered = sorted(found, key=lambda pair: -pair[0].weight)
    return Resolution(tuple(candidate for _, candidate in ordered))
