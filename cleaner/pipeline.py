"""The steps in order: read, outlet, headline, judge, fields, assemble.

A page whose judge finds no body is read once more with what its scripts hold, and goes the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from cleaner.containers.capture_addresses import original
from cleaner.fields import headlines, resolve
from cleaner.fields.stated import read_stated
from cleaner.judge import Judgement, judge
from cleaner.read import Refused, read
from cleaner.read.decode import decode
from cleaner.read.script_state import is_bodiless, is_story, revive
from cleaner.records.assemble import assemble, rejected
from cleaner.rules import Rules
from cleaner.rules.apply.markup import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike
    from typing import Any

    from cleaner.fields.stated import Stated
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

    `rules` are folders of the user's own rule files, which add to or override the bundled ones. `now` is the
    moment, ISO 8601, that no date of a page may lie after which does not say when it was fetched; by default
    the clock's. With it, the same page gives the same record whenever it is cleaned.
    """

    def __init__(
        self, rules: Sequence[str | PathLike[str]] = (), *, favor: Favor = "balanced", now: str | None = None
    ) -> None:
        self.rules = Rules.load(rules)
        self.favor = favor
        self.now = now

    def clean(
        self,
        data: bytes | str,
        url: str | None = None,
        source: str | None = None,
        kind: InputKind | None = None,
        *,
        fetched: str | None = None,
        stated: Mapping[str, Any] | None = None,
    ) -> Article:
        """One page in, one record out; never raises for what the page contains.

        `stated` is what the page's container says of it, by the record's names of the fields (`headline`,
        `date`, `modified`, `authors`, `language`, `site`, `url`, `section`, `tags`, `summary`, `image`,
        `fetched`), in whatever form a row holds it: `cleaner.fields.stated`. `container` names who says so.
        """
        return self.trace(data, url=url, source=source, kind=kind, fetched=fetched, stated=stated).article

    def trace(
        self,
        data: bytes | str,
        *,
        url: str | None = None,
        source: str | None = None,
        kind: InputKind | None = None,
        fetched: str | None = None,
        stated: Mapping[str, Any] | None = None,
    ) -> Trace:
        """The very steps of `clean`, with what they passed on to each other."""
        given = read_stated(stated)
        if given is not None:
            url, fetched = url or given.values.get("url"), fetched or given.values.get("fetched")
        if url:  # of a copy: the page's own; when it was captured is when it was fetched, never its date
            url, captured = original(url)
            fetched = fetched or captured
            if given is not None and "url" in given.values:
                given = replace(given, values={**given.values, "url": url})
        try:
            page = read(data, url=url, source=source, kind=kind)
        except Refused as refusal:
            return Trace(
                rejected(refusal, given, data=data, url=url, source=source, fetched=fetched, rules=self.rules)
            )
        trace = self._judged(page, given, data, fetched)
        if page.kind == "html" and is_bodiless(trace.article.body):
            return self._revived(trace, page, given, data, fetched) or trace
        return trace

    def _judged(
        self,
        page: Page,
        given: Stated | None,
        data: bytes | str,
        fetched: str | None,
        shown: str | None = None,
    ) -> Trace:
        """A page read to its record; `shown` is its HTML where that is not what came in."""
        if given is not None:
            page = replace(page, stated=given)
        outlet = self.rules.match(page)
        if page.blocks:
            page = prepare(page, outlet, data if shown is None else shown)
        titles = headlines(page, outlet)
        if page.blocks:
            judgement = judge(page, outlet, self.rules.phrases, titles, self.favor)
        else:
            judgement = Judgement((), "empty", "no-text")
        fields = resolve(page, outlet, judgement, titles, fetched=fetched, now=self.now)
        article = assemble(page, outlet, judgement, fields, data=data, fetched=fetched, rules=self.rules)
        return Trace(article, page, judgement if page.blocks else None)

    def _revived(
        self, trace: Trace, page: Page, given: Stated | None, data: bytes | str, fetched: str | None
    ) -> Trace | None:
        """The page with the story that it keeps from who reads without scripts, if the judge calls it one."""
        found = revive(data if isinstance(data, str) else decode(data)[0])
        if found is None:
            return None
        try:
            again = read(found.html, url=page.url, source=page.source, kind="html")
        except Refused:
            return None
        anew = self._judged(replace(again, charset=page.charset), given, data, fetched, found.html)
        if not is_story(anew.article.body, trace.article.body):
            return None
        provenance = {**anew.article.provenance, "body": found.source}
        return replace(anew, article=replace(anew.article, provenance=provenance))


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
    stated: Mapping[str, Any] | None = None,
) -> Article:
    """Clean one page with the bundled rules and those that `$CLEANER_RULES` and entry points add.

    `fetched` is when the page was fetched, ISO 8601; `stated` what its container says of it, as for
    `Cleaner.clean`. Nothing of the process is changed: not the garbage collector, for one (docs/scale.md says
    what that costs a very long page).
    """
    return _default().clean(data, url=url, source=source, kind=kind, fetched=fetched, stated=stated)
