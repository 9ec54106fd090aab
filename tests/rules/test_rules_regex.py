# ruff: noqa: E501 - a case is a line
"""Patterns as written to patterns as RE2 runs them."""

from __future__ import annotations

import re
from functools import cache

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.model import RulesError
from cleaner.rules.patterns.dialect import Mode, translate
from cleaner.rules.patterns.pieces import PatternError
from cleaner.rules.patterns.prefilter import Pack
from cleaner.rules.patterns.sets import PatternSet, compiled
from cleaner.text.normalise import fold

FINDS = [
    ("^Read more: ", "READ MORE: something"),
    ("^Read more: ", "Read  more:\u00a0something"),
    ("The Week’s", "Sign up to The Week's list"),
    ("The Week's", "Sign up to The Week’s list"),
    ("“Live”", 'the "live" page'),
    ("STRASSE", "Straße"),
    ("Straße", "STRASSE"),
    ("^Teile[nß]$", "Teileß"),
    ("[…]$", "more..."),
    ("^[^…]$", "x"),
    (r"^\w+$", "Zürich"),
    (r"^\w+$", "मुंबई"),
    (r"^\d+$", "١٢٣"),
    (r"^a\sb$", "a\u00a0b"),
    (r"^[\w-]+$", "Zürich-Nord"),
    (r"\bé", "un été"),
    (r"caf\b", "caf é"),
    (r"\bfoo\b", "(foo)"),
    (r"^foo\b.*\bbar$", "foo, a bar"),
    (r"^foo\b.*\bbar$", "foo bar"),
    (r"^foo.*\bbar\b", "foo bar"),
    (r"^foo\b.{0,3}$", "foo ab"),
    (r"^foo\b: ", "foo: x"),
    (r"(?:news|sport)\b", "sport!"),
    (r"[A-Z]+ \d", "ABC 1"),
    (r"[À-Ý]", "é"),
    (r"\x{e9}t", "Étude"),
    ("a`b", "a`b é"),
    ("a`b", "a`b"),
    ("e\u0301t", "\u00e9t"),
]

MISSES = [
    (r"^Read more: ", "Do read more: it helps"),
    (r"\bfoo\b", "éfoo"),
    (r"\bfoo\b", "fooé"),
    (r"caf\b", "café"),
    (r"^foo\b.*\bbar$", "fooxbar"),
    (r"^foo\b.*\bbar$", "foobar"),
    (r"^foo\b.*\bbar$", "foo ébar"),
    (r"^foo\b.{0,3}$", "foo abc"),
    (r"^foo\b.{0,3}$", "fooab"),
    (r"^\w+$", "a b"),
    (r"^\W+$", "é"),
    (r"^\S+$", "a\u2003b"),
    (r"^\d+$", "½"),
    ("^[^…]$", "."),
]

REFUSED = [
    ("(?=x)a", "look-ahead"),
    ("(?!x)a", "keep"),
    ("(?<=x)a", "look-behind"),
    ("(?<!x)a", "look-behind"),
    (r"(a)\1", "back-reference"),
    ("(?P<n>a)(?P=n)", "back-reference"),
    ("(?>a)", "atomic"),
    ("a++", "possessive"),
    (r"\u00e9", r"\x{00e9}"),
    (r"a\Z", "write $"),
    (r"a\B", "neighbours"),
    ("(a", "never closed"),
    ("a)", "without ("),
    ("[a", "never closed"),
    ("*a", r"write \*"),
    ("a{2000}", "1000"),
    (r"\b*", "cannot be repeated"),
    (r"[\S\s]", "(?s:.)"),
    (r"[\b]", "outside"),
    ("[z-a]", "backwards"),
    ("[[:nope:]]", r"\p{"),
    (r"x*\bfoo", r"(?:\W|$)"),
    ("", "empty"),
    ("  ", "empty"),
    ("a\\", "at the end"),
    ("(?x)a", "(?:"),
    (r"\p{Nonsense}", "RE2 does not read"),
    ("a" * 9000, "several rules"),
    ("(" * 60 + r"\w" + ")" * 60, "nested"),
    (r"\y", "means nothing"),
    (r"\x{zz}", r"\x{20ac}"),
]


@pytest.mark.parametrize(("pattern", "text"), FINDS)
def test_finds(pattern: str, text: str) -> None:
    assert compiled(pattern).search(fold(text)) is not None
    assert PatternSet([pattern]).search(fold(text)) == [0]


