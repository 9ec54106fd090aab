"""The benchmarks' own arithmetic, on cases small enough to count by hand."""

import gzip
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "benchmarks"))

import bench_output
import bench_scores
import fields
import growth
import module_walk
import quality
import readme_table
import record_digest
from bench_articles import SHAPES, TITLE
from bench_scores import Tally, shingles, words

import cleaner


@pytest.mark.parametrize(
    ("body", "gold", "f1", "precision", "recall"),
    [
        ("The cat sat", "the cat SAT", 1.0, 1.0, 1.0),
        ("the cat", "the cat sat on", 2 / 3, 1.0, 0.5),
        ("a a a b", "a b c d", 0.5, 0.5, 0.5),
        ("x y", "a b", 0.0, 0.0, 0.0),
        ("", "a b", 0.0, None, 0.0),
        ("a", "", 0.0, 0.0, None),
        ("", "", 1.0, 1.0, None),
        ("don't 20.5", "don t 20 5", 1.0, 1.0, 1.0),
        ("東京 大阪", "東京", 2 / 3, 0.5, 1.0),
    ],
)
def test_words(body: str, gold: str, f1: float, precision: float | None, recall: float | None) -> None:
    found = words(body, gold)
    assert found.f1 == pytest.approx(f1)
    assert found.precision == pytest.approx(precision)
    assert found.recall == pytest.approx(recall)


@pytest.mark.parametrize(
    ("gold", "found", "told"),
    [
        ({"title": "“Quay” – open"}, ('"quay" - Open', None, ()), {"title": 1.0}),
        ({"title": "Quay open"}, (None, None, ()), {"title": 0.0}),
        ({"date": "2020-01-09"}, ("", "2020-01-08T23:30:00-02:00", ()), {"date": 1.0, "wrong": 0.0}),
        ({"date": "2020-01-09"}, ("", "2020-01-08", ()), {"date": 0.0, "wrong": 1.0}),
        ({"date": "2020-01-09"}, ("", None, ()), {"date": 0.0, "wrong": 0.0}),
        ({"authors": ["Ida Holm", "Per Strand"]}, ("", None, ("ida holm",)), {"authors": 2 / 3}),
        ({"authors": []}, ("", None, ()), {"authors": 1.0}),
        ({"body": "a"}, ("", None, ()), {}),
    ],
)
def test_fields_count_where_they_are_annotated(gold: dict, found: tuple, told: dict) -> None:
    assert fields.scores(gold, fields.Found(*found)) == pytest.approx(told)


def test_shingles_are_counted_each_time_they_come() -> None:
    assert shingles("a b c d e") == {"a b c d": 1, "b c d e": 1}
    assert shingles("a a a a a") == {"a a a a": 2}
    assert shingles("a b") == {"a b": 1}
    assert shingles("A b c d") == {"A b c d": 1}
    assert shingles("...") == {}


def test_a_tally_takes_means_over_pages() -> None:
    tally = Tally()
    tally.add("a b c d e", "a b c d e f g", ("a b", "f  g"), ("c\nd", "x"))
    tally.add("", "a b c d", ("a",), ())
    figures = tally.figures()
    assert figures["words"] == pytest.approx((10 / 12 + 0) / 2)
    assert figures["recall"] == pytest.approx((5 / 7 + 0) / 2)
    assert figures["precision"] == pytest.approx(1.0)  # of the one page that found anything
    assert figures["shingles"] == pytest.approx(2 * 1.0 * 0.25 / 1.25)  # precision 1; recall (2/4 + 0) / 2
    assert figures["segments"] == pytest.approx(2 / (2 + 1 + 2))  # one right, one wrong, two missing
    assert figures["poor"] == 0.5


def test_a_corpus_without_bodies_has_segments_only() -> None:
    tally = Tally()
    tally.add("a b", None, ("a b",), ("c",))
    assert tally.figures() == {"segments": 1.0}
    assert bench_scores.Tally().figures() == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_the_same_each_time_and_a_page_that_is_read(shape: str) -> None:
    page = SHAPES[shape](100)
    assert page == SHAPES[shape](100)
    article = cleaner.clean(page)
    assert article.status != "rejected"
    assert TITLE in page


@pytest.mark.parametrize("shape", SHAPES)
def test_the_longest_page_of_a_shape_is_within_the_limits(shape: str) -> None:
    assert 3 * 10**5 < len(SHAPES[shape](growth.SIZES[-1])) < 10 * 2**20


