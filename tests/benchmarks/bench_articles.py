"""Articles of any length, made of invented sentences; the same size gives the same page.

Each shape is one that grows on real pages: `SHAPES` maps its name to a function from the number of
paragraphs to the input of `clean()`.
"""

from __future__ import annotations

import html
import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WHO = (
    "The council", "A spokesman for the ministry", "The engineers who built it", "Residents of the old town",
    "The head of the union", "Two of the drivers", "The court in the capital", "Farmers from the south",
    "The owner of the ferry", "A group of parents", "The new mayor", "Nobody at the station",
)  # fmt: skip
_DID = (
    "said that", "did not know whether", "had been told that", "wrote in a letter that", "was sure that",
    "asked why", "will have to explain how", "could not say when", "has always held that", "denied that",
)  # fmt: skip
_WHAT = (
    "the bridge would be closed to all traffic", "the price of wheat had risen again",
    "there was water in the cellar of the school", "the talks with the strikers were going on",
    "most of the money had been spent on the pier", "the last train had left without them",
    "it would take more than a year to mend the roof", "the report had never been published",
    "the fire began in an empty house by the river", "an offer was made and then withdrawn",
)  # fmt: skip
_WHEN = (
    "on Tuesday", "before the end of the year", "in the morning of the second day", "after a long debate",
    "when the rain came", "for the third time since the war", "as they had in every year", "a week later",
    "at a meeting in the town hall", "once the results were known",
)  # fmt: skip
TITLE = "Engineers look at the northern pier again"


def sentences(paragraphs: int, seed: int = 1) -> Iterator[str]:
    """One short paragraph after the other: 40,000 stay below the limit of an input's size, even twice."""
    chance = random.Random(seed)
    for number in range(paragraphs):
        said = " ".join(chance.choice(x) for x in (_WHO, _DID, _WHAT, _WHEN))
        yield f"{said}, witness {number} said."


def page(body: str, head: str = "", after: str = "") -> str:
    """The body in what stands around it on a news page."""
    menu = "".join(f'<li><a href="/s{i}">Section {i}</a></li>' for i in range(12))
    more = "".join(f'<li><a href="/m{i}">Another story number {i}</a></li>' for i in range(12))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Example News</title>{head}'  # noqa: E501
        f'</head><body><header><nav class="menu"><ul>{menu}</ul></nav></header><main><article><h1>{TITLE}</h1>'  # noqa: E501
        f'<p class="byline">By Anna Example</p><time datetime="2020-01-08">8 January 2020</time>'
        f'<div class="story">{body}</div></article>{after}</main>'
        f'<footer class="footer"><ul>{more}</ul></footer></body></html>'
    )


def paragraphs(n: int) -> str:
    return page("".join(f"<p>{x}</p>\n" for x in sentences(n)))


def linked(n: int) -> str:
    """Links and inline elements in every paragraph, a subhead before every tenth."""
    parts = []
    for i, x in enumerate(sentences(n)):
        parts.append(f"<h2>Part {i} of it</h2>" if i % 10 == 0 else "")
        parts.append(
            f'<p><strong>{x[:10]}</strong>{x[10:20]}<a href="/a/{i}">{x[20:30]}</a><em>{x[30:]}</em></p>'
        )
    return page("".join(parts))


