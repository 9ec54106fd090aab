"""What the rules of each outlet find in a corpus: which outlets, which rules hit, which fields are filled.

Enters: documents, rules. Leaves: a `Coverage`, and what fell against an earlier one: an outlet that
changed its layout shows as a rule that stopped finding anything. Look first at `cover`; what counts as a
fall is in `falls`.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.content import content_of
from cleaner.batch.inputs.documents import SKIPPED, Document, Entry, Problem, Unreadable
from cleaner.batch.inputs.listing import entries
from cleaner.batch.workers.forkserver import Job
from cleaner.batch.workers.pool import Failure, Pool
from cleaner.model import RESOLVED
from cleaner.pipeline import Cleaner
from cleaner.text.measure import words
from cleaner.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cleaner.batch.settings import Options, Settings

TOLERANCE = 0.1
# One-sided, 5 %: of twenty shares that are the same, one seems to have fallen by chance.
_CHANCE = 1.645
# Fewer pages say nothing about a mean.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """One page: `hits` are the finds of each rule of its outlet, by `<file>/<name>`; `removed` is the
    share of its characters that was taken out (0.0 to 1.0).
    """

    outlet: str | None
    is_article: bool
    fields: tuple[str, ...]
    hits: Mapping[str, int]
    removed: float
    words: int


@dataclass(slots=True)
class Mean:
    """A mean as it comes in, with what its spread needs."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        self.squares += value * value

    @property
    def value(self) -> float:
        return self.total / self.count if self.count else 0.0

    @property
    def variance(self) -> float:
        return max(0.0, self.squares / self.count - self.value**2) if self.count else 0.0


@dataclass(slots=True)
class OutletCoverage:
    """Counts over the pages of one outlet. `rules` are pages on which the rule found something, `hits` all
    that it found.
    """

    pages: int = 0
    articles: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    removed: Mean = field(default_factory=Mean)
    words: Mean = field(default_factory=Mean)

    def add(self, seen: Seen) -> None:
        self.pages += 1
        self.articles += seen.is_article
        self.fields.update(seen.fields)
        for rule, count in seen.hits.items():
            self.rules[rule] += count > 0
            self.hits[rule] += count
        self.removed.add(seen.removed)
        self.words.add(seen.words)


@dataclass(slots=True)
class Coverage:
    """By outlet, None for pages of no outlet; `problems` are inputs without a record."""

    version: str = ""
    outlets: dict[str | None, OutletCoverage] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, seen: Seen) -> None:
        self.outlets.setdefault(seen.outlet, OutletCoverage()).add(seen)

    def ordered(self) -> list[tuple[str | None, OutletCoverage]]:
        """The outlets by name; pages of none come last."""
        return sorted(self.outlets.items(), key=lambda x: (x[0] is None, x[0] or ""))


@dataclass(frozen=True, slots=True)
class Fall:
    """What fell: `article`, `words`, `removed`, `pages`, `field date` or `rule dw.com/gallery`; shares of
    pages, except for `words` (mean a page), `removed` (mean share) and `pages` (a number).
    """

    outlet: str | None
    what: str
    before: float
    now: float


