"""Which outlets a page may come from: by its address, or by what its text gives away.

Enters: the heads of the rule files; a `Page`. Leaves: names, the most specific claim first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.rules.patterns.sets import PatternSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.model import Page
    from cleaner.rules.format.schema import RuleFile

_ARCHIVED = re.compile(
    r"https?://(?:web\.)?archive\.(?:org|today|is|ph)/(?:web/)?[0-9]{4,14}[a-z_]*/(?=https?://)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.]?([01]\d)[-/.]?([0-3]\d)(?!\d)")
_STATED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "og:published_time",
    "parsely-pub-date",
)


# Where a text shows the page's title; further down, "Otters - BBC News" is a line of somebody's references.
_FIRST_LINES = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """One host pattern of one outlet."""

    outlet: str
    path: str
    below: bool

    def holds(self, path: str, *, is_subdomain: bool) -> bool:
        return (is_subdomain or not self.below) and (not self.path or _glob(self.path, path))


class Hosts:
    """All claims by host; the longest host that fits wins, then the longest path."""

    __slots__ = ("_claims",)

    def __init__(self, heads: Iterable[RuleFile]) -> None:
        self._claims: dict[str, list[Claim]] = {}
        for head in heads:
            for pattern in head.hosts:
                host, slash, path = pattern.partition("/")
                below = host.startswith("*.")
                claim = Claim(head.name, slash + path, below)
                self._claims.setdefault(_ascii(host.removeprefix("*.")), []).append(claim)
        for claims in self._claims.values():
            claims.sort(key=lambda x: (-len(x.path.replace("*", "")), not x.below, x.outlet))

    def names(self, url: str) -> list[str]:
        """The outlets with the most specific claim to this address; several where layouts share it."""
        host, path = _split(url)
        for number, domain in enumerate(_suffixes(host)):
            below = number > 0 and host != f"www.{domain}"
            found = [x for x in self._claims.get(domain, ()) if x.holds(path, is_subdomain=below)]
            if found:
                best = (found[0].path, found[0].below)
                return [x.outlet for x in found if (x.path, x.below) == best]
        return []


class Signs:
    """All `recognise` patterns as one set."""

    __slots__ = ("_parents", "_set", "_signs")

    def __init__(self, heads: Iterable[RuleFile]) -> None:
        heads = list(heads)
        self._parents = {head.name: head.extends for head in heads if head.extends and head.recognise}
        self._signs = [(head.name, sign) for head in heads for sign in head.recognise]
        self._set = PatternSet(sorted({x for _, sign in self._signs for x in sign.patterns}), "exact")

    def names(self, page: Page) -> list[str]:
        """The outlets that most gives away: most signs, then those in the title or envelope."""
        if not self._signs:
            return []
        top = {n for text in _tops(page) for n in self._set.search(" ".join(text.split()))}
        lines = [x.text for x in page.blocks if x.kind != "envelope"]
        first = top.union(*(self._set.search(x) for x in lines[:_FIRST_LINES]))
        seen = first.union(*(self._set.search(x) for x in lines[_FIRST_LINES:]))
        found, above, titled = ({self._set.patterns[n] for n in hits} for hits in (seen, first, top))
        scores: dict[str, tuple[int, int]] = {}
        for name, sign in self._signs:
            if found.issuperset(sign.patterns) and above.issuperset(sign.top):
                signs, in_title = scores.get(name, (0, 0))
                own_title = bool(titled.intersection(sign.patterns))
                scores[name] = signs + len(sign.patterns), in_title + own_title
        own = dict(scores)
        for name in own.keys() & self._parents.keys():
            # A section's own sign says more than those of its house, which its pages bear as well.
            for parent in self._parents[name]:
                signs, in_title = own.get(parent, (0, 0))
                scores[name] = scores[name][0] + signs, scores[name][1] + in_title
        best = max(scores.values(), default=None)
        return sorted(x for x, score in scores.items() if score == best)


def addresses(page: Page) -> list[str]:
    """What says where the page comes from: the caller's URL, else the page's own."""
    stated = [page.url] if page.url else [
        *page.links.get("canonical", ()), *page.meta.get("og:url", ()), page.envelope.get("url", ""),
    ]  # fmt: skip
    return [x for x in stated if x and _split(x)[0]]


def stated_day(page: Page) -> date | None:
    """The day the page seems to be from, for choosing a layout; no field is ever filled from it."""
    stated = [x for key in _STATED for x in page.meta.get(key, ())]
    for text in (*stated, page.envelope.get("date", ""), page.url or "", page.title or ""):
        for year, month, day in _DAY.findall(text):
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                continue
    return None


def _tops(page: Page) -> Iterator[str]:
    if page.title:
        yield page.title
    yield from page.envelope.values()


def _split(url: str) -> tuple[str, str]:
    """Host and path of an address; a copy in a web archive is its original's."""
    url = _ARCHIVED.sub("", url.strip(), count=1)
    if "://" not in url:
        url = f"https://{url.lstrip('/')}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    return (_ascii(host.rstrip(".")), parts.path or "/") if "." in host else ("", "")


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _suffixes(host: str) -> Iterator[str]:
    labels = host.split(".")
    # No news site has more; a hostile address may.
    for start in range(max(0, len(labels) - 12), len(labels)):
        yield ".".join(labels[start:])


def _glob(pattern: str, path: str) -> bool:
    """Whether a path fits; without `*` the pattern stands for itself and all below it."""
    if "*" not in pattern:
        bare = pattern.rstrip("/")
        return path == bare or path.startswith(f"{bare}/")
    first, *middle, last = pattern.split("*")
    if not path.startswith(first) or len(path) < len(first) + len(last) or not path.endswith(last):
        return False
    at, end = len(first), len(path) - len(last)
    for part in middle:
        at = path.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True
