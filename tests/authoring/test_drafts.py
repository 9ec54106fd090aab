"""What the proposals of a draft are made of: names of elements, bodies, fields, leftovers, signs, YAML."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from authoring_help import BRIDGE, HOST, ORCHARD, story
from hypothesis import given
from hypothesis import strategies as st

from cleaner.authoring.body_container import choose
from cleaner.authoring.date_formats import DateForm, forms_of, zone_of
from cleaner.authoring.proposals import Draft, Proposal, escaped, is_sound, one_line
from cleaner.authoring.removals import leftovers
from cleaner.authoring.rule_draft import Result, drafted, file_name, host_of
from cleaner.authoring.samples import Bench, SampleError, SamplePage, copies
from cleaner.authoring.stable_selectors import Nodes, hooks, is_made
from cleaner.read import read
from cleaner.rules.format.parse import check_file
from cleaner.rules.patterns.sets import compiled


@cache
def bench() -> Bench:
    return Bench()


def samples(*pages: str) -> list[SamplePage]:
    return [bench().sample(f"{n}.html", page.encode(), HOST) for n, page in enumerate(pages)]


def draft(*pages: str) -> Result:
    return drafted(HOST, samples(*pages), bench())


def entries(result: Result, key: str) -> list[dict[str, object]]:
    return [{k: v for k, v in x.form.items() if k not in ("why", "name")} for x in result.draft.of(key)]


def two(**options: str) -> tuple[str, str]:
    return (
        story("A bridge at last", BRIDGE, 1, **options),
        story("Whose pears are they?", ORCHARD, 2, day="14.02.2020", by="Bo Lind", **options),
    )


@pytest.mark.parametrize(
    "token",
    ["css-1x2y3z", "sc-fzqBZW", "post-48213", "jeggjP", "gATBTE", "ezcCTE", "_3fXq9", "svelte-1ab2c",
     "jsx-123", "LinkText_link-text__DV4oL", "tt_bdqrs", "a8f3c91be"],
)  # fmt: skip
def test_generated_names_are_known(token: str) -> None:
    assert is_made(token)


@pytest.mark.parametrize(
    "token",
    ["article-body", "storyBody", "RichTextStoryBody", "entry-content__content", "b-article-body", "main",
     "o-article__main", "newsletter-box", "wysiwyg", "bbc-story", "pullQuote", "Ad-Policy", "faq-module"],
)  # fmt: skip
def test_names_that_people_gave_stay(token: str) -> None:
    assert not is_made(token)


def test_names_of_an_element_the_most_stable_first() -> None:
    markup = (
        '<article itemprop="articleBody" data-testid="story-text" id="story" data-id="4711" style="x"'
        ' class="css-1x2y3z story-text mt-4 Story_body__x8Hs2 quiet post-48213"><p>Text</p></article>'
    )
    page = read(markup, url=None, source=None, kind="html")
    place = page.blocks[0].place
    assert place is not None
    _, (_, node) = Nodes(page).path(place.element)
    assert [x.css for x in hooks(node)] == [
        '[itemprop="articleBody"]', '[data-testid="story-text"]', "#story", ".story-text", ".quiet",
        '[class*="Story_body__"]', "article", ".mt-4",
    ]  # fmt: skip


def test_body_by_its_schema_rather_than_its_class() -> None:
    pages = [x.replace('class="story"', 'class="story" itemprop="articleBody"') for x in two()]
    assert [x.css for x in choose(samples(*pages))] == ['[itemprop="articleBody"]']


def test_body_by_what_both_pages_have_where_build_tools_name_it() -> None:
    pages = [
        page.replace('class="story"', f'class="css-{n}x2y{n}z Story_text__aB{n}x9"')
        for n, page in enumerate(two())
    ]
    assert [x.css for x in choose(samples(*pages))] == ['[class*="Story_text__"]']


def test_body_that_stands_in_two_places_is_joined() -> None:
    between = '</div><aside class="promo">A promo</aside><div class="text"><div class="newsletter-box">'
    pages = [
        page.replace('"story"', '"intro"').replace('<div class="newsletter-box">', between) for page in two()
    ]
    (choice,) = choose(samples(*pages))
    assert sorted(choice.css.split(", ")) in ([".intro", ".text"], [".page"])
    assert all(x is not None and x > 0.95 for x in choice.recall)


def test_two_layouts_make_two_body_rules() -> None:
    old = two(container="old-text")
    new = two(container="rich-content")
    result = draft(old[0], new[1])
    assert sorted(str(x["css"]) for x in entries(result, "body")) == [".old-text", ".rich-content"]
    for trace, paragraphs in zip(result.traces, (BRIDGE, ORCHARD), strict=True):
        assert trace.article.body.split("\n\n") == list(paragraphs)


def test_page_whose_body_no_element_holds_is_named() -> None:
    bare = "".join(f"<p>{x}</p>" for x in BRIDGE)
    page = f"<html><head><title>A bridge</title></head><body><h1>A bridge at last</h1>{bare}</body></html>"
    with pytest.raises(SampleError, match=r"^0\.html: no body found that one element holds"):
        draft(page)


def test_fields_from_machines_words_first_where_they_agree() -> None:
    meta = '<meta property="article:published_time" content="{}"><meta name="author" content="{}">'
    pages = (
        story("A bridge at last", BRIDGE, 1, head=meta.format("2020-01-09T10:30:00+01:00", "Ann Berg")),
        story("Whose pears?", ORCHARD, 2, by="Bo Lind", head=meta.format("2020-01-09", "Bo Lind")),
    )
    result = draft(*pages)
    assert entries(result, "date") == [{"meta": "article:published_time"}]
    assert entries(result, "authors") == [{"meta": "author"}]
    assert entries(result, "headline") == [{"css": "h1"}]


def test_source_that_is_wrong_on_one_page_is_not_proposed() -> None:
    meta = '<meta name="author" content="{}">'
    stated = '{{"@type": "NewsArticle", "headline": "{}", "author": {{"name": "{}"}}}}'
    jsonld = f'<script type="application/ld+json">{stated}</script>'
    head = [meta.format("The Desk") + jsonld.format(title, name) for title, name in
            (("A bridge at last", "Ann Berg"), ("Whose pears are they?", "Bo Lind"))]  # fmt: skip
    pages = (
        story("A bridge at last", BRIDGE, 1, head=head[0]),
        story("Whose pears are they?", ORCHARD, 2, by="Bo Lind", head=head[1]),
    )
    assert entries(draft(*pages), "authors") == [{"jsonld": "author.name"}]


def test_date_element_with_its_attribute() -> None:
    pages = [
        x.replace('<div class="dateline">', f'<time datetime="{day}T08:00Z"></time><div class="dateline">')
        for x, day in zip(two(), ("2020-01-09", "2020-02-14"), strict=True)
    ]  # fmt: skip
    (date,) = entries(draft(*pages), "date")
    assert (date["attr"], str(date["css"]).startswith("time")) == ("datetime", True)


@pytest.mark.parametrize(
    ("line", "day", "form"),
    [
        ("Oslo, 09.01.2020", "2020-01-09", DateForm(r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y")),
        ("9.1.2020, 14:30 Uhr", "2020-01-09",
         DateForm(r"\d{1,2}\.\d{1,2}\.\d{4}, \d{1,2}:\d\d", "%d.%m.%Y, %H:%M")),
        ("January 9, 2020 at 2:30 PM", "2020-01-09",
         DateForm(r"[A-Za-z]{3,9} \d{1,2}, \d{4} at \d{1,2}:\d\d [AaPp][Mm]", "%B %d, %Y at %I:%M %p")),
        ("03/04/2020", "2020-04-03", DateForm(r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y")),
        ("03/04/2020", "2020-03-04", DateForm(r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y")),
        ("9 Jan 2020", "2020-01-09", DateForm(r"\d{1,2} [A-Za-z]{3} \d{4}", "%d %b %Y")),
        ("9. Januar 2020", "2020-01-09", DateForm(r"\d{1,2}\.? (?:de )?\pL{3,12} (?:de )?\d{4}", None)),
    ],
)  # fmt: skip
def test_how_a_date_is_written(line: str, day: str, form: DateForm) -> None:
    assert forms_of(line, day)[0] == form
    assert all("strange" not in str(x) for x in forms_of("strange 32.13.2020", day))


@pytest.mark.parametrize(
    ("host", "line", "stated", "zone"),
    [
        ("news.de", "09.01.2020, 14:30", "2020-01-09T13:30:00+00:00", "Europe/Berlin"),
        ("news.de", "09.01.2020, 14:30", "2020-01-09T14:30:00+00:00", None),
        ("news.de", "09.01.2020, 14:30", None, None),
        ("news.de", "09.01.2020", "2020-01-09T13:30:00+00:00", None),
        ("news.com", "09.01.2020, 14:30", "2020-01-09T13:30:00+00:00", None),
        ("news.com", "09.01.2020, 14:30 EST", None, "America/New_York"),
    ],
)
def test_zone_only_where_the_page_shows_it(
    host: str, line: str, stated: str | None, zone: str | None
) -> None:
    assert zone_of(host, line, forms_of(line, "2020-01-09")[0], stated) == zone


def test_run_to_the_end_by_the_line_it_begins_with() -> None:
    """Where the generic judgement sees that other stories follow, and no element holds them."""
    tails = (
        ("Also of interest", "A tunnel that leaks", "A road that ends in a lake"),
        ("Also of interest", "A cow that can count", "A hen that will not"),
    )
    pages = [
        page.replace('<p class="tip-line">', "".join(f"<p>{x}</p>" for x in tail) + "<p hidden>")
        for page, tail in zip(two(), tails, strict=True)
    ]
    given, stands = [], []
    for sample, tail in zip(samples(*pages), tails, strict=True):
        after = {x.index for x in sample.page.blocks if x.text in tail}
        stands.append(sample.kept | after)
        given.append(replace(sample, kept=sample.kept - after))
    found, notes = leftovers(given, stands)
    assert [x.form["from"] for x in found if "from" in x.form] == ["^also of interest$"]
    assert notes == []

    menu = [
        replace(
            x,
            page=replace(
                x.page, blocks=(replace(x.page.blocks[0], key="also of interest"), *x.page.blocks[1:])
            ),
        )
        for x in given
    ]
    found, _ = leftovers(menu, stands)
    assert not [x for x in found if "from" in x.form]


def test_lines_with_one_label_before_other_words() -> None:
    pages = [
        page.replace("<p>Support us: become a friend of the paper</p>", f"<p>Opinion: {title}</p>")
        for page, title in zip(two(), ("let us build more of them", "pears belong to nobody"), strict=True)
    ]
    given, stands = [], []
    for sample in samples(*pages):
        odd = {x.index for x in sample.page.blocks if x.text.startswith("Opinion")}
        stands.append(sample.kept | odd)
        given.append(replace(sample, kept=sample.kept - odd))
    found, _ = leftovers(given, stands)
    assert "^opinion: " in [x.form.get("line") for x in found]


def test_subheads_that_stories_share_stay() -> None:
    pages = [x.replace("<p>Support us", "<h3>What happens next</h3><p>Support us") for x in two()]
    result = draft(*pages)
    assert all("What happens next" in x.article.body for x in result.traces)
    assert not any("happens" in x.entry for x in result.draft.of("remove"))


def test_the_title_of_a_box_that_goes_goes_with_it() -> None:
    box = '<div class="box-letter"><h3>Bridges weekly</h3><p>Sign up for our newsletter</p></div>'
    result = draft(*(x.replace("<p>Support us", f"{box}<p>Support us") for x in two()))
    assert {"line": "^bridges weekly$"} in entries(result, "remove")
    assert not any("Bridges weekly" in x.article.body for x in result.traces)


def test_a_line_of_the_story_is_never_taken() -> None:
    """One class on furniture here and on prose there names neither."""
    pages = [
        x.replace('"tip-line"', '"text"').replace(f"<p>{own[2]}", f'<p class="text">{own[2]}')
        for x, own in zip(two(), (BRIDGE, ORCHARD), strict=True)
    ]  # fmt: skip
    result = draft(*pages)
    assert ".text" not in [x.get("css") for x in entries(result, "remove")]
    for trace, paragraphs in zip(result.traces, (BRIDGE, ORCHARD), strict=True):
        assert trace.article.body.split("\n\n") == list(paragraphs)


def test_the_same_story_twice_repeats_nothing() -> None:
    page = story("A bridge at last", BRIDGE, 1)
    again = page.replace("2020/1", "2020/1b")
    assert len(copies(samples(page, again))) == 1
    assert copies(samples(*two())) == []
    result = draft(page, again)
    assert "1.html shows the story of 0.html: give another" in result.draft.notes
    assert all(x.article.body.split("\n\n")[: len(BRIDGE)] for x in result.traces)
    assert BRIDGE[0] in result.traces[0].article.body


def test_signs_without_what_is_only_of_these_pages() -> None:
    pages = [x.replace("| News Example</title>", "| News Example | by Ann Berg</title>") for x in two()]
    assert entries(draft(*pages), "recognise")[0] == {"title": r" \| News Example"}
    assert entries(draft(*two()), "recognise")[:2] == [
        {"title": r" \| News Example$"},
        {"text": r"^© \d+ News Example\. All rights reserved\.$"},
    ]


def test_text_pages_too() -> None:
    def text(title: str, paragraphs: tuple[str, ...], day: str, name: str) -> str:
        head = (
            f"{title} | World | NEX | {day}\nBy {name}\nOslo, {day}\n\n{paragraphs[0]}\n\n{paragraphs[1]}\n\n"
        )
        ask = "Support us and become a friend of the paper"
        return f"{head}{ask}\n\n{paragraphs[2]}\n\n{paragraphs[3]}\n"

    pages = (
        text("A bridge at last", BRIDGE, "09.01.2020", "Ann Berg"),
        text("Whose pears are they?", ORCHARD, "14.02.2020", "Bo Lind"),
    )
    result = draft(*pages)
    assert entries(result, "headline") == [{"text": r"^(.+?) \| World \| NEX \| \d+\.\d+\.\d+$", "first": 3}]
    assert entries(result, "date") == [{"text": r"NEX \| (\d{1,2}\.\d{1,2}\.\d{4})$", "format": "%d.%m.%Y"}]
    assert entries(result, "body") == []
    for trace, paragraphs in zip(result.traces, (BRIDGE, ORCHARD), strict=True):
        assert trace.article.body.split("\n\n") == list(paragraphs)
    assert [x.article.headline for x in result.traces] == ["A bridge at last", "Whose pears are they?"]


@pytest.mark.parametrize(
    ("typed", "host", "name"),
    [
        ("dw.com", "dw.com", "dw.com"),
        ("https://www.dw.com/en/a-1", "dw.com", "dw.com"),
        ("*.dw.com", "*.dw.com", "dw.com"),
        ("BBC.com/News/live/*", "bbc.com/News/live/*", "bbc.com-news-live"),
    ],
)
def test_hosts_and_their_files(typed: str, host: str, name: str) -> None:
    assert host_of(typed) == host
    assert file_name(host) == name


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_page_says_is_one_entry_of_sound_yaml(text: str, why: str) -> None:
    proposal = Proposal(
        "remove", {"name": "x", "line": f"^a{escaped(one_line(text))}", "why": why or "x"}, text
    )
    file = Draft("d", one_line(text) or "x", (HOST,), 2, (proposal,), (text,)).yaml()
    assert all(line.isprintable() for line in file.split("\n"))
    rules, problems = check_file(file.encode("utf-8", "replace"), "d.yaml", "d", "outlet")
    if not problems:
        assert [x.name for x in rules.remove] == ["x"]
    assert is_sound(proposal) == (not [x for x in problems if x.key.startswith("remove")])


@given(st.text(st.characters(categories=["L", "P", "S", "Zs"], max_codepoint=0x250), min_size=1, max_size=40))
def test_escaped_text_finds_itself(text: str) -> None:
    flat = one_line(text)
    if flat:
        assert compiled(escaped(flat), "exact").search(flat) is not None


def test_bundled_outlets_of_a_host_are_known() -> None:
    assert bench().known("dw.com") == ["dw.com"]
    assert bench().known("m.dw.com") == ["dw.com"]
    assert bench().known(HOST) == []


def test_every_part_of_the_package_says_what_enters_and_leaves() -> None:
    folder = Path(__file__).parent.parent.parent / "cleaner" / "authoring"
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "Enters:" in text.split('"""')[1], file.name
