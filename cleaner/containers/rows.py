"""Tables and JSON as rows: CSV, TSV, JSON lines, arrays and objects, Arrow IPC.

Enters: a binary stream. Leaves: a mapping a row, and a `PartError` for each that cannot be read.
Look first at
`READERS`. Memory is that of one row (of one record batch for Arrow), whatever the file's size.

Arrays are read with ijson, a dependency of two hundred kilobytes without any of its own: it is needed for
`[…]` files alone, which most JSON exports are, so it is no extra.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import orjson

from cleaner.containers.part import MAX_PART, MissingPackage, PartError, Unfit, package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_ROW: Final = 2 * MAX_PART + 2**20
_DELIMITERS: Final = ",;\t|"
_SAMPLE = 2**16


def _named(reader: Callable[[BinaryIO], Iterator[Any]]) -> Callable[[BinaryIO], Iterator[Any]]:
    """A reader whose faults become its last row."""

    def rows(stream: BinaryIO) -> Iterator[Any]:
        try:
            yield from reader(stream)
        except Unfit as error:
            yield PartError("", error.reason, error.remedy)
        except MissingPackage as error:
            yield PartError("", "missing-extra", str(error))
        except (OSError, ValueError, EOFError, csv.Error, RecursionError) as error:
            yield PartError("", "unreadable", f"{str(error)[:200]}: the file is damaged or of another kind")

    return rows


def _encoding(head: bytes) -> str:
    """By its mark, by the zero bytes of UTF-16, else UTF-8 or Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    if head[1:200:2].count(0) > 50:
        return "utf-16-le"
    if head[0:200:2].count(0) > 50:
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


class _Ahead(io.RawIOBase):
    """A stream with its head put back."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer
        got = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(got)] = got
        return len(got)


def _with_head(stream: BinaryIO) -> tuple[bytes, io.BufferedReader]:
    head = stream.read(_SAMPLE)
    return head, io.BufferedReader(_Ahead(head, stream), 2**18)


def _bounded_lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines for `csv`, which joins quoted ones itself: one without an end is given in pieces."""
    while line := text.readline(MAX_PART):
        yield line.replace("\0", "")


def delimiter(sample: str) -> str:
    """The mark that parts the header row into most names and as many cells in the rows below.

    Not `csv.Sniffer`: it takes letters for delimiters where fields are long texts.
    """

    def score(mark: str) -> tuple[int, int]:
        rows = [row for row in _cells(sample, mark) if row][:6]
        width = len(rows[0]) if rows else 0
        whole = rows[1:-1] or rows[1:]
        return (sum(len(row) == width for row in whole) if width > 1 else -1, width)

    return max(_DELIMITERS, key=score)


def _cells(sample: str, mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    except csv.Error:
        return


@_named
def csv_rows(stream: BinaryIO) -> Iterator[Any]:
    """The rows below the header row. A field beyond the size limit ends the table, by name."""
    csv.field_size_limit(MAX_ROW)
    head, whole = _with_head(stream)
    encoding = _encoding(head)
    text = io.TextIOWrapper(whole, encoding, errors="replace", newline="")
    mark = delimiter(head.decode(encoding, "replace"))
    rows = csv.reader(_bounded_lines(text), delimiter=mark)
    names = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
    if not any(names):
        yield PartError("", "no-records", "a table without a header row")
        return
    number = 0
    try:
        for row in rows:
            if not row:
                continue
            number += 1
            if len(row) > len(names) and any(row[len(names) :]):
                yield PartError(str(number), "bad-row", f"{len(row)} cells under {len(names)} names")
                continue
            yield dict(zip(names, row, strict=False))
    except csv.Error as error:
        yield PartError(str(number + 1), "bad-row", f"{error}: mend the quotes of this row")


@_named
def json_lines(stream: BinaryIO) -> Iterator[Any]:
    """An object a line, whatever the file's suffix; blank lines are none."""
    number = 0
    while line := stream.readline(MAX_ROW + 1):
        number += 1
        if len(line) > MAX_ROW:
            yield PartError(str(number), "too-large", f"a line of more than {MAX_ROW:,} bytes")
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_ROW)
            continue
        stripped = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).strip()
        if stripped:
            yield _object(stripped, str(number))


def _object(line: bytes, name: str) -> Any:  # noqa: ANN401 - a mapping or a PartError
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return PartError(name, "bad-json", str(error))
    return value if isinstance(value, dict) else PartError(name, "not-an-object", f"a {type(value).__name__}")


@_named
def json_rows(stream: BinaryIO) -> Iterator[Any]:
    """The objects of a JSON array, one at a time; or one object, or one a line."""
    head, whole = _with_head(stream)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(codecs.BOM_UTF8):
        whole.read(3)
    if not start.startswith(b"["):
        yield from _objects(whole)
        return
    ijson = package("ijson", "a JSON array", "all")
    number = 0
    try:
        for value in ijson.items(whole, "item", use_float=True):
            number += 1
            yield (
                value
                if isinstance(value, dict)
                else PartError(str(number), "not-an-object", type(value).__name__)
            )
    except ijson.JSONError as error:
        yield PartError(str(number + 1), "bad-json", str(error)[:200])
    if not number:
        yield PartError("", "no-records", "a JSON array without an object")


def _objects(whole: BinaryIO) -> Iterator[Any]:
    """One object over many lines, or an object a line: the first line decides."""
    first = whole.readline(MAX_ROW + 1)
    while first and not first.strip():
        first = whole.readline(MAX_ROW + 1)
    row = _object(first.strip(), "1")
    if not isinstance(row, PartError):
        yield row
        for found in json_lines(whole):
            yield (
                PartError(str(int(found.name) + 1), found.reason, found.remedy)
                if (isinstance(found, PartError) and found.name.isdigit())
                else found
            )
        return
    rest = first + whole.read(MAX_ROW + 1)
    if len(rest) > MAX_ROW:
        yield PartError("1", "too-large", f"an object of more than {MAX_ROW:,} bytes")
        return
    yield _object(rest.strip(), "1") if rest.strip() else PartError("", "no-records", "nothing in it")


@_named
def arrow_rows(stream: BinaryIO) -> Iterator[Any]:
    """The rows of an Arrow IPC file or stream (Feather 2 too). Raises nothing; needs the `parquet` extra."""
    arrow = package("pyarrow", "an Arrow file", "parquet")
    ipc = package("pyarrow.ipc", "an Arrow file", "parquet", "pyarrow")
    try:
        head, whole = _with_head(stream)
        if head.startswith(b"ARROW1"):
            stream.seek(0)
            table = ipc.open_file(stream)
            batches = (table.get_batch(at) for at in range(table.num_record_batches))
        else:
            batches = iter(ipc.open_stream(whole))
        for batch in batches:
            for at in range(0, batch.num_rows, 64):
                yield from batch.slice(at, 64).to_pylist()
    except arrow.ArrowException as error:
        yield PartError("", "bad-arrow", str(error).partition("\n")[0][:200])


READERS: Final[dict[str, Callable[[BinaryIO], Iterator[Any]]]] = {
    "csv": csv_rows,
    "tsv": csv_rows,
    "json-lines": json_lines,
    "json-array": json_rows,
    "json-object": json_rows,
    "arrow": arrow_rows,
}
