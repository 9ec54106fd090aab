"""Authors: people as a list, agencies apart, and what is no name."""

from __future__ import annotations

import pytest
from fields_help import PROSE, fields, ld, page, text_page, value

from cleaner.fields.authors.credits import read_credits
from cleaner.fields.authors.person_names import looks_personal


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ByJ.K. Holm", ["J.K. Holm"]),
        ("ByIda Holm", ["Ida Holm"]),
        ("Byron Strand, Sports Editor", ["Byron Strand"]),
        ("Vonda Holm and Parker Strand", ["Vonda Holm", "Parker Strand"]),
        ("Posted by: Ida Holm", ["Ida Holm"]),
        ("Published by Ida Holm", ["Ida Holm"]),
        ("Publié par Anne Lebrun le 3 mai 2024", ["Anne Lebrun"]),
        ("Propos recueillis par Anne Lebrun", ["Anne Lebrun"]),
        ("Par Anne Lebrun avec AFP", ["Anne Lebrun"]),
        ("Ein Artikel von Ida Holm", ["Ida Holm"]),
        ("Alle Beiträge von Ida Holm", ["Ida Holm"]),
        ("Text und Interview: Ida Holm", ["Ida Holm"]),
        ("Text von Ida Holm Illustration von Per Strand", ["Ida Holm"]),
        ("Von unserem Korrespondenten Per Strand, Oslo", ["Per Strand"]),
        ("A cura di Carla Rossi", ["Carla Rossi"]),
        ("Escrito por Ana Souza e Rui Dias", ["Ana Souza", "Rui Dias"]),
        ("Geschreven door Els Smit", ["Els Smit"]),
        ("Door onze verslaggever Els Smit", ["Els Smit"]),
        ("Opracował: Jan Nowak", ["Jan Nowak"]),
        ("Av Ida Holm og Per Strand", ["Ida Holm", "Per Strand"]),
        ("Írta: Kovács Anna", ["Kovács Anna"]),
        ("Teksti: Matti Virta", ["Matti Virta"]),
        ("Oleh: Budi Santo", ["Budi Santo"]),
        ("Yazan: Ali Veli", ["Ali Veli"]),
        ("Автор: Иван Лодкин и Анна Мостова", ["Иван Лодкин", "Анна Мостова"]),
        ("Текст: Анна Мостова · 24 сентября 2018", ["Анна Мостова"]),
        ("بقلم: سامي البحري", ["سامي البحري"]),
        ("港湾网记者 王小船", ["王小船"]),
        ("記者王小船／高雄報導", ["王小船"]),
        ("取材・文＝岡田花子", ["岡田花子"]),
        ("김나루 기자", ["김나루"]),
        ("By Ida Holm on Monday, May 13th, 2024 at 11:04 a.m.", ["Ida Holm"]),
        ("by Ida Holm\nMonday, May 13, 2024", ["Ida Holm"]),
        ("Ida Freitag 3.5.2024", ["Ida Freitag"]),
        ("Ida Holm3.11.2023", ["Ida Holm"]),
        ("VON Ida Holm IN Hafen", ["Ida Holm"]),
        ("By Ida Holm in Oslo and Per Strand in Bergen", ["Ida Holm", "Per Strand"]),
        ("Ida Holm for The Quay Post", ["Ida Holm"]),
        ("Ida Holm, Senior Ferry Correspondent and Per Strand", ["Ida Holm", "Per Strand"]),
        ("Ida Holm, Head of Ferries and Harbour Works", ["Ida Holm"]),
        ("Ida Holm Associated Press", ["Ida Holm"]),
        ("Juan Soto C.", ["Juan Soto C."]),
        ("By Ida Holm © 2024 The Quay Post", ["Ida Holm"]),
    ],
)
def test_bylines_of_many_hands_and_tongues(text, names):
    found = read_credits(text, {"thequaypost": "The Quay Post"}, declared=False)
    assert [credit.name for credit in found if credit.kind == "person"] == names


