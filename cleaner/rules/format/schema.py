# ruff: noqa: E501 - in the tables an entry is a line
"""The rule format: what a file may say, as tables, and what it becomes, as types.

The tables are the only list of keys: the reader refuses what is not in them, and `docs/rules.md` is tested
against them. Look first at `KEYS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from cleaner.model import BlockKind, InputKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FIELDS = (
    "headline", "date", "modified", "authors", "summary", "section", "tags", "image", "language", "url", "site",
)  # fmt: skip
LISTS = frozenset({"authors", "tags"})
KINDS: tuple[str, ...] = get_args(BlockKind)
INPUTS: tuple[str, ...] = get_args(InputKind)

# A phrase never costs a long paragraph: these are characters of the folded line, unless `max:` says otherwise.
LINE_MAX = 300
MARKER_MAX = 200

_WHERE: Mapping[str, str] = {
    "css": "CSS selector (HTML only): the blocks inside the elements it finds",
    "xpath": "XPath 1.0 (HTML only), slower than `css`: for what CSS cannot say",
    "attr": "mapping of attribute to pattern (HTML only): the blocks inside elements on which all of them match; raw values, ignoring case",
    "kind": "kind of block, or a list of them: " + ", ".join(KINDS),
    "on": "`html` or `text`: only for this kind of input",
    "first": "only among the first N blocks of the page",
    "last": "only among the last N blocks of the page",
}
_RULE: Mapping[str, str] = {
    "name": "lower-case word; the ledger says `<file>/<name>`; entries of one list may share it, as ways to one thing",
    "why": "what a reader would otherwise have to guess; the linter asks for it on every removal",
    "line": "pattern of the folded line, or a list of them, any of which will do",
    "text": "pattern of the raw line, minding case, or a list of them; for what only capitals tell",
    "from": "pattern, or a list of them, of the folded line where a run begins; the line itself belongs to the run",
    "until": "pattern, or a list of them, of the folded line where the run ends; that line stays. Without it the run goes to the end of the page",
    "lines": "how many lines the run has at most, its first one included: `2` for a label and the title below it",
    "before": "pattern, or a list of them, of a folded line: only the line right before one",
    "max": f"longest line, in characters, that the pattern may take (default {LINE_MAX} for `line`, {MARKER_MAX} for `from`)",
    **_WHERE,
    "linked": "`true`: only blocks that are all link (HTML only): the headline of another story, not a sentence with a link in it",
    "off": "`true` switches off the rule of this name that a parent or an earlier folder has",
}
_EDIT: Mapping[str, str] = {
    "name": _RULE["name"],
    "why": _RULE["why"],
    "kind": _WHERE["kind"],
    "on": _WHERE["on"],
    "first": _WHERE["first"],
    "last": _WHERE["last"],
    "off": _RULE["off"],
}
_FIELD: Mapping[str, str] = {
    "css": "CSS selector (HTML only): the text of each element it finds",
    "xpath": "XPath 1.0 (HTML only): elements, attributes or strings",
    "attr": "with `css` or `xpath`: this attribute instead of the text",
    "text": "pattern of raw text, ignoring case: held against what the other keys found, else against title, envelope and each line, the first match wins. The value is its first group, or all of it",
    "before": "pattern of a folded line: the value is the line before it",
    "after": "pattern of a folded line: the value is the line after it",
    "jsonld": "dotted path into the page's JSON-LD: `author.name`; lists are walked through",
    "meta": "name, property or itemprop of a `<meta>`",
    "split": "pattern of raw text, ignoring case, between several values: ` and |, `",
    "format": "how a date is written, as for `strptime` (English month names), or `unix` for seconds since 1970",
    "tz": "time zone of a date that states none: `Europe/Berlin`",
    "on": _WHERE["on"],
    "first": _WHERE["first"],
    "last": _WHERE["last"],
}

KEYS: Mapping[str, Mapping[str, str]] = {
    "file": {
        "outlet": "the outlet's name as people know it",
        "words": "list of common words of a generic file's language; its rules are tried on pages that use a few of them",
        "hosts": "list of hosts: `dw.com` takes in subdomains, `*.dw.com` only them (`www.` is none), `bbc.com/news/live/*` only such paths; the most specific wins",
        "recognise": "list of patterns, raw text, minding case, that give the outlet away in a page without a URL: held against title, envelope and each line. An item that is itself a list needs all of its patterns; a pattern written `{title: pattern}` counts only in title, envelope and the first two lines, as a site's name after the headline does",
        "valid": "mapping with `from` and `until`, dates: when this layout was in use; give each layout its file, with the same hosts",
        "extends": "name of a parent file, or a list of them",
        **dict.fromkeys(FIELDS, "list of field rules; the first that finds something wins"),
        "language": "list of field rules; in a generic file the language itself: `en`",
        "body": "list of rules; the first that finds more than a line or two (250 characters) names the blocks of the body, else the first that finds anything",
        "keep": "list of rules; what they find stays, whatever else says",
        "remove": "list of rules; what they find goes",
        "markup": "list of literal replacements in the HTML itself, before it is read; costs a second reading of pages that have it",
        "prune": "`false`: the body rule names the body so well that only rules may take from it (default `true`)",
        "skip_jsonld": "`true`: the outlet's JSON-LD is wrong; no field and no heuristic reads it",
        "tests": "list of pages to try the rules on, for people: each with `url` and what the body `contains`",
        "split": "list of edits that cut a label off the text it is glued to",
        "replace": "list of edits that put other text in place of what a pattern finds",
    },
    "valid": {"from": "first day, as 2020-01-31", "until": "last day"},
    "keep": _RULE,
    "remove": _RULE,
    "body": {k: _RULE[k] for k in ("css", "xpath", "attr", "kind", "from", "until", "lines", "on")},
    "split": {
        **_EDIT,
        "text": "pattern of raw text, minding case: what its first group matches is cut off",
        "css": "CSS selector (HTML only) instead of `text`: what the inline elements it finds say is cut out of their block",
    },
    "replace": {
        **_EDIT,
        "text": "pattern of raw text, minding case",
        "with": "what stands there instead; `\\1` is the first group. Empty to cut it out",
    },
    "markup": {
        "find": "text of the HTML, as it stands",
        "with": "what stands there instead; empty to cut it out",
        "why": _RULE["why"],
    },
    "tests": {"url": "address of a page", "contains": "text of its body, or a list of texts"},
    "field": _FIELD,
}

FileKind = Literal["generic", "outlet"]
_BOTH = frozenset({"keep", "remove", "split", "replace"})
# What only one kind of file may say: a generic one has no page of its own, and its rules for lines are asked
# of a language's folded lines all at once.
ONLY: Mapping[str, Mapping[str, FileKind]] = {
    "file": {
        **dict.fromkeys((x for x in KEYS["file"] if x not in _BOTH | {"words", "language"}), "outlet"),
        "words": "generic",
    },
    "keep": {"text": "outlet", "before": "outlet"},
    "remove": {"text": "outlet", "before": "outlet"},
}


def allowed_keys(table: str, kind: FileKind) -> list[str]:
    """The keys of a table that a file of this kind may have."""
    only = ONLY.get(table, {})
    return [x for x in KEYS[table] if only.get(x, kind) == kind]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule is written: `owner` is the file's name as the ledger has it, `line` counts from 1."""

    owner: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Where:
    """What a block must be for a rule to ask about it; `first` and `last` are 0 where they say nothing."""

    css: str | None = None
    xpath: str | None = None
    attr: tuple[tuple[str, str], ...] = ()
    kind: tuple[str, ...] = ()
    on: str | None = None
    first: int = 0
    last: int = 0
    linked: bool = False

    @property
    def selects(self) -> bool:
        return bool(self.css or self.xpath or self.attr)


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of `keep`, `remove` or `body`; its conditions all have to hold."""

    name: str
    origin: Origin
    where: Where = field(default_factory=Where)
    why: str = ""
    line: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    lines: int = 0
    max: int | None = None
    off: bool = False

    @property
    def full(self) -> str:
        return f"{self.origin.owner}/{self.name}"

    @property
    def limit(self) -> int:
        """Longest folded line, in characters, that the pattern may take."""
        if self.max is not None:
            return self.max
        return MARKER_MAX if self.start else LINE_MAX


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of `split` (`replacement` is None: group 1 is cut out) or `replace`."""

    name: str
    origin: Origin
    text: str
    where: Where = field(default_factory=Where)
    why: str = ""
    replacement: str | None = None
    off: bool = False

    @property
    def full(self) -> str:
        return f"{self.origin.owner}/{self.name}"


