"""No parser raises, whatever becomes of its bytes, and none costs more than its input is long."""

import io
import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_feeds_and_rows import ATOM, RSS, WXR, table
from test_press import FACTIVA_PAGE, FACTIVA_XML, GIGAWORD, ITEMS, SAMPLES, TREC
from test_saved import RDF, book, eml, mhtml, zipped
from test_web_archive import arc

from cleaner.containers import Part, PartError, mime_pages, press_exports, web_archive
from cleaner.containers.capture_addresses import captured, original
from cleaner.containers.feeds import json_feed, xml_feed
from cleaner.containers.news_exchange import news_items, ninjs
from cleaner.containers.rows import READERS
from cleaner.containers.saved_pages import har, saved_page, web_archive_page
from cleaner.containers.sgml_collections import collection
from cleaner.containers.zipped_pages import epub, maff, wacz

PARSERS = {
    "mime": (mime_pages.parts, [mhtml(), eml()]),
    "press": (press_exports.parts, [s if isinstance(s, bytes) else s.encode() for s, _ in SAMPLES.values()]),
    "arc": (web_archive.parts, [b"".join(arc((b"http://a.example/", b"text/html", b"<p>x")))]),
    "feed": (xml_feed, [RSS.encode(), ATOM.encode(), WXR.encode()]),
    "json feed": (json_feed, [b'{"items": [{"content_html": "x"}]}']),
    "news": (news_items, [item.encode() for item in ITEMS.values()]),
    "ninjs": (ninjs, [b'[{"headline": "x", "body_html": "<p>y"}]']),
    "sgml": (collection, [TREC + GIGAWORD]),
    "saved": (saved_page, [b"<!-- saved from url=(0014)https://a.example/ --><p>x"]),
    "har": (
        har,
        [json.dumps({"log": {"entries": [{"response": {"content": {"mimeType": "html"}}}]}}).encode()],
    ),
    "safari": (
        web_archive_page,
        [b"<plist><dict><key>WebMainResource</key><dict/></dict></plist>", b"bplist00\xd0\x08"],
    ),
    "epub": (epub, [book(2)]),
    "maff": (maff, [zipped(**{"1/index.rdf": RDF, "1/index.html": "x"})]),
    "wacz": (wacz, [zipped(**{"archive/a.warc": "WARC/1.0\r\n"})]),
}


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_input_never_raises(name, data):
    parser, samples = PARSERS[name]
    sample = data.draw(st.sampled_from(samples))
    at = data.draw(st.integers(0, len(sample)))
    noise = data.draw(st.binary(max_size=12))
    cut = data.draw(st.integers(0, 40))
    found = list(parser(sample[:at] + noise + sample[at + cut :]))
    assert all(isinstance(entry, Part | PartError) for entry in found)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=40, deadline=None)
@given(noise=st.binary(max_size=60), at=st.integers(0, 100))
def test_mutated_rows_never_raise(name, noise, at):
    sample = table()[:300] if name.endswith("sv") else b'[{"a": "b"},\n{"a": [1, 2, {"c": null}]}]\n'
    rows = list(READERS[name](io.BytesIO(sample[:at] + noise + sample[at:])))
    assert all(isinstance(row, dict | PartError) for row in rows)


@given(st.text(max_size=200))
def test_any_address(text):
    for url in (
        text,
        f"https://web.archive.org/web/{text}",
        f"https://{text}.translate.goog/",
        f"https://archive.ph/{text}",
    ):
        assert isinstance(original(url)[0], str)
    assert captured(text.encode("utf-8", "replace")) is not None


def steps(function, data):
    """Lines of Python run: the same on every machine."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if "containers" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        for _ in function(data):
            pass
    finally:
        sys.settrace(None)
    return count


LONG = {
    "nexis": (press_exports.parts, SAMPLES["nexis"][0].encode()),
    "nexis uni": (press_exports.parts, SAMPLES["nexis uni"][0].encode()),
    "factiva": (press_exports.parts, SAMPLES["factiva codes"][0].encode()),
    "factiva plain": (press_exports.parts, SAMPLES["factiva plain"][0].encode()),
    "proquest": (press_exports.parts, SAMPLES["proquest"][0].encode()),
    "sgml": (collection, TREC + GIGAWORD),
    "factiva page": (press_exports.parts, FACTIVA_PAGE.encode()),
    "factiva xml": (press_exports.parts, FACTIVA_XML.encode()),
}


@pytest.mark.parametrize("name", LONG)
def test_growth_is_linear(name):
    parser, data = LONG[name]
    small, large = steps(parser, data * 10), steps(parser, data * 40)
    assert large < 5 * small
