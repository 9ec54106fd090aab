"""Text as it should have been: `fold` for matching, `tidy` and `tidy_code` for what a record says.

Enters: text as read. Leaves: the same text with its encoding faults, odd spaces and invisible characters
repaired. Look first at `tidy`: most lines leave it by the first test, which costs a microsecond.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Replaced one by one: for a paragraph that is six times as fast as `translate`.
_STRAIGHT = tuple(
    [(c, "'") for c in "‘’‚‛′´`"]
    + [(c, '"') for c in "“”„‟″«»"]
    + [(c, "") for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"]
)


def fold(text: str) -> str:
    """The form that rules match: NFKC, straight quotes, single spaces, casefolded."""
    if not text.isascii():
        for odd, plain in _STRAIGHT:
            text = text.replace(odd, plain)
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split()).casefold()


def fold_spaced(line: str) -> str:
    """`fold` of a line whose only white space is single spaces inside of it, at a third of the cost."""
    if line.isascii():
        return line.casefold()
    text = line
    for odd, plain in _STRAIGHT:
        text = text.replace(odd, plain)
    # What was taken out may have stood between two spaces, and what was composed may have held one.
    if len(text) == len(line) and unicodedata.is_normalized("NFKC", text):
        return text.casefold()
    return fold(text)


def tidy(text: str) -> str:
    """Prose in its final form: paragraphs and lines stay, words, quotes and entities are never changed.

    Repaired are mojibake (`schÃ¶n`), decomposed accents (NFC), surrogates, control characters and terminal
    escapes, soft hyphens, zero-width characters that the script does not need, and spaces of other widths;
    runs of spaces become one, runs of blank lines one blank line. Idempotent: `tidy(tidy(x)) == tidy(x)`.
    """
    if "\n" not in text and _is_tidy(text):
        return text
    for odd, plain in _LINE_ENDS:
        text = text.replace(odd, plain)
    lines: list[str] = []
    for raw in text.split("\n"):
        line = raw if _is_tidy(raw) else _repaired(raw, _spaced)
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


def tidy_line(text: str) -> str:
    """`tidy` for what stands on one line, such as a headline or a name: line ends are spaces too."""
    if _is_tidy(text) and "\n" not in text:
        return text
    return tidy(" ".join(text.split()))


def tidy_code(text: str) -> str:
    """Code in its final form: its lines, indentation and runs of spaces stay; line ends and the rest as in
    `tidy`.
    """
    for odd, plain in _LINE_ENDS:
        text = text.replace(odd, plain)
    lines = [line if _is_clean(line) else _repaired(line, _unspaced) for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


_LINE_ENDS = (
    ("\r\n", "\n"), ("\r", "\n"), ("\v", "\n"), ("\f", "\n"), ("\u2028", "\n"), ("\u2029", "\n\n"),
)  # fmt: skip


def _is_tidy(line: str) -> bool:
    return _is_clean(line) and "  " not in line and not line.startswith(" ") and not line.endswith(" ")


def _is_clean(line: str) -> bool:
    """Nothing to repair but runs of spaces.

    `isprintable` is False for exactly the categories other and separator (the ASCII space excepted):
    controls, surrogates, zero-width and soft hyphens, every odd space. What it lets through and must not
    stay is U+FFFC.
    """
    if not line.isprintable():
        return False
    return line.isascii() or (
        unicodedata.is_normalized("NFC", line) and "\ufffc" not in line and not mojibake_scan()(line)
    )


@cache
def mojibake_scan() -> Callable[[str], object]:
    """A scan that finds whatever ftfy's `is_bad` finds, and more: what it passes, ftfy leaves as it is.

    ftfy calls text bad only for a C1 control, for two characters side by side that UTF-8 read as a
    single-byte encoding gives (accents, signs, quotes, Greek or Cyrillic beside a sign), for `Â` or `Ã`
    before a space, and for `œ` before anything but a plain letter. RE2 reads a page for that in 10 µs,
    where `is_bad` takes 800. A test holds this scan against ftfy's own over random mojibake; known cost:
    `é”` or `»—ü` are looked at twice.
    """
    import re2  # noqa: PLC0415 - only text beyond ASCII needs it

    accent_or_sign = (
        r"\x{a2}-\x{aa}\x{ac}\x{ae}-\x{b6}\x{b8}-\x{ba}\x{bc}-\x{be}\x{c0}-\x{36f}\x{490}\x{491}"
        r"\x{2020}\x{2021}\x{2030}\x{2044}\x{20a0}-\x{20cf}\x{2100}-\x{21ff}\x{2200}-\x{22ff}\x{2300}-\x{25ff}"
        r"\x{f8ff}-\x{fb04}\x{fffd}"
    )
    quote_or_dash = (
        r"\x{a0}\x{a1}\x{ab}\x{ad}\x{b7}\x{bb}\x{bf}\x{a9}\x{ae}\x{b4}\x{2013}-\x{2015}\x{2018}-\x{201f}"
        r"\x{2022}\x{2026}\x{2039}\x{203a}\x{2122}\x{384}\x{385}\x{2dd}\x{f8ff}"
    )
    greek_or_cyrillic = r"\x{370}-\x{52f}"
    twice_read = "ВГРСΒΓΞΟ"
    scan: Callable[[str], object] = re2.compile(
        f"[{accent_or_sign}][{accent_or_sign}{quote_or_dash}]|[{quote_or_dash}{greek_or_cyrillic}][{accent_or_sign}]"
        f"|[{twice_read}][{quote_or_dash}][{twice_read}]|[вВ]Ђ|[ÂÃ] |[Œœ][^A-Za-z]|[\\x{{80}}-\\x{{9f}}]"
    ).search
    return scan


_MAX_ROUNDS = 8
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[\t \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u180e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffc]")
# Thai, Lao, Burmese and Khmer are written without spaces; there the zero-width space parts words.
_UNSPACED_SCRIPTS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
_ZERO_WIDTH_SPACE = re.compile(f"(?<!{_UNSPACED_SCRIPTS})\u200b|\u200b(?!{_UNSPACED_SCRIPTS})")
# Joiners shape Arabic, Persian and Indic words and make emoji of several; elsewhere they are debris.
_JOINED = "\u0600-\u1fff\u2600-\u27bf\ua800-\uabff\ufb50-\ufeff\U00010800-\U0001faff\U000e0020-\U000e007f"
_JOINERS = re.compile(f"([{_JOINED}]?)([\u200c\u200d]+)")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def _repaired(line: str, space: Callable[[str], str]) -> str:
    """One line, step by step until nothing changes: taking out an invisible character can bring a fault
    together.
    """
    spaced = space(line)
    if _is_clean(spaced) and not mojibake_scan()(line):
        return spaced  # odd spaces were all, as in most lines that have a fault
    for _ in range(_MAX_ROUNDS):
        before = line
        line = _without_surrogates(_ESCAPES.sub("", line))
        if mojibake_scan()(line):
            line = _fix_encoding(line)
        line = space(line)
        line = _ZERO_WIDTH_SPACE.sub("", _INVISIBLE.sub("", line))
        line = _JOINERS.sub(_joiner, line)
        if not _RIGHT_TO_LEFT.search(line):
            line = _BIDI.sub("", line)
        line = unicodedata.normalize("NFC", line)
        if line == before:
            break
    return line


def _spaced(line: str) -> str:
    return _SPACES.sub(" ", line).strip(" ")


def _unspaced(line: str) -> str:
    """Code keeps tabs and runs; its odd spaces become plain ones, one for one, and line ends are bare."""
    return re.sub("[\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]", " ", line).rstrip()


def _joiner(found: re.Match[str]) -> str:
    """The first of a run of joiners after a letter that takes one, else nothing."""
    return found[1] + found[2][0] if found[1] else ""


def _without_surrogates(line: str) -> str:
    """Pairs become the character they stand for, lone ones U+FFFD: what the record says can always be
    encoded.
    """
    line = _SURROGATE_PAIR.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), line)
    return _SURROGATE.sub("\ufffd", line)


@cache
def _ftfy() -> tuple[Callable[..., str], object]:
    """The encoding repair of ftfy and how it is set; imported late, since it takes 45 ms and few lines need
    it.
    """
    from ftfy import TextFixerConfig, fix_encoding  # noqa: PLC0415

    # Only mojibake is ftfy's: entities, quotes, ligatures and widths are the author's, and the steps that it
    # would take for spaces, controls and normalization are taken here, where a test can name them.
    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return fix_encoding, config


def _fix_encoding(line: str) -> str:
    fix, config = _ftfy()
    return fix(line, config)
