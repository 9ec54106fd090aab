"""Field rules to candidates: what an outlet's own rules find for one field.

Enters: a `Take`, the page. Leaves: `Candidate`s with the raw evidence; dates as ISO 8601 where the rule says
how they are written. Anything odd in the page is no candidate, never an error.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cleaner.model import Candidate, Page
from cleaner.read import jsonld_script
from cleaner.rules.patterns.sets import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.rules.apply.conditions import Evidence
    from cleaner.rules.apply.selectors import Rows
    from cleaner.rules.format.schema import Take, Where

SOURCE = "rule"
_TIMED = ("%H", "%I", "%c", "%X", "%s", "%T")
# No field is longer, and a pattern need not see more.
LONGEST = 5_000

Found = tuple[str, int | None]


def take(rule: Take, field: str, evidence: Evidence) -> list[Candidate]:
    """What one field rule finds, in document order."""
    if rule.where.on is not None and rule.where.on != evidence.page.kind:
        return []
    candidates = []
    for text, block in _refined(rule, evidence):
        parts = compiled(rule.split, "raw").split(text) if rule.split else [text]
        for part in parts:
            raw = " ".join((part or "").split())
            if raw:
                value = iso(raw, rule.format, rule.tz) if rule.format or rule.tz else raw
                candidates.append(Candidate(field, value, SOURCE, raw, block))
    return candidates


def _refined(rule: Take, evidence: Evidence) -> Iterator[Found]:
    """What the rule's place holds, or the first match of `text` where the rule names no place."""
    if rule.text is None:
        yield from _place(rule, evidence)
        return
    pattern = compiled(rule.text, "raw")
    for text, block in _place(rule, evidence) if rule.placed else _everywhere(rule, evidence):
        match = pattern.search(text[:LONGEST])
        if match is None:
            continue
        value = next((x for x in match.groups() if x), None) if match.re.groups else match.group()
        if value:
            yield value, block
            if not rule.placed:
                return


def _place(rule: Take, evidence: Evidence) -> Iterator[Found]:
    if rule.where.css is not None:
        yield from _css(rule, evidence.rows)
    elif rule.where.xpath is not None:
        yield from _xpath(rule, evidence.rows)
    elif rule.meta is not None:
        yield from ((x, None) for x in evidence.page.meta.get(rule.meta.lower(), ()))
    elif rule.jsonld is not None:
        yield from ((x, None) for x in jsonld(evidence.page, rule.jsonld))
    else:
        yield from _beside(rule, evidence)


def _css(rule: Take, rows: Rows) -> Iterator[Found]:
    for node in rows.nodes(rule.where.css or ""):
        if rule.attr is not None:
            yield node.attributes.get(rule.attr.lower()) or "", rows.block_of(node)
        else:
            yield " ".join(node.text(separator=" ").split()), rows.block_of(node)


def _xpath(rule: Take, rows: Rows) -> Iterator[Found]:
    for found in rows.xpath(rule.where.xpath or ""):
        if isinstance(found, str):
            yield str(found), None
        elif rule.attr is not None:
            yield found.get(rule.attr.lower()) or "", None
        else:
            yield " ".join("".join(found.itertext()).split()), None


def _everywhere(rule: Take, evidence: Evidence) -> Iterator[Found]:
    """Title, envelope, then the lines `text` is found in; lines alone if the rule is limited to some."""
    page, where = evidence.page, rule.where
    if not where.first and not where.last and not where.kind:
        if page.title:
            yield " ".join(page.title.split()), None
        yield from ((x, None) for x in page.envelope.values())
    for index in (evidence.raw or {}).get(rule.text or "", ()):
        block = page.blocks[index]
        if _within(index, len(page.blocks), where) and (not where.kind or block.kind in where.kind):
            yield block.text, index


def _beside(rule: Take, evidence: Evidence) -> Iterator[Found]:
    blocks = evidence.page.blocks
    step = -1 if rule.before is not None else 1
    for index in evidence.keys.get(rule.before or rule.after or "", ()):
        other = index + step
        there = 0 <= other < len(blocks) and _within(index, len(blocks), rule.where)
        if there and (not rule.where.kind or blocks[other].kind in rule.where.kind):
            yield blocks[other].text, other


def _within(index: int, size: int, where: Where) -> bool:
    return (not where.first or index < where.first) and (not where.last or index >= size - where.last)


def jsonld(page: Page, path: str) -> Iterator[str]:
    """The texts at a dotted path, in every object of the page's JSON-LD, lists walked through."""
    steps = path.split(".")
    for script in page.jsonld:
        for item in _objects(jsonld_script.value(script)):
            values: list[Any] = [item]
            for step in steps:
                values = [
                    x[step] for value in values for x in _flat(value) if isinstance(x, dict) and step in x
                ]
            for value in values:
                for x in _flat(value):
                    if isinstance(x, str | int | float) and not isinstance(x, bool) and str(x).strip():
                        yield str(x)


def _objects(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    for item in _flat(data):
        if isinstance(item, dict):
            yield item
            yield from (x for x in _flat(item.get("@graph")) if isinstance(x, dict))


def _flat(data: Any) -> list[Any]:  # noqa: ANN401
    """A list as it is, anything else as a list of one; lists in lists are no news page's."""
    return data if isinstance(data, list) else [data]


def iso(raw: str, written: str | None, zone: str | None) -> str:
    """`raw` as ISO 8601, as precise as its format says; `raw` itself where it is not written so."""
    try:
        if written == "unix":
            seconds = float(raw)
            moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        elif written is not None:
            moment = datetime.strptime(raw, written)  # noqa: DTZ007 - the zone comes next
            if not any(x in written for x in _TIMED):
                return moment.date().isoformat()
        else:
            if len(raw) == len("2020-01-31"):
                return raw
            moment = datetime.fromisoformat(raw)
    except (ValueError, OverflowError, OSError):
        return raw
    if zone is not None and moment.tzinfo is None:
        from dateutil.tz import gettz  # noqa: PLC0415

        moment = moment.replace(tzinfo=gettz(zone))
    return moment.isoformat()
