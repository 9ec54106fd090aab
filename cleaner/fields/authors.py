"""Who wrote it: people, and apart from them the agencies.

Enters: `Evidence`. Leaves: `People`. A source names a whole list; a list agrees with another when it
begins with the same
person. Where nobody signs but a newsroom or the outlet does, in a field that is for authors, that
signature stands.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cleaner.fields import jsonld
from cleaner.fields.evidence import squeeze
from cleaner.fields.names import Credit, is_agency, is_byline, is_role, looks_personal, read_credits
from cleaner.fields.resolver import Found, Gathered, Source, decide, gather
from cleaner.fields.visible import datelines, is_dateline
from cleaner.read.lengths import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.fields.evidence import Evidence
    from cleaner.model import Block, Candidate, Elements


class People(NamedTuple):
    names: tuple[str, ...]
    agencies: tuple[str, ...]
    source: str
    candidates: tuple[Candidate, ...]


# Parts the names of one list inside a candidate's value, which is a string.
_PARTING = "; "
_METAS = (
    "author", "article:author_name", "parsely-author", "sailthru.author", "cxenseparse:author", "byl",
    "dc.creator", "dcterms.creator", "dc.author", "article:author", "citation_author", "creator", "authors",
    "og:article:author", "og:author", "rnews:author", "bt:author", "cxense:author", "author-name",
    "content_author", "vr:author",
)  # fmt: skip
_AUTHOR_HOOK = re.compile(
    r"(?:^|[\s_\-])(?:author|byline|by-line|writer|autor|auteur|autore|contributor|reporter"
    r"|journalist)s?(?:$|[\s_\-])|byline|author(?:name|s?[_-]|link)|__author|-author"
)
_NOT_AUTHOR_HOOK = re.compile(
    r"bio|avatar|image|img|photo|related|card|comment|caption|credit|description|social|share|teaser"
)
_BY_LINE = re.compile(
    r"^\W*(?:(?:written |words |story |posted |reported |text |recipe |published[\w ,]{0,30})?by|von|par|por"
    r"|di|door|przez|text:|tekst:|texte\s?:|autor(?:in|ka)?\s?:|author\s?:|auteur\s?:|autore\s?:)[\s:]",
    re.IGNORECASE,
)
_LONE_BY = re.compile(
    r"\W*(?:(?:written|posted|published|words|story|article|text|recipe) )?by\W*$|\W*(?:von|par|por|di|door"
    r"|autor(?:in)?|auteur|author)\W*$",
    re.IGNORECASE,
)
_INNER_BY = re.compile(
    r"(?:(?<=[\d|·•,⋅—–-])\s*|(?<=published )|(?<=posted )|(?<=text )|(?<=guide )|(?<=words )"
    r"|(?<=post was )|(?<=article was ))(?:written |posted )?by:?\s+(?=[A-Z])",
    re.IGNORECASE,
)
_NOT_BY = re.compile(
    r"\b(?:reviewed|edited|fact[- ]checked|photo(?:s|graphs?)?|image|illustration|foto|bild|powered"
    r"|presented|sponsored) (?:by|von|:)|\b(?:foto|photo|bild|image)s?:|^\W*(?:about|more from|follow"
    r"|read more)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:view all posts|all posts|(?:this (?:post|article|story) was )?(?:written|posted)"
    r"|(?:text|words|story|recipe|posts|articles)) by:?\s+|(?:authors?|contributors?)\s*:\s*"
    r"|[(（]?(?:责编|责任编辑|作者|记者|撰文)[:：]\s*",
    re.IGNORECASE,
)
_NAME_HOOK = re.compile(r"author[\w-]*name|name[\w-]*author|(?:^|\s)(?:fn|p-author|author)(?:\s|$)|byline")
# The label that blog software puts before the author's name for link previews.
_WRITTEN_BY = re.compile(
    r"(?:written|posted|published) by|by|authors?|verfasst von|geschrieben von|écrit par|escrito por"
    r"|scritto da|geschreven door|napisane przez|skrevet a[fv]|skriven av|skrivet av|kirjoittaja"
    r"|auteur|autor[ae]?|автор|написано автором|yazan|ditulis oleh|執筆者|作者|작성자",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z]")
_SEGMENT = re.compile(r"\s*[|•·⋅\n—–]\s*|\s-\s")
_DATELINE_CREDIT = re.compile(r"[A-ZÀ-Þ][\w .,/'-]{2,50}\(([A-Za-z][\w ./,-]{1,30})\)\s*[-–—:]")
_END_CREDIT = re.compile(r"[\w/.,& -]{0,40}\(([^()]{2,50})\)$")
_AUTHOR_LINKS = 'a[rel~="author"], a[href*="/aut"], a[href*="/contributor"]'
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|i|a)?|auteurs?|autore|contributors?)/\w", re.IGNORECASE
)
_LINKED_NAME = re.compile(r"\w[\w.'’ -]{2,40}")
_NO_NAME = re.compile(
    r"^(?:about|all|see|view|more|read|follow|meet|full|bio|by|website|profile|author|posts?|our|the author"
    r"|articles?|contact|learn|show|other|next|previous|home|\d+)\b|\b(?:posts?|articles?|bio|profile|more)$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"comment|related|recommend|teaser|card|sidebar|nav|menu|popular|latest|widget|more-")
_LEVELS = 6
_LONGEST_BYLINE = 180
_LONGEST_INNER = 120
_LONGEST_SIGNATURE = 60
_LONGEST_NAMED = 80
# How "Written by" and "Author:" end, alone in their line.
_LABEL_ENDS = ("y", "Y", ":")
_MOST_WORDS = 5
_MOST_AUTHORS = 60
_NOT_SIGNED = re.compile(r"\d|^\W*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W*$", re.IGNORECASE)
_TEAM = re.compile(
    r"(?:The )?[A-Z][\w&'’.]*(?: [A-Z][\w&'’.]*){0,3} (?:Team|Staff|Editors|Contributors?|Newsroom|Desk)"
)
_SHORT_BY = re.compile(r"(?:posted |written )?by:? +\w[\w .'-]{1,30}$", re.IGNORECASE)


def _joined(found: Iterable[Credit]) -> str:
    """People of a list, else its collective; each once."""
    listed = list(found)
    people = [credit.name for credit in listed if credit.kind == "person"]
    names = people or [credit.name for credit in listed if credit.kind == "group"]
    return _PARTING.join(dict.fromkeys(names))


def _lists(texts: Iterable[str], evidence: Evidence, *, declared: bool) -> Iterator[Found]:
    """One list of all the texts; the agencies among them are noted on the way."""
    raws = [text for text in texts if text]
    found = [credit for text in raws for credit in read_credits(text, evidence.site_names, declared=declared)]
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
        contents = [content for _, content in evidence.meta(name)][:_MOST_AUTHORS]
        if name in ("dc.creator", "dcterms.creator", "citation_author"):
            contents = [_turned(content) for content in contents]
        if contents:
            yield from _lists(contents, evidence, declared=True)
    for number in ("1", "2"):
        label = next(evidence.meta(f"twitter:label{number}"), None)
        if label is not None and _WRITTEN_BY.match(label[1].strip()):
            contents = [content for _, content in evidence.meta(f"twitter:data{number}")]
            yield from _lists(contents, evidence, declared=True)


def _turned(name: str) -> str:
    """A name as libraries file it, "Brazil, Rachel", the right way round."""
    family, comma, given = name.partition(", ")
    turned = f"{given} {family}"
    return turned if comma and "," not in given and looks_personal(turned) and len(name.split()) < 5 else name


def _hooks(block: Block, evidence: Evidence) -> list[str]:
    """Names of a block's element, its parent and the parent's; empty for text input."""
    elements = evidence.page.elements
    if elements is None or block.place is None:
        return []
    row = block.place.element
    found = []
    for _ in range(3):
        found.append(elements.hooks[row])
        row = elements.parents[row]
    return found


def _is_named(block: Block, evidence: Evidence, wanted: re.Pattern[str]) -> bool:
    """Whether an element around the block is named as wanted, and none inside of it for something else."""
    for hook in _hooks(block, evidence):
        if _NOT_AUTHOR_HOOK.search(hook):
            return False
        if wanted.search(hook):
            return True
    return False


def _marked(evidence: Evidence) -> Iterator[Found]:
    """Lines near the headline whose element is named for authors."""
    texts: list[str] = []
    for block in evidence.top:
        if len(block.text) > _LONGEST_BYLINE or block.level == 1:
            continue
        if _is_named(block, evidence, _AUTHOR_HOOK) and (text := _signed_part(block.text)):
            texts.append(text)
    yield from _lists(texts, evidence, declared=False)


def _byline(evidence: Evidence) -> Iterator[Found]:
    """Lines near the headline that say "By …"; also "By" on a line of its own with the name on the next.

    A standfirst long enough to be prose may part them from the headline.
    """
    lead = evidence.lead
    blocks = [*evidence.top, *(b for b in evidence.page.blocks[lead : lead + 4] if is_byline(b.text))]
    for n, block in enumerate(blocks):
        if len(block.text) > _LONGEST_BYLINE or block.kind == "caption" or block.level == 1:
            continue
        following = blocks[n + 1].text if n + 1 < len(blocks) else ""
        text = _by_part(block.text, following)
        found = list(_lists([text], evidence, declared=False)) if text else []
        if found:
            yield Found(found[0].value, block.text, block.index)
            return


def _signed_part(text: str) -> str:
    """The line up to who else had a hand in it ("By Ann Lee. Reviewed by Bo Hall"), if anything is left."""
    other = _NOT_BY.search(text)
    return text[: other.start()].rstrip(" .,;|") if other else text


def _by_part(text: str, following: str) -> str | None:
    """What of a line is a byline: all of it, it and the next, or from the "by" after a date or label."""
    if _LONE_BY.match(text):
        return f"By {following}" if len(following) < _LONGEST_SIGNATURE else None
    if match := _BY_LINE.match(text):
        text = _signed_part(text)
        # "By entering your address you agree": a name has a capital.
        return None if text[match.end() :].lstrip()[:1].islower() else text
    if len(text) > _LONGEST_INNER or ends_sentence(text):
        return None
    inner = _INNER_BY.search(text)
    return text[inner.start() :] if inner and not _NOT_BY.search(text) else None


def _signature(evidence: Evidence) -> Iterator[Found]:
    """A signature that is no full name ("By ASU Online", "Kev"), where it is all that its line says."""
    for block in evidence.top:
        text = next((part for part in _SEGMENT.split(block.text) if part), "")
        if (
            len(block.text) > _LONGEST_SIGNATURE
            or block.level == 1
            or _NOT_SIGNED.search(text)
            or "?" in text
        ):
            continue
        named = _is_named(block, evidence, _NAME_HOOK) and not _LONE_BY.match(text)
        after = evidence.start is not None and block.index > evidence.start
        if named or _SHORT_BY.match(text) or (after and _TEAM.fullmatch(text)):
            found = list(_lists([text], evidence, declared=True))
            if found and len(found[0].value.split()) <= _MOST_WORDS:
                yield Found(found[0].value, text, block.index)
                return


def _beside_date(evidence: Evidence) -> Iterator[Found]:
    """A name that shares its line with the story's date, or is all of the line before or after it."""
    for block, is_dated in _around_dates(evidence):
        text = block.text
        if len(text) > _LONGEST_BYLINE or block.kind == "caption" or not _LATIN.search(text):
            continue
        if _NOT_BY.search(text) or (ends_sentence(text) and not is_dated):
            continue
        for piece in _SEGMENT.split(text):
            found = list(_lists([piece], evidence, declared=False))
            if found and (is_dated or len(found[0].value) * 2 > len(text)):
                yield Found(found[0].value, text, block.index)
                return


