"""Invented pages of an invented outlet, as a person would save two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HOST = "news.example"
BRIDGE = (
    (
        "The minister opened the new bridge on Thursday, after eleven years of work, two changes of plan and "
        "one winter in which the piers stood in the ice and nobody came to look at them."
    ),
    "It is four kilometres long and carries trains as well as cars, which no other bridge of ours does.",
    "Engineers had warned that its foundations would need a winter before they could bear a freight train.",
    "“We have waited long enough,” said the mayor of the smaller town, who crossed it on her bicycle.",
)
ORCHARD = (
    (
        "Three families who share an orchard north of the city have ended a quarrel that began with a pear "
        "tree, and went on for longer than most of the trees in that orchard have lived."
    ),
    "It stands on the line between two plots, and its fruit falls on the third, which belongs to a school.",
    "A court was asked twice to say whose pears they were, and twice it answered that it would rather not.",
    "“The children were fairer than any of us,” said the oldest of the neighbours, and baked them a cake.",
)


def story(
    title: str,
    paragraphs: tuple[str, ...],
    number: int,
    *,
    day: str = "09.01.2020",
    by: str = "Ann Berg",
    extra: str = "",
    head: str = "",
    container: str = "story",
) -> str:
    """One page: navigation, story with its furniture, other stories, foot."""
    first, *rest = (f"<p>{x}</p>" for x in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{title} | News Example</title>
<meta property="og:site_name" content="News Example">
<link rel="canonical" href="https://www.{HOST}/2020/{number}">{head}</head><body>
<div class="nav"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></div>
<div class="page css-1x2y3z">
<h1 class="headline">{title}</h1>
<div class="byline">By {by}</div><div class="dateline">Oslo, {day}</div>
<div class="{container}">
{first}
<div class="newsletter-box"><p>The morning letter</p><p>All that matters, in your inbox</p></div>
{rest[0]}
<p>Support us: become a friend of the paper</p>
{"".join(rest[1:])}
{extra}
<p class="tip-line">Do you know more? Write to tips@{HOST}, or call 555 0{number}.</p>
</div>
<div class="also"><h3>More stories</h3><ul>
<li><a href="/1">A tunnel is late again, and nobody says why</a></li>
<li><a href="/2">The last ferry has a new captain, and she is nineteen</a></li></ul></div>
</div>
<div class="foot"><p>© 2020 News Example. All rights reserved.</p></div>
</body></html>
"""


def two_pages(folder: Path, **options: str) -> list[Path]:
    bridge, orchard = folder / "bridge.html", folder / "orchard.html"
    bridge.write_text(story("A bridge at last", BRIDGE, 1, **options), encoding="utf-8")
    second = story("Whose pears are they?", ORCHARD, 2, day="14.02.2020", by="Bo Lind", **options)
    orchard.write_text(second, encoding="utf-8")
    return [bridge, orchard]
