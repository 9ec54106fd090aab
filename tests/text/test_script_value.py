"""A page's JSON-LD script is parsed once for all who ask."""

from __future__ import annotations

import pytest

from cleaner.fields import jsonld
from cleaner.read import read
from cleaner.text.lazy import Script, script_value

HTML = """<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry stays"}
</script>
</head><body><h1>Ferry stays</h1><p>The ferry stays with the city.</p></body></html>"""


def test_all_get_the_same_value():
    page = read(HTML.encode(), url=None, source=None, kind="html")
    (script,) = page.jsonld
    assert script_value(script) == {"@type": "NewsArticle", "headline": "Ferry stays"}
    assert script_value(script) is script_value(script)
    assert jsonld.nodes(page.jsonld)[0] is script_value(script)


@pytest.mark.parametrize("text", ["", "{", "NaN", "{'a': 1}", "\ud800"])
def test_what_is_no_strict_json_has_no_value(text):
    assert script_value(text) is None
    assert script_value(Script(text)) is None


def test_a_broken_script_is_still_mended_for_the_fields():
    assert jsonld.parse(Script('{"a": 1,}')) == [{"a": 1}]


def test_a_plain_string_will_do():
    assert jsonld.parse('{"a": 1}') == [{"a": 1}]
