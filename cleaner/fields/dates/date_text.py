"""Dates as people and machines write them, to ISO 8601, as precise as written.

Enters: a string, and how the page orders day and month if that is known. Leaves: `2020-01-09`,
`2020-01-08T21:30:00+00:00` or nothing. A number like 03/04/2020 whose order is unknown is no date.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.fields.dates.calendars import (
    BUDDHIST_YEARS,
    ERAS,
    ISLAMIC_YEARS,
    PERSIAN_YEARS,
    ROC_BEGINS,
    Day,
    from_numbers,
    from_persian,
)
from cleaner.fields.dates.date_patterns import (
    CLOCK,
    COMPACT,
    EASTERN,
    EPOCH,
    ERA,
    HAS_DIGIT,
    ISO,
    NAMED,
    NAMED_MARKED,
    NUMBERS,
    PICTURE,
    VIETNAMESE,
    YEAR_FIRST,
    ZONES,
)
from cleaner.fields.dates.month_names import ISLAMIC, PERSIAN, joined, month_of

if TYPE_CHECKING:
    from cleaner.fields.dates.calendars import Calendar

Order = Literal["dmy", "mdy"]
Groups = dict[str, str | None]
_LONGEST = 300
_WIDE = re.compile("[\u0590-\u1cff\ua980-\uaaff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
# For a text in this script whose language is not known.
_ARABIC_SCRIPT = "Arab"
_ARABIC_LANGUAGES = frozenset(["fa", "ar", "ps", "ur", "ckb", _ARABIC_SCRIPT])
# Digits of every script, as ASCII.
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in (*range(0x0660, 0x1C60), *range(0xA620, 0xAC00), *range(0xFF10, 0xFF1A))
    if unicodedata.decimal(chr(code), None) is not None
}
_OTHERS = (ISO, EASTERN, ERA, VIETNAMESE, YEAR_FIRST, NUMBERS)
# Of a text in ASCII nothing else can be.
_PLAIN = (ISO, YEAR_FIRST, NUMBERS)


class Written(NamedTuple):
    """How a page writes its dates: the order of day and month in 03/04/2020, and its language."""

    order: Order | None = None
    language: str = ""


_UNKNOWN = Written()
# What is earlier in ISO's form is a year of another calendar.
_FIRST_YEAR = "1600"


class Stamp(NamedTuple):
    """A date found in a text: its ISO form, where it stood, and the calendar it was written in."""

    iso: str
    start: int
    end: int
    calendar: Calendar = "gregorian"


def find_date(text: str, written: Written | None = None) -> Stamp | None:
    """The first date of a text. Only its first 300 characters are read."""
    text = text[:_LONGEST]
    if not HAS_DIGIT.search(text):
        return None
    named: tuple[re.Pattern[str], ...] = NAMED
    others: tuple[re.Pattern[str], ...] = _PLAIN
    style = written or _UNKNOWN
    if not text.isascii():
        if style.language not in _ARABIC_LANGUAGES and _ARABIC.search(text):
            style = style._replace(language=_ARABIC_SCRIPT)
        others = _OTHERS
        text = joined(text.translate(_DIGITS))
        named = NAMED_MARKED if _WIDE.search(text) else NAMED
    found: list[Stamp] = []
    for pattern in (*others, *named):
        match = pattern.search(text)
        if pattern in named:
            while match and _month(match["name"], style) is None:
                match = pattern.search(text, match.start() + 1)
        if match and not PICTURE.match(text, match.end()) and (stamp := _stamp(match, text, style)):
            found.append(stamp)
    return min(found, key=lambda stamp: stamp.start) if found else None


def _month(name: str, written: Written) -> int | None:
    return month_of(name, written.language) or PERSIAN.get(name) or ISLAMIC.get(name)


@lru_cache(maxsize=512)
def parse_date(value: str, written: Written | None = None) -> str | None:
    """A date field's content: ISO, RFC 2822, seconds since 1970, or written out."""
    value = value.strip()[:_LONGEST]
    if (match := ISO.match(value)) and match["y"] > _FIRST_YEAR:
        return _iso(match)
    if match := EPOCH.match(value):
        return _from_epoch(int(match[1]))
    if match := COMPACT.match(value):
        return _iso(match)
    stamp = find_date(value, written)
    return stamp.iso if stamp else None


def _stamp(match: re.Match[str], text: str, written: Written) -> Stamp | None:
    groups = match.groupdict()
    day = _day(groups, written, is_iso=match.re is ISO)
    if day is None:
        return None
    end = match.end()
    clock: re.Match[str] | None = match if groups.get("h") else None
    if clock is None and (clock := CLOCK.match(text, end)) is not None:
        end = clock.end()
    iso = _build(day, clock)
    if iso is None and clock is not None:
        iso, end = _build(day, None), match.end()
    return Stamp(iso, match.start(), end, day.calendar) if iso else None


