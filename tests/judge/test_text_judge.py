# ruff: noqa: E501 - a case is a line
"""Judgement of text pages: rules, shapes and region together, and the features the region looks at."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import judge as judging
from cleaner.judge.lines import View, measure
from cleaner.judge.region.text_features import FEATURES, GROUP_OF, rows
from cleaner.judge.region.text_region import BARS, is_dump, region, trees
from cleaner.model import Candidate, Favor
from cleaner.read.text_reader import read_text
from cleaner.rules.format.folders import layers, sources
from cleaner.rules.library import Rules

if TYPE_CHECKING:
    from cleaner.judge import Judgement

STORY = [
    "The council voted on Tuesday to rebuild the old harbour wall before the winter storms arrive on the coast.",
    "Residents had waited eleven years for the council's decision, and many of them came to hear it read out.",
    "What the engineers found",
    "Work on the wall is due to start in March, the mayor said, and will take two summers if the weather allows.",
    "The regional government pays half of the costs, which the engineers put at nine million euros in all.",
    "“We could not wait for another winter,” said the mayor, who grew up in one of the houses on the harbour.",
    "The wall was damaged by storms in 2013 and again in 2019, when waves carried away forty metres of it.",
]
MENU = [
    "Home",
    "Local",
    "World",
    "Sport",
    "Culture",
    "Weather",
    "Jobs",
    "Property",
    "Cars",
    "Shop",
    "Video",
    "Puzzles",
]
FOOT = [
    "About the paper",
    "Our team",
    "Imprint",
    "Advertise with us",
    "Young readers",
    "Archive",
    "Staff",
    "Help centre",
]


@cache
def generic() -> Rules:
    """The generic rules alone, as for an outlet nobody has written rules for."""
    return Rules([x for x in sources(layers(())) if x.kind == "generic"])


def judge(
    *lines: str, title: str | None = None, favor: Favor = "balanced"
) -> tuple[list[str], dict[str, str], Judgement]:
    page = read_text("\n".join(lines), url=None, source=None, charset=None)
    titles = [Candidate("headline", title, "test", title)] if title else []
    judgement = judging.judge(page, None, generic().phrases, titles, favor)
    pairs = list(zip(page.blocks, judgement.verdicts, strict=True))
    kept = [b.text for b, v in pairs if v is None or v.action != "remove"]
    return kept, {b.text: v.rule for b, v in pairs if v is not None}, judgement


def test_clean_text_stays_whole() -> None:
    kept, removed, judgement = judge(*STORY)
    assert kept == STORY
    assert removed == {}
    assert (judgement.status, judgement.reason) == ("article", None)


def test_the_story_is_found_in_the_dump_of_a_page() -> None:
    kept, removed, _ = judge(
        *MENU, *MENU, "Harbour wall to be rebuilt", *STORY, *FOOT, *MENU, title="Harbour wall to be rebuilt"
    )
    assert kept == STORY
    assert removed["Harbour wall to be rebuilt"] == "layout/headline"
    assert removed["Puzzles"].startswith(("layout/", "en/"))
    assert removed["Young readers"] == "layout/footer"


def test_every_removal_names_its_rule() -> None:
    _, removed, _ = judge(*MENU, *STORY[:3], "Sign up for our newsletter", *STORY[3:], *FOOT, *MENU)
    assert removed["Sign up for our newsletter"] == "en/newsletter"
    assert all("/" in rule for rule in removed.values())


def test_extracted_text_is_left_to_rules_and_shapes() -> None:
    lines = [*STORY[:2], "Short and odd", "7 km", *STORY[2:]]
    page = read_text("\n".join(lines), url=None, source=None, charset=None)
    seen = View(measure(page.blocks, generic().phrases), [False] * len(page.blocks))
    assert not is_dump(seen)
    assert region(seen, "precision") == {}


def test_bullets_after_a_colon_and_subheads_stay() -> None:
    bullets = [
        "The wall will be three metres high",
        "Nobody has to leave the houses",
        "Boats can use the harbour all year",
    ]
    kept, _, _ = judge(*STORY, "This is what we know so far:", *[f"- {b}" for b in bullets])
    assert kept == [*STORY, "This is what we know so far:", *bullets]


def test_precision_removes_no_less_than_recall() -> None:
    lines = [*MENU, *MENU, *STORY, *FOOT, "The paper also prints a magazine on Sundays", *MENU]
    kept = {favor: set(judge(*lines, favor=favor)[0]) for favor in BARS}
    assert kept["precision"] <= kept["balanced"] <= kept["recall"]


@pytest.mark.parametrize(
    ("lines", "status", "reason"),
    [
        (MENU + FOOT, "not-article", "no-prose"),
        (["Two of three", "12 - 4", "Group B"], "not-article", "no-prose"),
        (["The harbour is closed until further notice."], "article", None),
        (["市议会周二投票决定在冬季风暴来临之前重建旧港口的防波堤。"], "article", None),
    ],
)
def test_status(lines: list[str], status: str, reason: str | None) -> None:
    *_, judgement = judge(*lines)
    assert (judgement.status, judgement.reason) == (status, reason)


def test_nothing_left_is_no_article() -> None:
    *_, judgement = judge("Share", "|", "Sign up for our newsletter")
    assert (judgement.status, judgement.reason) == ("not-article", "no-body")


def test_parameters_fit_the_features() -> None:
    assert trees().features == FEATURES
    assert set(trees().groups) == set(GROUP_OF.values())
    assert set(GROUP_OF) == set(FEATURES)


def test_a_row_for_each_line_not_gone() -> None:
    page = read_text("\n".join([*MENU, *STORY]), url=None, source=None, charset=None)
    gone = [i % 3 == 0 for i in range(len(page.blocks))]
    table = rows(View(measure(page.blocks), gone))
    assert len(table) == gone.count(False)
    assert {len(row) for row in table} == {len(FEATURES)}
    assert rows(View(measure(page.blocks), [True] * len(page.blocks))) == []


LINES = st.lists(
    st.sampled_from(
        [*STORY, *MENU, *FOOT, "- item", "|", "2024-01-01", "Related articles", "Comments", "# Head"]
    )
)


@settings(max_examples=60)
@given(LINES, st.sampled_from(sorted(BARS)))
def test_one_verdict_a_block_and_the_same_each_time(lines: list[str], favor: Favor) -> None:
    page = read_text("\n".join(lines), url=None, source=None, charset=None)
    first = judging.judge(page, None, generic().phrases, [], favor)
    assert len(first.verdicts) == len(page.blocks)
    assert judging.judge(page, None, generic().phrases, [], favor) == first


def test_what_is_longer_than_any_page_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = read_text(
        "\n".join(f"entry {i}" for i in range(200)), url=None, source=None, charset=None
    ).blocks
    view = View(measure(blocks), [False] * len(blocks))
    assert is_dump(view)
    monkeypatch.setattr("cleaner.judge.region.text_region._LONGEST_DUMP", 199)
    assert not is_dump(view)
