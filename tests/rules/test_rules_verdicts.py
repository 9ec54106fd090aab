# ruff: noqa: E501 - a case is a line
"""Rules asked about a page: what each kind of rule takes, spares and names."""

from __future__ import annotations

import pickle
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_help import html_page, outlet, removed, rules, source, text_page

from cleaner.model import RulesError

PAGE = html_page("""
<header><h1>Headline</h1></header>
<div class="body" data-component="text">
  <p>First paragraph.</p>
  <p class="promo">Sign up.</p>
  <div class="box"><p>Kept in a box.</p><p><em class="credit">Photo: X</em></p></div>
  <p>Second <em class="credit">partly</em> paragraph.</p>
  <h2>Subhead</h2>
</div>
<aside data-component="links-block"><ul><li><a href="/a">Other story</a></li></ul></aside>
<footer><p>Imprint</p></footer>""")


def test_css_takes_the_blocks_inside() -> None:
    found = outlet("remove: [{name: promo, css: '.promo, aside', why: x}]")
    assert removed(found, PAGE) == {"Sign up.": "example.com/promo", "Other story": "example.com/promo"}


def test_inline_element_counts_only_if_it_fills_its_block() -> None:
    assert removed(outlet("remove: [{name: credit, css: .credit}]"), PAGE) == {
        "Photo: X": "example.com/credit"
    }


@pytest.mark.parametrize(
    "css",
    [":not([class]) > p.a", "*:not([class]) > p.a", "header, :not([class]) p.a", ":is(section, body) p.a"],
)
def test_pseudo_classes_need_no_star(css: str) -> None:
    page = html_page("<section><div class=x><p class=a>One</p></div><p class=a>Two</p></section>")
    taken = set(removed(outlet(f"remove: [{{name: a, css: '{css}'}}]"), page))
    assert taken == ({"Two"} if ">" in css else {"One", "Two"})


def test_attribute_patterns_are_joined() -> None:
    found = outlet("remove: [{name: links, attr: {data-component: '^LINKS'}}]")
    assert removed(found, PAGE) == {"Other story": "example.com/links"}
    assert removed(outlet("remove: [{name: a, attr: {data-component: links, class: x}}]"), PAGE) == {}


def test_xpath_finds_the_same_blocks_as_css() -> None:
    by_path = outlet("remove: [{name: a, xpath: '//div[@class=\"box\"]//p | //aside'}]")
    by_css = outlet("remove: [{name: a, css: 'div.box p, aside'}]")
    assert removed(by_path, PAGE) == removed(by_css, PAGE)
    assert len(removed(by_path, PAGE)) == 3


def test_conditions_are_joined() -> None:
    found = outlet("remove: [{name: a, css: .body, line: '^s', kind: paragraph}]")
    assert removed(found, PAGE) == {"Sign up.": "example.com/a", "Second partly paragraph.": "example.com/a"}


def test_keep_beats_remove() -> None:
    found = outlet("keep: [{css: .box}]\nremove: [{name: all, css: .body}]")
    verdicts = found.verdicts(PAGE)
    kept = {PAGE.blocks[i].text for i, v in verdicts.items() if v.action == "keep"}
    assert kept == {"Kept in a box.", "Photo: X"}
    assert "First paragraph." in removed(found, PAGE)


def test_first_rule_to_speak_is_named() -> None:
    found = outlet("remove: [{name: one, line: '^sign'}, {name: two, css: .promo}]")
    assert removed(found, PAGE) == {"Sign up.": "example.com/one"}


def test_selectors_abstain_on_text() -> None:
    found = outlet(
        "remove: [{name: a, css: p}, {name: b, attr: {id: x}}, {name: c, xpath: //p}]\nbody: [{css: p}]"
    )
    page = text_page("Some line.", "Another.")
    assert removed(found, page) == {}
    assert found.body(page) is None


LINES = (
    "News",
    "Headline",
    "A story.",
    "Related:",
    "Other one",
    "Back to the story",
    "Share this",
    "Imprint",
)