def _around_dates(evidence: Evidence) -> list[tuple[Block, bool]]:
    """Datelines below the headline and their neighbours, in order; a line that is a role is passed over."""
    after = -1 if evidence.start is None else evidence.start
    blocks = [block for block in evidence.top if block.index > after]
    days = {dated.block for dated in evidence.once(datelines)}
    dated = {n for n, block in enumerate(blocks) if block.index in days and is_dateline(block)}
    wanted = set(dated)
    for n in dated:
        for step in (-1, 1):
            at = n + step
            if 0 <= at < len(blocks) and is_role(blocks[at].text):
                at += step
            wanted.add(at)
    return [(blocks[n], n in dated) for n in sorted(wanted) if 0 <= n < len(blocks)]


def _box(evidence: Evidence) -> Iterator[Found]:
    """The author's box or signature below the story, if the page has such names of one author only."""
    elements = evidence.page.elements
    if elements is None:
        return
    rows = {row for row, hook in enumerate(elements.hooks) if "author" in hook and _NAME_HOOK.search(hook)}
    names: dict[str, Found] = {}
    asked = 0
    before = ""
    for block in evidence.page.blocks[evidence.start or 0 :]:
        place, text = block.place, block.text
        label, before = before, text
        if place is None or len(text) > _LONGEST_BYLINE:
            continue
        if not (
            (
                len(text) <= _LONGEST_NAMED
                and (place.element in rows or elements.parents[place.element] in rows)
            )
            or (("by" in text or ":" in text or "：" in text) and _SIGNED.match(text))
            or (label[-1:] in _LABEL_ENDS and len(text) < _LONGEST_SIGNATURE and _LONE_BY.match(label))
        ):
            continue
        if not _NOT_BY.search(text) and not any("comment" in hook for hook in _hooks(block, evidence)):
            asked += 1
            for found in _lists([_SIGNED.sub("", text)], evidence, declared=False):
                names.setdefault(squeeze(found.value), Found(found.value, text, block.index))
            if asked == _MOST_AUTHORS or len(names) > 1:
                break
    if len(names) == 1:
        yield from names.values()


