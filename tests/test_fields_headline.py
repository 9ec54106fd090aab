"""Headlines: which source wins, and what is stripped on whose word."""

from __future__ import annotations

import pytest
from fields_help import PROSE, fields, ld, page, text_page, value

from cleaner.fields import headlines, resolve
from cleaner.judge import Judgement


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
