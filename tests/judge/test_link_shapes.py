"""Heuristics of links and pictures: cases that must fire and cases that must stay."""

from __future__ import annotations

import pytest

from cleaner.judge.lines import View, measure
from cleaner.judge.link_shapes import all_link, captions, menu
from cleaner.judge.shapes import SHAPES
from cleaner.read.markdown_reader import read_markdown
from cleaner.read.text_reader import read_text


def view(text: str, *, plain: bool = False) -> View:
    reader = read_text if plain else read_markdown
    page = reader(text, url=None, source=None, charset=None)
    return View(measure(page.blocks), [False] * len(page.blocks))


def test_pictures_go() -> None:
    assert list(captions(view("![A wall in a storm](/a.jpg)\n\nProse about it."))) == [0]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("[Mayor calls for a second bridge](/b)", [0]),
        ("[The full report](/r)", []),
        ("# [Mayor calls for a second bridge](/b)", []),
        ("- [Mayor calls for a second bridge](/b)", []),
        ("The mayor [called for a second bridge](/b) on Monday.", []),
    ],
)
def test_a_paragraph_that_is_one_link(text: str, gone: list[int]) -> None:
    assert list(all_link(view(text))) == gone


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("- [News](/n)\n- [Sport](/s)\n- [Art](/a)\n- [Food](/f)", [0, 1, 2, 3]),
        ("- [News](/n)\n- [Sport](/s)\n- [Art](/a)", []),
        ("- News\n- Sport\n- Art\n- Food", []),
    ],
)
def test_a_menu_is_a_run_of_short_links(text: str, gone: list[int]) -> None:
    assert list(menu(view(text))) == gone


def test_plain_text_says_nothing_of_links() -> None:
    seen = view("News\nSport\nArt\nFood\nMayor calls for a second bridge", plain=True)
    assert not [*all_link(seen), *menu(seen), *captions(seen)]


@pytest.mark.parametrize("mark", ["ENDS", "-0-", "(END)", "- 30 -", "/END/"])
def test_end_marks_go(mark: str) -> None:
    prose = "Residents had waited eleven years for the decision, and many of them came to hear it read out."
    assert list(SHAPES["layout/end-mark"](view(f"{prose}\n\n{mark}", plain=True))) == [1]


@pytest.mark.parametrize("line", ["End", "Ends here", "30", "0", "The end."])
def test_other_last_lines_stay(line: str) -> None:
    prose = "Residents had waited eleven years for the decision, and many of them came to hear it read out."
    assert list(SHAPES["layout/end-mark"](view(f"{prose}\n\n{line}", plain=True))) == []
