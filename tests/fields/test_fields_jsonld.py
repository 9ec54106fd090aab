"""JSON-LD as the wild writes it: what is read, what is repaired, what is left alone."""

from __future__ import annotations

import json

import pytest
from fields_help import fields, page

from cleaner.fields import jsonld


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "Ferry stays",}',
        '{"headline": "Ferry stays", "tags": ["a", "b",],}',
        '<!-- {"headline": "Ferry stays"} -->',
        '//<![CDATA[\n{"headline": "Ferry stays"}\n//]]>',
        '/* <![CDATA[ */ {"headline": "Ferry stays"} /* ]]> */',
        '{"headline": "Ferry stays", "articleBody": "one\ntwo"}',
        '{"headline": "Ferry stays", "rating": NaN}',
        '{"headline": "Ferry stays"};',
        "{&quot;headline&quot;: &quot;Ferry stays&quot;}",
    ],
)
def test_broken_scripts_are_repaired(script):
    assert jsonld.nodes([script])[0]["headline"] == "Ferry stays"


def test_a_comma_inside_a_string_is_no_trailing_comma():
    assert jsonld.parse('{"headline": "One, ] two, }",}') == [{"headline": "One, ] two, }"}]


def test_several_values_in_one_script_are_all_read():
    assert len(jsonld.nodes(['{"@type": "WebSite"}\n{"@type": "NewsArticle"}'])) == 2


@pytest.mark.parametrize(
    "script", ["", "null", "undefined", "{", '{"headline": ', "[[[[", "<html>", '"text"', "12"]
)
def test_what_cannot_be_read_gives_no_node(script):
    assert jsonld.nodes([script]) == []


def test_graph_of_any_depth_is_flattened_but_related_stories_are_not():
    script = (
        '{"@graph": [[{"@graph": {"@type": "NewsArticle"}}], {"@type": "ItemList", '
        '"itemListElement": [{"@type": "NewsArticle"}]}]}'
    )
    kinds = [jsonld.types(node) for node in jsonld.nodes([script])]
    assert kinds.count(("NewsArticle",)) == 1


def test_deep_nesting_ends():
    assert jsonld.nodes(["[" * 100_000]) == []
    assert jsonld.nodes(['{"mainEntity":' * 5_000 + "1" + "}" * 5_000]) == []


@pytest.mark.parametrize("value", [float("nan"), {"a": 1}, 3, True, None, [], [{}], {"@value": 4}])
def test_what_is_no_string_is_no_text(value):
    assert jsonld.text(value) is None


def test_text_is_unescaped_and_stripped_of_tags():
    assert jsonld.text("Ferry &#8211; <b>stays</b>\n here") == "Ferry – stays here"


def test_hostile_values_give_no_field_and_no_error():
    script = (
        '<script type="application/ld+json">{"@type": ["NewsArticle", 7, null], "headline": '
        '{"a": []}, "datePublished": ["x", {}],'
        ' "author": [null, 3, {"name": {"first": "A"}}, {"@id": "#nobody"}, [["x"]]], '
        '"image": [[]], "keywords": {"a": 1},'
        ' "publisher": "x", "mainEntityOfPage": [1], "hasPart": "no", "inLanguage": {"name": 5}}</script>'
    )
    found = fields(page(script))
    assert found.values["headline"] == "Ferry stays with the town"
    assert "date" not in found.values
    assert "authors" not in found.values


def test_of_several_articles_the_one_with_this_address_counts():
    stories = [
        {"@type": "NewsArticle", "url": f"https://example.org/{name}", "datePublished": day, "author": author}
        for name, day, author in (
            ("other", "2020-01-01", "Nora Elsewhere"),
            ("ferry", "2021-02-03", "Ida Holm"),
        )
    ]
    head = f'<script type="application/ld+json">{json.dumps(stories)}</script>'
    found = fields(page(head, url="https://www.example.org/ferry?x=1"))
    assert found.values["date"] == "2021-02-03"
    assert found.values["authors"] == ("Ida Holm",)


def test_an_author_by_reference_is_found_in_the_graph():
    head = (
        "<script "
        'type="application/ld+json">{"@graph":[{"@type":"Article","headline":"Ferry","author":{"@id":"#ida"}},'
        '{"@type":"Person","@id":"#ida","name":"Ida Holm"}]}</script>'
    )
    assert fields(page(head)).values["authors"] == ("Ida Holm",)


def test_a_string_without_end_costs_no_more_than_its_length():
    assert jsonld.parse('{"headline": "Ferry",}{"name": "' + '\\"' * 50_000) == [{"headline": "Ferry"}]
