"""What the page shows of date and authors away from a plain head: where it counts, and where it must not."""

from __future__ import annotations

import pytest
from fields_help import PROSE, fields, ld, page, value

from cleaner.fields.dates.date_text import find_date

# Too many words for a dateline.
RADIO = (
    "<p>Quay Radio - Sea and Land - The Ferry Hour - Part <span itemprop='datePublished' "
    "content='2020-01-09T11:15:00Z'>9 Jan</span> of nine, with all the music that we played in it</p>"
)
STORY = f"<p>{PROSE}</p><p>{PROSE}</p>"


def story(head: str, foot: str = "", *, meta: str = "") -> object:
    return page(meta, f"<h1>Ferry stays with the town</h1>{head}{STORY}{foot}")


def day(shown: object) -> str | None:
    found = value(shown, "date")
    return found[:10] if found else None


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("<div class='entry-meta'><a href='/1'>9 January 2020</a></div>", ""),
        ("<p>Reviewed by Ida Holm</p><p>9 January 2020 · 8 min read</p>", ""),
        ("<p>By Ida Holm on Thursday, January 9th, 2020 at 11:04 a.m.</p>", ""),
        ("<h3 class='byline'>by Ida Holm<br>Thursday, January 9, 2020</h3>", ""),
        ("<p>9 de enero de 202007:59 hs</p>", ""),
        ("", "<h4>Published</h4><p>9 January 2020</p>"),
        ("", "<p>Written by Ida Holm</p><p>January 9, 2020</p>"),
        ("", "<p>Erstellt von Ida Holm am 09.01.2020</p>"),
        ("", "<p>© Quay Post 2020<br>Read by 61<br>Published: 9 January 2020</p>"),
        ("", "<p>Geschrieben von Per Strand am 9. Januar 2020</p>"),
        ("", "<span class='article-template-date'><time datetime='2020-01-09T11:15:06Z'>9 Jan</time></span>"),
        ("", '<script>var page = {"datePublished": "2020-01-09T08:00:00+01:00"}</script>'),
        ("<h4>Date:</h4><p>9 January 2020</p>", ""),
        ("", "<dl><dt>Datum</dt><dd>09.01.2020</dd></dl>"),
        (
            "",
            "<p>This entry was posted on Thursday, January 9th, 2020 at 11:03 pm.</p>",
        ),
        ("", "<p>Dieser Beitrag wurde am 9. Januar 2020 um 23:03 Uhr erstellt.</p>"),
        ("", RADIO),
        ("<p>Ida Holm — 9 January 2020 Leave a comment</p>", ""),
        ("<p>3 May 2023</p>", "<p>This article was originally published on 9 January 2020.</p>"),
    ],
)
def test_a_date_that_the_page_shows_is_found(head, foot):
    assert day(story(head, foot)) == "2020-01-09"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("<div class='field--name-changed'><time datetime='2020-01-09'>9 January 2020</time></div>", ""),
        ("<p>Page updated:</p><p>9 January 2020</p>", ""),
        (
            "",
            "<p class='last-modified'>Last modified on <time datetime='2020-01-09'>9 January 2020</time></p>",
        ),
        ("", "<div class='teaser'><h2>Another</h2><time datetime='2020-01-09'>9 January 2020</time></div>"),
        ("", "<div class='box'><time datetime='2020-01-09'>9 Jan</time></div>"),
        (
            "",
            '<script>a = [{"datePublished": "2020-01-09"}, {"datePublished": "2020-01-08"}]</script>',
        ),
        ("", '<script>r = {"@type": "Review", "datePublished": "2020-01-09"}</script>'),
        ("", "<p>Published 9 January 2020</p><p>Published 8 January 2020</p>"),
    ],
)
def test_another_date_is_none_of_the_story(head, foot):
    assert day(story(head, foot)) is None


def test_what_is_changed_is_modified():
    shown = story("<div class='field--name-changed'><time datetime='2020-01-09'>9 January 2020</time></div>")
    assert value(shown, "modified") == "2020-01-09"


def test_posted_on_stands_against_a_note_of_the_first_publication():
    note = (
        "<p>This post was originally published on the 21st of June 2017.</p><p>Posted on April 13, 2023</p>"
    )
    assert day(story("", note)) == "2023-04-13"


def test_a_declared_date_that_cannot_be_leaves_the_visible_one():
    shown = story("<p>Published 9 January 2020</p>", meta=ld(datePublished="2999-01-01T00:00:00Z"))
    assert day(shown) == "2020-01-09"


@pytest.mark.parametrize(
    "foot",
    [
        '<script>var page = {"datePublished": "2020-01-09T08:00:00+01:00"}</script>',
        "<span class='article-date'><time datetime='2020-01-09'>9 Jan</time></span>",
    ],
)
def test_a_declared_date_that_cannot_be_silences_no_last_resort(foot):
    shown = story("", foot, meta=ld(datePublished="2999-01-01T00:00:00Z"))
    assert day(shown) == "2020-01-09"
    assert [c.value[:10] for c in fields(shown).candidates if c.field == "date"] == ["2020-01-09"]


