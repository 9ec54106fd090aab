"""Dates: how they are read, which source wins, and what is never a date of the story."""

from __future__ import annotations

import pytest
from fields_help import PROSE, fields, ld, page, text_page, value

from cleaner.fields.dates.date_text import Written, find_date, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020-01-08", "2020-01-08"),
        ("2020-01-08T21:30:00.123Z", "2020-01-08T21:30:00+00:00"),
        ("2024-08-07T20:16+02:00", "2024-08-07T20:16:00+02:00"),
        ("Thu, 25 Sep 2025 11:38:00 GMT", "2025-09-25T11:38:00+00:00"),
        ("Thu, 09/25/2025 - 11:38", "2025-09-25T11:38:00"),
        ("1737000000", "2025-01-16T04:00:00+00:00"),
        ("1737000000000", "2025-01-16T04:00:00+00:00"),
        ("20250602", "2025-06-02"),
        ("September 25, 2025 11:38 pm", "2025-09-25T23:38:00"),
        ("Published7 January 2020", "2020-01-07"),
        ("Stand: 3. März 2021, 17:30 Uhr", "2021-03-03T17:30:00"),
        ("Publié le 1er avril 2024 à 10h23", "2024-04-01T10:23:00"),
        ("13 de enero de 2025", "2025-01-13"),
        ("Pubblicato il 4 luglio 2023", "2023-07-04"),
        ("5 de março de 2022 às 08:15", "2022-03-05T08:15:00"),
        ("Gepubliceerd op 12 mei 2021", "2021-05-12"),
        ("01 lutego 2025, 10:20", "2025-02-01T10:20:00"),
        ("2025年1月13日 05時10分", "2025-01-13T05:10:00"),
        ("27.04.2019", "2019-04-27"),
        ("4. 2. 2022", "2022-02-04"),
        ("Erstellt am09.02.2022", "2022-02-09"),
        ("Ida Holm3.11.2023", "2023-11-03"),
        ("Tue May 04 09:34:12 CEST 2021", "2021-05-04"),
        ("2021. május 4.", "2021-05-04"),
        ("3 Μαΐου 2021", "2021-05-03"),
        ("3. mája 2021", "2021-05-03"),
        ("3 de maig de 2021", "2021-05-03"),
        ("3 май 2021", "2021-05-03"),
        ("ב-3 במאי 2021", "2021-05-03"),
        ("الاثنين 3 مايو 2021", "2021-05-03"),
        ("الجمعة 8 فيفري 2019", "2019-02-08"),
        ("14/03/2020", "2020-03-14"),
        ("03/14/2020", "2020-03-14"),
    ],
)
def test_dates_are_read_as_written(text, iso):
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "+99:99",
        "2024-02-31",
        "32.01.2020",
        "03/04/2020",
        "12:30",
        "v1.2.2020b3/4",
        "v3.11.2023",
        "1. 2. 34",
        "2020 May 5 million people left",
        "iPhone12/13/2021",
        "COVID19-05-2021",
    ],
)
def test_what_is_no_date_or_could_be_two_is_none(text):
    assert parse_date(text) is None


def test_order_decides_numbers():
    assert parse_date("03/04/2020", Written("dmy")) == "2020-04-03"
    assert parse_date("03/04/2020", Written("mdy")) == "2020-03-04"


def test_find_date_takes_the_first():
    found = find_date("Published 3 May 2024, updated 5 May 2024")
    assert found is not None
    assert found.iso == "2024-05-03"


def test_offset_is_kept_and_provenance_named():
    found = fields(page(ld(datePublished="2024-05-03T23:30:00+02:00")))
    assert found.values["date"] == "2024-05-03T23:30:00+02:00"
    assert found.provenance["date"] == "jsonld"


def test_modified_is_not_published():
    head = ld(dateModified="2024-05-05") + "<meta property='og:updated_time' content='2024-05-05T10:00:00Z'>"
    found = fields(page(head))
    assert "date" not in found.values
    assert found.values["modified"].startswith("2024-05-05")