@dataclass(frozen=True, slots=True)
class Take:
    """One field rule: where to look and what to take."""

    origin: Origin
    where: Where = field(default_factory=Where)
    attr: str | None = None
    text: str | None = None
    before: str | None = None
    after: str | None = None
    jsonld: str | None = None
    meta: str | None = None
    split: str | None = None
    format: str | None = None
    tz: str | None = None

    @property
    def placed(self) -> bool:
        """Whether the rule names a place, so that `text` is not held against the whole page."""
        places = (self.where.css, self.where.xpath, self.before, self.after, self.jsonld, self.meta)
        return any(x is not None for x in places)


@dataclass(frozen=True, slots=True)
class Sign:
    """Patterns that, all found in a page, give its outlet away; those of `top` count only in title and first lines."""

    patterns: tuple[str, ...]
    line: int
    top: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file as written, or several of them merged; `stated` are the keys it has."""

    name: str
    path: str
    kind: FileKind
    outlet: str | None = None
    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    recognise: tuple[Sign, ...] = ()
    valid: tuple[date | None, date | None] = (None, None)
    extends: tuple[str, ...] = ()
    fields: Mapping[str, tuple[Take, ...]] = field(default_factory=dict)
    body: tuple[Rule, ...] = ()
    keep: tuple[Rule, ...] = ()
    remove: tuple[Rule, ...] = ()
    edits: tuple[Edit, ...] = ()
    markup: tuple[tuple[str, str], ...] = ()
    prune: bool = True
    skip_jsonld: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)
