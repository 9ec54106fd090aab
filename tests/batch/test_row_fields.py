# ruff: noqa: E501 - a case is a line
"""Rows of data sets and services: the text and what is stated, whoever wrote them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean
from cleaner.batch.inputs.row_fields import NoContent, row_fields
from cleaner.records.schemas import SCHEMAS

T = "The council of Vellmouth voted on Tuesday to rebuild the old harbour wall before the winter storms."
H, D, A, U = "Wall to be rebuilt", "2020-01-08", ["Ann Oakley", "Bob Marlow"], "https://v.example/a"
HTML = f"<div><p>{T}</p><p>{T}</p></div>"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "url", "date", "metadata", "author", "title", "x"]), inner, max_size=5
        )
    ),
    max_leaves=15,
)
ROWS: dict[str, dict[str, Any]] = {
    "news-please": {"maintext": T, "title": H, "date_publish": D, "authors": A, "url": U, "date_download": "2020-02-01"},
    "fundus": {"title": H, "authors": A, "publishing_date": D, "plaintext": T, "html": {"requested_url": U}},
    "fundus-body": {"title": H, "publishing_date": D, "authors": A, "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [T]}]}},
    "cc_news": {"title": H, "text": T, "domain": "v.example", "date": f"{D} 13:45:00", "url": U, "image_url": None},
    "realnews": {"title": H, "text": T, "publish_date": "01-08-2020", "warc_date": "2020-02-01T00:00:00Z", "authors": A, "url": U},
    "all-the-news": {"article": T, "title": H, "date": D, "year": 2020, "author": "Ann Oakley, Bob Marlow", "publication": "Post"},
    "all-the-news-parts": {"article": T, "title": H, "year": 2020, "month": 1.0, "day": "8", "author": None},
    "dolma": {"id": "1", "text": T, "source": "cc", "added": "2020-02-01", "created": D, "metadata": {"title": H, "authors": A}},
    "newspaper4k": {"title": H, "text": T, "authors": A, "publish_date": D, "top_image": "", "url": U},
    "trafilatura": {"title": H, "author": "Ann Oakley; Bob Marlow", "date": D, "text": T, "raw_text": T, "source": U, "hostname": "v.example"},
    "zyte": {"url": U, "headline": H, "datePublished": D, "authors": [{"name": a} for a in A], "articleBody": T},
    "zyte-response": {"url": U, "statusCode": 200, "article": {"headline": H, "datePublished": D, "authors": [{"name": a} for a in A], "articleBody": T}},
    "readability": {"title": H, "byline": "Ann Oakley and Bob Marlow", "content": HTML, "textContent": T, "publishedTime": D, "siteName": "Post"},
    "event-registry": {"uri": "7", "lang": "eng", "dateTime": D, "url": U, "title": H, "body": T, "authors": [{"uri": "x", "name": a} for a in A], "source": {"title": "Post"}},
    "guardian": {"webTitle": H, "webUrl": U, "webPublicationDate": D, "fields": {"body": HTML, "byline": "Ann Oakley and Bob Marlow"}},
    "wallabag": {"title": H, "url": U, "content": HTML, "published_at": D, "published_by": A, "domain_name": "v.example", "is_archived": 0, "updated_at": "2024-01-01", "created_at": "2020-02-01"},
    "omnivore": {"title": H, "author": "Ann Oakley", "url": U, "publishedAt": D, "savedAt": "2020-02-01", "updatedAt": "2024-01-01", "content": HTML},
    "firecrawl": {"success": True, "data": {"markdown": T, "metadata": {"title": H, "sourceURL": U, "publishedTime": D, "author": "Ann Oakley"}}},
    "jina": {"code": 200, "data": {"title": H, "url": U, "content": T, "publishedTime": D}},
    "elastic": {"_index": "news", "_source": {"headline": H, "body": T, "published": D, "byline": "By Ann Oakley"}},
    "spaced": {"Article Title": H, "Publication Date": D, "Full Text": T, "Author": "Ann Oakley"},
    "struct-in-text": {"text": T, "meta": json.dumps({"url": U, "title": H, "publish_date": D})},
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_what_a_row_states_is_in_the_record(name: str) -> None:
    found = row_fields(ROWS[name])
    assert T in found.content
    article = clean(found.content, url=found.url, kind=found.content_kind_hint, stated=found.stated)
    assert (article.headline, article.date) == (H, f"{D}T13:45:00" if name == "cc_news" else D)
    assert list(article.authors) in (A, A[:1], []) or name == "jina"
    assert not article.authors or article.provenance["authors"] == "row"
    assert article.modified is None


@pytest.mark.parametrize(
    "row",
    [
        {"text": T, "timestamp": "2020-02-01T00:00:00Z", "url": U},
        {"content": T, "warc_headers": {"warc-target-uri": U, "warc-date": "2020-02-01T00:00:00Z"}},
        {"text": T, "id": "<urn:1>", "dump": "CC-MAIN-2020-05", "url": U, "date": "2020-02-01T00:00:00Z", "file_path": "s3://x"},
        {"text": T, "id": "1", "metadata": {"url": U, "date": "2020-02-01T00:00:00Z", "dump": "CC-MAIN-2020-05"}},
        {"text": T, "meta": {"url": U, "timestamp": "2020-02-01T00:00:00Z"}},
        {"raw_content": T, "url": U, "date_download": "2020-02-01T00:00:00Z"},
    ],
    ids=["c4", "oscar", "fineweb", "datatrove", "redpajama", "redpajama-2"],
)  # fmt: skip
def test_the_day_of_the_crawl_is_no_date(row: dict[str, Any]) -> None:
    found = row_fields(row)
    article = clean(found.content, url=found.url, stated=found.stated)
    assert (article.date, article.fetched, article.url) == (None, "2020-02-01T00:00:00+00:00", U)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_our_own_records_come_back(schema: str) -> None:
    stated = {
        "headline": H, "date": "2020-01-08T22:30:00+01:00", "authors": A, "language": "en", "tags": ["harbour"],
        "site": "Vellmouth Post", "url": U, "summary": "A wall.", "section": "News", "fetched": "2020-02-01",
    }  # fmt: skip
    before = clean("\n\n".join([T, T.replace("Tuesday", "Monday"), T.replace("wall", "pier")]), stated=stated)
    found = row_fields(json.loads(json.dumps(SCHEMAS[schema].view(before))))
    after = clean(found.content, url=found.url, stated=found.stated)
    day = 10 if schema == "trafilatura" else None
    assert (before.date or "")[:day] == after.date
    for name in (
        "headline",
        "authors",
        "language",
        "tags",
        "site",
        "url",
        "summary",
        "section",
        "body",
        "id",
    ):
        assert getattr(after, name) == getattr(before, name), name


def test_a_row_without_a_text_names_what_it_has() -> None:
    with pytest.raises(NoContent, match=r"tweet, user, user.name.*--content-field"):
        row_fields({"tweet": "x", "user": {"name": "y"}})
    with pytest.raises(NoContent, match="no text under 'story'"):
        row_fields({"text": T}, content="story")
    with pytest.raises(NoContent, match="not a list"):
        row_fields([1])


def test_the_caller_may_name_the_text() -> None:
    assert row_fields({"text": "short", "tweet": {"long": T}}, content="tweet.long").content == T


@pytest.mark.parametrize(("text", "hint"), [(HTML, "html"), (T, "text"), ("a < b and c > d", "text")])
def test_what_the_text_looks_like(text: str, hint: str) -> None:
    assert row_fields({"text": text}).content_kind_hint == hint


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_nothing_but_no_content_is_raised(row: object) -> None:
    with suppress(NoContent):
        assert isinstance(row_fields(row).content, str)
    with pytest.raises(NoContent, match="nothing"):
        row_fields(None)
