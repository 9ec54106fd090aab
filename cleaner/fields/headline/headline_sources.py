"""The headline: what several sources agree on, without site name, section or label.

Enters: `PageFacts`. Leaves: headline candidates, best first. Nothing is cut at `|` or `-` because it stands
there: a part goes when what is left is said by another source, or when the part is the site's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.fields import jsonld
from cleaner.fields.headline import shown_headline as shown
from cleaner.fields.headline.title_trim import completed, is_parted, rest_of, tidied, trimmed, unslugged
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import STATED, Found, Gathered, Resolution, Source, decide, gather
from cleaner.fields.stated import stated_from
from cleaner.model import Candidate
from cleaner.text.measure import words
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cleaner.fields.page_facts import PageFacts

# Words of a site's name that cannot be a story's headline.
_LONGEST_NAME = 4


def _outlet(evidence: PageFacts) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("headline"):
        yield Found(candidate.value, candidate.raw, candidate.block)


def _news(evidence: PageFacts) -> Iterator[Found]:
    return _jsonld(evidence, news=True)


def _blog(evidence: PageFacts) -> Iterator[Found]:
    return _jsonld(evidence, news=False)


def _jsonld(evidence: PageFacts, *, news: bool) -> Iterator[Found]:
    for node in evidence.stories:
        if any(name.endswith(("NewsArticle", "LiveBlogPosting")) for name in jsonld.types(node)) is not news:
            continue
        for key in ("headline", "name"):
            if value := jsonld.text(node.get(key)):
                yield Found(value, value)
                break


def _social(evidence: PageFacts) -> Iterator[Found]:
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


def _meta(evidence: PageFacts) -> Iterator[Found]:
    for _, content in evidence.meta(*_METAS):
        yield Found(content, content)


def _envelope(evidence: PageFacts) -> Iterator[Found]:
    if title := evidence.page.envelope.get("title"):
        yield Found(title, title)


def _title(evidence: PageFacts) -> Iterator[Found]:
    if evidence.page.title:
        yield Found(evidence.page.title, evidence.page.title)


_SHOWN = Source("h1", shown.h1, 4.0)
# A heading that leads no prose is the page's own after all if another family says the same.
_ASIDE = Source("h1-aside", shown.other_h1, 1.5, "h1")

_HEADINGS = ("h1", "h1-aside")
# With the least of the sources that say the same it outweighs a heading that nobody repeats.
_LOWER = Source("heading", lambda _: (), 3.7)

# Agreement decides, so the weights only say whose word breaks which tie: the page's own heading and the
# publisher's data stand above what is written for search and sharing. What the container or the wrapper of
# the text states outweighs whatever is only the first line of it.
SOURCES = (
    Source("rule", _outlet, 20.0),
    Source(STATED, stated_from("headline"), 24.0),
    Source("jsonld", _news, 4.5),
    _SHOWN,
    Source("jsonld", _blog, 3.0),
    _ASIDE,
    Source("line", shown.line, 2.0),
    Source("envelope", _envelope, 9.0),
    Source("og", _social, 1.0),
    Source("meta", _meta, 0.4, "og"),
    Source("title", _title, 0.4, "og"),
)


def resolve_headline(evidence: PageFacts) -> Resolution:
    """Winner first. A title's pieces go only against the word of another family of sources."""
    found = gather("headline", SOURCES, evidence)
    read = unslugged if evidence.page.kind == "text" else tidied
    values = _cut(found, [read(candidate.value) for _, candidate in found], evidence)
    if len(set(values)) > 1:
        values = _whole(found, values, evidence)
    kept = _agreeable(found, values, evidence)
    resolution = decide(kept, _key, _spokesman)
    if resolution.source in _HEADINGS and (heading := _subheading(evidence, kept, resolution)):
        resolution = decide([*kept, heading], _key, _spokesman)
    return _shown(evidence, resolution)


def _key(value: str) -> tuple[str]:
    return (squeeze(value),)


def _family(source: Source) -> str:
    return source.family or source.name


def _cut(found: Gathered, values: Sequence[str], evidence: PageFacts) -> list[str]:
    """The titles less what others leave out. What stands on the page is not cut down to what is said about
    it; a title for the browser's tab is, also to a lower heading.
    """
    parted = {value for value in set(values) if is_parted(value)}
    if not parted:
        return list(values)
    said: dict[str, set[str]] = {}
    for (source, _), value in zip(found, values, strict=True):
        said.setdefault(_family(source), set()).add(squeeze(value))
    done: dict[tuple[str, str], str] = {}
    kept: list[str] = []
    for (source, _), value in zip(found, values, strict=True):
        asked = (_family(source), value)
        if value in parted and source.name != "rule":
            if asked not in done:
                done[asked] = _less(value, asked[0], said, evidence)
            kept.append(done[asked])
        else:
            kept.append(value)
    return kept


