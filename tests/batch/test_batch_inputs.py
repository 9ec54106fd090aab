"""Every kind of input: what comes out of it, in which order, and what a fault in it costs."""

import gzip
import io
import os
import socket
import tarfile
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.batch.inputs.content import content_of, parse
from cleaner.batch.inputs.documents import Document, Problem, Unreadable
from cleaner.batch.inputs.formats import File
from cleaner.batch.inputs.paths import walk
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.inputs.streams import inflated, read_page
from cleaner.batch.outputs.names import kept_name, safe_part
from cleaner.batch.settings import ColumnNames
from cleaner.model import MAX_BYTES

PAGE = b"<html><body><p>The council voted on Tuesday to delay the bridge.</p></body></html>"


def read(path, fields=ColumnNames(), **options):  # noqa: B008 - frozen
    """(source, data or path, reason) of everything below a path."""
    out = []
    for found in walk([str(path)], **options):
        for entry in [found] if isinstance(found, Problem) else documents(found, fields):
            if isinstance(entry, Problem):
                out.append((entry.source, entry.status, entry.reason))
            else:
                out.append((entry.source, entry.data if entry.data is not None else "file", None))
    return out


def sources(path, **options):
    return [source for source, _, _ in read(path, **options)]


def test_folders_are_walked_in_the_order_of_their_names(tmp_path):
    for name in ("b.html", "a.txt", "B.HTML", "z/1.md", "z/0.htm", "m.xhtml", "é.html", "10.html", "9.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    expected = ["10.html", "9.html", "B.HTML", "a.txt", "b.html", "m.xhtml", "z/0.htm", "z/1.md", "é.html"]
    assert sources(tmp_path) == expected


def test_include_and_exclude(tmp_path):
    for name in ("a/x.html", "a/y.html", "b/x.html", "b/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    assert sources(tmp_path, include=["*.html"]) == ["a/x.html", "a/y.html", "b/x.html"]
    assert sources(tmp_path, include=["a/*"], exclude=["y.*"]) == ["a/x.html"]


def test_patterns_and_files_with_the_letters_of_patterns(tmp_path):
    for name in ("1.html", "2.html", "[a-z]*?.html"):
        (tmp_path / name).write_bytes(PAGE)
    assert [s.rpartition("/")[2] for s in sources(tmp_path / "[12].html")] == ["1.html", "2.html"]
    assert sources(tmp_path / "[a-z]*?.html") == [str(tmp_path / "[a-z]*?.html")]
    assert read(tmp_path / "*.nope")[0][1:] == ("failed", "no-such-file")


def test_nothing_special_is_opened(tmp_path):
    os.mkfifo(tmp_path / "fifo.html")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    (tmp_path / "loop.html").symlink_to("loop.html")
    (tmp_path / "round").symlink_to(".")
    (tmp_path / "outside.html").symlink_to("/etc/passwd")
    (tmp_path / "gone.html").symlink_to("no-such-file")
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(tmp_path / "s.html"))
    (tmp_path / "real.html").write_bytes(PAGE)
    found = read(tmp_path)
    assert [s for s, _, reason in found if reason is None] == ["real.html"]
    assert {reason for _, _, reason in found if reason} == {"not-a-file"}
    assert read(tmp_path / "fifo.html") == [(str(tmp_path / "fifo.html"), "failed", "not-a-file")]
    with pytest.raises(Unreadable, match="regular"):
        read_page(str(tmp_path / "fifo.html"))


def test_a_link_named_by_hand_is_followed(tmp_path):
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "link.html").symlink_to("page.html")
    assert read(tmp_path / "link.html")[0][1] == "file"


def test_sixty_folders_deep(tmp_path):
    deep = tmp_path.joinpath(*["d"] * 60)
    deep.mkdir(parents=True)
    (deep / "x.html").write_bytes(PAGE)
    assert sources(tmp_path) == ["d/" * 60 + "x.html"]


def test_own_outputs_are_not_inputs(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"")
    (tmp_path / "b.html").write_bytes(PAGE)
    assert read(tmp_path, avoid=[str(tmp_path / "a.jsonl")])[0] == ("a.jsonl", "skipped", "own-output")


LINES = b'{"id": 7, "html": "<p>one</p>"}\n\n{"text": "two"}\nnot json\n'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", LINES),
        ("a.jsonl", b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n")),
        ("a.jsonl.gz", gzip.compress(LINES[:20], mtime=0) + gzip.compress(LINES[20:], mtime=0)),
        ("a.jsonl.zst", zstandard.compress(LINES)),
        ("a.ndjson", LINES[:-1]),
    ],
)
def test_lines(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name)
    assert [s.rpartition("#")[2] for s, _, _ in found] == ["1", "3", "4"]
    assert found[0][1] == b'{"id": 7, "html": "<p>one</p>"}'


