"""A page's JSON-LD script is parsed once for all who ask."""

from __future__ import annotations

import pytest

from cleaner.fields import jsonld
from cleaner.read import jsonld_script, read
from cleaner.read.jsonld_script import Script

HTML = """<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry stays"}
</script>
</head><body><h1>Ferry stays</h1><p>The ferry stays with the city.</p></body></html>"""


def test_all_get_the_same_value():
    page = read(HTML.encode(), url=None, source=None, kind="html")
    (script,) = page.jsonld
    assert jsonld_script.value(script) == {"@type": "NewsArticle", "headline": "Ferry stays"}
    assert jsonld_script.value(script) is jsonld_script.value(script)
    assert jsonld.nodes(page.jsonld)[0] is jsonld_script.value(script)


@pytest.mark.parametrize("text", ["", "{", "NaN", "{'a': 1}", "\ud800"])
def test_what_is_no_strict_json_has_no_value(text):
    assert jsonld_script.value(text) is None
    assert jsonld_script.value(Script(text)) is None


def test_a_broken_script_is_still_mended_for_the_fields():
    assert jsonld.parse(Script('{"a": 1,}')) == [{"a": 1}]


def test_a_plain_string_will_do():
    assert jsonld.parse('{"a": 1}') == [{"a": 1}]
