"""Credit lines to names: people, agencies, and collectives such as a newsroom; and the list a source makes.

Enters: what stands in an author field or a byline. Leaves: `Credit`s of one text, or one `Found` of all the
texts of a source. Look first at `read_credits`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.fields.authors.name_words import AGENCY_TAIL, FIRM, NOBODY, PERSONS_ROLE, POST, has_role
from cleaner.fields.authors.person_names import (
    LIST_MARK,
    LONGEST_CREDIT,
    cleaned,
    is_agency,
    is_plain_name,
    looks_personal,
    unglued,
)
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.fields.page_facts import PageFacts


class Credit(NamedTuple):
    kind: Literal["person", "agency", "group"]
    name: str


_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]{0,80}[)\]）]")
_KEY_LIKE = re.compile(r"[\w-]+(?:\.[\w-]+){2,}$")
_LONGEST_NAME = 80
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|eu|[a-z]{2})$")
_AGENCY_ENDINGS = ("Press", "Association", "Reuters", "AFP", "dpa")
_ANDS = frozenset(["and", "und", "et", "y", "e", "en", "&", "og", "och"])
# Parts the names of one list inside a candidate's value, which is a string.
PARTING = "; "
# Names that one source is asked for: a hostile page may hold thousands.
MOST_AUTHORS = 60


def _joined(found: Iterable[Credit]) -> str:
    """People of a list, else its collective; each once."""
    listed = list(found)
    people = [credit.name for credit in listed if credit.kind == "person"]
    names = people or [credit.name for credit in listed if credit.kind == "group"]
    return PARTING.join(dict.fromkeys(names))


def credited(texts: Iterable[str], evidence: PageFacts, *, declared: bool) -> Iterator[Found]:
    """One list of all the texts; the agencies among them are noted on the way."""
    raws = [text for text in texts if text]
    found = [credit for text in raws for credit in read_credits(text, evidence.site_names, declared=declared)]
    evidence.agencies.extend(credit.name for credit in found if credit.kind == "agency")
    if value := _joined(found):
        yield Found(value, PARTING.join(raws))


def read_credits(text: str, sites: Mapping[str, str], *, declared: bool) -> Iterator[Credit]:
    """The names in one credit.

    `declared` says that the text stands in a field for authors: then a single word is taken for a name too,
    and a name that is no person's for a collective. In a line of the page only what looks like a person is.
    """
    if is_plain_name(text, sites):
        yield Credit("person", text)
        return
    text = text[:LONGEST_CREDIT]
    if declared and text.startswith(("http://", "https://", "www.", "@", "/")):
        return
    text = unglued(text, sites)
    bare = cleaned(text)
    brackets = _BRACKETS.findall(text)
    plain = cleaned(_BRACKETS.sub("", text)) if brackets else bare
    for inside in brackets:
        for piece in LIST_MARK.split(inside.strip(" ()[]（）")):
            if is_agency(piece):
                yield Credit("agency", piece.strip())
    if not plain:
        return
    if is_agency(bare) or is_agency(plain):
        yield Credit("agency", plain)
        return
    if squeeze(bare) in sites:
        if declared:
            yield Credit("group", bare)
        return
    yield from _pieces(plain, sites, declared=declared)


def _pieces(text: str, sites: Mapping[str, str], *, declared: bool) -> Iterator[Credit]:
    found: list[Credit] = []
    parts = _parts(text, declared=declared)
    for n, (part, _) in enumerate(parts):
        if not declared and found and not _signs(part):
            # "Ann Lee, health editor and Bo Hall": after a role "and" brings another name.
            if PERSONS_ROLE.search(part) and n + 1 < len(parts) and parts[n + 1][1] in _ANDS:
                continue
            break
        if found and found[-1].kind == "person" and POST.match(part) and len(part) < 12:
            found[-1] = Credit("person", f"{found[-1].name}, {part}")
            continue
        if credit := _credit(part, sites, declared=declared, alone=len(parts) == 1):
            found.append(credit)
    yield from found


def _parts(text: str, *, declared: bool) -> list[tuple[str, str]]:
    """The parts of a list, each with the word or mark before it; one part where none of them is a name."""
    if text.endswith(_AGENCY_ENDINGS):
        text = AGENCY_TAIL.sub(r"\1, ", text)
    parts: list[tuple[str, str]] = []
    at, joint = 0, ""
    for mark in LIST_MARK.finditer(text):
        parts.append((text[at : mark.start()], joint))
        at, joint = mark.end(), mark[0].strip(" ,").casefold()
    parts = [(part, before) for part, before in (*parts, (text[at:], joint)) if part]
    if len(parts) > 1 and declared and not any(looks_personal(part) or is_agency(part) for part, _ in parts):
        return [(text, "")]
    return parts


def _signs(part: str) -> bool:
    """Whether a later part of a byline can still be a name; after a role or place nothing more is read."""
    return bool(POST.match(part)) or looks_personal(cleaned(part)) or is_agency(part)


def _credit(part: str, sites: Mapping[str, str], *, declared: bool, alone: bool) -> Credit | None:
    name = cleaned(part)
    key = squeeze(name)
    if not key or key in NOBODY or key.isdigit() or _KEY_LIKE.match(name):
        return None
    if key not in sites and (FIRM.search(name) or _ADDRESS.match(name)):
        return None
    if is_agency(name):
        return Credit("agency", name)
    if key not in sites and looks_personal(name):
        return Credit("person", name)
    if not declared or not (alone or key in sites) or len(name) > _LONGEST_NAME:
        return None
    return Credit("group" if key in sites or has_role(name) else "person", name)
