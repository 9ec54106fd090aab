"""Rows of tables and of JSON to documents: one line of JSON each, for the worker to read.

Enters: a stream. Leaves: a `Document` a row, a `Problem` for each that cannot be read. Look first at
`rows_of`. Which field of a row is what stands in `row_aliases.py`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from cleaner.batch.inputs.documents import FAILED, Document, Entry, Problem, Unreadable
from cleaner.batch.inputs.readers import MAX_LINE, lines
from cleaner.batch.inputs.row_keys import has_content, listed_keys
from cleaner.containers.part import PartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.batch.inputs.readers import Reader
    from cleaner.batch.settings import ColumnNames


def rows_of(reader: str, *, columns: bool = False) -> Reader:
    """A reader of `cleaner.containers.rows` as a reader of documents. Rows of a table have `columns`,
    the same for all.
    """

    def documents(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
        read = getattr(import_module("cleaner.containers.rows"), reader)
        for number, row in enumerate(read(stream), 1):
            if columns and number == 1 and isinstance(row, dict):
                check_columns(tuple(row), fields.content)
            yield row_entry(row, source, number)

    return documents


def row_entry(row: Any, source: str, number: int) -> Entry:  # noqa: ANN401 - a mapping or a PartError
    """A row as a document, or why it is none."""
    name = f"{source}#{number}"
    if isinstance(row, PartError):
        return Problem(name if row.name else source, FAILED, row.reason, row.remedy)
    data = as_line(row)
    if len(data) > MAX_LINE:
        return Problem(name, FAILED, "too-large", f"{len(data):,} bytes in one row")
    return Document(name, data=data, form="json")


def check_columns(names: Sequence[str], wanted: str | None) -> None:
    """Raises `Unreadable` where no column of a table can hold the page: a word, not one for each row."""
    if not has_content(names, wanted):
        lacks = f"there is no column {wanted!r}" if wanted else "no column is known to hold the text"
        hint = "" if wanted else ". Name the right one with --content-field NAME"
        raise Unreadable("no-content-column", f"{lacks}; the columns are {listed_keys(names)}{hint}")


def as_line(row: Any) -> bytes:  # noqa: ANN401 - JSON values, and those of tables
    """One line of JSON; dates as ISO 8601, bytes as the page that they are."""
    try:
        return orjson.dumps(row, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, ValueError):  # numbers beyond 64 bits, lone surrogates
        return json.dumps(row, default=_plain).encode()


def as_row(row: dict[str, Any]) -> dict[str, Any]:
    """A table's row as JSON values: those that are read from files, and no others."""
    found: dict[str, Any] = json.loads(as_line(row))
    return found


def _plain(value: object) -> Any:  # noqa: ANN401
    if isinstance(value, bytes):
        return import_module("cleaner.read.decode").decode(value)[0]
    return float(value) if isinstance(value, Decimal) else str(value)


def objects(stream: BinaryIO, source: str, fields: ColumnNames) -> Iterator[Entry]:
    """An object a line, or one object over many lines: the first line decides, and is not waited beyond."""
    first = stream.readline(MAX_LINE + 1)
    while first and not first.strip():
        first = stream.readline(MAX_LINE + 1)
    if _is_object(first) or len(first) > MAX_LINE:
        yield from lines(stream, source, fields, (first,))
        return
    data = (first + stream.read(MAX_LINE + 1)).removeprefix(b"\xef\xbb\xbf").strip()
    if len(data) > MAX_LINE:
        yield Problem(source, FAILED, "too-large", f"an object of more than {MAX_LINE:,} bytes")
    elif data:
        yield Document(f"{source}#1", data=data, form="json")


def _is_object(line: bytes) -> bool:
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    return line.startswith(b'{"') and (line.endswith(b"}") or len(line) > 80)
