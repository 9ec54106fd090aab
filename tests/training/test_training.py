"""Training helpers: labels, publishers, and evidence that never comes from a page's own publisher."""

from __future__ import annotations

import math

from cleaner.read.html_reader import read_html
from cleaner.training.corpora import AnnotatedPage, publisher
from cleaner.training.labels import segment_labels, shares, tokens
from cleaner.training.name_scores import count_hooks, count_words, hook_counts, word_counts


def test_long_blocks_are_found_anywhere_and_short_ones_only_in_place() -> None:
    one = "The council met on Monday evening to talk about the bridge and its cost."
    two = "It will meet again in two weeks, after the holidays, in the same town hall."
    blocks = ["Politics", one, "World", two, "Read more about it"]
    assert shares(blocks, f"{one}\n\nWorld\n\n{two}") == [0.0, 1.0, 1.0, 1.0, 0.0]


def test_a_menu_entry_far_from_the_story_is_no_part_of_it() -> None:
    story = [f"Sentence number {n} of a story that goes on about a bridge for a while." for n in range(3)]
    menu = [f"Entry {n}" for n in range(30)]
    assert shares(["World", *menu, *story], "\n\n".join(["World", *story]))[0] == 0.0


def test_segments_label_what_they_touch() -> None:
    long = "A paragraph with the wanted words in it, and with some more words around them."
    labels = segment_labels([long, "wanted words", "Share this", "else"], ["wanted words"], ["Share this"])
    assert labels[0] == 1.0
    assert math.isnan(labels[1])
    assert labels[2] == 0.0
    assert math.isnan(labels[3])


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert len(tokens("橋は月曜日の夜に閉鎖されると発表された")) > 10
    assert tokens("Two words") == ["two", "words"]


def test_sister_sites_are_one_publisher() -> None:
    assert publisher("https://www.bbc.co.uk/news/1", "x") == publisher("https://bbc.com/news/2", "y") == "bbc"
    assert publisher(None, "fallback") == "fallback"
    assert publisher(None, "herald-3") == "herald"


def test_a_text_has_the_annotator_of_its_page() -> None:
    def annotator(corpus: str, name: str) -> str:
        return AnnotatedPage(corpus, name, None, "x", b"", "", "article").annotator

    assert annotator("text-dump", "fundus-tests/at-1") == annotator("fundus-eval", "CNBC_0") == "fundus"
    assert annotator("wcxb-others", "1") == annotator("text-markdown", "wcxb-articles/1") == "wcxb"
    assert annotator("scrapinghub", "1") == "scrapinghub"


def test_scores_leave_the_own_publisher_out() -> None:
    counts = hook_counts()
    page = read_html(
        "<div class=story><p>Some text of the story</p></div>", url=None, source=None, charset=None
    )
    for name in ("a", "b", "c", "d"):
        count_hooks(counts, name, page, [1.0])
    whole = counts.scores()
    assert whole["story"] > 1.0
    assert "story" not in counts.without("d", whole)
    assert counts.without("elsewhere", whole) == whole


def test_words_are_counted_once_a_block() -> None:
    counts = word_counts()
    for n in range(8):
        count_words(counts, f"p{n}", ["subscribe subscribe now", "the story goes on"], [0.0, 1.0])
    scores = counts.scores()
    assert scores["subscribe"] < -1.0
    assert scores["story"] > 1.0
