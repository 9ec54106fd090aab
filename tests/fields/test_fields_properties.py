"""What holds for every input: no resolver raises, no date is impossible, winners are candidates."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from fields_help import PROSE, fields, page, text_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.fields.authors.credits import read_credits
from cleaner.fields.dates.date_text import find_date, parse_date

FETCHED = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(
        [
            "2024-05-03T12:00:01Z",
            "2030-01-01",
            "1850-01-01",
            "03/04/2020",
            "Ida Holm",
            "By Ida Holm, dpa",
            "https://x.org/a",
            "en",
            "a | b",
        ]
    )
)
_keys = st.sampled_from(
    [
        "@type",
        "@id",
        "@graph",
        "headline",
        "name",
        "author",
        "creator",
        "datePublished",
        "dateModified",
        "publisher",
        "image",
        "url",
        "keywords",
        "inLanguage",
        "articleSection",
        "isAccessibleForFree",
        "hasPart",
        "mainEntityOfPage",
        "itemListElement",
        "description",
    ]
)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=6),
    max_leaves=20,
)
_nodes = st.dictionaries(_keys, _values, max_size=10)
_metas = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "og:title",
                "article:published_time",
                "date",
                "author",
                "og:locale",
                "og:updated_time",
                "keywords",
                "og:url",
                "og:image",
            ]
        ),
        st.text(max_size=60) | st.sampled_from(["2031-01-01", "2024-05-03", "99/99/9999", "Ida Holm"]),
    ),
    max_size=5,
)


def _check(found):
    for name in ("date", "modified"):
        if name in found.values:
            moment = datetime.fromisoformat(found.values[name])
            assert moment.year >= 1900
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            assert aware <= FETCHED
    for name, source in found.provenance.items():
        assert any(c.field == name and c.source == source for c in found.candidates)


@SLOW
@given(
    node=_nodes, kind=st.sampled_from(["NewsArticle", "Article", "WebPage", "BreadcrumbList"]), metas=_metas
)
def test_html_never_raises(node, kind, metas):
    script = json.dumps({"@type": kind, **node}).replace("</", "<\\/")
    head = f'<script type="application/ld+json">{script}</script>'
    head += "".join(
        f'<meta property="{name}" content="{content.replace(chr(34), "")}">' for name, content in metas
    )
    _check(fields(page(head), fetched=FETCHED.isoformat()))


@SLOW
@given(st.text(max_size=300))
def test_broken_scripts_never_raise(script):
    _check(fields(page(f'<script type="application/ld+json">{script}</script>'), fetched=FETCHED.isoformat()))


@SLOW
@given(
    st.lists(
        st.text(max_size=80)
        | st.sampled_from([PROSE, "Published 3 May 2030", "By Ida Holm", "date 2031-01-01"]),
        max_size=12,
    )
)
def test_text_never_raises(lines):
    _check(fields(text_page("\n".join(lines)), fetched=FETCHED.isoformat()))


@given(st.text(max_size=200), st.sampled_from([None, "dmy", "mdy"]))
def test_dates_are_none_or_iso(text, order):
    iso = parse_date(text, order)
    assert iso is None or datetime.fromisoformat(iso)
    stamp = find_date(text, order)
    assert stamp is None or 0 <= stamp.start < stamp.end <= len(text)


@given(st.datetimes(min_value=datetime(1900, 1, 1)))  # noqa: DTZ001
def test_iso_dates_come_back(moment):
    moment = moment.replace(microsecond=0)
    assert parse_date(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=200), st.booleans())
def test_credits_never_raise(text, declared):
    for credit in read_credits(text, {"quaypost": "Quay Post"}, declared=declared):
        assert credit.name.strip()
