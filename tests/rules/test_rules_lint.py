# ruff: noqa: E501 - a case is a line
"""The linter: what it finds, what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rules_help import folder, html_page, text_page

from cleaner.model import RulesError
from cleaner.rules.lint.static_checks import Finding, lint

if TYPE_CHECKING:
    from pathlib import Path


def found(top: Path, cases: object = ()) -> list[tuple[str, int, str]]:
    findings = lint(top, cases)  # type: ignore[arg-type]
    return [(x.path.rpartition("/")[2], x.line, x.code) for x in findings]


GOOD = "outlet: Z\nhosts: [zz.example]\nremove:\n  - {name: a, line: '^Zork', why: x}\n"


def test_sound_rules_pass(tmp_path: Path) -> None:
    assert found(folder(tmp_path, zz_example=GOOD)) == []


def test_everything_at_once(tmp_path: Path) -> None:
    top = folder(
        tmp_path,
        a_example="hosts: [dup.example]\nremove:\n  - {name: a, line: '(?=x)', why: y}\n  - {name: b, css: 'p['}\nx: 1\n",
        b_example="hosts: [dup.example]\nextends: nobody\nremove:\n  - {name: c, line: ^q}\n",
        c_example="remove: [{name: c, line: ^q, why: x}]\n",
        d_example="a: 'b\n",
        e_example="hosts: [e.example]\nremove: [{name: gone, off: true}]\n",
    )
    assert found(top) == [
        ("a.example.yaml", 1, "hosts"),
        ("a.example.yaml", 3, "pattern"),
        ("a.example.yaml", 4, "selector"),
        ("a.example.yaml", 4, "why"),
        ("a.example.yaml", 5, "schema"),
        ("b.example.yaml", 1, "hosts"),
        ("b.example.yaml", 2, "extends"),
        ("b.example.yaml", 4, "why"),
        ("c.example.yaml", 1, "orphan"),
        ("d.example.yaml", 1, "yaml"),
        ("e.example.yaml", 2, "off"),
    ]


def test_layouts_of_different_times_may_share_hosts(tmp_path: Path) -> None:
    old = "hosts: [zz.example]\nvalid: {until: 2020-12-31}"
    assert (
        found(folder(tmp_path, one_example=old, two_example="hosts: [zz.example]\nvalid: {from: 2021-01-01}"))
        == []
    )
    assert {
        x[2] for x in found(folder(tmp_path, two_example="hosts: [zz.example]\nvalid: {from: 2020-06-01}"))
    } == {"hosts"}


def test_parents_are_no_orphans_and_off_of_inherited_rules_is_fine(tmp_path: Path) -> None:
    top = folder(
        tmp_path,
        cms="remove: [{name: a, line: ^q, why: x}]",
        zz_example="hosts: [zz.example]\nextends: cms\nremove: [{name: a, off: true}]",
    )
    assert found(top) == []


def test_off_of_a_rule_that_the_weaker_file_inherits_is_fine(tmp_path: Path) -> None:
    below = folder(
        tmp_path / "below",
        cms="remove: [{name: a, line: ^a, why: x}]",
        zz_example="hosts: [zz.example]\nextends: cms",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_RULES", str(below))
        above = folder(tmp_path / "above", zz_example="remove: [{name: a, off: true}]")
        assert found(above) == []


def test_off_of_a_bundled_rule_is_fine(tmp_path: Path) -> None:
    assert found(folder(tmp_path, dw_com="remove: [{name: read-more, off: true}]")) == []


PAGE = text_page("Headline", "The story goes on.", "Zork of the day")
OTHER = text_page("Other headline", "Zork is a good game.", "The end.")


def test_rules_that_no_fixture_shows(tmp_path: Path) -> None:
    text = GOOD + "  - {name: b, line: '^Nothing', why: x}\nheadline: [{css: h1}, {after: '^Nothing'}]\n"
    top = folder(tmp_path, zz_example=text, yy_example="hosts: [yy.example]")
    cases = [
        ("zz.example", PAGE, "The story goes on."),
        ("zz.example", html_page("<h1>Headline</h1><p>x</p>"), "x"),
    ]
    assert found(top, cases) == [
        ("yy.example.yaml", 1, "unseen"),
        ("zz.example.yaml", 5, "unhit"),
        ("zz.example.yaml", 6, "unhit"),
    ]
    assert lint(top, cases)[-1].severity == "warning"


def test_phrases_that_would_cost_another_outlet_a_line(tmp_path: Path) -> None:
    cases = [
        ("zz.example", PAGE, "The story goes on."),
        ("yy.example", OTHER, "Zork is a good game.\n\nThe end."),
    ]
    findings = [x for x in lint(folder(tmp_path, zz_example=GOOD), cases) if x.code == "broad"]
    assert [x.line for x in findings] == [4]
    assert "zork is a good game." in findings[0].message
    assert "yy.example" in findings[0].message


def test_a_line_that_goes_only_above_another_is_not_broad(tmp_path: Path) -> None:
    rules = GOOD.replace("line: '^Zork'", "line: '^Zork', before: '^03:12$'")
    cases = [
        ("zz.example", PAGE, "The story goes on."),
        ("yy.example", OTHER, "Zork is a good game.\n\nThe end."),
    ]
    assert "broad" not in [code for _, _, code in found(folder(tmp_path, zz_example=rules), cases)]


def test_signs_found_in_another_outlets_page(tmp_path: Path) -> None:
    top = folder(tmp_path, zz_example="hosts: [zz.example]\nrecognise:\n  - Zork of\n  - '^Zork'\n")
    cases = [("zz.example", PAGE, "x"), ("yy.example", OTHER, "x")]
    assert ("zz.example.yaml", 4, "recognise") in found(top, cases)
    assert ("zz.example.yaml", 3, "recognise") not in found(top, cases)


def test_a_finding_reads_as_one_line() -> None:
    shown = str(Finding("rules/outlets/a.yaml", 3, "why", "a: has no `why:`", "error"))
    assert shown == "rules/outlets/a.yaml:3: error: a: has no `why:` [why]"


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder"):
        lint(tmp_path / "nowhere")


def test_bundled_rules_have_no_errors() -> None:
    assert [str(x) for x in lint() if x.severity == "error"] == []
