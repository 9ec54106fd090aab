"""The generic phrases line by line: `tests/phrases/` says what each rule takes and what it leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from cleaner.normalise import fold
from cleaner.outlets import Phrases, Rules
from cleaner.outlets.forms import check_file
from cleaner.outlets.patterns import compiled

if TYPE_CHECKING:
    from cleaner.outlets.schema import Rule

HERE = Path(__file__).parent
GENERIC = HERE.parent / "rules" / "generic"
LANGUAGES = ("da", "de", "en", "es", "fr", "it", "ja", "nl", "no", "pl", "pt", "ru", "sv", "zh")
CASES = {x: YAML(typ="safe").load(HERE / "phrases" / f"{x}.yaml") for x in LANGUAGES}
FILES = {x.name: x for x in Rules.load().phrases.files}
# The words of a page decide which languages are asked; here each line is held against all of them.
EVERYWHERE = Phrases([replace(x, words=()) for x in FILES.values()])
AT_LEAST = 4


def lines(kind: str) -> list[tuple[str, str, str]]:
    return [
        (language, name, line)
        for language, rules in CASES.items()
        for name, case in rules.items()
        for line in case[kind]
    ]


def rules_of(language: str) -> dict[str, Rule]:
    return {x.name: x for x in FILES[language].remove}


def says(rule: Rule, key: str) -> bool:
    return len(key) <= rule.limit and any(compiled(x).search(key) for x in (*rule.line, *rule.start))


@pytest.mark.parametrize(("language", "name", "line"), lines("fires"))
def test_fires(language: str, name: str, line: str) -> None:
    key = fold(line)
    assert says(rules_of(language)[name], key), f"{language}/{name} does not take {key!r}"
    taken = EVERYWHERE.lines([key])[0] or EVERYWHERE.markers([key])[0]
    assert taken, f"a `keep` rule spares {key!r}"


@pytest.mark.parametrize(("language", "name", "line"), lines("stays"))
def test_stays_in_every_language(language: str, name: str, line: str) -> None:
    keys = [fold(line)]
    assert (EVERYWHERE.lines(keys)[0], EVERYWHERE.markers(keys)[0]) == (None, None), f"{language}/{name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_cases_and_every_case_a_rule(language: str) -> None:
    cases = CASES[language]
    assert sorted(cases) == sorted(rules_of(language))
    few = [x for x, case in cases.items() if min(len(case["fires"]), len(case["stays"])) < AT_LEAST]
    assert not few, f"fewer than {AT_LEAST} lines that fire or stay: {few}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_thing_has_the_same_name_in_every_language(language: str) -> None:
    assert [x.name for x in FILES[language].remove] == [x.name for x in FILES["en"].remove]
    assert all(x.why for x in FILES[language].remove)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_valid(language: str) -> None:
    path = GENERIC / f"{language}.yaml"
    assert check_file(path.read_bytes(), path.name, language, "generic")[1] == []
