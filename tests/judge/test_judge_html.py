# ruff: noqa: E501 - a case is a line
"""Judgement of HTML pages without a rule file: invented pages, real ways of building them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.judge.region import containers as places
from cleaner.judge.region import second_opinion as opinion
from cleaner.judge.region.block_text import hook_scorer, prose, size, wording
from cleaner.judge.region.html_context import CONTEXT, CONTEXT_GROUP_OF, context
from cleaner.judge.region.html_features import FEATURES, GROUP_OF, build
from cleaner.judge.region.html_region import BARS, doubt, model
from cleaner.read.html_reader import read_html

STORY = [
    "The harbour council voted late on Monday to close the old swing bridge for the whole of the winter season.",
    "Engineers had warned since spring that the eastern pier was moving by almost two millimetres every month.",
    "“Nobody wants to be the one who waited too long,” said Mirja Aldous, who chairs the works committee.",
    "Ferries will run every twelve minutes from the first of November, and the fare will be waived until March.",
    "Shopkeepers on the island fear for the Christmas trade, which brings in a third of their yearly takings.",
    "A second vote, on the cost of a new bridge, is expected before the council rises for the summer.",
]
RELATED = [
    (
        "Storm takes roof off the fish market",
        "Traders say the building had been in need of repair for years, and nobody came.",
    ),
    (
        "Ferry line orders two electric boats",
        "The yard will deliver the first of them in two years, the company said on Friday.",
    ),
    (
        "Island school wins the rowing cup",
        "It is the third title in a row for the crew of nine pupils, all from one village.",
    ),
]
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in STORY)
CARDS = "".join(
    f'<article class="card teaser"><h3><a href="/{n}">{t}</a></h3><p class="card-text">{s}</p></article>'
    for n, (t, s) in enumerate(RELATED)
)
COMMENTS = "".join(
    f'<li class="comment"><p>Reader {n} thinks that the bridge should have been closed a long time ago, and says so at length.</p></li>'
    for n in range(9)
)
PAGE = f"""<html lang="en"><head><title>Old bridge to close | Harbour Post</title></head><body>
<header class="site-header"><ul class="menu"><li><a href="/">Home</a></li><li><a
href="/s">Sport</a></li></ul></header>
<main><article class="post"><h1>Old bridge to close</h1><p class="byline">By Jo Quill</p>
<figure><img src="b.jpg"><figcaption>The bridge on a quiet day in June, seen from the east. Photo: J.
Quill</figcaption></figure>
<div class="entry-content">{PARAGRAPHS}</div>
<div class="share-buttons"><a href="#">Facebook</a> <a href="#">WhatsApp</a></div></article>
<section class="related-posts"><h2>Related stories</h2>{CARDS}</section>
<section id="comments"><h2>9 comments</h2><ol class="commentlist">{COMMENTS}</ol></section></main>
<footer class="site-footer"><p>© Harbour Post</p></footer></body></html>"""


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def test_the_story_and_nothing_else(cleaner: Cleaner) -> None:
    article = cleaner.clean(PAGE)
    assert article.body.split("\n\n") == STORY
    assert article.status == "article"


def test_every_removal_names_its_rule(cleaner: Cleaner) -> None:
    removed = {r.text.split("\n")[0]: r.rule for r in cleaner.clean(PAGE).removed}
    assert removed["The bridge on a quiet day in June, seen from the east. Photo: J. Quill"].endswith(
        ("caption", "photo-credit")
    )
    assert removed["By Jo Quill"].endswith("byline")
    assert removed["© Harbour Post"] == "layout/footer"
    assert all("/" in rule for rule in removed.values())


def test_kept_and_removed_are_the_page(cleaner: Cleaner) -> None:
    trace = cleaner.trace(PAGE)
    assert trace.page is not None
    removed = {r.index for r in trace.article.removed}
    assert len(trace.article.blocks) + len(removed) == len(trace.page.blocks)


@pytest.mark.parametrize(
    "container",
    [
        "".join(f'<div class="block"><p>{p}</p></div>' for p in STORY),
        "".join(f"<section><div><span>{p}</span></div></section>" for p in STORY),
        "<div class='text'>" + "<br><br>".join(STORY) + "</div>",
        f"<div>{''.join(f'<p>{p}</p>' for p in STORY[:3])}</div><div>{''.join(f'<p>{p}</p>' for p in STORY[3:])}</div>",
    ],
    ids=["a box a paragraph", "no paragraphs", "line breaks", "two halves"],
)
def test_a_story_however_it_is_boxed(cleaner: Cleaner, container: str) -> None:
    page = PAGE.replace(f'<div class="entry-content">{PARAGRAPHS}</div>', container)
    assert cleaner.clean(page).body.split("\n\n") == STORY


def test_a_list_and_a_subhead_inside_the_story_stay(cleaner: Cleaner) -> None:
    inside = PARAGRAPHS.replace(
        f"<p>{STORY[3]}</p>",
        f"<h2>How to cross</h2><p>There are three ways over:</p><ul><li>the ferry from the old quay</li>"
        f"<li>the road by the dam, an hour longer</li></ul><p>{STORY[3]}</p>",
    )
    kept = cleaner.clean(PAGE.replace(PARAGRAPHS, inside)).blocks
    assert [b.kind for b in kept if b.kind != "paragraph"] == ["heading", "list-item", "list-item"]


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ('{"layout": 2, "button": "Buy now", "color": "blue"}', True),
        ('[{"layout": 2}, {"layout": 3, "button": "Buy the ticket now"}]', True),
        ('["bridge", "harbour", "ferries", "winter season"]', True),
        (
            '["We will not leave", she told the council, and then she sat down and said no more to anyone]',
            False,
        ),
        (
            "[Note: the east pier, above, was measured for this story in the first week of May, at low tide.]",
            False,
        ),
        (
            "[Above: the bridge as it looked to a child of the island in the summer of the year it was built.]",
            False,
        ),
    ],
)
def test_settings_are_no_text_and_an_editors_note_is(cleaner: Cleaner, line: str, gone: bool) -> None:
    trace = cleaner.trace(PAGE.replace(STORY[2], line))
    rules = [e.rule for e in trace.article.removed if e.text == line]
    assert rules == (["layout/data"] if gone else [])


def test_a_heading_with_a_kicker_is_the_headline_all_the_same(cleaner: Cleaner) -> None:
    page = PAGE.replace(
        "<h1>Old bridge to close</h1>", "<h1><span>Harbour</span> <b>Old bridge to close</b></h1>"
    )
    article = cleaner.clean(
        page.replace("<head>", '<head><meta property="og:title" content="Old bridge to close">')
    )
    assert article.headline == "Old bridge to close"
    assert "Old bridge" not in article.body


def test_the_dials_keep_less_and_more(cleaner: Cleaner) -> None:
    sizes = {
        favor: len(Cleaner(favor=favor).clean(PAGE).body) for favor in ("precision", "balanced", "recall")
    }
    assert sizes["precision"] <= sizes["balanced"] <= sizes["recall"]
    assert BARS["precision"] > BARS["balanced"] > BARS["recall"]


def test_comments_are_gone_before_prose_is_weighed() -> None:
    page = read_html(PAGE, url=None, source=None, charset=None)
    assert page.elements is not None
    rows = places.block_rows(page.blocks, page.elements)
    masses = [prose(b.text, size(b.text), 0.0) for b in page.blocks]
    inside = places.in_comments(page.elements, rows, masses)
    assert {page.blocks[i].text[:6] for i in inside} >= {"Reader"}
    assert not any(page.blocks[i].text in STORY for i in inside)


def test_a_page_of_nothing_but_a_discussion_keeps_it() -> None:
    page = read_html(f"<div class='discussion'>{PARAGRAPHS}</div>", url=None, source=None, charset=None)
    assert page.elements is not None
    rows = places.block_rows(page.blocks, page.elements)
    assert places.in_comments(page.elements, rows, [100.0] * len(rows)) == frozenset()


def test_scripts_without_spaces_are_measured_in_characters() -> None:
    assert size("政府は月曜日に橋を閉鎖すると発表した。") > 2 * len("政府は月曜日に橋を閉鎖すると発表した。")
    assert (
        prose(
            "政府は月曜日に橋を閉鎖すると発表した。市民は驚いている。",
            size("政府は月曜日に橋を閉鎖すると発表した。市民は驚いている。"),
            0.0,
        )
        > 0
    )
    assert prose("Short label", size("Short label"), 0.0) == 0.0
    assert prose(STORY[0], size(STORY[0]), 0.9) == 0.0


def test_words_and_hooks_answer_with_their_most_telling() -> None:
    assert wording("sign up for news", {"sign": -2.0, "news": 1.0}) == (-2.0, -0.5)
    assert wording("nothing known", {}) == (0.0, 0.0)
    score = hook_scorer({"related": -3.0, "posts": 0.5, "related-posts": -2.0})
    assert score("related-posts") == -2.5
    assert score("") == 0.0


def test_tables_have_a_column_a_name() -> None:
    page = read_html(PAGE, url=None, source=None, charset=None)
    table = build(page, model().hooks, lambda _: frozenset(), model().words)
    assert {len(row) for row in table.rows} == {len(FEATURES)}
    assert set(FEATURES) == set(GROUP_OF)
    rows = context(table, [0.0] * len(table.rows))
    assert {len(row) for row in rows} == {len(CONTEXT)}
    assert set(CONTEXT) == set(CONTEXT_GROUP_OF)
    assert model().first.features == FEATURES
    assert model().second.features == CONTEXT
    assert rows[3] == context(table, [0.0] * len(table.rows), [3])[0]


def test_doubt_is_what_is_expected_wrong() -> None:
    assert doubt([1000.0, 1000.0], [8.0, -8.0]) < 0.01
    assert doubt([1000.0, 1000.0], [0.1, -0.1]) > 0.9


def test_a_second_opinion_is_a_share_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read_html(PAGE, url=None, source=None, charset=None)
    found = {b.text: b.index for b in page.blocks}
    shares = opinion.second_opinion(page, [found[STORY[1]], found["Storm takes roof off the fish market"]])
    assert shares == [1.0, 0.0]
    monkeypatch.setattr(opinion, "MOST_BLOCKS", 3)
    assert opinion.second_opinion(page, [0]) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(
    st.sampled_from(["p", "div", "li", "h2", "nav", "article", "section", "figcaption", "td", "pre",
    "blockquote"]),
    st.sampled_from(["", "comments", "related", "entry-content", "hidden"]),
    st.sampled_from([*STORY, "Share", "Read more", "橋は閉鎖される。", "x", "12:30"]),
), max_size=25))  # fmt: skip
def test_nothing_vanishes_whatever_the_page(parts: list[tuple[str, str, str]]) -> None:
    markup = "".join(f'<{tag} class="{name}">{text}</{tag}>' for tag, name, text in parts)
    trace = _CLEANER.trace(f"<html><body>{markup}</body></html>")
    if trace.page is None or not trace.page.blocks:
        assert not markup or trace.article.status in ("empty", "rejected")
        return
    assert trace.judgement is not None
    kept = [i for i, v in enumerate(trace.judgement.verdicts) if v is None or v.action != "remove"]
    assert sorted({*kept, *(r.index for r in trace.article.removed)}) == list(range(len(trace.page.blocks)))


_CLEANER = Cleaner()
