"""Dates that a reader sees: datelines, `<time>` elements, lines and elements named for the date.

Enters: `PageFacts`. Leaves: `Dated`s and `TimeElement`s. Captions, comments, teasers, copyright lines and
sentences are no datelines.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields.dates.date_text import Stamp, find_date, parse_date
from cleaner.fields.dates.day_month_order import date_order
from cleaner.languages import alternatives
from cleaner.text.measure import ends_sentence, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.fields.dates.date_text import Order
    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Block, Elements

_UPDATED_LABEL = re.compile(
    rf"\b(?:{alternatives('updated_labels')})|{alternatives('updated_signs')}", re.IGNORECASE
)
PUBLISHED_LABEL = re.compile(
    rf"\b(?:{alternatives('published_labels')})|{alternatives('published_signs')}", re.IGNORECASE
)
# What has a date of its own: it is said right before the date, or is a line before it that says only that.
_OTHER_DATE = rf"(?:{alternatives('other_date_labels')})"
_SOMETHING_ELSE = re.compile(rf"\W*{_OTHER_DATE}\W*", re.IGNORECASE)
NOT_THE_STORY = re.compile(
    r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|\b(?:(?<!\d )comments?|reply|antworten"
    rf"|répondre|read more|related)\b|(?<!\w ){_OTHER_DATE}(?: (?:on|in|am|le|el|op|il))?[\s:：]*(?=\d)"
    rf"|^{_OTHER_DATE}(?: (?:on|in|am|le|el|op|il))?[\s:：]+\w+[\s.]*\d",
    re.IGNORECASE,
)
DATE_HOOK = re.compile(
    r"publish(?:ed)?[-_]?(?:date|on|time|at)|post(?:ed)?[-_]?(?:date|on|meta|info|time)|(?:article|entry|story"
    r"|blog|date)[\w-]{0,12}[-_](?:publish|post|date|created?)|entry-meta|pub-?date|datepublished|dateline"
    r"|datetime|(?:^| )submitted(?: |$)"
)
_CHANGED_HOOK = re.compile(r"updat|modif|changed|revised")
# By the headline it need not say more than "date".
_NEAR_HOOK = re.compile(rf"{DATE_HOOK.pattern}|(?:^|[ _-])(?:date|time|meta)(?:$|[ _-])")
ASIDE_HOOK = re.compile(
    r"comment|related|recommend|teaser|sidebar|(?<!article-)(?<!entry-)(?<!post-)(?<!template-)footer|copyright"
    r"|promo|widget|latest|popular|trending|more-|carousel|recirc|newsletter|event|\bcard"
)
HAS_DIGITS = re.compile(r"\d\d")
_BYLINE = re.compile(r"\b(?:by|von|par|por|door)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_BY_NAME = re.compile(r"\W*(?:by|von|par|por|di|door)\s+(?-i:[A-ZÀ-Þ])", re.IGNORECASE)
LONGEST_LINE = 220
_MOST_STRANGE = 4
# Blocks above the headline whose dates may be its own; further up stand today's date and other stories'.
_ABOVE = 3
# No page is older; a digitised archive says of an older day what it is.
_FIRST_PAGES = "1994"
# Words of a heading that is a date: weekday, month, a label.
_MOST_IN_HEADING = 3
_MOST_LINKED = 0.75
_MOST_TIMES = 60
_LONGEST_NO_SENTENCE = 9
# A label alone in its line ("Published on"), and a note below the story.
LONGEST_BEFORE = 30
_LABEL_WORDS = re.compile(
    r"\b(?:by|von|par|por|di|door|min|read|lesezeit|uhr|stand|last|on|at|am|le|reading time"
    r"|comments?|time)\b",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """A visible date: what labels it, and whether its element or label says published or updated."""

    stamp: Stamp
    raw: str
    label: str
    block: int | None


def kind_of(label: str) -> str:
    """What the words before a date say it is; the last label counts ("Published 3 May, updated")."""
    published = max((m.start() for m in PUBLISHED_LABEL.finditer(label)), default=-1)
    updated = max((m.start() for m in _UPDATED_LABEL.finditer(label)), default=-1)
    if published == updated:
        return ""
    return "published" if published > updated else "modified"


def line_dates(block: Block, order: Order | None) -> Iterator[Dated]:
    """Dates of one dateline; the words before each are its label."""
    text = block.text
    at = 0
    for _ in range(3):
        stamp = find_date(text[at:], order)
        if stamp is None:
            return
        label = text[at : at + stamp.start]
        if at == 0 and not kind_of(label) and _strange_words(label) > _MOST_STRANGE:
            return
        yield Dated(stamp, text, label, block.index)
        at += stamp.end


def _strange_words(label: str) -> int:
    """Words before a date that belong to no byline or label: a caption or teaser has many."""
    bare = PUBLISHED_LABEL.sub(" ", _UPDATED_LABEL.sub(" ", _LABEL_WORDS.sub(" ", label)))
    return len([word for word in bare.split() if any(ch.isalpha() for ch in word)])


def is_dateline(block: Block, *, named: bool = False) -> bool:
    """A short line that is a date with a label or a byline around it, and no sentence of the story.

    `named` says that its element is named for a date: then it may be a link.
    """
    text = block.text
    if len(text) > LONGEST_LINE or not HAS_DIGITS.search(text) or block.kind in ("caption", "envelope"):
        return False
    signed = _BY_NAME.match(text) is not None
    most = _MOST_IN_HEADING * 2 if signed else _MOST_IN_HEADING
    if block.level and (block.level == 1 or _strange_words(text) > most):
        return False
    if block.place is not None and block.place.linked > _MOST_LINKED and not named:
        return False
    if NOT_THE_STORY.search(text):
        return False
    if PUBLISHED_LABEL.match(text) or signed or _ABBREVIATED.search(text):
        return True
    return not (ends_sentence(text) and words(text) > _LONGEST_NO_SENTENCE)


def datelines(evidence: PageFacts) -> list[Dated]:
    """Visible dates around the headline, in order. A label may stand in the line before."""
    found: list[Dated] = []
    before = ""
    first = 0 if evidence.start is None else evidence.start - _ABOVE
    for block in evidence.top:
        if block.index >= first and HAS_DIGITS.search(block.text) and not _SOMETHING_ELSE.fullmatch(before):
            hooks = hooks_around(evidence, block)
            before = "updated" if hook_kind(hooks) == "modified" else before
            if is_dateline(block, named=bool(_NEAR_HOOK.search(" ".join(hooks)))):
                for dated in line_dates(block, evidence.once(date_order)):
                    label = dated.label if dated.label.strip() else before
                    if dated.stamp.iso >= _FIRST_PAGES or kind_of(label) == "published":
                        found.append(dated._replace(label=label))
        before = block.text if is_label(block.text) else ""
    return found


def hook_kind(hooks: Iterable[str]) -> str:
    """What the names of elements, the inmost first, say a date is. Blog software writes "published updated"
    where the two are one.
    """
    for hook in hooks:
        if "publish" in hook or "posted" in hook:
            return "published"
        if _CHANGED_HOOK.search(hook):
            return "modified"
    return ""


def is_label(text: str) -> bool:
    """Whether a line can be the label of a date in the next; "Reviewed by Ann Lee" is a byline."""
    return len(text) < LONGEST_BEFORE and not _BYLINE.search(text)


def hooks_around(evidence: PageFacts, block: Block) -> tuple[str, ...]:
    """Names of a block's element and the two around it, the inmost first; empty for text input."""
    elements = evidence.page.elements
    if elements is None or block.place is None:
        return ()
    return tuple(elements.hooks[row] for row in rows_up(elements, block.place.element))


