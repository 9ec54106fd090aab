"""What a body rule names, and which selectors are worth asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rules_help import html_page, outlet, removed

from cleaner import Cleaner

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


def test_what_a_selector_finds_has_one_name_on_every_page() -> None:
    """Whether the body holds a promo too says nothing about the one outside it."""
    found = outlet("body: [{css: .text}]\nremove: [{name: promo, css: '.text .promo, aside .promo', why: x}]")
    for inside in ("", "<p class=promo>Inside</p>"):
        page = html_page(f"<div class=text>{STORY}{inside}</div><aside><p class=promo>Outside</p></aside>")
        assert removed(found, page)["Outside"] == "example.com/promo"