@pytest.mark.parametrize(("pattern", "text"), MISSES)
def test_misses(pattern: str, text: str) -> None:
    assert compiled(pattern).search(fold(text)) is None
    assert PatternSet([pattern]).search(fold(text)) == []


@pytest.mark.parametrize(("pattern", "remedy"), REFUSED)
def test_refuses_and_says_what_to_write(pattern: str, remedy: str) -> None:
    with pytest.raises(PatternError, match=re.escape(remedy)):
        compiled(pattern)


@pytest.mark.parametrize(
    ("mode", "pattern", "text", "found"),
    [
        ("raw", "By (.*)", "BY Ann Lee", "Ann Lee"),
        ("raw", "says '(.*)'", "Says ‘no’", "no"),
        ("raw", r"(\d\d\.\d\d\.\d{4})", "DW | 09.01.2020", "09.01.2020"),
        ("raw", "(.*)…", "go on...", "go on"),
        ("exact", r"^(Breaking)\p{Lu}", "BreakingPentagon", "Breaking"),
        ("exact", r"(?i)^(breaking)", "BREAKING", "BREAKING"),
    ],
)
def test_raw_text(mode: str, pattern: str, text: str, found: str) -> None:
    assert compiled(pattern, mode).search(text).group(1) == found  # type: ignore[arg-type]


def test_exact_minds_case() -> None:
    assert compiled("^Live$", "exact").search("live") is None
    assert compiled(r"^(Live)\p{Lu}", "exact").search("Liverpool") is None


def test_word_boundary_is_not_put_into_a_captured_value() -> None:
    with pytest.raises(PatternError, match="neighbour"):
        compiled(r"(\bfoo)", "raw")


def test_replacement_would_swallow_the_neighbour_of_a_word_boundary() -> None:
    with pytest.raises(PatternError, match="neighbour"):
        compiled(r"\bfoo\b", "exact", consume=False)


def test_hostile_pattern_is_linear() -> None:
    assert compiled("(a+)+$").search("a" * 50_000 + "!") is None


def test_a_set_says_which_patterns_hit_in_order() -> None:
    found = PatternSet(["b$", "^a", "zzz", "a b"])
    assert found.search("a b") == [0, 1, 3]
    assert found.hits(["a b", "xb"]) == {"b$": [0, 1], "^a": [0], "a b": [0]}
    assert found.hits(["a b", "xb"], longest=2) == {"b$": [1]}


def test_a_large_set_misses_nothing() -> None:
    patterns = [rf"^(the |our )?word{i}\b.*$" for i in range(1500)]
    found = PatternSet(patterns)
    for number in (0, 7, 999, 1499):
        assert found.search(f"our word{number} and é") == [number]


@pytest.mark.parametrize("mode", ["key", "raw", "exact"])
@pytest.mark.parametrize(
    "pattern",
    [r"^.*\x{d800}abcd", r"\x{DFFF}", r"[a\x{dc00}]", r"[\x{d800}-\x{dfff}]", "^.*\ud800abcd", "[\udfff]", "\\\ud800", "(?P<\ud800>a)"],
)  # fmt: skip
def test_half_a_character_is_refused(pattern: str, mode: Mode) -> None:
    for plain in (True, False):
        with pytest.raises(PatternError, match="surrogate"):
            translate(pattern, mode, plain=plain)
    with pytest.raises(RulesError, match="surrogate"):
        PatternSet([pattern], mode).search("abcd")


def test_a_pack_refuses_half_a_character_as_a_set_does() -> None:
    with pytest.raises(RulesError, match="surrogate"):
        Pack([r"^.*\x{d800}abcd"]).hits(["abcd"], 20)


@pytest.mark.parametrize("char", ["\ud7ff", "\ue000", "\U0001f600"])
def test_characters_beside_the_halves_are_read(char: str) -> None:
    assert PatternSet([rf"\x{{{ord(char):x}}}", f"^{char}"]).search(char) == [0, 1]


def test_half_characters_do_not_stop_a_scan() -> None:
    assert PatternSet(["^a"]).search("a\ud800") == [0]


# Characters that fold one by one: no marks, which join what stands before them.
LITERAL = st.text(
    st.characters(
        categories=["Lu", "Ll", "Nd", "Po", "Pd", "Pi", "Pf", "Ps", "Pe", "Zs"], max_codepoint=0x10FF
    ),
    min_size=1,
    max_size=12,
).filter(str.strip)


@given(LITERAL)
@settings(max_examples=300)
def test_any_text_escaped_finds_itself(text: str) -> None:
    escaped = "".join(f"\\{x}" if x in r"\.+*?()|[]{}^$" else x for x in " ".join(text.split()))
    key = fold(text)
    if key:
        assert compiled(escaped).search(key) is not None


