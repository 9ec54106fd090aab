"""The generic phrases line by line: `tests/phrases/` says what each rule takes and what it leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML
from rules_help import marked, said

from cleaner.rules import Phrases, Rules
from cleaner.rules.format.parse import check_file
from cleaner.rules.patterns.sets import compiled
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from cleaner.rules.format.schema import Rule

HERE = Path(__file__).parent
GENERIC = HERE.parent.parent / "rules" / "generic"
LANGUAGES = ("da", "de", "en", "es", "fr", "it", "ja", "nl", "no", "pl", "pt", "ru", "sv", "zh")
CASES = {x: YAML(typ="safe").load(HERE / "phrases" / f"{x}.yaml") for x in LANGUAGES}
FILES = {x.name: x for x in Rules.load().phrases.files}
# The words of a page decide which languages are asked; here each line is held against all of them.
EVERYWHERE = Phrases([replace(x, words=()) for x in FILES.values()])
AT_LEAST = 4


RULES = [(language, name) for language, rules in CASES.items() for name in rules]


def rules_of(language: str) -> dict[str, Rule]:
    return {x.name: x for x in FILES[language].remove}


def says(rule: Rule, key: str) -> bool:
    return len(key) <= rule.limit and any(compiled(x).search(key) for x in (*rule.line, *rule.start))


@pytest.mark.parametrize(("language", "name"), RULES)
def test_fires(language: str, name: str) -> None:
    keys = [fold(line) for line in CASES[language][name]["fires"]]
    rule = rules_of(language)[name]
    assert [key for key in keys if not says(rule, key)] == []
    taken = zip(said(EVERYWHERE, keys), marked(EVERYWHERE, keys), keys, strict=True)
    spared = [key for line, marker, key in taken if not line and not marker]
    assert not spared, "a `keep` rule spares these"


@pytest.mark.parametrize(("language", "name"), RULES)
def test_stays_in_every_language(language: str, name: str) -> None:
    keys = [fold(line) for line in CASES[language][name]["stays"]]
    spoken = zip(said(EVERYWHERE, keys), marked(EVERYWHERE, keys), keys, strict=True)
    assert [(line, marker, key) for line, marker, key in spoken if line or marker] == []


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
