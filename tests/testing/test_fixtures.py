"""Cases on disk: what they may say, what is wrong with those that are not complete, and how faults read."""

import dataclasses
import json
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.model import RECORD, Article, BodyBlock, Removal
from cleaner.testing.case import EXPECTED, UNTESTED, FixtureError, find, load
from cleaner.testing.check import fault
from cleaner.testing.fixture_draft import draft, updated

FIELDS = tuple(field.name for field in RECORD)

COMPLETE = "headline: A bridge\ndate: 2020-01-09\nbody: |\n  One paragraph.\n\n  Another one.\n"
ARTICLE = Article(
    id="0",
    status="article",
    version="0",
    headline="A bridge",
    date="2020-01-09",
    authors=("Ann Author",),
    body="One paragraph.\n\n- Another  one.",
    blocks=(BodyBlock("paragraph", "One paragraph."), BodyBlock("list-item", "Another one.")),
    provenance={"headline": "jsonld"},
    removed=(
        Removal(0, "en/newsletter", "Sign up for our newsletter"),
        Removal(4, "layout/region", "Other stories of today and of yesterday"),
    ),
)


def case_at(
    folder: Path, expected: str | None, given: str | None = None, page: str | None = "page.txt"
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if expected is not None:
        (folder / "expected.yaml").write_text(expected)
    if given is not None:
        (folder / "input.yaml").write_text(given)
    if page is not None:
        (folder / page).write_text("One paragraph.\n\nAnother one.\n")
    return folder


def faults(folder: Path, expected: str, article: Article = ARTICLE) -> dict[str, str | None]:
    case = load(case_at(folder, expected))
    return {name: fault(case, article, name) for name in case.fields}


def test_stated_fields_are_those_of_the_record() -> None:
    assert set(EXPECTED) - {*UNTESTED, "body_has", "body_lacks"} <= set(FIELDS)


def test_one_test_for_each_stated_field_in_the_order_of_the_file(tmp_path: Path) -> None:
    case = load(
        case_at(tmp_path / "example.com" / "bridge", "note: why\n" + COMPLETE + "authors: [Ann Author]\n")
    )
    assert case.fields == ("headline", "date", "body", "authors")
    assert case.name == "example.com/bridge"
    assert (case.outlet, case.kind) == ("example.com", "text")


def test_as_stated(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        COMPLETE + "authors: [Ann Author]\nmodified: null\nbody_has: ['paragraph.']\nbody_lacks: [Sign up]\n"
        "removed:\n  - {rule: en/newsletter, text: Sign up for our newsletter}\n"
        "  - {rule: layout/region, text: Other stories…}\n",
    )
    assert set(found.values()) == {None}
    assert len(found) == 8


@pytest.mark.parametrize(
    ("expected", "field", "words"),
    [
        (
            COMPLETE.replace("A bridge", "A tunnel"),
            "headline",
            "stated:   A tunnel\ncame out: A bridge   (from jsonld)",
        ),
        (COMPLETE.replace("2020-01-09", "null"), "date", "stated:   null\ncame out: 2020-01-09"),
        (COMPLETE + "authors: []\n", "authors", "stated:   []\ncame out: Ann Author"),
        (COMPLETE.replace("Another one", "Another two"), "body", "-Another two.\n+Another one."),
        (COMPLETE + "body_has: [three]\n", "body_has", "is not in the body: three"),
        (COMPLETE + "body_lacks: [Another one]\n", "body_lacks", "is still in the body: Another one"),
        (COMPLETE + "removed: [{rule: a/b, text: Another one.}]\n", "removed", "is still in the body"),
        (COMPLETE + "removed: [{rule: a/b, text: Sign…}]\n", "removed", "was taken out by en/newsletter"),
        (COMPLETE + "removed: [{rule: en/newsletter, text: Sign}]\n", "removed", "is not on the page"),
        (COMPLETE + "reviewed: false\n", "reviewed", "is a draft"),
    ],
)
def test_faults_say_what_came_out(tmp_path: Path, expected: str, field: str, words: str) -> None:
    found = faults(tmp_path, expected)
    assert words in str(found[field])
    assert [name for name, text in found.items() if text] == [field]


def test_a_body_that_did_not_come_out_says_the_status(tmp_path: Path) -> None:
    article = Article(id="0", status="rejected", version="0", reason="too-deep")
    assert "(status is rejected: too-deep)" in str(faults(tmp_path, COMPLETE, article)["body"])


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("", "expected.yaml: does not state headline, date, body (or body_has)"),
        ("headline: x\ndate: null\n", "does not state body (or body_has)"),
        ("headline: x\ndate: null\nbody_has: []\n", "does not state body (or body_has)"),
        (COMPLETE + "boddy: x\n", "expected.yaml:7: boddy: unknown key; one of reviewed, note, status"),
        (
            COMPLETE + "authors: Ann\n",
            "expected.yaml:7: authors: must be a list, such as `authors: [one, two]`",
        ),
        (COMPLETE + "authors: [Ann, '']\n", "authors: has an empty entry"),
        (COMPLETE + "status: fine\n", "status: fine; one of article, not-article"),
        (COMPLETE + "reviewed: maybe\n", "reviewed: maybe; write true or false"),
        (COMPLETE + "removed: [Sign up]\n", "removed: each entry is `{rule: NAME, text:"),
        (COMPLETE + "removed: [{rule: x}]\n", "removed: each entry is"),
        (COMPLETE + "removed: [{rule: x, text: …}]\n", "rule and text must both say something"),
        ("headline: x\ndate: null\nbody:\n", "body: is empty; write `body: ''`"),
        ("headline: [x]\ndate: null\nbody: x\n", "headline: must be one value"),
        ("headline: Iran: talks\n", "expected.yaml:1: not valid YAML"),
        ("headline: x\nheadline: y\n", "headline: this key is already on line 1"),
        ("- headline\n", "must be a mapping"),
    ],
)
def test_incomplete_or_malformed_is_refused(tmp_path: Path, expected: str, words: str) -> None:
    with pytest.raises(FixtureError) as error:
        load(case_at(tmp_path, expected))
    assert words in str(error.value)
    assert "expected.yaml" in str(error.value)


