"""Headlines: which source wins, and what is stripped on whose word."""

from __future__ import annotations

import time

import pytest
from fields_help import PROSE, fields, ld, page, text_page, value

from cleaner.fields import headlines, resolve
from cleaner.fields.headline.title_trim import tidied, trimmed
from cleaner.judge import Judgement

# Seconds of CPU time, far above what is needed, on a busy machine too; what is quadratic takes hours.
QUADRATIC = 20


def test_h1_beats_what_is_written_for_search():
    head = "<title>Best ferry news 2024</title><meta property='og:title' content='Best ferry news 2024'>"
    assert value(page(head), "headline") == "Ferry stays with the town"


def test_agreement_beats_rank():
    head = (
        ld(headline="Quay vote: ferry is saved")
        + "<meta property='og:title' content='Ferry stays with the town'>"
    )
    found = fields(page(head))
    assert found.values["headline"] == "Ferry stays with the town"
    assert {c.value for c in found.candidates if c.field == "headline"} >= {"Quay vote: ferry is saved"}


@pytest.mark.parametrize(
    "title",
    ["Ferry stays | The Quay Post", "The Quay Post - Ferry stays", "Ferry stays – News – The Quay Post"],
)
def test_site_name_is_stripped_where_the_page_names_the_site(title):
    head = f"<title>{title}</title><meta property='og:site_name' content='The Quay Post'>"
    shown = page(head, body=f"<h2>Ferry stays</h2><p>{PROSE}</p><p>{PROSE}</p>")
    assert value(shown, "headline").startswith("Ferry stays")
    assert "Quay Post" not in value(shown, "headline")


@pytest.mark.parametrize(
    "title", ["Ferry stays | for now", "BUDGET | Quay gets more", "Man - 40 - found at sea"]
)
def test_nothing_is_cut_at_a_bar_that_nobody_else_cuts(title):
    assert value(page(f"<title>{title}</title>", body=f"<p>{PROSE}</p>"), "headline") == title


def test_kicker_goes_where_several_sources_leave_it_out():
    head = (
        ld(headline="Quay: Ferry stays with the town")
        + "<meta property='og:title' content='Ferry stays with the town'>"
    )
    assert value(page(head), "headline") == "Ferry stays with the town"


def test_headings_of_footers_do_not_win():
    body = f"<h2>x</h2><p>{PROSE}</p><p>{PROSE}</p><h1>Contact us</h1><p>Phone</p>"
    head = (
        "<title>Ferry stays with the town</title><meta property='og:title' content='Ferry "
        "stays with the town'>" + ld(headline="Ferry stays with the town")
    )
    assert value(page(head, body=body), "headline") == "Ferry stays with the town"


def test_candidates_name_the_block_that_shows_the_winner():
    found = headlines(page(ld(headline="Ferry stays with the town")), None)
    assert found[0].block == 0


def test_soft_hyphens_are_not_part_of_a_headline():
    assert (
        value(page(body=f"<h1>Ver\u00adfas\u00adsung bleibt</h1><p>{PROSE}</p>"), "headline")
        == "Verfassung bleibt"
    )


def test_first_line_of_a_text():
    assert (
        value(text_page(f"Ferry stays with the town\n{PROSE}\n{PROSE}"), "headline")
        == "Ferry stays with the town"
    )


def test_line_after_a_section_label():
    text = f"News\n\nFerry stays with the town\n\n{PROSE}\n\n{PROSE}"
    assert value(text_page(text), "headline") == "Ferry stays with the town"


def test_text_that_begins_with_prose_has_no_headline():
    assert value(text_page(f"{PROSE}\n{PROSE}"), "headline") is None


@pytest.mark.parametrize("first", ["By Ida Holm", "Published 3 May 2024", "12 May 2024"])
def test_bylines_and_datelines_are_no_headlines(first):
    assert value(text_page(f"{first}\n{PROSE}"), "headline") is None


def test_envelope_title():
    assert value(
        text_page(f"title: Ferry stays with the town\nurl: https://example.org/a\n\n{PROSE}"), "headline"
    ) == ("Ferry stays with the town")


@pytest.mark.parametrize(
    "first",
    ["Von der Leyen kündigt Hilfe an", "18 ferries to see before May", "Home prices rise at the quay"],
)
def test_headlines_may_begin_as_labels_do(first):
    assert value(text_page(f"{first}\n{PROSE}\n{PROSE}"), "headline") == first


