"""The headline: what several sources agree on, without site name, section or label.

Enters: `Evidence`. Leaves: headline candidates, best first. Nothing is cut at `|` or `-` because it stands
there: a part goes when what is left is said by another source, or when the part is the site's name.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.fields import jsonld
from cleaner.fields.datetext import find_date
from cleaner.fields.evidence import squeeze
from cleaner.fields.names import is_byline
from cleaner.fields.resolver import Found, Resolution, Source, decide, gather
from cleaner.model import Candidate
from cleaner.normalise import fold
from cleaner.read.lengths import ends_sentence, extent, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cleaner.fields.evidence import Evidence
    from cleaner.model import Block, Verdict

# What parts a title's pieces. A hyphen counts only between spaces; a colon never parts: a kicker before it
# belongs to the headline unless several sources leave it out, and those then outvote the rest.
_SEPARATOR = re.compile(r"\s+(?:[|\-–—−·•/~⋅:]|--|::|›|»|<|>)\s+|\s*[|‖｜]\s*|\s*--\s*")
_QUOTED = re.compile(r"«[^»]*»|‹[^›]*›")
_MOST_PIECES = 12
_PROSE = 100
_FEW = 4
_MOST_HEADINGS = 40
_LONGEST = 500
_HEAD = 8
_MOST_BLOCKS = 800
_LONG_LINE = 5
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u2060\ufeff"))


def _outlet(evidence: Evidence) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("headline"):
        yield Found(candidate.value, candidate.raw, candidate.block)


def _news(evidence: Evidence) -> Iterator[Found]:
    return _jsonld(evidence, news=True)


def _blog(evidence: Evidence) -> Iterator[Found]:
    return _jsonld(evidence, news=False)


def _jsonld(evidence: Evidence, *, news: bool) -> Iterator[Found]:
    for node in evidence.stories:
        if any(name.endswith(("NewsArticle", "LiveBlogPosting")) for name in jsonld.types(node)) is not news:
            continue
        for key in ("headline", "name"):
            if value := jsonld.text(node.get(key)):
                yield Found(value, value)
                break


def _headings(evidence: Evidence) -> tuple[list[Block], list[Block]]:
    """Headings of the first level: those that lead prose, and the rest."""
    blocks = evidence.page.blocks
    found = (block for block in blocks if block.level == 1 and len(block.text) <= _LONGEST)
    parts: tuple[list[Block], list[Block]] = ([], [])
    for block in islice(found, _MOST_HEADINGS):
        parts[0 if _leads(blocks, block.index) else 1].append(block)
    return parts


def _edits(evidence: Evidence) -> Mapping[int, Verdict]:
    """What the outlet's rules say of each block: glued labels are no part of a headline either."""
    return evidence.outlet.verdicts(evidence.page) if evidence.outlet is not None else {}


def _found(evidence: Evidence, block: Block) -> Found:
    """A block as a headline, without what the outlet's rules cut off it."""
    cuts = evidence.outlet is not None and evidence.outlet.file.edits
    verdict = evidence.once(_edits).get(block.index) if cuts else None
    edited = verdict.text if verdict is not None and verdict.action == "edit" else None
    return Found(edited or block.text, block.text, block.index)


def _h1(evidence: Evidence) -> Iterator[Found]:
    for block in evidence.once(_headings)[0]:
        yield _found(evidence, block)


def _other_h1(evidence: Evidence) -> Iterator[Found]:
    """Logos, pop-ups and footers have headings of the first level too."""
    for block in evidence.once(_headings)[1]:
        yield _found(evidence, block)


def _leads(blocks: Sequence[Block], at: int) -> bool:
    """Whether prose follows before the next such heading; a little must outweigh what stands before."""
    below = 0
    for block in blocks[at + 1 : at + 120]:
        if block.level == 1:
            break
        below += _is_story(block)
        if below == _FEW:
            return True
    if not below:
        return False
    above = sum(_is_story(block) for block in blocks[max(0, at - 60) : at])
    return above < _FEW or above <= below


def _is_story(block: Block) -> bool:
    return (
        len(block.text) >= _PROSE // 2
        and block.kind != "heading"
        and extent(block.text) >= _PROSE
        and block.place is not None
        and block.place.linked < 0.5
    )


def _social(evidence: Evidence) -> Iterator[Found]:
    for _, content in evidence.meta("og:title", "twitter:title"):
        yield Found(content, content)


_METAS = (
    "title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "cxenseparse:title",
    "kt:title",
    "hdl",
    "headline",
)


def _meta(evidence: Evidence) -> Iterator[Found]:
    for _, content in evidence.meta(*_METAS):
        yield Found(content, content)


# Lines of a page's furniture that stand where a headline would. A headline may begin with each of these words
# ("Von der Leyen …", "Home prices …", "18 books …"), so a label is short, and a byline goes on with names.
_LABEL = re.compile(
    r"\W*(?:published|updated|posted|share|subscribe|sign up|read more|advertisement|image|photo|source|menu"
    r"|home|search|skip to|log ?in|comments?)\b|.*\b\d+ min\b",
    re.IGNORECASE,
)
_LONGEST_LABEL = 4


def _line(evidence: Evidence) -> Iterator[Found]:
    """Text input: the line that can be a headline before the story's prose.

    Section labels, bylines and datelines are passed over, and what the outlet's rules remove. Where more
    stands before the prose than a head holds, the text is a dump of the page: of its last lines before the
    prose the first long one is taken.
    """
    if evidence.page.kind != "text":
        return
    gone = evidence.once(_edits)
    blocks = [
        block
        for block in evidence.page.blocks[:_MOST_BLOCKS]
        if block.kind != "envelope" and (block.index not in gone or gone[block.index].action != "remove")
    ]
    start = _prose_start(blocks)
    lines = [block for block in blocks[max(0, start - _HEAD) : start] if _can_be_headline(block)]
    if lines:
        found = lines[0]
        if start > _HEAD:
            found = max(lines, key=lambda block: min(words(block.text), _LONG_LINE))
        yield _found(evidence, found)


