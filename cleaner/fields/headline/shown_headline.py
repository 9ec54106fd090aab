"""Where a page shows its headline: a heading, or the first line of a text.

Enters: `PageFacts`. Leaves: headings and lines as `Found`, and what of a heading is the headline.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.fields.authors.person_names import is_byline
from cleaner.fields.dates.date_text import find_date
from cleaner.fields.headline.title_trim import LONGEST, rest_of
from cleaner.fields.page_facts import squeeze
from cleaner.fields.resolver import Found
from cleaner.text.measure import ends_sentence, extent, words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from cleaner.fields.page_facts import PageFacts
    from cleaner.model import Block, Verdict

_PROSE = 100
_FEW = 4
_FEWEST = 10
_MOST_HEADINGS = 40
_HEAD = 8
_MOST_BLOCKS = 800
_LONG_LINE = 6
# Of the source's text, whose indentation counts.
_LONGEST_RAW = 4 * LONGEST
_FORMATTING = frozenset(
    ["a", "abbr", "b", "cite", "del", "em", "font", "i", "ins", "mark", "q", "s", "strong", "sub", "sup", "u"]
)


def _headings(evidence: PageFacts) -> tuple[list[Block], list[Block]]:
    """Headings of the first level: those that lead prose, and the rest."""
    blocks = evidence.page.blocks
    found = (block for block in blocks if block.level == 1 and len(block.text) <= LONGEST)
    parts: tuple[list[Block], list[Block]] = ([], [])
    for block in islice(found, _MOST_HEADINGS):
        parts[0 if _leads(blocks, block.index) else 1].append(block)
    return parts


def _edits(evidence: PageFacts) -> Mapping[int, Verdict]:
    """What the outlet's rules say of each block: glued labels are no part of a headline either."""
    return evidence.outlet.verdicts(evidence.page) if evidence.outlet is not None else {}


def _found(evidence: PageFacts, block: Block) -> Found:
    """A block as a headline, without what the outlet's rules cut off it."""
    cuts = evidence.outlet is not None and evidence.outlet.file.edits
    verdict = evidence.once(_edits).get(block.index) if cuts else None
    edited = verdict.text if verdict is not None and verdict.action == "edit" else None
    return Found(edited or block.text, block.text, block.index)


def h1(evidence: PageFacts) -> Iterator[Found]:
    for block in evidence.once(_headings)[0]:
        yield _found(evidence, block)


def other_h1(evidence: PageFacts) -> Iterator[Found]:
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


def lower_headings(evidence: PageFacts) -> set[str]:
    """Headings below the first level, squeezed."""
    found = (block.text for block in evidence.page.blocks if block.level > 1)
    return {squeeze(text) for text in islice(found, _MOST_HEADINGS) if _FEWEST < len(text) <= LONGEST}


def unkicked(heading: str, parts: Sequence[str], evidence: PageFacts) -> str | None:
    """A part of a heading that another source gives as the headline, if the rest is an element of its own: a
    kicker or a second line ("<h1><span>Harbour</span> Ferry stays</h1>").
    """
    inside = evidence.once(_elements).get(squeeze(heading)) if parts else None
    if not inside:
        return None
    for part in parts:
        if squeeze(part) in inside or squeeze(rest_of(heading, part) or "") in inside:
            return part
    return None


def _elements(evidence: PageFacts) -> dict[str, set[str]]:
    """The headings of the first level, squeezed, and what stands in elements of their own inside each."""
    tree = evidence.page.tree
    found: dict[str, set[str]] = {}
    for node in tree.css("h1")[:_MOST_HEADINGS] if tree is not None else ():
        text = node.text()
        if len(text) > _LONGEST_RAW:
            continue
        children = [child for child in node.css("*")[1:_MOST_HEADINGS] if _is_own(child)]
        found.setdefault(squeeze(text), set()).update(squeeze(child.text()) for child in children)
    return found


def _is_own(node: LexborNode) -> bool:
    """Whether an element is a part of a heading, not a few words of it in italics: those are only where a
    line break parts them from the rest.
    """
    if node.tag not in _FORMATTING:
        return True
    before, after = node.prev, node.next
    if before is not None and before.tag == "-text" and not before.text().strip():
        before = before.prev
    if after is not None and after.tag == "-text" and not after.text().strip():
        after = after.next
    return any(beside is not None and beside.tag == "br" for beside in (before, after))


def subheading(evidence: PageFacts, said: Container[str]) -> Block | None:
    """The first lower heading among what is said, squeezed, that has no prose of the story before it."""
    prose = 0
    for block in evidence.page.blocks[:_MOST_BLOCKS]:
        if block.level == 1:
            prose = 0
        elif block.level and not prose and len(block.text) <= LONGEST and squeeze(block.text) in said:
            return block
        else:
            prose += _is_story(block)
    return None


# Lines of a page's furniture that stand where a headline would. A headline may begin with each of these words
# ("Von der Leyen …", "Home prices …", "18 books …"), so a label is short, and a byline goes on with names.
_LABEL = re.compile(
    r"\W*(?:published|updated|posted|share|subscribe|sign up|read more|advertisement|image|photo|source|menu"
    r"|home|search|skip to|log ?in|comments?)\b|.*\b\d+ min\b",
    re.IGNORECASE,
)
_LONGEST_LABEL = 4


def line(evidence: PageFacts) -> Iterator[Found]:
    """Text input: the line that can be a headline before the story's prose.

    Section labels, bylines and datelines are passed over, and what the outlet's rules remove. Where more
    stands before the prose than a head holds, the text is a dump of the page: of its last lines before the
    prose the first long one is taken, or one that the dump has twice, as breadcrumbs and sharing bars repeat
    a headline, if none is longer: invitations to share and subscribe stand twice too.
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
            found = _told_twice(lines, evidence) or max(
                lines, key=lambda block: min(words(block.text), _LONG_LINE)
            )
        yield _found(evidence, found)


def _told_twice(lines: Sequence[Block], evidence: PageFacts) -> Block | None:
    """The first long line that the text has twice and that is the longest, or the title of the page."""
    keys = Counter(block.key for block in evidence.page.blocks[:_MOST_BLOCKS])
    title = squeeze(evidence.page.envelope.get("title") or evidence.page.title or "")
    longest = max(words(block.text) for block in lines)
    for block in lines:
        if (
            keys[block.key] > 1
            and words(block.text) >= _LONG_LINE
            and (words(block.text) == longest or squeeze(block.text) == title)
        ):
            return block
    return None


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
