"""Bylines that a reader sees by the headline: "By …", elements named for authors, names beside the date.

Enters: `PageFacts`, judged. Leaves: lists of names as `Found`. Captions, and who only reviewed or
photographed, are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields.authors.credits import credited
from cleaner.fields.authors.name_words import OUR, PERSONS_ROLE, REPORTER, SIGNING, opens
from cleaner.fields.authors.person_names import is_byline, is_role, looks_personal
from cleaner.fields.dates.near_headline import datelines, hooks_around, is_dateline
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import Found
from cleaner.languages import alternatives
from cleaner.text.measure import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Block

_AUTHOR_HOOK = re.compile(
    r"(?:^|[\s_\-])(?:author|byline|by-line|writer|autor|auteur|autore|contributor|reporter"
    r"|journalist)s?(?:$|[\s_\-])|byline|author(?:name|s?[_-]|link)|__author|-author"
)
# The gaps are bounded: a class may be 100 KB of "author".
NAME_HOOK = re.compile(
    r"author[\w-]{0,40}name|name[\w-]{0,40}author|(?:^|\s)(?:fn|p-author|author)(?:\s|$)|byline"
)
# What both need: one look spares most lines the rest.
_HOOK_HINT = re.compile(r"aut(?:hor|or|eur)|by-?line|writer|contributor|reporter|journalist|\bfn\b")
_NOT_AUTHOR_HOOK = re.compile(
    r"bio|avatar|image|img|photo|related|card|comment|caption|credit|description|social|share|teaser"
)
LONE_BY = re.compile(
    rf"\W*(?:{alternatives('by_words', 'lone_labels')})\W*$",
    re.IGNORECASE,
)
# What the folded text of such a line has in it, if it begins with none of OPENERS; cheaper to ask than the
# patterns.
_INSIDE = (
    " by", ":by", " par ", " von ", " por ", " di ", " door ", " przez ", " av ", " af ", "autor", "author:",
    "auteur",
)  # fmt: skip
_INSIDE_ANY = (
    *_INSIDE,
    "記者", "记者", "作者", "撰文", "采写", "執筆", "著者", "文/", "文:", "文=", "文|", "文 ", "文・",
    "글 ", "글:", "기자", "автор", "текст", "بقلم", "كتب", "حوار", "إعداد",
)  # fmt: skip
_LEADING = "-–—•|·~*_(\"'/,.: （【"
_INNER_BY = re.compile(
    r"(?:(?<=[\d|·•,⋅—–-])\s*|(?<=published )|(?<=posted )|(?<=text )|(?<=guide )|(?<=words )"
    r"|(?<=post was )|(?<=article was ))(?:written |posted )?by:?\s+(?=[A-Z])"
    r"|(?<=\d)\s+(?:par|von|por|di|door|przez|av|af)\s+(?-i:(?=[A-ZÀ-Þ]))|(?<=[\d日\s])(?:記者|记者|作者|撰文)[:：\s]"
    r"|(?<=[\d\s|·•/])(?:autor(?:in|a|e)?|author|auteure?|автор)\s?[:：]\s*(?-i:(?=[A-ZÀ-ÞА-Я]))",
    re.IGNORECASE,
)
NOT_BY = re.compile(
    r"\b(?:reviewed|edited|fact[- ]checked|photo(?:s|graphs?)?|image|illustration|foto|bild|powered"
    r"|translated|presented|sponsored) (?:by|von|:)|\b(?:foto|photo|bild|image|фото)s?:"
    r"|^\W*(?:about|more from|follow|read more|übersetzung|translat\w+|traduc\w+|traduz\w+|vertaling)\b",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"\s*[|•·⋅\n—–]\s*|\s-\s")
_CASED = re.compile(r"[A-Za-z\u0370-\u058f]")
# Dates and buttons.
NOT_SIGNED = re.compile(
    r"\d|^\W*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W*$"
    r"|\b(?:print|share|email|tweet|comments?|save|teilen|drucken|merken|partager|imprimer|compartir"
    r"|imprimir|guardar)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?:The )?[A-Z][\w&'’.]*(?: [A-Z][\w&'’.]*){0,3} (?:Team|Staff|Editors|Contributors?|Newsroom|Desk)"
)
_SHORT_BY = re.compile(r"(?:posted |written )?by:? +\w[\w .'-]{1,30}$", re.IGNORECASE)
# "By Course or Type": small words that are part of no signature ("By Ask the Doctors" is one).
_SMALL = re.compile(r"\b(?:or|to|your|our)\b")
LONGEST_BYLINE = 180
_LONGEST_INNER = 120
LONGEST_SIGNATURE = 60
_MOST_WORDS = 5
# Lines between two authors of one story; farther on stand those of others.
_GAP = 3


class Line(NamedTuple):
    """A line near the headline short enough to sign; whether its elements may be named for that."""

    block: Block
    text: str
    hinted: bool


def _lines(evidence: PageFacts) -> list[Line]:
    return [
        Line(block, block.text, _HOOK_HINT.search(" ".join(hooks_around(evidence, block))) is not None)
        for block in evidence.top
        if len(block.text) <= LONGEST_BYLINE and block.level != 1
    ]


def _is_named(line: Line, evidence: PageFacts, wanted: re.Pattern[str]) -> bool:
    """Whether an element around the line is named as wanted, and none inside of it for something else."""
    for hook in hooks_around(evidence, line.block) if line.hinted else ():
        if _NOT_AUTHOR_HOOK.search(hook):
            return False
        if wanted.search(hook):
            return True
    return False


def marked(evidence: PageFacts) -> Iterator[Found]:
    """Lines near the headline whose element is named for authors."""
    texts: list[str] = []
    last = 0
    for line in evidence.once(_lines):
        if not _is_named(line, evidence, _AUTHOR_HOOK):
            continue
        if texts and line.block.index - last > _GAP:
            break
        last = line.block.index
        texts.append(signed_part(line.text))
    yield from credited(texts, evidence, declared=False)


def byline(evidence: PageFacts) -> Iterator[Found]:
    """Lines near the headline that say "By …"; also "By" on a line of its own with the name on the next.

    A standfirst long enough to be prose may part them from the headline.
    """
    lead = evidence.lead
    blocks = [*evidence.top, *(b for b in evidence.page.blocks[lead : lead + 4] if is_byline(b.text))]
    for n, block in enumerate(blocks):
        if len(block.text) > LONGEST_BYLINE or block.kind == "caption" or block.level == 1:
            continue
        if not _may_sign(block.key):
            continue
        following = blocks[n + 1].text if n + 1 < len(blocks) else ""
        text = _by_part(block.text, following)
        found = list(credited([text], evidence, declared=False)) if text else []
        if found:
            yield Found(found[0].value, block.text, block.index)
            return


def _may_sign(key: str) -> bool:
    """Whether a line's folded text has a word that a byline has."""
    if opens(key.lstrip(_LEADING)):
        return True
    for part in _INSIDE if key.isascii() else _INSIDE_ANY:  # noqa: SIM110 (any() takes twice as long)
        if part in key:
            return True
    return False


