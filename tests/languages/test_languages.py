"""Each language by its form and its cases, `<tag>.json` beside this file; a new pair is found by its name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaner import languages
from cleaner.fields.authors.bylines import LONE_BY
from cleaner.fields.authors.credits import read_credits
from cleaner.fields.authors.person_names import looks_personal
from cleaner.fields.dates.date_text import MONTHS, find_date
from cleaner.fields.dates.near_headline import kind_of
from cleaner.fields.text_language import agrees, shares
from cleaner.languages import KEYS, LanguageError, parse

HERE = Path(__file__).parent
FORMS = languages.load(Path(languages.__file__).parent)
CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.json"))}
DOCS = HERE.parents[1] / "docs" / "languages.md"


def cases(key):
    """(language, case) of every language that has cases under the key."""
    found = [(tag, case) for tag, table in CASES.items() for case in _listed(table.get(key, []))]
    assert found, key
    return found


def _listed(value):
    if isinstance(value, str):
        return [value]
    return list(value.items()) if isinstance(value, dict) else value


def test_cases_are_of_languages_and_have_known_keys():
    assert set(CASES) <= set(FORMS)
    assert {key for table in CASES.values() for key in table} <= {
        "dates", "bylines", "no_names", "lone_labels", "text"
    }  # fmt: skip


@pytest.mark.parametrize(("tag", "case"), cases("dates"))
def test_a_dated_line(tag, case):
    line, (kind, day) = case
    stamp = find_date(line)
    assert stamp is not None
    assert (kind_of(line[: stamp.start]), stamp.iso) == (kind, day)


@pytest.mark.parametrize(("tag", "case"), cases("bylines"))
def test_a_byline(tag, case):
    line, names = case
    assert [credit.name for credit in read_credits(line, {}, declared=False)] == names


@pytest.mark.parametrize(("tag", "name"), cases("no_names"))
def test_what_is_no_name(tag, name):
    assert not looks_personal(name)


@pytest.mark.parametrize(("tag", "line"), cases("lone_labels"))
def test_a_label_alone_in_its_line(tag, line):
    assert LONE_BY.match(line)


@pytest.mark.parametrize(("tag", "text"), cases("text"))
def test_a_text_tells_its_language(tag, text):
    assert agrees(tag, text)
    found = shares(text)
    assert max(found, key=lambda language: found[language]) == tag


@pytest.mark.parametrize("tag", sorted(FORMS))
def test_entries_are_lower_case_and_patterns_compile(tag):
    for key, found in FORMS[tag].items():
        for entry in found:
            if KEYS[key].kind == "patterns":
                assert re.compile(entry).match("") is None, f"{key}: {entry} takes nothing for a word"
            else:
                assert entry == entry.lower(), f"{key}: {entry}"


def test_a_month_is_one_month_in_all_languages():
    for tag, names in languages.table("months").items():
        for at, name in enumerate(names):
            if name != "-":
                assert MONTHS[name] == at % 12 + 1, f"{tag}: {name}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# X\nworks: a\nmonts: b\n", r"xx.txt:3: unknown key 'monts'; allowed are months, "),
        ("no key\n", r"xx.txt:1: unknown key 'no key'"),
        ("\nmonths: a b c\n", r"xx.txt:2: 3 months"),
        ("works: a |  | b\n", r"xx.txt:1: works has an empty entry"),
    ],
)
def test_a_wrong_form_is_refused_with_file_and_line(text, message):
    with pytest.raises(LanguageError, match=message):
        parse(text, "xx.txt")


def test_lines_go_on_and_keys_come_again():
    text = "# X\nworks: a b |\n    c\nworks: d\nnobody: e f\n"
    assert parse(text, "xx.txt") == {"works": ("a b", "c", "d"), "nobody": ("e", "f")}


def test_a_form_is_found_by_its_name(tmp_path):
    (tmp_path / "xx.txt").write_text("by_words: zo\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("none\n", encoding="utf-8")
    assert languages.load(tmp_path) == {"xx": {"by_words": ("zo",)}}


def test_the_document_lists_the_keys_that_there_are():
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(name, key.kind) for name, key in KEYS.items()]


def test_every_key_is_used():
    used = {key for form in FORMS.values() for key in form}
    assert used == set(KEYS)
