"""How an outlet writes its dates: pattern, format and time zone.

Enters: a visible line, and the day it must mean. Leaves: `DateForm`s that read it so; a zone where the
page itself shows it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

_DAYS = (
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{4}-\d\d-\d\d", "%Y-%m-%d"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{1,2} [A-Za-z]{3,9} \d{4}", "%d %B %Y"),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", "%d %b %Y"),
    (r"[A-Za-z]{3,9} \d{1,2}, \d{4}", "%B %d, %Y"),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", "%b %d, %Y"),
)
_BETWEEN = (
    "",
    ", ",
    " ",
    " at ",
    ", at ",
    " um ",
    " - ",
    " – ",
    " | ",
    " / ",
    " kl. ",
    " à ",
    " alle ",
    " às ",
)
_CLOCKS = (
    (r"\d{1,2}:\d\d [AaPp][Mm]", "%I:%M %p"), (r"\d{1,2}:\d\d[AaPp][Mm]", "%I:%M%p"),
    (r"\d{1,2}:\d\d:\d\d", "%H:%M:%S"), (r"\d{1,2}:\d\d", "%H:%M"),
)  # fmt: skip
# Months that `strptime` does not know: the field's own reader does.
_OTHERS = (r"\d{1,2}\.? (?:de )?\pL{3,12} (?:de )?\d{4}", r"\d{4}年\d{1,2}月\d{1,2}日")

_OF_DOMAIN = {
    "de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich", "fr": "Europe/Paris",
    "it": "Europe/Rome", "es": "Europe/Madrid", "nl": "Europe/Amsterdam", "be": "Europe/Brussels",
    "pl": "Europe/Warsaw", "cz": "Europe/Prague", "dk": "Europe/Copenhagen", "no": "Europe/Oslo",
    "se": "Europe/Stockholm", "fi": "Europe/Helsinki", "uk": "Europe/London", "ie": "Europe/Dublin",
    "lu": "Europe/Luxembourg", "gr": "Europe/Athens", "ro": "Europe/Bucharest", "ua": "Europe/Kyiv",
    "tr": "Europe/Istanbul", "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "in": "Asia/Kolkata",
    "cn": "Asia/Shanghai", "za": "Africa/Johannesburg", "ke": "Africa/Nairobi", "ng": "Africa/Lagos",
    "il": "Asia/Jerusalem", "nz": "Pacific/Auckland",
}  # fmt: skip
_OF_NAME = (
    (re.compile(r"\b(?:E[SD]T|ET)\b"), "America/New_York"),
    (re.compile(r"\b(?:P[SD]T|PT)\b"), "America/Los_Angeles"),
    (re.compile(r"\bBST\b"), "Europe/London"), (re.compile(r"\bMES?Z\b"), "Europe/Berlin"),
    (re.compile(r"\bJST\b"), "Asia/Tokyo"),
)  # fmt: skip


class DateForm(NamedTuple):
    """A pattern of raw text and how to read what it finds; `format` is None where the field's reader must."""

    pattern: str
    format: str | None

    @property
    def is_timed(self) -> bool:
        return self.format is not None and ":" in self.format


def forms_of(line: str, day: str) -> list[DateForm]:
    """How the line may be read as that day (ISO), with the time first, if it tells one."""
    found: list[tuple[int, DateForm]] = []
    for between in _BETWEEN:
        clocks = _CLOCKS if between else (("", ""),)
        for date, written in _DAYS:
            for clock, timed in clocks:
                form = DateForm(
                    date + re.escape(between).replace("\\ ", " ") + clock, written + between + timed
                )
                match = re.search(_bounded(form.pattern), line)
                if match and _read(match[1], form) == day[:10]:
                    found.append((len(match[1]), form))
    found.sort(key=lambda x: -x[0])
    if not found:
        return [DateForm(x, None) for x in _OTHERS]
    return [x for _, x in found]


def found_in(line: str, form: DateForm) -> re.Match[str] | None:
    """Where the form's date stands in a line; a form for other languages has no match here."""
    return re.search(_bounded(form.pattern), line) if form.format is not None else None


def _bounded(pattern: str) -> str:
    return rf"(?<![\d/.-])({pattern})(?![\d/])"


def _read(text: str, form: DateForm) -> str | None:
    try:
        return datetime.strptime(text, form.format or "").date().isoformat()  # noqa: DTZ007 - only the day
    except ValueError:
        return None


def zone_of(host: str, line: str, form: DateForm, stated: str | None) -> str | None:
    """The zone in which the line's time is that of `stated` (ISO with offset), or that the line itself names.

    A host's country alone is a guess and gives none: its time must agree.
    """
    named = next((zone for name, zone in _OF_NAME if name.search(line)), None)
    match = found_in(line, form)
    if (
        named
        or match is None
        or not form.is_timed
        or stated is None
        or len(stated) <= len("2020-01-09T10:00:00")
    ):
        return named
    zone = _OF_DOMAIN.get(host.partition("/")[0].rpartition(".")[2])
    if zone is None:
        return None
    from dateutil.tz import gettz  # noqa: PLC0415 - only where a time is compared

    local = datetime.strptime(match[1], form.format or "").replace(tzinfo=gettz(zone))
    apart = abs(local - datetime.fromisoformat(stated))
    return zone if apart < timedelta(minutes=30) else None
