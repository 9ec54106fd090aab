"""What a whole page looks like, in numbers: how much of it reads like one story, and what it says it is.

Enters: a `Page` read from HTML and the scores of its blocks. Leaves: `PageSigns`, whose `row` stands in the
order of `PAGE_FEATURES`. Of the region only its scores are read, so that it may change beneath.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.judge.page_kind.kind_words import (
    ADDRESS,
    ARTICLE,
    FORUM,
    INDEX,
    KINDS,
    LABELS,
    PRODUCT,
    TYPES,
    VIDEO,
)
from cleaner.text.measure import PAGE_KIND_LAST, PARAGRAPH, PROSE_BLOCK, extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.model import Page

# Log-odds: surely kept; more than that says no more; and neither kept nor removed for sure.
_SURE = 2.0
_CERTAIN = 3.0
_UNSURE = 1.5
_LINKED = 0.5
_LABEL = 40
_WORD = re.compile(r"[a-z]+")
# A slug of this many words is a headline: its words say what the story is about, not what the page is.
_HEADLINE = 4
_ADDRESS_UNKNOWN = (-1.0, -1.0, 0.0, 0.0, 0.0)
# More than any page states; a hostile one is cut off here.
_MOST_TYPES = 200

PAGE_FEATURES: tuple[str, ...] = (
    "kept", "sure_blocks", "long_blocks", "prose_share", "mean_kept", "longest_kept", "mean_score",
    "best_score", "unsure", "dense", "first",
    "kept_share", "kept_headings", "kept_items", "kept_rows", "digits", "quotes", "you",
    "linked_blocks", "headings", "h1_at", "says_article", "says_story",
    "path_depth", "slug", "path_article", "path_other", "path_forum",
    "forum_labels", "docs_labels", "service_labels",
    "product_hooks", "price_hooks", "author_hooks", "story_hooks", "buttons", "articles",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageSigns:
    """`declared` are the bits of JSON-LD and og:type, `address` those of the address, `root` whether that is
    a site's front page, `labels` counts small labels by bit.
    """

    row: list[float]
    declared: int
    address: int
    root: bool
    labels: Mapping[int, int]


def says(page: Page) -> tuple[int, int]:
    """Bits of the JSON-LD types of a page, and of its og:type. Types are found, not parsed, in a tenth
    of the time.
    """
    bits = 0
    for script in page.jsonld:
        for part in script.split('"@type"', _MOST_TYPES)[1:]:
            name = part[:80].split('"', 2)[1:2]
            if name:
                bits |= TYPES.get(name[0]) or (ARTICLE if name[0].endswith("Article") else 0)
    og = (page.meta.get("og:type") or ("",))[0].lower()
    if "article" in og:
        return bits, ARTICLE
    if og.startswith("product") or og.endswith(":item"):
        return bits, PRODUCT
    return bits, VIDEO if og.startswith("video") else 0


def read_address(page: Page) -> tuple[tuple[float, ...], int, bool]:
    """Depth, words of the longest slug, whether words speak for a story, for something else, for a forum;
    then the bits of all words, and whether this is a site's front page.
    """
    stated = (page.url, *page.links.get("canonical", ())[:1])
    url = next((u for u in stated if u and u.startswith("http")), "")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").split(".")
    except ValueError:
        url = ""
    if not url:
        return _ADDRESS_UNKNOWN, 0, False
    segments = [s for s in parts.path.lower().split("/") if s]
    slug = max([s.count("-") + s.count("_") for s in segments], default=-1) + 1
    plain = [*segments[:-1], *host[:-2]]
    if slug < _HEADLINE:
        plain += segments[-1:]
    bits = 0
    for word in _WORD.findall(" ".join(plain)):
        bits |= ADDRESS.get(word, 0)
    root = not parts.query and (not segments or segments[-1] in ("index.html", "index.php"))
    return (len(segments), slug, bool(bits & ARTICLE), bool(bits & ~ARTICLE), bool(bits & FORUM)), bits, root


def _prose(page: Page, indices: Iterable[int], least: float) -> list[int]:
    """Indices of the blocks that hold running text of some length."""
    found = []
    for i in indices:
        block = page.blocks[i]
        text = block.text
        if len(text) < least or (block.place is not None and block.place.linked > _LINKED):
            continue
        if text[-1] in PAGE_KIND_LAST or ". " in text or "\u3002" in text:
            found.append(i)
    return found


def _prose_part(page: Page, scores: Mapping[int, float], kept: Sequence[int]) -> list[float]:
    """How much prose is kept, how surely, and how it lies on the page."""
    blocks = page.blocks
    # Ideographs say more than letters: the scale of the longest kept block stands for all.
    longest = max([blocks[i].text for i in kept], key=len, default="")
    scale = extent(longest) / len(longest) if longest else 1.0
    candidates = _prose(page, scores, PROSE_BLOCK / scale)
    prose = [i for i in candidates if scores[i] >= 0]
    lengths = [len(blocks[i].text) for i in prose]
    total, count = sum(lengths), len(prose) or 1
    best = max(scores.values(), default=-_CERTAIN)
    return [
        math.log1p(total * scale),
        sum([scores[i] > _SURE for i in prose]),
        sum([n * scale >= PARAGRAPH for n in lengths]),
        total / (sum([len(blocks[i].text) for i in candidates]) or 1),
        total * scale / count,
        max(lengths, default=0) * scale,
        sum([min(scores[i], _CERTAIN) for i in prose]) / count,
        min(best, _CERTAIN),
        sum([-_UNSURE < s < _UNSURE for s in scores.values()]) / (len(scores) or 1),
        len(kept) / (prose[-1] - prose[0] + 1) if prose else 0.0,
        prose[0] / len(blocks) if prose else 0.0,
    ]


def _kept_part(page: Page, kept: Sequence[int]) -> list[float]:
    """What the kept blocks are, whole and by their characters."""
    kinds = [page.blocks[i].kind for i in kept]
    keys = " ".join([page.blocks[i].key for i in kept])
    n, chars = len(kept) or 1, len(keys) or 1
    raw = keys.encode("utf-8", "replace")
    quotes = keys.count('"') + keys.count("\u00ab") + keys.count("\u300c")
    return [
        len(keys) / (sum([len(b.text) for b in page.blocks]) or 1),
        kinds.count("heading") / n,
        kinds.count("list-item") / n,
        (kinds.count("table-row") + kinds.count("code")) / n,
        (len(raw) - len(raw.translate(None, b"0123456789"))) / chars,
        1000 * quotes / chars,
        1000 * keys.count(" you") / chars,
    ]


def _blocks_part(page: Page) -> tuple[list[float], dict[int, int]]:
    """Share of link blocks, headings, place of the first; and small labels by bit."""
    labels = dict.fromkeys(KINDS, 0)
    links = headings = 0
    h1 = -1
    known = LABELS.get
    for block in page.blocks:
        key = block.key
        if len(key) < _LABEL and (bit := known(key)):
            labels[bit] += 1
        if block.level:
            headings += 1
            if block.level == 1 and h1 < 0:
                h1 = block.index
        if block.place is not None and block.place.linked > _LINKED:
            links += 1
    count = len(page.blocks) or 1
    return [links / count, headings, h1 / count], labels


def _elements_part(page: Page) -> list[float]:
    """How many different class names speak of goods, prices, authors, stories; buttons and `<article>`s."""
    if page.elements is None:
        return [0.0] * 6
    tags = page.elements.tags
    joined = " ".join(set(page.elements.hooks))
    return [
        joined.count("product"), joined.count("price"), joined.count("author") + joined.count("byline"),
        joined.count("post") + joined.count("entry") + joined.count("article"),
        tags.count("button"), tags.count("article"),
    ]  # fmt: skip


def read_signs(page: Page, scores: Mapping[int, float]) -> PageSigns:
    """All signs. `scores` are log-odds of its candidate blocks by index; those from zero are kept."""
    kept = [i for i, score in scores.items() if score >= 0]
    blocks_row, labels = _blocks_part(page)
    types, og = says(page)
    address_row, address, root = read_address(page)
    row = [
        *_prose_part(page, scores, kept), *_kept_part(page, kept), *blocks_row,
        bool((types | og) & ARTICLE), bool(types & ARTICLE), *address_row,
        *[labels[bit] for bit in KINDS if bit not in (PRODUCT, INDEX)], *_elements_part(page),
    ]  # fmt: skip
    return PageSigns(row, types | og, address, root, labels)