def rows_up(elements: Elements, row: int) -> tuple[int, int, int]:
    """An element, its parent and the parent's."""
    parent = elements.parents[row]
    return row, parent, elements.parents[parent]


class TimeElement(NamedTuple):
    """A `<time>`: its date, what its name or label says, and whether it stands by the headline."""

    iso: str
    raw: str
    kind: str
    near: bool


def time_elements(evidence: PageFacts) -> list[TimeElement]:
    """`<time>`s by the headline, and those anywhere that are marked as the publication's."""
    page = evidence.page
    elements, tree = page.elements, page.tree
    if elements is None or tree is None or "time" not in elements.tags:
        return []
    rows = {elements.ids[row]: row for row, tag in enumerate(elements.tags) if tag == "time"}
    low, high = evidence.near_rows
    found: list[TimeElement] = []
    for node in tree.css("time")[:_MOST_TIMES]:
        row = rows.get(node.mem_id, -1)
        near = low <= row <= high
        marked_so = row >= 0 and ("datepublished" in elements.hooks[row] or "pubdate" in node.attributes)
        if not near and not marked_so:
            continue
        hooks = (elements.hooks[row], elements.hooks[elements.parents[row]])
        if ASIDE_HOOK.search(" ".join(hooks)):
            continue
        text = " ".join(node.text().split())[:LONGEST_LINE]
        raw = node.attributes.get("datetime") or node.attributes.get("content") or text
        if iso := _reconciled(raw, text, evidence.once(date_order)):
            kind = kind_of(f"{_before(evidence, row)} {text}") or hook_kind(hooks)
            kind = "published" if marked_so else kind
            found.append(TimeElement(iso, raw, kind, near))
    return found


def _reconciled(raw: str, text: str, order: Order | None) -> str | None:
    """The attribute's date; but "February 23" over 2026-02-24T04:13Z is the outlet's own day."""
    shown = parse_date(text, order)
    iso = parse_date(raw, order) or shown
    if iso is None or shown is None or not iso.endswith("+00:00"):
        return iso
    apart = date.fromisoformat(shown[:10]) - date.fromisoformat(iso[:10])
    return shown if abs(apart.days) == 1 else iso


def _before(evidence: PageFacts, row: int) -> str:
    """The words of the block that a `<time>` stands in, up to its date."""
    for block in evidence.top:
        if block.place is not None and evidence.page.elements is not None:
            start = block.place.element
            if start <= row < evidence.page.elements.ends[start] and len(block.text) < LONGEST_LINE:
                return HAS_DIGITS.split(block.text, maxsplit=1)[0]
    return ""
