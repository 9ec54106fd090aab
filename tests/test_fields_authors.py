"""Authors: people as a list, agencies apart, and what is no name."""

from __future__ import annotations

import pytest
from fields_help import PROSE, fields, ld, page, text_page, value

from cleaner.fields.names import looks_personal, read_credits


def people(text: str, *, declared: bool = True) -> list[str]:
    return [credit.name for credit in read_credits(text, {}, declared=declared) if credit.kind == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ida Holm and Per Strand", ["Ida Holm", "Per Strand"]),
        ("Von Ida Holm und Per Strand, dpa", ["Ida Holm", "Per Strand"]),
        ("Par Anne Lebrun et Luc Petit", ["Anne Lebrun", "Luc Petit"]),
        ("Por María Peña y Juan Soto", ["María Peña", "Juan Soto"]),
        ("Di Carla Rossi e Ugo Bianchi", ["Carla Rossi", "Ugo Bianchi"]),
        ("Por Ana Souza e Rui Dias", ["Ana Souza", "Rui Dias"]),
        ("Door Jan de Vries en Els Smit", ["Jan de Vries", "Els Smit"]),
        ("Autor: Jan Nowak", ["Jan Nowak"]),
        ("Written by: Ida Holm, Senior Reporter", ["Ida Holm"]),
        ("By Ida Holm, News Reporter", ["Ida Holm"]),
        ("Ida Holm; Per Strand", ["Ida Holm", "Per Strand"]),
        ("Ida Holm, MD", ["Ida Holm, MD"]),
        ("Ida Holm <ida@example.org>", ["Ida Holm"]),
        ("By Ida Holm @idaholm", ["Ida Holm"]),
        ("By Ida Holm (Reuters)", ["Ida Holm"]),
        ("岡田 花子", ["岡田 花子"]),
        ("Dr. Max Vogt", ["Dr. Max Vogt"]),
    ],
)
def test_credits_are_read(text, names):
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    ["", "admin", "https://facebook.com/ida", "105092", "page.head.author", "undefined", "@quaypost", "null"],
)
def test_what_is_nobody(text):
    assert people(text) == []


@pytest.mark.parametrize(
    "text", ["dpa", "Reuters", "AFP", "The Associated Press", "Von dpa 30.04.2024, 18:58"]
)
def test_agencies_are_apart(text):
    assert {credit.kind for credit in read_credits(text, {}, declared=True)} == {"agency"}


@pytest.mark.parametrize(
    "text",
    [
        "The ferry stays here",
        "Senior Reporter",
        "Table of Contents",
        "Read More",
        "ferry timetable",
        "Quay Times",
    ],
)
def test_lines_that_are_no_names(text):
    assert not looks_personal(text)


def test_people_and_agencies_of_one_credit():
    found = fields(page(ld(author=[{"name": "Ida Holm"}, {"name": "dpa"}])))
    assert found.values["authors"] == ("Ida Holm",)
    assert found.values["agencies"] == ("dpa",)


def test_the_outlets_name_is_no_author_beside_people():
    head = ld(author=[{"name": "Ida Holm"}, {"name": "The Quay Post"}], publisher={"name": "The Quay Post"})
    assert value(page(head), "authors") == ("Ida Holm",)


def test_a_byline_of_people_beats_the_outlets_signature():
    head = ld(author={"@type": "Organization", "name": "The Quay Post"}, publisher={"name": "The Quay Post"})
    body = f"<h1>Ferry stays</h1><div>By Ida Holm and Per Strand</div><p>{PROSE}</p><p>{PROSE}</p>"
    found = fields(page(head, body=body))
    assert found.values["authors"] == ("Ida Holm", "Per Strand")
    assert found.provenance["authors"] == "byline"


@pytest.mark.parametrize(
    "line",
    ["Photo: Ida Holm", "Reviewed by Ida Holm", "More from Ida Holm", "Edited by Ida Holm"],
)
def test_other_credits_are_no_bylines(line):
    body = f"<h1>Ferry stays</h1><div>{line}</div><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(body=body), "authors") is None


def test_names_in_prose_and_comments_are_not_read():
    body = (
        f"<h1>Ferry stays</h1><p>{PROSE}</p><p>By and by Ida Holm came to see the quay, and "
        f"she was told of it by Per Strand.</p>"
        "<div class='comment'><span class='comment-author-name'>Per Strand</span> says</div>"
    )
    assert value(page(body=body), "authors") is None


def test_byline_of_a_text():
    text = f"Ferry stays with the town\nBy Ida Holm and Per Strand\n{PROSE}\n{PROSE}"
    assert value(text_page(text), "authors") == ("Ida Holm", "Per Strand")


def test_teasers_after_a_text_are_not_read():
    text = (
        f"Ferry stays with the town\n{PROSE}\n{PROSE}\n{PROSE}\nQuay in the fog\nBy Nora Elsewhere Published"
    )
    assert value(text_page(text), "authors") is None


def test_library_order_is_turned():
    assert value(page("<meta name='dc.creator' content='Holm, Ida'>"), "authors") == ("Ida Holm",)


@pytest.mark.parametrize(
    ("last", "agencies"),
    [("ls/se (Reuters, AP)", ("Reuters", "AP")), ("(dpa)", ("dpa",)), ("The old quay (on the left)", None)],
)
def test_agencies_credited_below_the_story(last, agencies):
    text = f"Ferry stays with the town\n\n{PROSE}\n\n{PROSE}\n\n{last}"
    assert value(text_page(text), "agencies") == agencies


def test_agency_in_the_dateline_of_the_story():
    text = f"Ferry stays with the town\n\nOSLO (Reuters) - {PROSE}\n\n{PROSE}"
    assert value(text_page(text), "agencies") == ("Reuters",)


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("author" * 20_000, None),
        ("name" * 20_000, None),
        ("author" * 20_000 + "-name", ("Ida Holm",)),
        ("author-box__full-name", ("Ida Holm",)),
    ],
)
def test_a_class_of_any_length_is_read(name, authors):
    shown = page(body=f"<h1>Ferry</h1><p>{PROSE}</p><p>{PROSE}</p><div class='{name}'>Ida Holm</div>")
    assert value(shown, "authors") == authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ida Holm <ida.holm@post.example.com>", ["Ida Holm"]),
        ("Ida Holm ida@post.example", ["Ida Holm"]),
        ("a@" * 60_000, []),
    ],
)
def test_mail_addresses_are_no_names(text, names):
    assert [credit.name for credit in read_credits(text, {}, declared=False)] == names
