# ruff: noqa: E501 - a case is a line
"""What a page's container states: checked, named in the record, above what is guessed, never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean
from cleaner.fields.stated import read_stated

PROSE = (
    "The council of Vellmouth voted on Tuesday to rebuild the old harbour wall before the winter storms. " * 3
)
TEXT = f"Some first line of it\n\n{PROSE}"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2020-01-08T21:30:00Z", "2020-01-08T21:30:00+00:00"),
        (1578519000, "2020-01-08T21:30:00+00:00"),
        (1578519000000, "2020-01-08T21:30:00+00:00"),
        ("1578519000", "2020-01-08T21:30:00+00:00"),
        (1578519000.5, "2020-01-08T21:30:00+00:00"),
        (date(2020, 1, 8), "2020-01-08"),
        (datetime(2020, 1, 8, 21, 30, tzinfo=UTC), "2020-01-08T21:30:00+00:00"),
        ({"$date": "2020-01-08"}, "2020-01-08"),
        (["2020-01-08"], "2020-01-08"),
        ("Wed, 08 Jan 2020 21:30:00 GMT", "2020-01-08T21:30:00+00:00"),
        ("20200108", "2020-01-08"),
        ("8 January 2020", "2020-01-08"),
        (float("nan"), None),
        (2020, None),
        ("null", None),
    ],
)
def test_dates_in_many_forms(raw: object, iso: str | None) -> None:
    article = clean(TEXT, stated={"date": raw})
    assert article.date == iso
    assert article.provenance.get("date") == (None if iso is None else "row")


@pytest.mark.parametrize(
    ("raw", "authors", "agencies"),
    [
        ("Ann Oakley and Bob Marlow", ("Ann Oakley", "Bob Marlow"), ()),
        ("Ann Oakley; Bob Marlow", ("Ann Oakley", "Bob Marlow"), ()),
        ("By Ann Oakley", ("Ann Oakley",), ()),
        (["Ann Oakley", {"name": "Bob Marlow"}], ("Ann Oakley", "Bob Marlow"), ()),
        ([{"@type": "Person", "name": "Ann Oakley"}, "Reuters"], ("Ann Oakley",), ("Reuters",)),
        (["Ann Oakley", "Ann Oakley", None, ""], ("Ann Oakley",), ()),
        (["https://v.example/staff"], (), ()),
        ("None", (), ()),
    ],
)
def test_authors_in_many_forms(raw: object, authors: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    article = clean(TEXT, stated={"authors": raw})
    assert (article.authors, article.agencies) == (authors, agencies)


def test_stated_beats_guessed_and_names_who_says_so() -> None:
    article = clean(TEXT, stated={"headline": "Wall to be rebuilt | Again", "container": "nexis"})
    assert article.headline == "Wall to be rebuilt | Again"
    assert article.provenance["headline"] == "nexis"


def test_a_stated_day_does_not_cost_the_pages_time() -> None:
    page = f"""<html><head><meta property="article:published_time" content="2020-01-08T21:30:00Z"></head>
    <body><h1>Wall to be rebuilt</h1><p>{PROSE}</p></body></html>"""
    assert clean(page, stated={"date": "2020-01-08"}).date == "2020-01-08T21:30:00+00:00"
    assert clean(page, stated={"date": "2020-01-05"}).date == "2020-01-05"


@pytest.mark.parametrize(
    ("data", "status"), [("", "empty"), (b"%PDF-1.4\n\x00\x01\x02\x03" * 40, "rejected")]
)
def test_records_without_a_page_keep_what_is_stated(data: bytes | str, status: str) -> None:
    stated = {
        "headline": "Wall to be rebuilt", "date": "2020-01-08", "authors": ["Ann Oakley"], "site": "Vellmouth Post",
        "url": "https://v.example/a", "fetched": "2020-02-01", "tags": "harbour, storms",
    }  # fmt: skip
    article = clean(data, stated=stated)
    assert article.status == status
    assert (article.headline, article.date, article.authors) == (
        "Wall to be rebuilt",
        "2020-01-08",
        ("Ann Oakley",),
    )
    assert (article.site, article.url, article.fetched) == (
        "Vellmouth Post",
        "https://v.example/a",
        "2020-02-01",
    )
    assert article.tags == ("harbour", "storms")
    assert article.provenance["headline"] == "row"


def test_a_page_without_text_keeps_what_its_head_states() -> None:
    article = clean(
        '<html lang="en"><head><title>Wall to be rebuilt</title><link rel="canonical" href="https://v.example/a">'
        '<meta property="article:published_time" content="2020-01-08"></head><body><div id="app"></div></body></html>'
    )
    assert (article.status, article.headline, article.date) == ("empty", "Wall to be rebuilt", "2020-01-08")
    assert article.url == "https://v.example/a"


@pytest.mark.parametrize(
    "wrapper",
    ["---\ntitle: Wall to be rebuilt\n---\n", "Title: Wall to be rebuilt\nURL: https://v.example/a\n\n"],
)
def test_a_wrappers_title_beats_the_first_line(wrapper: str) -> None:
    assert clean(wrapper + TEXT, kind="text").headline == "Wall to be rebuilt"


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["headline", "date", "authors", "tags", "url", "fetched", "image"]), JSON)
)
def test_never_raises_for_any_json(stated: dict[str, object]) -> None:
    found = read_stated(stated)
    assert found is None or isinstance(found.record(), dict)
