"""Every key of the rule format in both kinds of file: it works the same in both, or is refused at load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rules_help import html_page, rules, source, text_page

from cleaner.rules.format.parse import check_file
from cleaner.rules.format.schema import KEYS, allowed_keys

if TYPE_CHECKING:
    from cleaner.model import Page

BODY = """<h2>Related boats</h2><p class=promo data-kind=advert>Related boats</p>
<p>The ferry left at noon.</p>
<p><a href=/1>Related boats</a></p><p>End of list</p><p>NowThe ferry came back.</p>
<p><b class=tag>Live</b> again.</p>
<p>Related boats</p>"""
HTML = html_page(BODY)
TEXT = text_page(
    "Related boats", "", "The ferry left at noon.", "", "End of list", "", "NowThe ferry came back."
)

# By key: entries of `remove` that it tells apart. Each `from` has an end: without one it is a marker.
REMOVE = {
    "line": "line: '^related boats$'",
    "css": "css: .promo",
    "xpath": "xpath: '//p[@class=\"promo\"]'",
    "attr": "attr: {data-kind: '^advert$'}",
    "kind": "kind: heading",
    "on": "line: '^related boats$', on: text",
    "first": "line: '^related boats$', first: 1",
    "last": "line: '^related boats$', last: 1",
    "linked": "line: '^related boats$', linked: true",
    "max": "line: '^related', max: 5",
    "from": "from: '^related boats$', lines: 2",
    "until": "from: '^related boats$', until: '^end of list$'",
    "lines": "from: '^related boats$', lines: 3",
    "name": "line: '^end of list$'",
    "why": "line: '^end of list$'",
    "off": "line: '^related boats$', off: true",
}
EDITS = {
    "text": r"text: '^(Now)\p{Lu}'",
    "css": "css: .tag",
    "kind": r"text: '^(Now)\p{Lu}', kind: heading",
    "on": r"text: '^(Now)\p{Lu}', on: text",
    "first": r"text: '^(Now)\p{Lu}', first: 2",
    "last": r"text: '^(Now)\p{Lu}', last: 4",
    "name": r"text: '(left)'",
    "why": r"text: '(left)'",
    "off": r"text: '^(Now)\p{Lu}', off: true",
}


def of_outlet(text: str, page: Page) -> dict[int, tuple[str, str | None]]:
    found = rules(source(text, "a")).outlet("a").verdicts(page)
    return {i: (v.rule, v.text) for i, v in found.items() if v.action != "keep"}


def of_generic(text: str, page: Page) -> dict[int, tuple[str, str | None]]:
    phrases = rules(source(text, "a", "generic")).phrases
    named = {i: (x, None) for i, x in enumerate(phrases.about(page).lines()) if x}
    edits = {i: (v.rule, v.text) for i, v in phrases.edited(page).items()}
    return {**edits, **named}


@pytest.mark.parametrize("page", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize("key", REMOVE)
def test_a_condition_of_remove_is_the_same_in_both(key: str, page: Page) -> None:
    text = f"remove: [{{name: x, why: y, {REMOVE[key]}}}]"
    assert of_generic(text, page) == of_outlet(text, page)


@pytest.mark.parametrize("page", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize("key", REMOVE)
def test_a_condition_of_keep_is_the_same_in_both(key: str, page: Page) -> None:
    text = f"keep: [{{name: k, {REMOVE[key]}}}]\nremove: [{{name: x, line: '^(related|end)', why: y}}]"
    assert of_generic(text, page) == of_outlet(text, page)


@pytest.mark.parametrize("page", [HTML, TEXT], ids=["html", "text"])
@pytest.mark.parametrize("key", EDITS)
def test_a_condition_of_an_edit_is_the_same_in_both(key: str, page: Page) -> None:
    text = f"split: [{{name: x, why: y, {EDITS[key]}}}]"
    assert of_generic(text, page) == of_outlet(text, page)
    if key in {"text", "first", "kind", "last", "on"}:
        text = f"replace: [{{name: x, why: y, with: '', {EDITS[key]}}}]"
        assert of_generic(text, page) == of_outlet(text, page)


def test_every_key_is_put_to_the_test() -> None:
    assert REMOVE.keys() == set(allowed_keys("remove", "generic")) == set(allowed_keys("keep", "generic"))
    assert EDITS.keys() == KEYS["split"].keys()
    assert KEYS["replace"].keys() - EDITS.keys() == {"with"}


# What each says on the HTML page, so that two kinds of file do not agree in finding nothing.
@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (REMOVE["linked"], {3}),
        (REMOVE["on"], set()),
        (REMOVE["kind"], {0}),
        (REMOVE["until"], {0, 1, 2, 3, 7}),
        (REMOVE["lines"], {0, 1, 2, 3, 4, 5, 7}),
        (REMOVE["css"], {1}),
        (REMOVE["last"], {7}),
    ],
)
def test_what_conditions_find_in_a_generic_file(entry: str, found: set[int]) -> None:
    assert set(of_generic(f"remove: [{{name: x, why: y, {entry}}}]", HTML)) == found


REFUSED = [
    (table, kind, key)
    for table in ("file", "remove", "keep")
    for kind in ("outlet", "generic")
    for key in KEYS[table]
    if key not in allowed_keys(table, kind)
]


@pytest.mark.parametrize(("table", "kind", "key"), REFUSED)
def test_what_cannot_work_is_refused_by_name(table: str, kind: str, key: str) -> None:
    text = f"\n{key}: x" if table == "file" else f"\n{table}: [{{name: n, css: p, {key}: x}}]"
    said = [str(x) for x in check_file(text.encode(), "my.yaml", "a", kind)[1]]  # type: ignore[arg-type]
    assert any(x.startswith("my.yaml:2: ") and f"{key}: is a key of " in x and "allowed: " in x for x in said)


def test_the_refused_keys_are_those() -> None:
    generic = {key for table, kind, key in REFUSED if (table, kind) == ("file", "generic")}
    assert {"hosts", "recognise", "body", "headline", "markup", "prune", "extends"} <= generic
    assert ("file", "outlet", "words") in REFUSED
