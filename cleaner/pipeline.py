"""The steps in order: read, outlet, headline, judge, fields, assemble."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

from cleaner.assemble import assemble, empty, rejected
from cleaner.fields import headlines, resolve
from cleaner.judge import judge
from cleaner.model import Article, Favor, InputKind
from cleaner.outlets import Rules
from cleaner.read import Refused, read


class Cleaner:
    """Rules compiled once, for many pages; picklable.

    `rules` are folders of the user's own rule files, which add to or override the bundled ones.
    """

    def __init__(
        self, rules: Sequence[str | PathLike[str]] = (), *, favor: Favor = "balanced"
    ) -> None:
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
        try:
            page = read(data, url=url, source=source, kind=kind)
        except Refused as refusal:
            return rejected(refusal, data=data, url=url, source=source, rules=self.rules)
        if not page.blocks:
            return empty(page, rules=self.rules)
        outlet = self.rules.match(page)
        titles = headlines(page, outlet)
        judgement = judge(page, outlet, self.rules.phrases, titles, self.favor)
        fields = resolve(page, outlet, judgement, titles, fetched=fetched)
        return assemble(page, outlet, judgement, fields, rules=self.rules)


_default: Cleaner | None = None


def clean(
    data: bytes | str,
    url: str | None = None,
    source: str | None = None,
    kind: InputKind | None = None,
) -> Article:
    """Clean one page with the bundled rules and those that `$CLEANER_RULES` and entry points add."""
    global _default
    if _default is None:
        _default = Cleaner()
    return _default.clean(data, url=url, source=source, kind=kind)
