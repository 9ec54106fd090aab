# ruff: noqa: E501 - a case is a line
"""Text off a wire or a printed page: heads and page numbers apart, words whole, slugs and datelines read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.fields.headline.title_trim import unslugged
from cleaner.read.text_pages import rejoined, without_heads
from cleaner.read.text_reader import read_text

PROSE = "The council of Vellmouth voted on Monday to close the harbour bridge for repairs, officials said after a long meeting."


def test_running_heads_and_page_numbers_are_apart() -> None:
    pages = [
        f"The Vellmouth Gazette  {i}\n\nStory number {i} goes on\nand on.\n\nPage {i}\n" for i in range(1, 5)
    ]
    page = read_text("\f".join(pages), url=None, source=None, charset=None)
    heads = [b.text for b in page.blocks if b.kind == "envelope"]
    assert heads[:2] == ["The Vellmouth Gazette 1", "Page 1"]
    assert len(heads) == 8
    assert [b.text for b in page.blocks if b.kind != "envelope"][:2] == ["Story number 1 goes on", "and on."]


@pytest.mark.parametrize(
    "text", ["Head\n\nOne.\n\nHead\n\nTwo.\n\nHead\n\nThree.", "Head\none\fHead\ntwo", "a\fb\fc\fd"]
)
def test_without_pages_every_line_stays(text: str) -> None:
    assert without_heads(text).heads == []


@given(st.text(alphabet="ab1 \n\f", max_size=80))
def test_no_line_is_lost(text: str) -> None:
    printed = without_heads(text)
    assert sorted(filter(None, (*printed.lines, *printed.heads))) == sorted(filter(None, text.splitlines()))


@pytest.mark.parametrize(
    ("before", "after", "known", "whole"),
    [
        ("the engi-", "neers came", frozenset(), "the engineers came"),
        ("the engi-", "neers came", frozenset(["engineers"]), "the engineers came"),
        ("a well-", "known man", frozenset(["well-known"]), "a well-known man"),
        ("the Rhine-", "Danube line", frozenset(), None),
        ("from 2010-", "2012", frozenset(), None),
        ("and then -", "nothing", frozenset(), None),
        ("the engineers", "came", frozenset(), None),
    ],
)
def test_parted_words(before: str, after: str, known: frozenset[str], whole: str | None) -> None:
    assert rejoined(before, after, known) == whole


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("UPDATE 2-Council closes harbour bridge", "Council closes harbour bridge"),
        ("RPT-WRAPUP 1-Council closes harbour bridge", "Council closes harbour bridge"),
        ("URGENT: Council closes harbour bridge", "Council closes harbour bridge"),
        ("Update 2-Council closes harbour bridge", "Update 2-Council closes harbour bridge"),
        ("UPDATE on the harbour bridge", "UPDATE on the harbour bridge"),
        ("LEADING council closes bridge", "LEADING council closes bridge"),
    ],
)
def test_slugs(title: str, bare: str) -> None:
    assert unslugged(title) == bare


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("VELLMOUTH, Jan 9, 2020 (AFP) - ", "2020-01-09"),
        ("Vellmouth, 9 January 2020 (Reuters) – ", "2020-01-09"),
        ("VELLMOUTH, Jan 9 (AFP) - ", None),
        ("In Vellmouth, where the vote of 9 January 2020 was held, ", None),
    ],
)
def test_datelines_with_a_year(dateline: str, day: str | None) -> None:
    article = clean(
        f"UPDATE 2-Council closes harbour bridge\n\n{dateline}{PROSE}\n\n{PROSE[:-1]} again.\n\nENDS",
        kind="text",
    )
    assert article.date == day
    assert article.headline == "Council closes harbour bridge"
    assert "UPDATE" not in article.body
    assert "ENDS" not in article.body