def test_other_statuses_need_no_body(tmp_path: Path) -> None:
    assert load(case_at(tmp_path, "status: not-article\nreason: index-page\n")).fields == ("status", "reason")


def test_page_and_input(tmp_path: Path) -> None:
    case = load(case_at(tmp_path / "a", COMPLETE, "url: https://example.com/1\nkind: html\n"))
    assert (case.input["url"], case.kind) == ("https://example.com/1", "html")
    (tmp_path / "story.txt").write_text("x")
    linked = load(case_at(tmp_path / "b", COMPLETE, "page: ../story.txt\n", page=None))
    assert linked.page.read_text() == "x"


@pytest.mark.parametrize(
    ("given", "page", "words"),
    [
        (None, None, "page.html or page.txt is missing"),
        ("page: other.html\n", "page.txt", "other.html is missing"),
        ("uri: x\n", "page.txt", "input.yaml:1: uri: unknown key; one of url, kind"),
        ("kind: pdf\n", "page.txt", "input.yaml:1: kind: pdf; write html or text"),
        ("url:\n", "page.txt", "url: is empty"),
    ],
)
def test_bad_input_is_refused(tmp_path: Path, given: str | None, page: str | None, words: str) -> None:
    case_at(tmp_path, COMPLETE, given, page)
    with pytest.raises(FixtureError) as error:
        load(tmp_path)
    assert words in str(error.value)


def test_two_pages_are_one_too_many(tmp_path: Path) -> None:
    (case_at(tmp_path, COMPLETE) / "page.html").write_text("x")
    with pytest.raises(FixtureError, match=r"has page\.html and page\.txt"):
        load(tmp_path)


def test_find_also_sees_pages_without_expectations(tmp_path: Path) -> None:
    case_at(tmp_path / "o" / "b", COMPLETE)
    case_at(tmp_path / "o" / "a", None)
    assert [folder.name for folder in find(tmp_path)] == ["a", "b"]
    with pytest.raises(FixtureError, match=r"expected\.yaml: is missing"):
        load(tmp_path / "o" / "a")


@pytest.mark.parametrize(
    "article",
    [
        ARTICLE,
        Article(id="0", status="not-article", version="0", reason="index-page"),
        Article(
            id="0",
            status="article",
            version="0",
            headline="Iran: 'yes' # no",
            body="- x\n\n  y: [z",
            date="2020-01-08T21:30:00+00:00",
        ),
        Article(
            id="0",
            status="article",
            version="0",
            headline="null",
            body="one: line",
            authors=("No", "- x", "1"),
        ),
    ],
    ids=["full", "no article", "awkward texts", "awkward words"],
)
def test_a_draft_states_what_came_out_and_fails_until_it_is_read(tmp_path: Path, article: Article) -> None:
    found = faults(tmp_path, draft(article), article)
    assert [name for name, text in found.items() if text] == ["reviewed"]
    accepted = faults(tmp_path, updated(draft(article), article), article)
    assert not any(accepted.values())


