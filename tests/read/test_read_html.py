# ruff: noqa: E501 - a case is a line
"""HTML to blocks: where a block begins and ends, what kind it is, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.read import looks_like_html
from cleaner.read.html_reader import read_html
from cleaner.read.tags import BREAKS, ROLES, SKIPPED, role

if TYPE_CHECKING:
    from cleaner.model import Page


def page(markup: str) -> Page:
    return read_html(markup, url=None, source=None, charset=None)


def texts(markup: str) -> list[str]:
    return [b.text for b in page(markup).blocks]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>Bare <b>bold</b> text<p>Inside</p>after</div>", ["Bare bold text", "Inside", "after"]),
        ("<p>Line<br>break</p>", ["Line\nbreak"]),
        ("<div>First<br><br>Second<br> <br>Third</div>", ["First", "Second", "Third"]),
        ("<p>Spaces \n and\t tabs</p>", ["Spaces and tabs"]),
        ("<pre>if x:\n    y</pre>", ["if x:\n    y"]),
        ("<p>Shown<script>var x = 'hidden'</script><style>p{}</style></p>", ["Shown"]),
        ("<p>before<!-- a comment -->after</p>", ["beforeafter"]),
        ("<table><tr><td>Berlin</td><td>3,700,000</td></tr></table>", ["Berlin | 3,700,000"]),
        ("<p>A <button>word</button> explained</p>", ["A word explained"]),
        ("<div>Text<button>Share</button></div>", ["Text", "Share"]),
        ("<p>Running <img src=x alt=y> text</p>", ["Running text"]),
    ],
)
def test_blocks(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_long_cells_of_a_layout_are_blocks_of_their_own() -> None:
    cell = "Forty words of running text stand in this cell of a page laid out with tables. " * 4
    assert len(texts(f"<table><tr><td>{cell}</td><td>{cell}</td></tr></table>")) == 2


@pytest.mark.parametrize(
    ("markup", "kind", "level"),
    [
        ("<h2>Head</h2>", "heading", 2),
        ("<h3><a href=x>Head</a></h3>", "heading", 3),
        ("<ul><li>Item</li></ul>", "list-item", 0),
        ("<blockquote><p>Said</p></blockquote>", "quote", 0),
        ("<figure><figcaption><p>Shown</p></figcaption></figure>", "caption", 0),
        ("<pre>code</pre>", "code", 0),
        ("<p>Text</p>", "paragraph", 0),
    ],
)
def test_kinds(markup: str, kind: str, level: int) -> None:
    (block,) = page(markup).blocks
    assert (block.kind, block.level) == (kind, level)


def test_link_density_is_the_share_of_linked_characters() -> None:
    half, none, whole = page("<p><a href=x>abcd</a>efgh</p><p>plain</p><p><a href=x>link</a></p>").blocks
    assert half.place is not None
    assert half.place.linked == pytest.approx(0.5)
    assert none.place is not None
    assert none.place.linked == 0.0
    assert whole.place is not None
    assert whole.place.linked == 1.0


def test_place_is_the_innermost_element_around_all_of_the_text() -> None:
    read = page(
        "<div class=outer><p class=inner><b>Bold</b> and plain</p><p><span class=by>By A</span></p></div>"
    )
    assert read.elements is not None
    hooks = [read.elements.hooks[b.place.element] for b in read.blocks if b.place]
    assert hooks == ["inner", "by"]


def test_hooks_name_classes_ids_and_what_is_not_shown() -> None:
    read = page('<div class="Story Body" id="main"><p style="display: none">Unseen</p></div>')
    assert read.elements is not None
    assert "story body main" in read.elements.hooks
    assert "not-shown" in read.elements.hooks


def test_a_menu_and_a_foot_are_one_block_each() -> None:
    read = page("<nav><a>Home</a><a>World</a></nav><p>Text</p><footer><p>Imprint</p><p>Contact</p></footer>")
    assert [b.text for b in read.blocks] == ["Home\nWorld", "Text", "Imprint\nContact"]


@pytest.mark.parametrize(
    "markup",
    [
        "<article><nav><li>One</li><li>Two</li></nav></article>",
        "<nav><h1>One</h1><p>Two</p></nav>",
        f"<footer><p>{'A paragraph as long as a story has. ' * 6}</p><p>Two</p></footer>",
    ],
)
def test_what_may_be_more_than_a_menu_is_walked(markup: str) -> None:
    assert len(texts(markup)) == 2


def test_what_the_document_says_of_itself() -> None:
    read = page(
        '<html lang="de-AT"><head><title> A  title </title><meta property="og:title" content="T">'
        '<meta name="Author" content="A"><meta name="author" content="B"><link rel=canonical href="https://x.org/a">'
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script></head><body><p>x</p></body></html>'
    )
    assert read.title == "A title"
    assert read.language == "de-AT"
    assert read.meta["og:title"] == ("T",)
    assert read.meta["author"] == ("A", "B")
    assert read.links["canonical"] == ("https://x.org/a",)
    assert read.jsonld == ('{"@type": "NewsArticle"}',)


def test_deep_nesting_is_walked_without_recursion() -> None:
    assert texts("<div>" * 400 + "deep" + "</div>" * 400) == ["deep"]


def test_tags_are_known_by_number_as_by_name() -> None:
    names = sorted({*BREAKS, *SKIPPED, "foreignObject", "x-y", "mi", "a", "o:p", "image", "frame", "blink"})
    markup = "".join(f"<svg><{x}>x</{x}></svg><math><{x}>x</{x}></math><{x}>x<!--y--></{x}>" for x in names)
    tree = page(markup).tree
    assert tree is not None
    assert tree.root is not None
    known = [(ROLES[x.tag_id], x.tag) for x in tree.root.traverse(include_text=True) if x.tag_id in ROLES]
    assert len({tag for _, tag in known}) > 40
    assert all(found == role(tag or "-") for found, tag in known)


def test_bytes_are_read_as_the_text_they_stand_for() -> None:
    markup = "<p>Zürich “x” 😀</p><nav><a>é</a></nav>"
    raw = read_html(markup.encode(), url=None, source=None, charset=None)
    assert raw.blocks == page(markup).blocks
    assert [x.text for x in raw.blocks] == ["Zürich “x” 😀", "é"]


@given(st.recursive(st.text("ab<>&\n "), lambda inner: st.builds(
    lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
    st.sampled_from(["p", "div", "a", "b", "li", "ul", "table", "tr", "td", "pre", "nav", "br", "h2",
    "span"]),
    st.lists(inner, max_size=4),
), max_leaves=20))  # fmt: skip
def test_any_markup_gives_sound_columns(markup: str) -> None:
    read = page(markup)
    elements = read.elements
    assert elements is not None
    size = len(elements.tags)
    assert {len(c) for c in (elements.parents, elements.ends, elements.hooks, elements.ids)} == {size}
    assert all(elements.parents[row] < row < elements.ends[row] <= size for row in range(1, size))
    assert [b.index for b in read.blocks] == list(range(len(read.blocks)))
    for block in read.blocks:
        assert block.text.strip()
        assert block.place is not None
        assert 0 <= block.place.element < size
        assert 0.0 <= block.place.linked <= 1.0


def test_columns_of_a_layout_are_paragraphs_not_cells() -> None:
    long = (
        "A paragraph of the story that fills its column with more words than any value of a table has. " * 3
    )
    found = page(
        f"<table><tr><td>Menu<td><p>Short start.</p><p>{long}</p><p>{long}End.</p></td></tr></table>"
    ).blocks
    assert [(b.kind, b.text[:12]) for b in found] == [
        ("table-row", "Menu | Short"),
        ("paragraph", "A paragraph "),
        ("paragraph", "A paragraph "),
    ]


def test_a_row_of_many_cells_is_one_block() -> None:
    cells = [f"cell {i}" for i in range(300)]
    row = "<tr>" + "".join(f"<td>{x}</td>" for x in cells) + "</tr>"
    assert texts(f"<table>{row}<tr><td>next</td><td>row</td></tr></table><p>A paragraph.</p>") == [
        " | ".join(cells),
        "next | row",
        "A paragraph.",
    ]
    assert texts(f"<table>{row}</table><nav><a href=/a>Menu</a></nav>") == [" | ".join(cells), "Menu"]


@given(st.lists(st.tuples(st.text("ab ", min_size=1, max_size=9), st.booleans()), min_size=1, max_size=12))
def test_link_density_of_a_row_is_that_of_all_its_cells(cells: list[tuple[str, bool]]) -> None:
    row = "".join(f"<td><a href=/x>{x}</a></td>" if linked else f"<td>{x}</td>" for x, linked in cells)
    said = [(" ".join(x.split()), len(x) if linked else 0) for x, linked in cells if x.strip()]
    blocks = page(f"<table><tr>{row}</tr></table>").blocks
    assert [x.text for x in blocks] == ([" | ".join(x for x, _ in said)] if said else [])
    if said and all(len(x) == len(" ".join(x.split())) for x, _ in cells):
        (block,) = blocks
        assert block.place is not None
        assert block.place.linked == pytest.approx(sum(n for _, n in said) / len(block.text))


def test_a_fragment_that_begins_with_a_long_script_is_html() -> None:
    assert looks_like_html("<script>" + "wide = 1;" * 2_000 + "</script><p>The ferry stays.</p>")
    assert not looks_like_html("< 5 % of ferries stay")
