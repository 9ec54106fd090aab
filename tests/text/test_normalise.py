"""The final form of text: what is repaired, what stays, and that the short ways change only the time."""

import itertools
import random
import unicodedata

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.text import normalise
from cleaner.text.normalise import fold, fold_spaced, tidy, tidy_code, tidy_line

REPAIRED = [
    ("schÃ¶n", "schön"),
    ("voilÃ\xa0 le travail", "voilà le travail"),
    ("â€œHiâ€\x9d", "“Hi”"),
    ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ("Cafe\u0301", "Café"),
    ("10\xa0000\u202f€", "10 000 €"),
    ("a\u2009b\u3000c\td", "a b c d"),
    ("Iran\xadische", "Iranische"),
    ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
    ("object\ufffc here", "object here"),
    ("bell\x07 and \x1b[31mred\x1b[0m", "bell and red"),
    ("\ud83d\ude00", "😀"),
    ("lone \ud800", "lone \ufffd"),
    ("plain\u200e Latin", "plain Latin"),
    ("x\u200dy", "xy"),
    ("it\x92s", "it’s"),
    ("  two   spaces  ", "two spaces"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("one\n\n\n\ntwo\u2029three", "one\n\ntwo\n\nthree"),
]

KEPT = [
    "“Curly” ‘quotes’, «guillemets» — dashes… and ′primes′",
    "&amp; &lt;b&gt; 1&nbsp;km",
    "ﬁne ligatures, ＦＵＬＬ width, ½ and №",
    "Straße, œuvre, Łódź, Ñandú, İstanbul, São Paulo, À bientôt",
    "« C’est l’été à la plage », dit-elle",
    "Президент заявил, что «переговоры» продолжатся",
    "中国外交部发言人表示，这是不可接受的。",
    "می\u200cخواهم",  # Persian needs its joiner
    "क्\u200dष",
    "👩\u200d👩\u200d👧 and ❤️\u200d🔥",
    "ภาษา\u200bไทย",  # Thai parts words with it
    "עברית\u200f ABC",
    "replaced \ufffd stays as evidence",
    "first line\nsecond line\n\nnext paragraph",
]


@pytest.mark.parametrize(("before", "after"), REPAIRED)
def test_repaired(before: str, after: str) -> None:
    assert tidy(before) == after


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize("text", ["", "\n\n", " \u200b ", "\xad"])
def test_nothing_to_see_is_nothing(text: str) -> None:
    assert tidy(text) == ""


def test_one_line() -> None:
    assert tidy_line("A headline\n over\ttwo  lines") == "A headline over two lines"
    assert tidy_line("A headline") == "A headline"


def test_code_keeps_its_lines_and_indentation() -> None:
    code = "def f(x):\n\n\n    return  x\t# twice"
    assert tidy_code(code) == code
    assert tidy_code("\r\nif x:\r\n\xa0\xa0y\u200b\x00 \r\n") == "if x:\n  y"


def test_fold_is_what_rules_match() -> None:
    assert fold("  Read\xa0MORE:  “Straße” ‘x’ ﬁ\xadne ") == "read more: \"strasse\" 'x' fine"


@given(st.text(st.sampled_from("aZß İé“’«´\xad\u200bﬁ¨½…ｘ\u0301\xa0\u2028"), max_size=30))
@example("x \xad y")
@example("a ´")
def test_single_spaced_lines_fold_alike(text: str) -> None:
    line = " ".join(text.split())
    assert fold_spaced(line) == fold(line)


# Random text of the characters that make mojibake, with what commonly stands between them.
_MOJIBAKE = sorted(
    {
        chr(code)
        for code in itertools.chain(range(0x80, 0x3000), range(0xF800, 0x10000))
        if any(chr(code) in chars for chars in MOJIBAKE_CATEGORIES.values())
    }
    | set("ÀÑàñÒÖÙÜòöøüΑΩЁЯαωаџ═╬")
)
_PIECES = st.text(
    st.one_of(st.sampled_from(_MOJIBAKE), st.sampled_from("aZ .?'éß»“”’ÂÃ°œŒвЂВГРСΒΓΞΟ\xa0\xad\x9d\n"))
)
_ANY = st.one_of(
    st.text(), _PIECES, st.text(st.characters(codec=None)), _PIECES.map(lambda t: f"prose {t} prose")
)


def slow_tidy(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """`tidy` without its short ways: every line goes through every step, and ftfy sees all of them."""
    with monkeypatch.context() as patched:
        patched.setattr(normalise, "_is_tidy", lambda _: False)
        patched.setattr(normalise, "mojibake_scan", lambda: lambda _: True)
        return tidy(text)


@settings(max_examples=300, deadline=None)
@given(_ANY)
@example("é”x")
@example("\ufffc")
@example("Â ")
@example("Œ ")
def test_short_ways_change_nothing(text: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert tidy(text) == slow_tidy(text, monkeypatch)


def test_scan_finds_whatever_ftfy_calls_bad() -> None:
    draw = random.Random(1)
    scan = normalise.mojibake_scan()
    common = "aZ. ?éßÂÃ»“°œŒвЂВГРСΒΓΞΟ "
    for _ in range(20_000):
        text = "".join(draw.choices(common, k=2) + draw.choices(_MOJIBAKE, k=draw.randint(1, 4)))
        assert scan(text) or not is_bad(text), text


def test_scan_passes_ordinary_prose() -> None:
    scan = normalise.mojibake_scan()
    for text in KEPT[0], KEPT[5], KEPT[6]:
        assert not scan(text), text


@settings(max_examples=300, deadline=None)
@given(_ANY)
def test_idempotent_and_fit_to_be_written(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode("utf-8").decode("utf-8") == once
    assert "\n\n\n" not in once
    assert once == once.strip()
    assert tidy_code(tidy_code(text)) == tidy_code(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), min_size=1))
def test_ascii_words_are_never_touched(words: list[str]) -> None:
    assert tidy(" ".join(words)) == " ".join(words)
