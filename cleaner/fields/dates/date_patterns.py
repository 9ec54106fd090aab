"""The shapes that dates are written in, as patterns: tables, and nothing else.

Enters: the words of all languages. Leaves: patterns with the groups `y`, `m` or `name`, `d`; `a` and `b`
where the order of day and month is open; `h`, `mi`, `s`, `half` or `ante`, `z` of a time. A `name` is any
word: whether it is a month, the table of `month_names.py` says, ten times quicker than a pattern of them all.
"""

from __future__ import annotations

import re

from cleaner.fields.dates.calendars import ERAS
from cleaner.fields.dates.month_names import MONTHS
from cleaner.languages import alternatives

_WORD = rf"[^\W\d_]{{{min(map(len, MONTHS))},{max(map(len, MONTHS))}}}"
# In scripts with signs that are no letters: all but spaces, digits and marks.
_MARKED = r"[^\s\d_!-/:-@\[-`{-~،؛۔।॥፡።၊။–—·•|]{2,24}"
_OF = rf"(?:{alternatives('of')}) "
_YEAR_WORDS = alternatives("year_words")
_HALF = "오전|오후|上午|下午|午前|午後"
TIME = (
    r"(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<mi>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
)
_ZONE = (
    r"\s*\(?(?P<z>(?:UTC|GMT)\s?[+\-−]\d{1,2}(?::?\d\d)?\b|Z\b|UTC|GMT|CEST|CET|MESZ|MEZ|BST|EST|EDT|ET|CST"
    r"|CDT|MST|MDT|PST|PDT|JST|KST|IST|WITA\b|WIB\b|WIT\b|MSK\b|PKT\b|HKT\b|SGT\b|AEST|AEDT"
    r"|[+\-−]\d{2}:?\d{2}\b|[+\-−]\d{2}\b)?"
)
ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)(?:[T ,]{1,3}" + TIME + _ZONE + r")?(?!\d)", re.IGNORECASE
)
COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?)?(?!\d)"
)
HAS_DIGIT = re.compile(r"\d")
EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*$")
_EASTERN_DAY = (
    r"\s*[月월]\s*(?P<d>\d\d?)\s*[日일号]?"
    rf"(?:[^\d오上下午]{{0,8}}(?P<ante>{_HALF})?\D{{0,2}}?(?P<h>\d\d?)\s*[:：時时点]\s*(?P<mi>\d\d))?"
)
EASTERN = re.compile(rf"(?P<y>\d{{4}})\s*[年년]\s*(?P<m>\d\d?){_EASTERN_DAY}")
ERA = re.compile(
    rf"(?P<era>{'|'.join(ERAS)}|(?:中華)?(?:民國|民国))\s*(?P<y>元|\d{{1,3}})\s*年\s*(?P<m>\d\d?){_EASTERN_DAY}"
)
YEAR_FIRST = re.compile(
    r"(?<![\d/.])(?P<y>\d{4})(?:[./](?P<m>\d\d?)[./](?P<d>\d\d?)\.?(?![\d/])"
    r"|\.\s(?P<m2>\d\d?)\.\s(?P<d2>\d\d?)\.)"
)
# Pages glue names and labels to the date ("Erstellt am03.05.2021").
NUMBERS = re.compile(
    r"(?:(?<![\w/.\-])|(?<=[a-zß-ÿ][a-zß-ÿ])(?=\d\d?\.))(?P<a>\d\d?)"
    r"(?P<sep>\.(?:[ ](?=\d\d?\.[ ]\d{4}))?|[/\-])"
    r"(?P<b>\d\d?)(?P=sep)(?P<y>\d{4}|\d{2}(?=[\s,;|)]|$))(?![\w/])"
)
# "9 tháng 12 năm 2020": a month by its number.
VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d\d?),?\s+(?:tháng|thg)\s+(?P<m>\d\d?)(?:,\s*|\s+năm\s+|,?\s+)(?P<y>\d{4})(?!\d)",
    re.IGNORECASE,
)
# Pages glue the time to the year ("4 de mayo de 202207:59").
_YEAR_ENDS = r"(?!\d(?!\d:\d\d))"
# C and Java print the year last: "Tue May 04 09:34:12 CEST 2021".
_CTIME = r"(?:\d\d:\d\d(?::\d\d)?\s(?:[A-Z]{3,4}\s)?)?"


def _named(word: str, *, marked: bool) -> tuple[re.Pattern[str], ...]:
    """The shapes that have a month's name: day first, month first, year first.

    `marked` adds what only such scripts need: their commas, and two names of one month ("آب/أغسطس").
    """
    comma, other = (r",،", rf"(?:\s?/\s?{word})?") if marked else (",", "")
    end = r"(?=[\s\d.,،\-/]|$)" if marked else r"\b"
    begin = r"(?<![^\s\d(\[|:,،/–—-])" if marked else r"\b"
    day_first = (
        rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|mh|º|ª|\.|,)?[\s\-]*(?:{_OF})?"
        rf"(?P<name>{word}){end}{other}[.{comma}']?[\s\-]*(?:{_OF})?(?:(?:พ\.ศ\.|ค\.ศ\.)\s?)?"
        rf"(?P<y>\d{{4}}|'?\d{{2}}(?=[\s,;|]|$)){_YEAR_ENDS}"
    )
    month_first = (
        rf"{begin}(?P<name>{word}){end}{other}\.?\s*(?P<d>\d\d?)(?:st|nd|rd|th)?[{comma}]?\s+{_CTIME}"
        rf"(?P<y>\d{{4}}){_YEAR_ENDS}"
    )
    year_month = (
        rf"(?<!\d)(?P<y>\d{{4}})(?:\.|[\s.\-]{{0,2}}(?:{_YEAR_WORDS})\.?,?)?\s(?P<name>{word})\s"
        r"(?P<d>\d\d?)(?=\.?\s*(?:$|[,;|(T၊]|\d\d?:|(?:d|a|an|ին)\b))"
    )
    year_day = (
        rf"(?<!\d)(?P<y>\d{{4}})[\s.\-]{{0,2}}(?:{_YEAR_WORDS})\.?,?\s"
        rf"(?P<d>\d\d?)[.\-]?\s?(?P<name>{word}){end}"
    )
    shapes = (day_first, month_first, year_month, year_day)
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


NAMED = _named(_WORD, marked=False)
NAMED_MARKED = _named(_MARKED, marked=True)
CLOCK = re.compile(
    rf"[\s,|·•–—-]*(?:(?:{alternatives('clock_words')}|•|\|)\s*)?\s*(?:(?P<ante>{_HALF})\s*)?"
    + TIME
    + rf"(?:\s*(?:{alternatives('clock_ends')})\b)?"
    + _ZONE,
    re.IGNORECASE,
)
# What a date is not the story's by: a photo's day.
PICTURE = re.compile(rf"\s*(?:{alternatives('picture_dates')})")
# Hours from UTC of names that mean one zone.
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "est": -5, "edt": -4,
    "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "kst": 9, "wib": 7, "wita": 8, "wit": 9,
    "msk": 3, "pkt": 5, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
}  # fmt: skip
