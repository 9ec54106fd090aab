"""The text reader: what each line of already extracted text becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.read.text_reader import is_title_like, read_text
from cleaner.read.text_wrap import unwrap
from cleaner.text.measure import ends_sentence, extent, words

if TYPE_CHECKING:
    from cleaner.model import Page

PROSE = "The council voted on Tuesday to rebuild the old harbour wall before the winter storms arrive."
MORE = "Residents had waited eleven years for the decision, and many of them came to hear it read out."


def read(text: str) -> Page:
    return read_text(text, url=None, source=None, charset=None)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in read(text).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one thing\n- another", [("list-item", "one thing"), ("list-item", "another")]),
        ("• one thing", [("list-item", "one thing")]),
        ("* one thing", [("list-item", "one thing")]),
        ("-\nAn item on its own line", [("list-item", "An item on its own line")]),
        ("-\n\nA paragraph far from the dash", [("paragraph", "A paragraph far from the dash")]),
        ("- Published7 January 2020", [("list-item", "Published7 January 2020")]),
        ("- Nie wiem - powiedział Kowalski.", [("paragraph", "- Nie wiem - powiedział Kowalski.")]),
        ("- Advertisement -", [("paragraph", "- Advertisement -")]),
        ("– Je ne sais pas, dit-elle.", [("paragraph", "– Je ne sais pas, dit-elle.")]),
        ("1. Wash the rice", [("paragraph", "1. Wash the rice")]),
        ("-5 degrees at night", [("paragraph", "-5 degrees at night")]),
        ("The title\n=========", [("heading", "The title")]),
        ("A part\n-----", [("heading", "A part")]),
        ("It ended there.\n-----", [("paragraph", "It ended there.")]),
        ("## A part ##", [("heading", "A part")]),
        ("#hashtag", [("paragraph", "#hashtag")]),
        ("**A part in bold**", [("heading", "A part in bold")]),
        ("**Bold** at the start only", [("paragraph", "**Bold** at the start only")]),
        ("> said so", [("quote", "said so")]),
        ("```\nx = 1\n  y = 2\n```", [("code", "x = 1\n  y = 2")]),
        ("```\nnever closed", [("paragraph", "```"), ("paragraph", "never closed")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("table-row", "a | b"), ("table-row", "1 | 2")]),
        ("* * *", []),
        ("-----", []),
        ("", []),
        (" \n\t\n", []),
        ("two  spaces\tand a tab", [("paragraph", "two spaces and a tab")]),
    ],
)
def test_a_line_becomes_the_block_its_marker_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_heading_levels() -> None:
    blocks = read("One\n===\n\nTwo\n---\n\n### Three").blocks
    assert [(b.text, b.level) for b in blocks] == [("One", 1), ("Two", 2), ("Three", 3)]


def test_a_title_like_line_before_prose_is_a_subhead() -> None:
    blocks = read(f"{PROSE}\nWhy now?\n{MORE}").blocks
    assert [(b.kind, b.level) for b in blocks] == [("paragraph", 0), ("heading", 2), ("paragraph", 0)]


@pytest.mark.parametrize(
    "line",
    [
        "“Not again” he said and left",
        "12 March",
        "The wall was old,",
        "It was said that the whole of the old wall would have to come down before anyone could rebuild",
    ],
)
def test_other_short_lines_are_no_subheads(line: str) -> None:
    assert [b.kind for b in read(f"{PROSE}\n{line}\n{MORE}").blocks] == ["paragraph"] * 3


def test_lines_above_the_first_prose_are_no_subheads() -> None:
    assert [b.kind for b in read(f"Harbour wall to be rebuilt\n{PROSE}").blocks] == ["paragraph", "paragraph"]


def test_envelope_date_shares_its_line_with_the_title() -> None:
    page = read(" date 2020-01-08  Storm hits coast | News | Daily | 09.01.2020\n\nNews\n")
    assert page.envelope == {"date": "2020-01-08"}
    assert [(b.kind, b.text) for b in page.blocks] == [
        ("envelope", "date 2020-01-08"),
        ("paragraph", "Storm hits coast | News | Daily | 09.01.2020"),
        ("paragraph", "News"),
    ]


def test_labelled_envelope() -> None:
    page = read(f"Title: Storm hits coast\nURL: https://example.org/a\nDate: 2020-01-08\n\n{PROSE}")
    assert page.envelope == {
        "title": "Storm hits coast",
        "url": "https://example.org/a",
        "date": "2020-01-08",
    }
    assert [b.kind for b in page.blocks] == ["envelope"] * 3 + ["paragraph"]


def test_front_matter() -> None:
    page = read(f'---\ntitle: "Storm: day two"\ntags:\n  - weather\n  - coast\nurl:\n---\n{PROSE}')
    assert page.envelope == {"title": "Storm: day two", "tags": "weather, coast"}
    assert page.blocks[-1].text == PROSE
    assert {b.kind for b in page.blocks[:-1]} == {"envelope"}


@pytest.mark.parametrize(
    "text",
    [
        f"Source: Reuters\n{PROSE}",
        f"date palms grow here\n{PROSE}",
        f"Note: this was updated\n{PROSE}",
        f"---\n{PROSE}\n---\n{MORE}",
        f"{PROSE}\nTitle: not at the head",
    ],
)
def test_what_only_looks_like_an_envelope_is_text(text: str) -> None:
    page = read(text)
    assert page.envelope == {}
    assert all(b.kind != "envelope" for b in page.blocks)


WRAPPED = """\
The council voted on Tuesday to rebuild the old
harbour wall before the winter storms arrive, at
a cost that nobody in the hall wanted to name.

