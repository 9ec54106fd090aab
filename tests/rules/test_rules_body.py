# ruff: noqa: E501 - a case is a line
"""What a body rule names, and which selectors are worth asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rules_help import html_page, outlet, removed

from cleaner import Cleaner
from cleaner.rules.apply.selector_needs import borne, needs, possible
from cleaner.rules.apply.selectors import Rows

if TYPE_CHECKING:
    from cleaner.model import Page

SENTENCE = (
    "The keeper of the lighthouse counted forty ships that night, and every one of them sailed on safely."
)
STORY = "".join(f"<p>{SENTENCE} It was hour {n} of his watch.</p>" for n in range(12))
STANDFIRST = "<p class=dek>A keeper counts ships.</p>"


def texts(page: Page, indices: frozenset[int] | None) -> list[str]:
    return [page.blocks[i].text for i in sorted(indices or ())]


def test_a_body_rule_that_finds_a_standfirst_alone_gives_way_to_the_next() -> None:
    page = html_page(f"{STANDFIRST}<div class=text>{STORY}</div>")
    found = outlet("body: [{css: '.dek, .old-text'}, {css: '.dek, .text'}]")
    assert len(texts(page, found.body(page))) == 13


def test_a_short_report_is_named_by_the_first_rule_that_finds_any() -> None:
    page = html_page("<p class=dek>A keeper counts ships.</p><div class=text><p>Forty of them.</p></div>")
    found = outlet("body: [{css: .gone}, {css: .dek}, {css: .text}]")
    assert texts(page, found.body(page)) == ["A keeper counts ships."]


def cleaned(markup: str, rule: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, set[str]]:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "keeper.example.yaml").write_text(f"outlet: Keeper\nhosts: [keeper.example]\n{rule}\n")
    page = f"<!doctype html><html><head><title>Ships</title></head><body>{markup}</body></html>"
    article = Cleaner([folder]).clean(page, url="https://keeper.example/1", kind="html")
    return article.body, {x.rule for x in article.removed}


def test_a_sliver_of_the_story_is_no_body(tmp_path_factory: pytest.TempPathFactory) -> None:
    markup = f"<article>{STANDFIRST}<div class=text-v2>{STORY}<p>Ad break</p></div></article>"
    rule = "body: [{css: '.dek, .text'}]\nremove: [{name: advert, line: '^ad break$', why: advert}]"
    body, rules = cleaned(markup, rule, tmp_path_factory)
    assert body.count(SENTENCE) == 12
    assert "keeper.example/advert" in rules
    assert "keeper.example/body" not in rules


@pytest.mark.parametrize(
    "beside",
    [
        "".join(f"<li><a href=/{n}>{SENTENCE}</a></li>" for n in range(12)),
        "".join(f"<p>Ships again, part {n}.</p>" for n in range(40)),
        f"<p>{SENTENCE}</p>" * 4,
    ],
    ids=["links", "short lines", "a few teasers"],
)
def test_a_short_report_stays_alone(beside: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    markup = f"<article><div class=text><p>{SENTENCE}</p></div></article><section>{beside}</section>"
    body, rules = cleaned(markup, "body: [{css: .text}]", tmp_path_factory)
    assert body == SENTENCE
    assert "keeper.example/body" in rules


def test_lines_outside_a_selected_body_go_as_such_and_runs_begin_inside() -> None:
    page = html_page(
        f"<p>More ships</p><div class=text>{STORY}<p>More ships</p></div><p>More ships</p><p>End</p>"
    )
    found = outlet("body: [{css: .text}]\nremove: [{name: more, from: '^more ships$'}]")
    gone = found.verdicts(page)
    assert [i for i in gone if i < 13] == []
    assert {page.blocks[i].text for i in gone} == {"More ships", "End"}


def test_long_lines_are_scanned_where_a_rule_may_take_them() -> None:
    page = html_page(f"<p class=box>Advert: {'ship ' * 90}</p><p>Advert: short</p>")
    bare = outlet("remove: [{name: advert, line: '^advert:'}]")
    assert list(removed(bare, page)) == ["Advert: short"]
    limited = outlet("remove: [{name: advert, css: .box, line: '^advert:'}, {name: b, line: '^x'}]")
    assert len(removed(limited, page)) == 1
    exact = outlet("remove: [{name: advert, text: '^Advert:', max: 600}]")
    assert len(removed(exact, page)) == 2


@pytest.mark.parametrize(
    ("css", "needed"),
    [
        (".a, #b > p", [(".a", ("a",)), ("#b > p", ("b", "<p>"))]),
        ('[class*="Promo" i] .x', [('[class*="Promo" i] .x', ("promo", "x"))]),
        ('[data-testid="a, b"]', [('[data-testid="a, b"]', ("a, b",))]),
        # Names that no element with text need have: other attributes, what is denied or stands before.
        ('[data-x="a"]', [('[data-x="a"]', ())]),
        (".a:not(.b, .c) > .d", [(".a:not(.b, .c) > .d", ("a", "d"))]),
        ("li:has(> .a)", [("li:has(> .a)", ("<li>",))]),
        (".s .a + p, .a ~ .b", [(".s .a + p", ("s", "<p>")), (".a ~ .b", ("b",))]),
        (r".md\:flex", [(r".md\:flex", ())]),
        ('[class~="a"]', [('[class~="a"]', ())]),
    ],
)
def test_names_that_a_selector_needs(css: str, needed: list[tuple[str, tuple[str, ...]]]) -> None:
    assert list(needs(css)) == needed


def test_selectors_without_a_chance_are_left_out() -> None:
    page = html_page("<div class='Text x'><p>One <b class=mark>two</b></p></div>")
    names = borne(page)
    assert possible(".text p, .gone, .mark", names) == ".text p, .mark"
    assert possible(".gone", names) == ""
    assert possible("p, .text, h2", names) == "p, .text"


def test_names_near_some_blocks_are_those_inside_and_around_them() -> None:
    page = html_page(
        "<main id=m><div class=a><p class=b>One <span class=c>two</span></p></div><p class=far>Three</p></main>"
    )
    place = page.blocks[0].place
    assert place is not None
    names = borne(page, {place.element})
    assert possible("#m > .a, .b .c, .far, h2", names) == "#m > .a, .b .c"


NAMES = st.sampled_from(["a", "b", "Ab", "c-d", "x"])
TAGS = st.sampled_from(["div", "p", "b", "li", "tr", "section"])
SIMPLE = st.one_of(
    NAMES.map(lambda x: f".{x}"), NAMES.map(lambda x: f"#{x}"), TAGS,
    NAMES.map(lambda x: f'[class*="{x}"]'), NAMES.map(lambda x: f"[id^={x}]"),
    NAMES.map(lambda x: f":not(.{x})"), NAMES.map(lambda x: f"div:has(.{x})"), NAMES.map(lambda x: f"p.{x}"),
)  # fmt: skip
SELECTOR = st.lists(SIMPLE, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", " > ", " + ", " ~ "]).map(lambda x: x.join(parts))
)
ELEMENT = st.tuples(TAGS, NAMES, NAMES, st.sampled_from(["", "text", "more text"]))


@given(
    st.lists(SELECTOR, min_size=1, max_size=4).map(", ".join),
    st.lists(st.tuples(ELEMENT, ELEMENT), max_size=6),
)
@example(
    ".a + p",
    [(("div", "a", "a", ""), ("div", "a", "a", "")), (("p", "x", "x", "text"), ("b", "x", "x", "text"))],
)
def test_leaving_selectors_out_changes_nothing(
    css: str, elements: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    markup = "".join(
        f'<{a} class="{b} y" id="{c}">{d}<{e} class="{f}" id="{g}">{h}</{e}></{a}>'
        for (a, b, c, d), (e, f, g, h) in elements
    )
    page = html_page(markup)
    rows = Rows(page)
    left = possible(css, borne(page))
    found = {rows.block_of(x) for x in rows.nodes(css)} - {None}
    assert {rows.block_of(x) for x in (rows.nodes(left) if left else [])} - {None} == found