def test_a_draft_quotes_named_rules_only() -> None:
    assert "en/newsletter" in draft(ARTICLE)
    assert "layout/region" not in draft(ARTICLE)


def test_update_keeps_comments_and_what_still_holds(tmp_path: Path) -> None:
    before = (
        "# as printed\nheadline: Old  # the kicker is gone\ndate: 2020-01-09\n"
        "body_has: [Another one, gone]\nremoved:\n  - {rule: en/newsletter, text: Sign up…}\n"
        "  - {rule: en/gone, text: x}\nnote: keep me\n"
    )
    after = updated(before, ARTICLE)
    assert "# as printed" in after
    assert "# the kicker is gone" in after
    assert "note: keep me" in after
    assert "date: 2020-01-09\n" in after
    assert "gone]" not in after
    assert "en/gone" not in after
    assert not any(faults(tmp_path, after).values())


@pytest.mark.parametrize("date", ["2020-01-09", "2020-01-08T21:30:00", "2020-01-08T21:30:00+02:00"])
def test_update_leaves_what_holds_as_it_is_written(date: str) -> None:
    article = dataclasses.replace(ARTICLE, date=date, paywalled=False)
    stated = f"headline: A bridge\ndate: {date}\nauthors: [Ann Author]\nmodified: null\npaywalled: false\n"
    stated += "body: |\n  One paragraph.\n\n  Another one.\n"
    assert updated(stated, article) == stated


def test_update_never_leaves_a_case_without_a_body(tmp_path: Path) -> None:
    after = updated("headline: A bridge\ndate: 2020-01-09\nbody_has: [gone]\n", ARTICLE)
    assert not any(faults(tmp_path, after).values())


# ---------------------------------------------------------------- the commands


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text(
        "A bridge is open\n\nThe minister opened the bridge on Monday morning.\n"
    )
    return tmp_path


def test_add_check_accept(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://www.news.example/2020/bridge"
    assert main(["fixtures", "add", "story.txt", "--url", url, "--case", "bridge"]) == 0
    folder = Path("fixtures/news.example/bridge")
    assert capsys.readouterr().out.strip() == str(folder / "expected.yaml")
    assert (folder / "page.txt").read_bytes() == (repository / "story.txt").read_bytes()
    assert (folder / "input.yaml").read_text() == f"url: {url}\n"

    assert main(["fixtures", "check"]) == 1
    assert "reviewed\n    is a draft" in capsys.readouterr().out
    assert main(["fixtures", "update", str(folder)]) == 0
    assert "-reviewed: false" in capsys.readouterr().out
    assert main(["fixtures", "check"]) == 1
    assert main(["fixtures", "update", "--accept", str(folder)]) == 0
    assert main(["fixtures", "check", "fixtures"]) == 0
    assert "all as stated" in capsys.readouterr().out


def test_check_names_every_fault(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case_at(repository / "fixtures" / "o" / "a", None)
    case_at(repository / "fixtures" / "o" / "b", COMPLETE)
    assert main(["fixtures", "check", "--json"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[0]["case"] == "fixtures/o/a"
    assert "is missing" in found[0]["fault"]
    assert {(f["case"], f["field"]) for f in found[1:]} >= {
        ("fixtures/o/b", "headline"),
        ("fixtures/o/b", "date"),
    }


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["add", "story.txt"], 1, "name it with --outlet"),
        (["add", "nope.txt"], 2, "does not exist"),
        (["check", "nowhere"], 2, "nowhere: no folder with expected.yaml"),
        (["update", "nowhere"], 2, "nowhere: no folder"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_wrong_usage(
    repository: Path, capsys: pytest.CaptureFixture[str], args: list[str], code: int, words: str
) -> None:
    assert main(["fixtures", *args]) == code
    captured = capsys.readouterr()
    assert words in captured.err
    assert not (repository / "fixtures").exists()


def test_a_case_is_not_overwritten(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["fixtures", "add", "story.txt", "--outlet", "News Example", "--case", "Bridge!"]
    assert main(args) == 0
    assert (repository / "fixtures" / "news-example" / "bridge").is_dir()
    assert main(args) == 1
    assert "is already there" in capsys.readouterr().err
