# ruff: noqa: E501 - samples keep the lines of their formats
import io
import json

import pyarrow as pa
import pyarrow.ipc
import pytest

from cleaner.containers import PartError
from cleaner.containers.detect import detect
from cleaner.containers.feeds import json_feed, xml_feed
from cleaner.containers.rows import arrow_rows, csv_rows, json_lines, json_rows

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>https://kai.example/</link><language>en</language>
<item><title>Baskets counted</title><link>https://kai.example/1</link><pubDate>Thu, 09 Jan 2020 21:30:00 GMT</pubDate>
<dc:creator>Mara Teller</dc:creator><category>News</category><description>A count.</description>
<content:encoded><![CDATA[<p>The ferryman counted.</p>]]></content:encoded></item>
<item><title>Eels</title><guid>https://kai.example/2</guid><description>&lt;p&gt;Short.&lt;/p&gt;</description></item>
<item><title>None</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Harbour Post</title>
<entry><title>Baskets counted</title><link rel="self" href="https://kai.example/self"/>
<link href="https://kai.example/1"/><id>urn:1</id><published>2020-01-09T21:30:00Z</published>
<updated>2020-01-10T00:00:00Z</updated><author><name>Mara Teller</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The ferryman counted.</p></div></content></entry></feed>"""
WXR = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Quay</title>
<item><title>A post</title><link>https://kai.example/1</link><content:encoded><![CDATA[<p>The ferryman.</p>]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>pic</title><content:encoded>x</content:encoded><wp:post_type>attachment</wp:post_type></item></channel></rss>"""


def test_rss():
    full, short, none = xml_feed(RSS.encode())
    assert (full.content, full.url) == ("<p>The ferryman counted.</p>", "https://kai.example/1")
    assert full.stated == {
        "headline": "Baskets counted",
        "authors": ["Mara Teller"],
        "date": "Thu, 09 Jan 2020 21:30:00 GMT",
        "tags": ["News"],
        "site": "The Harbour Post",
        "language": "en",
        "summary": "A count.",
    }
    assert (short.content, short.url) == ("<p>Short.</p>", "https://kai.example/2")
    assert none.reason == "no-body"


def test_atom():
    (entry,) = xml_feed(io.BytesIO(ATOM.encode()))
    assert "<p>The ferryman counted.</p>" in entry.content
    assert "xmlns" not in entry.content
    assert (entry.url, entry.stated["date"]) == ("https://kai.example/1", "2020-01-09T21:30:00Z")
    assert (entry.stated["authors"], entry.stated["language"]) == (["Mara Teller"], "en")


def test_wordpress_export():
    post, attachment = xml_feed(WXR.encode())
    assert post.content == "<p>The ferryman.</p>"
    assert attachment.skipped


def test_json_feed():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "items": [
            {
                "id": "1",
                "url": "https://kai.example/1",
                "title": "Baskets",
                "content_html": "<p>x</p>",
                "date_published": "2020-01-09",
                "authors": [{"name": "Mara Teller"}],
            },
            {"id": "2"},
        ],
    }
    item, none = json_feed(json.dumps(feed).encode())
    assert (item.content, item.kind, item.stated["authors"]) == ("<p>x</p>", "html", ["Mara Teller"])
    assert none.reason == "no-body"
    assert detect(json.dumps(feed).encode()).name == "json-feed"


def test_no_entity_is_read():
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    bomb += b"<rss><channel><item><description>&b;&f;text</description></item></channel></rss>"
    (item,) = xml_feed(bomb)
    assert "root:" not in str(item)


TABLE = [
    {"url": "https://kai.example/1", "title": 'The "count", told', "text": "One line.\nAnother; line."},
    {"url": "https://kai.example/2", "title": "Körbe", "text": "x" * 200_000},
]


def table(mark=",", encoding="utf-8"):
    import csv

    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["url", "title", "text"], delimiter=mark)
    writer.writeheader()
    writer.writerows(TABLE)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_csv(mark, encoding):
    assert list(csv_rows(io.BytesIO(table(mark, encoding)))) == TABLE


def test_csv_faults_are_named():
    good, long = csv_rows(io.BytesIO(b"url,text,id\n1,two,3\n1,2,3,4,5\n"))
    assert good == {"url": "1", "text": "two", "id": "3"}
    assert isinstance(long, PartError)
    (empty,) = csv_rows(io.BytesIO(b""))
    assert empty.reason == "no-records"


def test_json_of_every_shape():
    rows = [{"url": "1", "n": 1.5}, {"url": "ü"}]
    as_lines = "\n".join(json.dumps(row) for row in rows).encode()
    assert list(json_lines(io.BytesIO(b"\xef\xbb\xbf" + as_lines))) == rows
    assert list(json_rows(io.BytesIO(as_lines))) == rows
    assert list(json_rows(io.BytesIO(json.dumps(rows, indent=1).encode()))) == rows
    assert list(json_rows(io.BytesIO(json.dumps(rows[0], indent=1).encode()))) == rows[:1]
    first, fault = json_rows(io.BytesIO(b'[{"a": 1}, {"a": '))
    assert (first, fault.reason) == ({"a": 1}, "bad-json")


def test_arrow_file_and_stream():
    data = pa.table({"url": ["1", "2"], "text": ["a", "b"]})
    for writer in (pyarrow.ipc.new_file, pyarrow.ipc.new_stream):
        out = io.BytesIO()
        with writer(out, data.schema) as sink:
            sink.write_table(data)
        assert list(arrow_rows(io.BytesIO(out.getvalue()))) == [
            {"url": "1", "text": "a"},
            {"url": "2", "text": "b"},
        ]
        assert detect(out.getvalue()).name == "arrow"
