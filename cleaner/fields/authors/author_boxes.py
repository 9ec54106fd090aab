"""Authors outside of the head: links to their pages, boxes and signatures below the story, agency credits.

Enters: `PageFacts`, judged. Leaves: lists of names as `Found`; names of agencies. Comments and cards are
passed over, and where several names stand far from the headline none is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.fields.authors.bylines import (
    LONE_BY,
    LONGEST_BYLINE,
    LONGEST_SIGNATURE,
    NAME_HOOK,
    NOT_BY,
    NOT_SIGNED,
)
from cleaner.fields.authors.credits import MOST_AUTHORS, credited
from cleaner.fields.authors.person_names import is_agency
from cleaner.fields.dates.near_headline import hooks_around
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Elements

_SIGNED = re.compile(
    r"(?:view all posts|all posts|(?:this (?:post|article|story) was )?(?:written|posted)"
    r"|(?:text|words|story|recipe|posts|articles)) by:?\s+|(?:authors?|contributors?)\s*:\s*"
    r"|[(（]?(?:责编|责任编辑|作者|记者|撰文)[:：]\s*",
    re.IGNORECASE,
)
# How "Written by" and "Author:" end, alone in their line.
_LABEL_ENDS = ("y", "Y", ":")
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
_DATELINE_CREDIT = re.compile(r"[A-ZÀ-Þ][\w .,/'-]{2,50}\(([A-Za-z][\w ./,-]{1,30})\)\s*[-–—:]")
_END_CREDIT = re.compile(r"[\w/.,& -]{0,40}\(([^()]{2,50})\)$")
_LEVELS = 6
_LONGEST_NAMED = 80


def box(evidence: PageFacts) -> Iterator[Found]:
    """The author's box or signature below the story, if the page has such names of one author only."""
    elements = evidence.page.elements
    if elements is None:
        return
    rows: set[int] = set()
    if "author" in " ".join(elements.hooks):
        rows = {row for row, hook in enumerate(elements.hooks) if "author" in hook and NAME_HOOK.search(hook)}
    names: dict[str, Found] = {}
    asked = 0
    before = ""
    for block in evidence.page.blocks[evidence.start or 0 :]:
        place, text = block.place, block.text
        label, before = before, text
        if place is None or len(text) > LONGEST_BYLINE:
            continue
        named = place.element in rows or elements.parents[place.element] in rows
        if not (named and len(text) <= _LONGEST_NAMED) and not _is_signed(text, label):
            continue
        if not NOT_BY.search(text) and not any("comment" in hook for hook in hooks_around(evidence, block)):
            asked += 1
            for found in credited([_SIGNED.sub("", text)], evidence, declared=False):
                names.setdefault(squeeze(found.value), Found(found.value, text, block.index))
            if asked == MOST_AUTHORS or len(names) > 1:
                break
    if len(names) == 1:
        yield from names.values()


def _is_signed(text: str, label: str) -> bool:
    """Whether a line says "Written by" before its names, or all that the line before it says is that."""
    if ("by" in text or ":" in text or "：" in text) and _SIGNED.match(text):
        return True
    return label[-1:] in _LABEL_ENDS and len(text) < LONGEST_SIGNATURE and LONE_BY.match(label) is not None


def links(evidence: PageFacts) -> Iterator[Found]:
    """Links to an author's page: those by the headline, else one name anywhere outside comments and cards."""
    page, elements = evidence.page, evidence.page.elements
    if page.tree is None or elements is None:
        return
    rows: dict[int, int] = {}
    low, high = evidence.near_rows
    near: list[str] = []
    far: dict[str, str] = {}
    for node in page.tree.css(_AUTHOR_LINKS)[:MOST_AUTHORS]:
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
        yield from credited(dict.fromkeys(near or far.values()), evidence, declared=True)


def _around(elements: Elements, row: int) -> str:
    found = []
    for _ in range(_LEVELS):
        found.append(elements.hooks[row])
        row = elements.parents[row]
    return " ".join(found)


def credit_lines(evidence: PageFacts) -> Iterator[str]:
    """Agencies that the story credits: "ls/se (Reuters, AP)" below it, "LONDON (Reuters) -" or a line
    "AFP, MANILA" before it.
    """
    for block in evidence.top:
        if len(block.text) <= LONGEST_SIGNATURE and "," in block.text:
            name, _, place = block.text.partition(",")
            if is_agency(name) and not NOT_SIGNED.search(place):
                yield name.strip()
    blocks = evidence.page.blocks
    matches = [_DATELINE_CREDIT.match(block.text) for block in blocks[evidence.lead : evidence.lead + 1]]
    matches += [
        _END_CREDIT.match(block.text)
        for block in blocks[evidence.lead + 1 :]
        if block.text[-1:] == ")" and len(block.text) <= LONGEST_SIGNATURE
    ]
    for match in matches:
        if match is not None:
            names = [name.strip() for name in re.split(r"[,;/]", match[1])]
            if all(is_agency(name) for name in names):
                yield from names