@given(st.text(max_size=30))
@settings(max_examples=500)
def test_any_pattern_compiles_or_is_refused(pattern: str) -> None:
    said = ""
    try:
        matcher = compiled(pattern)
    except PatternError as error:
        matcher, said = None, str(error)
    assert said or matcher is not None


WORDS = st.lists(st.sampled_from(["foo", "bar", "é", " ", "-", "x", "ß", "1", "_", "…"]), max_size=8).map(
    "".join
)


@given(WORDS, st.sampled_from([r"\bfoo\b", r"\bfoo", r"bar\b", r"^foo\b", r"foo\b.*\bbar", r"^foo.*\bbar\b", r"foo\b[ -]x",
                               r"(?:foo|bar)\b", r"\b(?:foo|bar)\b", r"foo\b.*$", r"foo\b.{0,4}$", r"^\bfoo\b$", r"\w+\b:"]))  # fmt: skip
@settings(max_examples=500)
def test_word_boundary_is_what_python_takes_it_for(text: str, pattern: str) -> None:
    key = fold(text)
    assert (compiled(pattern).search(key) is not None) == (re.search(pattern, key) is not None)


@given(
    WORDS,
    st.sampled_from([r"^\w+$", r"\W", r"\s", r"^\S+$", r"\d", r"\D", r"^[\w ]+$", r"^[^\w]+$", r"[^\s]"]),
)
def test_classes_are_unicode(text: str, pattern: str) -> None:
    key = fold(text)
    assert (compiled(pattern).search(key) is not None) == (re.search(pattern, key) is not None)


@given(
    st.lists(
        st.sampled_from(
            ["a", "(?:", ")", "|", "[a-c]", "\\.", "\\d", ".", "*", "?", "^", "$", "é", "x{2}", "(", "[^b]"]
        ),
        max_size=8,
    ).map("".join),
    WORDS,
)
@settings(max_examples=300)
def test_plain_patterns_mean_the_same_on_the_short_way(pattern: str, text: str) -> None:
    """Patterns that need no translation are passed through; they have to find what the translated ones find."""
    try:
        quick = compiled(pattern).search(fold(text))
        slow = re2.compile(translate(pattern, plain=False)).search(fold(text))
    except (PatternError, re2.error):
        return
    assert (quick is None) == (slow is None)


def test_plain_patterns_stay_as_they_are() -> None:
    assert translate(r"^(read|see) more [^.]*\.?$") == r"^(read|see) more [^.]*\.?$"


UNICODE = ["\\pL+", "[\\pL' -]{3,}", "[^\\pL]", "\\p{Lu}", "[\\p{Nd}.]+", "\\w+", "\\W", "[^\\w]", "[\\s]", "\\S", "[\\p{P}]", "\\p{S}", "[^\\p{P}a]", "\\bfoo\\b", "\\d",
           "[^\\d]", "\\P{L}", "[\\P{L}a]", "\\p{Greek}", "[^\\p{Greek}]", "[\\w.-]+@", "\\[\\pL\\]", "[^\\pLé]", "[\\p{M}]", "é\\pL", "\\p{Z}", "[^\\s\\pL]"]  # fmt: skip
LETTERS = st.text(
    st.sampled_from(
        "abzAZ09 _.-'@[]!$~^`|éßЖ中½…\u0301¿€٣\u00a0\u2003αΩ" + "".join(map(chr, range(32, 127)))
    ),
    max_size=8,
)


@cache
def _set_of(pattern: str, mode: str) -> PatternSet:
    """A set is dear to compile where it has classes of all of Unicode, and the same come again and again."""
    return PatternSet([pattern], mode)  # type: ignore[arg-type]


@given(
    st.lists(st.sampled_from(["^", "", "a", " "]), min_size=1, max_size=1),
    st.sampled_from(UNICODE),
    st.sampled_from(["", "$", "b"]),
    LETTERS,
    st.sampled_from(["key", "exact"]),
)
@settings(max_examples=800)
def test_a_set_finds_exactly_what_each_pattern_finds(
    before: list[str], middle: str, after: str, text: str, mode: str
) -> None:
    """A set searches with cheaper, larger classes first; nothing of that may show."""
    pattern = f"{before[0]}{middle}{after}"
    try:
        alone = compiled(pattern, mode).search(text)  # type: ignore[arg-type]
    except PatternError:
        return
    assert (_set_of(pattern, mode).search(text) == [0]) == (alone is not None)