class Watcher:
    """A `Cleaner` that also says which rules of the outlet found something. Raises `RulesError`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cleaner = Cleaner(settings.rules, favor=settings.favor)
        self.version = f"{VERSION}+{self.cleaner.rules.version}"

    def __call__(self, document: Document) -> Seen | Unreadable:
        try:
            content = content_of(document, self.settings.fields)
        except Unreadable as error:
            return error
        trace = self.cleaner.trace(
            content.data,
            url=content.url,
            source=content.source,
            kind=self.settings.kind or content.kind,
            fetched=content.fetched,
            stated=content.stated,
        )
        article, page = trace.article, trace.page
        hits: Counter[str] = Counter()
        if page is not None and article.outlet is not None:
            for (path, _, label), count in self.cleaner.rules.outlet(article.outlet).fired(page).items():
                hits[f"{PurePath(path).stem}/{label}"] += count
        gone = sum(len(x.text) for x in article.removed)
        return Seen(
            article.outlet, article.status == "article", tuple(x for x in RESOLVED if getattr(article, x)),
            dict(hits), gone / (gone + len(article.body) or 1), words(article.body) if article.body else 0,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WatcherFactory:
    """Makes the `Watcher` in the process that will run it."""

    settings: Settings

    def __call__(self) -> Watcher:
        return Watcher(self.settings)


def cover(options: Options, watch: Callable[[Problem], None] = lambda _: None) -> Coverage:
    """Go through all inputs once, holding one page at a time a worker. `watch` is told of each input
    without a record. Raises `RulesError`.
    """
    found = Coverage()
    job = Job(WatcherFactory(options.settings), memory=options.memory)
    with Pool(job, workers=options.workers or os.cpu_count() or 1, timeout=options.timeout) as pool:
        found.version = pool.wait_ready() or ""
        tasks = pool.map(entries(options), label=_light, ready=lambda x: isinstance(x, Problem))
        for outcome in tasks:
            if isinstance(outcome.value, Seen):
                found.add(outcome.value)
                continue
            problem = _problem(outcome.label, outcome.value, outcome.failure)
            if problem.status != SKIPPED:
                found.problems.append(problem)
                watch(problem)
    return found


def _light(entry: Entry) -> Entry:
    """What to remember of an entry while it is in work: not its bytes."""
    return entry if isinstance(entry, Problem) else Document(entry.source)


def _problem(entry: Entry, value: object, failure: Failure | None) -> Problem:
    if isinstance(entry, Problem):
        return entry
    if failure is not None:
        return Problem(entry.source, "failed", failure.reason, failure.detail)
    if isinstance(value, Unreadable):
        return Problem(entry.source, "failed", value.reason, value.detail)
    raise TypeError(f"a worker answered {type(value).__name__}")


def falls(before: Coverage, now: Coverage, tolerance: float = TOLERANCE) -> list[Fall]:
    """What fell by more than `tolerance`, and by more than chance explains.

    Shares of pages fall by so many hundredths (0.1: from 90 % to below 80 %), mean words by such a share of
    themselves. Chance is the difference of two shares, or of two means, of samples as large as these
    (one-sided, 5 %): of few pages only a great fall counts. An outlet without any page now has fallen as a
    whole.
    """
    found = []
    for outlet, old in before.ordered():
        new = now.outlets.get(outlet)
        if new is None:
            found.append(Fall(outlet, "pages", float(old.pages), 0.0))
            continue
        found += [
            Fall(outlet, what, one / old.pages, other / new.pages)
            for what, one, other in _counts(old, new)
            if _share_fell(one, old.pages, other, new.pages, tolerance)
        ]
        found += _means(outlet, old, new, tolerance)
    return found


def _counts(old: OutletCoverage, new: OutletCoverage) -> Iterator[tuple[str, int, int]]:
    """What is counted by pages. A rule that is no more was taken out on purpose."""
    yield "article", old.articles, new.articles
    for name in RESOLVED:
        yield f"field {name}", old.fields[name], new.fields[name]
    for rule in sorted(old.rules):
        if rule in new.rules:
            yield f"rule {rule}", old.rules[rule], new.rules[rule]


def _share_fell(hits: int, pages: int, hits_now: int, pages_now: int, tolerance: float) -> bool:
    fell = hits / pages - hits_now / pages_now
    both = (hits + hits_now) / (pages + pages_now)
    return fell > tolerance and fell > _CHANCE * math.sqrt(both * (1 - both) * (1 / pages + 1 / pages_now))


def _means(outlet: str | None, old: OutletCoverage, new: OutletCoverage, tolerance: float) -> Iterator[Fall]:
    if min(old.pages, new.pages) < _FEW:
        return
    for what, one, other, least in (
        ("words", old.words, new.words, tolerance * old.words.value),
        ("removed", old.removed, new.removed, tolerance),
    ):
        fell = one.value - other.value
        error = math.sqrt(one.variance / one.count + other.variance / other.count)
        if fell > least and fell > _CHANCE * error:
            yield Fall(outlet, what, one.value, other.value)


def as_dict(found: Coverage) -> dict[str, Any]:
    """Ready for JSON; `from_dict` reads it back."""
    return {
        "version": found.version,
        "outlets": [
            {
                "outlet": name, "pages": one.pages, "articles": one.articles,
                "fields": {x: one.fields[x] for x in RESOLVED},
                "rules": {rule: [one.rules[rule], one.hits[rule]] for rule in sorted(one.rules)},
                "removed": [one.removed.total, one.removed.squares],
                "words": [one.words.total, one.words.squares],
            }
            for name, one in found.ordered()
        ],
        "failed": len(found.problems),
    }  # fmt: skip


def from_dict(data: Any) -> Coverage:  # noqa: ANN401 - JSON of somebody's file
    """Raises `ValueError` for what `as_dict` never made."""
    try:
        found = Coverage(str(data["version"]))
        for row in data["outlets"]:
            pages = int(row["pages"])
            if pages < 1:
                raise ValueError(f"{row['outlet']}: {pages} pages")
            found.outlets[row["outlet"]] = OutletCoverage(
                pages, int(row["articles"]), Counter({k: int(v) for k, v in row["fields"].items()}),
                Counter({k: int(v[0]) for k, v in row["rules"].items()}),
                Counter({k: int(v[1]) for k, v in row["rules"].items()}),
                Mean(pages, *map(float, row["removed"])), Mean(pages, *map(float, row["words"])),
            )  # fmt: skip
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"not a coverage that was saved: {type(error).__name__} {error}") from error
    return found
