# ruff: noqa: E501 - a case is a line
"""Markdown: told by evidence, read as blocks with their share of link, nothing raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import clean
from cleaner.read import read
from cleaner.read.markdown_reader import looks_like_markdown, read_markdown

P1 = "The council of Vellmouth voted on Tuesday to rebuild the [old harbour wall](/wall) before the *winter* storms."
P2 = "Residents had waited eleven years for the decision, and many of them came to hear it **read out** in the hall."
PAGE = f"""[Skip to content](#main)

  * [News](/news)
  * [Sport](/sport)
  * [Vellmouth](/vellmouth)
  * [Letters](/letters)

# Harbour wall to be rebuilt

![Waves break over the wall](/wall.jpg)

{P1}

{P2}

> It was time.

[Mayor of Vellmouth calls for a second bridge](/bridge)
"""


def blocks(text: str) -> list[tuple[str, str, int, float]]:
    page = read_markdown(text, url=None, source=None, charset=None)
    return [(b.kind, b.text, b.level, round(b.place.linked, 2) if b.place else -1.0) for b in page.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## The *old* wall", ("heading", "The old wall", 2, 0.0)),
        ("[News](/news)", ("paragraph", "News", 0, 1.0)),
        ("- [News](/news)", ("list-item", "News", 0, 1.0)),
        ("> Quoth `he`", ("quote", "Quoth he", 0, 0.0)),
        ("![A wall](/a.jpg)", ("caption", "A wall", 0, 0.0)),
        ("**What comes next**", ("heading", "What comes next", 3, 0.0)),
        ("```\na  b\n c\n```", ("code", "a  b\n c", 0, 0.0)),
        ("[write to us](/mail?to=Ann Oakley) now", ("paragraph", "write to us now", 0, 0.75)),
        ("<div>Tom &amp; Ann</div>", ("paragraph", "Tom & Ann", 0, 0.0)),
        ("| a | b |\n|---|---|\n| c | d |", ("table-row", "a | b", 0, 0.0)),
    ],
)
def test_each_kind_of_block(text: str, expected: tuple[str, str, int, float]) -> None:
    assert blocks(text)[0] == expected


def test_neighbouring_links_are_two_words() -> None:
    assert blocks("[News](/n)[Sport](/s)")[0][1] == "News Sport"


def test_lines_stay_apart_unless_the_text_is_wrapped() -> None:
    assert [b[1] for b in blocks("One line.\nAnother line.")] == ["One line.", "Another line."]


@pytest.mark.parametrize("kind", [None, "text", "markdown"])
def test_a_page_in_markdown(kind: str | None) -> None:
    article = clean(PAGE, kind=kind)  # type: ignore[arg-type]
    assert article.headline == "Harbour wall to be rebuilt"
    assert article.body.startswith(
        "The council of Vellmouth voted on Tuesday to rebuild the old harbour wall"
    )
    assert "second bridge" not in article.body
    assert "Sport" not in article.body
    assert "](" not in article.body
    rules = {removal.text: removal.rule for removal in article.removed}
    assert rules["Waves break over the wall"] == "layout/caption"
    assert rules["Vellmouth"] == "layout/menu"


@pytest.mark.parametrize(
    "text",
    [
        "# A title\n\n* an item\n* another item\n\nA paragraph of prose.",
        "Write [the name](the address) like so.",
        "\n".join(
            ["# Notes"] + ["A line of prose about how to write."] * 200 + ["See [a](/b), [c](/d), [e](/f)."]
        ),
        "Sources: [1] [2] [3] (all of them).",
    ],
)
def test_plain_text_stays_plain(text: str) -> None:
    assert not looks_like_markdown(text)


@pytest.mark.parametrize(
    "head",
    ["---\ntitle: A wall\n---\n", "Title: A wall\n\nURL Source: https://v.example/a\n\nMarkdown Content:\n"],
)
def test_what_the_wrapper_states_wins(head: str) -> None:
    assert clean(head + PAGE, kind="text").headline == "A wall"


def test_too_many_brackets_are_read_as_plain_text() -> None:
    page = read("[" * 60_000, url=None, source=None, kind="markdown")
    assert page.blocks[0].place is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='ab[]()!*_`#>-|<&\\ \n"', max_size=120))
def test_never_raises_and_keeps_letters(text: str) -> None:
    page = read_markdown(text, url=None, source=None, charset=None)
    assert all(block.text.strip() for block in page.blocks if block.kind != "code")