def _prose_start(blocks: Sequence[Block]) -> int:
    """Index of the first prose, or where a head of usual length would end."""
    found = (i for i, block in enumerate(blocks) if block.kind == "paragraph" and _is_prose(block.text))
    return next(found, min(len(blocks), _HEAD))


def _is_prose(text: str) -> bool:
    return extent(text) >= 220 or (
        words(text) >= 14 and ends_sentence(text) and not text.endswith(("?", "!"))
    )


def _can_be_headline(block: Block) -> bool:
    text = block.text
    if block.kind not in ("paragraph", "heading") or not 12 <= extent(text) <= 220 or words(text) < 2:
        return False
    if text.endswith((".", ",", ";", ":")) and block.kind != "heading":
        return False
    if _LABEL.match(text) and words(text) <= _LONGEST_LABEL:
        return False
    stamp = find_date(text)
    if stamp is not None and stamp.end - stamp.start > len(text) // 2:
        return False
    return not is_byline(text)


def _envelope(evidence: Evidence) -> Iterator[Found]:
    if title := evidence.page.envelope.get("title"):
        yield Found(title, title)


def _title(evidence: Evidence) -> Iterator[Found]:
    if evidence.page.title:
        yield Found(evidence.page.title, evidence.page.title)


_SHOWN = Source("h1", _h1, 4.0)
# A heading that leads no prose is the page's own after all if another family says the same.
_ASIDE = Source("h1-aside", _other_h1, 1.5, "h1")

# Agreement decides, so the weights only say whose word breaks which tie: the page's own heading and the
# publisher's data stand above what is written for search and sharing.
SOURCES = (
    Source("rule", _outlet, 20.0),
    Source("jsonld", _news, 4.5),
    _SHOWN,
    Source("jsonld", _blog, 3.0),
    _ASIDE,
    Source("line", _line, 2.0),
    Source("envelope", _envelope, 1.5),
    Source("og", _social, 1.0),
    Source("meta", _meta, 0.4, "og"),
    Source("title", _title, 0.4, "og"),
)


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
        or any(
            len(site) > 3 and len(key) < 40 and (site in key or (len(key) > 4 and key in site))
            for site in sites
        )
    )


def trimmed(text: str, agreed: set[str], sites: Collection[str]) -> str:
    """The title less the site's name at its ends, then the longest run of it that others say too."""
    if _SEPARATOR.search(text) is None:
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


def resolve_headline(evidence: Evidence) -> Resolution:
    """Winner first. A title's pieces go only against the word of another family of sources."""
    found = gather("headline", SOURCES, evidence)
    sites = evidence.site_names
    said: dict[str, set[str]] = {}
    for source, candidate in found:
        said.setdefault(source.family or source.name, set()).add(squeeze(candidate.value))
    kept: list[tuple[Source, Candidate]] = []
    cut: dict[tuple[str, str], str] = {}
    for source, candidate in found:
        value = candidate.value[:_LONGEST]
        if source.name != "rule":
            asked = (source.family or source.name, value)
            if asked not in cut:
                cut[asked] = trimmed(value, _agreed(said, source), sites)
            value = cut[asked]
        if not value.isascii():
            value = value.translate(_INVISIBLE)
        value = " ".join(value.split())
        key = squeeze(value)
        if source is _ASIDE and any(key in values for other, values in said.items() if other != "h1"):
            source = _SHOWN  # noqa: PLW2901
        if key and (key not in sites or source.name == "rule"):
            kept.append((source, Candidate("headline", value, source.name, candidate.raw, candidate.block)))
    resolution = decide(kept, lambda value: (squeeze(value),), _spokesman)
    return _shown(evidence, resolution)


def _shown(evidence: Evidence, resolution: Resolution) -> Resolution:
    """The winner with the block that shows it: its own, one of its group, else the first heading or line
    that says the same.
    """
    if not resolution.candidates or resolution.candidates[0].block is not None:
        return resolution
    winner, *rest = resolution.candidates
    key = squeeze(winner.value)
    at = next((c.block for c in rest if c.block is not None and squeeze(c.value) == key), None)
    if at is None:
        low, high = len(winner.value) - 12, len(winner.value) + 12
        same = [b for b in evidence.page.blocks if low <= len(b.text) <= high and squeeze(b.text) == key]
        same.sort(key=lambda block: block.level == 0)
        at = same[0].index if same else None
    value = winner.value
    if at is not None and fold(evidence.page.blocks[at].text) == fold(value):
        value = evidence.page.blocks[at].text
    shown = Candidate("headline", value, winner.source, winner.raw, at)
    return Resolution((shown, *rest))


def _spokesman(group: Sequence[Candidate]) -> Candidate:
    """Of spellings that differ in punctuation alone, the most frequent; then the first."""
    spellings = [candidate.value for candidate in group]
    return max(group, key=lambda candidate: spellings.count(candidate.value))


def _agreed(said: Mapping[str, set[str]], source: Source) -> set[str]:
    """What the other families say. What stands on the page is not cut down to what is said about it."""
    family = source.family or source.name
    if family == "h1":
        return set()
    return set().union(*(values for other, values in said.items() if other != family))
