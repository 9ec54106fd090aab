# ruff: noqa: E501 - a case is a line
"""No rule hangs the cleaner, fills memory or makes `clean()` raise: shapes refused at load, and what is capped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st
from rules_help import folder, html_page, outlet, removed, rules, source, text_page

from cleaner import Cleaner
from cleaner.model import RulesError
from cleaner.rules.apply import conditions, markup, xpath
from cleaner.rules.apply.conditions import runs
from cleaner.rules.apply.xpath_cost import MOST_STEPS, Size, cost
from cleaner.rules.format import budgets, scalars
from cleaner.rules.format.parse import check_file
from cleaner.rules.patterns import sets
from cleaner.rules.patterns.sets import PatternSet

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "<h1>Otters return</h1><p>The otters came back to the river.</p><p title='t'>They were counted on Monday.</p>"


def problems(text: str) -> list[str]:
    return [str(x) for x in check_file(text.encode(), "my/outlets/a.com.yaml", "a.com", "outlet")[1]]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("date: [{css: time, format: '%d %d'}]", "not a date format"),
        ("date: [{css: time, format: '%Q'}]", "not a date format"),
        ("date: [{css: time, format: 'Monday'}]", "has no %"),
        (f"date: [{{css: time, format: '{'%d.' * 60}'}}]", "is too long"),
        ("date: [{css: time, tz: ../x}]", "not a time zone"),
        ("date: [{css: time, tz: zone.tab}]", "not a time zone"),
        ("date: [{css: time, tz: posixrules}]", "not a time zone"),
        ("date: [{css: time, tz: /Europe/Berlin}]", "not a time zone"),
        ("date: [{css: time, tz: UTC+3}]", "not a time zone"),
        (f"remove: [{{name: a, line: b, why: c, max: {'9' * 5000}}}]", "not a number"),
        ("remove: [{name: a, xpath: '//namespace::*', why: c}]", "namespace"),
        ("remove: [{name: a, xpath: '//p[re:test(., \"a\")]', why: c}]", "re:test() is no function"),
        ("remove: [{name: a, xpath: '//p[$x]', why: c}]", "variables"),
        ("remove: [{name: a, xpath: '//*[count(//*[count(//*)>1])>1]', why: c}]", "nest less"),
        (f"remove: [{{name: a, xpath: '//p{'[a' * 6}{']' * 6}', why: c}}]", "in each other"),
        (f"remove: [{{name: a, xpath: '//p{'[a]' * 60}', why: c}}]", "conditions"),
        (f"remove: [{{name: a, xpath: '{'//a|' * 150}//b', why: c}}]", "paths"),
        (f"remove: [{{name: a, xpath: '//{'a' * 1100}', why: c}}]", "longer than"),
        ("remove: [{name: a, css: 'div:has(p:has(b))', why: c}]", "inside another"),
        ("remove: [{name: a, css: 'div:has(p i b)', why: c}]", "more than two steps"),
        (f"remove: [{{name: a, css: 'p{':has(b)' * 5}', why: c}}]", "more than 4 times"),
        (f"remove: [{{name: a, css: '{'a,' * 150}b', why: c}}]", "alternatives"),
        (f"replace: [{{name: a, text: b, with: '{'c' * 1100}', why: d}}]", "longer than 1000"),
    ],
)
def test_values_that_no_page_should_meet_are_refused_with_their_line(rule: str, said: str) -> None:
    found = problems(f"hosts: [a.com]\n{rule}\n")
    assert found
    assert all(x.startswith("my/outlets/a.com.yaml:2: ") for x in found)
    assert said in found[0]


@pytest.mark.parametrize(
    "rule",
    [
        "date: [{css: time, format: '%d. %B %Y', tz: Europe/Berlin}]",
        "date: [{css: time, tz: America/Argentina/Buenos_Aires}]",
        "date: [{css: time, tz: UTC}]",
        'remove: [{name: a, xpath: \'//div[contains(concat(" ", @class, " "), " a ")]//p[preceding-sibling::h2]\', why: c}]',
        "remove: [{name: a, xpath: '//p[count(following-sibling::p) > 3 and not(.//b)]/.. | //i', why: c}]",
        "remove: [{name: a, css: 'li:has(> a:last-child), p:has(> strong > a)', why: c}]",
        "remove: [{name: a, css: 'a[href*=\":has(:has(\"]', why: c}]",
        r"replace: [{name: a, text: '(x)y', with: 'é\1\\', why: c}]",
    ],
)
def test_ordinary_rules_are_within_the_limits(rule: str) -> None:
    assert problems(f"hosts: [a.com]\n{rule}\n") == []


@pytest.mark.parametrize(
    ("limit", "value", "text"),
    [
        (
            "MAX_SELECTORS",
            3,
            "remove:\n" + "".join(f"  - {{name: a{i}, css: .a, why: c}}\n" for i in range(4)),
        ),
        ("MAX_SELECTORS", 3, "remove: []\n  \nkeep: [{css: 'a, b, c, d'}]"),
        ("MAX_COSTLY", 1, "remove: [{name: a, css: 'p:has(a), p:nth-child(2)', why: c}]"),
        ("MAX_XPATHS", 1, "remove: [{name: a, xpath: //a, why: c}, {name: b, xpath: //b, why: c}]"),
        ("MAX_EDITS", 1, "split: [{name: a, css: b, why: c}, {name: b, css: i, why: c}]"),
        ("MAX_MARKUP", 1, "markup: [{find: a, with: b}, {find: c, with: d}]"),
    ],
)
def test_a_file_asks_no_more_than_a_page_can_be_asked(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, text: str
) -> None:
    assert problems(f"hosts: [a.com]\n{text}") == []
    monkeypatch.setattr(budgets, limit, value)
    found = problems(f"hosts: [a.com]\n{text}")
    assert len(found) == 1
    assert "more than" in found[0]
    assert "write fewer" in found[0]


def test_what_a_file_inherits_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MAX_SELECTORS", 3)
    parent = source("remove: [{name: a, css: .a}, {name: b, css: .b}]", "parent")
    child = source(
        "hosts: [a.com]\nextends: parent\nremove: [{name: c, css: .c}, {name: d, css: .d}]", "a.com"
    )
    with pytest.raises(RulesError, match=r"my/outlets/a.com.yaml:2: more than 3 selectors"):
        rules(parent, child)


def test_generic_files_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MAX_SELECTORS", 3)
    files = [
        source(f"remove: [{{name: a, css: .a}}, {{name: b, css: .{x}}}]", x, "generic") for x in ("en", "de")
    ]
    assert rules(files[0]).phrases.files
    with pytest.raises(RulesError, match=r"my/generic/de.yaml:1: all generic files together"):
        rules(*files)


def test_patterns_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "hosts: [a.com]\nremove:\n" + "".join(
        f"  - {{name: a{i}, line: '^a.{{1,20}}b', why: c}}\n" for i in range(4)
    )
    assert problems(text) == []
    monkeypatch.setattr(scalars, "MAX_PROGRAM", 250)
    (found,) = problems(text)
    assert "too large together" in found


def too_large(patterns: list[str]) -> None:
    whole = re2.Set.SearchSet(sets.options(40_000))
    for pattern in patterns:
        whole.Add(pattern)
    whole.Compile()


def test_a_set_that_is_too_large_becomes_several(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = [f"^{x}.{{1,30}}[a-z ]{{1,30}}$" for x in "abcdefgh"]
    whole = PatternSet(patterns)
    expected = [whole.search(f"{x} long line") for x in "abcdefghi"]
    monkeypatch.setattr(sets, "_SET_MEMORY", 40_000)  # one set of all is refused with so little
    with pytest.raises(re2.error):
        too_large(patterns)
    parted = PatternSet(patterns)
    assert (
        [parted.search(f"{x} long line") for x in "abcdefghi"] == expected == [[i] for i in range(8)] + [[]]
    )


def test_replacements_that_double_the_text_end() -> None:
    edits = "".join(f"  - {{name: a{i}, text: 'o', with: 'oo', why: c}}\n" for i in range(40))
    found = outlet(f"hosts: [a.com]\nreplace:\n{edits}")
    verdict = found.verdicts(text_page("An otter.", "It swims in the river."))[0]
    assert verdict.text is not None
    assert 50 < len(verdict.text) <= conditions.MOST_GROWN + conditions.MOST_TIMES * len("An otter.")


def test_replacements_that_double_the_markup_end() -> None:
    chain = ", ".join("{find: '<b>', with: '<b><b>'}" for _ in range(40))
    found = outlet(f"hosts: [a.com]\nmarkup: [{chain}]")
    html = f"<html><body>{PAGE}<p>One <b>bold</b> word.</p></body></html>"
    page = markup.prepare(html_page(PAGE), found, html)
    assert "One bold word." in [x.text for x in page.blocks]


@pytest.mark.parametrize(
    ("with_", "text"),
    [("é", "é b c"), (r"\1\1", "aa b c"), (r"\0!", "a! b c"), (r"\u00zz", r"\u00zz b c"), (r"\g<x>", r"\g<x> b c")],
)  # fmt: skip
def test_a_replacement_stands_as_it_is_written(with_: str, text: str) -> None:
    found = outlet(f"hosts: [a.com]\nreplace: [{{name: r, text: '(a)', with: '{with_}', why: c}}]")
    assert found.verdicts(text_page("a b c", "d e f"))[0].text == text


def test_attributes_with_signs_in_their_names() -> None:
    found = outlet("remove: [{name: a, attr: {'xlink:href': '^x', data.b: y}}]")
    page = html_page("<p xlink:href=x1 data.b=y>Gone.</p><p>Stays here.</p>")
    assert removed(found, page) == {"Gone.": "example.com/a"}


def test_an_xpath_too_dear_for_a_page_finds_nothing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    found = outlet("remove: [{name: a, xpath: '//p[count(//p) > 1]'}]")
    assert len(removed(found, html_page(PAGE))) == 2
    monkeypatch.setattr(xpath, "MOST_STEPS", 10)
    assert removed(found, html_page(PAGE)) == {}


def test_what_xpath_finds_beside_elements_and_strings_is_no_block() -> None:
    mirror = xpath.Mirror(html_page(PAGE))
    assert all(isinstance(x, str) or hasattr(x, "itertext") for x in mirror.find("//p | //p/@title"))
    assert mirror.find("//namespace::*") == []
    assert mirror.find("count(//p)") == []


@given(st.lists(st.sampled_from(["//p", "/..", "[a]", "[.//b]", "(", ")", "|", "count(", "preceding::a", " and ", "@x", "="]), max_size=12))  # fmt: skip
def test_the_cost_of_any_text_is_told_or_refused(pieces: list[str]) -> None:
    path = "".join(pieces)
    try:
        steps = cost(path).steps(Size(100, 10, 20))
    except ValueError:
        return
    assert steps > 0
    assert cost(f"{path}[//a]").steps(Size(100, 10, 20)) >= steps if path.endswith("//p") else True


def test_nesting_multiplies_and_standing_side_by_side_adds() -> None:
    size = Size(1_000, 20, 50)
    one = cost("//a[//b]").steps(size)
    with pytest.raises(ValueError, match="nest less"):
        cost("//a[//b[//c]]")
    assert cost("//a[//b]|//a[//b]").steps(size) <= 2 * one
    assert one < MOST_STEPS


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.integers(0, 5))
def test_runs_end_at_the_next_end(starts: set[int], ends: set[int], longest: int) -> None:
    found = runs(sorted(starts), sorted(ends), 31, longest)
    expected: set[int] = set()
    for start in sorted(starts - expected):
        if start not in expected:
            end = min((x for x in ends if x > start), default=31)
            expected |= set(range(start, min(end, start + longest) if longest else end))
    assert found == expected


HOSTILE = """
hosts: [a.com]
date: [{css: time, format: '%d.%m.%Y', tz: Europe/Berlin}, {xpath: 'string(//time/@datetime)', format: unix}]
authors: [{css: p, attr: title, split: '|'}, {xpath: //p/@title}, {jsonld: a.b.c}]
headline: [{xpath: //h1, text: '()'}]
body: [{xpath: '//p | //h1'}]
remove: [{name: a, attr: {'a:b.c': x}, why: c}, {name: b, xpath: 'count(//p)', why: c}]
replace: [{name: d, text: '(w)as', with: '\\9\\u1', why: c}]
"""


def test_clean_never_raises_for_a_rule(tmp_path: Path) -> None:
    found = problems(HOSTILE)
    assert [x.partition(": ")[2].partition(":")[0] for x in found] == ["replace[d].with"]
    rules_folder = folder(tmp_path, a_com=HOSTILE.replace(r"\9\u1", r"\0\u1"))
    html = f"<html><body><time datetime='{'9' * 400}'>31.31.2020 {'9' * 5000}</time>{PAGE}</body></html>"
    article = Cleaner([rules_folder]).clean(html, url="https://a.com/1")
    assert "The otters came back" in article.body