def test_an_endless_line_costs_that_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"html":"' + b"x" * (3 * MAX_BYTES) + b'"}\n{"html":"y"}\n')
    found = read(path)
    assert [reason for _, _, reason in found] == ["too-large", None]


def test_a_torn_gzip_keeps_the_lines_before(tmp_path):
    lines = b"".join(b'{"html":"%d %s"}\n' % (i, os.urandom(40).hex().encode()) for i in range(5_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-50])
    found = read(path)
    assert len(found) > 4_000
    assert found[-1][2] == "truncated-gzip"


@pytest.mark.parametrize(
    "line", [b"[1]", b"null", b'"x"', b"7", b"{", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"a":"\xff"}']
)
def test_what_is_no_object_is_named(line):
    with pytest.raises(Unreadable) as caught:
        parse(line)
    assert caught.value.reason == "bad-json"


def test_lone_surrogates_in_json_are_let_through():
    assert parse(rb'{"html": "a\ud800b"}') == {"html": "a\ud800b"}


def test_zip(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/x.html", PAGE)
        archive.writestr("../../escape.html", PAGE)
        archive.writestr("bomb.html", b"\0" * (2 * MAX_BYTES))
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
        archive.writestr("y.txt.gz", gzip.compress(b"words"))
    assert [(s[len(str(path)) + 1 :], d if isinstance(d, str) else d[:6], r) for s, d, r in read(path)] == [
        ("in/x.html", PAGE[:6], None),
        ("../../escape.html", PAGE[:6], None),
        ("bomb.html", "failed", "too-large"),
        ("photo.jpg", "skipped", "unknown-suffix"),
        ("y.txt.gz", b"words", None),
    ]
    path.write_bytes(path.read_bytes()[:-30])
    assert read(path)[0][1:] == ("failed", "bad-zip")


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tar(tmp_path, mode):
    path = tmp_path / ("a.tar.gz" if mode == "w:gz" else "a.tar")
    with tarfile.open(path, mode) as archive:
        for name, data in (("x.html", PAGE), ("y.png", b"z"), ("deep/z.txt", b"words")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert [(s[len(str(path)) + 1 :], r) for s, _, r in read(path)] == [
        ("x.html", None),
        ("y.png", "unknown-suffix"),
        ("deep/z.txt", None),
        ("link.html", "not-a-file"),
    ]
    path.write_bytes(path.read_bytes()[: 700 if mode == "w" else 120])
    assert read(path)[-1][2] in ("bad-tar", "truncated-gzip")


def warc(number, body=PAGE, **told):
    kind, length = told.get("kind", "response"), told.get("length")
    status, content = told.get("status", "200 OK"), told.get("content", "text/html; charset=utf-8")
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n\r\n".encode() + body
    payload = body if kind == "conversion" else http
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-03-05T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: {'text/plain' if kind == 'conversion' else 'application/http; msgtype=response'}\r\n"
        f"Content-Length: {len(payload) if length is None else length}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def test_warc(tmp_path):
    path = tmp_path / "a.warc.gz"
    parts = [
        warc(0),
        warc(1, status="404 Not Found"),
        warc(2, content="image/png"),
        warc(3, kind="request"),
        warc(4, "Ein Gebäude in Köln".encode("cp1252"), content="text/html; charset=iso-8859-1"),
        warc(5)[:-40],
    ]
    path.write_bytes(b"".join(gzip.compress(p) for p in parts))
    entries = list(documents(File(str(path), "a", "warc"), ColumnNames()))
    assert [(e.source, getattr(e, "reason", None)) for e in entries] == [
        ("a#urn:uuid:0", None),
        ("a#urn:uuid:1", "http-status"),
        ("a#urn:uuid:2", "not-a-page"),
        ("a#urn:uuid:4", None),
        ("a#urn:uuid:5", "truncated-record"),
    ]
    first = entries[0]
    assert isinstance(first, Document)
    assert (first.url, first.fetched, first.charset) == (
        "https://news.example/0",
        "2024-03-05T08:00:00Z",
        "utf-8",
    )
    assert first.data == PAGE


def test_wet(tmp_path):
    path = tmp_path / "a.warc.wet"
    path.write_bytes(warc(0, b"Plain words of a page.", kind="conversion"))
    (entry,) = documents(File(str(path), "a", "warc"), ColumnNames())
    assert isinstance(entry, Document)
    assert entry.data == b"Plain words of a page."


@pytest.mark.parametrize("damage", [b"abc", b"-5", b"99999999999999999"])
def test_a_bad_length_costs_that_record(tmp_path, damage):
    path = tmp_path / "a.warc"
    path.write_bytes(warc(0) + warc(1, length=damage.decode()))
    entries = list(documents(File(str(path), "a", "warc"), ColumnNames()))
    assert isinstance(entries[0], Document)
    assert all(isinstance(e, Problem) and e.status == "failed" for e in entries[1:])
    assert len(entries) > 1


@pytest.mark.parametrize("column", ["fetched", "Crawl_Date", "when"])
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2024-05-04T10:00:00Z", "2024-05-04T10:00:00Z"),
        (datetime(2024, 5, 4, 10, tzinfo=UTC), "2024-05-04T10:00:00+00:00"),
        (date(2024, 5, 4), "2024-05-04"),
        (None, None),
        ("", None),
        (7, None),
    ],
)
def test_a_row_keeps_when_it_was_fetched(tmp_path, column, value, told):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"html": ["<p>One</p>"], column: [value]}), path)
    fields = ColumnNames(fetched="when" if column == "when" else None)
    (entry,) = documents(File(str(path), "a.parquet", "table"), fields)
    assert content_of(entry, fields).fetched == told


