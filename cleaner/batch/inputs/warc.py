"""WARC and WET records to documents, with fastwarc (the `warc` extra).

Not datatrove's reader: it drops records whose payload libmagic misnames, without a word (212 of 362 in a
trial).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.batch.inputs.documents import FAILED, SKIPPED, Document, Entry, Problem, Unreadable
from cleaner.batch.inputs.streams import ZSTD, inflated, optional, unpacked
from cleaner.model import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.settings import ColumnNames

_TEXTUAL = ("text/", "application/xhtml", "application/xml")


def records(stream: BinaryIO, source: str, _: ColumnNames) -> Iterator[Entry]:
    """One entry for each response, resource or conversion. Raises `MissingExtra` without fastwarc.

    A fault in the archive's own structure ends it, under its own name; a truncated record is that record's.
    Gzip is left to fastwarc, which inflates record by record and goes on after a bad one.
    """
    warc = optional("fastwarc.warc", "a WARC file", "warc")
    stream = unpacked(stream, (ZSTD,))
    wanted = warc.WarcRecordType.response | warc.WarcRecordType.resource | warc.WarcRecordType.conversion
    try:
        for record in warc.ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
            name = record.headers.get("WARC-Record-ID") or record.headers.get("WARC-Target-URI") or "record"
            yield _entry(record, f"{source}#{name.strip('<>')}")
    except (OSError, ValueError, EOFError) as error:
        yield Problem(source, FAILED, "bad-warc", str(error) or type(error).__name__)


def _entry(record: Any, source: str) -> Entry:  # noqa: ANN401 - fastwarc has no types
    http = record.http_headers
    status = http.status_code if http is not None else None
    if status is not None and status != 200:
        return Problem(source, SKIPPED, "http-status", str(status))
    kind = (record.http_content_type or "").lower()
    if kind and not kind.startswith(_TEXTUAL):
        return Problem(source, SKIPPED, "not-a-page", kind)
    try:
        return _document(record, source, http)
    except Unreadable as error:
        return Problem(source, FAILED, error.reason, error.detail)
    except (OSError, ValueError, EOFError) as error:
        return Problem(source, FAILED, "bad-record", str(error) or type(error).__name__)


def _document(record: Any, source: str, http: Any) -> Document:  # noqa: ANN401
    stated = (record.headers.get("Content-Length") or "").strip()
    if not stated.isdigit():
        raise Unreadable("bad-record", f"Content-Length is {stated[:40]!r}")
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"more than {MAX_BYTES:,} bytes; {stated} are stated")
    encoded = http is not None and (http.get("Content-Encoding") or http.get("Transfer-Encoding"))
    if not encoded and len(data) < record.content_length:
        raise Unreadable("truncated-record", f"{len(data):,} of {record.content_length:,} bytes")
    url = record.headers.get("WARC-Target-URI")
    fetched = record.headers.get("WARC-Date")
    return Document(
        source, data=inflated(data), url=url.strip("<>") if url else None, fetched=fetched,
        charset=record.http_charset or None,
    )  # fmt: skip