def test_a_declared_date_that_can_be_leaves_the_last_resorts_unasked():
    foot = '<script>var page = {"datePublished": "2020-01-09T08:00:00+01:00"}</script>'
    assert day(story("", foot, meta=ld(datePublished="2020-03-01T00:00:00Z"))) == "2020-03-01"


def test_a_declared_date_needs_no_second_word():
    shown = story("<p>8 January 2020</p>", meta=ld(datePublished="2020-01-09T08:00:00Z"))
    assert [c.source for c in fields(shown).candidates if c.field == "date"] == ["jsonld"]


@pytest.mark.parametrize("text", ["20 people 12", "12 minutes 2020", "Mayor 5, 2020", "5 mayors 2020"])
def test_words_that_are_no_months_make_no_date(text):
    assert find_date(text) is None


def test_a_month_after_another_word_is_found():
    stamp = find_date("20 people 12 May 2020")
    assert stamp is not None
    assert stamp.iso == "2020-05-12"


LABEL = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="Ida Holm">'


@pytest.mark.parametrize(
    "shown",
    [
        page(LABEL.format("Written by")),
        page(LABEL.format("Verfasst von")),
        story("<a rel='author' href='/member/7'>Ida Holm</a> in <a href='/news'>News</a>"),
        story("", "<a href='/blog/authors/ida-holm'>Ida Holm</a>"),
        story(f"<p>{PROSE}</p><p>By Ida Holm</p><p>9 January 2020</p>"),
        story("<p>By Ida Holm. Reviewed by Per Strand</p>"),
        story("<p>Ida Holm</p><p>Senior Editor</p><p>Updated on 9 January 2020</p>"),
        story("<p>Publié le 9 janvier 2020 par Ida Holm</p>"),
        story("<div class='meta-avatar'><span class='meta-author'>Ida Holm</span></div>"),
        story("", "<div>Written by</div><div>Ida Holm</div>"),
        story("", "<div>Text by <a href='/contributor/ida-holm/'>Ida Holm</a></div>"),
    ],
)
def test_an_author_is_found(shown):
    assert value(shown, "authors") == ("Ida Holm",)


@pytest.mark.parametrize(
    "shown",
    [
        page(LABEL.format("Est. reading time")),
        story("", "<a href='/author/ida'>Ida Holm</a><a href='/author/per'>Per Strand</a>"),
        story("", "<div class='comments'><a href='/author/ida'>Ida Holm</a></div>"),
        story("", "<div class='related'><div><a href='/authors/ida'>Ida Holm</a></div></div>"),
        story("<p>Reviewed by Ida Holm</p>"),
        story("<p class='author'>Written by</p>"),
        story("<a href='/author/ida'>Read more articles</a>"),
    ],
)
def test_nobody_is_made_an_author(shown):
    assert value(shown, "authors") is None


def test_names_below_a_chinese_story_are_parted():
    shown = page(
        "", "<h1>航天技术</h1><p>" + "习近平主席向论坛致贺信。" * 20 + "</p><div>(责编：牛镛、岳弘彬)</div>"
    )
    assert value(shown, "authors") == ("牛镛", "岳弘彬")


def test_the_outlet_is_no_author_of_an_agency_story():
    site = '<meta property="og:site_name" content="Hill Herald"><meta name="author" content="Hill Herald">'
    shown = fields(story("<div>AFP, MANILA</div>", meta=site)).values
    assert "authors" not in shown
    assert shown["agencies"] == ("AFP",)


def test_the_outlet_signs_where_nobody_else_does():
    site = '<meta property="og:site_name" content="Hill Herald"><meta name="author" content="Hill Herald">'
    assert value(story("", meta=site), "authors") == ("Hill Herald",)


def test_a_tiny_page_has_its_byline_and_date():
    shown = page("", "<h1>A bridge</h1><p>Von Ida Holm</p><p>9. Januar 2020</p><p>Die Brücke ist offen.</p>")
    assert (value(shown, "authors"), value(shown, "date")) == (("Ida Holm",), "2020-01-09")


def test_sources_without_anything_to_read_are_silent():
    shown = fields(page('<meta name="author" content="Ida Holm">'))
    assert {c.source for c in shown.candidates if c.field == "authors"} == {"meta"}


def test_a_date_in_the_headlines_element_is_the_storys_and_no_part_of_it():
    shown = page(
        "<title>Ferry stays with the town</title>",
        f"<h1><span class='kick'>09.01.2020</span>Ferry stays with the town</h1>{STORY}",
    )
    assert value(shown, "headline") == "Ferry stays with the town"
    assert day(shown) == "2020-01-09"


@pytest.mark.parametrize(
    "foot",
    [
        "<div class='comment'><span itemprop='datePublished' content='2020-01-09'>then</span></div>",
        f"{RADIO}<span itemprop='datePublished' content='2020-01-08'>8 Jan</span>",
        "<p>The council met on this date: many came on 9 January 2020 to hear what was said.</p>",
    ],
)
def test_a_date_of_something_else_is_not_taken(foot):
    assert day(story("", foot)) is None
