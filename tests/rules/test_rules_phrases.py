"""Generic rule files: lines, markers, exceptions, and which languages are asked."""

from __future__ import annotations

import pickle

from rules_help import html_page, marked, rules, said, source, stream

from cleaner.rules import Phrases

EN = r"""
language: en
keep: [{line: '^read more: the book'}]
remove:
  - {name: read-more, line: ['^Read more: ', '^see also\b'], why: x}
  - {name: related, from: '^related stories$', why: x}
  - {name: caption, line: '^image', kind: caption, why: x}
  - {name: top, line: '^menu$', first: 2, why: x}
  - {name: box, css: .newsletter, why: x}
split: [{name: video, text: '^(Watch now)\p{Lu}', why: x}]
"""
DE = "language: de\nwords: [der, die, und, nicht]\nremove: [{name: mehr, line: '^mehr zum thema', why: x}]"


def phrases(*extra: str) -> Phrases:
    return rules(source(EN, "en", "generic"), source(DE, "de", "generic")).phrases


def test_lines_are_named() -> None:
    keys = ["read more: a story", "a story", "see also: x", "see alsox", "menu"]
    assert said(phrases(), keys) == ["en/read-more", None, "en/read-more", None, None]
    assert said(phrases(), ["mehr zum thema: x"]) == ["de/mehr"]


def test_keep_makes_an_exception() -> None:
    assert said(phrases(), ["read more: the book of", "read more: the film"]) == [None, "en/read-more"]


def test_markers_are_only_reported() -> None:
    keys = ["related stories", "one", "related stories here"]
    assert marked(phrases(), keys) == ["en/related", None, None]
    assert said(phrases(), keys) == [None, None, None]


def test_kinds_and_places() -> None:
    keys = ["image of a cat", "menu", "menu"]
    assert said(phrases(), keys) == [None, "en/top", None]
    assert said(phrases(), keys, ["caption", "paragraph", "paragraph"]) == ["en/caption", "en/top", None]
    assert said(phrases(), keys, ["paragraph"] * 3) == [None, "en/top", None]


def test_long_paragraphs_stay() -> None:
    assert said(phrases(), ["read more: " + "x " * 200]) == [None]


def test_language_is_asked_where_its_words_are() -> None:
    english = [
        "the quick brown fox of the story goes on and on",
        "with some more words so that it is no short text at all",
    ]
    assert said(phrases(), [*english, "mehr zum thema"])[-1] is None
    german = [
        "der schnelle fuchs und die geschichte gehen immer weiter",
        "mit noch mehr wörtern damit der text nicht kurz ist",
    ]
    assert said(phrases(), [*german, "mehr zum thema"])[-1] == "de/mehr"


WORDS = {"de": "der, die, und, nicht", "ja": "の, は, を, が, に", "ru": "и, не, на, что"}


def asked(*keys: str) -> list[str]:
    """The languages that a page of these lines is asked about."""
    form = "language: {0}\nwords: [{1}]\nremove: [{{name: any, line: '.', why: x}}]"
    every = {x: rules(source(form.format(x, y), x, "generic")).phrases for x, y in WORDS.items()}
    return [x for x, found in every.items() if any(said(found, keys))]


def test_words_without_spaces_are_found_by_their_characters() -> None:
    japanese = ["港の橋は去年の台風で壊れ、町は再建を急いでいる。", "市長が会見で明らかにした。"]
    assert asked(*japanese) == ["ja"]
    assert asked(*japanese, *(f"word{i}" for i in range(99))) == ["ja"]
    assert asked("港口大桥去年被台风摧毁,市政府正在抓紧重建。", "市长在记者会上宣布。") == []
    assert asked("日本語 → 中文", *(f"word{i}" for i in range(99))) == []


def test_few_words_ask_the_languages_of_their_script() -> None:
    assert asked("read more") == ["de"]
    assert asked("12:30") == ["de"]
    assert asked("関連記事") == ["ja"]
    assert asked("читайте также") == ["ru"]
    assert asked("читайте также: bbc") == ["de", "ru"]
    assert asked("to the ferry") == []


def test_glued_labels_are_cut_off() -> None:
    found = phrases().edited(stream(["Watch nowTrump says", "Watch now", "A story"]))
    assert {i: (x.rule, x.action, x.text) for i, x in found.items()} == {
        0: ("en/video", "edit", "Trump says")
    }


def test_selectors_of_generic_files() -> None:
    page = html_page("<p>One.</p><div class=newsletter><p>Sign up.</p></div>")
    found = phrases().selected(page)
    assert {page.blocks[i].text: v.rule for i, v in found.items()} == {"Sign up.": "en/box"}


def test_pickles() -> None:
    again = pickle.loads(pickle.dumps(phrases()))
    assert said(again, ["see also: x"]) == ["en/read-more"]


def test_without_files_nothing_is_removed() -> None:
    assert said(Phrases(), ["read more: x"]) == [None]
    assert marked(Phrases(), []) == []
    assert Phrases().edited(stream(["x"])) == {}
