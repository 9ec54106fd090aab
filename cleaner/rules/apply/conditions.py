"""The conditions of a rule, the same in outlet files and in generic ones: what a rule finds in a page.

Enters: a `Rule` or `Edit`, what is known of a page. Leaves: indices of blocks, what edits leave of them. Look
first at `find`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.model import Verdict
from cleaner.rules.patterns.sets import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.model import Block, Page
    from cleaner.rules.apply.selectors import Rows
    from cleaner.rules.format.schema import Edit, Rule, Where
    from cleaner.rules.patterns.sets import Hits


@dataclass(slots=True)
class Evidence:
    """A page, and which of its lines each pattern is found in.

    `keys` are the hits on folded keys, `exact` those on raw texts minding case, `raw` those ignoring it; None
    until a field rule asks. `body` are the blocks that the outlet's body rule names, once `asked`.
    """

    page: Page
    rows: Rows
    keys: Hits
    exact: Hits
    raw: Hits | None = None
    body: frozenset[int] | None = None
    asked: bool = False


# A full stop or a "(video)" beside the link leaves a little of the line unlinked.
ALL_LINK = 0.9


def find(rule: Rule, seen: Evidence) -> set[int]:
    """Indices of the blocks for which all of the rule's conditions hold."""
    found = _find(rule, seen)
    return found & {i - 1 for i in _held(rule.before, seen.keys)} if found and rule.before else found


def _find(rule: Rule, seen: Evidence) -> set[int]:
    where, page = rule.where, seen.page
    if not asks(rule, page):
        return set()
    allows = allowing(rule, page)
    if rule.start:
        starts = [i for i in _held(rule.start, seen.keys) if allows(page.blocks[i])]
        return runs(starts, _held(rule.until, seen.keys), len(page.blocks), rule.lines)
    if rule.line or rule.text:
        held = _held(rule.line, seen.keys) if rule.line else _held(rule.text, seen.exact)
        lines = [i for i in held if allows(page.blocks[i])]
        return seen.rows.select(where) & set(lines) if lines and where.selects else set(lines)
    indices = seen.rows.select(where) if where.selects else range(len(page.blocks))
    return {i for i in indices if allows(page.blocks[i])}


def asks(rule: Rule | Edit, page: Page) -> bool:
    """Whether the rule is switched on, and for this kind of input."""
    where = rule.where
    return not rule.off and where.on in (None, page.kind) and (not where.selects or page.tree is not None)


def allowing(rule: Rule, page: Page) -> Callable[[Block], bool]:
    """Whether a block's length, kind, place and links are such as the rule may take.

    A selector, or a kind alone, limits a rule better than any length: the default limit is for phrases.
    """
    fits = _fits(rule.where, len(page.blocks))
    phrase = rule.start or ((rule.line or rule.text) and not rule.where.selects)
    limit = rule.limit if rule.max is not None or phrase else None
    if limit is None:
        return fits
    return lambda block: len(block.key) <= limit and fits(block)


def _held(patterns: Sequence[str], hits: Hits) -> list[int]:
    """Indices, in order, of the lines that any of the patterns is found in."""
    return sorted({i for x in patterns for i in hits.get(x, ())})


def runs(starts: Iterable[int], ends: Sequence[int], size: int, longest: int = 0) -> set[int]:
    """From each start up to the next end, or to the end of the page; a start inside a run begins nothing new.

    `longest` is the number of lines a run has at most; 0 for no such limit.
    """
    found: set[int] = set()
    for start in starts:
        if start not in found:
            end = next((x for x in ends if x > start), size)
            found.update(range(start, min(end, start + longest) if longest else end))
    return found


def _fits(where: Where, size: int) -> Callable[[Block], bool]:
    def fits(block: Block) -> bool:
        if where.kind and block.kind not in where.kind:
            return False
        if where.first and block.index >= where.first:
            return False
        if where.linked and (block.place is None or block.place.linked < ALL_LINK):
            return False
        return not where.last or block.index >= size - where.last

    return fits


Parts = Mapping[str | None, Mapping[int, Sequence[str]]]


def edited(edits: Iterable[Edit], seen: Evidence) -> dict[int, Verdict]:
    """What is left of each block that an edit finds something in."""
    used = [x for x in edits if asks(x, seen.page)]
    parts: Parts = {x.where.css: seen.rows.parts(x.where.css) for x in used if x.where.css is not None}
    touched = {i for x in used for i in seen.exact.get(x.text, ())}.union(*parts.values())
    found = {i: edit(used, seen.page.blocks[i], seen.page, parts) for i in sorted(touched)}
    return {index: verdict for index, verdict in found.items() if verdict is not None}


def edit(edits: Iterable[Edit], block: Block, page: Page, parts: Parts) -> Verdict | None:
    """What is left of a block after the edits; the ledger names the first that changed something.

    `parts` are the texts of inline elements, by the selector that finds them and the block they stand in.
    """
    text, name = block.text, None
    for rule in edits:
        css = rule.where.css
        if not asks(rule, page) or not _fits(rule.where, len(page.blocks))(block):
            continue
        changed = cut(text, parts.get(css, {}).get(block.index, ())) if css is not None else apply(rule, text)
        if changed != text:
            text, name = changed, name or rule.full
    if name is None:
        return None
    return Verdict(name, "edit", text) if text else Verdict(name)


def apply(rule: Edit, text: str) -> str:
    """The text after one edit: group 1 of `split` cut out, every match of `replace` replaced."""
    if rule.replacement is not None:
        changed: str = compiled(rule.text, "exact", consume=False).sub(rule.replacement, text)
        return changed.strip() if changed != text else text
    found = compiled(rule.text, "exact").search(text)
    if found is None or found.start(1) < 0:
        return text
    return (text[: found.start(1)] + text[found.end(1) :]).strip()


def cut(text: str, parts: Iterable[str]) -> str:
    """The text without these parts; one that stands there more than once only from an end of it."""
    for part in parts:
        if text.startswith(part):
            text = text[len(part) :]
        elif text.endswith(part):
            text = text[: -len(part)]
        elif text.count(part) == 1:
            text = text.replace(part, "")
    return " ".join(text.split())