def test_plots_are_well_formed(tmp_path: Path) -> None:
    bench_output.bars(tmp_path / "bars.svg", "a < b", {"one & two": {"x": 1.0, "y": 0.0}, "empty": {}})
    bench_output.lines(tmp_path / "lines.svg", "t", {"a": [(1, 5), (2, 6)], "b": []})
    bench_output.lines(tmp_path / "log.svg", "t", {"a": [(0, 1), (10, 1), (1000, 50)]}, logarithmic=True)
    texts = {x.name: "".join(ET.parse(x).getroot().itertext()) for x in tmp_path.glob("*.svg")}
    assert "one & two" in texts["bars.svg"]
    assert "100" in texts["log.svg"]
    assert len(texts) == 3


def test_quality_from_a_corpus_to_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tmp_path / "corpora" / "scrapinghub" / "dev"
    (base / "pages").mkdir(parents=True)
    page = SHAPES["paragraphs"](8)
    (base / "pages" / "1.html.gz").write_bytes(gzip.compress(page.encode()))
    gold = {"id": "1", "file": "pages/1.html.gz", "url": None, "body": cleaner.clean(page).body}
    (base / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    out = tmp_path / "out"
    monkeypatch.setattr(
        sys, "argv", ["quality.py", str(tmp_path / "corpora"), "--out", str(out), "--systems", "cleaner"]
    )
    quality.main()
    rows = bench_output.read_csv(out / "quality.csv")
    assert [(x["system"], x["pages"], x["words"], x["failed"]) for x in rows] == [
        ("cleaner", "1", "1.0000", "0")
    ]
    (table,) = readme_table.tables(out)
    assert table.splitlines() == [
        "| system | scrapinghub shingles (1) | words, mean over pages | pages below 0.8 |",
        "| --- | --- | --- | --- |",
        "| cleaner | 1.000 | 1.000 | 0.000 |",
    ]


def test_tables_of_growth_and_memory() -> None:
    rows = [
        {"system": "a", "shape": "p", "paragraphs": "100", "ms": "2.0", "factor": ""},
        {"system": "a", "shape": "p", "paragraphs": "1000", "ms": "21.0", "factor": "10.5"},
        {"system": "a", "shape": "p", "paragraphs": "10000", "ms": "over 60 s", "factor": ""},
    ]
    assert readme_table.growth(rows).splitlines()[-1] == "| a | p | 2 | 21 | over 60 s | 10.5 |"
    points = [(0, 50.0, 50.0), (1000, 80.0, 90.0), (2000, 83.4, 95.0)]
    samples = [{"system": "a", "page": str(p), "resident": str(r), "peak": str(k)} for p, r, k in points]
    assert readme_table.memory(samples).splitlines()[-1] == "| a | 2000 | 50 | 80 | +3 | 95 |"


def test_digest_names_every_page_once_and_sees_a_changed_word(tmp_path: Path) -> None:
    story = (
        "<h1>A bridge at last</h1>"
        + "<p>The minister opened the bridge on Thursday, after long years.</p>" * 3
    )
    (tmp_path / "text-dump").mkdir()
    (tmp_path / "gold.jsonl").write_text("{}")
    (tmp_path / "a.html").write_text(story)
    (tmp_path / "text-dump" / "b.txt.gz").write_bytes(gzip.compress(b"A line."))
    found = list(record_digest.pages(tmp_path))
    assert found == [("a.html", story.encode(), False), ("text-dump/b.txt.gz", b"A line.", True)]
    one, other = (cleaner.clean(x, source="a") for x in (story, story.replace("Thursday", "Friday")))
    assert record_digest.digest(one) == record_digest.digest(cleaner.clean(story, source="a"))
    assert record_digest.digest(one) != record_digest.digest(other)


def test_walk_sees_the_modules_that_a_page_enters() -> None:
    files, switches = module_walk.walk(
        cleaner.Cleaner(), b"<h1>A bridge</h1><p>It was opened on Thursday.</p>"
    )
    names = {Path(x).name for x in files}
    assert {"pipeline.py", "html_reader.py", "assemble.py"} <= names
    assert all(caller != called for caller, _, called, _ in switches)
    assert len(switches) >= len(files) - 1
