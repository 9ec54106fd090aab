"""Dates as people and machines write them, to ISO 8601, as precise as written.

Enters: a string, and how the page orders day and month if that is known. Leaves: `2020-01-09`,
`2020-01-08T21:30:00+00:00` or nothing. A number like 03/04/2020 whose order is unknown is no date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.languages import table

if TYPE_CHECKING:
    from collections.abc import Mapping

Order = Literal["dmy", "mdy"]

# No two languages give one name to different months; a test sees to that.
MONTHS: Mapping[str, int] = {
    name: number % 12 + 1
    for names in table("months").values()
    for number, name in enumerate(names)
    if name != "-"
}

# Any word that may be a month: the table says whether it is, ten times quicker than a pattern of them all.
_WORD = rf"[^\W\d_]{{{min(map(len, MONTHS))},{max(map(len, MONTHS))}}}"
_TIME = (
    r"(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<mi>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
)
_ZONE = (
    r"\s*(?P<z>Z\b|UTC|GMT|CEST|CET|MESZ|MEZ|BST|EST|EDT|ET|CST|CDT|MST|MDT|PST|PDT|JST|IST"
    r"|[+\-−]\d{2}:?\d{2}\b|[+\-−]\d{2}\b)?"
)
ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)(?:[T ,]{1,3}" + _TIME + _ZONE + r")?(?!\d)", re.IGNORECASE
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?)?(?!\d)"
)
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*$")
_EASTERN = re.compile(
    r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일号]?(?:\D{0,8}?(?P<h>\d\d?)\s*[:：時时点]\s*(?P<mi>\d\d))?"
)
_YEAR_FIRST = re.compile(r"(?<![\d/.])(?P<y>\d{4})[./](?P<m>\d\d?)[./](?P<d>\d\d?)\.?(?![\d/])")
# Pages glue names and labels to the date ("Erstellt am03.05.2021").
_NUMBERS = re.compile(
    r"(?:(?<![\w/.\-])|(?<=[a-zß-ÿ][a-zß-ÿ])(?=\d\d?\.))(?P<a>\d\d?)"
    r"(?P<sep>\.(?:[ ](?=\d\d?\.[ ]\d{4}))?|[/\-])"
    r"(?P<b>\d\d?)(?P=sep)(?P<y>\d{4}|\d{2}(?=[\s,;|)]|$))(?![\w/])"
)
# Pages glue the time to the year ("4 de mayo de 202207:59").
_YEAR_ENDS = r"(?!\d(?!\d:\d\d))"
# C and Java print the year last: "Tue May 04 09:34:12 CEST 2021".
_CTIME = r"(?:\d\d:\d\d(?::\d\d)?\s(?:[A-Z]{3,4}\s)?)?"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|er|º|ª|\.|,)?[\s\-]*(?:de "
    rf"|of )?(?P<name>{_WORD})\b[.,']?[\s\-]*(?:de |del )?(?P<y>\d{{4}}|'?\d{{2}}(?=[\s,;|]|$)){_YEAR_ENDS}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<name>{_WORD})\b\.?\s*(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s+{_CTIME}(?P<y>\d{{4}}){_YEAR_ENDS}",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})\.?\s(?P<name>{_WORD})\s(?P<d>\d\d?)(?=\.?\s*(?:$|[,;|(T]|\d\d?:))", re.IGNORECASE
)
_CLOCK = re.compile(
    r"[\s,|·•–—-]*(?:(?:at|um|à|alle|a las|ore|om|kl\.?|o|godz\.?|às|•|\|)\s*)?\s*"
    + _TIME
    + r"(?:\s*(?:Uhr|uur|h|hrs)\b)?"
    + _ZONE,
    re.IGNORECASE,
)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "est": -5, "edt": -4,
    "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9,
}  # fmt: skip
_LONGEST = 300


class Stamp(NamedTuple):
    """A date found in a text: its ISO form and where it stood."""

    iso: str
    start: int
    end: int


def find_date(text: str, order: Order | None = None) -> Stamp | None:
    """The first date of a text. Only its first 300 characters are read."""
    text = text[:_LONGEST]
    found: list[Stamp] = []
    for pattern in (ISO, _EASTERN, _DAY_MONTH, _MONTH_DAY, _YEAR_MONTH, _YEAR_FIRST, _NUMBERS):
        match = pattern.search(text)
        while match and "name" in match.re.groupindex and match["name"].lower() not in MONTHS:
            match = pattern.search(text, match.start() + 1)
        if match and (stamp := _stamp(match, text, order)):
            found.append(stamp)
    return min(found, key=lambda stamp: stamp.start) if found else None


@lru_cache(maxsize=512)
def parse_date(value: str, order: Order | None = None) -> str | None:
    """A date field's content: ISO, RFC 2822, seconds since 1970, or written out."""
    value = value.strip()[:_LONGEST]
    if match := ISO.match(value):
        return _iso(match)
    if match := _EPOCH.match(value):
        return _from_epoch(int(match[1]))
    if match := _COMPACT.match(value):
        return _iso(match)
    stamp = find_date(value, order)
    return stamp.iso if stamp else None


def _stamp(match: re.Match[str], text: str, order: Order | None) -> Stamp | None:
    groups = match.groupdict()
    year = _year(groups["y"])
    if "a" in groups:
        day_month = _ordered(int(groups["a"]), int(groups["b"]), groups["sep"], order)
        if day_month is None:
            return None
        day, month = day_month
    else:
        month = MONTHS[groups["name"].lower()] if "name" in groups else int(groups["m"])
        day = int(groups["d"])
    end = match.end()
    clock: re.Match[str] | None = match if groups.get("h") else None
    if clock is None and (clock := _CLOCK.match(text, end)) is not None:
        end = clock.end()
    iso = _build(year, month, day, clock)
    if iso is None and clock is not None:
        iso, end = _build(year, month, day, None), match.end()
    return Stamp(iso, match.start(), end) if iso else None


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
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return _build(year, month, day, match if match["h"] else None) or _build(year, month, day, None)


def _build(year: int, month: int, day: int, clock: re.Match[str] | None) -> str | None:
    """ISO form, or None for a day or hour that does not exist."""
    try:
        if clock is None:
            return date(year, month, day).isoformat() if year >= 1000 else None
        parts = clock.groupdict()
        hour, minute, second = int(parts["h"]), int(parts["mi"] or 0), int(parts.get("s") or 0)
        half = (parts.get("half") or "").lower()
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
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    if name[0] not in "+-":
        return None
    hours, minutes = int(name[1:3]), int(name[-2:]) if len(name) > 3 else 0
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if name[0] == "-" else offset) if hours < 15 else None


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
