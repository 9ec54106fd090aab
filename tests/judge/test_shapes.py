# ruff: noqa: E501 - a case is a line
"""Structural heuristics: for each the cases that must fire and the cases that must stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judge.lines import View, measure
from cleaner.judge.steps import SHAPES
from cleaner.judge.teasers import comments, marked
from cleaner.read.html_reader import read_html
from cleaner.read.text_reader import read_text

P1 = "The council voted on Tuesday to rebuild the old harbour wall before the winter storms arrive."
P2 = "Residents had waited eleven years for the decision, and many of them came to hear it read out."
P3 = "Work is due to start in March, the mayor said, and will take two summers if the weather allows it."
P4 = "The regional government pays half of the costs, which the engineers put at nine million euros."
CHINESE = (
    "市议会周二投票决定在冬季风暴来临之前重建旧港口的防波堤，居民们为这个决定等待了十一年，许多人亲自到场。"
)


def view(*lines: str, gone: str = "", titles: tuple[str, ...] = (), **rules: dict[str, str]) -> View:
    """A page of lines; `gone` names lines already removed by a substring, `hits` and `markers` rules by line."""
    page = read_text("\n".join(lines), url=None, source=None, charset=None)
    measured = measure(page.blocks)
    texts = [b.text for b in page.blocks]
    measured.hits = [rules.get("hits", {}).get(t) for t in texts]
    measured.markers = [rules.get("markers", {}).get(t) for t in texts]
    return View(measured, [bool(gone) and gone in t for t in texts], titles)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (f"<div><p>{P1}</p><p>{P2}</p><p>{P1}</p></div>", 2),
        (f"<div><p>{P1}</p></div><div><p>{P2}</p><p>{P1}</p></div>", 1),
        (f"<div><p><b>{P1}</b></p><p>{P2}</p><p>{P1}</p></div>", 2),
    ],
)
def test_a_story_repeats_itself_in_one_container(html: str, kept: int):
    page = read_html(f"<body>{html}</body>", url=None, source=None, charset=None)
    lines = measure(page.blocks)
    gone = set(SHAPES["layout/duplicate"](View(lines, [False] * len(lines), (), page.elements)))
    assert [b.text for b in page.blocks if b.index not in gone].count(P1) == kept


def fired(name: str, given_view: View) -> list[str]:
    return [given_view.blocks[i].text for i in sorted(SHAPES[f"layout/{name}"](given_view))]


ROUND = [
    "-",
    "Quiet nights on the estuary",
    "In the Spotlight Why fishing crews sleep better",
    "By Ann Lee Published",
]
TEASERS = [
    *ROUND,
    "-", "The mayor's last summer", "Profile A long farewell to the town hall", "By Bo Ek Published",
    "-", "Stoats on the islands", "The Explainer How a cull came to succeed", "By Cy Fox Published",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "lines", "expected"),
    [
        ("symbols", ["|", P1, "-->", "…", "***"], ["|", "-->"]),
        ("dash-box", [P1, "–––––––For a round-up try our magazine–––––––", P2], ["–––––––For a round-up try our magazine–––––––"]),
        ("dash-box", [P1, "– Not at all, she said –"], []),
        ("duplicate", [P1, P2, P1], [P1]),
        ("duplicate", ["Two words", P1, "Two words"], []),
        ("duplicate", [f"{P1[:-1]}?", P2, f"{P1[:-1]}?"], []),
        ("duplicate", [CHINESE, "短", CHINESE], [CHINESE]),
        ("doubled", [P1, "Storm hits the coast Storm hits the coast"], ["Storm hits the coast Storm hits the coast"]),
        ("doubled", ["Photo: A. Person/AgencyPhoto: A. Person/Agency"], ["Photo: A. Person/AgencyPhoto: A. Person/Agency"]),
        ("doubled", ["Bora Bora", "No, no, never", P1], []),
        ("date-line", ["12 March 2024", P1, "2024-03-12 10:20"], ["12 March 2024", "2024-03-12 10:20"]),
        ("date-line", ["2025年1月14日 01時28分", CHINESE], ["2025年1月14日 01時28分"]),
        ("date-line", [P1, "12 March 2024", P2], []),
        ("date-line", ["In 2024 the harbour wall fell into the sea", P1], []),
        ("address", [P1, "https://example.org/a/b", "desk@example.org"], ["https://example.org/a/b", "desk@example.org"]),
        ("address", [f"{P1} https://example.org"], []),
        ("shouting", [P1, "MAYOR SAYS HARBOUR WALL IS SAFE", P2], ["MAYOR SAYS HARBOUR WALL IS SAFE"]),
        ("shouting", [P1, "THE WALL", P2], []),
        ("shouting", ["MAYOR SAYS HARBOUR WALL IS SAFE", P1], []),
        ("shouting", [P1, "市长说防波堤是安全的而且居民们都可以放心地住在那里", P2], []),
        ("teaser-run", [P1, P2, *TEASERS], [x for x in TEASERS if x != "-"]),
        ("teaser-run", [P1, "Where did it happen?", P2, "Who pays?", P3, "What next?", P4], []),
        ("teaser-run", [P1, P2, *ROUND], []),
        ("teaser-run", [P1, "The dates in 2024:", "May", "1 May 2024", "June", "1 June 2024", "July", "1 July 2024"], []),
        ("link-list", [P1, "- Storm hits the coast again", "- Mayor steps down in spring", "- Who pays for the harbour wall"],
         ["Storm hits the coast again", "Mayor steps down in spring", "Who pays for the harbour wall"]),
        ("link-list", [P1, "What we know so far:", "- Storm hits the coast again", "- Mayor steps down in spring", "- Nobody was hurt in town"], []),
        ("link-list", [P1, "- Storm hits the coast again.", "- Mayor steps down in spring.", "- Who pays for the harbour wall?"], []),
        ("link-list", [P1, "- Storm hits the coast again", "- Mayor steps down in spring", "A few things are known:",
                       "- Nobody was hurt in the town", "- The wall will be built again", "- The harbour opens on Monday"], []),
        ("link-list", [P1, "- salt", "- two eggs", "- flour"], []),
        ("link-list", [P1, "- Storm hits the coast again", "- Mayor steps down in spring", "- Who pays for the harbour wall", P2], []),
        ("inline-teasers", [P1, "- Weather: Storm hits the coast again today", "- Town hall: Mayor steps down in the spring", P2],
         ["Weather: Storm hits the coast again today", "Town hall: Mayor steps down in the spring"]),
        ("inline-teasers", [f"{P1[:-1]}:", "- Weather: Storm hits the coast again today", "- Town hall: Mayor steps down in the spring"], []),
        ("inline-teasers", [P1, "- Fill: 650 g", "- Weight: 2 kg", P2], []),
        ("repeated-label", ["Share", P1, "Share", P2, "Share"], ["Share"] * 3),
        ("repeated-label", [P1, "Anna", P2, "Bert", P3, "Anna", P4, "Anna", P1], []),
        ("caption-pair", [P1, "The harbour wall of the town seen from the lighthouse on a clear and cold morning in early winter",
                          "The harbour wall in winter, seen from the lighthouse", P2],
         ["The harbour wall of the town seen from the lighthouse on a clear and cold morning in early winter",
          "The harbour wall in winter, seen from the lighthouse"]),
        ("caption-pair", [P1, "What the engineers found", "Cracks", P2], []),
        ("caption-pair", [P1, "“The harbour wall of the town is safe and will be safe for all the years that we can see",
                          "“The harbour wall is safe”, the mayor said again", P2], []),
    ],
)  # fmt: skip
def test_shape(name: str, lines: list[str], expected: list[str]) -> None:
    assert fired(name, view(*lines)) == expected


def test_envelope_lines() -> None:
    assert fired("envelope", view("date 2020-01-08 Storm hits the coast", P1)) == ["date 2020-01-08"]


def test_headline_alone_or_with_the_site_behind_a_bar() -> None:
    lines = view(
        "Storm hits coast",
        P1,
        "Storm hits coast | News",
        "Storm hits coast again",
        titles=("storm hits coast",),
    )
    assert fired("headline", lines) == ["Storm hits coast", "Storm hits coast | News"]
    assert fired("headline", view("Storm hits coast", P1)) == []


def test_a_title_that_comes_back_below_the_story_is_a_teaser() -> None:
    lines = ["Watch", "Mayor: the wall is safe", P1, "More", "Mayor: the wall is safe"]
    below = view(*lines)
    below = View(below.lines, [False, False, False, True, True], ())
    assert fired("repeated-teaser", below) == ["Mayor: the wall is safe"]
    assert fired("repeated-teaser", view(*lines)) == []


def test_table_of_contents_is_no_repeated_teaser() -> None:
    lines = view("Contents", "What the engineers found", P1, "What the engineers found", P2, gone="Contents")
    assert fired("repeated-teaser", lines) == []


def test_the_rest_of_a_sign_up_box_goes() -> None:
    box = ["Sign up now", "Our editors pick the best of the week", "No spam"]
    rules = {"Sign up now": "en/newsletter", "No spam": "en/newsletter"}
    assert fired("inside-box", view(P1, *box, P2, hits=rules)) == ["Our editors pick the best of the week"]
    between = view("Sign up now", P1, "No spam", P2, hits=rules)
    assert fired("inside-box", between) == []
    story = {"Sign up now": "en/read-more", "No spam": "en/read-more"}
    assert fired("inside-box", view(P1, *box, P2, hits=story)) == []


def below(*lines: str, hits: dict[str, str] | None = None) -> list[str]:
    page = view(*lines, markers={"Related": "en/related"}, hits=hits or {})
    return [page.blocks[i].text for i in sorted(marked(page))]


def test_a_marker_takes_what_follows_to_the_end() -> None:
    teasers = [
        "Storm hits coast",
        "Crews were called out forty times in one night, and nobody was hurt in the town at all.",
    ]
    assert below(P1, P2, "Related", *teasers) == ["Related", *teasers]


def test_a_marker_inside_the_story_ends_where_the_story_goes_on() -> None:
    assert below(P1, "Related", "Storm hits coast", P2, P3) == ["Related", "Storm hits coast"]


def test_a_marker_above_the_story_takes_only_itself() -> None:
    assert below("Related", "Storm hits coast", P1) == ["Related"]


def test_comments_go_to_the_end_though_they_are_prose() -> None:
    lines = view(P1, P2, P3, "3 comments", P4, "Well said!", hits={"3 comments": "en/comments"})
    assert list(comments(lines)) == [3, 4, 5]


def test_a_comment_count_above_the_story_takes_nothing_with_it() -> None:
    lines = view("3 comments", P1, P2, P3, hits={"3 comments": "en/comments"})
    assert comments(lines) == {}


@given(
    st.lists(
        st.sampled_from(
            [P1, P2, CHINESE, "|", "Share", "- item of a list", "2024-01-01", "Related", "# Head", "> quoted"]
        ),
        max_size=30,
    )
)
def test_shapes_answer_with_indices_of_the_page_and_never_fail(lines: list[str]) -> None:
    page = view(*lines, markers={"Related": "en/related"}, hits={"Share": "en/comments"}, titles=("head",))
    everything = set(range(len(page.blocks)))
    for shape in SHAPES.values():
        assert set(shape(page)) <= everything
    assert set(marked(page)) <= everything
    assert set(comments(page)) <= everything


def test_every_shape_says_why_it_exists() -> None:
    assert all(name.startswith("layout/") for name in SHAPES)
    assert all((shape.__doc__ or "").strip() for shape in SHAPES.values())
