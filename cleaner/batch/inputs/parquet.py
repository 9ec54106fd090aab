"""Parquet rows to documents, records to Parquet, and the record's typed schema (pyarrow, the `parquet`
extra).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.batch.inputs.documents import Entry, Unreadable
from cleaner.batch.inputs.row_documents import check_columns, row_entry
from cleaner.batch.inputs.streams import optional
from cleaner.model import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.batch.settings import ColumnNames
    from cleaner.model import Form

_BATCH = 64  # rows read at once: pages are large


def rows(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
    """One entry a row. Raises `MissingExtra` without pyarrow, `Unreadable` for a bad file or a table without
    a column of content. Columns of numbers in lists (embeddings) are not read.
    """
    parquet = optional("pyarrow.parquet", "a Parquet file", "parquet")
    arrow = optional("pyarrow", "a Parquet file", "parquet")
    try:
        table = parquet.ParquetFile(stream)
        schema = table.schema_arrow
        check_columns(schema.names, fields.content)
        columns = [field.name for field in schema if not _is_vector(arrow.types, field.type)]
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield row_entry(row, source, number)
    except arrow.ArrowException as error:
        raise Unreadable("bad-parquet", str(error).splitlines()[0][:200]) from error


def _is_vector(types: Any, kind: Any) -> bool:  # noqa: ANN401 - of pyarrow
    listed = types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)
    return bool(listed and (types.is_floating(kind.value_type) or types.is_integer(kind.value_type)))


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