def _links(evidence: Evidence) -> Iterator[Found]:
    """Links to an author's page: those by the headline, else one name anywhere outside comments and cards."""
    page, elements = evidence.page, evidence.page.elements
    if page.tree is None or elements is None:
        return
    rows: dict[int, int] = {}
    low, high = evidence.near_rows
    near: list[str] = []
    far: dict[str, str] = {}
    for node in page.tree.css(_AUTHOR_LINKS)[:_MOST_AUTHORS]:
        attributes = node.attributes
        if "author" not in (attributes.get("rel") or "") and not _AUTHOR_PATH.search(
            attributes.get("href") or ""
        ):
            continue
        rows = rows or {elements.ids[row]: row for row, tag in enumerate(elements.tags) if tag == "a"}
        row = rows.get(node.mem_id, -1)
        name = " ".join(node.text().split())
        if row < 0 or not _LINKED_NAME.fullmatch(name) or _NO_NAME.search(name):
            continue
        if low <= row <= high:
            near.append(name)
        elif not _ELSEWHERE.search(_around(elements, row)):
            far.setdefault(squeeze(name), name)
    if near or len(far) == 1:
        yield from _lists(dict.fromkeys(near or far.values()), evidence, declared=True)


def _around(elements: Elements, row: int) -> str:
    found = []
    for _ in range(_LEVELS):
        found.append(elements.hooks[row])
        row = elements.parents[row]
    return " ".join(found)


