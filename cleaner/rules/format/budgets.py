"""What a rule file may ask for at most, so that no rule can hang a page or fill memory.

Enters: single values, a whole file. Leaves: what is to be said against them. These are limits on the rules'
shape, checked as they are loaded: the time a rule takes is no one's to measure, as it differs by machine. The
largest bundled file has 10 selectors and patterns of 364,000 instructions in all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.rules.format.schema import Edit, Rule, RuleFile, Take

# Of one file with all it inherits: a selector takes about 0.2 ms on a page of 5,000 elements, one with a
# costly part up to 30 ms, where all elements lie side by side.
MAX_SELECTORS, MAX_COSTLY, MAX_XPATHS = 500, 50, 50
MAX_EDITS, MAX_MARKUP = 200, 100
# Of one selector: characters, alternatives and the like, `:has()` in it.
MAX_SELECTOR, MAX_COMMAS, MAX_HAS = 2_000, 100, 4
# What stands instead, in characters.
MAX_REPLACEMENT = 1_000
# RE2's instructions of a file's patterns together: a set of 30 million no longer compiles.
MAX_PROGRAM = 5_000_000

_STRINGS = re.compile(r"""\\.|"[^"]*"|'[^']*'""", re.DOTALL)
_COSTLY = re.compile(r":(?:has|nth-[a-z-]+)\(", re.IGNORECASE)
_HAS = re.compile(r":has\(", re.IGNORECASE)
_COMBINATOR = re.compile(r"[\w\])*]\s*[>+~]\s*|[\w\])*]\s+(?=[\w.#:*\[])")
# Names of zones, not of files beside them: `zone.tab`, `posixrules`.
_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+-]*(?:/[A-Z][A-Za-z0-9_+-]*){0,2}")
MAX_FORMAT = 100


def css_problem(selector: str) -> str | None:
    """Why a selector may take long, or None.

    `:has()` looks through the element again. One inside another, or a path inside it, multiplies.
    """
    bare = _STRINGS.sub("x", selector)
    if len(selector) > MAX_SELECTOR or bare.count(",") > MAX_COMMAS:
        return f"longer than {MAX_SELECTOR} characters or {MAX_COMMAS} alternatives; make several rules of it"
    inside = [_inside(bare, x.end()) for x in _HAS.finditer(bare)]
    if len(inside) > MAX_HAS:
        return f"has `:has(` more than {MAX_HAS} times; make several rules of it"
    if any(_HAS.search(x) for x in inside):
        return "a `:has()` inside another looks through the page again and again; name the inner one alone"
    if any(len(_COMBINATOR.findall(part)) > 1 for x in inside for part in x.split(",")):
        return "a path of more than two steps inside `:has()` takes too long; name its last element alone"
    return None


def _inside(selector: str, start: int) -> str:
    """What stands between a bracket that opens before `start` and its end."""
    depth = 1
    for at in range(start, len(selector)):
        depth += {"(": 1, ")": -1}.get(selector[at], 0)
        if not depth:
            return selector[start:at]
    return selector[start:]


def format_problem(text: str) -> str | None:
    """What is wrong with a date's format, or None."""
    if text == "unix":
        return None
    remedy = "write it as '%d.%m.%Y %H:%M', or `unix`"
    if len(text) > MAX_FORMAT or "%" not in text:
        return f"`{text[:MAX_FORMAT]}` {'is too long' if '%' in text else 'has no %'}; {remedy}"
    try:
        datetime.strptime(datetime(2020, 1, 31, 13, 45, tzinfo=UTC).strftime(text), text)  # noqa: DTZ007
    except (ValueError, re.error) as error:  # re.error: one directive twice
        return f"`{text}` is not a date format: {error}; {remedy}"
    return None


def zone_problem(text: str) -> str | None:
    """Whether a name is that of a time zone, and of nothing else that lies beside the zones."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - 10 ms that few files need

    try:
        if _ZONE.fullmatch(text) and ZoneInfo(text):
            return None
    except (OSError, ValueError, KeyError):  # KeyError: not found
        pass
    return f"`{text[:MAX_FORMAT]}` is not a time zone; write it as Europe/Berlin"


def excess(file: RuleFile) -> tuple[int, str] | None:
    """Where a file has more than a page can be asked: line and message; None where it has not.

    Also for a file with all it inherits, and so of the line that goes beyond.
    """
    selectors = costly = xpaths = 0
    for rule in _all(file):
        where = rule.where
        parts = (where.css or "").count(",") + 1 if where.css else 0
        selectors += parts + bool(where.attr) + bool(where.xpath)
        costly += len(_COSTLY.findall(where.css or ""))
        xpaths += bool(where.xpath)
        if selectors > MAX_SELECTORS or costly > MAX_COSTLY or xpaths > MAX_XPATHS:
            return rule.origin.line, (
                f"more than {MAX_SELECTORS} selectors, {MAX_COSTLY} of them with `:has()` or `:nth-…()`, or "
                f"{MAX_XPATHS} `xpath:` in one file with its parents; write fewer, wider ones"
            )
    if len(file.edits) > MAX_EDITS:
        return file.edits[MAX_EDITS].origin.line, f"more than {MAX_EDITS} edits; write fewer, wider ones"
    if len(file.markup) > MAX_MARKUP:
        return file.lines.get("markup", 1), f"more than {MAX_MARKUP} replacements in the HTML; write fewer"
    return None


def excess_of_all(files: Iterable[RuleFile]) -> tuple[RuleFile, int, str] | None:
    """As `excess`, of files that are asked about every page, together: the one that goes beyond."""
    keep: tuple[Rule, ...] = ()
    edits: tuple[Edit, ...] = ()
    for file in files:
        keep, edits = keep + file.keep + file.remove, edits + file.edits
        if found := excess(replace(file, keep=keep, remove=(), edits=edits)):
            return (file, *found)
    return None


def _all(file: RuleFile) -> Iterator[Rule | Edit | Take]:
    for entries in (file.keep, file.remove, file.body, file.edits):
        yield from entries
    for rules in file.fields.values():
        yield from rules
