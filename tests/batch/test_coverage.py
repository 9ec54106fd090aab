"""`clean rules coverage`: what the rules find in a folder, and what fell since a baseline."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from authoring_help import BRIDGE, HOST, ORCHARD, story

from cleaner.batch.analysis.coverage import Coverage, Seen, as_dict, cover, falls, from_dict
from cleaner.batch.settings import Options, Settings
from cleaner.cli import main

if TYPE_CHECKING:
    from pathlib import Path

RULES = f"""\
outlet: News Example
hosts: [{HOST}]
date: [{{css: .dateline, text: '(\\d\\d\\.\\d\\d\\.\\d{{4}})', format: '%d.%m.%Y'}}]
body: [{{css: .story}}]
remove:
  - {{name: newsletter, css: .newsletter-box, why: promotes a newsletter}}
  - {{name: never, css: .never, why: is not there}}
"""
PAGE = Seen(
    HOST, is_article=True, fields=("headline", "date"), hits={"x/a": 2, "x/b": 0}, removed=0.5, words=400
)


def counted(*pages: Seen) -> Coverage:
    found = Coverage("1")
    for page in pages:
        found.add(page)
    return found


def fell(before: Coverage, now: Coverage, tolerance: float = 0.1) -> dict[str, tuple[float, float]]:
    return {x.what: (round(x.before, 2), round(x.now, 2)) for x in falls(before, now, tolerance)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rules = tmp_path / "my-rules" / "outlets"
    rules.mkdir(parents=True)
    (rules / f"{HOST}.yaml").write_text(RULES)
    (tmp_path / "in").mkdir()
    for number in range(6):
        title, paragraphs = (("A bridge at last", BRIDGE), ("Whose pears are they?", ORCHARD))[number % 2]
        (tmp_path / "in" / f"{number}.html").write_text(story(title, paragraphs, number))
    (tmp_path / "in" / "stranger.html").write_text(
        story("A bridge", BRIDGE, 9).replace(HOST, "gazette.example")
    )
    return tmp_path


def covered(folder: Path, *options: str) -> int:
    return main(
        [
            "rules",
            "coverage",
            str(folder / "in"),
            "--rules",
            str(folder / "my-rules"),
            "--workers",
            "1",
            *options,
        ]
    )


def test_outlets_rules_fields_and_removed_share(folder: Path) -> None:
    settings = Settings(rules=(str(folder / "my-rules"),))
    found = cover(Options((str(folder / "in"),), settings=settings, workers=1))
    assert [(name, one.pages, one.articles) for name, one in found.ordered()] == [(HOST, 6, 6), (None, 1, 1)]
    one = found.outlets[HOST]
    assert one.rules == {
        f"{HOST}/body-1": 6,
        f"{HOST}/newsletter": 6,
        f"{HOST}/never": 0,
        f"{HOST}/date[1]": 6,
    }
    assert one.hits[f"{HOST}/newsletter"] == 12
    assert (one.fields["date"], one.fields["image"]) == (6, 0)
    assert 0.1 < one.removed.value < 0.6
    assert one.words.value > 50


def test_what_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert covered(folder) == 0
    out = capsys.readouterr().out
    assert f"{HOST}: 6 pages, 6 of them articles, " in out
    assert f"      6 of 6  {HOST}/newsletter, 12 times\n" in out
    assert f"      0 of 6  {HOST}/never\n" in out
    assert "no outlet: 1 page, 1 of them articles, " in out
    assert "fell" not in out


def test_saved_coverage_against_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = str(folder / "b.json")
    assert covered(folder, "--save", saved) == 0
    assert covered(folder, "--baseline", saved) == 0
    assert capsys.readouterr().out.endswith("nothing fell\n")


def test_a_new_layout_shows_as_a_drop(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = str(folder / "b.json")
    covered(folder, "--save", saved)
    for page in (folder / "in").glob("[0-9].html"):
        page.write_text(page.read_text().replace('"story"', '"new-story"').replace('"dateline"', '"when"'))
    capsys.readouterr()
    assert covered(folder, "--baseline", saved) == 1
    out = capsys.readouterr().out
    assert f"fell: {HOST}: rule {HOST}/body-1: 100% of the pages before, 0% now\n" in out
    assert f"fell: {HOST}: rule {HOST}/date[1]: 100% of the pages before, 0% now\n" in out
    assert f"rule {HOST}/newsletter" not in out
    assert covered(folder, "--baseline", saved, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert {"outlet": HOST, "what": f"rule {HOST}/body-1", "before": 1.0, "now": 0.0} in data["fell"]
    assert covered(folder, "--baseline", saved, "--tolerance", "1") == 0


def test_unreadable_input_is_named_and_the_rest_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "in" / "bad.html").write_bytes(b"\x1f\x8b\x08 no gzip")
    (folder / "in" / "picture.png").write_bytes(b"\x89PNG")
    assert covered(folder) == 1
    told = capsys.readouterr()
    assert told.err.startswith("clean: bad.html: ")
    assert f"{HOST}: 6 pages" in told.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        ("not json", "makes one"),
        ("[]", "not a coverage that was saved"),
        ('{"version": "1", "outlets": [{"outlet": "x", "pages": 0}]}', "0 pages"),
        ('{"version": "1", "outlets": [{"outlet": "x", "pages": 2, "articles": "y"}]}', "makes one"),
    ],
)
def test_bad_baseline_is_told_before_any_work(
    folder: Path, content: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / "b.json").write_text(content)
    assert covered(folder, "--baseline", str(folder / "b.json")) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_folder_without_pages_or_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty").mkdir()
    assert main(["rules", "coverage", str(folder / "empty")]) == 1
    assert "no page there that can be read" in capsys.readouterr().err
    assert main(["rules", "coverage", str(folder / "in"), "--rules", str(folder / "nope")]) == 2


def test_coverage_as_json_and_back() -> None:
    found = counted(PAGE, replace(PAGE, outlet=None, hits={}), replace(PAGE, words=300))
    again = from_dict(json.loads(json.dumps(as_dict(found))))
    assert as_dict(again) == as_dict(found)
    assert again.outlets[HOST].words.value == 350


def test_rule_that_hit_and_does_not_now() -> None:
    assert fell(counted(*[PAGE] * 8), counted(*[replace(PAGE, hits={"x/a": 0, "x/b": 0})] * 8)) == {
        "rule x/a": (1.0, 0.0)
    }


def test_rule_that_was_taken_out_on_purpose_is_no_drop() -> None:
    assert fell(counted(*[PAGE] * 8), counted(*[replace(PAGE, hits={"x/b": 0})] * 8)) == {}


def test_field_article_and_outlet_that_are_gone() -> None:
    now = replace(PAGE, fields=("headline",), is_article=False)
    assert fell(counted(*[PAGE] * 8), counted(*[now] * 8)) == {
        "article": (1.0, 0.0),
        "field date": (1.0, 0.0),
    }
    assert fell(counted(*[PAGE] * 8), counted(replace(PAGE, outlet="other.example"))) == {"pages": (8.0, 0.0)}


def test_what_chance_explains_is_no_drop() -> None:
    without = replace(PAGE, hits={"x/a": 0, "x/b": 0})
    half, fewer = [PAGE, without] * 5, [PAGE, without, without] * 4
    assert fell(counted(*half), counted(*fewer)) == {}
    assert fell(counted(*half * 20), counted(*fewer * 20)) == {"rule x/a": (0.5, 0.33)}
    assert fell(counted(*half * 20), counted(*fewer * 20), 0.2) == {}
    assert fell(counted(PAGE), counted(without)) == {}


def test_words_and_removed_share_by_their_means() -> None:
    short = replace(PAGE, words=100, removed=0.2)
    assert fell(counted(*[PAGE] * 6), counted(*[short] * 6)) == {"words": (400, 100), "removed": (0.5, 0.2)}
    assert fell(counted(*[PAGE] * 4), counted(*[short] * 4)) == {}
    assert fell(counted(*[short] * 6), counted(*[PAGE] * 6)) == {}
    mixed = [replace(PAGE, words=n) for n in (50, 900, 120, 700, 60, 800)]
    others = [replace(PAGE, words=n) for n in (40, 850, 100, 300, 700, 50)]
    assert fell(counted(*mixed), counted(*others)) == {}
