"""Parquet rows to documents, records to Parquet, and the record's typed schema (pyarrow, the `parquet`
extra).
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.batch.inputs.documents import FAILED, Entry, Problem, Unreadable
from cleaner.batch.inputs.row_documents import check_columns, row_entry
from cleaner.batch.inputs.streams import optional
from cleaner.model import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.batch.settings import ColumnNames
    from cleaner.model import Form

_BATCH = 64  # rows read at once: pages are large
_LARGE, _RATIO = 2**26, 400  # bytes of a row group that may be a bomb; pages shrink to a tenth, rarely a 50th


def rows(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
    """One entry a row. Raises `MissingExtra` without pyarrow, `Unreadable` for a bad file or a table without
    a column of content. Columns of numbers in lists (embeddings) are not read.
    """
    parquet = optional("pyarrow.parquet", "a Parquet file", "parquet")
    arrow = optional("pyarrow", "a Parquet file", "parquet")
    try:
        table = parquet.ParquetFile(stream)
        schema = table.schema_arrow
        names = _distinct(schema.names)
        check_columns(names, fields.content)
        kinds = {field.name: field.type for field in schema}
        columns = [name for name in names if not _is_vector(arrow.types, kinds[name])]
        _check_footer(table.metadata, columns)
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            for row in _rows_of(batch):
                number += 1
                if isinstance(row, str):
                    yield Problem(f"{source}#{number}", FAILED, "bad-value", row)
                else:
                    yield row_entry(row, source, number)
    except arrow.ArrowException as error:
        raise Unreadable("bad-parquet", str(error).splitlines()[0][:200]) from error


def _distinct(names: Sequence[str]) -> list[str]:
    """The names that stand for one column: of a name that stands for two nobody can say which is meant."""
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


def _rows_of(batch: Any) -> Iterator[dict[str, Any] | str]:  # noqa: ANN401
    """The rows; for one with a value that cannot be read, such as text that is no UTF-8, what is wrong."""
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError):
        for at in range(batch.num_rows):
            try:
                yield batch.slice(at, 1).to_pylist()[0]
            except (ValueError, OverflowError) as error:
                yield str(error)[:200]


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
