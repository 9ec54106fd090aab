"""The formats that are read: one row each, and nowhere else a list of them.

Enters: a file. Leaves: its documents. Look first at `FORMATS`; a new format is a module with a `Reader` (the
signature and its terms stand in `readers.py`) and a row here, and then walks, archives, `clean --help` and
the docs know it. What a file is, its first bytes say (`cleaner.containers.detect`); `sorting.py` asks them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cleaner.batch.inputs import parquet, part_documents, readers, row_documents
from cleaner.batch.inputs.part_documents import parts_of
from cleaner.batch.inputs.row_documents import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.batch.inputs.readers import Reader

PACKINGS: Final = (".gz", ".zst", ".bz2", ".xz")


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    `kinds` are the names that `detect` gives to it; a format without any is known by its suffix alone. The
    reader gets the stream without its compression, unless it is not `inflated`. One that is not `packed`
    needs a file in which it can go back and forth: packed, or inside an archive, it is refused. A file
    `by_worker` is one page, which the worker reads that cleans it; an `archive` holds files of all other
    formats, and `sorting.py` opens it: of both `read` is None. `extra` is what `pip install 'cleaner[extra]'`
    must have brought; `help` is one line for people.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader | None
    help: str
    kinds: tuple[str, ...] = ()
    packed: bool = True
    inflated: bool = True
    by_worker: bool = False
    archive: bool = False
    extra: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A regular file: `path` to open it, `source` as records name it, `kind` the name of the format that its
    suffix promises, if any. One `given` by hand is read whatever its suffix; of a folder's, those of other
    kinds are passed over.
    """

    path: str
    source: str
    kind: str | None = None
    given: bool = True


FORMATS = (
    Format("page", (".html", ".htm", ".xhtml", ".txt", ".md", ".markdown"), None,
           "an HTML page, Markdown, or a text that some other tool extracted from a page",
           ("html", "text", "markdown"), by_worker=True),
    Format("lines", (".jsonl", ".ndjson"), readers.lines, "one JSON object a line", ("json-lines",)),
    Format("json", (".json",), row_documents.objects, "a JSON object, or one a line", ("json-object",)),
    Format("json-array", (), rows_of("json_rows"), "an array of JSON objects", ("json-array",)),
    Format("csv", (".csv", ".tsv", ".tab"), rows_of("csv_rows", columns=True),
           "a table, one row a page", ("csv", "tsv")),
    Format("table", (".parquet",), parquet.rows, "a table, one row a page", ("parquet",), packed=False,
           extra="parquet"),
    Format("arrow", (".arrow", ".feather"), rows_of("arrow_rows", columns=True),
           "an Arrow IPC table, one row a page", ("arrow",), packed=False, extra="parquet"),
    Format("warc", (".warc", ".wet", ".arc"), part_documents.web_archive,
           "a web archive, or the texts of one", ("warc", "arc"), inflated=False, extra="warc"),
    Format("wacz", (".wacz",), parts_of("zipped_pages", "wacz"), "web archives in a zip file", ("wacz",),
           packed=False, extra="warc"),
    Format("mail", (".mhtml", ".mht", ".eml", ".mbox"), parts_of("mime_pages", "parts"),
           "a page saved as MHTML, an e-mail newsletter, or many of them", ("mhtml", "eml")),
    Format("webarchive", (".webarchive",), parts_of("saved_pages", "web_archive_page"),
           "a page saved by Safari", ("plist",)),
    Format("maff", (".maff",), parts_of("zipped_pages", "maff"), "pages saved by Firefox", ("maff",),
           packed=False),
    Format("har", (".har",), parts_of("saved_pages", "har"), "what a browser fetched, with its pages",
           ("har",)),
    Format("epub", (".epub",), parts_of("zipped_pages", "epub"), "a book, one document a chapter", ("epub",),
           packed=False),
    Format("feed", (".rss", ".atom"), parts_of("feeds", "xml_feed"),
           "an RSS or Atom feed, or a WordPress export: one document an item", ("feed",)),
    Format("json-feed", (), parts_of("feeds", "json_feed"), "a JSON feed, one document an item",
           ("json-feed",)),
    Format("news", (".xml", ".nitf", ".newsml"), parts_of("news_exchange", "news_items"),
           "news exchange: NITF, NewsML-G2, RCV1, TEI", ("news-xml",)),
    Format("ninjs", (), parts_of("news_exchange", "ninjs"), "a ninjs item", ("ninjs",)),
    Format("press", (".rtf", ".docx"), parts_of("press_exports", "parts"),
           "an export of Nexis, Factiva, ProQuest, Gale or Europresse (text, RTF, docx, HTML, XML), one "
           "document an article; any other RTF or docx file", ("press-export", "rtf", "docx"),
           extra="office"),
    Format("sgml", (".sgml", ".sgm"), parts_of("sgml_collections", "collection"),
           "a collection as TREC or Gigaword write it (SGML), one document a DOC", ("sgml",)),
    Format("zip", (".zip",), None, "any of these in an archive", ("zip",), packed=False, archive=True),
    Format("tar", (".tar",), None, "any of these in an archive", ("tar",), archive=True),
    Format("tgz", (".tgz",), None, "any of these in an archive, packed", packed=False, archive=True),
)  # fmt: skip


def by_suffix(formats: Sequence[Format]) -> dict[str, Format]:
    """Every suffix that a name may end in, with its format."""
    packed = {s + p: f for f in formats if f.packed for s in f.suffixes for p in PACKINGS}
    return {s: f for f in formats for s in f.suffixes} | packed


def by_kind(formats: Sequence[Format]) -> dict[str, Format]:
    """Every kind that `detect` names and that is read, with its format."""
    return {kind: form for form in formats for kind in form.kinds}


_BY_SUFFIX = by_suffix(FORMATS)
_BY_KIND = by_kind(FORMATS)


def format_of(name: str) -> Format | None:
    """The format that a file's name promises, or None; of `a.tar.gz` both suffixes count."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix in PACKINGS:
        suffix = os.path.splitext(stem)[1] + suffix
    return _BY_SUFFIX.get(suffix)


def format_of_kind(kind: str) -> Format | None:
    """The format of what `detect` says, or None for what is refused."""
    return _BY_KIND.get(kind)


def kind_of(name: str) -> str | None:
    """The name of the format that a file's name promises, or None."""
    found = format_of(name)
    return found.name if found else None


def suffixes() -> tuple[str, ...]:
    """Of all formats, without the packed ones."""
    return tuple(suffix for form in FORMATS for suffix in form.suffixes)
