"""Structural heuristics for other stories: runs of teasers, link lists, titles that come back.

Each function answers with the indices of the blocks it would take out; `cleaner.judge.shapes.SHAPES` names
them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.judge.lines import View, is_loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FEWEST_ITEMS = 3
_PERIODS = (2, 3, 4, 5)
# Of a page of half a million lines only the last are looked at: no list of other stories is longer.
_MOST_LINES = 2_000
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]|\d{1,2}:\d\d|\d+ ?[hd]\b")
_TAIL = re.compile(r"[^\W\d_]+\W*$")
_TEASER_WORDS = 4
_MOST_INLINE = 6
_MANY_COMMENTS = 3
# The story can have ended where this part of the page's prose stands above.
_STORY_PART = 5
_TOPIC = re.compile(r"[^:]{2,40}[:?!] \S+ \S+ \S+")
# Summaries of other stories stay below this extent; most paragraphs of a story do not.
_LONG_PARAGRAPH = 320


def marked(view: View) -> Mapping[int, str]:
    """Blocks below a marker ("Related stories"), each under the marker's own rule.

    A region ends where the story goes on: at a long paragraph, or at two of finished prose in a row, since
    teasers are short and put a title before every summary. Where the story cannot have ended above, a region
    without such an end is only its marker. Known cost: a short paragraph of the story right below a
    marker, with a subhead after it, goes too.
    """
    found: dict[int, str] = {}
    lines = view.lines
    n = len(lines)
    above, resumption = _story_above(view), _resumptions(view)
    until = -1
    for i, rule in enumerate(lines.markers):
        if rule is None or view.gone[i]:
            continue
        found[i] = rule
        if i < until:
            continue
        until = resumption[i + 1]
        if until == n and not 0 < above[-1] <= above[i] * _STORY_PART:
            until = i + 1
        for j in range(i + 1, until):
            found.setdefault(j, rule)
    return found


def comments(view: View) -> Mapping[int, str]:
    """What readers wrote: from the first line that a rule takes for part of a comment section to the end.

    Extractors put comments last, and comments are prose that no shape tells from the story's. So the phrase
    must say it, and the story must stand above: two thirds of the page's prose, or a quarter where three such
    lines or more follow ("Anna says:", "Reply"). Spares comment counts and links above and inside the
    story. Known cost: a story that goes on below its own comment section ends there.
    """
    hits = view.lines.hits
    found = [i for i, rule in enumerate(hits) if rule is not None and rule.endswith("/comments")]
    above = _story_above(view) if found else [0]
    for n, i in enumerate(found):
        part = 4.0 if len(found) - n >= _MANY_COMMENTS else 1.5
        if 0 < above[-1] <= above[i] * part:
            return {j: hits[j] or hits[i] or "" for j in range(i, len(hits))}
    return {}


def _story_above(view: View) -> list[int]:
    """For each block the extent of the prose above it that is not gone; last, all the page's prose."""
    totals = [0]
    for i, (size, prose) in enumerate(zip(view.lines.extents, view.lines.prose, strict=True)):
        totals.append(totals[-1] + (size if prose and not view.gone[i] else 0))
    totals[-1] = sum([e for e, p in zip(view.lines.extents, view.lines.prose, strict=True) if p])
    return totals


def _resumptions(view: View) -> list[int]:
    """For each block the first at or after it where the story goes on, or the number of blocks."""
    lines = view.lines
    n = len(lines)
    found = [n] * (n + 1)
    for i in range(n - 1, -1, -1):
        goes_on = _is_story(view, i) and (
            lines.extents[i] >= _LONG_PARAGRAPH or (i + 1 < n and _is_story(view, i + 1))
        )
        found[i] = i if goes_on else found[i + 1]
    return found


def _is_story(view: View, i: int) -> bool:
    lines = view.lines
    return lines.prose[i] and lines.ends[i] and lines.blocks[i].kind == "paragraph" and not view.gone[i]


def teaser_run(view: View) -> Iterable[int]:
    """Other stories at the end without a marker: title, teaser, "By X Published", and again, and again.

    What gives them away is the rhythm: lines of the same sort in the same order, three times or more, down
    to the end of the page, with a date or one and the same last word ("Published") in each round. Lines
    that rules took out count for the rhythm. Spares question and answer, subhead and paragraph (a finished
    paragraph of prose is no teaser) and lists of results after a line that ends in a colon. Known cost:
    where a summary is a long finished sentence the rhythm breaks and the run ends.
    """
    everything = range(len(view.lines))
    live = [i for i in everything if not view.gone[i]]
    readings = (live, everything) if len(live) < len(everything) else (everything,)
    runs = [_rhythm(view, lines[-_MOST_LINES:], period) for lines in readings for period in _PERIODS]
    best = max(runs, key=len)
    if best and best[0] > 0 and view.blocks[best[0] - 1].text.endswith(":"):
        return ()
    return best


