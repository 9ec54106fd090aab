"""Which rule names a line that several take, and generic rules within a whole `clean()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rules_help import folder, marked, rules, said, source

from cleaner import Cleaner
from cleaner.rules import Rules
from cleaner.rules.patterns.sets import PatternSet, compiled

if TYPE_CHECKING:
    from pathlib import Path

RULES = [rule for file in Rules.load().phrases.files for rule in (*file.keep, *file.remove)]
PATTERNS = sorted({x for rule in RULES for x in (*rule.line, *rule.start)})
LINES = [
    "share", "sign up for our newsletter", "photo: reuters", "a cat sleeps (ap photo)", "john commented on",
    "by jane doe", "the cookie is a biscuit", "foto: dpa", "newsletter abonnieren", "© 2020 the paper",
    "bild: picture alliance/dpa", "", "some@paper.com", "lesen sie auch: otter", "(c) afp", "lire aussi",
    "zapisz się na newsletter", "ſhare",
]  # fmt: skip
STORY = [
    "The otters came back to the river in spring, and the town was glad of it, the mayor said on Monday.",
    "They had been gone for thirty years. Nobody had thought that the water was clean enough for them.",
    "The council will count them in the autumn, and it hopes to find that there are more of them by then.",
]


def test_a_set_finds_what_each_pattern_finds() -> None:
    found = PatternSet(PATTERNS).hits(LINES)
    for pattern in PATTERNS:
        matcher = compiled(pattern)
        assert list(found.get(pattern, ())) == [i for i, x in enumerate(LINES) if matcher.search(x)]


@given(st.permutations(["^otters", "otters .*", "^.*otters", "ot{2}ers"]))
def test_the_first_rule_of_the_file_names_a_line(patterns: list[str]) -> None:
    entries = "".join(f"  - {{name: a{i}, line: '{x}', why: c}}\n" for i, x in enumerate(patterns))
    found = rules(source(f"language: en\nremove:\n{entries}", "en", "generic"))
    assert said(found.phrases, ["otters here", "a river"]) == ["en/a0", None]


def test_a_rule_whose_other_conditions_fail_names_nothing() -> None:
    text = (
        "language: en\nremove: [{name: a, line: otters, max: 5}, "
        "{name: b, line: '^otters', kind: heading}, {name: c, line: ^o}]"
    )
    found = rules(source(text, "en", "generic"))
    assert said(found.phrases, ["otters here"]) == ["en/c"]


def test_the_first_marker_of_the_file_names_a_line() -> None:
    text = "language: en\nremove: [{name: b, from: 'stories$'}, {name: a, from: '^more'}]"
    assert marked(rules(source(text, "en", "generic")).phrases, ["more stories"]) == ["en/b"]


def page(*lines: str) -> str:
    return f"<html><body><article><h1>Otters return</h1>{''.join(lines)}</article></body></html>"


def paragraphs(*lines: str) -> list[str]:
    return [f"<p>{x}</p>" for x in lines]


def test_runs_of_a_generic_file_within_a_page(tmp_path: Path) -> None:
    text = (
        "remove: [{name: box, from: '^otter facts:$', until: '^end of facts$', why: c}, "
        "{name: pair, from: '^watch otters:$', lines: 2, why: c}]"
    )
    inside = [
        STORY[0], "Otter facts:", "Otters eat fish and are fond of crabs.", "End of facts", STORY[1],
        "Watch otters:", "A film of ten minutes about them.", STORY[2],
    ]  # fmt: skip
    article = Cleaner([folder(tmp_path, generic__en=text)]).clean(page(*paragraphs(*inside)))
    assert article.body.split("\n\n") == [STORY[0], "End of facts", STORY[1], STORY[2]]
    assert {x.text: x.rule for x in article.removed if x.rule.startswith("en/")} == {
        "Otter facts:": "en/box",
        "Otters eat fish and are fond of crabs.": "en/box",
        "Watch otters:": "en/pair",
        "A film of ten minutes about them.": "en/pair",
    }


def test_keep_by_css_of_a_generic_file_within_a_page(tmp_path: Path) -> None:
    text = "keep: [{css: .note}]\nremove: [{name: gone, line: '^they had been gone', why: c}]"
    plain = paragraphs(*STORY)
    noted = [plain[0], plain[1].replace("<p>", "<p class=note>"), plain[2]]
    cleaner = Cleaner([folder(tmp_path, generic__en=text)])
    assert [x.rule for x in cleaner.clean(page(*plain)).removed if x.text == STORY[1]] == ["en/gone"]
    assert cleaner.clean(page(*noted)).body.split("\n\n") == STORY
