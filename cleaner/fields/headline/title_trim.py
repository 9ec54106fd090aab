"""Titles without what is no part of them, the site's name or a kicker, and whole again where cut off.

Enters: titles as sources give them. Leaves: titles. Nothing is cut at `|` or `-` because it stands there: a
part goes when what is left is said by another source, or when the part is the site's name.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cleaner.fields.page_facts import squeeze

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

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


_SLUG = re.compile(
    r"(?:(?:UPDATE|WRAPUP|CORRECTED|REFILE|RPT|REPEAT|RECAST|ADV|ROUNDUP|FOCUS|TOP NEWS|URGENT|FLASH"
    r"|BULLETIN|LEAD)(?:[ -]\d{1,2})?(?:[-–—]|:\s|\s[-–—]\s))+(?=\S)"
)


def unslugged(title: str) -> str:
    """A wire's headline without its slug ("UPDATE 2-", "RPT-WRAPUP 1-"), which says which version it is."""
    title = tidied(title)
    slug = _SLUG.match(title)
    return title[slug.end() :] if slug and len(title) - slug.end() > 10 else title


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each of a title's pieces begins and ends."""
    marks = [mark.span() for mark in _SEPARATOR.finditer(text)]
    if "»" in text or "›" in text:
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        marks = [(a, b) for a, b in marks if not any(c < b and a < d for c, d in quoted)]
    marks = marks[:_MOST_PIECES]
    starts = [0, *(end for _, end in marks)]
    return list(zip(starts, [*(start for start, _ in marks), len(text)], strict=True))


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """Each run of a title's pieces, the longest first, with the numbers of its first and of the one after."""
    count = len(spans)
    for size in range(count, 0, -1):
        for first in range(count - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            if start < end:
                yield text[start:end], first, first + size


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
    spans = _spans(text)
    if len(spans) == 1:
        return text
    own = [_is_site(text[start:end], sites) for start, end in spans]
    best = text
    for run, first, after in _runs(text, spans) if any(own) else ():
        if all(own[:first]) and all(own[after:]) and len(squeeze(run)) > 2:
            best = run
    for run, _, _ in _runs(best, spans if best is text else _spans(best)):
        if len(run) > 3 and squeeze(run) in agreed:
            return run
    return best


def completed(text: str, others: Iterable[str], *, agreed: bool = False) -> str:
    """The title as another source has it whole, where this one was cut off in the middle.

    Cut at an ellipsis, at a quotation mark that ended the attribute it stood in, or at the length that
    search engines show. Spared: a title that another one merely goes on from ("… – live"), and one of that
    length that is `agreed`, said by sources that do not depend on each other.
    """
    stem = _ELLIPSIS.sub("", text)
    for other in others:
        rest = other[len(stem) :]
        if not rest or len(stem) < _FEWEST_LETTERS or not other.startswith(stem):
            continue
        if stem != text or rest.lstrip().startswith('"'):
            return other
        if agreed or len(text) not in _CUT_OFF:
            continue
        if rest[0].isalnum() or (rest[0] == " " and rest[1:2].isalnum()):
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