def _envelope(evidence: Evidence) -> Iterator[Found]:
    if value := evidence.page.envelope.get("author"):
        yield from _lists([value], evidence, declared=True)


SOURCES = (
    Source("rule", _outlet, 20.0),
    Source("jsonld", _jsonld, 4.0),
    Source("meta", _meta, 3.0),
    Source("envelope", _envelope, 2.0),
    Source("byline", _byline, 3.2, "visible", late=True),
    Source("byline-element", _marked, 2.0, "visible", late=True),
    Source("author-link", _links, 1.3, "visible", late=True),
    Source("byline-date", _beside_date, 1.2, "visible", late=True),
    Source("author-box", _box, 1.1, "visible", late=True),
    Source("signature", _signature, 0.6, "visible", late=True),
)


def _keys(value: str) -> tuple[str, ...]:
    return tuple(squeeze(name) for name in value.split(_PARTING))


def resolve_authors(evidence: Evidence) -> People:
    """People before collectives: a newsroom's signature stands only where no source names a person."""
    evidence.agencies.clear()
    found = gather("authors", SOURCES, evidence, partial(_settled, evidence))
    resolution = decide(found, _keys)
    winner = _best(resolution.candidates, evidence)
    agencies = tuple(dict.fromkeys([*evidence.agencies, *_credit_lines(evidence)]))
    if winner is None or (agencies and _is_outlet(winner, evidence)):
        return People((), agencies, "", tuple(resolution.candidates))
    others = tuple(candidate for candidate in resolution.candidates if candidate is not winner)
    return People(tuple(winner.value.split(_PARTING)), agencies, winner.source, (winner, *others))


def _credit_lines(evidence: Evidence) -> Iterator[str]:
    """Agencies that the story credits: "ls/se (Reuters, AP)" below it, "LONDON (Reuters) -" or a line
    "AFP, MANILA" before it.
    """
    for block in evidence.top:
        name, comma, place = block.text.partition(",")
        if (
            comma
            and len(block.text) <= _LONGEST_SIGNATURE
            and is_agency(name)
            and not _NOT_SIGNED.search(place)
        ):
            yield name.strip()
    for block in evidence.page.blocks[evidence.lead :]:
        text = block.text
        if block.index == evidence.lead:
            match = _DATELINE_CREDIT.match(text)
        elif text[-1:] == ")" and len(text) <= _LONGEST_SIGNATURE:
            match = _END_CREDIT.match(text)
        else:
            continue
        if match is not None:
            names = [name.strip() for name in re.split(r"[,;/]", match[1])]
            if all(is_agency(name) for name in names):
                yield from names


def _settled(evidence: Evidence, found: Gathered, asked: Source) -> bool:
    """Whether people are named and nobody else is; against a meta alone a byline is still heard."""
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


def _is_people(candidate: Candidate, evidence: Evidence) -> bool:
    names = candidate.value.split(_PARTING)
    return all(looks_personal(name) and squeeze(name) not in evidence.site_names for name in names)


def _is_outlet(candidate: Candidate, evidence: Evidence) -> bool:
    """Whether the outlet alone signs: on an agency's story it is the publisher, not the author."""
    return all(squeeze(name) in evidence.site_names for name in candidate.value.split(_PARTING))


def _best(candidates: Sequence[Candidate], evidence: Evidence) -> Candidate | None:
    """The first that names people, else the first. A name that merely stands beside the date only ousts
    the outlet's.
    """
    for candidate in candidates:
        weak = candidate.source == "byline-date" and squeeze(candidates[0].value) not in evidence.site_names
        if _is_people(candidate, evidence) and (not weak or candidate is candidates[0]):
            return candidate
    return candidates[0] if candidates else None
