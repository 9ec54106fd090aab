"""A day as Unicode's CLDR writes it in the languages of the world, as babel tells; and in other calendars."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date

from cleaner.fields.dates.calendars import from_persian
from cleaner.fields.dates.date_text import Written, find_date

LOCALES = """
    en de fr es it pt nl sv da nb nn fi is et lv lt pl cs sk sl hr bs bs_Cyrl sr sr_Latn mk bg ro hu
    el ru uk be kk ky tg uz az tr ka hy he ar ar_LB ar_DZ ar_MA ur ps hi mr bn ta te kn ml gu pa km
    lo my ms id vi fil sw af zu gl ca ast eu ga cy sq mt ko ja zh zh_Hant yue fo lb fy br gd so ha
    rw
"""
DAYS = [date(2020, month, day) for month, day in ((1, 9), (4, 25), (6, 14), (9, 3), (10, 31), (12, 9))]
# What CLDR writes with months as numbers beside a name of the calendar, or with names nobody uses.
WRITTEN = ("long", "full", "medium")


@pytest.mark.parametrize("name", LOCALES.split())
def test_a_day_is_read_as_the_language_writes_it(name):
    language = Locale.parse(name).language
    read, wrong = 0, []
    for day in DAYS:
        for form in WRITTEN:
            text = format_date(day, form, locale=name)
            stamp = find_date(text, Written("dmy", language))
            if stamp is None:
                continue
            read += 1
            if stamp.iso != day.isoformat():
                wrong.append((text, stamp.iso))
    assert wrong == []
    assert read >= 2 * len(DAYS), [format_date(DAYS[-1], form, locale=name) for form in WRITTEN]


@pytest.mark.parametrize(
    ("text", "iso", "calendar"),
    [
        ("۱۸ دی ۱۳۹۸", "2020-01-08", "persian"),
        ("انتشار: ۱۳۹۸/۱۰/۱۸", "2020-01-08", "persian"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20", "persian"),
        ("9 มกราคม 2563", "2020-01-09", "buddhist"),
        ("9 ม.ค. 2563", "2020-01-09", "buddhist"),
        ("9 มกราคม พ.ศ. 2563", "2020-01-09", "buddhist"),
        ("09/01/2563", "2020-01-09", "buddhist"),
        ("令和2年1月9日", "2020-01-09", "japanese"),
        ("令和元年5月1日", "2019-05-01", "japanese"),
        ("平成31年4月30日", "2019-04-30", "japanese"),
        ("民國109年1月9日", "2020-01-09", "roc"),
        ("٢٥ ربيع الآخر ١٤٤٢ هـ", "2020-12-10", "islamic"),
        ("١٤٤٢/٠٤/٢٥", "2020-12-10", "islamic"),
        ("9 มกราคม 2020", "2020-01-09", "gregorian"),
    ],
)
def test_days_of_other_calendars(text, iso, calendar):
    stamp = find_date(text)
    assert stamp is not None
    assert (stamp.iso, stamp.calendar) == (iso, calendar)


@pytest.mark.parametrize(
    "text",
    [
        "۳۰ اسفند ۱۳۹۸",  # no leap year
        "12 May 1453 / 1398",
        "(2019/5/17撮影)",
        "1398/10/18",
        "令和2年13月9日",
    ],
)
def test_what_is_no_day(text):
    stamp = find_date(text)
    assert stamp is None or stamp.iso < "1900"


def test_a_persian_year_is_as_long_as_it_is():
    assert from_persian(1399, 12, 30)[:3] == (2021, 3, 20)
    assert from_persian(1400, 12, 30) is None
    assert from_persian(1400, 1, 1)[:3] == (2021, 3, 21)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("9 tháng 12 năm 2020", "2020-12-09"),
        ("Thứ tư, ngày 9 tháng 12, 2020 08:15", "2020-12-09T08:15:00"),
        ("25 ديسمبر/ كانون الأول 2020", "2020-12-25"),
        ("٢٥ آب/أغسطس ٢٠٢٠", "2020-08-25"),
        ("2020. 12. 25. 오후 3:05", "2020-12-25T15:05:00"),
        ("2020년 12월 25일 오후 3:05", "2020-12-25T15:05:00"),
        ("2020-12-25 09:15 (GMT+7)", "2020-12-25T09:15:00+07:00"),
        ("25 Desember 2020 09:15 WIB", "2020-12-25T09:15:00+07:00"),
        ("2020. gada 9. decembrī", "2020-12-09"),
        ("2020 m. gruodžio 9 d.", "2020-12-09"),
        ("2020(e)ko abenduaren 9a", "2020-12-09"),
        ("2020 ж. 9 желтоқсан", "2020-12-09"),
        ("9 දෙසැම්බර් 2020", "2020-12-09"),
        ("९ दिसंबर २०२०", "2020-12-09"),
    ],
)
def test_ways_that_cldr_does_not_know(text, iso):
    stamp = find_date(text)
    assert stamp is not None
    assert stamp.iso == iso


def test_a_name_that_means_two_months_is_the_languages_own():
    assert find_date("9. listopada 2020.", Written("dmy", "hr")).iso == "2020-10-09"
    assert find_date("9 listopada 2020", Written("dmy", "pl")).iso == "2020-11-09"
