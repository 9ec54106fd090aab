"""Pages of one outlet as samples: read, judged by the generic rules alone, and surely of that outlet.

Enters: files, a host. Leaves: `SamplePage`s, or a `SampleError` that says which page is none and why.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from cleaner.pipeline import Cleaner, Trace
from cleaner.rules.apply.selectors import Rows
from cleaner.rules.format.folders import RuleSource, layers, sources
from cleaner.rules.format.schema import RuleFile
from cleaner.rules.library import Rules
from cleaner.rules.recognise import Hosts, addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.model import Article, Block, Page

_SAVED = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
_HEAD = 4096
# Of two pages that share more than this of their text one is a copy or an update of the other.
_SAME_STORY = 0.8


class SampleError(ValueError):
    """A page cannot serve as a sample; the message names it and says what to do."""


@dataclass(frozen=True)
class SamplePage:
    """One page, and what the generic rules make of it. `url` is what must be given with the page so that its
    outlet is known; None where the page itself says it.
    """

    path: str
    data: bytes
    url: str | None
    page: Page
    article: Article
    kept: frozenset[int]

    @property
    def name(self) -> str:
        return PurePath(self.path).name

    @property
    def is_html(self) -> bool:
        return self.page.tree is not None

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.page)

    def blocks(self, indices: Iterable[int]) -> list[Block]:
        return [self.page.blocks[i] for i in sorted(indices)]

    def mass(self, indices: Iterable[int]) -> int:
        """Characters of these blocks."""
        return sum(len(self.page.blocks[i].text) for i in indices)


def kept_of(trace: Trace) -> frozenset[int]:
    """Indices of the blocks that stand, whole or edited."""
    if trace.judgement is None:
        return frozenset()
    verdicts = enumerate(trace.judgement.verdicts)
    return frozenset(i for i, v in verdicts if v is None or v.action != "remove")


class Bench:
    """The generic rules, and drafts tried out on top of them."""

    def __init__(self) -> None:
        self._base = Cleaner()
        self._generic = [x for x in sources(layers()) if x.kind == "generic"]
        self.generic = self._with([])

    def known(self, host: str) -> list[str]:
        """Names of the rule files that already speak for the host."""
        page = f"https://{host}/"
        heads = [x.read() for x in sources(layers()) if x.kind == "outlet" and _may_claim(x, host)]
        return Hosts(heads).names(page)

    def drafted(self, name: str, text: str) -> Cleaner:
        """A cleaner that knows this one outlet. Raises `RulesError` for a bad file."""
        return self._with([RuleSource(name, "outlet", f"{name}.yaml", text.encode("utf-8", "replace"), 1)])

    def _with(self, own: list[RuleSource]) -> Cleaner:
        cleaner = copy(self._base)
        cleaner.rules = Rules([*self._generic, *own])
        return cleaner

    def sample(self, path: str, data: bytes, host: str) -> SamplePage:
        """Raises `SampleError` for a page of another host, or without a body."""
        url = _saved_from(data)
        first = self.generic.trace(data, url=url, source=path)
        if first.page is None:
            raise SampleError(f"{path}: is no page that can be read ({first.article.reason})")
        stated = addresses(first.page)
        claims = Hosts([RuleFile("this", "", "outlet", hosts=(host,))])
        if stated and not any(claims.names(x) for x in stated):
            raise SampleError(
                f"{path}: is from {stated[0]}, not from {host}; leave it out, or name its own host"
            )
        if not stated:
            url = f"https://{host.partition('/')[0].removeprefix('*.')}/{PurePath(path).stem}"
        trace = self.generic.trace(data, url=url, source=path)
        kept = kept_of(trace)
        if trace.page is None or not kept or trace.article.status in ("empty", "rejected"):
            reason = trace.article.reason or trace.article.status
            raise SampleError(f"{path}: no body found ({reason}); take the page of one story, saved whole")
        return SamplePage(path, data, url, trace.page, trace.article, kept)


def _may_claim(source: RuleSource, host: str) -> bool:
    """Whether the file's bytes name the host or a domain above it: reading them all would take a second."""
    labels = host.partition("/")[0].removeprefix("*.").split(".")
    return any(".".join(labels[n:]).encode() in source.data for n in range(len(labels) - 1))


def _saved_from(data: bytes) -> str | None:
    """The address that a browser wrote into the page when it saved it."""
    found = _SAVED.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def copies(samples: list[SamplePage]) -> list[tuple[SamplePage, SamplePage]]:
    """Pairs of samples that show the same story: what they share says nothing about the outlet."""
    found = []
    for n, one in enumerate(samples):
        for other in samples[:n]:
            keys = {x.key for x in other.blocks(other.kept)}
            same = [i for i in one.kept if one.page.blocks[i].key in keys]
            if one.mass(same) > _SAME_STORY * min(one.mass(one.kept), other.mass(other.kept)):
                found.append((other, one))
    return found