@pytest.mark.parametrize(
    ("rule", "taken"),
    [
        ("line: ^related", {"Related:"}),
        ("from: ^related", {"Related:", "Other one", "Back to the story", "Share this", "Imprint"}),
        ("from: ^related, until: ^back", {"Related:", "Other one"}),
        ("from: ^related, lines: 2", {"Related:", "Other one"}),
        ("from: ^related, until: ^nowhere, lines: 3", {"Related:", "Other one", "Back to the story"}),
        ("line: e, first: 2", {"News", "Headline"}),
        ("line: e, last: 2", {"Share this"}),
        ("line: e, kind: heading", set()),
        ("line: s, on: html", set()),
        ("line: s, max: 4", {"News"}),
        ("text: '^[A-Z]\\w+:'", {"Related:"}),
        ("text: '^related'", set()),
        ("from: ^related, max: 3", set()),
    ],
)
def test_lines_and_runs(rule: str, taken: set[str]) -> None:
    found = outlet(f"remove: [{{name: a, {rule}}}]")
    assert set(removed(found, text_page(*LINES))) == taken


def test_a_phrase_never_costs_a_long_paragraph() -> None:
    long = "Read more: " + "word " * 80
    page = text_page("Read more: a story", long)
    assert set(removed(outlet("remove: [{name: a, line: '^Read more'}]"), page)) == {"Read more: a story"}
    assert len(removed(outlet("remove: [{name: a, line: '^Read more', max: 900}]"), page)) == 2


def test_body_is_the_first_rule_that_finds_something() -> None:
    found = outlet("body: [{css: .gone}, {css: .box}, {css: .body}]")
    assert {PAGE.blocks[i].text for i in found.body(PAGE) or ()} == {"Kept in a box.", "Photo: X"}
    assert outlet("body: [{css: .gone}]").body(PAGE) is None
    assert outlet("outlet: x").body(PAGE) is None


def test_body_of_text_goes_from_line_to_line() -> None:
    page = text_page(*LINES)
    found = outlet("body: [{from: '^A story', until: '^Share'}]").body(page)
    assert found == {2, 3, 4, 5}


@pytest.mark.parametrize(
    ("edit", "text", "left"),
    [
        ("split: [{name: a, text: '^(Breaking)\\p{Lu}'}]", "BreakingPentagon says", "Pentagon says"),
        ("split: [{name: a, text: '^(Breaking)\\p{Lu}'}]", "Breakingly new", None),
        ("split: [{name: a, text: '\\w(Share)$'}]", "The endShare", "The end"),
        ("replace: [{name: a, text: ' ?\\[\\d\\]', with: ''}]", "One [1] and two [2]", "One and two"),
        ("replace: [{name: a, text: '(\\w)’s', with: '\\1s'}]", "Ann's", "Anns"),
        ("replace: [{name: a, text: x, with: y}]", "abc", None),
        ("split: [{name: a, text: '^(Breaking)\\p{Lu}', on: html}]", "BreakingPentagon says", None),
    ],
)
def test_edits_leave_the_rest(edit: str, text: str, left: str | None) -> None:
    verdict = outlet(edit).verdicts(text_page(text)).get(0)
    assert (verdict.text if verdict else None) == left
    assert verdict is None or (verdict.action, verdict.rule) == ("edit", "example.com/a")


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p><span class=h>Image source,</span> Reuters</p>", "Reuters"),
        ("<p>One <b class=h>two</b> three <i class=h>four</i></p>", "One three"),
        ("<p>a b <i class=h>a</i></p>", "b a"),
        ("<p>ba bab <i class=h>a</i> bab b</p>", None),
        ("<p>Plain</p>", None),
        ("<div class=h><p>Whole</p></div>", None),
    ],
)
def test_inline_elements_are_cut_out(markup: str, left: str | None) -> None:
    verdict = outlet("split: [{name: a, css: .h}]").verdicts(html_page(markup)).get(0)
    assert (verdict.text if verdict else None) == left


