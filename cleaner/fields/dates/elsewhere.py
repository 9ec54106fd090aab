"""Dates away from the headline: labelled or named as the publication's, or the only one of the page.

Enters: `PageFacts`. Leaves: `Found`s. Far from the headline a date is taken only where all that say it is
the story's name one day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.fields.dates.date_text import find_date, parse_date
from cleaner.fields.dates.day_month_order import date_order
from cleaner.fields.dates.near_headline import (
    ASIDE_HOOK,
    DATE_HOOK,
    HAS_DIGITS,
    LONGEST_BEFORE,
    LONGEST_LINE,
    NOT_THE_STORY,
    PUBLISHED_LABEL,
    Dated,
    hook_kind,
    hooks_around,
    is_dateline,
    is_label,
    kind_of,
    line_dates,
    rows_up,
)
from cleaner.fields.resolver import Found
from cleaner.languages import alternatives, entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Block

# What a page has that says so: asked of the whole text before the pattern of each line.
_TELLING = entries("first_published_hints")
_DATE_LONG = 20
# "Originally published on 26 September 2019": what stands by the headline is then the day of an update.
_FIRST = re.compile(alternatives("first_published_labels"), re.IGNORECASE)
_HEAD_HOOK = re.compile(r"date|time|publish|posted|meta|byline|article|entry|story")
_MOST_LONE = 4
_LONGEST_NOTE = 300
_LONGEST_LABEL = 90


def marked(evidence: PageFacts) -> Iterator[Found]:
    """A short line anywhere that is labelled, or its element named, as the publication's date, if all of
    them name one day.
    """
    if evidence.page.elements is None:
        return
    found: dict[str, Found] = {}
    before = ""
    for block in _lines(evidence.page.blocks):
        text = block.text
        if len(text) > _LONGEST_LABEL:
            before = ""
            continue
        if HAS_DIGITS.search(text):
            for dated in _marked_dates(evidence, block, before):
                found.setdefault(dated.stamp.iso[:10], Found(dated.stamp.iso, text, block.index))
        elif is_label(text) or PUBLISHED_LABEL.match(text):
            before = text
        elif len(text) > LONGEST_BEFORE:
            before = ""
    if len(found) == 1:
        yield from found.values()


def _lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks, and in their place the lines of those that have a few: a colophon says all it knows in one."""
    for block in blocks:
        if len(block.text) < _LONGEST_NOTE and "\n" in block.text:
            for line in block.text.split("\n"):
                yield replace(block, text=line)
        else:
            yield block


def _marked_dates(evidence: PageFacts, block: Block, before: str) -> Iterator[Dated]:
    """Dates of a short line that its own words, its element or the label before it call the publication's."""
    around = hooks_around(evidence, block)
    hooks = " ".join(around)
    named = bool(DATE_HOOK.search(hooks))
    labelled = named or kind_of(before) == "published" or PUBLISHED_LABEL.search(block.text)
    if not labelled or ASIDE_HOOK.search(hooks) or not is_dateline(block, named=named):
        return
    for dated in line_dates(block, evidence.once(date_order)):
        kind = kind_of(dated.label)
        if not dated.label.strip():
            kind = "modified" if hook_kind(around) == "modified" else kind_of(before)
        if kind == "published" or (named and not kind):
            yield dated


def first_published(evidence: PageFacts) -> Iterator[Found]:
    """A line that says when the story first came out, wherever it stands, if only one day is said.

    Where a line says "Posted on …" as well, that is the day this page gives for its own.
    """
    short = [block for block in evidence.page.blocks if len(block.text) < _LONGEST_NOTE]
    whole = "\n".join([block.text for block in short])
    if not any(part in whole for part in _TELLING):
        return
    found: dict[str, Found] = {}
    for block in short:
        text = block.text
        if len(text) <= _LONGEST_LABEL and PUBLISHED_LABEL.match(text) and find_date(text):
            return
        if (match := _FIRST.search(text)) and not NOT_THE_STORY.search(text):
            after = text[match.start() : match.end() + _DATE_LONG]
            if stamp := find_date(after, evidence.once(date_order)):
                found.setdefault(stamp.iso[:10], Found(stamp.iso, text, block.index))
    if len(found) == 1:
        yield from found.values()


def lone_time(evidence: PageFacts) -> Iterator[Found]:
    """The only day that the page's `<time>`s name, where their elements are named for a date or a head.

    Cards have `<time>`s too, and notes of the last change.
    """
    page, elements = evidence.page, evidence.page.elements
    if page.tree is None or elements is None or "time" not in elements.tags:
        return
    nodes = page.tree.css("time")
    if len(nodes) > _MOST_LONE:
        return
    rows = {elements.ids[row]: row for row, tag in enumerate(elements.tags) if tag == "time"}
    found: dict[str, Found] = {}
    for node in nodes:
        row = rows.get(node.mem_id)
        named = [elements.hooks[r] for r in rows_up(elements, row)] if row is not None else []
        hooks = " ".join(named)
        around = f"{hooks} {node.parent.text()[:LONGEST_LINE]}" if node.parent is not None else hooks
        if hook_kind(named) == "modified" or kind_of(around) == "modified":
            continue
        raw = node.attributes.get("datetime") or " ".join(node.text().split())[:LONGEST_LINE]
        if iso := parse_date(raw, evidence.once(date_order)):
            if not _HEAD_HOOK.search(hooks) or ASIDE_HOOK.search(hooks):
                return
            found.setdefault(iso[:10], Found(iso, raw))
    if len(found) == 1:
        yield from found.values()
