"""The bundled outlet files: sound by the linter's own reading, explained, and told apart from one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import clean
from cleaner.read import read
from cleaner.rules import Rules
from cleaner.rules.apply.conditions import runs
from cleaner.rules.format.parse import check_file

FOLDER = Path(__file__).parent.parent.parent / "rules" / "outlets"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules.load()


@pytest.mark.parametrize("file", FILES, ids=lambda x: x.stem)
def test_file_is_sound_and_every_removal_says_why(file: Path) -> None:
    rule_file, problems = check_file(file.read_bytes(), str(file), file.stem, "outlet")
    assert not problems, "\n".join(map(str, problems))
    assert rule_file.outlet
    assert not [x.name for x in (*rule_file.remove, *rule_file.edits) if not x.why and not x.off]


@pytest.mark.parametrize("name", [x.stem for x in FILES])
def test_file_compiles_with_its_parents(rules: Rules, name: str) -> None:
    outlet = rules.outlet(name)
    page = read("First line.\n\nSecond line.", url=None, source=None, kind="text")
    assert not outlet.verdicts(page)


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Otter counted twice\n- Published\n- comments\nThe otter came back.\n", "bbc.co.uk-newsround"),
        ("Otter counted twice\n- Published\nThe otter came back, the BBC has learned.\n", "bbc.com"),
        ("Otter\nThe otter came back.\n- Published7 March 2021\n", "bbc.com"),
        ("Live\nOtter count begins\nRead our main story here.\nThe otter is out.\n", "bbc.com-live"),
        ("Otter found in the Spree | Germany | DW | 04.02.2019\n\nIt swam.\n", "dw.com"),
        ("Otter found in the Spree – DW – 02/04/2024\n\nIt swam.\n", "dw.com"),
        ("Otters\nThey swim.\nSubscribe to The Week\nThey float.\n", "theweek.com"),
        ("Otters\nThey swim.\nBy Ann Weir, The Week UK Published\n", "theweek.com"),
        ("It swam.\nOtter votes\nEPA-EFE/ANN WEIR\nAn otter.\n- Advertisement -\n", "neweurope.eu"),
        ("Live\nOtter count begins\nThe otter is out, the BBC's Ann Weir says.\n", "bbc.com-live"),
        ("Otter count begins - BBC News\nThe otter is out.\n", "bbc.com"),
        # One of two signs is nobody's, and a site's name far down is a line of somebody's references.
        ("Otters\nThey swim.\nThey float.\nOtter count begins - BBC News\n", None),
        ("It swam.\nOtter votes\nEPA-EFE/ANN WEIR\nAn otter.\n", None),
        ("It swam.\n- Advertisement -\nPhoto: EPA\n", None),
        ("Live\nOtter count begins\nThe otter is out.\n", None),
        ("Published\nThe otter came back.\n", None),
        ("The news week\nThe week was long, DW Griffith said.\n", None),
    ],
)
def test_text_without_an_address_gives_its_outlet_away(rules: Rules, text: str, outlet: str | None) -> None:
    found = rules.match(read(text, url=None, source=None, kind="text"))
    assert (found.name if found else None) == outlet


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.bbc.co.uk/news/uk-1", "bbc.com"),
        ("https://www.bbc.com/news/live/world-2", "bbc.com-live"),
        ("https://www.bbc.co.uk/newsround/3", "bbc.co.uk-newsround"),
        ("https://www.dw.com/en/x/a-4", "dw.com"),
        ("https://learngerman.dw.com/en/x/a-4", "dw.com"),
        ("https://www.theweek.co.uk/5", "theweek.com"),
        ("https://notdw.com/en/x/a-4", None),
    ],
)
def test_address_names_the_outlet(rules: Rules, url: str, outlet: str | None) -> None:
    found = rules.match(read("A line.\n", url=url, source=None, kind="text"))
    assert (found.name if found else None) == outlet


def test_a_run_may_have_a_length() -> None:
    assert runs([2], [], 9, 2) == {2, 3}
    assert runs([2], [3], 9, 2) == {2}
    assert runs([8], [], 9, 2) == {8}
    assert runs([2, 3], [], 9, 2) == {2, 3}
    assert runs([2], [], 9) == set(range(2, 9))


def test_lines_needs_a_run() -> None:
    data = b"outlet: X\nhosts: [x.org]\nremove:\n  - {name: a, line: '^b', lines: 2, why: c}\n"
    _, problems = check_file(data, "x.org.yaml", "x.org", "outlet")
    assert [x.line for x in problems] == [4]
    assert "needs `from:`" in problems[0].message


def test_linked_takes_the_headline_of_another_story_and_spares_a_sentence_with_a_link(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "otter.example.yaml").write_text(
        "outlet: Otter\nhosts: [otter.example]\n"
        "remove:\n  - {name: other, css: 'ul li', linked: true, why: other stories}\n"
    )
    page = read(
        "<!doctype html><body><ul><li><a href=/a>Otters counted twice</a></li>"
        "<li>The <a href=/b>report on otters</a> was short.</li></ul></body>",
        url="https://otter.example/1", source=None, kind="html",
    )  # fmt: skip
    outlet = Rules.load([tmp_path]).match(page)
    assert outlet is not None
    assert {page.blocks[i].text: x.rule for i, x in outlet.verdicts(page).items()} == {
        "Otters counted twice": "otter.example/other"
    }


def test_before_takes_only_the_line_right_above(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "otter.example.yaml").write_text(
        "outlet: Otter\nhosts: [otter.example]\n"
        "remove:\n  - {name: title, kind: list-item, before: '^by .+ published$', why: other stories}\n"
    )
    text = "It swam.\n- a bullet of the story\nIt dived.\n- Otters again\nBy Ann Weir Published\n"
    page = read(text, url="https://otter.example/1", source=None, kind="text")
    outlet = Rules.load([tmp_path]).match(page)
    assert outlet is not None
    assert [page.blocks[i].text for i in outlet.verdicts(page)] == ["Otters again"]


def test_before_is_no_key_of_generic_files() -> None:
    data = b"language: xx\nremove:\n  - {name: a, line: '^b', before: '^c', why: d}\n"
    _, problems = check_file(data, "xx.yaml", "xx", "generic")
    assert ["before: is a key of an outlet's file" in str(x) for x in problems] == [True]


def test_headline_goes_as_headline_whatever_rule_its_shape_fits() -> None:
    text = (
        "Otters return to the upper Spree after forty years of absence | News | DW | 04.02.2019\n\nNews\n\n"
        "Otters return to the upper Spree after forty years of absence\n\n"
        "Rangers counted eleven of them. They had come by night and kept to the reeds.\n\n"
        "Nobody had seen an otter here since 1979, and nobody had looked for one either.\n"
    )
    article = clean(text, kind="text")
    assert {x.rule for x in article.removed if x.text.startswith("Otters return")} == {
        "dw.com/title-line",
        "layout/headline",
    }
    assert article.headline == "Otters return to the upper Spree after forty years of absence"


def test_a_sign_for_the_title_has_that_key_alone() -> None:
    data = b"outlet: X\nhosts: [x.org]\nrecognise:\n  - {title: ' - X$', line: 'y'}\nbody: [{css: p}]\n"
    _, problems = check_file(data, "x.org.yaml", "x.org", "outlet")
    assert [(x.line, "one key" in x.message) for x in problems] == [(4, True)]
