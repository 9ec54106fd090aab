"""What a file is, told by its first bytes; its name only breaks ties.

Enters: the head of a file (64 KB are enough) and its name. Leaves: a `Kind`, which is read, unpacked or
refused with a remedy. Look first at `MAGIC` and `KINDS` in `file_kinds.py`: a new kind is a line in each.

Why not by suffix: mirrors keep `.php` and no suffix at all, reader services write HTML as `.txt`, and an
unknown suffix read as text makes an article of an archive's bytes.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from cleaner.containers.file_kinds import KINDS, MAGIC, SUFFIXES, Kind
from cleaner.containers.press_marks import press_database, press_page

HEAD: Final = 2**16  # bytes that `detect` looks at
_XML_KINDS: Final[tuple[tuple[re.Pattern[bytes], str], ...]] = tuple(
    (re.compile(rb"<(?:[\w.-]{1,30}:)?(?:" + roots + rb")[\s>/]"), kind)
    for roots, kind in (
        (rb"plist", "plist"),
        (rb"html", "html"),
        (rb"rss|feed|RDF", "feed"),
        (rb"nitf|newsMessage|newsItem|packageItem|TEI|TEI\.2|teiCorpus|NewsML|newsitem", "news-xml"),
        (rb"archive|PPSArticleResponse|DistDoc", "press-export"),
        (rb"DOC|DOCS", "sgml"),
        (rb"svg", "image"),
    )
)
_ROOT = re.compile(rb"<[A-Za-z_]")
_XHTML = re.compile(rb"<\?xml[^>]{0,400}\?>\s{0,200}<!doctype\s{1,20}html\b", re.IGNORECASE)
_HTML = re.compile(
    rb"<(?:!doctype\s{1,9}html|html|head|body|title|meta|link|script|style|article|main|div|p|h1|table|span|section"
    rb"|header|base|img|ul|a|center|font|frameset)[\s>/]",
    re.IGNORECASE,
)
_JSON_KINDS: Final = (
    (re.compile(rb"\A\{\s*\"log\"\s*:\s*\{"), "har"),
    (re.compile(rb"jsonfeed\.org/version"), "json-feed"),
    (re.compile(rb"\"body_(?:xhtml|text)\"|iptc\.org/std/ninjs"), "ninjs"),
)
_HEADER = re.compile(rb"(?:[!-9;-~]{1,76}:[^\n]{0,998}\r?\n(?:[ \t][^\n]{0,998}\r?\n){0,40}){2}")
_MAIL = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|mime-version|message-id|delivered-to|content-type|x-[\w-]{1,60})"
    rb"[ \t]*:",
    re.IGNORECASE,
)
_MAIL_SURE = re.compile(
    rb"^(?:mime-version|message-id|received|return-path|snapshot-content-location):",
    re.IGNORECASE | re.MULTILINE,
)
_MARKDOWN = (
    re.compile(rb"^#{1,6} \S", re.MULTILINE),
    re.compile(rb"\[[^\]\n]{1,300}\]\((?:https?:|/|#)[^)\n]{1,900}\)"),
    re.compile(rb"^(?:\* |- |\d{1,3}\. )\S", re.MULTILINE),
    re.compile(rb"\*\*[^*\n]{1,200}\*\*"),
    re.compile(rb"^(?:```|> )", re.MULTILINE),
    re.compile(rb"\A---\r?\n(?:[\w-]{1,40}:[^\n]{0,500}\n)"),
)


def detect(head: bytes, name: str | None = None) -> Kind:
    """The kind of a file from its first bytes. Pure; time is linear in `HEAD`."""
    head = head[:HEAD]
    suffix = _suffix(name)
    for offset, magic, kind in MAGIC:
        if head.startswith(magic, offset):
            return KINDS[kind]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return KINDS[_zip_kind(head, suffix)]
    if _is_arrow_stream(head):
        return KINDS["arrow"]
    text = _as_bytes_of_text(head)
    if not text.strip():
        return KINDS["binary" if head.strip(b"\x00 \t\r\n") else "empty"]
    if _is_binary(text):
        return KINDS[SUFFIXES[suffix] if SUFFIXES.get(suffix) in ("br", "audio") else "binary"]
    found = _markup(text) or _json(text, suffix) or _mail(text)
    if found is None and press_database(text):
        found = "press-export"
    return KINDS[found or _words(text, suffix)]


def _suffix(name: str | None) -> str:
    base = (name or "").replace("\\", "/").rpartition("/")[2].lower()
    return "." + base.rpartition(".")[2] if "." in base[1:] else ""


def _zip_kind(head: bytes, suffix: str) -> str:
    """By the first members' names, which stand at the head of the file."""
    if b"mimetypeapplication/epub+zip" in head[:120]:
        return "epub"
    if b"mimetypeapplication/vnd.oasis" in head[:120]:
        return "odt"
    for mark, kind in (
        (b"word/", "docx"),
        (b"xl/", "xlsx"),
        (b"ppt/", "pptx"),
        (b"datapackage.json", "wacz"),
        (b"index.rdf", "maff"),
        (b"META-INF/container.xml", "epub"),
    ):
        if mark in head:
            return kind
    return {".wacz": "wacz", ".maff": "maff", ".epub": "epub", ".docx": "docx", ".xlsx": "xlsx"}.get(
        suffix, "zip"
    )


