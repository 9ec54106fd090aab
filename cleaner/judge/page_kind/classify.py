"""What a page is: an article, or no article and why.

Enters: a `Page` read from HTML, the verdicts on its blocks, and the scores of the region where it was asked.
Leaves: status and reason. `CHECKS` are told by the page's own words and need no learning; after them a small
learned model over the whole page says whether it reads like a story at all, and `KINDS` in order name what
it is instead. The body is delivered all the same: nothing here removes. Made to err towards the article.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from cleaner.judge.page_kind.kind_features import PAGE_FEATURES, PageSigns, read_address, read_signs, says
from cleaner.judge.page_kind.kind_words import (
    ACCEPT,
    ARTICLE,
    BARE_ERRORS,
    CONSENT,
    DOCUMENTATION,
    ERRORS,
    FORUM,
    INDEX,
    LOGINS,
    PRODUCT,
    SERVICE,
    THREAD,
    VIDEO,
)
from cleaner.judge.region.containers import block_rows, in_comments
from cleaner.judge.region.trees import Trees
from cleaner.text.measure import PARAGRAPH, PROSE_BLOCK, extent
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.model import Page, Status, Verdict

PARAMETERS = Path(__file__).with_name("model.json")
MOST_REMOVED = "most-prose-removed"
# Extents of kept prose: a page with less may be a wall or an error; less than the second is a caption.
_LITTLE = 600
_CAPTION = 450
# A button's text is shorter than this, a line of prose is not.
_LINE = PROSE_BLOCK
# Prose worth the name "removed": this much in paragraphs, and this share of them kept.
_MUCH = 2_500
_KEPT = 0.25
_LINKED = 0.3
_TITLE = 200
# Labels in a row that no story has by chance.
_LABELLED = 3
# Log-odds that what a page says of itself is worth.
_SAID = 20.0
_FRONT_PAGE = 2.0
_NO_KIND = -1.0
_NO_KIND_BRIEF = -3.0
_KEPT_PROSE = PAGE_FEATURES.index("kept")
OTHER = "other"

_ERROR = re.compile(ERRORS)
_BARE_ERROR = re.compile(BARE_ERRORS)
_LOGIN = re.compile(LOGINS)
_PARTED = re.compile(r"\s[|\u2013\u2014\-\u00b7:]\s")


@dataclass(frozen=True, slots=True)
class KindModel:
    """Log-odds of "no article", and the bar they must pass."""

    trees: Trees
    bar: float


@cache
def model() -> KindModel:
    """The parameters, read once a process."""
    data = orjson.loads(PARAMETERS.read_bytes())
    return KindModel(Trees.compile(data["trees"], dict.fromkeys(PAGE_FEATURES, "page")), float(data["bar"]))


def assess(
    page: Page, verdicts: Sequence[Verdict | None], scores: Mapping[int, float] | None
) -> tuple[Status, str | None]:
    """Status and reason. `scores` are the region's; None where the outlet's rules named the body."""
    kept = [i for i, v in enumerate(verdicts) if v is None or v.action != "remove"]
    wall = _wall(page, kept)
    if wall is not None:
        return "not-article", wall
    if scores is None:
        if read_address(page)[2] and not says(page)[0] & ARTICLE:
            return "not-article", "index"
    else:
        signs = read_signs(page, scores)
        learned = model()
        if learned.trees.scores([signs.row])[0] + stated(signs) > learned.bar:
            return "not-article", name(signs)
    return "article", MOST_REMOVED if _mostly_removed(page, kept) else None


def stated(signs: PageSigns) -> float:
    """What is added to the learned log-odds for what page and address say in so many words.

    Enough for a page that says that it is goods or a forum, and nowhere that it is an article; something for
    a site's front page. Where nothing tells what else the page is, more is asked of the model, and most of a
    brief, which it takes for a scrap of something.
    """
    if not signs.declared & ARTICLE and (signs.declared & (PRODUCT | FORUM) or signs.address & THREAD):
        return _SAID
    if signs.root:
        return _FRONT_PAGE
    if name(signs) != OTHER:
        return 0.0
    return _NO_KIND if signs.row[_KEPT_PROSE] > math.log1p(_LITTLE) else _NO_KIND_BRIEF


def name(signs: PageSigns) -> str:
    """What a page is that is no article: the first kind that it has evidence for."""
    return next((kind for kind, check in KINDS if check(signs)), OTHER)


def _forum(signs: PageSigns) -> bool:
    return bool((signs.declared | signs.address) & FORUM) or signs.labels[FORUM] > _LABELLED


def _product(signs: PageSigns) -> bool:
    """One thing for sale. A list of many says so in its address, or repeats its buttons."""
    if signs.root or (signs.labels[PRODUCT] > 2 * _LABELLED and not signs.declared & PRODUCT):
        return False
    if signs.address & PRODUCT:
        return True
    return not signs.address & INDEX and (bool(signs.declared & PRODUCT) or signs.labels[PRODUCT] > 0)


def _index(signs: PageSigns) -> bool:
    if signs.root or (signs.declared | signs.address) & INDEX:
        return True
    return max(signs.labels[INDEX], signs.labels[PRODUCT]) > _LABELLED


def _documentation(signs: PageSigns) -> bool:
    return bool((signs.declared | signs.address) & DOCUMENTATION) or signs.labels[DOCUMENTATION] >= _LABELLED


def _service(signs: PageSigns) -> bool:
    return bool((signs.declared | signs.address) & SERVICE) or signs.labels[SERVICE] > 0


KINDS: tuple[tuple[str, Callable[[PageSigns], bool]], ...] = (
    ("forum", _forum), ("documentation", _documentation), ("product", _product), ("index", _index),
    ("service", _service),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scant:
    """A page with little kept prose: its titles, their parts, the extent of the prose, the bits it says."""

    page: Page
    titles: tuple[str, ...]
    parts: tuple[str, ...]
    extent: int
    types: int
    og: int


def _wall(page: Page, kept: Sequence[int]) -> str | None:
    """The first check that fires on a page with little kept prose."""
    total = 0
    for i in kept:
        total += len(page.blocks[i].text)
        if total > _LITTLE:
            return None
    total = sum([extent(page.blocks[i].text) for i in kept])
    if total > _LITTLE:
        return None
    first = next((b.key for b in page.blocks if b.level == 1), "")
    titles = tuple(t[:_TITLE] for t in (fold(page.title or ""), first) if t)
    parts = tuple(p.strip(" .!:") for t in titles for p in _PARTED.split(t))
    scant = _Scant(page, titles, parts, total, *says(page))
    return next((reason for reason, check in CHECKS if check(scant)), None)


def _is_error(scant: _Scant) -> bool:
    """A title that says that the page is not there. Spared: what is marked as an article."""
    if (scant.types | scant.og) & ARTICLE:
        return False
    return any(_ERROR.search(t) for t in scant.titles) or any(_BARE_ERROR.fullmatch(p) for p in scant.parts)


def _is_cookie_wall(scant: _Scant) -> bool:
    """Nearly all prose of the page is about consent, and a button asks for it. Spared: a brief about cookies,
    which is marked as an article, has a paragraph of something else or no such button.
    """
    blocks = scant.page.blocks
    if (scant.types | scant.og) & ARTICLE or not any(
        len(b.key) < _LINE and any(word in b.key for word in ACCEPT) for b in blocks
    ):
        return False
    about = other = 0
    for block in blocks:
        if (
            len(block.text) < _LINE
            or block.level
            or (block.place is not None and block.place.linked > _LINKED)
        ):
            continue
        if any(word in block.key for word in CONSENT):
            about += len(block.text)
        else:
            other += len(block.text)
    return about >= 2 * _LINE and other < about / 2


def _is_login(scant: _Scant) -> bool:
    """Title or first heading is a request to sign in, or a password is asked for and there is no prose."""
    if scant.types & ARTICLE:
        return False
    if any(_LOGIN.fullmatch(p) for p in scant.parts):
        return True
    elements = scant.page.elements
    if elements is None or scant.extent > _LINE:
        return False
    return any(
        "passw" in hook for hook, tag in zip(elements.hooks, elements.tags, strict=True) if tag == "input"
    )


def _is_video(scant: _Scant) -> bool:
    """A page that says it is a video, with no more than a caption. Spared: a brief with a video in it, which
    says that it is an article and has no video's address.
    """
    if scant.extent > _CAPTION:
        return False
    if scant.og == VIDEO:
        return True
    at_video = bool(read_address(scant.page)[1] & VIDEO)
    return bool(scant.types & VIDEO) and (at_video or not (scant.types | scant.og) & ARTICLE)


CHECKS: tuple[tuple[str, Callable[[_Scant], bool]], ...] = (
    ("error-page", _is_error), ("cookie-wall", _is_cookie_wall), ("login-wall", _is_login),
    ("video", _is_video),
)  # fmt: skip


def _mostly_removed(page: Page, kept: Sequence[int]) -> bool:
    """Whether most of the page's paragraphs are gone, readers' comments aside.

    Known cost: a brief on a page that goes on with other whole stories says so too.
    """
    masses = [
        float(len(b.text))
        if len(b.text) >= PARAGRAPH and b.place is not None and b.place.linked < _LINKED
        else 0.0
        for b in page.blocks
    ]
    whole, inside = sum(masses), sum([masses[i] for i in kept])
    if whole < _MUCH or inside >= _KEPT * whole:
        return False
    elements = page.elements
    if elements is None:
        return False
    comments = in_comments(elements, block_rows(page.blocks, elements), masses)
    whole -= sum([masses[i] for i in comments])
    return whole >= _MUCH and inside < _KEPT * whole
