"""What a page says about itself, read once for all fields.

Enters: a `Page`, its outlet, what is known of the fetch. Leaves: `PageFacts`, whose parts are read when
first asked for.
"""

from __future__ import annotations

import re
from copy import copy
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from cleaner.fields import jsonld
from cleaner.fields.jsonld import bare_address, node_addresses
from cleaner.lazy import lazy
from cleaner.text.measure import ends_sentence, extent, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.fields.jsonld import Node
    from cleaner.judge import Judgement
    from cleaner.model import Block, Candidate, Page
    from cleaner.rules import Outlet

T = TypeVar("T")

# schema.org's kinds of story; everything that ends in "Article" or "Posting" counts as well.
_STORIES = frozenset(
    [
        "Report",
        "Review",
        "Recipe",
        "HowTo",
        "CreativeWork",
        "Claim",
        "ClaimReview",
        "Chapter",
        "Course",
        "PodcastEpisode",
        "VideoObject",
        "LearningResource",
        "Guide",
        "MedicalWebPage",
    ]
)
_PAGES = frozenset(["WebPage", "ItemPage", "AboutPage", "FAQPage", "CollectionPage"])
_ORGANISATIONS = ("Organization", "NewsMediaOrganization", "Corporation", "WebSite")
_SITE_METAS = (
    "og:site_name", "application-name", "apple-mobile-web-app-title", "al:android:app_name",
    "al:ios:app_name",
    "dc.publisher", "dcterms.publisher", "publisher",
)  # fmt: skip
# Sources of every field that read JSON-LD and nothing else.
_OF_JSONLD = frozenset(
    ["jsonld", "jsonld-stamp", "jsonld-page", "jsonld-created", "breadcrumb", "publisher", "website"]
)
_PROSE = 140
_SEARCHED = 600
_STANDFIRST = 10
# Lines of a head without prose after it, and words of a line that may still be a label or byline.
_HEAD = 8
_LONGEST_LABEL = 9
_LONGEST_META = 4000
_LONGEST_NAME = 300
_NOT_WORD = re.compile(r"[\W_]+")


def squeeze(text: str) -> str:
    """Letters and digits alone, casefolded: what is left when two spellings of one thing are compared."""
    return _squeezed(text) if len(text) < _LONGEST_NAME else _NOT_WORD.sub("", text.casefold())


# Names of a site and its authors come up again and again on a page; long texts would only fill memory.
@lru_cache(maxsize=1024)
def _squeezed(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())


def _story_rank(names: tuple[str, ...], node: Node) -> int:
    """0 for an article, 1 for another kind of story, 2 for a page about it, 3 for anything else."""
    if any(name.endswith(("Article", "Posting")) for name in names):
        return 0
    if any(name in _STORIES for name in names) and (node.get("headline") or node.get("datePublished")):
        return 1
    return 2 if any(name in _PAGES for name in names) else 3


