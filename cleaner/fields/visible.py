"""Dates that a reader sees: datelines, `<time>` elements, lines and elements named for the date.

Enters: `Evidence`. Leaves: `Dated`s and `TimeElement`s. Captions, comments, teasers, copyright lines and
sentences are no datelines.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields.datetext import Stamp, find_date, parse_date
from cleaner.fields.order import date_order
from cleaner.fields.resolver import Found
from cleaner.read.lengths import ends_sentence, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.fields.datetext import Order
    from cleaner.fields.evidence import Evidence
    from cleaner.model import Block, Elements

_UPDATED_LABEL = re.compile(
    r"\b(?:updat|modifi|last (?:edited|reviewed|revised)|revised|reviewed|aktualisier|geändert"
    r"|bearbeitet|mis à jour|mise à jour|màj|maj\b|modifié"
    r"|actualizad|modificad|aggiornat|ultima modifica|atualizad|bijgewerkt|gewijzigd|laatste update"
    r"|aktualizacj|zaktualizowan|ost\. akt|oppdatert|opdateret|uppdaterad|päivitetty)"
    r"|更新|обновл",
    re.IGNORECASE,
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:publish|posted|released|first aired|veröffentlicht|erschienen|publié|paru|publicad"
    r"|pubblicat|gepubliceerd|opublikowan|publikacj|data dodania|publisert|publicerad|udgivet"
    r"|julkaistu)"
    r"|配信|公開|発行|опубликован",
    re.IGNORECASE,
)
_NOT_THE_STORY = re.compile(
    r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|\b(?:joined|member since"
    r"|registered|born|expires?|valid|deadline|copyright|(?<!\d )comments?|reply|antworten|répondre"
    r"|read more|related)\b",
    re.IGNORECASE,
)
_DATE_HOOK = re.compile(
    r"publish(?:ed)?[-_]?(?:date|on|time|at)|post(?:ed)?[-_]?(?:date|on|meta)|(?:article|entry|story"
    r"|blog|date)[-_](?:publish|post|date)|datepublished|dateline|datetime"
)
_ASIDE_HOOK = re.compile(
    r"comment|related|recommend|teaser|sidebar|footer|copyright|promo|widget|latest|popular|trending"
    r"|more-|carousel|recirc|newsletter|event"
)
_HAS_DIGITS = re.compile(r"\d\d")
_LONGEST_LINE = 220
_LONGEST_LABEL = 90
_MOST_STRANGE = 4
# Words of a heading that is a date: weekday, month, a label.
_MOST_IN_HEADING = 3
_MOST_LINKED = 0.75
_MOST_TIMES = 60
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
    published = max((m.start() for m in _PUBLISHED_LABEL.finditer(label)), default=-1)
    updated = max((m.start() for m in _UPDATED_LABEL.finditer(label)), default=-1)
    if published == updated:
        return ""
    return "published" if published > updated else "modified"


def _line_dates(block: Block, order: Order | None) -> Iterator[Dated]:
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
    bare = _PUBLISHED_LABEL.sub(" ", _UPDATED_LABEL.sub(" ", _LABEL_WORDS.sub(" ", label)))
    return len([word for word in bare.split() if any(ch.isalpha() for ch in word)])


def is_dateline(block: Block, *, named: bool = False) -> bool:
    """A short line that is a date with a label or a byline around it, and no sentence of the story.

    `named` says that its element is named for a date: then it may be a link.
    """
    text = block.text
    if len(text) > _LONGEST_LINE or not _HAS_DIGITS.search(text) or block.kind in ("caption", "envelope"):
        return False
    if block.level and (block.level == 1 or _strange_words(text) > _MOST_IN_HEADING):
        return False
    if block.place is not None and block.place.linked > _MOST_LINKED and not named:
        return False
    if _NOT_THE_STORY.search(text):
        return False
    return bool(_PUBLISHED_LABEL.match(text)) or not (ends_sentence(text) and words(text) > 9)


def datelines(evidence: Evidence) -> list[Dated]:
    """Visible dates around the headline, in order."""
    found: list[Dated] = []
    before = ""
    for block in evidence.top:
        if is_dateline(block):
            for dated in _line_dates(block, evidence.once(date_order)):
                label = dated.label if dated.label.strip() else before
                found.append(dated._replace(label=label))
        before = block.text if len(block.text) < 30 else ""
    return found


def marked(evidence: Evidence) -> Iterator[Found]:
    """A short line anywhere that is labelled, or its element named, as the publication's date, if all of
    them name one day.
    """
    elements = evidence.page.elements
    found: dict[str, Found] = {}
    for block in evidence.page.blocks if elements is not None else ():
        if len(block.text) > _LONGEST_LABEL or not _HAS_DIGITS.search(block.text) or block.place is None:
            continue
        hooks = (
            " ".join(elements.hooks[row] for row in _up(elements, block.place.element)) if elements else ""
        )
        named = bool(_DATE_HOOK.search(hooks))
        if not (named or _PUBLISHED_LABEL.match(block.text)) or _ASIDE_HOOK.search(hooks):
            continue
        if is_dateline(block, named=named):
            for dated in _line_dates(block, evidence.once(date_order)):
                if kind_of(dated.label) != "modified":
                    found.setdefault(dated.stamp.iso[:10], Found(dated.stamp.iso, block.text, block.index))
    if len(found) == 1:
        yield from found.values()


def _up(elements: Elements, row: int) -> tuple[int, int, int]:
    """An element, its parent and the parent's."""
    parent = elements.parents[row]
    return row, parent, elements.parents[parent]


class TimeElement(NamedTuple):
    """A `<time>`: its date, what its name or label says, and whether it stands by the headline."""

    iso: str
    raw: str
    kind: str
    near: bool


def time_elements(evidence: Evidence) -> list[TimeElement]:
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
        hooks = " ".join(elements.hooks[r] for r in (row, elements.parents[row]))
        if _ASIDE_HOOK.search(hooks):
            continue
        text = " ".join(node.text().split())[:_LONGEST_LINE]
        raw = node.attributes.get("datetime") or node.attributes.get("content") or text
        if iso := _reconciled(raw, text, evidence.once(date_order)):
            kind = "published" if marked_so else kind_of(f"{hooks} {_before(evidence, row)} {text}")
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


def _before(evidence: Evidence, row: int) -> str:
    """The words of the block that a `<time>` stands in, up to its date."""
    for block in evidence.top:
        if block.place is not None and evidence.page.elements is not None:
            start = block.place.element
            if start <= row < evidence.page.elements.ends[start] and len(block.text) < _LONGEST_LINE:
                return _HAS_DIGITS.split(block.text, maxsplit=1)[0]
    return ""