def test_agreeing_sources_outvote_a_single_one():
    head = (
        ld(datePublished="2024-01-01", dateModified="2024-01-01")
        + "<meta property='article:published_time' content='2023-05-05T08:00:00Z'>"
        + "<meta name='date' content='2023-05-05'>"
    )
    assert value(page(head), "date") == "2023-05-05T08:00:00+00:00"


def test_losing_candidates_are_kept():
    head = ld(datePublished="2024-01-01") + "<meta property='article:published_time' content='2023-05-05'>"
    assert {c.value for c in fields(page(head)).candidates if c.field == "date"} == {
        "2024-01-01",
        "2023-05-05",
    }


def _with_lines(*lines: str, lang: str = "en") -> object:
    inner = "".join(f"<div>{line}</div>" for line in lines)
    return page(body=f"<h1>Ferry stays with the town</h1>{inner}<p>{PROSE}</p><p>{PROSE}</p>", lang=lang)


@pytest.mark.parametrize(
    ("line", "lang", "iso"),
    [
        ("Published: 3 May 2021", "en", "2021-05-03"),
        ("By Ida Holm | May 3, 2021", "en", "2021-05-03"),
        ("Veröffentlicht am 03.05.2021", "de", "2021-05-03"),
        ("Publié le 3 mai 2021", "fr", "2021-05-03"),
        ("Publicado el 3 de mayo de 2021", "es", "2021-05-03"),
        ("Pubblicato il 3 maggio 2021", "it", "2021-05-03"),
        ("Publicado em 3 de maio de 2021", "pt", "2021-05-03"),
        ("Gepubliceerd op 3 mei 2021", "nl", "2021-05-03"),
        ("Opublikowano 3 maja 2021", "pl", "2021-05-03"),
        ("2021年5月3日", "ja", "2021-05-03"),
        ("掲載日:2021年5月3日", "ja", "2021-05-03"),
        ("Objavljeno 03.05.2021.", "hr", "2021-05-03"),
        ("Megjelent: 2021. május 3.", "hu", "2021-05-03"),
        ("Von Ida Holm 3. 5. 2021", "de", "2021-05-03"),
        ("03/05/2021", "en-GB", "2021-05-03"),
    ],
)
def test_datelines_by_the_headline(line, lang, iso):
    found = fields(_with_lines(line, lang=lang))
    assert found.values["date"] == iso
    assert found.provenance["date"] == "dateline"


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 May 2021",
        "Aktualisiert am 03.05.2021",
        "© 3 May 2021 The Quay Post",
        "The quay in the storm of the night to 24 April 2021",
        "The board had met on 3 May 2021 and agreed that the ferry should be kept by the town.",
        "03/05/2021",
        "Registriert: 03.05.2021, 05:56",
        "Né le 3 mai 2021",
        "3 May 1975",
        "Cập nhật 03-05-2021",
    ],
)
def test_lines_that_date_something_else(line):
    assert value(_with_lines(line), "date") is None


def test_a_day_before_the_web_is_believed_where_it_is_named():
    assert value(_with_lines("Published 3 May 1975"), "date") == "1975-05-03"


@pytest.mark.parametrize("label", ["Date of birth", "Mitglied seit", "Deadline", "出生日期"])
def test_a_label_in_the_line_before_may_date_something_else(label):
    assert value(_with_lines(label, "3 May 2021"), "date") is None
    assert value(_with_lines("Comments", "3 May 2021"), "date") == "2021-05-03"


@pytest.mark.parametrize(
    "lines",
    [
        ["Ida Holm", "Registered Dietitian", "3 May 2021"],
        ["Max Born", "3 May 2021"],
        ["Posted in Pregnancy &amp; Birth on May 3, 2021"],
        ["By Matthias Born, 3 May 2021"],
        ["By Ida Holm, Registered Dietitian | May 3, 2021"],
    ],
)
def test_names_and_topics_that_sound_like_another_date_do_not_hide_it(lines):
    assert value(_with_lines(*lines), "date") == "2021-05-03"