def test_fields_of_one_page_do_not_depend_on_an_earlier_call():
    shown = page(ld(datePublished="2024-05-03"))
    titles = headlines(shown, None)
    judgement = Judgement((None,) * len(shown.blocks))
    early = resolve(shown, None, judgement, titles, fetched="2024-01-01")
    late = resolve(shown, None, judgement, titles, fetched="2024-06-01")
    assert "date" not in early.values
    assert late.values["date"] == "2024-05-03"


def og(title: str) -> str:
    return f"<meta property='og:title' content='{title}'>"


@pytest.mark.parametrize(
    ("heading", "headline"),
    [
        ("<span>Harbour</span> Ferry stays with the town", "Ferry stays with the town"),
        ("Harbour<br><em>Ferry stays with the town</em>", "Ferry stays with the town"),
        ("<b>Harbour</b>\n<br>\nFerry stays with the town", "Ferry stays with the town"),
        ("Ferry stays with the town <small>Council votes twice</small>", "Ferry stays with the town"),
        ("Harbour Ferry stays with the town", "Harbour Ferry stays with the town"),
        ("The <em>old</em> Ferry stays with the town", "The old Ferry stays with the town"),
        (
            "Ferry stays with the town <a>for now</a>, says board",
            "Ferry stays with the town for now, says board",
        ),
    ],
)
def test_a_kicker_in_an_element_of_its_own_goes_where_another_source_leaves_it_out(heading, headline):
    body = f"<h1>{heading}</h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(og("Ferry stays with the town"), body=body), "headline") == headline


def test_a_kicker_that_others_say_too_stays():
    head = ld(headline="Harbour: Ferry stays with the town") + og("Ferry stays with the town")
    body = f"<h1><span>Harbour:</span> Ferry stays with the town</h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(head, body=body), "headline") == "Harbour: Ferry stays with the town"


LONG = (
    "Ferry stays with the town after the harbour board has heard from all of the islanders and their council"
)


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        (f"{LONG[:60]}...", LONG),
        (f"{LONG[:61]}…", LONG),
        (LONG[:95], LONG),
        (LONG, f"{LONG} - live"),
        ("Ferry stays with the town", "Ferry stays with the town and the island"),
    ],
)
def test_a_headline_that_was_cut_off_is_taken_whole(said, whole):
    body = f"<h1>{whole}</h1><p>{PROSE}</p><p>{PROSE}</p>"
    cut = said != LONG and len(said) > 50
    assert value(page(ld(headline=said), body=body), "headline") == (whole if cut else said)


def test_a_title_that_a_quotation_mark_ended_is_taken_whole():
    head = (
        '<title>Board calls the ferry "unsinkable"</title><meta property="og:title" content="Board calls the '
    )
    head += 'ferry " unsinkable""">'
    body = f"<p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(head, body=body), "headline") == 'Board calls the ferry "unsinkable"'


@pytest.mark.parametrize("tag", ["h2", "h3"])
def test_a_lower_heading_that_others_repeat_beats_one_of_the_first_level_that_nobody_does(tag):
    body = f"<h1>All the news</h1><{tag}>Ferry stays with the town</{tag}><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page("<title>Ferry stays with the town</title>", body=body), "headline") == (
        "Ferry stays with the town"
    )


def test_a_lower_heading_inside_the_story_does_not():
    body = f"<h1>What the board said</h1><p>{PROSE}</p><h2>Ferry stays with the town</h2><p>{PROSE}</p>"
    assert value(page(og("Ferry stays with the town"), body=body), "headline") == "What the board said"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry stays with the town | The Quay Post and more", "Ferry stays with the town"),
        ("Quay Post » Blog Archive » Ferry stays with the town", "Ferry stays with the town"),
        ("Ferry stays with the town | for now", "Ferry stays with the town"),
        ("Ferry stays here | for now", "Ferry stays here | for now"),
    ],
)
def test_a_title_is_cut_to_a_lower_heading(title, headline):
    body = f"<h2>Ferry stays with the town</h2><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(f"<title>{title}</title>", body=body), "headline") == headline


def test_a_heading_at_the_side_counts_where_a_title_less_the_sites_name_says_it():
    head = "<title>Ferry stays with the town | Quay Post</title>"
    head += "<meta property='og:site_name' content='Quay Post'>"
    body = f"<h1>Ferry stays with the town</h1><h1>How to give:</h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(head, body=body), "headline") == "Ferry stays with the town"


def test_titles_of_ideographs_are_parted_without_spaces():
    head = "<title>渡船将继续为小镇服务-海港网</title><meta property='og:site_name' content='海港网'>"
    assert value(page(head, body=f"<p>{PROSE}</p>", lang="zh"), "headline") == "渡船将继续为小镇服务"


