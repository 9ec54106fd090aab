"""A function from record batches of pages to record batches of records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.content import row_content, row_identity
from cleaner.batch.inputs.documents import Unreadable
from cleaner.batch.inputs.parquet import batch_of
from cleaner.batch.inputs.row_documents import as_row
from cleaner.batch.inputs.row_keys import has_content
from cleaner.batch.settings import ColumnNames
from cleaner.model import Article
from cleaner.pipeline import Cleaner
from cleaner.read.decode import decode
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
    other columns with usual names (title, date, authors, site…) are what the row states of the page. A
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
        if not has_content(names, self.content):
            raise ValueError(f"no column of content among {', '.join(names)}; name it: CleanBatch(content=…)")
        return batch_of([self._article(row).to_dict() for row in batch.to_pylist()])

    def over(self, batches: Iterable[Any]) -> Iterator[Any]:
        """One batch for each, as `mapInArrow` wants it."""
        return map(self, batches)

    def _article(self, values: dict[str, Any]) -> Article:
        cleaner = _cleaner(self.rules, self.favor)
        fields = ColumnNames(self.content, self.url, self.id, self.fetched)
        url = source = fetched = None
        try:
            content = row_content(as_row(values), "", fields)
            url, source, fetched = content.url, content.source.removeprefix("#") or None, content.fetched
            return cleaner.clean(
                _as_it_came(content.data, values),
                url,
                source,
                self.kind or content.kind,
                fetched=fetched,
                stated=content.stated,
            )
        except Unreadable as error:
            reason = error.reason
        except Exception as error:  # noqa: BLE001 - as in a worker: one page's fault is that page's
            reason = f"error: {type(error).__name__}: {error}"[:200]
        if reason == "no-content":
            url, source, fetched = row_identity(as_row(values), fields)
        version = f"{VERSION}+{cleaner.rules.version}"
        name = stable_id(url, source, "")
        return Article(
            id=name, status="rejected", reason=reason, version=version, source=source, url=url,
            fetched=fetched,
        )  # fmt: skip


def _as_it_came(text: str | bytes, values: dict[str, Any]) -> str | bytes:
    """The bytes of a binary column, whose refusal is by name; the text of any other."""
    raw = (value for value in values.values() if isinstance(value, bytes))
    return next((value for value in raw if decode(value)[0] == text), text)


@lru_cache(maxsize=4)
def _cleaner(rules: tuple[str, ...], favor: Favor) -> Cleaner:
    return Cleaner(rules, favor=favor)