def _rhythm(view: View, live: Sequence[int], period: int) -> Sequence[int]:
    """The trailing run of rounds of `period` lines that are alike, or nothing."""
    rounds: list[Sequence[int]] = []
    end = len(live)
    while end - period >= 0:
        group = live[end - period : end]
        if not all(is_loose(view, i) or _is_unfinished(view, i) for i in group):
            break
        if rounds and not _alike(view, group, rounds[-1]):
            break
        rounds.append(group)
        end -= period
    if len(rounds) < _FEWEST_ITEMS or not any(_tells_apart(view, rounds, at) for at in range(period)):
        return ()
    return [i for group in reversed(rounds) for i in group]


def _is_unfinished(view: View, i: int) -> bool:
    return not view.lines.ends[i] and view.lines.extents[i] < 400


def _alike(view: View, a: Sequence[int], b: Sequence[int]) -> bool:
    """Same kinds, and bylines (short) where the other has bylines."""
    extents = view.lines.extents
    return all(
        (view.blocks[x].kind == "list-item") == (view.blocks[y].kind == "list-item")
        and (extents[x] < 45) + (extents[x] < 140) - (extents[y] < 45) - (extents[y] < 140) in (-1, 0, 1)
        for x, y in zip(a, b, strict=True)
    )


def _tells_apart(view: View, rounds: Sequence[Sequence[int]], at: int) -> bool:
    """Whether the lines at this place of each round are dates or end in one word."""
    texts = [view.blocks[group[at]].text for group in rounds]
    if max(map(len, texts)) > 80:
        return False
    dated = sum([_DATE.search(t) is not None for t in texts])
    tails = {m[0].casefold() if (m := _TAIL.search(t)) else t for t in texts}
    return dated * 5 >= len(texts) * 4 or len(tails) == 1


def repeated_teaser(view: View) -> Iterable[int]:
    """A title between paragraphs that comes back below the story: a video or another story, not a subhead.

    Its second copy must stand among lines already taken out. Spares a table of contents, whose copies stand
    above, and lines of fewer than three words. Known cost: a subhead quoted as a related title goes.
    """
    lines = view.lines
    last_prose = max((i for i, p in enumerate(lines.prose) if p and not view.gone[i]), default=-1)
    below = {
        view.blocks[i].key
        for i in range(last_prose + 1, len(lines))
        if view.gone[i] and lines.words[i] >= 3 and is_loose(view, i)
    }
    return [
        i
        for i in range(last_prose + 1)
        if not view.gone[i] and is_loose(view, i) and view.blocks[i].key in below
    ]


def link_list(view: View) -> Iterable[int]:
    """Three or more list items that are titles, below the last paragraph.

    Titles of other stories: four words or more each, none ending as a sentence does. A body list is spared by
    what comes before it (a line ending in a colon, a subhead), by what it is (sentences, short facts), or by
    prose after it; of several lists, the one below a colon stays for itself. Known cost: a closing list of
    unpunctuated long facts without a lead-in goes.
    """
    lines = view.lines
    last_prose = max((i for i, p in enumerate(lines.prose) if p and not view.gone[i]), default=None)
    if last_prose is None:
        return []
    items: list[int] = []
    introduced = False
    for i in range(last_prose + 1, len(lines)):
        if view.gone[i]:
            continue
        if view.blocks[i].kind != "list-item":
            introduced = view.blocks[i].text.endswith(":")
            if not items and (introduced or view.blocks[i].kind == "heading"):
                return []
        elif not introduced:
            items.append(i)
    if len(items) < _FEWEST_ITEMS or view.blocks[last_prose].text.endswith(":"):
        return []
    titles = sum([lines.words[i] >= _TEASER_WORDS and 25 <= lines.extents[i] <= 140 for i in items])
    finished = sum([view.blocks[i].text.endswith((".", ";", ",")) for i in items])
    return items if titles >= 0.8 * len(items) and finished * 5 < len(items) else []


def inline_teasers(view: View) -> Iterable[int]:
    """Two list items or more between paragraphs, each a title with a topic: "Weather: Storm hits coast".

    Some outlets set links to other stories so after any paragraph. Spares lists that something introduces
    (a line ending in a colon, a subhead, a title), items that are sentences or short facts ("Fill: 650 g"),
    and lists where fewer than two thirds of the items have a topic. Known cost: an unintroduced list of
    long labelled facts goes.
    """
    found: list[int] = []
    blocks, lines = view.blocks, view.lines
    i, n = 1, len(blocks)
    while i < n:
        start = i
        while i < n and blocks[i].kind == "list-item":
            i += 1
        items = range(start, i)
        i += 1
        if not 2 <= len(items) <= _MOST_INLINE or not (lines.ends[start - 1] and lines.prose[start - 1]):
            continue
        topics = sum([_TOPIC.match(blocks[k].text) is not None for k in items])
        titles = all(lines.words[k] >= 5 and 30 <= lines.extents[k] <= 140 for k in items)
        if (
            titles
            and topics * 3 >= len(items) * 2
            and not any(blocks[k].text.endswith((".", ";", ",")) for k in items)
        ):
            found.extend(items)
    return found