def _less(value: str, family: str, said: Mapping[str, set[str]], evidence: PageFacts) -> str:
    """One title less the site's name and what the other families leave out."""
    agreed: set[str] = set()
    if family not in ("h1", STATED):
        agreed = agreed.union(*(values for other, values in said.items() if other != family))
    value = trimmed(value, agreed, evidence.site_names)
    if family == "og" and squeeze(value) not in agreed and is_parted(value):
        return trimmed(value, evidence.once(shown.lower_headings), ())
    return value


def _whole(found: Gathered, values: Sequence[str], evidence: PageFacts) -> list[str]:
    """The headings without what stands in an element of its own, then the titles with what was cut off them:
    a label in a heading must not come back as the end of a title.
    """
    values = _unkicked(found, values, evidence)
    names = [source.name for source, _ in found]
    families: dict[str, set[str]] = {}
    for (source, _), value in zip(found, values, strict=True):
        families.setdefault(squeeze(value), set()).add(_family(source))
    kept: list[str] = []
    for (source, _), value in zip(found, values, strict=True):
        others = _others(source, value, names, values)
        if not others or source.name in ("rule", STATED) or _family(source) == "h1":
            kept.append(value)
        else:
            kept.append(completed(value, others, agreed=len(families[squeeze(value)]) > 1))
    return kept


def _others(source: Source, value: str, names: Sequence[str], values: Sequence[str]) -> list[str]:
    """What the other sources say instead."""
    return [other for by, other in zip(names, values, strict=True) if by != source.name and other != value]


def _unkicked(found: Gathered, values: Sequence[str], evidence: PageFacts) -> list[str]:
    """The headings without a kicker or label, unless a source other than a heading has it too."""
    names = [source.name for source, _ in found]
    said = {
        squeeze(value) for (source, _), value in zip(found, values, strict=True) if _family(source) != "h1"
    }
    kept: list[str] = []
    for (source, _), value in zip(found, values, strict=True):
        parts: list[str] = []
        if _family(source) == "h1" and not any(squeeze(value) in whole for whole in said):
            parts = [other for other in _others(source, value, names, values) if rest_of(value, other)]
        kept.append(shown.unkicked(value, parts, evidence) or value)
    return kept


def _agreeable(found: Gathered, values: Sequence[str], evidence: PageFacts) -> Gathered:
    """The titles that can be the story's: not the site's name, and a heading that leads no prose only as an
    aside, unless another family says the same.
    """
    sites = evidence.site_names
    keys = [squeeze(value) for value in values]
    said = {key for (source, _), key in zip(found, keys, strict=True) if _family(source) != "h1"}
    kept: Gathered = []
    spared: Gathered = []
    for (source, given), value, key in zip(found, values, keys, strict=True):
        by = _SHOWN if source is _ASIDE and key in said else source
        candidate = given
        if value != given.value:
            candidate = Candidate("headline", value, given.source, given.raw, given.block)
        if key and (key not in sites or source.name in ("rule", STATED)):
            kept.append((by, candidate))
        elif key and words(value) > _LONGEST_NAME:
            spared.append((by, candidate))
    # Some portals give each story's title as the site's name.
    return kept or spared


def _subheading(
    evidence: PageFacts, found: Gathered, resolution: Resolution
) -> tuple[Source, Candidate] | None:
    """A lower heading that says what another family says, where the heading of the first level, which nobody
    repeats, is the section's or the site's.
    """
    said = {squeeze(candidate.value) for source, candidate in found if _family(source) != "h1"}
    if not said or squeeze(resolution.value or "") in said:
        return None
    block = shown.subheading(evidence, said)
    if block is None:
        return None
    return _LOWER, Candidate("headline", tidied(block.text), _LOWER.name, block.text, block.index)


def _shown(evidence: PageFacts, resolution: Resolution) -> Resolution:
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
    return Resolution((Candidate("headline", value, winner.source, winner.raw, at), *rest))


def _spokesman(group: Sequence[Candidate]) -> Candidate:
    """Of spellings that differ in punctuation alone, the most frequent; then the first."""
    spellings = [candidate.value for candidate in group]
    return max(group, key=lambda candidate: spellings.count(candidate.value))
