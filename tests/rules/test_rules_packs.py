"""Packs find what sets find, in their own order; and what a pattern asks of a line is truly asked."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.rules import Rules
from cleaner.rules.patterns.dialect import translate
from cleaner.rules.patterns.literals import demand, rarity
from cleaner.rules.patterns.prefilter import Pack
from cleaner.rules.patterns.sets import PatternSet, compiled

RULES = [rule for file in Rules.load().phrases.files for rule in (*file.keep, *file.remove)]
PATTERNS = sorted({x for rule in RULES for x in (*rule.line, *rule.start)})
LINES = [
    "share", "sign up for our newsletter", "photo: reuters", "a cat sleeps (ap photo)", "john commented on",
    "the daily newsletter", "by jane doe", "the cookie is a biscuit", "foto: dpa", "newsletter abonnieren",
    "© 2020 the paper", "all rights reserved.", "bild: picture alliance/dpa", "a story of an otter", "", "ad",
    "some@paper.com", "lesen sie auch: otter", "knapp vorbei", "(c) afp", "this site uses cookies for ads",
    "lire aussi", "mehr zum thema", "zapisz się na newsletter", "the \udce9 file photo", "ſhare", "K",
]  # fmt: skip


@pytest.mark.parametrize("size", [20, len(PATTERNS)])
def test_a_pack_finds_what_a_set_finds(size):
    for start in range(0, len(PATTERNS), size):
        some = PATTERNS[start : start + size]
        assert Pack(some).hits(LINES, 200) == PatternSet(some).hits(LINES, 200)


def test_a_pack_goes_line_by_line_and_from_the_last_pattern_to_the_first():
    patterns = ["^.* logo$", "logo", "^.* newsletter$", "newsletter", "^a"]
    found = Pack(patterns).hits(["b newsletter", "a newsletter", "a logo"], 20)
    assert list(found.items()) == [
        ("newsletter", [0, 1]),
        ("^.* newsletter$", [0, 1]),
        ("^a", [1, 2]),
        ("logo", [2]),
        ("^.* logo$", [2]),
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "^.* photo(s|$)$",
        "^.* photos?$$",
        "^(^.* photo|[^ ]+ photos)$",
        "^(^|.* )photos?($|!)$",
        "(.* |^)photos?$",
    ],
)
@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["x", "a photo"], [1]),
        (["a photo", "a photos", "z", "b photos"], [0, 1, 3]),
        (["a photo", "photon"], [0]),
    ],
)
def test_edges_side_by_side_are_one(pattern, lines, wanted):
    assert Pack([pattern]).hits(lines, 20) == PatternSet([pattern]).hits(lines, 20) == {pattern: wanted}


def test_only_lines_with_a_needle_are_asked_for_roaming_patterns(monkeypatch):
    patterns = ["^.* commented on$", "^share$", "^(the )?[^ ]+ logo$"]
    lines = ["share", "a logo", "nobody commented on it", "logo", "she commented on", "a logotype"]
    asked = []
    numbers = PatternSet.numbers
    monkeypatch.setattr(
        PatternSet, "numbers", lambda self, x: asked.append((len(self.patterns), x)) or numbers(self, x)
    )
    found = Pack(patterns).hits(lines, 100)
    assert found == {patterns[1]: [0], patterns[2]: [1], patterns[0]: [4]}
    assert asked == [*((1, x) for x in lines), (2, "a logo"), (2, "she commented on")]


def test_long_lines_empty_lines_and_lines_in_lines():
    pack = Pack(["^.* logo$"])
    assert pack.hits(["", "a logo", "x" * 50 + " logo", "", "b logo"], 20) == {"^.* logo$": [1, 4]}
    assert pack.hits(["two\n\nlines", "a logo"], 20) == {"^.* logo$": [1]}
    assert pickle.loads(pickle.dumps(pack)).hits(["a logo"], 20) == {"^.* logo$": [0]}


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        ("^share$", {"\nshare\n"}),
        ("^e-?mails? us", {"\nemail us", "\nemails us", "\ne-mail us", "\ne-mails us"}),
        ("^(a|b) logo$", {"\na logo\n", "\nb logo\n"}),
        (r"^[^ ]+ (logo|sign)\.$", {" logo.\n", " sign.\n"}),
        ("^(ad|[^ ]+ logo|icon)s?$", {"\nad", " logo", "\nicon"}),
        (r"^.*©.*\d$", {"©"}),
        ("^(get|have) .{3} (it|this)? now", {"\nget ", "\nhave "}),
        ("^(see )*all$", {"all\n"}),
        ("^(more)+ of$", {" of\n"}),
        ("^(more){2,} o+$", {"more"}),
        ("(a|.*)", None),
        (r"^\d+$", {"\n"}),
        ("^(^|my )logo$$", {"\nlogo\n", "\nmy logo\n"}),
        ("^(^ad|[^ ]+ logo)(s|$)$", {"\nad", " logo"}),
    ],
)
def test_needles(pattern, needles):
    assert demand(translate(pattern)).needles == needles


@pytest.mark.parametrize(
    "pattern", [r"\Qa", "(?i)a", r"a\b", "a)", "(a", "a|b)", "[a", r"\x41", "a\n", "[\n]a"]
)
def test_what_is_not_understood_asks_nothing(pattern):
    assert demand(pattern).needles is None


@pytest.mark.parametrize(
    ("pattern", "roams"),
    [
        ("^.* logo", True), ("^(.+ )?logo", True), ("^(a|[^ ]+ b) c$", True), ("^(the )?[a-z]+ logo$", True),
        ("^(my |[a-z]+ ){0,3}logo$", True), (".* logo", True), ("^[^ ] ?[^ ]+ logo", True),
        ("^share .*$", False), ("^(the|a) [^ ]+ logo$", False), ("^[-* ]*share", False), (r"^\d+ .*", False),
        ("^[^a-z]* share", False), ("^a?.{2}$", False),
    ],
)  # fmt: skip
def test_roaming(pattern, roams):
    assert demand(translate(pattern)).roams is roams


def test_rarity():
    assert (
        rarity(frozenset(["\nad\n"])) > rarity(frozenset(["\nad"])) > rarity(frozenset(["ad", "newsletter"]))
    )
    assert rarity(frozenset(["\n"])) <= 0


PIECES = st.recursive(
    st.sampled_from(["a", "b", "ab ", "[ab]", "[^a]", ".", "c", r"\.", r"\d", "[b-d]", "^", "$"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda x: f"({'|'.join(x)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}"])).map(lambda x: f"({x[0]}){x[1]}"),
    ),
    max_leaves=8,
)


WHOLE = st.tuples(st.sampled_from(["", "^", "^^"]), PIECES, st.sampled_from(["", "$", "$$"])).map("".join)
LINE = st.text("abcd 1.", max_size=8)


@given(WHOLE, LINE)
@example("(a|$)$", "a")
@example("^(^|b)a", "a")
def test_every_line_that_matches_holds_a_needle(pattern, line):
    needles = demand(translate(pattern)).needles
    if needles is not None and compiled(pattern).search(line):
        assert any(x in f"\n{line}\n" for x in needles)


ENDS = st.sampled_from(["photo", "photos", "a photo", "photo b", "b"])


@given(
    st.lists(
        st.tuples(st.sampled_from(["^.* ", "^[^ ]+ ?", ".*", "^(^|.* )"]), PIECES, ENDS, PIECES).map("".join),
        min_size=1,
        max_size=3,
        unique=True,
    ),
    st.lists(st.tuples(LINE, ENDS, LINE).map("".join) | LINE, max_size=5),
)
@example(["^.* photo(s|$)$"], ["a photo", "a photos", "z", "b photos"])
def test_a_pack_finds_what_a_set_finds_in_any_lines(patterns, lines):
    assert Pack(patterns).hits(lines, 200) == PatternSet(patterns).hits(lines, 200)
