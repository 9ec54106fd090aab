"""Who wrote it: people, and apart from them the agencies.

Enters: `Evidence`. Leaves: `People`. A source names a whole list; a list agrees with another when it begins with the same
person. Where nobody signs but a newsroom or the outlet does, in a field that is for authors, that signature stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields import jsonld
from cleaner.fields.evidence import squeeze
from cleaner.fields.names import Credit, credits, looks_personal
from cleaner.fields.resolver import Found, Source, decide, gather
from cleaner.model import Candidate

if TYPE_CHECKING:
    from cleaner.fields.evidence import Evidence
    from cleaner.model import Block


class People(NamedTuple):
    names: tuple[str, ...]
    agencies: tuple[str, ...]
    source: str
    candidates: tuple[Candidate, ...]


# Parts the names of one list inside a candidate's value, which is a string.
_PARTING = "; "
_METAS = (
    "author", "article:author_name", "parsely-author", "sailthru.author", "cxenseparse:author", "byl", "dc.creator", "dcterms.creator", "dc.author",
    "article:author", "citation_author", "creator", "authors", "og:article:author", "og:author", "rnews:author", "bt:author", "cxense:author", "author-name", "content_author", "vr:author",
)  # fmt: skip
_AUTHOR_HOOK = re.compile(
    r"(?:^|[\s_\-])(?:author|byline|by-line|writer|autor|auteur|autore|contributor|reporter|journalist)s?(?:$|[\s_\-])|byline|author(?:name|s?[_-]|link)|__author|-author"
)
_NOT_AUTHOR_HOOK = re.compile(
    r"bio|avatar|image|img|photo|related|card|comment|caption|credit|description|social|share|teaser"
)
_BY_LINE = re.compile(
    r"^\W*(?:(?:written |words |story |posted |reported |text |published[\w ,]{0,30})?by|von|par|por|di|door|przez|text:|tekst:|texte\s?:|autor(?:in|ka)?\s?:|author\s?:|auteur\s?:|autore\s?:)[\s:]",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 180


def _joined(found: Iterable[Credit]) -> str:
    """People of a list, else its collective; each once."""
    listed = list(found)
    people = [credit.name for credit in listed if credit.kind == "person"]
    names = people or [credit.name for credit in listed if credit.kind == "group"]
    return _PARTING.join(dict.fromkeys(names))


def _lists(texts: Iterable[str], evidence: Evidence, *, declared: bool) -> Iterator[Found]:
    """One list of all the texts; the agencies among them are noted on the way."""
    raws = [text for text in texts if text]
    found = [credit for text in raws for credit in credits(text, evidence.site_names, declared=declared)]
    evidence.agencies.extend(credit.name for credit in found if credit.kind == "agency")
    if value := _joined(found):
        yield Found(value, "; ".join(raws))


def _outlet(evidence: Evidence) -> Iterator[Found]:
    found = evidence.ask_outlet("authors")
    yield from _lists([candidate.value for candidate in found], evidence, declared=True)


def _jsonld(evidence: Evidence) -> Iterator[Found]:
    for node in evidence.stories:
        names = _author_names(node.get("author"), evidence) or _author_names(node.get("creator"), evidence)
        yield from _lists(names, evidence, declared=True)


def _author_names(value: object, evidence: Evidence) -> list[str]:
    names: list[str] = []
    for item in value[:60] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            node = jsonld.named(item, evidence.index)
            found = jsonld.texts(node.get("name"))
            if not found and (family := jsonld.text(node.get("familyName"))):
                found = [f"{jsonld.text(node.get('givenName')) or ''} {family}".strip()]
            names += found
        elif (string := jsonld.text(item)) is not None:
            names.append(string)
    return names


def _meta(evidence: Evidence) -> Iterator[Found]:
    for name in _METAS:
        contents = list(evidence.page.meta.get(name, ()))
        if name in ("dc.creator", "dcterms.creator", "citation_author"):
            contents = [_turned(content) for content in contents]
        if contents:
            yield from _lists(contents, evidence, declared=True)


def _turned(name: str) -> str:
    """ "Brazil, Rachel" as libraries file it, the right way round."""
    family, comma, given = name.partition(", ")
    turned = f"{given} {family}"
    return turned if comma and "," not in given and looks_personal(turned) and len(name.split()) < 5 else name


def _hooks(block: Block, evidence: Evidence) -> str:
    elements = evidence.page.elements
    if elements is None or block.place is None:
        return ""
    row = block.place.element
    found = []
    for _ in range(3):
        found.append(elements.hooks[row])
        row = elements.parents[row]
    return " ".join(found)


def _marked(evidence: Evidence) -> Iterator[Found]:
    """Lines near the headline whose element is named for authors."""
    texts: list[str] = []
    for block in evidence.top:
        if len(block.text) <= _LONGEST_BYLINE and not block.level == 1:
            hooks = _hooks(block, evidence)
            if hooks and _AUTHOR_HOOK.search(hooks) and not _NOT_AUTHOR_HOOK.search(hooks):
                texts.append(block.text)
    yield from _lists(texts, evidence, declared=False)


def _byline(evidence: Evidence) -> Iterator[Found]:
    """ "By …" lines near the headline."""
    for block in evidence.top:
        if len(block.text) <= _LONGEST_BYLINE and _BY_LINE.match(block.text) and block.kind != "caption":
            found = list(_lists([block.text], evidence, declared=False))
            if found:
                yield Found(found[0].value, block.text, block.index)
                return


def _envelope(evidence: Evidence) -> Iterator[Found]:
    if value := evidence.page.envelope.get("author"):
        yield from _lists([value], evidence, declared=True)


SOURCES = (
    Source("rule", _outlet, 20.0),
    Source("jsonld", _jsonld, 4.0),
    Source("meta", _meta, 3.0),
    Source("byline", _byline, 2.5, "visible"),
    Source("byline-element", _marked, 2.0, "visible"),
    Source("envelope", _envelope, 2.0),
)


def _keys(value: str) -> tuple[str, ...]:
    return tuple(squeeze(name) for name in value.split(_PARTING))


def resolve_authors(evidence: Evidence) -> People:
    """People before collectives: a newsroom's signature stands only where no source names a person."""
    evidence.agencies.clear()
    found = gather("authors", SOURCES, evidence)
    resolution = decide(
        found, _keys, lambda group: max(group, key=lambda candidate: candidate.value.count(_PARTING))
    )
    best = next((c for c in resolution.candidates if _personal(c.value, evidence)), None)
    winner = best or (resolution.candidates[0] if resolution.candidates else None)
    agencies = tuple(dict.fromkeys(evidence.agencies))
    if winner is None:
        return People((), agencies, "", ())
    others = tuple(candidate for candidate in resolution.candidates if candidate is not winner)
    return People(tuple(winner.value.split(_PARTING)), agencies, winner.source, (winner, *others))


def _personal(value: str, evidence: Evidence) -> bool:
    return all(
        looks_personal(name) and squeeze(name) not in evidence.site_names for name in value.split(_PARTING)
    )