Residents had waited eleven years for the vote,
and many of them came to hear it read out aloud.

- a first point that runs over the end of its
  line and goes on here
"""


def test_hard_wrapped_paragraphs_are_joined() -> None:
    blocks = read(WRAPPED).blocks
    assert [b.kind for b in blocks] == ["paragraph", "paragraph", "list-item"]
    assert blocks[0].text.endswith("at a cost that nobody in the hall wanted to name.")
    assert blocks[2].text == "a first point that runs over the end of its line and goes on here"


VERSE = """\
The wind came in from the sea,
and took the boats along,
it left the town to you and me
and all who knew the song.

The wall stood up to wind and rain,
it stood a hundred years,
"""


@pytest.mark.parametrize(
    "text",
    [VERSE, f"{PROSE}\n{MORE}\n{PROSE}\n{MORE}", "Home\nNews\nSport\nWeather\nCulture"],
)
def test_lines_that_are_no_wrapped_prose_stay(text: str) -> None:
    assert unwrap(text.splitlines()) == text.splitlines()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_any_line_end_ends_a_line(newline: str) -> None:
    assert len(read(newline.join([PROSE, MORE])).blocks) == 2


def test_lengths_hold_for_scripts_without_spaces() -> None:
    chinese = "市议会周二投票决定在冬季风暴来临之前重建旧港口的防波堤，居民们为这个决定等待了十一年。"
    assert extent(chinese) > 80
    assert words(chinese) >= 14
    assert ends_sentence(chinese)
    assert words("คณะกรรมการลงมติเมื่อวันอังคารให้สร้างกำแพงท่าเรือเก่าขึ้นใหม่") > 5
    assert words("two words") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Done.", True), ("“Done.”", True), ("Done.[3]", True), ("Fertig!", True), ("完了しました。", True),
     ("Done", False), ("Done:", False), ("Read more »", False), ("", False)],
)  # fmt: skip
def test_sentence_ends(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


def test_title_like() -> None:
    assert is_title_like("Why now?")
    assert not is_title_like("It was late.")
    assert not is_title_like("x" * 91)


@given(st.text(max_size=400))
def test_every_word_is_in_some_block_or_is_markup(text: str) -> None:
    page = read(text)
    assert [b.index for b in page.blocks] == list(range(len(page.blocks)))
    kept = "".join("".join(b.text.split()) for b in page.blocks)
    letters = [c for c in text if c.isalnum()]
    assert [c for c in kept if c.isalnum()] == letters or "```" in text or "~~~" in text


@given(
    st.lists(
        st.sampled_from(
            [PROSE, MORE, "- item", "# head", "> q", "-", "===", "```", "", "| a | b |", "date: x"]
        )
    )
)
def test_reading_never_fails_and_is_stable(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert read(text).blocks == read(text).blocks
    assert all(b.text for b in read(text).blocks)


def test_each_fence_ends_at_the_next_of_its_kind() -> None:
    text = "```\ncode one\n```\nA line.\n~~~\n```\ncode two\n~~~\n```python\nnever closed"
    found = [(b.kind, b.text) for b in read_text(text, url=None, source=None, charset=None).blocks]
    assert found[:3] == [("code", "code one"), ("paragraph", "A line."), ("code", "```\ncode two")]
    assert found[-1] == ("paragraph", "never closed")


@given(
    st.lists(st.sampled_from(["> said one", "> ", ">", "said two and", "日本語の文", "", "- item", "  x"]))
)
def test_joining_keeps_every_word_in_order(lines: list[str]) -> None:
    full = ["The minister opened the new bridge on Thursday, after eleven years of"] * 5
    joined = unwrap([*full, *lines])
    assert "".join("".join(joined).split()).replace(">", "") == "".join(
        "".join([*full, *lines]).split()
    ).replace(">", "")