def flat_list(n: int) -> str:
    items = "".join(f"<li>{x}</li>" for x in sentences(n - n // 10))
    return page("".join(f"<p>{x}</p>" for x in sentences(n // 10, 2)) + f"<ul>{items}</ul>")


def nested_lists(n: int) -> str:
    """Lists of three levels, ten items each."""
    parts = []
    for i, x in enumerate(sentences(n)):
        parts.append(f"<ul><li>Part {i}<ul>" if i % 100 == 0 else "")
        parts.append(f"<li>Point {i}<ul>" if i % 10 == 0 else "")
        parts.append(f"<li>{x}</li>")
        parts.append("</ul></li>" if i % 10 == 9 else "")
        parts.append("</ul></li></ul>" if i % 100 == 99 else "")
    return page("".join(parts))


def boxes(n: int) -> str:
    """Every paragraph in boxes of its own, as page builders write them."""
    return page(
        "".join(f'<div class="row r{i}"><div><p>{x}</p></div></div>' for i, x in enumerate(sentences(n)))
    )


def nested_boxes(n: int) -> str:
    """Boxes in boxes, a hundred deep, time and again."""
    said = list(sentences(n))
    runs = [said[i : i + 100] for i in range(0, n, 100)]
    return page("".join("".join(f"<div><p>{x}</p>" for x in run) + "</div>" * len(run) for run in runs))


def table(n: int) -> str:
    rows = "".join(f"<tr><td>{x[:30]}</td><td>{x[30:]}</td></tr>" for x in sentences(n - n // 2))
    return page("".join(f"<p>{x}</p>" for x in sentences(n // 2, 2)) + f"<table>{rows}</table>")


def cards(n: int) -> str:
    """A short story with teasers of other stories below it."""
    teasers = "".join(
        f'<div class="card"><h3><a href="/t/{i}">{x[:30]}</a></h3><p>{x}</p><p>By Anna Example</p></div>'
        for i, x in enumerate(sentences(n // 3))
    )
    return page(
        "".join(f"<p>{x}</p>" for x in sentences(20, 2)),
        after=f'<section class="related">{teasers}</section>',
    )


def comments(n: int) -> str:
    """A short story with readers' comments below it."""
    said = "".join(
        f'<div class="comment"><b>Reader {i}</b> <span>8 January 2020</span><p>{x}</p></div>'
        for i, x in enumerate(sentences(n // 3))
    )
    return page(
        "".join(f"<p>{x}</p>" for x in sentences(20, 2)), after=f'<section id="comments">{said}</section>'
    )


def witnessed(n: int) -> str:
    """The body a second time in the page's JSON-LD."""
    said = list(sentences(n))
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(said)}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return page("".join(f"<p>{html.escape(x)}</p>" for x in said), head=head)


def repeated(n: int) -> str:
    """Few different lines, each many times, and short lines between prose."""
    said = list(sentences(7))
    return page("".join(f"<p>{said[i % 7]}</p><p>Read more: the pier</p>" for i in range(n // 2)))


def lines(n: int) -> str:
    """No prose at all: links, subheads and dates."""
    kinds = (
        "<p><a href='/x'>{}</a></p>",
        "<h2>{}</h2>",
        "<p>{}</p>",
        "<time>8 January 2020</time><div>{}</div>",
    )
    return page("".join(kinds[i % 4].format(x[:30]) for i, x in enumerate(sentences(n))))


def captions(n: int) -> str:
    """Bylines, dates, pictures with captions and credits, and promos between the paragraphs."""
    noise = (
        '<p class="byline">By Anna Example</p>',
        '<figure><img src="/{0}.jpg"><figcaption>The pier, seen from side {0}. Photo: Reuters</figcaption></figure>',  # noqa: E501
        "<p>Read more: the pier, part {0}</p>",
        '<p class="date">Published {0} January 2020</p>',
        "<p><strong>Sign up for our newsletter</strong></p>",
    )
    parts = (f"<p>{x}</p>{noise[i % 5].format(i)}" for i, x in enumerate(sentences(n // 2)))
    return page("".join(parts))


def heads(n: int) -> str:
    """A short story whose head states n things, and n more in JSON-LD."""
    said = "".join(f'<meta property="article:tag" content="{x[:30]}">' for x in sentences(n // 2))
    graph = [{"@type": "Person", "@id": f"#{i}", "name": x[:20]} for i, x in enumerate(sentences(n // 2, 2))]
    data = {
        "@graph": [
            *graph,
            {"@type": "NewsArticle", "headline": TITLE, "author": [{"@id": g["@id"]} for g in graph]},
        ]
    }
    head = f'{said}<script type="application/ld+json">{json.dumps(data)}</script>'
    return page("".join(f"<p>{x}</p>" for x in sentences(20, 3)), head=head)


def text(n: int) -> str:
    return f"{TITLE}\n\nBy Anna Example\n\n" + "\n\n".join(sentences(n))


def noisy_text(n: int) -> str:
    """Lines of a story, of teasers and of promos, by turns."""
    noise = (
        "Read more: Prices rise",
        "Share this",
        "By Anna Example Published 8 January 2020",
        "Image caption The pier",
    )
    lines = (f"{x}\n{noise[i % 4]}" if i % 5 == 4 else x for i, x in enumerate(sentences(n)))
    return f"{TITLE}\n" + "\n".join(lines)


SHAPES: dict[str, Callable[[int], str]] = {
    "paragraphs": paragraphs,
    "linked": linked,
    "list": flat_list,
    "nested-lists": nested_lists,
    "boxes": boxes,
    "nested-boxes": nested_boxes,
    "table": table,
    "cards": cards,
    "comments": comments,
    "articlebody": witnessed,
    "repeated": repeated,
    "lines": lines,
    "captions": captions,
    "heads": heads,
    "text": text,
    "noisy-text": noisy_text,
}
