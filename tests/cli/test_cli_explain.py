"""`clean explain` and `clean rules`: what they say, plain for pipes, in colour for people."""

import json
from pathlib import Path

import pytest

from cleaner import pipeline
from cleaner.cli import main
from cleaner.judge import Judgement
from cleaner.model import Verdict

STORY = "Kept as it is.\n\nBreakingNews: a bridge.\n\nRead more: A tunnel is late and nobody says why\n"
VERDICTS = (None, Verdict("news.example/glued", "edit", "News: a bridge."), Verdict("en/read-more"))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A page of three blocks on which the verdicts above are passed."""
    monkeypatch.setattr(pipeline, "judge", lambda *_: Judgement(VERDICTS))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    (tmp_path / "page.txt").write_text(STORY)
    return str(tmp_path / "page.txt")


def test_plain_is_one_line_a_block_in_the_order_of_the_page(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", page]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert out.splitlines()[-5:] == [
        "+ paragraph           Kept as it is.",
        "~ news.example/glued  BreakingNews: a bridge.  →  News: a bridge.",
        "- en/read-more        Read more: A tunnel is late and nobody says why",
        "",
        "3 blocks: 2 kept, 1 removed",
    ]


def test_head_names_status_and_what_must_be_known(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", page, "--url", "https://news.example/1"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["status", "article"] in lines
    assert {"outlet", "headline", "date", "authors"} <= {words[0] for words in lines if words}


def test_colour_when_asked_for(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", page, "--color"]) == 0
    coloured = capsys.readouterr().out
    assert "\x1b[31m- en/read-more" in coloured
    main(["explain", page, "--no-color"])
    assert "\x1b" not in capsys.readouterr().out


def test_no_color_is_honoured(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["explain", page])
    assert "\x1b[31m" not in capsys.readouterr().out


def test_json_has_record_and_page(page: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["explain", page, "--json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert "candidates" in told["record"]
    assert [(row["index"], row["fate"], row["rule"]) for row in told["page"]] == [
        (0, "kept", None),
        (1, "edited", "news.example/glued"),
        (2, "removed", "en/read-more"),
    ]
    assert told["page"][1]["left"] == "News: a bridge."
    assert told["record"]["removed"][0]["text"] == "Breaking"


def test_what_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in tmp_path / "nope.html", tmp_path:
        assert main(["explain", str(path)]) == 1
        assert str(path) in capsys.readouterr().err


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "mine" / "outlets"
    folder.mkdir(parents=True)
    (folder / "news.example.yaml").write_text(
        "outlet: News Example\nhosts: [news.example]\n"
        "remove:\n  - {name: petition, line: '^sign our petition', why: asks for signatures}\n"
    )
    return tmp_path / "mine"


def test_rules_list_shows_bundled_and_own(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--rules", str(rules)]) == 0
    out = capsys.readouterr().out
    assert f"News Example: news.example  ({rules}/outlets/news.example.yaml)" in out
    assert "(rules/generic/en.yaml)" in out
    main(["rules", "list", "--rules", str(rules), "--json"])
    rows = {row["name"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["news.example"]["hosts"] == ["news.example"]
    assert rows["dw.com"]["outlet"] == "Deutsche Welle"


def test_rules_check(
    rules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(rules.parent)
    assert main(["rules", "check", "mine"]) == 0
    assert capsys.readouterr().out == ""

    bad = rules / "outlets" / "bad.example.yaml"
    bad.write_text("outlet: Bad\nhosts: [bad.example]\nremove:\n  - {name: x, line: '(?=y)', why: z}\n")
    assert main(["rules", "check", "mine"]) == 2
    assert capsys.readouterr().out.startswith("mine/outlets/bad.example.yaml:4: error: ")
    assert main(["rules", "check", "mine", "--json"]) == 2
    (finding,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (finding["path"], finding["line"]) == ("mine/outlets/bad.example.yaml", 4)
    assert finding["severity"] == "error"


def test_rules_check_looks_for_rules_that_no_fixture_shows(
    rules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(rules.parent)
    case = rules.parent / "fixtures" / "news.example" / "bridge"
    case.mkdir(parents=True)
    (case / "page.txt").write_text("A bridge is open.\n")
    (case / "expected.yaml").write_text("headline: null\ndate: null\nbody: A bridge is open.\n")
    assert main(["rules", "check", "mine"]) == 0
    assert "petition: found nothing in any fixture" in capsys.readouterr().out
    assert main(["rules", "check", "mine", "--fixtures", "nowhere"]) == 2


def test_rules_import_ftr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "news.example.txt").write_text("title: //h1\nbody: //div[@id='story']\nnot_a_directive: x\n")
    args = ["rules", "import-ftr", str(sites), "-o", str(tmp_path / "mine")]
    assert main(args) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith(f"{sites}/news.example.txt:3: not carried: not_a_directive: x: ")
    assert "1 rule files written" in captured.err
    assert "2 carried" in captured.err
    assert main(["rules", "check", str(tmp_path / "mine")]) == 0
    capsys.readouterr()
    assert main(args) == 1
    assert "is already there" in capsys.readouterr().err
    assert main([*args, "--overwrite", "--json"]) == 0
    outcomes = [json.loads(line)["outcome"] for line in capsys.readouterr().out.splitlines()]
    assert outcomes == ["carried", "carried", "not carried"]
