# ruff: noqa: E501 - a case is a line
"""Rule files as written: what is read, and what is refused with file, line, key and remedy."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.model import RulesError
from cleaner.rules.format.nodes import _parser
from cleaner.rules.format.parse import check_file, read_file
from cleaner.rules.format.schema import KEYS
from cleaner.rules.lint.key_reference import refreshed

ROOT = Path(__file__).resolve().parent.parent.parent


def problems(text: str, name: str = "example.com", kind: str = "outlet") -> list[str]:
    return [str(x) for x in check_file(text.encode(), "f.yaml", name, kind)[1]]  # type: ignore[arg-type]


BAD = [
    ("remove: [{name: a, lines: x, why: b, line: '^q'}]", ["f.yaml:1", "number"]),
    ("outlet: x\nremoves: []", ["f.yaml:2: removes", "did you mean `remove`", "allowed: outlet"]),
    ("remove:\n  - {name: a, why: b, linee: x}", ["f.yaml:2: remove[a].linee", "did you mean `line`"]),
    ("remove:\n  - name: a\n    line: ''", ["f.yaml:3: remove[a].line", "empty"]),
    ("remove: [{name: a, line: []}]", ["empty list"]),
    ("remove: [{name: a, line: '.*'}]", ["empty text"]),
    ("remove: [{name: a, line: '(?=x)'}]", ["look-ahead"]),
    ("keep:\n- {name: a, line: b}\nremove:\n- {name: a, line: c}", ["f.yaml:4: a", "line 2"]),
    ("remove: [{line: b}]", ["no name"]),
    ("remove: [{name: 'A b', line: b}]", ["small letters"]),
    ("remove: [{name: a}]", ["says nothing about what it finds"]),
    ("remove: [{name: a, css: 'p['}]", ["not a CSS selector"]),
    ("remove: [{name: a, css: 'p::before'}]", ["pseudo-element"]),
    ("remove: [{name: a, xpath: '//p['}]", ["XPath 1.0"]),
    ("remove: [{name: a, line: x, until: y}]", ["needs `from:`"]),
    ("remove: [{name: a, line: x, from: y}]", ["two rules"]),
    ("remove: [{name: a, from: x, css: y}]", ["two rules"]),
    ("remove: [{name: a, kind: foot, line: x}]", ["`foot` is not one of heading, paragraph"]),
    ("remove: [{name: a, line: x, on: pdf}]", ["html, text"]),
    ("remove: [{name: a, line: x, off: maybe}]", ["true, false"]),
    ("remove: [{name: a, attr: x}]", ["{data-component:"]),
    ("remove: [{name: a, attr: {'a b': x}}]", ["not the name of an attribute"]),
    ("remove: {name: a}", ["after a dash"]),
    ("remove: [a]", ["a form belongs here"]),
    ("hosts: ['https://dw.com/x']", ["without https://"]),
    ("hosts: ['dw.*.com']", ["*.dw.com"]),
    ("hosts: [[a]]", ["one value"]),
    ("valid: {from: 1.2.2020}", ["2020-01-31"]),
    ("valid: {from: 2021-01-01, until: 2020-01-01}", ["ends before it begins"]),
    ("valid: {since: 2020-01-01}", ["allowed: from, until"]),
    ("recognise: x", ["a list of patterns"]),
    ("recognise: ['(?!a)b']", ["recognise", "negative look-ahead"]),
    ("headline: h1", ["a list belongs here"]),
    ("headline: [h1]", ["{css: h1}"]),
    ("headline: [{format: '%d'}]", ["where to look"]),
    ("headline: [{css: h1, meta: x}]", ["one place"]),
    ("headline: [{attr: x, text: y}]", ["needs `css:`"]),
    ("date: [{css: time, format: 'yyyy'}]", ["has no %"]),
    ("date: [{css: time, format: '%Q'}]", ["date format"]),
    ("date: [{css: time, tz: Europe/Nowhere}]", ["Europe/Berlin"]),
    ("split: [{name: a, text: abc}]", ["one group"]),
    ("split: [{name: a}]", ["no `text:`"]),
    ("replace: [{name: a, text: abc}]", ["no `with:`"]),
    ("replace: [{name: a, text: 'a(b)', with: '\\2'}]", ["a group"]),
    ("replace: [{name: a, text: '\\bfoo', with: x}]", ["word boundary"]),
    ("outlet: [a]", ["one value"]),
    ("- a", ["a form belongs here"]),
    ("a: b\na: c", ["f.yaml:2: a", "already on line 1"]),
    ("a: &x b\nc: *x", ["anchors"]),
    ("a: *x", ["aliases"]),
    ("a: !!python/object:os.system x", ["tags"]),
    ("a: 'b", ["not valid YAML", "single quotes"]),
    ("a\n---\nb", ["second document"]),
    ("? [a]\n: b", ["must be a word"]),
    ("a: \x00", ["not valid YAML"]),
    ("[" * 50_000, ["never closed"]),
    ("- " * 50_000, ["nested too deep"]),
    ("{a: " * 100, ["nested too deep"]),
    ("#" * 2_100_000, ["larger than 2 MB"]),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_refused_with_line_and_remedy(text: str, said: list[str]) -> None:
    found = "\n".join(problems(text))
    assert found.startswith("f.yaml:")
    for part in said:
        assert part in found


def test_all_problems_at_once() -> None:
    found = problems("outlet: ''\nhosts: ['http://x']\nremove:\n  - {name: a, line: '(?=x)'}\n  - {nam: b}\n")
    assert [int(x.split(":")[1]) for x in found] == [1, 2, 4, 5, 5, 5]


def test_error_is_a_rules_error() -> None:
    with pytest.raises(RulesError, match=r"f\.yaml:1: removes: is not a key here"):
        read_file(b"removes: []", "f.yaml", "example.com", "outlet")


def test_file_name_is_checked() -> None:
    assert "small letters" in problems("outlet: x", name="Deutsche Welle")[0]


def test_not_utf8_names_the_line() -> None:
    found = check_file(b"outlet: x\n# \xff\n", "f.yaml", "example.com", "outlet")[1]
    assert str(found[0]).startswith("f.yaml:2: not UTF-8")


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 50_000, "x: [" + "[a," * 3000, "a: " + "'[" * 5000])
def test_hostile_files_are_refused_at_once(text: str) -> None:
    assert problems(text)


def test_reads_what_is_written() -> None:
    file = read_file(
        b"outlet: DW\nhosts: [DW.com, '*.dw.de/en/*']\nrecognise: [a, [b, c]]\nextends: arc\n"
        b"valid: {from: 2015-01-01}\nremove:\n  - {name: x, line: ['^a', '^b'], max: 50, kind: [heading, quote]}\n",
        "f.yaml", "dw.com", "outlet",
    )  # fmt: skip
    assert file.hosts == ("dw.com", "*.dw.de/en/*")
    assert [x.patterns for x in file.recognise] == [("a",), ("b", "c")]
    assert file.extends == ("arc",)
    assert (file.valid[0] and file.valid[0].isoformat(), file.valid[1]) == ("2015-01-01", None)
    rule = file.remove[0]
    assert (rule.full, rule.line, rule.limit, rule.where.kind) == (
        "dw.com/x", ("^a", "^b"), 50, ("heading", "quote"),
    )  # fmt: skip
    assert rule.origin.line == 7


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_a_file_that_says_nothing_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert "f.yaml:1: says nothing; write at least `hosts:" in str(problem)


def test_entries_of_one_section_may_share_a_name() -> None:
    assert problems("remove:\n- {name: a, line: b}\n- {name: a, css: .c}") == []


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for problem in check_file(data, "f.yaml", "example.com", "outlet")[1]:
        assert problem.line >= 1
        assert problem.message


YAML_BITS = ["outlet: a\n", "hosts: [b.c]\n", "remove:\n", "  - {name: x, ", "line: '^a'", "}\n", "- ", "[", "]", "{", "}",
             "css: p", ", ", "*a", "&a ", "!t ", "'", '"', "\n", " ", "|\n  x\n", "date: [{text: '(a'}]\n", "? ", ": "]  # fmt: skip


@given(st.lists(st.sampled_from(YAML_BITS), max_size=14).map("".join))
@settings(max_examples=300)
def test_any_yaml_is_read_or_refused(text: str) -> None:
    rules, found = check_file(text.encode(), "f.yaml", "example.com", "outlet")
    assert rules.name == "example.com"
    assert all(x.message for x in found)


def test_reference_page_has_the_schema_as_it_is() -> None:
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert refreshed(page) == page, "run: python -m cleaner.rules.lint.key_reference docs/rules.md"
    shown = set(re.findall(r"<!-- keys: ([a-z]+) -->", page))
    assert shown == KEYS.keys() - {"keep", "body"}
    assert KEYS["keep"] == KEYS["remove"]
    assert f"`body` has {', '.join(list(KEYS['body'])[:-1])} and {list(KEYS['body'])[-1]}." in page


def test_examples_of_the_reference_page_are_sound() -> None:
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 7
    for example in examples:
        assert problems(example, kind="generic" if "rules/generic/" in example else "outlet") == []


def test_every_key_is_used_by_an_example_or_the_table_alone() -> None:
    """The keys that no example shows are few and named here, so that a new one is not forgotten."""
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    unshown = {key for table in KEYS.values() for key in table if f"{key}:" not in examples}
    assert unshown == {"modified", "summary", "section", "tags", "image", "site", "xpath", "after"}


def test_the_pure_parser_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libyaml's parser has no wheel, the slower one reads the same files and refuses the same."""
    fast = [problems(text) for text, _ in BAD[:-5]]
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    _parser.cache_clear()
    try:
        slow = [problems(text) for text, _ in BAD[:-5]]
        assert problems("outlet: x\nhosts: [a.b]\nremove:\n  - {name: a, line: '^b', why: c}") == []
    finally:
        _parser.cache_clear()
    differing = [(a, b) for a, b in zip(fast, slow, strict=True) if a != b and "not valid YAML" not in str(a)]
    assert differing == []
    assert all(slow)
