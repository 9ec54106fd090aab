# ruff: noqa: E501 - a case is a line
"""Glued labels: what an outlet's rules cut off a line is no part of the headline either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner import Cleaner

if TYPE_CHECKING:
    from pathlib import Path

RULES = r"""
outlet: News Example
hosts: [news.example]
recognise: ['news example live']
split: [{name: glued, text: '^(Breaking)\p{Lu}', why: a label glued to the title}]
"""
STORY = [
    "The harbour council voted late on Monday to close the old swing bridge for the whole of the winter season.",
    "Engineers had warned since spring that the eastern pier was moving by almost two millimetres every month.",
    "Ferries will run every twelve minutes from the first of November, and the fare will be waived until March.",
]


@pytest.fixture
def cleaner(tmp_path: Path) -> Cleaner:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets/news.example.yaml").write_text(RULES, encoding="utf-8")
    return Cleaner([tmp_path])


PAGES = pytest.mark.parametrize(
    "page",
    [
        "\n".join(["BreakingOld bridge to close", *STORY, "News Example Live"]),
        "<html><body><article><h1>BreakingOld bridge to close</h1>"
        + "".join(f"<p>{p}</p>" for p in STORY)
        + "</article></body></html>",
    ],
    ids=["text", "html"],
)


@PAGES
def test_the_headline_is_the_line_without_its_label(cleaner: Cleaner, page: str) -> None:
    article = cleaner.clean(page, url="https://news.example/a")
    assert article.headline == "Old bridge to close"
    assert article.body.split("\n\n")[:3] == STORY
    assert "Old bridge" not in article.body
    assert ("layout/headline", "BreakingOld bridge to close") in {(r.rule, r.text) for r in article.removed}


@PAGES
def test_generic_rules_cut_labels_too(tmp_path: Path, page: str) -> None:
    (tmp_path / "generic").mkdir()
    cut = "split: [{name: glued-exclusive, text: '^(EXCLUSIVE)\\p{Lu}', why: a label glued to a paragraph}]"
    (tmp_path / "generic/en.yaml").write_text(cut, encoding="utf-8")
    article = Cleaner([tmp_path]).clean(page.replace(STORY[1], f"EXCLUSIVE{STORY[1]}"))
    assert STORY[1] in article.body.split("\n\n")
    assert ("en/glued-exclusive", "EXCLUSIVE") in {(r.rule, r.text) for r in article.removed}
