# ruff: noqa: E501 - a case is a line
"""Site files of ftr-site-config to rule files; XPath to CSS."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_help import html_page, outlet, removed

import cleaner
from cleaner.rules.apply.markup import prepare
from cleaner.rules.apply.xpath import Mirror
from cleaner.rules.format.parse import check_file
from cleaner.rules.ftr.importer import Imported, import_path, import_text
from cleaner.rules.ftr.xpath_to_css import to_css
from cleaner.rules.library import Rules

SAMPLES = Path(__file__).parent / "ftr"

EXACT = [
    ("//div[@class='a b']", 'div[class="a b"]', None),
    ('//div[@id="x"]//p', 'div[id="x"] p', None),
    ("/html/body/div", "html > body > div", None),
    ("//article/section[1]/p", "article > section:nth-of-type(1) > p", None),
    ("//p[last()]", "p:last-of-type", None),
    ("//ul/*[position()=2]", "ul > *:nth-child(2)", None),
    ("//h1[contains(@class,'t')]", 'h1[class*="t"]', None),
    ("//*[contains(concat(' ', normalize-space(@class), ' '), ' promo ')]", '[class~="promo"]', None),
    ("//*[contains(concat(' ',@class,' '),' promo ')]", '[class~="promo"]', None),
    ("//meta[@property='og:title']/@content", 'meta[property="og:title"]', "content"),
    ("//@title", "[title]", "title"),
    ("//div[@a and not(@b)]", "div[a]:not([b])", None),
    ("//div[@a='1' or @b='2']/p | //aside", 'div[a="1"] > p, div[b="2"] > p, aside', None),
    ("//p[.//img]", "p:has(img)", None),
    ("//div[p/a]", "div:has(> p > a)", None),
    ("//a[starts-with(@href, 'x')]", 'a[href^="x"]', None),
    ("//h2/following-sibling::p", "h2 ~ p", None),
    ("//div[@class!='x']", 'div[class]:not([class="x"])', None),
    ("//div[@t='it\"s']", 'div[t="it\\"s"]', None),
]


@pytest.mark.parametrize(("path", "css", "attribute"), EXACT)
def test_exact_translations(path: str, css: str, attribute: str | None) -> None:
    assert to_css(path) == (css, attribute)


@pytest.mark.parametrize(
    "path",
    [
        "//p/text()", "(//p)[1]", "//div[contains(., 'x')]", "//div[text()='x']", "//div[@class='x'][2]", "//p[1][2]", "//A",
        "//p/..", "//p/parent::div", "//p/ancestor::div", "//p/preceding-sibling::h2", "//div//@title", "string(//p)",
        "normalize-space(//h1)", "//div[contains(@id, '')]", "//div[@x=5]", "//div[count(p)=2]", "p", "", "//div[", "//", "//div[@a='1']/@b | //p",
        "//p[position()>2]", "//*[1]", "//h2/following-sibling::p[1]", "//div/descendant::p[1]", "//div[a/@href='x']", "//*[self::p]",
    ],
)  # fmt: skip
def test_what_css_cannot_say_is_left_alone(path: str) -> None:
    assert to_css(path) is None


STEP = st.sampled_from(["p", "div", "a", "*"])
TEST = st.sampled_from(["", "", "[1]", "[last()]", "[@class]", "[@class='x']", "[@class='x y']", "[contains(@class,'x')]", "[not(@class)]", "[@id='i' or @class='y']", "[@class!='x']",
                        "[contains(concat(' ',normalize-space(@class),' '),' x ')]", "[starts-with(@class,'x')]", "[p]", "[.//a]", "[not(.//a) and @class]", "[2][@class]", "[div/p]"])  # fmt: skip
JOINT = st.sampled_from(["//", "/", "/following-sibling::"])
PATHS = st.builds(
    lambda first, rest: "//" + "".join(first) + "".join(f"{j}{s}{t}" for j, s, t in rest),
    st.tuples(STEP, TEST), st.lists(st.tuples(JOINT, STEP, TEST), max_size=2),
)  # fmt: skip
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<div class=x>",
        "<div class='x y'>",
        "<p class=y>",
        "<p id=i>",
        "<a class=x>",
        "</a>",
        "text",
        "<div class=xz>",
    ]
)


@given(PATHS, st.lists(TAGS, max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_a_translation_finds_what_the_path_finds(path: str, body: str) -> None:
    found = to_css(path)
    page = html_page(f"<p>x</p>{body}")
    if found is not None and page.elements is not None and page.tree is not None:
        mirror = Mirror(page)
        by_path = {mirror.row(x) for x in mirror.find(path)}
        by_css = {page.elements.ids.index(x.mem_id) for x in page.tree.css(found[0])}
        assert by_css == by_path


def read_back(found: Imported) -> object:
    rules, problems = check_file(found.text.encode(), "f.yaml", found.name, "outlet")
    assert [str(x) for x in problems] == []
    return rules


def test_sample_file() -> None:
    found = next(x for x in import_path(SAMPLES) if x.name == "herald.example")
    assert found.text.splitlines()[1:] == [
        "outlet: herald.example",
        "hosts: [herald.example]",
        "prune: false",
        "skip_jsonld: true",
        "headline:",
        "  - {css: 'h1[class=\"headline\"]'}",
        "  - {css: 'meta[property=\"og:title\"]', attr: 'content'}",
        "date:",
        "  - {css: 'time', attr: 'datetime'}",
        "authors:",
        "  - {css: 'a[rel*=\"author\"]'}",
        "  - {xpath: 'substring-after(//p[@class=''byline''], ''By '')'}",
        "body:",
        '  - {css: \'div[id="story"] div[class~="text"]\'}',
        "  - {css: 'article'}",
        "remove:",
        "  - {name: strip-11, css: 'div[class=\"promo\"], div[class=\"share\"]', why: 'strip: //div[@class=''promo'' or @class=''share'']'}",
        "  - {name: strip-12, xpath: '//p[contains(., ''Sign up'')]', why: 'strip: //p[contains(., ''Sign up'')]'}",
        "  - {name: strip-14, css: '[class~=\"related\"], [id=\"related\"]', why: 'strip_id_or_class: ''related'''}",
        "  - {name: strip-15, css: '[class~=\"ad\"], [id=\"ad\"]', why: 'strip_id_or_class: ad'}",
        "  - {name: strip-16, xpath: '//*[contains(concat('' '', normalize-space(@class), '' ''), '' box wide '') or @id=''box wide'']', why: 'strip_id_or_class: box wide'}",
        "markup:",
        "  - {find: '<br><br>', with: '</p><p>'}",
        "  - {find: '<noscript>', with: '<div>'}",
        "tests:",
        "  - {url: 'https://herald.example/news/1', contains: ['The council met: again', 'It''s late']}",
        "  - {url: 'https://herald.example/news/2'}",
    ]
    read_back(found)
    outcomes = {
        x.outcome
        for x in found.notes
        if x.directive not in {"single_page_link", "strip_image_src", "strip_attr", "tidy"}
    }
    assert outcomes == {"carried", "no effect"}
    assert [(x.line, x.outcome) for x in found.notes if x.directive == "single_page_link"] == [(27, "online")]


def test_each_site_file_of_a_folder_is_read_once() -> None:
    assert sorted(x.name for x in import_path(SAMPLES)) == ["blogs.example-any", "herald.example"]


def test_what_cannot_be_carried_is_told_with_its_line() -> None:
    found = next(x for x in import_path(SAMPLES) if x.name == "blogs.example-any")
    assert "hosts: ['*.blogs.example']" in found.text
    lost = [(x.line, x.directive) for x in found.notes if x.outcome == "not carried"]
    assert lost == [
        (2, "strip"), (3, "find_string"), (4, "strip_id_or_class"), (5, "nonsense line"), (6, "move_into"),
        (7, "autodetect_on_failure"), (8, "test_contains"), (9, "strip"),
    ]  # fmt: skip
    assert all(
        x.message and str(x).startswith(f"{SAMPLES}/.blogs.example.txt:{x.line}: ")
        for x in found.notes
        if x.message
    )
    read_back(found)


@pytest.mark.parametrize("name", ["LICENSE.txt", "read me.txt", ".txt", "a..b.txt"])
def test_a_file_that_names_no_host_is_no_rule_file(name: str) -> None:
    found = import_text("body: //p", name, name)
    assert found.text == ""
    assert found.notes[0].outcome == "not carried"


def test_whole_names_only() -> None:
    page = html_page("<p class='ad x'>one</p><p class=shadow>two</p><p id=ad>three</p>")
    rules = outlet(import_text("strip_id_or_class: ad", "example.com.txt", "f").text)
    assert set(removed(rules, page)) == {"one", "three"}


def test_xpath_strips_elements_not_the_owners_of_attributes() -> None:
    page = html_page("<p title=x>one</p><p>two</p><p>Sign up</p>")
    rules = outlet("remove: [{name: a, xpath: \"//p/@title | //p[.='Sign up']\"}]")
    assert set(removed(rules, page)) == {"Sign up"}


def test_imported_rules_at_work(tmp_path: Path) -> None:
    found = next(x for x in import_path(SAMPLES) if x.name == "herald.example")
    (tmp_path / "herald.example.yaml").write_text(found.text)
    text = "<p>The council met on Monday to talk about the bridge, and it agreed to build it.</p>" * 2
    page = f"""<html><head><title>x</title><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Wrong"}}</script></head><body>
    <h1 class=headline>The bridge is to be built</h1><p class=byline>By Ann Lee</p><time datetime="2020-01-09">9 Jan</time>
    <div id=story><div class="a text">{text}<p>A line<br><br>Another line</p><p>Sign up now for more</p><div class=promo><p>Promo text here</p></div>
    <p class=related>Other story of the day</p></div></div><footer>Imprint</footer></body></html>"""
    article = cleaner.Cleaner(rules=[tmp_path]).clean(page, url="https://www.herald.example/news/1")
    assert (article.outlet, article.headline, article.date) == (
        "herald.example",
        "The bridge is to be built",
        "2020-01-09",
    )
    assert article.authors == ("Ann Lee",)
    rules = Rules.load([tmp_path])
    read = html_page(page, url="https://www.herald.example/news/1")
    found_outlet = rules.match(read)
    mended = prepare(read, found_outlet, page)
    assert mended.jsonld == ()
    assert {"A line", "Another line"} <= {x.text for x in mended.blocks}
    taken = removed(found_outlet, mended)
    assert taken == {
        "Sign up now for more": "herald.example/strip-12",
        "Promo text here": "herald.example/strip-11",
        "Other story of the day": "herald.example/strip-14",
    }


def test_pages_are_read_once_unless_their_markup_is_mended() -> None:
    page = html_page("<p>One<p>Two", url="https://a.com/")
    plain = outlet("markup: [{find: '<hr>', with: ''}]\nskip_jsonld: true")
    assert prepare(page, plain, "<p>One<p>Two") is page
    assert prepare(page, None, "<p>One") is page
    again = prepare(page, outlet("markup: [{find: One, with: Uno}]"), b"<p>One<p>Two")
    assert [x.text for x in again.blocks] == ["Uno", "Two"]
    assert again.url == "https://a.com/"
    emptied = outlet("markup: [{find: '<p>', with: ''}, {find: One, with: ''}, {find: Two, with: ''}]")
    assert prepare(page, emptied, "<p>One<p>Two") is page


DIRECTIVES = ["title", "body", "author", "date", "strip", "strip_id_or_class", "strip_attr", "prune", "find_string", "replace_string", "replace_string(a)", "replace_string()",
              "skip_json_ld", "test_url", "test_contains", "tidy", "next_page_link", "what", "#"]  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=20),
    PATHS,
    st.sampled_from(["yes", "no", "'a'", "a: b", "//p[", "it's", "a # b", "<br />", "- x", "{a}", "\\"]),
)


@given(st.lists(st.tuples(st.sampled_from(DIRECTIVES), VALUES), max_size=8))
@settings(max_examples=300, deadline=None)
def test_any_site_file_makes_a_sound_rule_file(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{directive}: {value}" for directive, value in lines)
    found = import_text(text, "example.com.txt", "example.com.txt")
    read_back(found)
    assert all(x.message for x in found.notes if x.outcome != "carried")
    told = {x.line for x in found.notes}
    stated = {
        n
        for n, line in enumerate(text.splitlines(), 1)
        if line.strip(" \t\x00") and not line.strip().startswith("#")
    }
    assert told <= stated