def signed_part(text: str) -> str:
    """The line up to who else had a hand in it ("By Ann Lee. Reviewed by Bo Hall"), if anything is left."""
    other = NOT_BY.search(text)
    return text[: other.start()].rstrip(" .,;|") if other else text


def _by_part(text: str, following: str) -> str | None:
    """What of a line is a byline: all of it, it and the next, or from the "by" after a date or label."""
    if LONE_BY.match(text):
        return f"By {following}" if len(following) < LONGEST_SIGNATURE else None
    if match := REPORTER.match(text):
        return match[1] or match[2]
    text = text.strip("（）")
    start = len(text) - len(text.lstrip(_LEADING))
    if match := SIGNING.match(text, start):
        text = signed_part(text)
        # "By entering your address you agree": a name has a capital.
        name = text[match.end() :].lstrip()
        return None if name[:1].islower() and OUR.match(name) is None else text
    if len(text) > _LONGEST_INNER or ends_sentence(text):
        return None
    inner = _INNER_BY.search(text)
    return text[inner.start() :] if inner and not NOT_BY.search(text) else None


def signature(evidence: PageFacts) -> Iterator[Found]:
    """A signature that is no full name ("By ASU Online", "Kev"), where it is all that its line says."""
    for line in evidence.once(_lines):
        block = line.block
        if len(line.text) > LONGEST_SIGNATURE:
            continue
        parts = [part for part in _SEGMENT.split(line.text) if part] or [""]
        text = next((part for part in parts[1:] if _SHORT_BY.match(part)), parts[0])
        named = _is_named(line, evidence, NAME_HOOK) and not LONE_BY.match(text)
        after = evidence.start is not None and block.index > evidence.start
        if not (named or _SHORT_BY.match(text) or (after and (_TEAM.fullmatch(text) or _is_titled(text)))):
            continue
        if NOT_SIGNED.search(text) or "?" in text or (not named and _SMALL.search(text)):
            continue
        found = list(credited([text], evidence, declared=True))
        if found and _is_signature(found[0].value.split()):
            yield Found(found[0].value, text, block.index)
            return


def _is_titled(text: str) -> bool:
    """Whether a line is a name and what its bearer does: "Ida Holm, Staff Writer"."""
    name, _, role = text.partition(", ")
    return PERSONS_ROLE.search(role) is not None and looks_personal(name)


def _is_signature(words: Sequence[str]) -> bool:
    """A handle may begin with a small letter; where more words follow, it is "the harbour"."""
    return len(words) == 1 or (len(words) <= _MOST_WORDS and not words[0][0].islower())


def beside_date(evidence: PageFacts) -> Iterator[Found]:
    """A name that shares its line with the story's date, or is all of the line before or after it."""
    title = squeeze(evidence.headline.value) if evidence.headline is not None else ""
    for block, is_dated in _around_dates(evidence):
        text = block.text
        if len(text) > LONGEST_BYLINE or block.kind == "caption" or not _CASED.search(text):
            continue
        if NOT_BY.search(text) or (not is_dated and (block.level or ends_sentence(text))):
            continue
        if squeeze(text) == title:
            continue
        for piece in _SEGMENT.split(text):
            found = list(credited([piece], evidence, declared=False))
            if found and (is_dated or len(found[0].value) * 2 > len(text)):
                yield Found(found[0].value, text, block.index)
                return


def _around_dates(evidence: PageFacts) -> list[tuple[Block, bool]]:
    """Datelines below the headline and their neighbours, in order; a line that is a role is passed over."""
    after = -1 if evidence.start is None else evidence.start
    blocks = [block for block in evidence.top if block.index > after]
    days = {dated.block for dated in evidence.once(datelines)}
    # A date that is a link, as a teaser's is, does not count here.
    dated = {n for n, block in enumerate(blocks) if block.index in days and is_dateline(block)}
    wanted = set(dated)
    for n in dated:
        for step in (-1, 1):
            at = n + step
            if 0 <= at < len(blocks) and is_role(blocks[at].text):
                at += step
            wanted.add(at)
    return [(blocks[n], n in dated) for n in sorted(wanted) if 0 <= n < len(blocks)]
