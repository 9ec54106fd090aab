"""Days of other calendars as Gregorian ones: Persian, Buddhist, Japanese eras, the Republic of China's years.

Enters: year, month and day as written. Leaves: a Gregorian date. These need no table of observations; the
Islamic calendar does, as its months begin when the moon is seen: a day off would be a wrong date, so it is
read only with the package `hijridate` (extra `calendars`), which has the official one of Saudi Arabia.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Calendar = Literal["gregorian", "persian", "buddhist", "japanese", "roc", "islamic"]

# Year 1 of each era is this Gregorian year plus one.
ERAS: Mapping[str, int] = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
ROC_BEGINS = 1911
BUDDHIST_AHEAD = 543
# Years that pages of the web can be of, 1990 to 2043: no two calendars share a year of these.
BUDDHIST_YEARS = range(2533, 2587)
PERSIAN_YEARS = range(1369, 1410)
ISLAMIC_YEARS = range(1410, 1468)
# The Persian leap years of a cycle of 33: right for the years 1244 to 1502, as Borkowski's table has them.
_CYCLE = 33
_LEAPS = frozenset([1, 5, 9, 13, 17, 22, 26, 30])
_EPOCH = date(1990, 3, 21), 1369


class Day(NamedTuple):
    """A Gregorian day, and the calendar it was written in."""

    year: int
    month: int
    day: int
    calendar: Calendar = "gregorian"


def from_numbers(year: int, month: int, day: int) -> Day | None:
    """A day by the calendar that its year can only be of; None for a day that is not there."""
    if year in BUDDHIST_YEARS:
        return Day(year - BUDDHIST_AHEAD, month, day, "buddhist")
    if year in PERSIAN_YEARS:
        return from_persian(year, month, day)
    if year in ISLAMIC_YEARS:
        return _from_islamic(year, month, day)
    return Day(year, month, day)


def from_persian(year: int, month: int, day: int) -> Day | None:
    """A day of the solar Hijri calendar."""
    last = 31 if month < 7 else 30 if month < 12 else 29 + _is_leap(year)
    if year not in PERSIAN_YEARS or not 1 <= month <= 12 or not 1 <= day <= last:
        return None
    first, epoch = _EPOCH
    passed = sum(365 + _is_leap(before) for before in range(epoch, year))
    months = 31 * (month - 1) if month <= 6 else 186 + 30 * (month - 7)
    found = first + timedelta(days=passed + months + day - 1)
    return Day(found.year, found.month, found.day, "persian")


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAPS


def _from_islamic(year: int, month: int, day: int) -> Day | None:
    try:
        from hijridate import Hijri  # noqa: PLC0415 - an extra, and seldom asked
    except ImportError:
        return None
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return Day(found.year, found.month, found.day, "islamic")