def test_an_inline_element_that_is_all_there_is_takes_the_block_along() -> None:
    page = html_page("<p><i class=h>Advert</i></p><p>x</p>")
    assert removed(outlet("split: [{name: a, css: .h}]"), page) == {"Advert": "example.com/a"}


def test_edits_follow_each_other() -> None:
    edits = "split: [{name: a, text: '^(Live)Breaking'}, {name: b, text: '^(Breaking)\\p{Lu}'}]"
    assert outlet(edits).verdicts(text_page("LiveBreakingPentagon says"))[0].text == "Pentagon says"


def test_an_edit_that_leaves_nothing_removes_the_line() -> None:
    verdict = outlet("replace: [{name: a, text: '^Advert$', with: ''}]").verdicts(text_page("Advert"))[0]
    assert (verdict.action, verdict.text) == ("remove", None)


def test_off_switches_a_rule_off() -> None:
    assert removed(outlet("remove: [{name: a, line: '^News', off: true}]"), text_page(*LINES)) == {}


def test_fired_counts_by_line_of_the_file() -> None:
    found = outlet(
        "remove:\n  - {name: a, line: '^News'}\n  - {name: b, line: '^nothing'}\nheadline: [{after: '^News$'}]"
    )
    counts = found.fired(text_page(*LINES))
    assert {line: n for (_, line, _), n in counts.items()} == {2: 1, 3: 0, 4: 1}


def test_a_page_is_let_go_when_the_next_outlet_is_asked() -> None:
    one, two = outlet("remove: [{name: a, line: '^News'}]", "a.com"), outlet("headline: [{css: h1}]", "b.com")
    first, second = text_page(*LINES), text_page("Other")
    one.verdicts(first)
    held = sys.getrefcount(first)
    two.verdicts(second)
    assert sys.getrefcount(first) < held
    assert removed(one, first) == {"News": "a.com/a"}


def test_outlets_and_rules_pickle() -> None:
    found = outlet("remove: [{name: a, line: '^News'}]")
    found.verdicts(text_page(*LINES))
    again = pickle.loads(pickle.dumps(found))
    assert removed(again, text_page(*LINES)) == {"News": "example.com/a"}
    before = rules(source("hosts: [a.com]\nremove: [{name: a, line: '^News'}]", "a.com"))
    after = pickle.loads(pickle.dumps(before))
    assert after.version == before.version
    page = text_page(*LINES, url="https://a.com/x")
    assert removed(after.match(page), page) == {"News": "a.com/a"}


def test_bad_rules_are_told_when_they_are_loaded() -> None:
    with pytest.raises(RulesError, match=r"my/outlets/a\.com\.yaml:1: remove\[a\]\.line: look-ahead"):
        rules(source("remove: [{name: a, line: '(?=x)'}]", "a.com"))


TAGS = st.sampled_from(
    [
        "<p>a</p>",
        "<div class=x>",
        "</div>",
        "<p class=x>b",
        "<em>c</em>",
        "<table><tr><td>d",
        "text",
        "<p><em class=x>e</em></p>",
    ]
)


@given(st.lists(TAGS, max_size=12).map("".join))
@settings(max_examples=150)
def test_selectors_agree_with_xpath_on_any_markup(body: str) -> None:
    page = html_page(body)
    by_css = outlet("remove: [{name: a, css: '.x'}]")
    by_path = outlet("remove: [{name: a, xpath: \"//*[@class='x']\"}]")
    assert dict(by_css.verdicts(page)) == dict(by_path.verdicts(page))
    assert set(by_css.verdicts(page)) <= set(range(len(page.blocks)))


def test_two_sets_of_rules_share_nothing_of_a_page() -> None:
    page = text_page("Share this", "", "A ferry left.")
    one = outlet("remove: [{name: share, line: '^share this$', why: x}]")
    two = outlet("remove: [{name: left, line: 'left', why: x}]")
    assert removed(one, page) == {"Share this": "example.com/share"}
    assert removed(two, page) == {"A ferry left.": "example.com/left"}
    assert removed(one, page) == {"Share this": "example.com/share"}
