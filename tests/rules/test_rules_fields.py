# ruff: noqa: E501 - a case is a line
"""Field rules: where they look and what they make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_help import html_page, outlet, text_page

from cleaner.rules.apply.field_rules import iso

LD = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "From LD",
"author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}], "datePublished": "2020-01-08T21:30:00Z"}]}</script>
<script type="application/ld+json">{"headline": {"odd": 1}, "author": {"name": "Cy"}, "image": [["a"], 7]}</script>
<script type="application/ld+json">{broken</script>
<script type="application/ld+json">{"headline": NaN}</script>"""
HTML = html_page(
    '<h1>A  <b>headline</b></h1><p class="by">By Ann Lee and Bo Ek, Cy Oe</p><time datetime="2020-01-08T10:00">8 Jan</time>'
    '<p>Text.</p><p class="by"> </p>',
    head=f'<title>Title | DW | 09.01.2020</title><meta property="og:title" content="Meta title - Example">{LD}',
)
TEXT = text_page(
    "Paragraph one.",
    "IRAN/EPA",
    "The headline stands here",
    "EPA/ALI ABBAS",
    "By Ann Lee",
    "Published 8.1.2020, 10:30",
    "End.",
)


@pytest.mark.parametrize(
    ("page", "rule", "values"),
    [
        (HTML, "headline: [{css: h1}]", ["A headline"]),
        (HTML, "headline: [{css: h2}, {css: h1}]", ["A headline"]),
        (HTML, "headline: [{meta: 'OG:title', text: '^(.*) - Example$'}]", ["Meta title"]),
        (HTML, "headline: [{text: '^(.*?) \\| DW'}]", ["Title"]),
        (HTML, "headline: [{jsonld: headline}]", ["From LD"]),
        (HTML, "headline: [{xpath: '//h1'}]", ["A headline"]),
        (HTML, "headline: [{xpath: '//h1/b/text()'}]", ["headline"]),
        (HTML, "authors: [{jsonld: author.name}]", ["Ann Lee", "Bo Ek", "Cy"]),
        (HTML, "authors: [{css: .by, text: '^By (.*)', split: ' and |, '}]", ["Ann Lee", "Bo Ek", "Cy Oe"]),
        (HTML, "authors: [{css: .gone}, {css: h1}, {jsonld: author.name}]", ["A headline"]),
        (HTML, "headline: [{css: h1}, {jsonld: headline}]", ["A headline", "From LD"]),
        (HTML, "date: [{css: time, attr: datetime, tz: Europe/Berlin}]", ["2020-01-08T10:00:00+01:00"]),
        (HTML, "date: [{xpath: '//time/@datetime'}]", ["2020-01-08T10:00"]),
        (HTML, "date: [{text: 'DW \\| ([\\d.]+)', format: '%d.%m.%Y'}]", ["2020-01-09"]),
        (HTML, "image: [{jsonld: image}]", ["7"]),
        (HTML, "headline: [{css: h1, on: text}]", []),
        (HTML, "date: [{jsonld: nothing.here}]", []),
        (TEXT, "headline: [{before: '^EPA/'}]", ["The headline stands here"]),
        (TEXT, "headline: [{after: '/EPA$'}]", ["The headline stands here"]),
        (TEXT, "headline: [{before: '^Paragraph'}]", []),
        (TEXT, "headline: [{before: '^EPA/', first: 2}]", []),
        (TEXT, "headline: [{css: h1}]", []),
        (TEXT, "authors: [{text: '^By (.*)'}]", ["Ann Lee"]),
        (TEXT, "authors: [{text: '^By (.*)', last: 2}]", []),
        (TEXT, "date: [{text: '^Published (.*)', format: '%d.%m.%Y, %H:%M', tz: Europe/London}]", ["2020-01-08T10:30:00+00:00"]),
        (TEXT, "date: [{text: '^published (.*)', format: '%d/%m/%Y'}]", ["8.1.2020, 10:30"]),
        (TEXT, "section: [{text: '[A-Z]+/EPA'}]", ["IRAN/EPA"]),
    ],
)  # fmt: skip
def test_candidates(page: object, rule: str, values: list[str]) -> None:
    field = rule.partition(":")[0]
    found = outlet(rule).candidates(page, field)  # type: ignore[arg-type]
    assert [x.value for x in found] == values
    assert all(x.source == "rule" and x.field == field for x in found)


def test_raw_evidence_and_block_stay_beside_the_value() -> None:
    found = outlet("date: [{text: '^Published ([\\d.]+)', format: '%d.%m.%Y'}]").candidates(TEXT, "date")[0]
    assert (found.value, found.raw, found.block) == ("2020-01-08", "8.1.2020", 5)
    assert outlet("headline: [{css: h1}]").candidates(HTML, "headline")[0].block == 0


def test_field_without_rules_has_no_candidates() -> None:
    assert outlet("headline: [{css: h1}]").candidates(HTML, "date") == []


@pytest.mark.parametrize(
    ("raw", "written", "zone", "value"),
    [
        ("09.01.2020", "%d.%m.%Y", None, "2020-01-09"),
        ("9 January 2020", "%d %B %Y", "Europe/London", "2020-01-09"),
        ("1578522600", "unix", None, "2020-01-08T22:30:00+00:00"),
        ("1578522600000", "unix", None, "2020-01-08T22:30:00+00:00"),
        ("2020-07-01T10:00", None, "Europe/Berlin", "2020-07-01T10:00:00+02:00"),
        ("2020-07-01T10:00+05:00", None, "Europe/Berlin", "2020-07-01T10:00:00+05:00"),
        ("2020-07-01", None, "Europe/Berlin", "2020-07-01"),
        ("soon", None, "Europe/Berlin", "soon"),
        ("99.99.2020", "%d.%m.%Y", None, "99.99.2020"),
        ("1e999", "unix", None, "1e999"),
        ("nan", "unix", None, "nan"),
    ],
)
def test_dates(raw: str, written: str | None, zone: str | None, value: str) -> None:
    assert iso(raw, written, zone) == value


@given(
    st.text(max_size=30),
    st.sampled_from([None, "unix", "%d.%m.%Y", "%Y-%m-%dT%H:%M%z"]),
    st.sampled_from([None, "Asia/Tokyo"]),
)
def test_no_text_upsets_a_date(raw: str, written: str | None, zone: str | None) -> None:
    assert isinstance(iso(raw, written, zone), str)
