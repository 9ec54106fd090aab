"""What no real page has: refused, or flattened without losing a word."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner.read.flatten import flatten
from cleaner.read.guard import _CHUNK, _UNCLOSED, _deep, _rebuilds, guard, tame
from cleaner.read.limits import MAX_BYTES, MAX_DEPTH, Refused


def refuses(data: bytes) -> bool:
    try:
        guard(data)
    except Refused:
        return True
    return False


PARAGRAPHS = [f"The council voted on item {i} on Tuesday." for i in range(8)]
BODY = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS)


def parsed(markup: str) -> tuple[str, int]:
    """Text and depth of the tree the parser makes: what is flat costs it no more than its length."""
    tree = LexborHTMLParser(markup)
    depth, deepest, node = 0, 0, tree.root
    while node is not None:
        deepest = max(deepest, depth)
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    return tree.root.text(), deepest


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5_000 + BODY + "</div>" * 5_000,
        BODY + "<div>" * 60_000,
        "<blockquote>" * 3_000 + BODY + "</blockquote>" * 3_000,
        BODY + "<ul><li>" * 3_000 + "x" + "</li></ul>" * 3_000,
        BODY + "<table><tr><td>" * 2_000 + "x" + "</td></tr></table>" * 2_000,
        "<p>" + "<span>" * 3_000 + "words" + "</span>" * 3_000 + "</p>" + BODY,
        "<x-a>" * 9_000 + BODY,
        "<svg>" + "<g>" * 20_000,
        "<template>" * 20_000,
    ],
)
def test_deep_pages_are_flattened_with_every_word(markup):
    calm = tame(markup)
    text, depth = parsed(calm)
    assert depth <= 2 * MAX_DEPTH
    for paragraph in PARAGRAPHS if BODY in markup else []:
        assert paragraph in text


@pytest.mark.parametrize(
    "markup",
    [
        BODY + "<select>" + "<option>i" * 100_000 + "</select>",
        "<select>"
        + "".join(f"<option value={i}>Item {i}</option>" for i in range(20_000))
        + "</select>"
        + BODY,
        BODY + "".join(f"<p><font color={i}><b id={i}><i id={i}>w{i}" for i in range(1_500)),
        BODY
        + "".join(f"<b {i}>" for i in range(6_000))
        + "".join(f"<i {i}>" for i in range(6_000))
        + "x</b>" * 6_000,
        "<body " + " ".join(f"a{i}=v" for i in range(200_000)) + ">" + BODY,
        "<body " + " ".join(f'a{i}="v"' for i in range(50_000)) + ">" + BODY,
    ],
)
def test_what_is_quadratic_loses_its_tags_and_no_words(markup):
    calm = tame(markup)
    assert calm is not markup
    text, depth = parsed(calm)
    assert all(p in text for p in PARAGRAPHS)
    assert depth <= 2 * MAX_DEPTH


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + BODY * 300 + "</body></html>",
        "<ul>" + "<li><a href='/x'>One</a></li>" * 3_000 + "</ul>",
        '<div data-state="' + "many words of state " * 3_000 + '">' + BODY + "</div>",
        '<div class="' + " ".join(f"c{i}" for i in range(50_000)) + '">' + BODY + "</div>",
        "<script>" + "if (a < b) { document.write('<div>') } " * 3_000 + "</script>" + BODY,
        "<select>" + "<option>x</option>" * 250 + "</select>" + BODY,
        "plain words, no tags at all\n" * 500,
    ],
)
def test_real_shapes_pass_untouched(markup):
    assert tame(markup) is markup


def test_a_long_story_needs_no_exact_pass(monkeypatch):
    monkeypatch.setattr(sys.modules[tame.__module__], "flatten", lambda _: pytest.fail("flattened"))
    markup = "<p>It was <a href='/x'>said</a> that <b>so many</b> <i>tags</i> are fine.</p>" * 40_000
    assert tame(markup) is markup


def test_more_elements_than_any_page_are_refused_by_name():
    with pytest.raises(Refused) as caught:
        tame("<p>x</p>" * 300_000)
    assert caught.value.reason == "too-many-elements"


@pytest.mark.parametrize("data", [b"x" * (MAX_BYTES + 1), "x" * (MAX_BYTES + 1)])
def test_size_is_refused_by_name(data):
    with pytest.raises(Refused) as caught:
        guard(data)
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n1 0 obj",
        b"\x89PNG\r\n\x1a\n" + b"<p>x</p>" * 50,
        b"\xff\xd8\xff\xfe\0<",
        b"PK\x03\x04\x14\0",
        b"\x1f\x8b\x08",
        b"\x7fELF\x02",
        b"SQLite format 3\0",
        b"\0" * 5_000,
        b"\xff" * 5_000,
        bytes(range(256)) * 40,
        b"\0",
        b"\0\x01\x02" * 90,
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(Refused) as caught:
        guard(data)
    assert caught.value.reason == "binary"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-32-be", "cp1251", "gb18030"])
def test_text_in_any_encoding_passes(codec):
    text = (
        "市政府宣布" if codec == "gb18030" else "Совет отложил" if codec == "cp1251" else "The council voted"
    )
    assert not refuses((f"<p>{text}</p>" * 100).encode(codec))


def test_a_page_with_some_nuls_passes():
    assert not refuses(b"<p>The council voted.</p> \0" * 40)


TAGS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b x=1>",
        "</b>",
        "<i>",
        "<a href='>'>",
        "</a>",
        "<br>",
        "<!--",
        "-->",
        "<",
        "x ",
        "<td>",
        "<table>",
        "</table>",
        "<script>",
        "</script>",
        '"',
        "'",
        "<select>",
        "<option>",
        "<svg>",
        "<![CDATA[",
        "<?x",
    ]
)


@given(st.lists(TAGS, max_size=80).map("".join))
def test_below_the_limits_nothing_changes(markup):
    assert flatten(markup) is markup


RUNS = ["<div>", "</div>", "<br>é€😀", "<p>x</p>", "😀" * 9, "<", "</"]


@given(st.lists(st.tuples(st.sampled_from(RUNS), st.integers(1, 1_500)), max_size=8))
@settings(max_examples=60)
def test_the_estimate_is_that_of_looking_up_every_end_tag(runs):
    raw = "".join(run * times for run, times in runs).encode()
    chunks = [raw[start : start + _CHUNK] for start in range(0, len(raw), _CHUNK)]
    depth, deep = 0, False
    for chunk in chunks:
        closers = chunk.count(b"</")
        openers = chunk.count(b"<") - closers
        deep = deep or depth + openers > _UNCLOSED
        depth = max(0, depth + openers - closers)
    assert _deep(chunks, [chunk.count(b"<") for chunk in chunks]) == deep


def test_an_ordinary_page_is_not_gone_through(monkeypatch):
    monkeypatch.setattr(sys.modules[tame.__module__], "flatten", lambda _: pytest.fail("gone through"))
    markup = f"<p>{' '.join(PARAGRAPHS)}</p>\n" * 1_000
    assert tame(markup) is markup


def elements(markup: str) -> int:
    return len(list(LexborHTMLParser(markup).root.traverse()))


@pytest.mark.parametrize("closed", ["", "</font>" * 30])
def test_open_formatting_is_not_rebuilt_in_every_block(monkeypatch, closed):
    """The limit is made small, so that the page may be: 30 open tags in each of 50 paragraphs."""
    words = [f"word{i}" for i in range(50)]
    bomb = "<p>" + "".join(f"<font color={i}>" for i in range(30))
    bomb += "".join(f"<p>{x}" for x in words) + closed
    assert elements(bomb) > 1_500
    monkeypatch.setattr(sys.modules["cleaner.read.flatten"], "MAX_ELEMENTS", 500)
    calm = flatten(bomb)
    assert elements(calm) <= 600
    assert LexborHTMLParser(calm).root.text(separator=" ").split() == words


def test_formatting_within_its_block_is_never_rebuilt(monkeypatch):
    monkeypatch.setattr(sys.modules["cleaner.read.flatten"], "MAX_ELEMENTS", 5_000)
    page = "<p><b>One</b> word <i>or <em>two</em></i></p>" * 200
    assert flatten(page) is page


@pytest.mark.parametrize(("opened", "found"), [(20, False), (60, True)])
def test_the_estimate_of_rebuilding_is_a_product(monkeypatch, opened, found):
    monkeypatch.setattr(sys.modules["cleaner.read.guard"], "_REBUILT", 20_000)
    raw = b"".join(b"<font color=%d>" % i for i in range(opened)) + b"<p>x</p>" * 400
    assert _rebuilds([raw], raw.count(b"<")) is found
