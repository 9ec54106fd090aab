"""Parquet rows to documents, records to Parquet, and the record's typed schema (pyarrow, the `parquet`
extra).
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.batch.inputs.columns import (
    CONTENT_FIELDS,
    FETCHED_FIELDS,
    ID_FIELDS,
    URL_FIELDS,
    moment,
    pick,
)
from cleaner.batch.inputs.documents import FAILED, Document, Entry, Problem, Unreadable
from cleaner.batch.inputs.readers import MAX_LINE
from cleaner.batch.inputs.streams import optional
from cleaner.model import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.batch.settings import ColumnNames
    from cleaner.model import Form

_BATCH = 64  # rows read at once: pages are large
_LARGE, _RATIO = 2**26, 400  # bytes of a row group that may be a bomb; pages shrink to a tenth, rarely a 50th


def rows(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
    """One entry a row. Raises `MissingExtra` without pyarrow, `Unreadable` for a bad file or a missing
    column.
    """
    parquet = optional("pyarrow.parquet", "a Parquet file", "parquet")
    arrow = optional("pyarrow", "a Parquet file", "parquet")
    try:
        table = parquet.ParquetFile(stream)
        names = _distinct(table.schema_arrow.names)
        content = pick(names, fields.content, CONTENT_FIELDS)
        if content is None:
            wanted = fields.content or f"one of {', '.join(CONTENT_FIELDS)}"
            raise Unreadable("no-content-column", f"columns are {', '.join(names)}; name one, not {wanted}")
        url, ident = pick(names, fields.url, URL_FIELDS), pick(names, fields.id, ID_FIELDS)
        fetched = pick(names, fields.fetched, FETCHED_FIELDS)
        columns = list(dict.fromkeys(name for name in (content, url, ident, fetched) if name))
        _check_footer(table.metadata, columns)
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            values = {name: batch.column(batch.schema.names.index(name)) for name in columns}
            for at in range(batch.num_rows):
                number += 1
                yield _row_at(values, at, source, number, (content, url, ident, fetched))
    except arrow.ArrowException as error:
        raise Unreadable("bad-parquet", str(error).splitlines()[0][:200]) from error


def _distinct(names: Sequence[str]) -> list[str]:
    """The names that stand for one column. Raises `Unreadable` for a usual one that stands for two."""
    counts = Counter(names)
    return [name for name in counts if counts[name] == 1]


def _check_footer(footer: Any, columns: Sequence[str]) -> None:  # noqa: ANN401 - pyarrow has no types
    """Refuse before reading what would be a bomb: by the footer, columns that take hundreds of times their
    size in the file.
    """
    for at in range(footer.num_row_groups):
        group = footer.row_group(at)
        chunks = [group.column(number) for number in range(group.num_columns)]
        chunks = [chunk for chunk in chunks if chunk.path_in_schema.partition(".")[0] in columns]
        large = sum(chunk.total_uncompressed_size for chunk in chunks)
        small = sum(chunk.total_compressed_size for chunk in chunks)
        if large > _LARGE and large > _RATIO * max(1, small):
            raise Unreadable("too-large", f"row group {at + 1} is {large:,} bytes once inflated")


def _row_at(
    values: Mapping[str, Any], at: int, source: str, number: int, names: tuple[str | None, ...]
) -> Entry:
    """One row; a value that cannot be read, such as text that is no UTF-8, is that row's fault."""
    try:
        content, url, ident, fetched = (values[name][at].as_py() if name else None for name in names)
    except (ValueError, OverflowError) as error:
        return Problem(f"{source}#{number}", FAILED, "bad-value", str(error)[:200])
    return row(f"{source}#{number if ident is None else ident}", content, url, fetched)


def row(source: str, content: object, url: object, fetched: object = None) -> Entry:
    """One value of a column as a document, or why it is none."""
    if not isinstance(content, str | bytes):
        return Problem(source, FAILED, "no-content", f"the content is {type(content).__name__}, not text")
    if len(content) > MAX_LINE:
        return Problem(source, FAILED, "too-large", f"{len(content):,} characters")
    address = url if isinstance(url, str) and url else None
    return Document(source, data=content, url=address, fetched=moment(fetched))


def record_schema() -> Any:  # noqa: ANN401 - a pyarrow.Schema
    """The native record as Arrow types; `provenance` is a list of pairs, for not every engine has maps.
    Candidates have no column: they are for people who look at one page.

    Raises `MissingExtra` without pyarrow.
    """
    pa = optional("pyarrow", "a Parquet file", "parquet")
    text, texts = pa.string(), pa.list_(pa.string())
    block = pa.struct([("kind", text), ("text", text)])
    removal = pa.struct([("index", pa.int32()), ("rule", text), ("text", text)])
    source = pa.struct([("field", text), ("source", text)])
    types: dict[Form, Any] = {
        "text": text, "status": text, "body": text, "texts": texts, "truth": pa.bool_(),
        "blocks": pa.list_(block), "provenance": pa.list_(source), "removals": pa.list_(removal),
    }  # fmt: skip
    columns = [(field.name, types[field.form]) for field in RECORD if field.form in types]
    return pa.schema([*columns, ("duplicate_of", text)])


def batch_of(records: Sequence[dict[str, Any]]) -> Any:  # noqa: ANN401 - a pyarrow.RecordBatch
    """Native records as one batch of `record_schema`; absent fields are null."""
    pa = optional("pyarrow", "a Parquet file", "parquet")
    schema = record_schema()
    columns = []
    for field in schema:
        values = [record.get(field.name) for record in records]
        if field.name == "provenance":
            values = [[{"field": k, "source": s} for k, s in (value or {}).items()] for value in values]
        columns.append(pa.array(values, type=field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def write_parquet(records: Iterable[dict[str, Any]], path: str, *, group: int = 2_000) -> None:
    """Records to one file, `group` rows a row group; whole on disk when this returns."""
    parquet = optional("pyarrow.parquet", "a Parquet file", "parquet")
    with open(path, "wb") as out:
        with parquet.ParquetWriter(out, record_schema(), compression="zstd") as writer:
            waiting: list[dict[str, Any]] = []
            for record in records:
                waiting.append(record)
                if len(waiting) == group:
                    writer.write_batch(batch_of(waiting))
                    waiting.clear()
            if waiting:
                writer.write_batch(batch_of(waiting))
        out.flush()
        os.fsync(out.fileno())
