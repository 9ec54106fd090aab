import bz2
import gzip
import io
import lzma
import plistlib
import tarfile

import pyarrow as pa
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st
from test_feeds_and_rows import ATOM, RSS, WXR, table
from test_press import word
from test_saved import RDF, book, eml, mhtml, zipped
from test_web_archive import arc, archive

from cleaner.containers.detect import KINDS, MAGIC, SUFFIXES, detect

PAGE = b"<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Text</p></body></html>"


def parquet():
    out = io.BytesIO()
    pa.parquet.write_table(pa.table({"a": [1]}), out)
    return out.getvalue()


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive_:
        archive_.addfile(tarfile.TarInfo("a.html"))
    return out.getvalue()


CASES = [
    (PAGE, "page.php", "html"),
    (PAGE, "a.txt", "html"),
    (b"\xef\xbb\xbf\n" + PAGE, None, "html"),
    (b"<div><p>Text</p></div>", None, "html"),
    (b"<!-- x --><html lang=de>", None, "html"),
    (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html xmlns="y">', "a", "html"),
    (b"<?xml version='1.0'?><unknown/>", "a.xml", "xml"),
    (b"Plain words of a page.\n\nMore.", "a.xyz", "text"),
    (b"< 5 people came", None, "text"),
    ("Körbe".encode("utf-16"), None, "text"),
    (b"# Baskets\n\nText with [a link](https://kai.example/) in it.\n", None, "markdown"),
    (b"Text", "a.md", "markdown"),
    (b'{"a": 1}\n{"a": 2}\n', "a.json", "json-lines"),
    (b'[{"a": 1}]', None, "json-array"),
    (b'{"a":\n 1}', None, "json-object"),
    (b'{"log": {"entries": []}}', "a.har", "har"),
    (b"{braces} of text", None, "text"),
    (table(), "a.csv", "csv"),
    (table(), None, "csv"),
    (table("\t"), None, "tsv"),
    (RSS.encode(), None, "feed"),
    (ATOM.encode(), "a.html", "feed"),
    (WXR.encode(), "a.xml", "feed"),
    (archive((PAGE, [], []), packed=False), "x", "warc"),
    (b"".join(arc()), None, "arc"),
    (parquet(), "a", "parquet"),
    (tar(), "a", "tar"),
    (word("x"), "a.doc", "docx"),
    (book(1), "a.zip", "epub"),
    (zipped(**{"1/index.rdf": RDF}), None, "maff"),
    (zipped(**{"datapackage.json": "{}"}), None, "wacz"),
    (zipped(**{"a.html": "x"}), None, "zip"),
    (plistlib.dumps({}), None, "plist"),
    (plistlib.dumps({}, fmt=plistlib.FMT_BINARY), None, "plist"),
    (mhtml(), "a.txt", "mhtml"),
    (eml(), None, "eml"),
    (b"From: the quay.\nTo: the sea.\n\nA poem.", None, "text"),
    (rb"{\rtf1 x}", None, "rtf"),
    (b"%PDF-1.7\n", "a.html", "pdf"),
    (gzip.compress(b"x", mtime=0), None, "gzip"),
    (bz2.compress(b"x"), None, "bz2"),
    (lzma.compress(b"x"), None, "xz"),
    (zstandard.compress(b"x"), None, "zstd"),
    (b"\x0b\x02\x80a\x00b\x03", "a.html.br", "br"),
    (b"\x89PNG\r\n", "a.html", "image"),
    (b"", None, "empty"),
    (b"  \n", None, "empty"),
    (bytes(range(256)), None, "binary"),
    (b"var a = 1;", "a.js", "script"),
    ("Ein Gebäude in Köln".encode("cp1252"), None, "text"),
    ("日本語の記事".encode("shift_jis"), None, "text"),
]


@pytest.mark.parametrize(("data", "name", "kind"), CASES)
def test_kinds(data, name, kind):
    assert detect(data, name).name == kind


def test_every_name_in_the_tables_is_a_kind_and_every_refusal_says_what_to_do():
    assert {kind for _, _, kind in MAGIC} | set(SUFFIXES.values()) <= set(KINDS)
    for kind in KINDS.values():
        assert kind.does != "refuse" or kind.remedy
    assert KINDS["pdf"].refusal == "this is a PDF: extract its text first, e.g. with pdftotext"


@given(st.binary(max_size=600), st.none() | st.text(max_size=12))
@example(b"\xff\xff\xff\xff", None)
def test_any_bytes_have_a_kind(data, name):
    assert detect(data, name).name in KINDS


def test_xhtml_with_declarations_of_its_own_is_a_page():
    head = b'<?xml version="1.0"?>\n<!DOCTYPE html [<!ENTITY q "' + b"A" * 70_000
    assert detect(head, "a.html").name == "html"
    assert detect(b'<?xml version="1.0"?>\n<!DOCTYPE book [<!ENTITY q "A">]><book/>', "a.xml").name == "xml"
