"""Which month a word names, in every language, and in the calendars that have months of their own.

Enters: the months of the forms and of CLDR's table. Leaves: numbers of months. A name of several words, with
a full stop or with marks that are no letters is written together first (`joined`), so that it is one word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.languages import cldr, table

if TYPE_CHECKING:
    from collections.abc import Mapping

# A letter that no language has at this place; it keeps a text's length.
_JOINT = "ʼ"
_BREAK = re.compile(r"[\s.\u200c\u200d-]")


def _key(name: str) -> str:
    return _BREAK.sub(_JOINT, name)


_FORMS: Mapping[str, int] = {
    _key(name): number % 12 + 1
    for names in table("months").values()
    for number, name in enumerate(names)
    if name != "-"
}
# What a language's own pages mean by a name that another language gives to another month, and short forms
# that elsewhere are other words ("tra" is April in Croatian).
_LOCAL: dict[str, dict[str, int]] = {}
_WIDE: dict[str, int] = {}
for _row in cldr.rows():
    for _at, _name in enumerate(_row.names):
        _LOCAL.setdefault(_row.language, {})[_key(_name)] = _at + 1
        if _row.width == "wide":
            _WIDE.setdefault(_key(_name), _at + 1)
# The forms come first: they are of the languages that most pages are written in.
MONTHS: Mapping[str, int] = {**_WIDE, **_FORMS}
# Tags of one language's names.
_SAME = {"bs": "hr", "sh": "hr", "nb": "no", "nn": "no", "iw": "he", "in": "id"}

# The twelve of the Persian calendar, in Iran's names and in Afghanistan's.
_PERSIAN_NAMES = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "فروردين ارديبهشت - - امرداد شهريور - - - دي - -",
)
PERSIAN: Mapping[str, int] = {
    name: number + 1 for names in _PERSIAN_NAMES for number, name in enumerate(names.split()) if name != "-"
}
# The twelve of the Islamic calendar in Arabic; a tie stands for a space.
_ISLAMIC_NAMES = (
    "محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة",
    "المحرم - - ربيع_الثاني - جمادى_الثانية - - - شوّال ذي_القعدة ذي_الحجة",
)
ISLAMIC: Mapping[str, int] = {
    name.replace("_", _JOINT): number + 1
    for names in _ISLAMIC_NAMES
    for number, name in enumerate(names.split())
    if name != "-"
}
_ALL = {*MONTHS, *ISLAMIC, *(name for names in _LOCAL.values() for name in names)}
_TOGETHER = sorted((name for name in _ALL if _JOINT in name), key=len, reverse=True)
_SPELT = [re.escape(name).replace(_JOINT, _BREAK.pattern) for name in _TOGETHER]
_SPLIT = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_SPELT)})(?![^\W\d_])", re.IGNORECASE)
# A letter of the scripts whose names have such marks, or the last word of a name of two.
_LAST_WORDS = sorted({name.rpartition(_JOINT)[2] for name in _TOGETHER})
_MAY_SPLIT = re.compile(
    rf"[\u0590-\u1cff\ua980-\uaaff]|{'|'.join(re.escape(word) for word in _LAST_WORDS if len(word) > 2)}",
    re.IGNORECASE,
)


def joined(text: str) -> str:
    """The text with each such name in one word, as long as before."""
    if text.isascii() or not _MAY_SPLIT.search(text):
        return text
    return _SPLIT.sub(lambda match: _BREAK.sub(_JOINT, match[0]), text)


def month_of(name: str, language: str = "") -> int | None:
    """The month from 1 to 12, or None for a word that names none."""
    name = name.lower()
    if language:
        local = _LOCAL.get(_SAME.get(language, language), {})
        if found := local.get(name):
            return found
    return MONTHS.get(name)
