"""Structural heuristics: what only the shape of the block stream says, in any language.

Enters: a `View` of the blocks. Leaves: for each heuristic the indices of the blocks it would take out. None
of them removes anything itself: each is a row of `cleaner.judge.steps.STEPS`, which says on which inputs and
when it is asked. They need no place, so that they work on text as on HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.judge.lines import View, is_label
from cleaner.judge.region.containers import block_rows
from cleaner.text.measure import PROSE_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Ends of the names of generic rules that take out a part of a box of promotion; a rule file that names a rule
# so says that what stands between two of its lines is the same box. Tested against the bundled files.
BOX_RULE_SUFFIXES = ("/newsletter", "/sign-up", "/paywall", "/cookies", "/app")
_EXACT = ("code", "table-row", "envelope")

_LETTER = re.compile(r"[^\W_]")
_DASHES = "-–—=*_"
_CAPTION_EXTENT, _ALT_EXTENT = 40, 90
_WORD = re.compile(r"[^\W\d_]{3,}")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{4}年|\d{1,2}月\d{1,2}日|\b\d{1,2}:\d\d\b"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def envelope(view: View) -> Iterable[int]:
    """Wrapper lines of a crawler or extractor: evidence for fields, never body."""
    return [i for i, block in enumerate(view.blocks) if block.kind == "envelope"]


def symbols(view: View) -> Iterable[int]:
    """Lines without a letter or digit (`|`, `>`, `-->`): separators of menus and bread crumbs.

    Spares code, and ellipses and asterisks that part a text. Known cost: an emoji on its own line goes.
    """
    return [
        i
        for i, block in enumerate(view.blocks)
        if block.kind != "code" and not _LETTER.search(block.text) and block.text.strip(".*… ")
    ]


def dash_box(view: View) -> Iterable[int]:
    """A line between two rows of dashes: an advert set apart from the story by whoever wrote it.

    Spares quotations with a dash at both ends: a row is five or more. Told by both ends of the line: a
    pattern takes minutes for a long row of dashes.
    """
    texts = enumerate(block.text for block in view.blocks)
    return [i for i, t in texts if len(t) > 10 and not t[:5].strip(_DASHES) and not t[-5:].strip(_DASHES)]


def headline(view: View) -> Iterable[int]:
    """The headline repeated in the text, alone or with the site's name behind a bar.

    The record has it in its own field. Spares every line that says more than the headline, and a body whose
    only line it is. Known cost: a subhead with the very words of the headline goes too.
    """
    titles = tuple([t for t in view.titles if t])
    return [
        i
        for i, block in enumerate(view.blocks)
        if block.key.startswith(titles)
        and (block.key in titles or any(_is_suffixed(block.key, t) for t in titles))
    ]


def _is_suffixed(key: str, title: str) -> bool:
    rest = key[len(title) :]
    return key.startswith(title) and rest[:3] in (" | ", " - ", " – ", " — ", " : ") and len(rest) < 60


def duplicate(view: View) -> Iterable[int]:
    """A paragraph that stood word for word in the page before: lead repeated, box printed twice.

    Spares short lines (a refrain, a score, a subhead), questions, which interviews repeat, and on HTML what
    comes again in the same container: of 37 such paragraphs of annotated stories the annotators have 36
    twice, of 492 in another container 34. The first copy stays.
    """
    seen: dict[str, int] = {}
    found = []
    for i, block in enumerate(view.blocks):
        if (
            view.lines.extents[i] < PROSE_LINE
            or block.text.endswith("?")
            or block.kind in _EXACT
            or view.gone[i]
        ):
            continue
        first = seen.setdefault(block.key, i)
        if first != i and not _in_one_container(view, first, i):
            found.append(i)
    return found


def _in_one_container(view: View, *places: int) -> bool:
    """Whether blocks of an HTML page stand side by side."""
    if view.elements is None:
        return False
    rows = block_rows([view.blocks[i] for i in places], view.elements)
    return len({view.elements.parents[row] for row in rows}) == 1


def caption_pair(view: View) -> Iterable[int]:
    """A picture's alternative text and its caption: two lines without full stop about the same.

    They stand between finished paragraphs and share two longer words at least. One unfinished line alone is
    no evidence: measured on annotated pages, five of six such lines belong to the story. Spares subheads
    (shorter), lead-ins, quotations, list items and pages that do not write full stops.
    """
    lines = view.lines
    live = [i for i in range(len(lines)) if not view.gone[i]]
    found: list[int] = []
    for n in range(1, len(live) - 2):
        a, b = live[n], live[n + 1]
        if not (lines.prose[live[n - 1]] and lines.ends[live[n - 1]] and _resumes(view, live[n + 2 : n + 4])):
            continue
        longest = max(lines.extents[a], lines.extents[b])
        if longest < _ALT_EXTENT or not (_is_unfinished(view, a) and _is_unfinished(view, b)):
            continue
        if _share_words(view, a, b):
            found += [a, b]
    return found


def _resumes(view: View, following: Sequence[int]) -> bool:
    """Prose comes next, right away or below a subhead."""
    return any(view.lines.prose[i] for i in following)


def _is_unfinished(view: View, i: int) -> bool:
    text = view.blocks[i].text
    return (
        view.blocks[i].kind in ("paragraph", "heading", "caption")
        and view.lines.extents[i] >= _CAPTION_EXTENT
        and not view.lines.ends[i]
        and text[-1].isalnum()
        and "http" not in text
        and not text[0].isdigit()
        and text[0] not in "\"'“‘„«»—–-"
    )


def _share_words(view: View, a: int, b: int) -> bool:
    first, second = (set(_LONG_WORD.findall(view.blocks[i].key)) for i in (a, b))
    return len(first & second) >= 2


def repeated_label(view: View) -> Iterable[int]:
    """The same short line three times or more, on the page's rim too: "Advertisement", "Share", a menu entry.

    Spares table rows, list items, whatever ends as a sentence does, and what stands only between the story's
    paragraphs (speakers, "Pros" and "Cons"). Known cost: a subhead that is also a menu entry goes.
    """
    live = [i for i, p in enumerate(view.lines.prose) if p and not view.gone[i]]
    if not live:
        return []
    inside = range(live[0], live[-1] + 1)
    labels = [
        i
        for i, block in enumerate(view.blocks)
        if block.kind in ("paragraph", "heading") and view.lines.copies[block.key] >= 3 and is_label(view, i)
    ]
    rim = {view.blocks[i].key for i in labels if i not in inside}
    return [i for i in labels if view.blocks[i].key in rim]


def doubled(view: View) -> Iterable[int]:
    """One text twice in one line: a teaser's title as link and as picture text, a credit printed twice.

    Spares lines below 24 characters ("Bora Bora", "No, no"), code and tables.
    """
    found = []
    for i, block in enumerate(view.blocks):
        text = block.key
        half = len(text) // 2
        if len(text) < 24 or block.kind in _EXACT:
            continue
        if text[:half].strip() == text[-half:].strip() or text[: half + 1].strip() == text[-half:].strip():
            found.append(i)
    return found


def shouting(view: View) -> Iterable[int]:
    """A title in capitals between paragraphs: a link to another story, as some outlets set them in the text.

    Spares capitals of fewer than five words, as subheads are, lines that end as a sentence or in a colon, and
    scripts without case. Known cost: a long subhead in capitals goes.
    """
    prose = view.lines.prose
    n = len(prose)
    return [
        i
        for i, block in enumerate(view.blocks)
        if block.text.isupper()
        and view.lines.words[i] >= 5
        and 30 <= view.lines.extents[i] <= 140
        and not view.lines.ends[i]
        and not block.text.endswith((":", '"', "”"))
        and any(prose[max(0, i - 2) : i])
        and any(prose[i + 1 : min(n, i + 3)])
    ]


def date_line(view: View) -> Iterable[int]:
    """A line that is only a date or a time, before the first prose or after the last.

    Spares dates between paragraphs (chronicles, diaries), table rows, list items, and sentences as short as
    "In 1954, with a spoon."
    """
    live = [i for i, p in enumerate(view.lines.prose) if p and not view.gone[i]]
    if not live:
        return []
    return [
        i
        for i, block in enumerate(view.blocks)
        if (i < live[0] or i > live[-1])
        and view.lines.extents[i] <= 60
        and block.kind in ("paragraph", "heading")
        and _is_date(block.text)
    ]


def _is_date(text: str) -> bool:
    words = _WORD.findall(text)
    if text.endswith((".", "!", "?", ".”", '."')) and len(words) > 1:
        return False
    return _DATE.search(text) is not None and len(words) <= 4


def address(view: View) -> Iterable[int]:
    """A line that is only an address of the web or of a mailbox: what a link or share button leaves."""
    return [
        i
        for i, block in enumerate(view.blocks)
        if block.kind in ("paragraph", "heading") and _ADDRESS.fullmatch(block.text)
    ]


_END_MARK = re.compile(r"[-–—/(*\s]{0,4}(?:ends?|0|30|fin|ende)[-–—/)*.\s]{0,4}$", re.IGNORECASE)
_END_LINES = 12


def end_mark(view: View) -> Iterable[int]:
    """What agencies set under a story: ENDS, -0-, (END), - 30 -.

    Only below the last prose. A word needs capitals, a number its dashes. Spares list items and table rows.
    """
    prose = [i for i, p in enumerate(view.lines.prose) if p]
    last = prose[-1] if prose else len(view.blocks)
    return [
        i
        for i in range(last + 1, min(len(view.blocks), last + _END_LINES))
        if _is_end_mark(view.blocks[i].text) and view.blocks[i].kind in ("paragraph", "heading")
    ]


def _is_end_mark(text: str) -> bool:
    if len(text) > 12 or not _END_MARK.match(text):
        return False
    return text.isupper() or (text[0] in "-–—(/" and text[-1] in "-–—)/")


def inside_box(view: View) -> Iterable[int]:
    """A line between two lines that one generic rule took out as promotion: the rest of the same box.

    A sign-up box says why in words that no phrase foresees. Only rules of boxes count
    (`BOX_RULE_SUFFIXES`): between two "Read more" lines stands the story. Spares prose: a paragraph of the
    story can stand between two boxes.
    """
    hits = view.lines.hits
    return [
        i
        for i in range(1, len(hits) - 1)
        if not (view.gone[i] or view.lines.prose[i])
        and hits[i - 1] is not None
        and hits[i - 1] == hits[i + 1]
        and str(hits[i - 1]).endswith(BOX_RULE_SUFFIXES)
    ]
