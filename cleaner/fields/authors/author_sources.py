"""Who wrote it: people, and apart from them the agencies.

Enters: `PageFacts`. Leaves: `People`. A source names a whole list; a list agrees with another when it
begins with the same person. People come before collectives; where nobody signs but a newsroom or the outlet
does, in a field that is for authors, that signature stands, unless an agency is credited with the story.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields import jsonld
from cleaner.fields.authors import bylines
from cleaner.fields.authors.author_boxes import box, credit_lines, links
from cleaner.fields.authors.credits import MOST_AUTHORS, PARTING, credited
from cleaner.fields.authors.person_names import looks_personal
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import STATED, Found, Gathered, Source, decide, gather
from cleaner.languages import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Candidate


class People(NamedTuple):
    names: tuple[str, ...]
    agencies: tuple[str, ...]
    source: str
    candidates: tuple[Candidate, ...]


_METAS = (
    "author", "article:author_name", "parsely-author", "sailthru.author", "cxenseparse:author", "byl",
    "dc.creator", "dcterms.creator", "dc.author", "article:author", "citation_author", "creator", "authors",
    "og:article:author", "og:author", "rnews:author", "bt:author", "cxense:author", "author-name",
    "content_author", "vr:author", "dcsext.author",
)  # fmt: skip
# The label that blog software puts before the author's name for link previews.
_WRITTEN_BY = re.compile(alternatives("written_by"), re.IGNORECASE)


def _outlet(evidence: PageFacts) -> Iterator[Found]:
    found = evidence.ask_outlet("authors")
    yield from credited([candidate.value for candidate in found], evidence, declared=True)


def _jsonld(evidence: PageFacts) -> Iterator[Found]:
    for node in evidence.stories:
        names = _author_names(node.get("author"), evidence) or _author_names(node.get("creator"), evidence)
        yield from credited(names, evidence, declared=True)


def _author_names(value: object, evidence: PageFacts) -> list[str]:
    names: list[str] = []
    for item in value[:MOST_AUTHORS] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            node = jsonld.named(item, evidence.index)
            found = jsonld.texts(node.get("name"))
            if not found and (family := jsonld.text(node.get("familyName"))):
                found = [f"{jsonld.text(node.get('givenName')) or ''} {family}".strip()]
            names += found
        elif (string := jsonld.text(item)) is not None:
            names.append(string)
    return names


def _meta(evidence: PageFacts) -> Iterator[Found]:
    metas = evidence.page.meta
    for name in _METAS:
        if name not in metas:
            continue
        contents = [content for _, content in evidence.meta(name)][:MOST_AUTHORS]
        if name in ("dc.creator", "dcterms.creator", "citation_author"):
            contents = [_turned(content) for content in contents]
        if contents:
            yield from credited(contents, evidence, declared=True)
    for number in ("1", "2") if "twitter:label1" in metas or "twitter:label2" in metas else ():
        label = next(evidence.meta(f"twitter:label{number}"), None)
        if label is not None and _WRITTEN_BY.match(label[1].strip()):
            contents = [content for _, content in evidence.meta(f"twitter:data{number}")]
            yield from credited(contents, evidence, declared=True)


def _turned(name: str) -> str:
    """A name as libraries file it, "Brazil, Rachel", the right way round."""
    family, comma, given = name.partition(", ")
    turned = f"{given} {family}"
    return turned if comma and "," not in given and looks_personal(turned) and len(name.split()) < 5 else name


def _envelope(evidence: PageFacts) -> Iterator[Found]:
    if value := evidence.page.envelope.get("author"):
        yield from credited([value], evidence, declared=True)


def _row(evidence: PageFacts) -> Iterator[Found]:
    """As the container lists them: its reader has parted them already."""
    stated = evidence.page.stated
    if stated is None:
        return
    evidence.agencies.extend(stated.agencies)
    if stated.authors:
        value = PARTING.join(stated.authors)
        yield Found(value, value)


SOURCES = (
    Source("rule", _outlet, 20.0),
    Source(STATED, _row, 24.0),
    Source("jsonld", _jsonld, 4.0),
    Source("meta", _meta, 3.0),
    Source("envelope", _envelope, 9.0),
    Source("byline", bylines.byline, 3.2, "visible", late=True),
    Source("byline-element", bylines.marked, 2.0, "visible", late=True),
    Source("author-link", links, 1.3, "visible", late=True),
    Source("byline-date", bylines.beside_date, 1.2, "visible", late=True),
    Source("author-box", box, 1.1, "visible", late=True),
    Source("signature", bylines.signature, 0.6, "visible", late=True),
)


def _keys(value: str) -> tuple[str, ...]:
    return tuple(squeeze(name) for name in value.split(PARTING))


def resolve_authors(evidence: PageFacts) -> People:
    """People before collectives: a newsroom's signature stands only where no source names a person."""
    evidence.agencies.clear()
    found = gather("authors", SOURCES, evidence, partial(_settled, evidence))
    resolution = decide(found, _keys)
    winner = _best(resolution.candidates, evidence)
    agencies = tuple(dict.fromkeys([*evidence.agencies, *credit_lines(evidence)]))
    stated = winner is not None and winner.source == evidence.stated_by
    if winner is None or (agencies and not stated and _is_outlet(winner, evidence)):
        return People((), agencies, "", tuple(resolution.candidates))
    others = tuple(candidate for candidate in resolution.candidates if candidate is not winner)
    return People(tuple(winner.value.split(PARTING)), agencies, winner.source, (winner, *others))


def _settled(evidence: PageFacts, found: Gathered, asked: Source) -> bool:
    """Whether people are named and nobody else is, so that the source to be asked could not, by itself,
    change the winner; against a meta alone a byline is still heard.
    """
    people = [
        (source.name, candidate.value) for source, candidate in found if _is_people(candidate, evidence)
    ]
    if not people:
        return False
    first, value = people[0]
    if first == "meta" and asked.name == "byline":
        return False
    own = set(_keys(value))
    return all(own & set(_keys(other)) for _, other in people)


def _is_people(candidate: Candidate, evidence: PageFacts) -> bool:
    names = candidate.value.split(PARTING)
    return all(looks_personal(name) and squeeze(name) not in evidence.site_names for name in names)


def _is_outlet(candidate: Candidate, evidence: PageFacts) -> bool:
    """Whether the outlet alone signs: on an agency's story it is the publisher, not the author."""
    return all(squeeze(name) in evidence.site_names for name in candidate.value.split(PARTING))


def _best(candidates: Sequence[Candidate], evidence: PageFacts) -> Candidate | None:
    """What the container states; else the first that names people, else the first. A name that merely
    stands beside the date only ousts the outlet's.
    """
    if candidates and candidates[0].source == evidence.stated_by:
        return candidates[0]
    for candidate in candidates:
        weak = candidate.source == "byline-date" and squeeze(candidates[0].value) not in evidence.site_names
        if _is_people(candidate, evidence) and (not weak or candidate is candidates[0]):
            return candidate
    return candidates[0] if candidates else None
