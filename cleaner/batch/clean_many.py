"""`clean_many`: the batch engine over any iterable."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.content import row_content
from cleaner.batch.inputs.documents import Unreadable
from cleaner.batch.settings import ColumnNames
from cleaner.batch.worker import preload, warm
from cleaner.batch.workers.forkserver import Job
from cleaner.batch.workers.pool import Failure, Pool
from cleaner.model import Article
from cleaner.pipeline import Cleaner
from cleaner.records.assemble import stable_id
from cleaner.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

PageInput = bytes | str | Mapping[str, Any]
_KEYS = frozenset({"data", "url", "source", "kind", "fetched", "stated"})
_NO_CONTENT = "no-content"


@dataclass(frozen=True, slots=True)
class _Cleaning:
    cleaner: Cleaner

    def __call__(self) -> Callable[[dict[str, Any]], dict[str, Any]]:
        warm(self.cleaner)
        return _Clean(self.cleaner)


class _Clean:
    """Gives articles as dicts: to unpickle one as it is, object by object, costs the parent 0.9 ms, a dict
    and what is made of it 0.15.
    """

    def __init__(self, cleaner: Cleaner) -> None:
        self._cleaner = cleaner

    def __call__(self, page: dict[str, Any]) -> dict[str, Any]:
        return self._cleaner.clean(**page).to_dict(candidates=True)

    def preload(self) -> None:
        """Called by `forkserver.main` between forks, so that the workers to come share what it loads."""
        preload()


def clean_many(
    pages: Iterable[PageInput],
    workers: int | None = None,
    *,
    cleaner: Cleaner | None = None,
    timeout: float = 10.0,
    memory: int = 2**30,
) -> Iterator[Article]:
    """Clean each page in worker processes; articles come in the order of the pages, one for each.

    A page is bytes or str, or a mapping of `clean`'s arguments: `data`, and `url`, `source`, `kind`,
    `fetched` or `stated`. A mapping without `data` is a row of a data set: its text, address, title, date and
    so on are found by their usual names; a row without a text is a `rejected` article, `no-content`.
    The iterable is read only when there is room, so endless ones and large ones are fine. A page that takes
    more than `timeout` seconds of CPU time or `memory` bytes, or kills its worker, is a `rejected` article
    whose reason says so. `workers` is all cores by default.
    Raises `TypeError` for a page of another type, `ValueError` for fewer than one worker. Costs 0.4 s to
    start.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    cleaner = cleaner or Cleaner()
    version = f"{VERSION}+{cleaner.rules.version}"
    job = Job(_Cleaning(cleaner), memory=memory)
    with Pool(job, workers=workers or os.cpu_count() or 1, timeout=timeout) as pool:
        for outcome in pool.map(map(_page, pages), label=_faulty, ready=_is_faulty):
            if outcome.label is not None:
                yield _rejected({"data": "", **outcome.label}, Failure(_NO_CONTENT, ""), version)
            elif outcome.failure is None:
                yield Article.from_dict(outcome.value)
            else:
                yield _rejected(outcome.task, outcome.failure, version)


def _page(page: PageInput) -> dict[str, Any]:
    if isinstance(page, bytes | str):
        return {"data": page}
    if not isinstance(page, Mapping):
        raise TypeError(f"a page is bytes, str or a mapping, not {type(page).__name__}")
    if "data" not in page:
        return _row(page)
    unknown = set(page) - _KEYS
    if unknown:
        raise TypeError(f"a page's keys are {', '.join(sorted(_KEYS))}, not {', '.join(map(str, page))}")
    return dict(page)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `clean` for a row; without `data` where it has no text."""
    try:
        content = row_content(row, "", ColumnNames())
    except Unreadable:
        url = row.get("url")
        return {"url": url if isinstance(url, str) else None}
    return {
        "data": content.data, "url": content.url, "source": content.source.removeprefix("#") or None,
        "kind": content.kind, "fetched": content.fetched, "stated": content.stated,
    }  # fmt: skip


def _is_faulty(page: Mapping[str, Any]) -> bool:
    return "data" not in page


def _faulty(page: dict[str, Any]) -> dict[str, Any] | None:
    """What an outcome remembers: a row without a text; of any other page nothing."""
    return page if _is_faulty(page) else None


def _rejected(page: dict[str, Any], failure: Failure, version: str) -> Article:
    url, source = page.get("url"), page.get("source")
    ident = stable_id(url, source, page["data"])
    return Article(
        id=ident, status="rejected", reason=failure.reason, version=version, source=source, url=url,
        fetched=page.get("fetched"),
    )  # fmt: skip