@pytest.mark.parametrize(
    "text",
    [
        "Copyright Quay GmbH & Co. KG - all rights reserved",
        "Quay Web GmbH",
        "quayweb.example.com",
        "ida[at]quay.example",
        "Redacción",
        "Redakcja",
        "anónimo",
    ],
)
def test_houses_addresses_and_nobodies_sign_nothing(text):
    assert list(read_credits(text, {}, declared=True)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Gesundheit Startseite Hafen",
        "Wissenschaft Hafen Klima",
        "Hafen Von",
        "Next Post",
        "Im Wortlaut",
        "Übersetzung Ida Holm",
        "港湾新聞",
        "Главная страница",
    ],
)
def test_labels_and_topics_are_no_names(line):
    assert not looks_personal(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Text: Ida Holm", ("Ida Holm",)),
        ("Article by<br>Ida Holm", ("Ida Holm",)),
        ("By Ida Holm on Monday, May 13th, 2024 at 11:04 a.m.", ("Ida Holm",)),
        ("13. Mai 2024 // Autorin: Ida Holm", ("Ida Holm",)),
        ("Автор: Иван Лодкин", ("Иван Лодкин",)),
        ("حوار: سامي البحري", ("سامي البحري",)),
        ("文：王小船", ("王小船",)),
        ("（记者王小船）", ("王小船",)),
        ("本报记者 王小船 报道", ("王小船",)),
        ("作者：王小船 来源：港湾网", ("王小船",)),
        ("来源：港湾网", None),
        ("岡田花子記者", ("岡田花子",)),
        ("김나루 기자", ("김나루",)),
        ("입력 2024.05.03 12:30", None),
        ("Автор статьи: Иван Лодкин", ("Иван Лодкин",)),
        ("Текст: Иван Лодкин Фото: Анна Мостова", ("Иван Лодкин",)),
        ("Редакция", None),
        ("Par notre correspondante Anne Lebrun", ("Anne Lebrun",)),
        ("Dal nostro inviato Ugo Bianchi", ("Ugo Bianchi",)),
        ("Van onze verslaggever Jan Smit", ("Jan Smit",)),
        ("Guest post by Ida Holm", ("Ida Holm",)),
        ("By Ida Holm For The Quay Post", ("Ida Holm",)),
        ("Ida Holm, Staff Writer", ("Ida Holm",)),
        ("By Ida Holm March 18 at 3:57 PM Follow @idaholm", ("Ida Holm",)),
        ("By Ida Holm and Per Strand, Sept. 4 at noon", ("Ida Holm", "Per Strand")),
        ("Ferry Timetable, the old one", None),
        ("By Quay Staff Report", ("Quay Staff Report",)),
        ("Von der Redaktion", None),
        ("Par La rédaction", None),
        ("Di Redazione online", None),
        ("By Course or Type", None),
        ("By the harbour", None),
        ("Text and images of the quay", None),
        ("Von der Fähre", None),
        ("Interview mit Ida Holm", None),
        ("Translation: Ida Holm", None),
    ],
)
def test_lines_that_sign_and_lines_that_do_not(line, names):
    body = f"<h1>Ferry stays</h1><div>{line}</div><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(body=body), "authors") == names


@pytest.mark.parametrize(("words", "names"), [("Print", None), ("Share", None), ("Prentice", ("Prentice",))])
def test_buttons_in_a_byline_sign_nothing(words, names):
    body = f"<h1>Ferry stays</h1><div class='author-name'><a>{words}</a></div><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(body=body), "authors") == names


def test_authors_of_other_stories_below_the_byline_are_not_read():
    teaser = "<div>Latest</div><div>Quay in the fog</div><div>4 min ago</div>"
    body = (
        f"<h1>Ferry stays</h1><div class='author'>Ida Holm</div>{teaser}<div class='author'>Per Strand</div>"
        f"<p>{PROSE}</p><p>{PROSE}</p>"
    )
    assert value(page(body=body), "authors") == ("Ida Holm",)


@pytest.mark.parametrize("line", ["<div>Ferry Stays</div>", "<h2>Quay Works</h2>"])
def test_headings_beside_the_date_are_no_names(line):
    body = f"<h1>Ferry Stays</h1>{line}<div>3 May 2024</div><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(body=body), "authors") is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("17 September 2019 Ida Holm 0", ("Ida Holm",)),
        ("17 September 2019 | by Ida", ("Ida",)),
        ("17 September 2019 | by the quay", None),
        ("17 September 2019 Harbour 12", None),
        ("<a href='/fog'>17 September 2019</a> Ida Holm", ("Ida Holm",)),
    ],
)
def test_names_after_a_date(line, names):
    body = f"<h1>Ferry stays</h1><div>{line}</div><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(body=body), "authors") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Byby Ida Holm", ["Ida Holm"]),
        ("ByIda Holm", ["Ida Holm"]),
        ("Ida HolmCEO", ["Ida Holm"]),
        ("Ida Holm@idaholm", ["Ida Holm"]),
        ("Ida HolmTwitterNews & Harbour Writer", ["Ida Holm"]),
        ("أحمد علي و منى سعد", ["أحمد علي", "منى سعد"]),
    ],
)
def test_what_pages_glue_to_names_is_no_part_of_them(text, names):
    assert [credit.name for credit in read_credits(text, {}, declared=False)] == names


@pytest.mark.parametrize(
    "text", ["See All Articles", "Send Email", "Son Güncelleme", "Palma de Mallorca", "Thursday Evening"]
)
def test_menus_places_and_days_are_nobody(text):
    assert list(read_credits(text, {}, declared=False)) == []
