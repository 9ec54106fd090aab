"""What is set aside before blocks are weighed, what is weighed, and what stays."""

from __future__ import annotations

from cleaner import Cleaner

PARAGRAPHS = [
    f"Paragraph {n} tells how the {noun} was mended in the spring, who paid for it, what the mayor said of "
    f"the delay of {n + 3} months, and why the people of the quarter went on using the ferry all the while."
    for n, noun in enumerate(["bridge", "railing", "lamp post", "pavement", "tram line", "quay"])
]
LAST = "The table counts all clubs of the league that play on this side of the river, and will change in May."
STORY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
PAGE = "<html><body><article><h1>The bridge is open again</h1>{}</article></body></html>"


def _rules(html: str) -> dict[str, str]:
    return {removal.text[:40]: removal.rule for removal in Cleaner().clean(html).removed}


def test_a_long_paragraph_alone_stays() -> None:
    article = Cleaner().clean(PAGE.format(f"<p>{' '.join(PARAGRAPHS)}</p>"))
    assert PARAGRAPHS[0] in article.body
    assert PARAGRAPHS[-1] in article.body


def test_a_long_paragraph_that_is_quoted_twice_stays() -> None:
    long = " ".join(PARAGRAPHS)
    article = Cleaner().clean(PAGE.format(f"<p>{long}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[3]}</p>"))
    assert long in article.body


def test_comments_are_named() -> None:
    comments = "".join(
        f"<p>I walked over it {n} times today and it still shakes. Who checks this?</p>" for n in "1234"
    )
    rules = _rules(PAGE.format(STORY) + f'<section class="comments">{comments}</section>')
    assert {rule for text, rule in rules.items() if text.startswith("I walked")} == {"layout/comments"}


def test_the_rows_of_a_long_table_are_weighed_to_the_last() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Club {n}</td><td>{90 - n} points</td></tr>" for n in range(1, 31))
    article = Cleaner().clean(PAGE.format(f"{STORY}<table>{rows}</table><p>{LAST}</p>"))
    assert [f"{n} | Club {n} | {90 - n} points" in article.body for n in (1, 15, 30)] == [True, True, True]