def _is_arrow_stream(head: bytes) -> bool:
    """A continuation mark, then the length of a schema message."""
    if len(head) < 16 or not head.startswith(b"\xff\xff\xff\xff"):
        return False
    length: int = struct.unpack_from("<i", head, 4)[0]
    return 0 < length < 2**24


def _as_bytes_of_text(head: bytes) -> bytes:
    for mark, charset in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "")):
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest.decode(charset, "ignore").encode("utf-8", "ignore") if charset else rest
    return head


def _is_binary(text: bytes) -> bool:
    """A zero byte, or more than a tenth of control bytes: no text of any charset has them."""
    sample = text[:4096]
    if b"\x00" in sample:
        return True
    controls = len(sample) - len(sample.translate(None, bytes(range(8)) + bytes(range(14, 27)) + b"\x7f"))
    return controls * 10 > len(sample)


def _markup(text: bytes) -> str | None:
    start = text.lstrip()
    if not start.startswith(b"<"):
        return None
    if start.startswith((b"<?php", b"<?=")):
        return "script"
    root = _ROOT.search(start)
    at = root.start() if root else 0
    for pattern, kind in _XML_KINDS:
        if pattern.match(start, at):
            return "press-export" if kind == "html" and press_page(text) else kind
    if _HTML.match(start, at) or _HTML.match(start):
        return "press-export" if press_page(text) else "html"
    if start.startswith(b"<?xml"):
        # XHTML whose document type has declarations of its own: its root may stand beyond the head.
        return "html" if _XHTML.match(start) else "xml"
    return "html" if _HTML.search(start) else None


def _json(text: bytes, suffix: str) -> str | None:
    start = text.lstrip()
    if start.startswith(b"["):
        return "json-array" if re.match(rb"\[\s*(?:[{\[\"\]]|-?\d)", start) else None
    if not re.match(rb"\{\s*[\"}]", start):
        return None
    if re.search(rb"^\{[^\n]{0,60000}\}[ \t]*\r?\n\s*\{", start) or suffix in (".jsonl", ".ndjson"):
        return "json-lines"
    return next((kind for mark, kind in _JSON_KINDS if mark.search(start)), "json-object")


def _mail(text: bytes) -> str | None:
    """Two header lines or more, the first of mail's own, and a sure one of them.

    Spared: an article text that begins "From: …" without any header only mail has.
    """
    head = text[:8192]
    if head.startswith(b"From ") and b"\n" in head:
        head = head.partition(b"\n")[2]
    if not _MAIL.match(head) or not _HEADER.match(head):
        return None
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if b"multipart/related" in top.lower() and (b"Saved by" in top or b"Snapshot-Content-Location" in top):
        return "mhtml"
    if not _MAIL_SURE.search(top):
        return None
    return "mhtml" if b"multipart/related" in top.lower() and b"\nTo:" not in top else "eml"


def _words(text: bytes, suffix: str) -> str:
    """Text, Markdown or a table: the name breaks the tie, else at least two marks of Markdown."""
    hinted = SUFFIXES.get(suffix)
    if hinted in ("markdown", "csv", "tsv", "script", "text"):
        return hinted
    if hinted is None and (table := _table(text)):
        return table
    return "markdown" if sum(bool(mark.search(text)) for mark in _MARKDOWN) >= 2 else "text"


def _table(text: bytes) -> str | None:
    """A header row of short names, and as many cells in the row below."""
    rows = text.split(b"\n", 2)
    if len(rows) < 3:
        return None
    for mark, kind in ((b"\t", "tsv"), (b",", "csv"), (b";", "csv")):
        names = rows[0].rstrip(b"\r").split(mark)
        plain = all(re.fullmatch(rb"\"?[\w .-]{1,40}\"?", name) and not name.endswith(b".") for name in names)
        if len(names) >= 3 and plain and len(set(names)) == len(names):
            known = {
                b"url",
                b"title",
                b"text",
                b"content",
                b"body",
                b"date",
                b"link",
                b"html",
                b"headline",
                b"id",
            }
            if known & {name.strip(b' "').lower() for name in names}:
                return kind
    return None
