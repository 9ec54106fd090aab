"""A file to its documents: its first bytes say what it is, its suffix only breaks ties.

Enters: a `File`, or an archive's member. Leaves: its documents, or by name why there are none. Look first at
`documents`, then at `choose`. Files of a folder and members of an archive that have an unknown suffix are
read only where their bytes leave no doubt (a mirror's pages without suffix, say); all others are passed over,
and counted.
"""

from __future__ import annotations

import io
import posixpath
import tempfile
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, cast

from cleaner.batch.inputs import readers
from cleaner.batch.inputs.documents import (
    FAILED,
    SKIPPED,
    STDIN,
    UNKNOWN_SUFFIX,
    Document,
    Entry,
    Problem,
    Unreadable,
    bounded,
)
from cleaner.batch.inputs.formats import PACKINGS, Format, format_of, format_of_kind
from cleaner.batch.inputs.streams import MissingExtra, opened, optional, peeked, reason_of, unpacked
from cleaner.containers.detect import HEAD, detect
from cleaner.containers.file_kinds import KINDS, Kind
from cleaner.model import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.inputs.formats import File
    from cleaner.batch.settings import ColumnNames
    from cleaner.model import InputKind

# What is read in a folder under any name. Text, tables and JSON are not: programs keep theirs everywhere.
UNDOUBTED: Final = frozenset([
    "html", "json-lines", "har", "json-feed", "ninjs", "parquet", "arrow", "warc", "arc", "wacz", "epub",
    "maff", "mhtml", "eml", "feed", "news-xml", "sgml", "press-export",
])  # fmt: skip
_LAYERS = 3  # compressions around one another that are undone
_OWN_PAGE = (b"<html", b"<!doctype")


class _Place(NamedTuple):
    """Where a stream comes from: its name, what records say, its path where a worker can open it, whether
    someone named it by hand, and whether it lies in an archive.
    """

    name: str
    source: str
    path: str | None
    given: bool
    inside: bool = False


def page_document(file: File) -> Document | None:
    """The document of a file that a worker opens itself: its name and its first bytes both say that it is a
    page. None for all else, which a reader has to look into. Never raises.
    """
    promised = format_of(file.path)
    if promised is None or not promised.by_worker:
        return None
    try:
        with opened(file.path) as raw:
            head = peeked(raw, HEAD)
    except (OSError, Unreadable):
        return None
    kind = detect(head, file.path)
    form = choose(kind, head, file.path, _Place(file.path, file.source, file.path, file.given))
    if kind.does == "unpack" or isinstance(form, Problem) or not form.by_worker:
        return None
    return Document(file.source, path=file.path, kind="markdown" if kind.name == "markdown" else None)


def documents(file: File, fields: ColumnNames) -> Iterator[Entry]:
    """All of one file. Any `Exception` becomes a `Problem`; what is worse, `MemoryError` too, is for the
    process that reads (`reader_process.py`).
    """
    try:
        yield from map(bounded, _documents(file, fields))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser's fault is the container's
        detail = f"{type(error).__name__}: {error}"[:500]
        yield bounded(Problem(file.source, FAILED, "bad-container", detail))


def _documents(file: File, fields: ColumnNames) -> Iterator[Entry]:
    is_stdin = file.path == STDIN
    place = _Place("" if is_stdin else file.path, file.source, None if is_stdin else file.path, file.given)
    try:
        with opened(file.path) as raw:
            yield from _told(raw, place, fields)
    except OSError as error:
        known = file.given or format_of(file.path) is not None
        yield Problem(file.source, FAILED if known else SKIPPED, "unreadable", reason_of(error))
    except Unreadable as error:
        yield Problem(file.source, FAILED, error.reason, error.detail)


def _told(stream: BinaryIO, place: _Place, fields: ColumnNames) -> Iterator[Entry]:
    """The entries of one file or member, at least one, and its own faults as the last of them."""
    found = False
    try:
        for entry in _read(stream, place, fields):
            found = True
            yield entry
        if not found:
            yield Problem(place.source, FAILED, "no-records", "a file of records that holds none")
    except Unreadable as error:
        yield Problem(place.source, FAILED, error.reason, error.detail)
    except MissingExtra as error:
        yield Problem(place.source, FAILED, "missing-extra", str(error))


def _read(raw: BinaryIO, place: _Place, fields: ColumnNames) -> Iterator[Entry]:
    name, head = place.name, peeked(raw, HEAD)
    promised = format_of(name)
    if promised is not None and not promised.inflated and detect(head).does == "unpack":
        yield from _of(promised)(raw, place.source, fields)  # its reader goes on after a damaged member
        return
    stream, layers = raw, 0
    while (kind := detect(head, name)).does == "unpack" and layers < _LAYERS:
        stream = _brotli(stream) if kind.name == "br" else unpacked(stream)
        name, head, layers = _stem(name), peeked(stream, HEAD), layers + 1
    form = choose(kind, head, name, place)
    if isinstance(form, Problem):
        yield form
    elif form.by_worker:
        yield _page(stream, place, "markdown" if kind.name == "markdown" else None)
    elif not form.inflated:
        if layers and place.path is not None and not place.inside:
            raw.seek(0)
            stream = raw
        yield from _of(form)(stream, place.source, fields)
    elif form.archive:
        yield from _archive(form, _seekable(stream, kind, layers, place), place, fields)
    else:
        stream = stream if form.packed else _seekable(stream, kind, layers, place)
        yield from _of(form)(stream, place.source, fields)


