"""A function from record batches of pages to record batches of records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.columns import (
    CONTENT_FIELDS,
    FETCHED_FIELDS,
    ID_FIELDS,
    URL_FIELDS,
    moment,
    pick,
)
from cleaner.batch.inputs.parquet import batch_of
from cleaner.model import Article
from cleaner.pipeline import Cleaner
from cleaner.records.assemble import stable_id
from cleaner.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.model import Favor, InputKind


@dataclass(frozen=True, slots=True)
class CleanBatch:
    """Clean every row of a batch: same number of rows, same order, the columns of `record_schema`.

    `content`, `url`, `id` and `fetched` (when the page was fetched: ISO 8601, or a column of timestamps)
    name columns; by default the first usual one that is there. The id column becomes the record's source. A
    null or a value that is no text gives a `rejected` record, and so does a fault of ours, so that one row
    never costs a batch. Picklable; each process that calls it loads the rules once.

    Raises `ValueError` for a batch without a column of content, `RulesError` for bad rules, `ImportError`
    without pyarrow.
    """

    content: str | None = None
    url: str | None = None
    id: str | None = None
    kind: InputKind | None = None
    rules: tuple[str, ...] = ()
    favor: Favor = "balanced"
    fetched: str | None = None

    def __call__(self, batch: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
        """A `pyarrow.RecordBatch` for a `RecordBatch` or a `Table`."""
        names = batch.schema.names
        content = pick(names, self.content, CONTENT_FIELDS)
        if content is None:
            raise ValueError(f"no column of content among {', '.join(names)}; name it: CleanBatch(content=…)")
        blank = [None] * batch.num_rows
        named = (
            content,
            pick(names, self.url, URL_FIELDS),
            pick(names, self.id, ID_FIELDS),
            pick(names, self.fetched, FETCHED_FIELDS),
        )
        columns = [batch.column(name).to_pylist() if name else blank for name in named]
        return batch_of([self._article(*row).to_dict() for row in zip(*columns, strict=True)])

    def over(self, batches: Iterable[Any]) -> Iterator[Any]:
        """One batch for each, as `mapInArrow` wants it."""
        return map(self, batches)

    def _article(self, data: object, url: object, ident: object, when: object) -> Article:
        cleaner = _cleaner(self.rules, self.favor)
        address = url if isinstance(url, str) and url else None
        source = None if ident is None else str(ident)
        fetched = moment(when)
        reason = "no-content"
        if isinstance(data, str | bytes):
            try:
                return cleaner.clean(data, address, source, self.kind, fetched=fetched)
            except Exception as error:  # noqa: BLE001 - as in a worker: one page's fault is that page's
                reason = f"error: {type(error).__name__}: {error}"[:200]
        version = f"{VERSION}+{cleaner.rules.version}"
        name = stable_id(address, source, "")
        return Article(
            id=name, status="rejected", reason=reason, version=version, source=source, url=address,
            fetched=fetched,
        )  # fmt: skip


@lru_cache(maxsize=4)
def _cleaner(rules: tuple[str, ...], favor: Favor) -> Cleaner:
    return Cleaner(rules, favor=favor)
