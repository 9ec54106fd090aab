# ruff: noqa: E501 - a case is a line
"""Pages that keep their story from who reads without scripts; pages that show theirs are left alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean
from cleaner.read.script_state import revive

STORY = [
    f"The council of Vellmouth voted on Monday to close harbour bridge number {i} for repairs, officials said "
    "after the long meeting in the old town hall."
    for i in range(6)
]
MARKUP = "".join(f"<p>{p}</p>" for p in STORY)
HEAD = (
    "<!doctype html><html><head><title>Bridges to close, council says</title>"
    "<meta property='article:published_time' content='2020-01-08'></head>"
)


def page(inside: str, shown: str = "<div id=app>Loading…</div>") -> str:
    return f"{HEAD}<body>{shown}{inside}</body></html>"


def ld(**values: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'headline': 'Bridges to close, council says', **values})}</script>"


def data(value: object, attributes: str = "type='application/json'") -> str:
    return f"<script {attributes}>{json.dumps(value)}</script>"


RICH = [{"type": "p", "children": [{"text": p[:20]}, {"text": p[20:]}]} for p in STORY]
FLIGHT = ['1:{"a":"b"}\n2:T400,', MARKUP, "\n3:[]"]
HIDDEN = {
    "noscript": f"<noscript>{MARKUP}</noscript>",
    "shadow-root": f"<v-story><template shadowrootmode='open'><article>{MARKUP}</article></template></v-story>",
    "jsonld-body": ld(**{"@type": "NewsArticle", "articleBody": "\n".join(STORY)}),
    "next-data": data({"props": {"story": {"body": RICH}}}, "id='__NEXT_DATA__' type='application/json'"),
    "react-flight": "".join(f"<script>self.__next_f.push({json.dumps([1, x])})</script>" for x in FLIGHT),
    "fusion": f"<script>Fusion.globalContent={json.dumps({'content_elements': [{'type': 'text', 'content': p} for p in STORY]})};</script>",
    "preloaded-state": f"<script>window.__PRELOADED_STATE__ = JSON.parse({json.dumps(json.dumps({'a': {'html': MARKUP}}))})</script>",
    "apollo": f"<script>window.__APOLLO_STATE__={json.dumps({'Article:1': {'body': MARKUP}})}</script>",
    "nuxt": f"<script>window.__NUXT__=(function(a){{return {{data:[{{body:{json.dumps(MARKUP)}}}]}}}}(1))</script>",
    "script-state": data({"story": {"paragraphs": STORY}}),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_story_is_found_and_judged(name: str) -> None:
    article = clean(page(HIDDEN[name]))
    assert article.status == "article"
    assert all(p in article.body for p in STORY)
    assert article.provenance["body"] == name
    assert (article.headline, article.date) == ("Bridges to close, council says", "2020-01-08")
    assert "Loading…" in article.body or any(r.text == "Loading…" for r in article.removed)


def test_a_live_blog_is_its_updates() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"Update {i}", "articleBody": p} for i, p in enumerate(STORY)
    ]
    article = clean(page(ld(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})))
    assert all(p in article.body for p in STORY)


@pytest.mark.parametrize("name", HIDDEN)
def test_a_page_with_a_body_is_left_alone(name: str) -> None:
    shown = "".join(f"<p>{p.replace('bridge', 'lock')}</p>" for p in STORY)
    article = clean(page(HIDDEN[name], f"<article><h1>Bridges to close, council says</h1>{shown}</article>"))
    assert "body" not in article.provenance
    assert "harbour bridge" not in article.body


@pytest.mark.parametrize(
    "inside",
    [
        "<noscript>Please enable JavaScript to read this page.</noscript>",
        "<noscript><img src='https://v.example/pixel'></noscript>" * 80,
        data({"labels": ["Home", "News", "Sport"] * 80}),
        data(list(range(500))),
        "<script>window.__NUXT__=</script>",
        "<script type='application/json'>{broken</script>",
    ],
)
def test_a_page_with_nothing_to_find_stays_empty(inside: str) -> None:
    article = clean(page(inside, ""))
    assert article.status == "empty"
    assert "body" not in article.provenance


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *HIDDEN.values(),
                "<script>",
                "</script>",
                "<noscript>",
                "<template ",
                '"',
                "\\",
                "__NUXT__=",
                "[",
            ]
        )
    )
)
def test_never_raises(parts: list[str]) -> None:
    found = revive("".join(parts))
    assert found is None or found.html