def choose(kind: Kind, head: bytes, name: str, place: _Place) -> Format | Problem:
    """The format in which a file is read, or the problem that it is."""
    promised, form = format_of(name), format_of_kind(kind.name)
    if promised is not None and _by_name(promised, kind, head, name):
        return promised
    if form is not None and (place.given or promised is not None or kind.name in UNDOUBTED):
        return form
    if place.given and kind.name == "empty":
        return cast("Format", format_of_kind("text"))
    if place.given or promised is not None:
        return Problem(place.source, FAILED, "refused", kind.refusal)
    suffix = posixpath.splitext(name)[1]
    return Problem(place.source, SKIPPED, UNKNOWN_SUFFIX, suffix if 1 < len(suffix) < 20 else "")


def _by_name(promised: Format, kind: Kind, head: bytes, name: str) -> bool:
    """Where the bytes tell nothing or only that they are text, and of formats that only their suffix tells;
    what the promised reader cannot read it says itself: lines of broken JSON are no story.
    """
    if kind.name in ("binary", "empty") or kind.does == "unpack":
        return True
    if kind.name == "text" and promised.name != "page":
        return True
    if promised.name == "page":
        return kind.name == "html" and _is_noted(name, head)
    return not promised.kinds and not promised.archive


def _is_noted(name: str, head: bytes) -> bool:
    """Markdown that begins with some HTML, a comment or a picture, is Markdown where its name says so."""
    return name.lower().endswith((".md", ".markdown")) and not any(
        mark in head[:2048].lower() for mark in _OWN_PAGE
    )


def _of(form: Format) -> readers.Reader:
    if form.read is None:
        raise TypeError(f"{form.name} has no reader")
    return form.read


def _page(stream: BinaryIO, place: _Place, kind: InputKind | None) -> Entry:
    """What a worker reads is not read here."""
    if place.path is not None and not place.inside:
        return Document(place.source, path=place.path, kind=kind)
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"more than {MAX_BYTES:,} bytes once inflated")
    return Document(place.source, data=data, kind=kind)


def _archive(form: Format, stream: BinaryIO, place: _Place, fields: ColumnNames) -> Iterator[Entry]:
    def members(member: BinaryIO, name: str, source: str) -> Iterator[Entry]:
        inner = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", member), HEAD))
        yield from _told(inner, _Place(name, source, None, given=False, inside=True), fields)

    open_archive = readers.zipped if form.name == "zip" else readers.tarred
    yield from open_archive(stream, place.source, members)


def _seekable(stream: BinaryIO, kind: Kind, layers: int, place: _Place) -> BinaryIO:
    """The stream as a file in which one can go back; standard input is copied to one for that. Raises
    `Unreadable` for what lies packed or in an archive.
    """
    if kind.name == "tar":
        if place.inside:
            raise Unreadable("refused", f"{kind.refusal} inside an archive: unpack it")
        return stream
    if layers or place.inside:
        where = "inside an archive" if place.inside else "packed once more"
        raise Unreadable("refused", f"{kind.refusal} {where}: unpack it")
    if place.path is not None:
        return stream
    copy = tempfile.TemporaryFile()
    while chunk := stream.read(2**20):
        copy.write(chunk)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _stem(name: str) -> str:
    stem, suffix = posixpath.splitext(name)
    if suffix.lower() == ".tgz":
        return f"{stem}.tar"
    return stem if suffix.lower() in (*PACKINGS, ".br") else name


def _brotli(stream: BinaryIO) -> BinaryIO:
    """A page packed with brotli, which has no mark of its own: only a suffix tells it."""
    brotli = optional("brotli", "a .br file", "warc")
    inflater, out = brotli.Decompressor(), bytearray()
    try:
        while len(out) <= MAX_BYTES and not inflater.is_finished():
            data = stream.read(2**16) if inflater.can_accept_more_data() else b""
            piece = inflater.process(data, output_buffer_limit=2**20)
            if not data and not piece:
                raise Unreadable("truncated-brotli", "ends before its end mark")
            out += piece
    except brotli.error as error:
        raise Unreadable("bad-brotli", str(error)) from error
    return io.BufferedReader(io.BytesIO(bytes(out)), HEAD)


def is_page(path: str) -> bool:
    """Whether a file named by hand, or standard input, is one page, told by its first bytes."""
    try:
        with opened(path) as raw:
            kind = detect(peeked(raw, HEAD), "" if path == STDIN else path)
    except (OSError, Unreadable):
        return False
    return kind.does != "unpack" and kind in (KINDS["html"], KINDS["text"], KINDS["markdown"])
