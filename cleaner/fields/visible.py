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
    r"\b(?:updat|modifi|last (?:edited|reviewed|revised)|revised|reviewed|changed|aktualisier|geändert"
    r"|bearbeitet|mis à jour|mise à jour|màj|maj\b|modifié"
    r"|actualizad|modificad|aggiornat|ultima modifica|atualizad|bijgewerkt|gewijzigd|laatste update"
    r"|aktualizacj|zaktualizowan|ost\. akt|oppdatert|opdateret|uppdaterad|päivitetty)"
    r"|更新|обновл",
    re.IGNORECASE,
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:publish|post(?:ed| (?:date|time))|submitted|written by|released|first aired"
    r"|veröffentlicht|erschienen|gepostet|geschrieben von|erstellt von|gespeichert von|eingestellt am"
    r"|publié|paru|publicad"
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
    r"publish(?:ed)?[-_]?(?:date|on|time|at)|post(?:ed)?[-_]?(?:date|on|meta|info|time)|(?:article|entry|story"
    r"|blog|date)[\w-]{0,12}[-_](?:publish|post|date|created?)|entry-meta|pub-?date|datepublished|dateline"
    r"|datetime|(?:^| )submitted(?: |$)"
)
_HEAD_HOOK = re.compile(r"date|time|publish|posted|meta|byline|article|entry|story")
_CHANGED_HOOK = re.compile(r"updat|modif|changed|revised")
# By the headline it need not say more than "date".
_NEAR_HOOK = re.compile(rf"{_DATE_HOOK.pattern}|(?:^|[ _-])(?:date|time|meta)(?:$|[ _-])")
_ASIDE_HOOK = re.compile(
    r"comment|related|recommend|teaser|sidebar|(?<!article-)(?<!entry-)(?<!post-)(?<!template-)footer|copyright"
    r"|promo|widget|latest|popular|trending|more-|carousel|recirc|newsletter|event|\bcard"
)
_HAS_DIGITS = re.compile(r"\d\d")
_BYLINE = re.compile(r"\b(?:by|von|par|por|door)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_BY_NAME = re.compile(r"\W*(?:by|von|par|por|di|door)\s+(?-i:[A-ZÀ-Þ])", re.IGNORECASE)
# What a line has that says it; `in` is ten times quicker than a pattern over every line.
_TELLING = ("riginal", "irst ", "erst", "nglich", "initialement")
# "Originally published on 26 September 2019": what stands by the headline is then the day of an update.
_FIRST = re.compile(
    r"\b(?:originally|first) (?:published|posted|appeared)\b[^.]{0,40}"
    r"|\b(?:zuerst|erstmals|ursprünglich) (?:veröffentlicht|erschienen)\b[^.]{0,30}"
    r"|\bpublié initialement\b[^.]{0,30}|\bpublicado originalmente\b[^.]{0,30}",
    re.IGNORECASE,
)
_LONGEST_LINE = 220
_LONGEST_LABEL = 90
_MOST_STRANGE = 4
# Words of a heading that is a date: weekday, month, a label.
_MOST_IN_HEADING = 3
_MOST_LINKED = 0.75
_MOST_TIMES = 60
_MOST_LONE = 4
_LONGEST_NO_SENTENCE = 9
# A label alone in its line ("Published on"), and a note below the story.
_LONGEST_BEFORE = 30
_LONGEST_NOTE = 300
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
    signed = _BY_NAME.match(text) is not None
    most = _MOST_IN_HEADING * 2 if signed else _MOST_IN_HEADING
    if block.level and (block.level == 1 or _strange_words(text) > most):
        return False
    if block.place is not None and block.place.linked > _MOST_LINKED and not named:
        return False
    if _NOT_THE_STORY.search(text):
        return False
    if _PUBLISHED_LABEL.match(text) or signed or _ABBREVIATED.search(text):
        return True
    return not (ends_sentence(text) and words(text) > _LONGEST_NO_SENTENCE)


def datelines(evidence: Evidence) -> list[Dated]:
    """Visible dates around the headline, in order. A label may stand in the line before."""
    found: list[Dated] = []
    before = ""
    for block in evidence.top:
        if _HAS_DIGITS.search(block.text):
            hooks = _hooks(evidence, block)
            before = before or ("updated" if _CHANGED_HOOK.search(hooks) else "")
            if is_dateline(block, named=bool(_NEAR_HOOK.search(hooks))):
                for dated in _line_dates(block, evidence.once(date_order)):
                    label = dated.label if dated.label.strip() else before
                    found.append(dated._replace(label=label))
        before = block.text if _is_label(block.text) else ""
    return found


def _is_label(text: str) -> bool:
    """Whether a line can be the label of a date in the next; "Reviewed by Ann Lee" is a byline."""
    return len(text) < _LONGEST_BEFORE and not _BYLINE.search(text)


def marked(evidence: Evidence) -> Iterator[Found]:
    """A short line anywhere that is labelled, or its element named, as the publication's date, if all of
    them name one day.
    """
    if evidence.page.elements is None:
        return
    found: dict[str, Found] = {}
    before = ""
    for block in evidence.page.blocks:
        text = block.text
        if len(text) > _LONGEST_LABEL:
            before = ""
            continue
        if _HAS_DIGITS.search(text):
            for dated in _marked_dates(evidence, block, before):
                found.setdefault(dated.stamp.iso[:10], Found(dated.stamp.iso, text, block.index))
        elif _is_label(text) or _PUBLISHED_LABEL.match(text):
            before = text
        elif len(text) > _LONGEST_BEFORE:
            before = ""
    if len(found) == 1:
        yield from found.values()


def _marked_dates(evidence: Evidence, block: Block, before: str) -> Iterator[Dated]:
    """Dates of a short line that its own words, its element or the label before it call the publication's."""
    hooks = _hooks(evidence, block)
    named = bool(_DATE_HOOK.search(hooks))
    labelled = named or kind_of(before) == "published" or _PUBLISHED_LABEL.search(block.text)
    if not labelled or _ASIDE_HOOK.search(hooks) or not is_dateline(block, named=named):
        return
    for dated in _line_dates(block, evidence.once(date_order)):
        kind = kind_of(dated.label)
        if not dated.label.strip():
            kind = "modified" if _CHANGED_HOOK.search(hooks) else kind_of(before)
        if kind == "published" or (named and not kind):
            yield dated


def first_published(evidence: Evidence) -> Iterator[Found]:
    """A line that says when the story first came out, wherever it stands, if only one day is said.

    Where a line says "Posted on …" as well, that is the day this page gives for its own.
    """
    found: dict[str, Found] = {}
    short = [block for block in evidence.page.blocks if len(block.text) < _LONGEST_NOTE]
    for block in short:
        text = block.text
        if (
            not any(part in text for part in _TELLING)
            or _NOT_THE_STORY.search(text)
            or not (match := _FIRST.search(text))
        ):
            continue
        after = text[match.start() : match.end() + 20]
        if stamp := find_date(after, evidence.once(date_order)):
            found.setdefault(stamp.iso[:10], Found(stamp.iso, text, block.index))
    if len(found) == 1 and not any(
        len(block.text) <= _LONGEST_LABEL and _PUBLISHED_LABEL.match(block.text) and find_date(block.text)
        for block in short
    ):
        yield from found.values()


def _hooks(evidence: Evidence, block: Block) -> str:
    """Names of a block's element and the two around it; empty for text input."""
    elements = evidence.page.elements
    if elements is None or block.place is None:
        return ""
    return " ".join(elements.hooks[row] for row in _up(elements, block.place.element))


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


def lone_time(evidence: Evidence) -> Iterator[Found]:
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
        hooks = " ".join(elements.hooks[r] for r in _up(elements, row)) if row is not None else ""
        around = f"{hooks} {node.parent.text()[:_LONGEST_LINE]}" if node.parent is not None else hooks
        if _CHANGED_HOOK.search(hooks) or kind_of(around) == "modified":
            continue
        raw = node.attributes.get("datetime") or " ".join(node.text().split())[:_LONGEST_LINE]
        if iso := parse_date(raw, evidence.once(date_order)):
            if not _HEAD_HOOK.search(hooks) or _ASIDE_HOOK.search(hooks):
                return
            found.setdefault(iso[:10], Found(iso, raw))
    if len(found) == 1:
        yield from found.values()


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
