"""The steps in order: read, outlet, headline, judge, fields, assemble.

A page whose judge finds no body is read once more with what its scripts hold, and goes the same way.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

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
    from collections.abc import Iterator, Mapping, Sequence
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
        stated: Mapping[str, Any] | None = None,
    ) -> Article:
        """One page in, one record out; never raises for what the page contains.

        `stated` is what the page's container says of it, by the record's names of the fields (`headline`,
        `date`, `modified`, `authors`, `language`, `site`, `url`, `section`, `tags`, `summary`, `image`,
        `fetched`), in whatever form a row holds it: `cleaner.fields.stated`. `container` names who says so.
        """
        with _undisturbed():
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
        fields = resolve(page, outlet, judgement, titles, fetched=fetched)
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


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for cyclic garbage meanwhile.

    All that a page makes lives as long as the page: looking through it time and again finds nothing, costs a
    median page 5 %, and made 40,000 paragraphs up to 14 times as dear as 4,000. Known cost: the switch is the
    process's, so the garbage of other threads waits too, and one of them that turns the collector off
    meanwhile finds it on again. Of pages in several threads the first to end turns it on.
    """
    if not gc.isenabled():
        yield
        return
    _paused.append(None)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        _paused.clear()


# Whether some page has the collector off, for a process that is forked in the midst of it.
_paused: list[None] = []


def _wake() -> None:
    if _paused:
        _paused.clear()
        gc.enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_wake)


_default: Cleaner | None = None


def clean(
    data: bytes | str,
    url: str | None = None,
    source: str | None = None,
    kind: InputKind | None = None,
    *,
    stated: Mapping[str, Any] | None = None,
) -> Article:
    """Clean one page with the bundled rules and those that `$CLEANER_RULES` and entry points add."""
    global _default
    if _default is None:
        _default = Cleaner()
    return _default.clean(data, url=url, source=source, kind=kind, stated=stated)
