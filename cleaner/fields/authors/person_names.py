"""Whether words name a person, an agency or a role, and a credit without all that is no part of names.

Enters: what stands in an author field or a byline. Leaves: answers, and the text without "By", roles, e-mail
addresses, social handles, addresses and dates; a name itself is never respelled.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.fields.authors.name_words import (
    AGENCIES,
    CLOSING,
    CONJUNCTIONS,
    NOT_FIRST,
    NOT_LAST,
    OPENING,
    OUR,
    PARTICLES,
    POST,
    SHORT_AGENCY,
    WEEKDAY,
    has_role,
    opens,
)
from cleaner.fields.dates.date_text import find_date
from cleaner.fields.dates.month_names import MONTHS
from cleaner.fields.page_facts import squeeze
from cleaner.languages import alternatives
from cleaner.text.measure import SHORT_NAMED

if TYPE_CHECKING:
    from collections.abc import Mapping


_MAIL = re.compile(
    r"<?[^\s@]+@[^\s@]+\.\w+>?|\[email\s*protected\]|https?://\S+|www\.[^\s()]+", re.IGNORECASE
)
_AT = re.compile(r"\b[\w.-]{1,40}\s?[\[(]at[\])]\s?[\w.-]+", re.IGNORECASE)
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|\bcopyright|\b(?:{alternatives('rights')})).*$", re.IGNORECASE | re.DOTALL
)
_HANDLE = re.compile(r"(?<!\w)@\w+|(?<=[a-zà-ÿ])@\w+$")
_BY = alternatives("by_words")
_READING = re.compile(
    rf"\b\d+\s*-?\s*(?:{alternatives('time_units')})\b\.?.*$"
    rf"|\b(?:{alternatives('dated_words')})\b(?! (?:{_BY})\b)[\s:]+.*$",
    re.IGNORECASE,
)
_AND = "|".join(CONJUNCTIONS)
_IN = alternatives("in_words")
# What pages glue to the end of a name, and the roles that follow it without a comma.
_GLUED = re.compile(
    rf"(?<=[a-zà-ÿ])(?=[A-Z])(?i:{alternatives('glued_words')})(?:\b|(?=[A-Z])).*$"
    r"|(?<=[a-zà-ÿ]{2})C[A-Z]O\b.*$"
    rf"|\s+(?:(?:{_IN}|{_IN.upper()}) [A-ZÀ-Þ](?:[^,;]{{1,40}}?(?=\s(?:{_AND})\s[A-ZÀ-Þ])|.*$)"
    rf"|(?=[A-Z])(?i:{alternatives('glued_ends')})$)"
    rf"|\s+(?=[A-Z])(?i:{alternatives('ranks')})\s(?:[^,;]{{1,60}}?(?=\s(?:{_AND})\s[A-Z])|.*$)"
    rf"|\s+(?i:{alternatives('picture_words')})\s?"
    rf"(?:(?:{alternatives('by_words', 'by_prepositions')})\s|:).*$"
    rf"|\s+(?i:{alternatives('credit_labels')})\s?[:：].*$"
)
_FOR = re.compile(rf"\s+(?:{alternatives('for_words', 'of')})$")
LIST_MARK = re.compile(
    r"\s*(?:[;|/·•＋+\n、，‧⋅]|\s[-–—]\s|\s&\s"
    rf"|,\s*(?:{_AND})\s|\s(?:{_AND}|{alternatives('with_words')})\s|,)\s*"
)
_LONGEST_ROLE = 60
LONGEST_CREDIT = 400
# A name and nothing else, as most fields hold it: no conjunction, nothing to take off.
_SIMPLE = re.compile(
    r"(?!By[A-Z]|Byby |.*[a-z]C[A-Z]O\b)[A-ZÀ-Þ][^\W\d_]+(?:[-'’][^\W\d_]+)*(?: [A-ZÀ-Þ]\.)?"
    r"(?: [A-ZÀ-Þ][^\W\d_]+(?:[-'’][^\W\d_]+)*){1,2}"
)
_DIGIT = re.compile(r"\d")
_NO_NAME = re.compile(r"[\d¹²³:?!]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_CASED = re.compile("[\u0370-\u058f]")
_LONGEST_WIDE = 20
_BYS = ("By", "by", "BY")
# Comments or likes, at the end of a line that a date begins.
_COUNT = re.compile(r"\s+\d{1,5}$")
# A day of this year: "March 18 at 3:57 PM".
_DAY = re.compile(r"[\s,|·–-]+([^\W\d_]{3,12})\.?\s\d{1,2}\b")
_INITIAL = re.compile(r"(?:^|[\s.])\w\.$")
_APOSTROPHES = ("d'", "d’", "l'", "l’", "o'", "al")


@lru_cache(maxsize=1024)
def is_agency(name: str) -> bool:
    key = squeeze(name)
    return (
        bool(SHORT_AGENCY.match(name.strip()))
        or (len(key) > 3 and key in AGENCIES)
        or key in ("afp", "dpa", "rtr")
    )


@lru_cache(maxsize=1024)
def looks_personal(name: str) -> bool:
    """Two to five capitalised words, particles aside; in scripts without capitals or spaces, a short name."""
    name = name.partition(",")[0]
    if not name or len(name) > 60 or _NO_NAME.search(name):
        return False
    tokens = name.split()
    if not _LATIN.search(name) and not _CASED.search(name):
        most = _LONGEST_WIDE if SHORT_NAMED.search(name) else 40
        if not 2 <= len(name) <= most or len(tokens) > 5 or any(ch in "。！？：「」" for ch in name):
            return False
        return not has_role(name)
    if not 2 <= len(tokens) <= 5 or NOT_FIRST.match(name) or tokens[-1].lower() in NOT_LAST:
        return False
    if has_role(name):
        return False
    return all(
        token[0].isupper() or token.lower() in PARTICLES or token[:2].lower() in _APOSTROPHES
        for token in tokens
    )


# A byline is read by each source that finds it.
@lru_cache(maxsize=512)
def cleaned(text: str) -> str:
    """The credit without by-word, addresses, handles, date and reading time."""
    text = _MAIL.sub(" ", text.replace("\u200b", " "))
    text = _HANDLE.sub(" ", text)
    text = " ".join(_READING.sub("", text).split())
    stamp = find_date(text) if _DIGIT.search(text) else None
    if stamp is not None:
        text = text[: stamp.start] if stamp.start > 3 else _COUNT.sub("", text[stamp.end :])
    elif (day := _DAY.search(text)) and day[1].lower() in MONTHS:
        text = text[: day.start()]
    bare = _opened(text)
    if stamp is not None and len((undated := WEEKDAY.sub("", bare)).split()) > 1:
        bare = undated
    bare = bare.strip(" \t-–—|•·,:;/*")
    if not bare.isascii():
        bare = CLOSING.sub("", bare)
    for opening, closing in ("()", "（）"):
        if opening not in bare:
            bare = bare.rstrip(closing)
    return bare if POST.search(text) or _INITIAL.search(bare) else bare.rstrip(".")


def _may_open(text: str) -> bool:
    return not text.isascii() or opens(text) or text[:2] in _BYS


def _opened(text: str) -> str:
    """What follows "By" or "Text:" and "unserem Redakteur"."""
    for _ in range(3):
        text = text.strip(" \t-–—|•·,:;/")
        if not _may_open(text) or (match := OPENING.match(text)) is None:
            break
        text = text[match.end() :]
        if our := OUR.match(text):
            text = text[our.end() :]
    return text


def unglued(text: str, sites: Mapping[str, str]) -> str:
    """The credit without the site's name after it ("Brian Truitt USA TODAY"), or what the page glued on."""
    if "at]" in text or "at)" in text:
        text = _AT.sub(" ", text)
    text = _COPYRIGHT.sub("", text)
    bare = _GLUED.sub("", text)
    # "Quay Staff Report" is no Quay.
    text = bare if " " in _opened(bare) or not text.isascii() or not has_role(text) else text
    before, _, house = text.partition(" For " if " For " in text else " for ")
    if house[:1].isupper() and looks_personal(_opened(before)):
        text = before
    for name in sites.values():
        if len(name) > 3 and text.endswith(name) and len(text) - len(name) > 4:
            return _FOR.sub("", text[: -len(name)].strip(" ,|-–—/("))
    return text


def is_role(text: str) -> bool:
    """Whether a short line is what somebody is ("Senior editor"), and names nobody."""
    if len(text) > _LONGEST_ROLE or not has_role(text):
        return False
    return not any(looks_personal(part) for part in LIST_MARK.split(_opened(text)))


def is_byline(text: str) -> bool:
    """Whether a line is "By" and names, and nothing else."""
    if len(text) > LONGEST_CREDIT or not _may_open(text) or (match := OPENING.match(text)) is None:
        return False
    bare = text[match.end() :]
    return all(looks_personal(part) for part in LIST_MARK.split(bare) if part)


def is_plain_name(text: str, sites: Mapping[str, str]) -> bool:
    """Whether a text is a person's name and nothing else, told without taking it apart."""
    return (
        _SIMPLE.fullmatch(text) is not None
        and not opens(text)
        and looks_personal(text)
        and squeeze(text) not in sites
        and not is_agency(text)
    )