def test_entities_that_were_escaped_twice_are_resolved():
    body = f"<h1>Ferry &amp;amp; quay stay: all &amp;#x26; more</h1><p>{PROSE}</p>"
    assert value(page(body=body), "headline") == "Ferry & quay stay: all & more"


def test_a_story_named_as_the_site_keeps_its_headline():
    head = og("Ferry stays with the town") + (
        "<meta property='og:site_name' content='Ferry stays with the town'>"
    )
    assert value(page(head), "headline") == "Ferry stays with the town"


@pytest.mark.parametrize("unit", ["«", "»", "‹", " ", "\n", "-", " - ", "« -", "a |", "«a» - ", "&amp;", "…"])
def test_titles_of_five_million_characters_take_no_time(unit):
    title = "Ferry " + unit * (5_000_000 // len(unit))
    start = time.process_time()
    assert len(tidied(title)) <= 500
    trimmed(tidied(title), {"ferry"}, {"quay"})
    assert time.process_time() - start < QUADRATIC


MENU = [f"Menu entry {n}" for n in "abcdefghijkl"]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["A line about the quay here", "Ferry stays with the old town"], None),
        (["Ferry stays with the old town"], "Ferry stays with the old town"),
        (["Quay", "Ferry stays with the old town", "Harbour board"], "Ferry stays with the old town"),
    ],
)
def test_of_a_dump_the_long_line_that_stands_twice_is_the_headline(lines, headline):
    once = "\n\n".join([*MENU, *lines, PROSE, PROSE])
    twice = "\n\n".join([*MENU, "Ferry stays with the old town", *MENU, *lines, PROSE, PROSE])
    assert value(text_page(twice), "headline") == "Ferry stays with the old town"
    assert value(text_page(once), "headline") == (headline or lines[0])


@pytest.mark.parametrize(
    "invitation",
    [
        "Follow us on Facebook",
        "Listen to this article",
        "Get the Morning Briefing",
    ],
)
def test_an_invitation_that_a_dump_has_twice_is_no_headline(invitation):
    headline = "Old harbour to close for good after sixty years"
    lines = [*MENU[:8], invitation, headline, "Ann Lee", PROSE, invitation, PROSE]
    assert value(text_page("\n\n".join(lines)), "headline") == headline


BOARD = "The harbour board has decided to close the old ferry terminal in May after sixty years of work"


@pytest.mark.parametrize("label", ["Video", "Updated", "Live blog"])
@pytest.mark.parametrize(
    ("head", "gap"),
    [
        (f"<title>{BOARD}</title>{og(BOARD)}", " "),
        (f"<title>{BOARD}</title>{og(BOARD)}{ld(headline=BOARD)}", " "),
        (f"<title>{BOARD}</title>{og(BOARD)}{ld(headline=BOARD)}", ""),
    ],
)
def test_a_label_in_a_heading_does_not_complete_a_long_title(label, head, gap):
    body = f"<h1>{BOARD}{gap}<span>{label}</span></h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(head, body=body), "headline") == BOARD


@pytest.mark.parametrize("tag", ["em", "i", "b", "strong", "a", "mark", "q", "u"])
@pytest.mark.parametrize("form", ["<{0}>Holm says</{0}> {1}", "Holm says <{0}>{1}</{0}>"])
def test_words_of_a_heading_in_italics_are_no_kicker(tag, form):
    headline = "old harbour to close for good"
    body = f"<h1>{form.format(tag, headline)}</h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert value(page(og(headline), body=body), "headline") == f"Holm says {headline}"


@pytest.mark.parametrize(
    "head",
    [
        "<title>Holm says old harbour to close for good</title>",
        ld(headline="Holm says old harbour to close for good"),
    ],
)
def test_a_heading_that_the_title_or_the_data_has_whole_stays(head):
    body = f"<h1><span>Holm says</span> old harbour to close for good</h1><p>{PROSE}</p><p>{PROSE}</p>"
    shown = page(head + og("old harbour to close for good"), body=body)
    assert value(shown, "headline") == "Holm says old harbour to close for good"


def test_many_long_headings_take_no_time():
    long = "".join(f"<h1>{'harbour ' * 25_000}{n}</h1>" for n in range(20))
    short = "".join(f"<h1><span>Quay {n}</span> Ferry stays with the town</h1>" for n in range(20))
    shown = page(og("Ferry stays with the town"), body=f"{long}{short}<p>{PROSE}</p><p>{PROSE}</p>")
    start = time.process_time()
    assert headlines(shown, None)
    assert time.process_time() - start < QUADRATIC
