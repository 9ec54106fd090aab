"""What a worker does with one document: read, clean, filter, and write the record's bytes.

Enters: a `Document`. Leaves: a `CleanedPage`, whose bytes the parent only has to append, so that it keeps up
with many workers. Look first at `Worker.__call__`.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.batch import dedup as likeness
from cleaner.batch.inputs.content import content_of
from cleaner.batch.inputs.documents import STDIN, Document, Unreadable
from cleaner.batch.inputs.marks import mark_of
from cleaner.batch.inputs.streams import reason_of
from cleaner.model import RESOLVED
from cleaner.pipeline import Cleaner
from cleaner.records.file_shapes import SHAPES
from cleaner.records.native import as_dict, dumps
from cleaner.records.schemas import SCHEMAS
from cleaner.text.measure import words
from cleaner.version import VERSION

if TYPE_CHECKING:
    from cleaner.batch.inputs.marks import Mark
    from cleaner.batch.settings import Settings
    from cleaner.model import Article

_WARM_TEXT = "\n\n".join(
    f"The council of town {n} voted on Tuesday to open the bridge, and the mayor said it was about time."
    for n in range(12)
)
_WARM_PAGE = (
    "<!DOCTYPE html><html><head><title>A bridge is open</title></head><body><nav><a href=/>Home</a></nav>"
    "<article><h1>A bridge is open</h1><p>By Anna Example, 5 March 2024</p>"
    + "".join(f"<p>{line}</p>" for line in _WARM_TEXT.split("\n\n"))
    + "</article><footer>All rights reserved</footer></body></html>"
)


class CleanedPage(NamedTuple):
    """`line` is what the output gets, empty where `filtered` names the filter that took it; `ledger` one line
    of the ledger file or empty; `facts` the manifest's line; the fingerprints are empty without `dedup`.
    """

    id: str
    status: str
    reason: str | None
    filtered: str | None
    line: bytes
    ledger: bytes
    facts: bytes
    exact: bytes = b""
    near: bytes = b""


class Worker:
    """A `Cleaner` and its settings, callable on documents. Raises `RulesError` for a bad rule file."""

    def __init__(self, settings: Settings, cleaner: Cleaner | None = None) -> None:
        self.settings = settings
        self.cleaner = cleaner or Cleaner(settings.rules, favor=settings.favor, now=settings.now)
        self.version = f"{VERSION}+{self.cleaner.rules.version}"

    def preload(self) -> None:
        """Called by `forkserver.main` between forks, so that the workers to come share what it loads."""
        preload()

    def __call__(self, document: Document) -> CleanedPage | Unreadable:
        start = time.perf_counter()
        try:
            mark = mark_of(document.path) if document.path is not None else None
            content = content_of(document, self.settings.fields)
        except Unreadable as error:
            return error
        except OSError as error:
            return Unreadable("unreadable", reason_of(error))
        article = self.cleaner.clean(
            content.data,
            self.settings.url or content.url,
            None if content.source == STDIN else content.source,
            self.settings.kind or content.kind,
            fetched=content.fetched,
            stated=content.stated,
        )
        cut = content.stated.get("truncated") if content.stated else None
        return self._result(article, len(content.data), start, mark, cut)

    def _result(
        self, article: Article, size: int, start: float, mark: Mark | None, cut: str | None = None
    ) -> CleanedPage:
        settings = self.settings
        count = words(article.body) if article.body else 0
        filtered = self._filtered(article, count)
        content = near = b""
        if settings.dedup and article.status == "article" and not filtered:
            content, near = likeness.exact(article.body), likeness.near(article.body)
        facts: dict[str, Any] = {
            "source": article.source, "id": article.id, "status": article.status, "reason": article.reason,
            "outlet": article.outlet, "language": article.language, "words": count, "kept": len(article.body),
            "bytes": size, "fields": [name for name in RESOLVED if getattr(article, name)],
            "removed": _by_rule(article), "version": article.version,
        }  # fmt: skip
        if mark is not None:
            facts["file"] = list(mark)
        if cut:
            facts["truncated"] = cut
        if filtered:
            facts["filtered"] = filtered
        if content:
            facts["exact"], facts["near"] = content.hex(), near.hex()
        line = b"" if filtered else self._line(article)
        ledger = b"" if filtered or settings.ledger_file is None else _ledger(article)
        facts["ms"] = round((time.perf_counter() - start) * 1000, 2)
        return CleanedPage(
            article.id, article.status, article.reason, filtered, line, ledger, dumps(facts), content, near
        )

    def _filtered(self, article: Article, count: int) -> str | None:
        settings = self.settings
        if settings.statuses and article.status not in settings.statuses:
            return "status"
        if settings.languages and not _speaks(article.language, settings.languages):
            return "language"
        return "min-words" if count < settings.min_words else None

    def _line(self, article: Article) -> bytes:
        return SHAPES[self.settings.shape].write(article, lambda: self._view(article))

    def _view(self, article: Article) -> dict[str, Any]:
        settings = self.settings
        if settings.schema != "native":
            return SCHEMAS[settings.schema].view(article)
        record = as_dict(article, candidates=settings.candidates)
        if settings.ledger != "record":
            del record["removed"]
        return record


@dataclass(frozen=True, slots=True)
class Factory:
    """Makes the `Worker` in the process that will run it."""

    settings: Settings

    def __call__(self) -> Worker:
        worker = Worker(self.settings)
        warm(worker.cleaner)
        return worker


def preload() -> None:
    """Load what only some pages need, 110 MB and 0.8 s of it, once for all workers to come.

    None of it is needed: another release of a package that keeps it elsewhere only loads it later.
    """
    with suppress(ImportError, AttributeError):
        import_module("langdetect.detector_factory").init_factory()
    with suppress(ImportError, AttributeError):
        import_module("trafilatura.external").jt_stoplist_init()


def warm(cleaner: Cleaner) -> None:
    """Clean two small pages, so that what is loaded and compiled late is there before workers are forked.

    They then share it, and none of them does it again.
    """
    for page in (_WARM_PAGE, _WARM_TEXT):
        cleaner.clean(page)


def _speaks(language: str | None, wanted: tuple[str, ...]) -> bool:
    return language is not None and any(
        language.lower() == w.lower() or language.lower().startswith(w.lower() + "-") for w in wanted
    )


def _by_rule(article: Article) -> dict[str, list[int]]:
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for removal in article.removed:
        counts[removal.rule] += 1
        sizes[removal.rule] += len(removal.text)
    return {rule: [counts[rule], sizes[rule]] for rule in sorted(counts)}


def _ledger(article: Article) -> bytes:
    record = article.to_dict()
    return dumps({name: record[name] for name in ("id", "source", "removed")}) + b"\n"
