"""The kinds of files there are, the bytes they begin with, and the suffixes that break ties.

Enters: nothing. Leaves: `KINDS`, `MAGIC`, `SUFFIXES`. Look first at `KINDS`; what asks them is `detect.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Does = Literal["read", "unpack", "refuse"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: whether it is read, unpacked first, or refused, and then what to do about it."""

    name: str
    title: str
    does: Does = "read"
    remedy: str = ""

    @property
    def refusal(self) -> str:
        """The words for a person: what it is and what to do."""
        return f"this is {self.title}: {self.remedy}" if self.remedy else f"this is {self.title}"


def _refused(name: str, title: str, remedy: str) -> Kind:
    return Kind(name, title, "refuse", remedy)


_MEDIA = "it holds no article text; leave it out"
KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("html", "an HTML page"),
        Kind("text", "plain text"),
        Kind("markdown", "Markdown"),
        Kind("json-lines", "JSON lines"),
        Kind("json-array", "a JSON array"),
        Kind("json-object", "a JSON object"),
        Kind("har", "a HAR file"),
        Kind("json-feed", "a JSON feed"),
        Kind("ninjs", "a ninjs item"),
        Kind("csv", "a CSV table"),
        Kind("tsv", "a TSV table"),
        Kind("parquet", "a Parquet file"),
        Kind("arrow", "an Arrow IPC file"),
        Kind("warc", "a WARC file"),
        Kind("arc", "an ARC file"),
        Kind("wacz", "a WACZ file"),
        Kind("epub", "an EPUB book"),
        Kind("maff", "a MAFF page"),
        Kind("docx", "a Word document (docx)"),
        Kind("zip", "a zip file"),
        Kind("tar", "a tar file"),
        Kind("plist", "a property list (Safari .webarchive)"),
        Kind("mhtml", "a page saved as MHTML"),
        Kind("eml", "an e-mail message"),
        Kind("rtf", "an RTF file"),
        Kind("feed", "an RSS or Atom feed"),
        Kind("news-xml", "a news exchange file"),
        Kind("sgml", "TREC or Gigaword SGML"),
        Kind("press-export", "an export of a press database"),
        Kind("gzip", "gzip data", "unpack"),
        Kind("bz2", "bzip2 data", "unpack"),
        Kind("xz", "xz data", "unpack"),
        Kind("zstd", "zstd data", "unpack"),
        Kind("br", "brotli data", "unpack"),
        _refused(
            "xml", "an XML file of an unknown vocabulary", "turn it into HTML, text or JSON lines first"
        ),
        _refused("pdf", "a PDF", "extract its text first, e.g. with pdftotext"),
        _refused("doc", "an old Office file (doc, xls, ppt)", "save it as docx, text or CSV first"),
        _refused("xlsx", "an Excel workbook", "save the sheet as CSV first"),
        _refused("pptx", "a PowerPoint file", "save it as text first"),
        _refused("odt", "an OpenDocument file", "save it as docx or text first"),
        _refused("image", "an image", _MEDIA),
        _refused("audio", "an audio file", _MEDIA),
        _refused("video", "a video", _MEDIA),
        _refused("font", "a font", _MEDIA),
        _refused("7z", "a 7z archive", "unpack it first, e.g. with 7z x"),
        _refused("rar", "a RAR archive", "unpack it first, e.g. with unrar x"),
        _refused("lz4", "lz4 data", "unpack it first with lz4 -d"),
        _refused("sqlite", "an SQLite database", "export the table as CSV or JSON lines first"),
        _refused("avro", "an Avro file", "convert it to Parquet or JSON lines first"),
        _refused("orc", "an ORC file", "convert it to Parquet or JSON lines first"),
        _refused("pickle", "a Python pickle", "it could run code when loaded; write JSON lines instead"),
        _refused("program", "a program", "leave it out"),
        _refused("script", "a script or style sheet", "it holds no article text; leave it out"),
        _refused("empty", "an empty file", "there is nothing to read"),
        _refused("binary", "binary data of an unknown kind", "convert it to HTML, text or JSON lines first"),
    )
}

# (offset, bytes, kind); the first that fits. Figures: the formats' own specifications.
MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"\x5d\x2a\x4d\x18", "zstd"),
    (0, b"\x04\x22\x4d\x18", "lz4"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"WARC/", "warc"),
    (0, b"filedesc:", "arc"),
    (0, b"PAR1", "parquet"),
    (0, b"ARROW1", "arrow"),
    (0, b"%PDF-", "pdf"),
    (0, b"{\\rtf", "rtf"),
    (0, b"bplist0", "plist"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (0, b"SQLite format 3\x00", "sqlite"),
    (0, b"Obj\x01", "avro"),
    (0, b"ORC", "orc"),
    (0, b"\x89PNG", "image"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"GIF8", "image"),
    (0, b"II*\x00", "image"),
    (0, b"MM\x00*", "image"),
    (0, b"\x00\x00\x01\x00", "image"),
    (8, b"WEBP", "image"),
    (4, b"ftypavif", "image"),
    (4, b"ftyphei", "image"),
    (8, b"WAVE", "audio"),
    (8, b"AVI ", "video"),
    (4, b"ftypM4A", "audio"),
    (4, b"ftyp", "video"),
    (0, b"ID3", "audio"),
    (0, b"OggS", "audio"),
    (0, b"fLaC", "audio"),
    (0, b"\x1a\x45\xdf\xa3", "video"),
    (0, b"FLV\x01", "video"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"\x00\x01\x00\x00\x00", "font"),
    (0, b"OTTO\x00", "font"),
    (0, b"\x7fELF", "program"),
    (0, b"\x80\x02", "pickle"),
    (0, b"\x80\x03", "pickle"),
    (0, b"\x80\x04\x95", "pickle"),
    (0, b"\x80\x05\x95", "pickle"),
    (257, b"ustar", "tar"),
)
SUFFIXES: Final[dict[str, str]] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".br": "br",
    ".jsonl": "json-lines",
    ".ndjson": "json-lines",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".js": "script",
    ".mjs": "script",
    ".css": "script",
    ".txt": "text",
    ".mp3": "audio",
}