def test_a_day_above_the_headline_is_its_own_only_close_by():
    ferry = f"<h1>Ferry stays with the town</h1><p>{PROSE}</p><p>{PROSE}</p>"
    menu = "".join(f"<div>{word}</div>" for word in ("Live", "Weather", "Harbour", "Tides"))
    today = "<div>Monday, 3 May 2021</div>"
    assert value(page(body=f"{today}{menu}{ferry}"), "date") is None
    assert value(page(body=f"{menu}{today}<div>Harbour</div>{ferry}"), "date") == "2021-05-03"


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("/news/29-10-2021/ferry", "2021-10-29"),
        ("/news/29-10-2021-ferry-stays", "2021-10-29"),
        ("/news/03-10-2021/ferry", None),
        ("/news/world-cup-14-10-2022/ferry", None),
        ("/news/129-10-2021/ferry", None),
    ],
)
def test_url_with_the_day_first(path, iso):
    assert value(page(url=f"https://quay.example{path}"), "date") == iso


def test_page_evidence_settles_day_and_month():
    assert value(_with_lines("03/05/2021", "25/04/2021 to 30/04/2021"), "date") == "2021-05-03"


def test_published_and_updated_in_one_line():
    found = fields(_with_lines("Published 3 May 2021 Updated 5 May 2021"))
    assert (found.values["date"], found.values["modified"]) == ("2021-05-03", "2021-05-05")


def test_related_stories_are_never_read():
    related = "".join(
        f"<li><a href='/{n}'>Other story of the town</a> {n} January 2020</li>" for n in range(1, 9)
    )
    body = f"<h1>Ferry stays</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><ul>{related}</ul>"
    assert value(page(body=body), "date") is None


def test_dates_after_the_story_of_a_text_are_never_read():
    text = (
        f"Ferry stays with the town\n- Published\n{PROSE}\n{PROSE}\n- Published7 January "
        f"2020\n- Published8 January 2020"
    )
    assert value(text_page(text), "date") is None


def test_envelope_date_of_a_text():
    assert (
        value(text_page(f" date 2020-01-08 Live\nFerry stays with the town\n{PROSE}"), "date") == "2020-01-08"
    )


def test_url_date():
    assert value(page(url="https://example.org/2021/05/03/ferry"), "date") == "2021-05-03"
    assert value(page(url="https://example.org/2021/55/03/ferry"), "date") is None


def test_nothing_after_the_fetch():
    head = ld(datePublished="2024-05-03T10:00:00Z")
    assert value(page(head), "date", fetched="2024-05-03T09:00:00Z") is None
    assert value(page(head), "date", fetched="2024-05-03T11:00:00Z") == "2024-05-03T10:00:00+00:00"


def test_relative_dates_only_with_a_fetch_time():
    assert value(_with_lines("3 hours ago"), "date") is None
    assert value(_with_lines("3 hours ago"), "date", fetched="2024-05-03T10:00:00Z") == "2024-05-03"


def test_time_element_by_the_headline():
    found = fields(_with_lines("<time datetime='2021-05-03T10:00:00+02:00'>3 May</time>"))
    assert found.values["date"] == "2021-05-03T10:00:00+02:00"


@pytest.mark.parametrize(
    ("modified", "stated"),
    [
        ("2020-01-09T08:00:00+01:00", None),
        ("2020-01-09T07:00:00Z", None),
        ("2020-01-09T09:00:00+01:00", "2020-01-09T09:00:00+01:00"),
    ],
)
def test_modified_is_stated_only_when_it_differs(modified, stated):
    shown = page(
        "<meta property='article:published_time' content='2020-01-09T08:00:00+01:00'>"
        f"<meta property='article:modified_time' content='{modified}'>",
        f"<h1>Ferry stays</h1><p>{PROSE}</p>",
    )
    assert value(shown, "modified") == stated
