"""Titles without what is no part of them, the site's name or a kicker, and whole again where cut off.

Enters: titles as sources give them. Leaves: titles. Nothing is cut at `|` or `-` because it stands there: a
part goes when what is left is said by another source, or when the part is the site's name.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cleaner.fields.evidence import squeeze

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# What parts a title's pieces. A hyphen counts only between spaces, or between ideographs; a colon never
# parts: a kicker before it belongs to the headline unless several sources leave it out, and those then
# outvote the rest. Each gap is one space: titles are tidied first.
_SEPARATOR = re.compile(
    r" (?:[|\-–—−·•/~⋅⋆:]|--|::|›|»|<|>) | ?[|‖｜│] ?| ?-- ?"
    r"|(?<=[\u3040-\u9fff！？。」』”）])[-_–—](?=[\u3040-\u9fff])"
)
_QUOTED = re.compile(r"«[^«»]*»|‹[^‹›]*›")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u2060\ufeff"))
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
# Blog software once put this between its own name and every title.
_LABELS = frozenset(["blogarchive", "blogarchiv"])
_MOST_READ = 4000
LONGEST = 500
_MOST_PIECES = 12
_FEWEST_LETTERS = 15
# Search engines showed 110 characters of a headline, and publishers' software cuts it there.
_CUT_OFF = range(90, 113)


def tidied(value: str) -> str:
    """A title in one line, without invisible characters, its entities resolved."""
    value = value[:_MOST_READ]
    if "&" in value and ";" in value:
        value = html.unescape(value)
    if not value.isascii():
        value = value.translate(_INVISIBLE)
    return " ".join(value.split())[:LONGEST]


def _runs(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each run of a title's pieces, the longest first, with the pieces before and after it."""
    quoted = [match.span() for match in _QUOTED.finditer(text)] if "»" in text or "›" in text else []
    marks = [
        mark
        for mark in _SEPARATOR.finditer(text)
        if not any(a < mark.end() and mark.start() < b for a, b in quoted)
    ][:_MOST_PIECES]
    if not marks:
        return [(text, (), ())]
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    pieces = tuple(text[a:b] for a, b in zip(starts, ends, strict=True))
    count = len(pieces)
    return [
        (text[starts[i] : ends[i + size - 1]], pieces[:i], pieces[i + size :])
        for size in range(count, 0, -1)
        for i in range(count - size + 1)
        if starts[i] < ends[i + size - 1]
    ]


def _is_site(piece: str, sites: Collection[str]) -> bool:
    """Whether a piece is the site's name, or the name with a little more ("CBC News" for cbc)."""
    key = squeeze(piece)
    return bool(key) and (
        key in sites
        or key in _LABELS
        or any(
            len(site) > 3 and len(key) < 40 and (site in key or (len(key) > 4 and key in site))
            for site in sites
        )
    )


def is_parted(text: str) -> bool:
    return _SEPARATOR.search(text) is not None


def trimmed(text: str, agreed: Collection[str], sites: Collection[str]) -> str:
    """The title less the site's name at its ends, then the longest run of it that others say too.

    `agreed` and `sites` are squeezed; the title is tidied.
    """
    if not is_parted(text):
        return text
    runs = _runs(text)
    best = text
    for run, before, after in runs:
        if all(_is_site(piece, sites) for piece in (*before, *after)) and len(squeeze(run)) > 2:
            best = run
    for run, _, _ in runs if best is text else _runs(best):
        if len(run) > 3 and squeeze(run) in agreed:
            return run
    return best


def completed(text: str, others: Iterable[str]) -> str:
    """The title as another source has it whole, where this one was cut off in the middle.

    Cut at an ellipsis, at the length that search engines show, or at a quotation mark that ended the
    attribute it stood in. Spared: a title that another one merely goes on from ("… – live").
    """
    stem = _ELLIPSIS.sub("", text)
    for other in others:
        rest = other[len(stem) :]
        if not rest or len(stem) < _FEWEST_LETTERS or not other.startswith(stem):
            continue
        if stem != text or rest.lstrip().startswith('"'):
            return other
        if len(text) in _CUT_OFF and (rest[0].isalnum() or (rest[0] == " " and rest[1:2].isalnum())):
            return other
    return text


def rest_of(text: str, part: str) -> str | None:
    """What a title has before or after a part that it begins or ends with, if only a space parts them."""
    if len(part) < _FEWEST_LETTERS or len(text) - len(part) < 3:
        return None
    if text.endswith(f" {part}"):
        rest = text[: -len(part)].rstrip()
    elif text.startswith(f"{part} "):
        rest = text[len(part) :].lstrip()
    else:
        return None
    return rest
