"""The steps in order: read, outlet, headline, judge, fields, assemble."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cleaner.fields import headlines, resolve
from cleaner.judge import Judgement, judge
from cleaner.read import Refused, read
from cleaner.records.assemble import assemble, empty, rejected
from cleaner.rules import Rules
from cleaner.rules.apply.markup import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from cleaner.model import Article, Favor, InputKind, Page


@dataclass(frozen=True, slots=True)
class Trace:
    """The record, the page it was made from, and the judgement on each of its blocks; None where it never
    came to that.
    """

    article: Article
    page: Page | None = None
    judgement: Judgement | None = None


class Cleaner:
    """Rules compiled once, for many pages; picklable.

    `rules` are folders of the user's own rule files, which add to or override the bundled ones.
    """

    def __init__(self, rules: Sequence[str | PathLike[str]] = (), *, favor: Favor = "balanced") -> None:
        self.rules = Rules.load(rules)
        self.favor = favor

    def clean(
        self,
        data: bytes | str,
        url: str | None = None,
        source: str | None = None,
        kind: InputKind | None = None,
        *,
        fetched: str | None = None,
    ) -> Article:
        """One page in, one record out; never raises for what the page contains."""
        return self.trace(data, url=url, source=source, kind=kind, fetched=fetched).article

    def trace(
        self,
        data: bytes | str,
        *,
        url: str | None = None,
        source: str | None = None,
        kind: InputKind | None = None,
        fetched: str | None = None,
    ) -> Trace:
        """The very steps of `clean`, with what they passed on to each other."""
        try:
            page = read(data, url=url, source=source, kind=kind)
        except Refused as refusal:
            return Trace(
                rejected(refusal, data=data, url=url, source=source, fetched=fetched, rules=self.rules)
            )
        if not page.blocks:
            return Trace(empty(page, data=data, fetched=fetched, rules=self.rules), page)
        outlet = self.rules.match(page)
        page = prepare(page, outlet, data)
        titles = headlines(page, outlet)
        judgement = judge(page, outlet, self.rules.phrases, titles, self.favor)
        fields = resolve(page, outlet, judgement, titles, fetched=fetched)
        article = assemble(page, outlet, judgement, fields, data=data, fetched=fetched, rules=self.rules)
        return Trace(article, page, judgement)


@cache
def _default() -> Cleaner:
    """Loaded by the first call; of threads that come at once each may load one, and all are alike."""
    return Cleaner()


def clean(
    data: bytes | str,
    url: str | None = None,
    source: str | None = None,
    kind: InputKind | None = None,
    *,
    fetched: str | None = None,
) -> Article:
    """Clean one page with the bundled rules and those that `$CLEANER_RULES` and entry points add.

    `fetched` is when the page was fetched, ISO 8601. Nothing of the process is changed: not the garbage
    collector, for one (docs/scale.md says what that costs a very long page).
    """
    return _default().clean(data, url=url, source=source, kind=kind, fetched=fetched)