def test_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    table = {"URL": ["https://a.example/1", None, None], "Text": ["one", None, "three"], "n": [1, 2, 3]}
    pq.write_table(pa.table(table), path)
    found = list(documents(File(str(path), "a", "table"), ColumnNames()))
    assert [e.source for e in found] == ["a#1", "a#2", "a#3"]
    first, third = (content_of(found[at], ColumnNames()) for at in (0, 2))
    assert (first.data, first.url, third.data) == ("one", "https://a.example/1", "three")
    with pytest.raises(Unreadable, match=r"no-content: .*its fields are: URL, Text, n"):
        content_of(found[1], ColumnNames())
    assert read(path, ColumnNames(content="nope"))[0][2] == "no-content-column"
    path.write_bytes(path.read_bytes()[:-20])
    assert read(path)[0][2] == "bad-parquet"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(PAGE, mtime=0)[:-4], "truncated-gzip"),
        (gzip.compress(PAGE, mtime=0)[:-8] + b"\0" * 8, "bad-gzip"),
        (b"\x1f\x8b", "truncated-gzip"),
        (gzip.compress(b"\0" * 200_000_000, 1, mtime=0), "too-large"),
        (zstandard.compress(b"\0" * 200_000_000), "too-large"),
        (b"\x28\xb5\x2f\xfd" + b"\x99" * 40, "bad-zstd"),
    ],
)
def test_packed_pages_are_inflated_within_bounds(data, reason):
    with pytest.raises(Unreadable) as caught:
        inflated(data)
    assert caught.value.reason == reason


def test_gzip_of_several_members_and_rubbish_after_it():
    assert inflated(gzip.compress(b"one ") + gzip.compress(b"two") + b"rubbish") == b"one two"


def test_a_sparse_giant_is_refused_by_its_size(tmp_path):
    path = tmp_path / "big.html"
    with path.open("wb") as file:
        file.truncate(4 * 2**30)
    with pytest.raises(Unreadable, match="too-large"):
        read_page(str(path))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_inflate_or_are_refused(data):
    for head in (b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd"):
        try:
            assert isinstance(inflated(head + data), bytes)
        except Unreadable as error:
            assert error.reason  # noqa: PT017


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_a_line_are_an_object_or_refused(line):
    try:
        assert isinstance(parse(line), dict)
    except Unreadable as error:
        assert error.reason == "bad-json"  # noqa: PT017


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_no_name_leaves_the_output_folder(one, two):
    for name in (f"{one}/../{two}", f"../{one}", f"/{one}", one):
        kept = kept_name(name)
        assert not kept.startswith("/")
        assert ".." not in kept.split("/")
        assert "\0" not in kept
        assert all(0 < len(part.encode()) <= 200 for part in kept.split("/"))


@pytest.mark.parametrize("part", ["..", ".", "a\0b", "C:\\x", "x" * 300, "~root", "é" * 150, "a\nb", ""])
def test_parts_of_names_are_plain(part):
    safe = safe_part(part)
    assert safe not in ("", ".", "..")
    assert "/" not in safe
    assert len(safe.encode()) <= 200
    assert safe.isprintable()