def _day(groups: Groups, written: Written, *, is_iso: bool) -> Day | None:
    """The Gregorian day that a match names, in whichever calendar it is written."""
    if (era := groups.get("era")) is not None:
        return _of_era(era, groups)
    year = _year(groups["y"] or "")
    if name := groups.get("name"):
        return _of_name(year, name, int(groups["d"] or 0), written)
    if "a" in groups:
        order = "dmy" if year in BUDDHIST_YEARS else written.order
        ordered = _ordered(int(groups["a"] or 0), int(groups["b"] or 0), groups["sep"] or "", order)
        if ordered is None:
            return None
        day, month = ordered
    else:
        month, day = (int(groups[key] or groups.get(f"{key}2") or 0) for key in "md")
    if written.language in _ARABIC_LANGUAGES or (year in BUDDHIST_YEARS and not is_iso):
        return from_numbers(year, month, day)
    return Day(year, month, day)


def _of_name(year: int, name: str, day: int, written: Written) -> Day | None:
    if year in PERSIAN_YEARS and name in PERSIAN:
        return from_persian(year, PERSIAN[name], day)
    if year in ISLAMIC_YEARS and name in ISLAMIC:
        return from_numbers(year, ISLAMIC[name], day)
    month = month_of(name, written.language)
    if month is None:
        return None
    return from_numbers(year, month, day) if year in BUDDHIST_YEARS else Day(year, month, day)


def _of_era(era: str, groups: Groups) -> Day:
    digits = groups["y"] or ""
    number = 1 if digits == "元" else int(digits)
    month, day = int(groups["m"] or 0), int(groups["d"] or 0)
    if era in ERAS:
        return Day(ERAS[era] + number, month, day, "japanese")
    return Day(ROC_BEGINS + number, month, day, "roc")


def _ordered(a: int, b: int, separator: str, order: Order | None) -> tuple[int, int] | None:
    """(day, month) of a number date. A full stop parts day first everywhere it is used."""
    if separator[0] == ".":
        return (a, b)
    if a > 12 or a == b:
        return (a, b)
    if b > 12:
        return (b, a)
    if order is None:
        return None
    return (a, b) if order == "dmy" else (b, a)


def _year(digits: str) -> int:
    digits = digits.lstrip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _iso(match: re.Match[str]) -> str | None:
    day = Day(int(match["y"]), int(match["m"]), int(match["d"]))
    return _build(day, match if match["h"] else None) or _build(day, None)


def _build(named: Day, clock: re.Match[str] | None) -> str | None:
    """ISO form, or None for a day or hour that does not exist."""
    year, month, day = named[:3]
    try:
        if clock is None:
            return date(year, month, day).isoformat() if year >= 1000 else None
        parts = clock.groupdict()
        hour, minute, second = int(parts["h"]), int(parts["mi"] or 0), int(parts.get("s") or 0)
        half = (parts.get("half") or _HALVES.get(parts.get("ante") or "", "")).lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(parts.get("z"))).isoformat()
    except ValueError:
        return None


def _zone(name: str | None) -> timezone | None:
    """Offset of a zone's name; names that mean several zones (CST, IST, ET) give none."""
    if not name:
        return None
    name = name.lower().replace("−", "-")
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name]))
    if name[:3] in ("gmt", "utc"):
        name = name[3:].strip()
    if name[0] not in "+-":
        return None
    digits = name[1:].replace(":", "")
    hours, minutes = (
        int(digits[:-2] if len(digits) > 2 else digits),
        int(digits[-2:]) if len(digits) > 2 else 0,
    )
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if name[0] == "-" else offset) if hours < 15 else None


# Korean, Chinese and Japanese put the half of the day before the hour.
_HALVES = {"오전": "am", "오후": "pm", "上午": "am", "下午": "pm", "午前": "am", "午後": "pm"}


def _from_epoch(seconds: int) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


@lru_cache(maxsize=1024)
def days(iso: str) -> tuple[str, ...]:
    """The calendar days an ISO date may mean: as written, and in UTC."""
    written = iso[:10]
    if len(iso) > 19:
        try:
            universal = datetime.fromisoformat(iso).astimezone(UTC).date().isoformat()
        except (ValueError, OverflowError):
            return (written,)
        return (written,) if universal == written else (written, universal)
    return (written,)


def is_same_moment(one: str, other: str | None) -> bool:
    """Whether two ISO dates name one moment, or one day where both give no more."""
    if other is None or one == other:
        return one == other
    if len(one) < 20 or len(other) < 20:
        return False
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except ValueError:
        return False


def plausible(iso: str, limit: datetime) -> str | None:
    """The date if it is neither before 1900 nor after `limit` (aware). A time without zone that may be
    later loses its time.
    """
    if iso < "1900":
        return None
    try:
        moment = datetime.fromisoformat(iso)
        if moment.tzinfo is not None:
            return iso if moment <= limit else None
        last = limit.astimezone(UTC)
        if len(iso) > 10 and moment > last.replace(tzinfo=None):
            iso = iso[:10]
        return iso if iso[:10] <= last.date().isoformat() else None
    except (ValueError, OverflowError):
        return None
