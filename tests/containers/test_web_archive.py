import contextlib
import gzip
import io
import zlib

import brotli
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleaner.batch.inputs.part_documents import web_archive
from cleaner.batch.settings import ColumnNames
from cleaner.containers import Part, PartError
from cleaner.containers.http_payload import dechunked, decoded
from cleaner.containers.web_archive import parts

PAGE = "<html><body><p>Der Fährmann zählte die Körbe am Kai.</p></body></html>".encode() * 20


def chunked(data):
    pieces = [data[at : at + 300] for at in range(0, len(data), 300)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


def archive(*told, packed=True):
    """An archive by warcio; each entry is (payload, http headers, warc headers)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, (payload, http, warc) in enumerate(told):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *http], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://kai.example/{number}",
            "response",
            payload=io.BytesIO(payload),
            http_headers=head,
            warc_headers_dict=dict(warc),
        )
        writer.write_record(record)
    return out.getvalue()


def pages(data):
    return [entry.content for entry in parts(data) if isinstance(entry, Part)]


RAW = zlib.compressobj(9, zlib.DEFLATED, -15)
DEFLATED = RAW.compress(PAGE) + RAW.flush()
CODED = {
    "plain": (PAGE, []),
    "gzip": (gzip.compress(PAGE), [("Content-Encoding", "gzip")]),
    "chunked": (chunked(PAGE), [("Transfer-Encoding", "chunked")]),
    "chunked gzip": (
        chunked(gzip.compress(PAGE)),
        [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
    ),
    "deflate": (zlib.compress(PAGE), [("Content-Encoding", "deflate")]),
    "raw deflate": (DEFLATED, [("Content-Encoding", "deflate")]),
    "brotli": (brotli.compress(PAGE), [("Content-Encoding", "br")]),
    "zstd": (zstandard.compress(PAGE), [("Content-Encoding", "zstd")]),
    "header lies: gzip": (PAGE, [("Content-Encoding", "gzip")]),
    "header lies: chunked": (PAGE, [("Transfer-Encoding", "chunked")]),
    "header lies: br": (PAGE, [("Content-Encoding", "br")]),
    "header lies: deflate": (PAGE, [("Content-Encoding", "deflate")]),
    "header is silent": (gzip.compress(PAGE), []),
    "unknown": (PAGE, [("Content-Encoding", "aws-chunked")]),
    "long page, lying br": (PAGE * 50, [("Content-Encoding", "br, gzip")]),
}


@pytest.mark.parametrize("name", CODED)
def test_each_encoding_and_each_lie(name):
    payload, http = CODED[name]
    data = archive((payload, http, []), (PAGE, [], []))
    assert [page[: len(PAGE)] for page in pages(data)] == [PAGE, PAGE]


def test_every_encoding_in_one_archive_loses_none():
    told = [(*CODED[name], []) for name in CODED] * 9
    assert len(pages(archive(*told))) == len(told)


class Pipe(io.RawIOBase):
    def __init__(self, data):
        super().__init__()
        self.inner = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        got = self.inner.read(min(len(buffer), 999))
        buffer[: len(got)] = got
        return len(got)


def zstd_with_dictionary(plain, pack_dictionary):
    cuts = [len(b) for b in plain]
    words = zstandard.train_dictionary(2048, [b * 3 for b in plain] * 40)
    lexicon = words.as_bytes()
    if pack_dictionary:
        lexicon = zstandard.compress(lexicon)
    writer = zstandard.ZstdCompressor(dict_data=words)
    assert cuts
    return (
        b"\x5d\x2a\x4d\x18"
        + len(lexicon).to_bytes(4, "little")
        + lexicon
        + b"".join(map(writer.compress, plain))
    )


def test_zstd_archives_whole_by_record_and_with_a_dictionary():
    told = [(PAGE + b"<p>%d</p>" % n * 50, [], []) for n in range(5)]
    single = [archive(one, packed=False) for one in told]
    kinds = [
        zstandard.compress(b"".join(single)),
        b"".join(map(zstandard.compress, single)),
        zstd_with_dictionary(single, pack_dictionary=False),
        zstd_with_dictionary(single, pack_dictionary=True),
    ]
    for data in kinds:
        assert len(pages(data)) == 5
        assert len(pages(io.BufferedReader(Pipe(data)))) == 5


def test_a_dictionary_that_is_missing_is_refused_by_name():
    single = [archive((PAGE + b"%d" % n * 30, [], []), packed=False) for n in range(5)]
    data = zstd_with_dictionary(single, pack_dictionary=False)
    size = int.from_bytes(data[4:8], "little")
    found = list(parts(data[8 + size :]))
    assert found
    assert {entry.reason for entry in found} == {"bad-warc"}


@pytest.mark.parametrize("packed", [True, False])
def test_from_a_pipe(packed):
    data = archive(*[(PAGE, [], [])] * 3, packed=packed)
    assert pages(io.BufferedReader(Pipe(data))) == [PAGE] * 3


def test_list_headers_truncation_and_the_identified_type():
    told = [
        (PAGE, [], [("WARC-Protocol", "h2, tls/1.3"), ("WARC-Cipher-Suite", "TLS_A, TLS_B")]),
        (PAGE[:700], [], [("WARC-Truncated", "length")]),
    ]
    plain, cut = parts(archive(*told))
    assert plain.stated == {}
    assert cut.stated == {"truncated": "length"}
    noted = list(web_archive(io.BytesIO(archive(*told)), "a.warc", ColumnNames()))
    assert [e.stated for e in noted] == [None, {"truncated": "length", "container": "warc"}]
    out = io.BytesIO()
    writer = WARCWriter(out)
    for extra in ({"WARC-Identified-Payload-Type": "text/html"}, {}):
        head = StatusAndHeaders("200 OK", [("Content-Type", "application/octet-stream")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "https://kai.example/",
                "response",
                payload=io.BytesIO(PAGE),
                http_headers=head,
                warc_headers_dict=extra,
            )
        )
    served, other = parts(out.getvalue())
    assert (served.content, served.kind) == (PAGE, "html")
    assert (other.reason, other.skipped) == ("not-a-page", True)


def test_a_bad_record_costs_itself():
    one, two, three = (archive((PAGE + b"%d" % n, [], []), packed=False) for n in range(3))
    for data in (
        one + two.replace(b"WARC/1.0", b"SPEC/1.0") + three,
        gzip.compress(one) + gzip.compress(two)[:-60] + gzip.compress(three),
        gzip.compress(one) + b"\x1f\x8b\x08" + b"x" * 300 + gzip.compress(three),
    ):
        found = list(parts(data))
        assert found[0].content.endswith(b"0")
        assert found[-1].content.endswith(b"2")
        assert any(isinstance(e, PartError) for e in found)


def arc(*told):
    first = b"1 0 Quay\nURL IP-address Archive-date Content-type Archive-length\n"
    out = [b"filedesc://a.arc 0.0.0.0 20010203040506 text/plain %d\n" % len(first) + first + b"\n"]
    for url, media, body in told:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin-1\r\n\r\n" + body
        out.append(b"%s 10.0.0.1 20010203040506 %s %d\n" % (url, media, len(http)) + http + b"\n")
    return out


def test_arc_plain_and_packed():
    records_ = arc(
        (b"http://kai.example/a", b"text/html", PAGE), (b"http://kai.example/b.png", b"image/png", b"x")
    )
    for data in (b"".join(records_), b"".join(map(gzip.compress, records_))):
        page, picture = parts(data)
        assert (page.content, page.url) == (PAGE, "http://kai.example/a")
        assert (page.fetched, page.charset) == ("2001-02-03T04:05:06Z", "latin-1")
        assert picture.skipped
    *_, cut = parts(b"".join(records_[:2])[:-30])
    assert cut.reason == "truncated-record"


def test_a_bomb_is_bounded():
    for packed, name in (
        (gzip.compress(bytes(2**25)), "gzip"),
        (brotli.compress(b"a" * 2**25), "br"),
        (zstandard.compress(bytes(2**25)), "zstd"),
    ):
        (entry,) = parts(archive((packed, [("Content-Encoding", name)], [])))
        assert entry.reason == "too-large"


def test_digits_at_the_head_of_a_page_are_no_chunk():
    assert dechunked(b"12\nmen rowed out and two came back to the pier") == (
        b"12\nmen rowed out and two came back to the pier"
    )


@given(st.binary(max_size=400), st.sampled_from(["gzip", "br", "deflate", "zstd", None]))
def test_decoding_never_raises_but_unfit(data, name):
    from cleaner.containers.part import Unfit

    found = b""
    with contextlib.suppress(Unfit):
        found = decoded(data, name, "chunked")
    assert isinstance(found, bytes)


SAMPLE = archive(*[(*CODED[name], []) for name in ("gzip", "chunked", "brotli")], packed=False)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=6), st.booleans())
def test_mutated_archives_never_raise(at, noise, packed):
    data = SAMPLE[:at] + noise + SAMPLE[at + len(noise) :]
    found = list(parts(gzip.compress(data) if packed else data))
    assert all(isinstance(entry, Part | PartError) for entry in found)


def test_the_reader_reads_what_the_bare_loop_reads():
    data = archive(*[(PAGE, [], [])] * 20)
    bare = [r.reader.read() for r in ArchiveIterator(io.BytesIO(data)) if r.http_headers is not None]
    assert pages(data) == bare