class PageFacts:
    """The page and what follows from it. `judgement` and `headline` are None until they are known."""

    def __init__(self, page: Page, outlet: Outlet | None = None) -> None:
        self.page = page
        self.outlet = outlet
        self.judgement: Judgement | None = None
        self.headline: Candidate | None = None
        self.fetched: str | None = None
        self.agencies: list[str] = []
        self._read: dict[Callable[[PageFacts], Any], Any] = {}

    def judged(self, judgement: Judgement, headline: Candidate | None, fetched: str | None) -> PageFacts:
        """The same evidence, once the headline is chosen and the body judged."""
        after = copy(self)
        after._read, after.agencies = {}, []  # noqa: SLF001
        after.judgement, after.headline = judgement, headline
        after.fetched = fetched or self.page.envelope.get("fetched")
        return after

    def ask_outlet(self, field: str) -> Sequence[Candidate]:
        return self.outlet.candidates(self.page, field) if self.outlet is not None else ()

    def meta(self, *names: str) -> Iterator[tuple[str, str]]:
        """(name, content) of the metas that are there, in the order of the names."""
        metas = self.page.meta
        for name in names:
            for content in metas.get(name, ()):
                yield name, content[:_LONGEST_META]

    @property
    def stated_by(self) -> str:
        """The name of what states fields beside the page."""
        return self.page.stated.by if self.page.stated is not None else ""

    @lazy
    def unavailable(self) -> frozenset[str]:
        """Names of the sources that have nothing to read on this page."""
        names: set[str] = set()
        if self.outlet is None:
            names.add("rule")
        if not self.page.envelope:
            names.add("envelope")
        if self.page.stated is None:
            names.add("row")
        if not self.nodes:
            names |= _OF_JSONLD
        return frozenset(names)

    @lazy
    def nodes(self) -> list[Node]:
        return jsonld.nodes(self.page.jsonld) if self.page.jsonld else []

    @lazy
    def kinds(self) -> list[tuple[tuple[str, ...], Node]]:
        """The nodes with their types."""
        return [(jsonld.types(node), node) for node in self.nodes]

    @lazy
    def index(self) -> dict[str, Node]:
        return jsonld.by_id(self.nodes)

    @lazy
    def stories(self) -> list[Node]:
        """JSON-LD nodes that describe this story, the best first; of several articles, those with this
        page's address.
        """
        ranked = [(rank, node) for names, node in self.kinds if (rank := _story_rank(names, node)) < 2]
        if not ranked:
            return []
        least = min(rank for rank, _ in ranked)
        found = [node for rank, node in ranked if rank == least]
        if len(found) > 1:
            own = self.addresses
            found.sort(key=lambda node: 0 if own & node_addresses(node) else 1)
            named = [node for node in found if own & node_addresses(node)]
            found = named or found[:1]
        return found

    @lazy
    def webpages(self) -> list[Node]:
        return [node for names, node in self.kinds if _story_rank(names, node) == 2][:3]

    @lazy
    def address(self) -> str | None:
        """The page's own address: what the caller gave, else what the page says."""
        page = self.page
        for value in (
            page.url,
            *page.links.get("canonical", ()),
            *page.meta.get("og:url", ()),
            page.envelope.get("url"),
        ):
            if value and value.startswith(("http://", "https://", "//")):
                return value
        return None

    @lazy
    def addresses(self) -> set[str]:
        page = self.page
        values = (page.url, *page.links.get("canonical", ()), *page.meta.get("og:url", ()))
        return {bare for value in values if value and (bare := bare_address(value))}

    @lazy
    def host(self) -> str:
        """Host without `www.`; empty where no address is known."""
        try:
            host = urlsplit(self.address or "").hostname or ""
        except ValueError:
            return ""
        return host.removeprefix("www.")

    @lazy
    def site_names(self) -> dict[str, str]:
        """Names of the site by their squeezed form, as the page spells them."""
        names = [content for _, content in self.meta(*_SITE_METAS)]
        names += [content.lstrip("@") for _, content in self.meta("twitter:site")]
        if self.page.envelope.get("site"):
            names.append(self.page.envelope["site"])
        if self.page.stated is not None and (site := self.page.stated.values.get("site")):
            names.append(site)
        for kinds, node in self.kinds:
            if any(kind.endswith("Organization") or kind in _ORGANISATIONS for kind in kinds):
                names += jsonld.texts(node.get("name")) + jsonld.texts(node.get("alternateName"))
        for node in self.stories + self.webpages:
            names += jsonld.names(node.get("publisher"), self.index)
        if self.outlet is not None:
            names += [self.outlet.name, self.outlet.title]
        if host := self.host:
            labels = host.split(".")
            names.append(host)
            if len(labels) > 1:
                names.append(labels[-3] if labels[-2] in _SECOND_LEVEL and len(labels) > 2 else labels[-2])
                names.append(".".join(labels[-2:]))
        return {key: name for name in reversed(names) if name and (key := squeeze(name)) and len(name) < 80}

    @lazy
    def limit(self) -> datetime:
        """The moment no date may lie after: the fetch, else now."""
        now = datetime.now(UTC)
        if self.fetched:
            try:
                moment = datetime.fromisoformat(self.fetched)
                if len(self.fetched) <= 10:
                    moment = moment.replace(hour=23, minute=59, second=59)
            except ValueError:
                return now
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return now

    def once(self, read: Callable[[PageFacts], T]) -> T:
        """What `read` makes of this page, computed the first time it is asked for."""
        if read not in self._read:
            self._read[read] = read(self)
        return self._read[read]  # type: ignore[no-any-return]

    @lazy
    def near_rows(self) -> tuple[int, int]:
        """First and last row of the elements around the headline."""
        rows = [block.place.element for block in self.top if block.place is not None]
        return (min(rows), max(rows)) if rows else (0, -1)

    @lazy
    def start(self) -> int | None:
        """Index of the block where the story's head stands: the headline, else a heading of the first
        level.
        """
        if self.headline is not None:
            return self.headline.block
        return next((block.index for block in self.page.blocks if block.level == 1), None)

    @lazy
    def lead(self) -> int:
        """Index of the first prose after the headline that stands, a standfirst passed over.

        A standfirst is followed by a byline or date; the lead is followed by more prose. Where nothing is,
        the first prose is the lead: what follows it may be other stories.
        """
        start = self.start if self.start is not None else self._first_prose - 1
        prose = (block.index for block in self.page.blocks[start + 1 : start + 400] if self._stands(block))
        first = next(prose, None)
        if first is None:
            return self._lead_of_little(start)
        before = first
        for index in prose:
            if index - before == 1:
                return before
            if index - first > _STANDFIRST:
                break
            before = index
        return first

    def _lead_of_little(self, start: int) -> int:
        """Where no prose is long: the first sentence after the headline, or the end of what stands there."""
        head = self.page.blocks[start + 1 : start + 1 + _HEAD]
        for block in head:
            if block.level or (ends_sentence(block.text) and words(block.text) > _LONGEST_LABEL):
                return block.index
        return start + 1 + len(head)

    def _stands(self, block: Block) -> bool:
        """Whether a block is prose that the judgement left."""
        if len(block.text) < _PROSE // 2 or block.kind not in ("paragraph", "quote"):
            return False
        verdicts = self.judgement.verdicts if self.judgement is not None else ()
        verdict = verdicts[block.index] if block.index < len(verdicts) else None
        if verdict is not None and verdict.action == "remove":
            return False
        return extent(block.text) >= _PROSE and (block.place is None or block.place.linked < 0.4)

    @lazy
    def _first_prose(self) -> int:
        """Where no headline is shown: the first prose that more prose follows."""
        blocks = self.page.blocks[:_SEARCHED]
        prose = [
            block.index for block in blocks if block.kind == "paragraph" and extent(block.text) >= _PROSE
        ]
        return next((a for a, b in pairwise(prose) if b - a < 6), prose[0] if prose else 0)

    @lazy
    def top(self) -> list[Block]:
        """Blocks around the headline and before the lead, where bylines and datelines stand."""
        blocks = self.page.blocks
        if self.start is None:
            return list(blocks[max(0, self.lead - 12) : self.lead + 1])
        end = min(self.lead, self.start + 24)
        found = list(blocks[max(0, self.start - 6) : end])
        if self.lead > end:
            found += blocks[max(end, self.lead - 10) : self.lead]
        return found


_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "ne", "or"])
