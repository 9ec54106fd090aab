# ruff: noqa: E501 - a case is a line
"""Folders of rules: which outlet a page is from, who overrides whom, and what loading costs."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_help import folder, html_page, removed, rules, said, source, text_page

from cleaner.model import RulesError
from cleaner.rules.format import folders
from cleaner.rules.format.merge import by_name
from cleaner.rules.format.parse import check_file
from cleaner.rules.library import EAGER_FILES, Rules

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS = rules(
    source("hosts: [bbc.com, bbc.co.uk]", "bbc.com"),
    source("hosts: ['bbc.com/news/live/*', bbc.co.uk/newsround]", "bbc-live"),
    source("hosts: ['*.wiki.org']", "wiki.org"),
    source("hosts: [de.wiki.org]", "de.wiki.org"),
    source("hosts: ['a.com/*/sport/*.html']", "a-sport"),
    source("hosts: [münchen.example]", "muenchen"),
)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.bbc.com/news/world-1", "bbc.com"),
        ("http://bbc.co.uk", "bbc.com"),
        ("https://WWW.BBC.COM./news", "bbc.com"),
        ("www.bbc.com/news", "bbc.com"),
        ("https://www.bbc.com/news/live/world-1?x=1", "bbc-live"),
        ("https://www.bbc.com/news/livestock", "bbc.com"),
        ("https://www.bbc.co.uk/newsround/1", "bbc-live"),
        ("https://www.bbc.co.uk/newsroundup", "bbc.com"),
        ("https://notbbc.com/x", None),
        ("https://bbc.com.evil.org/x", None),
        ("https://en.wiki.org/x", "wiki.org"),
        ("https://wiki.org/x", None),
        ("https://www.wiki.org/x", None),
        ("https://www.en.wiki.org/x", "wiki.org"),
        ("https://de.wiki.org/x", "de.wiki.org"),
        ("https://a.com/en/sport/x.html", "a-sport"),
        ("https://a.com/sport/x.html", None),
        ("https://xn--mnchen-3ya.example/", "muenchen"),
        ("https://user:pass@www.bbc.com:443/x", "bbc.com"),
        ("https://web.archive.org/web/20200109id_/https://www.bbc.com/news/1", "bbc.com"),
        ("https://[::1", None),
        ("file:///home/x/bbc.com.html", None),
        ("bbc", None),
        ("", None),
    ],
)
def test_address(url: str, name: str | None) -> None:
    found = CLAIMS.match(text_page("A line.", url=url or None))
    assert (found.name if found else None) == name


@given(st.text(max_size=60))
def test_no_address_upsets_the_match(url: str) -> None:
    found = CLAIMS.match(text_page("A line.", url=url))
    assert found is None or found.name in CLAIMS.names


def test_canonical_address_counts_only_without_a_url() -> None:
    head = '<link rel="canonical" href="https://www.bbc.com/news/1">'
    assert CLAIMS.match(html_page("<p>x</p>", head=head)).name == "bbc.com"
    assert CLAIMS.match(html_page("<p>x</p>", head=head, url="https://other.org/")) is None
    head = '<meta property="og:url" content="https://www.bbc.com/news/live/1">'
    assert CLAIMS.match(html_page("<p>x</p>", head=head)).name == "bbc-live"


SIGNS = rules(
    source("hosts: [dw.com]\nrecognise: ['\\| DW \\|', ['^DW recommends$', '\\bDW\\b']]", "dw.com"),
    source("hosts: [b.com]\nrecognise: ['B NEWS', '^Published$']", "b.com"),
    source("recognise: ['^Published$', '^Round-up$']", "c.com"),
)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("A title | News | DW | 09.01.2020",), "dw.com"),
        (("DW recommends", "More"), "dw.com"),
        (("DWARF recommends",), None),
        (("dw recommends",), None),
        (("Published", "B NEWS says"), "b.com"),
        (("Published", "Round-up"), "c.com"),
        (("b news",), None),
        (("Nothing",), None),
    ],
)
def test_text_gives_its_outlet_away(lines: tuple[str, ...], name: str | None) -> None:
    found = SIGNS.match(text_page(*lines))
    assert (found.name if found else None) == name


def test_signs_do_not_speak_against_an_address() -> None:
    assert SIGNS.match(text_page("Round-up", "Published", url="https://elsewhere.org/")) is None


LAYOUTS = rules(
    source("hosts: [a.com]\nvalid: {from: 2022-01-01}\nbody: [{css: .new}]", "a.com"),
    source("hosts: [a.com]\nvalid: {from: 2015-01-01, until: 2021-12-31}\nbody: [{css: .old}]", "a.com-2015"),
)


@pytest.mark.parametrize(
    ("markup", "day", "name"),
    [
        ("<div class=new><p>x</p></div>", "2023-05-01", "a.com"),
        ("<div class=old><p>x</p></div>", "2016-05-01T10:00", "a.com-2015"),
        ("<div class=new><p>x</p></div>", "2016-05-01", "a.com"),
        ("<div class=old><p>x</p></div>", "", "a.com-2015"),
        ("<p>neither</p>", "2016-05-01", "a.com-2015"),
        ("<p>neither</p>", "", "a.com"),
        ("<p>neither</p>", "2016-99-99", "a.com"),
    ],
)
def test_layout_of_the_day_whose_body_is_there(markup: str, day: str, name: str) -> None:
    head = f'<meta property="article:published_time" content="{day}">' if day else ""
    assert LAYOUTS.match(html_page(markup, url="https://a.com/x", head=head)).name == name


def test_child_overrides_by_name_and_keeps_the_order() -> None:
    found = rules(
        source("remove: [{name: a, line: ^a}, {name: b, line: ^b}, {name: c, line: ^c}]\nheadline: [{css: h1}]\ndate: [{css: time}]", "cms"),
        source("extends: cms\nhosts: [x.com]\nremove: [{name: b, line: ^bb}, {name: c, off: true}, {name: d, line: ^d}]\nheadline: [{css: h2}]", "x.com"),
    ).outlet("x.com")  # fmt: skip
    assert [x.full for x in found.file.remove] == ["cms/a", "x.com/b", "x.com/c", "x.com/d"]
    assert removed(found, text_page("a", "b", "bb", "c", "d")) == {
        "a": "cms/a",
        "bb": "x.com/b",
        "d": "x.com/d",
    }
    assert [x.where.css for x in found.file.fields["headline"]] == ["h2"]
    assert [x.where.css for x in found.file.fields["date"]] == ["time"]
    assert found.file.hosts == ("x.com",)


def test_parents_in_order_and_grandparents() -> None:
    found = rules(
        source("outlet: Group\nremove: [{name: a, line: ^1}]", "root"),
        source("extends: root\nremove: [{name: b, line: ^2}]", "left"),
        source("remove: [{name: a, line: ^3}]", "right"),
        source("extends: [left, right]\nhosts: [x.com]", "x.com"),
    ).outlet("x.com")
    assert [x.full for x in found.file.remove] == ["right/a", "left/b"]
    assert found.title == "Group"


def test_circles_and_unknown_parents_are_refused() -> None:
    with pytest.raises(
        RulesError, match=r"a\.com\.yaml:2: extends: goes round in a circle: b\.com → a\.com → b\.com"
    ):
        rules(source("outlet: A\nextends: b.com", "a.com"), source("extends: a.com", "b.com"))
    with pytest.raises(RulesError, match=r"outlets/nobody\.yaml"):
        rules(source("extends: nobody", "a.com"))


def test_stronger_folder_adds_and_overrides() -> None:
    weak = source(
        "outlet: A\nhosts: [a.com]\nrecognise: [AAA]\nremove: [{name: one, line: ^1}, {name: two, line: ^2}]",
        "a.com",
        layer=1,
    )
    strong = source("remove: [{name: two, off: true}, {name: three, line: ^3}]", "a.com", layer=2)
    found = rules(weak, strong).match(text_page("1", "2", "3", url="https://a.com"))
    assert removed(found, text_page("1", "2", "3")) == {"1": "a.com/one", "3": "a.com/three"}
    moved = source("hosts: [b.com]", "a.com", layer=2)
    assert rules(weak, moved).match(text_page("1", url="https://a.com")) is None
    assert rules(weak, moved).match(text_page("AAA")).name == "a.com"


def test_folders_from_the_weakest_to_the_strongest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(text: str) -> str:
        return f"hosts: [zz.example]\nremove: [{{name: a, line: '^{text}', why: x}}]"

    one = folder(tmp_path / "one", zz_example=rule("one"))
    two = folder(tmp_path / "two", zz_example=rule("two"))
    three = folder(tmp_path / "three", zz_example=rule("three"))

    class Point:
        name, value = "mine", "mine:rules"

        def load(self) -> Any:
            return lambda: str(one)

    monkeypatch.setattr(folders, "entry_points", lambda group: [Point()] if group == "cleaner.rules" else [])
    page = text_page("one", "two", "three", url="https://zz.example/")
    assert set(removed(Rules.load().match(page), page)) == {"one"}
    monkeypatch.setenv("CLEANER_RULES", os.pathsep.join(["", str(two)]))
    assert set(removed(Rules.load().match(page), page)) == {"two"}
    assert set(removed(Rules.load([three]).match(page), page)) == {"three"}


def test_generic_files_of_a_folder_are_layered_too(tmp_path: Path) -> None:
    mine = folder(tmp_path, generic__xx="remove: [{name: a, line: '^Zzyzx', why: x}]")
    assert said(Rules.load([mine]).phrases, ["zzyzx road", "a story"]) == ["xx/a", None]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({}, "no such folder"),
        ({"outlets/a.com.yml": ""}, "rename it to a.com.yaml"),
        ({"outlets/a.com.yaml": "remove: [{name: a, line: '('}]"}, "a.com.yaml:1: remove"),
        ({"a.com.yaml": "hosts: 3\nx: 4"}, "a.com.yaml:2: x"),
        ({"generic/en.yaml": "x: 4"}, "en.yaml:1: x"),
    ],
)
def test_bad_folders_name_the_file(tmp_path: Path, made: dict[str, str], said: str) -> None:
    top = tmp_path / "my"
    for name, text in made.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text)
    with pytest.raises(RulesError, match=said.replace("[", r"\[")):
        Rules.load([top])


def test_bad_entry_point_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name, value = "theirs", "nowhere:rules"

        def load(self) -> Any:
            raise ImportError("no module nowhere")

    monkeypatch.setattr(folders, "entry_points", lambda group: [Point()])
    with pytest.raises(RulesError, match="entry point theirs = nowhere:rules: no module nowhere"):
        Rules.load()


def test_version_follows_every_byte() -> None:
    versions = {
        rules(*x).version
        for x in (
            [source("outlet: A")],
            [source("outlet: A ")],
            [source("outlet: A", "b.com")],
            [source("outlet: A", layer=2)],
            [],
        )
    }
    assert len(versions) == 5
    assert rules(source("outlet: A")).version == rules(source("outlet: A")).version


HEADS = [
    ("hosts: [a.com, b.org]", {"a.com", "b.org"}),
    ("hosts:\n  - a.com\n  - b.org\n", {"a.com", "b.org"}),
    ("hosts:\n- a.com\n\n# x\n- b.org\nremove: []", {"a.com", "b.org"}),
    ("hosts: ['a.com', \"b.org\"] # x", {"a.com", "b.org"}),
    ("hosts: a.com", {"a.com"}),
    ("hosts: ['*.a.com', a.com/x/*]", {"*.a.com", "a.com/x/*"}),
    ("hosts: [A.com]", {"a.com"}),
    ('"hosts": [a.com]', {"a.com"}),
    ("{hosts: [a.com], outlet: x}", {"a.com"}),
    ("hosts: [\n a.com,\n b.org]\noutlet: x", {"a.com", "b.org"}),
    ("outlet: |\n  hosts: [x.com]\nhosts: [a.com]", {"a.com"}),
    ("outlet: x", set()),
]


@pytest.mark.parametrize(("text", "hosts"), HEADS)
def test_the_quick_look_at_a_head_sees_what_the_parser_sees(text: str, hosts: set[str]) -> None:
    one = source(text, layer=0)
    assert set(folders.head(one).hosts) == set(one.read().hosts) == hosts


def test_of_two_thousand_files_the_one_that_is_needed_is_parsed(tmp_path: Path) -> None:
    form = (
        "outlet: S{n}\nhosts: [s{n}.example, www.s{n}.example]\nheadline: [{{css: h1}}]\nremove:\n"
        + "".join(f"  - {{{{name: r{i}, css: '.x{i}', why: y}}}}\n" for i in range(8))
    )
    (tmp_path / "outlets").mkdir()
    for n in range(2000):
        (tmp_path / f"outlets/s{n}.example.yaml").write_text(form.format(n=n))
    found = Rules.load([tmp_path])
    page = html_page("<h1>T</h1><p class=x3>y</p>", url="https://s77.example/")
    assert removed(found.match(page), page) == {"y": "s77.example/r3"}
    assert pickle.loads(pickle.dumps(found)).match(page).name == "s77.example"


def test_many_files_are_checked_when_they_are_needed(tmp_path: Path) -> None:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    for n in range(EAGER_FILES + 1):
        (outlets / f"s{n}.example.yaml").write_text(
            f"hosts: [s{n}.example]\nremove: [{{name: a, line: '('}}]"
        )
    found = Rules.load([tmp_path])
    with pytest.raises(RulesError, match=r"s7\.example\.yaml:2: remove"):
        found.match(text_page("x", url="https://s7.example"))


def test_bundled_rules_are_found_and_sound() -> None:
    found = Rules.load()
    assert "dw.com" in found.names
    assert {"en", "de"} <= {x.name for x in found.phrases.files}
    for name in found.names:
        assert found.outlet(name).name == name


def test_a_childs_rules_replace_all_of_that_name_where_the_first_stood() -> None:
    parent = check_file(
        b"remove: [{name: a, line: x}, {name: b, line: y}, {name: a, line: z}]", "p.yaml", "p", "outlet"
    )[0]
    child = check_file(
        b"remove: [{name: c, line: q}, {name: a, line: one}, {name: a, line: two}]", "c.yaml", "c", "outlet"
    )[0]
    merged = by_name(parent.remove, child.remove)
    assert [(r.name, r.line[0]) for r in merged] == [("a", "one"), ("a", "two"), ("b", "y"), ("c", "q")]
