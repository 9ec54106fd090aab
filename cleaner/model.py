"""The words of the project as types: frozen, slotted, and importing nothing of ours.

Enters: nothing. Leaves: `Block`, `Page`, `Verdict`, `Removal`, `Candidate`, `Article`. Look at `Block` first:
both readers yield it and everything after them judges it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from selectolax.lexbor import LexborHTMLParser

    from cleaner.fields.stated import Stated

InputKind = Literal["html", "text", "markdown"]
BlockKind = Literal["heading", "paragraph", "list-item", "caption", "quote", "code", "table-row", "envelope"]
Status = Literal["article", "not-article", "empty", "rejected"]
Favor = Literal["precision", "balanced", "recall"]
MAX_BYTES = 10 * 2**20  # of one page, also once inflated; the largest of 1,258 pages had 5 MB


T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def small(cls: type[T]) -> type[T]:
    """A slotted dataclass that is frozen to the type checker only; never part of a record.

    A page makes hundreds of them, and to fill a frozen one takes four times as long. Nothing changes one.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


class RulesError(ValueError):
    """A rule file is bad. The message names file, line, key and what to write instead."""


@small
class Place:
    """Where an HTML block stands.

    `element` is the index in `Page.elements` of the nearest block-level element around the text (0 in
    Markdown, which has no elements); `linked` is the share of its characters inside `<a>` (0.0 to 1.0).
    """

    element: int
    linked: float


@small
class Block:
    """One run of text between block-level boundaries: the unit that is kept or removed whole.

    `text` is as read, white space folded to single spaces except in code, where lines stay; `key` is the same
    folded for matching (`cleaner.text.normalise.fold`); `level` is 1 to 6 for headings, else 0; `place` is
    None for plain text, and a heuristic that needs it abstains.
    """

    index: int
    text: str
    key: str
    kind: BlockKind
    level: int = 0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Elements:
    """The element tree of a page as columns, in document order; row 0 is the root.

    `parents[i]` is the row of the parent (0 for the root itself), `ends[i]` the first row after the subtree
    of i, `hooks[i]` its id, classes and other telling attribute values joined by spaces and lower-cased,
    `ids[i]` lexbor's memory id, which ties a selector's hit to its row.
    """

    tags: list[str]
    parents: list[int]
    ends: list[int]
    hooks: list[str]
    ids: list[int]


@dataclass(frozen=True, slots=True)
class Page:
    """One input after reading: the blocks and what the document says about itself.

    `url` is the caller's; the page's own canonical address is a field like any other. `meta` maps
    lower-cased `name`, `property` or `itemprop` of `<meta>` to contents in document order; `links` maps `rel`
    of `<link>` to hrefs; `jsonld` holds raw script texts; `title` is `<title>` or None; `language` the
    `lang` of the root element or None. `envelope` is what a text's wrapper lines said (`date`, `title`,
    `url`…). `stated` is what its container says of it: the row, the archive, the export.
    """

    kind: InputKind
    blocks: tuple[Block, ...]
    url: str | None = None
    source: str | None = None
    charset: str | None = None
    title: str | None = None
    language: str | None = None
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    jsonld: tuple[str, ...] = ()
    envelope: Mapping[str, str] = field(default_factory=dict)
    stated: Stated | None = None
    elements: Elements | None = None
    tree: LexborHTMLParser | None = None


@small
class Verdict:
    """What a rule or heuristic answers about one block.

    `rule` is the full name (`dw.com/read-more`, `en/newsletter`, `layout/region`); `text` is None to
    let the block stand or fall whole, else what is left of it once the rule has taken its part out.
    """

    rule: str
    action: Literal["keep", "remove", "edit"] = "remove"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdicts[i]` is None where block i is kept whole."""

    verdicts: tuple[Verdict | None, ...]
    status: Status = "article"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """One line of the ledger: the block's index, the rule's full name, the whole text taken out."""

    index: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value some source proposes for a field; `raw` is the evidence as found, `block` its index if it has
    one.
    """

    field: str
    value: str
    source: str
    raw: str
    block: int | None = None


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """One kept block of the finished body."""

    kind: BlockKind
    text: str


Form = Literal["text", "status", "body", "texts", "truth", "blocks", "provenance", "candidates", "removals"]


@dataclass(frozen=True, slots=True)
class RecordField:
    """All there is to know of one field of the record; whoever needs a list of them reads `RECORD`.

    `form` says what the value is, and so its JSON, its Arrow type and what a fixture may state of it; `doc`
    is its line in the README. What sources propose is `resolved`: reports and coverage say how often it is
    filled. `compared` fields make a difference between two runs, `stated` ones may stand in a fixture, and
    what is in `metadata` goes there in the schemas that have such a place. People are shown `chief` fields
    even where they are null.
    """

    form: Form
    doc: str
    name: str = ""
    resolved: bool = False
    compared: bool = True
    stated: bool = True
    metadata: bool = True
    chief: bool = False


def _told(form: Form, doc: str, **more: Any) -> Mapping[str, RecordField]:  # noqa: ANN401
    """A field's metadata."""
    return {"record": RecordField(form, doc, **more)}


def _fact(form: Form, doc: str, **more: Any) -> Mapping[str, RecordField]:  # noqa: ANN401
    """The metadata of a field that sources propose."""
    return _told(form, doc, resolved=True, **more)


@dataclass(frozen=True, slots=True)
class Article:
    """The native record, in its order; a new field is a line here, and in the room that finds it.

    `reason` is None for an article, unless most of its page's prose was removed (`most-prose-removed`); else
    it says what the page is (`index`, `product`, `error-page`…) or why nothing was made of it.
    """

    # fmt: off
    id: str = field(metadata=_told("text", "stable: hash of the canonical URL, else of source and content",
        stated=False, metadata=False))
    source: str | None = field(default=None, metadata=_told("text",
        "where the input came from: path below the given folder, archive member, record id", stated=False,
        metadata=False))
    status: Status = field(kw_only=True, metadata=_told("status",
        "`article`, `not-article`, `empty`, `rejected`"))
    reason: str | None = field(default=None, metadata=_told("text", "why, where it is not `article`"))
    outlet: str | None = field(default=None, metadata=_told("text", "the rule file that applied"))
    url: str | None = field(default=None, metadata=_fact("text", "canonical, when the page names it"))
    headline: str | None = field(default=None, metadata=_fact("text",
        'without site name, kicker or "Live" label', chief=True))
    date: str | None = field(default=None, metadata=_fact("text",
        "publication, ISO 8601, as precise as known: `2020-01-09`, `2020-01-08T21:30:00+00:00`", chief=True))
    modified: str | None = field(default=None, metadata=_fact("text",
        'last change, likewise; "Updated 9 January" alone is `modified` and no `date`'))
    fetched: str | None = field(default=None, metadata=_told("text",
        "when the page was fetched, where the caller says so", stated=False))
    authors: tuple[str, ...] = field(default=(), metadata=_fact("texts",
        'people without "By" and roles, else the newsroom or outlet if it signs as author', chief=True))
    agencies: tuple[str, ...] = field(default=(), metadata=_fact("texts", "news agencies"))
    language: str | None = field(default=None, metadata=_fact("text", "BCP 47"))
    body: str = field(default="", metadata=_told("body",
        "paragraphs, subheads and list items (behind `- `), a blank line between", metadata=False))
    blocks: tuple[BodyBlock, ...] = field(default=(), metadata=_told("blocks", "the same body, typed",
        compared=False, stated=False, metadata=False))
    summary: str | None = field(default=None, metadata=_fact("text", "when the page states it"))
    section: str | None = field(default=None, metadata=_fact("text", "when the page states it"))
    tags: tuple[str, ...] = field(default=(), metadata=_fact("texts", "when the page states them"))
    image: str | None = field(default=None, metadata=_fact("text", "address, when the page states it"))
    site: str | None = field(default=None, metadata=_fact("text", "when the page states it"))
    paywalled: bool | None = field(default=None, metadata=_fact("truth", "when the page states it"))
    provenance: Mapping[str, str] = field(default_factory=dict, metadata=_told("provenance",
        "which source won each field: `jsonld`, `meta`, `rule`, `dateline`, `byline`…", compared=False,
        stated=False))
    candidates: tuple[Candidate, ...] = field(default=(), metadata=_told("candidates",
        "what sources proposed, the winner first; only with `--candidates`. What is dear to look "
        "for is looked for only while it, by itself, could change the winner",
        compared=False, stated=False, metadata=False))
    removed: tuple[Removal, ...] = field(default=(), metadata=_told("removals",
        "the ledger; of an edited block, the text that was taken from it", compared=False, metadata=False))
    version: str = field(kw_only=True, metadata=_told("text", "version of the package and hash of the rules",
        compared=False, stated=False))
    # fmt: on

    def to_dict(self, *, candidates: bool = False) -> dict[str, Any]:
        """Every field as a JSON value, absent ones None or empty; `candidates` only where asked for."""
        record = {name: value(getattr(self, name)) for name, value in _TO_JSON if name != "candidates"}
        if candidates:
            record["candidates"] = _entries(self.candidates)
            record = {name: record[name] for name, _ in _TO_JSON}
        return record

    def to_json(self, *, candidates: bool = False) -> str:
        """One line of JSON without its end; equal articles give equal lines."""
        from cleaner.records.native import dumps  # noqa: PLC0415 - start-up: 18 ms for JSON, not for the model

        return dumps(self.to_dict(candidates=candidates)).decode("utf-8")

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """The article that `to_dict` gave. Raises `KeyError` without id, status or version, `TypeError` for
        unknown fields.
        """
        values = {name: _FROM_JSON[form](record[name]) for name, form in _FORMS.items() if name in record}
        others = {name: value for name, value in record.items() if name not in values}
        return cls(id=values.pop("id"), status=values.pop("status"), version=values.pop("version"),
                   **values, **others)  # fmt: skip


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON values
    return value


def _entries(values: Iterable[Any]) -> list[dict[str, Any]]:
    """Small dataclasses as mappings: `dataclasses.asdict`, which copies deeply, costs ten times as much."""
    return [{name: getattr(value, name) for name in value.__slots__} for value in values]


_ENCODE: Mapping[Form, Callable[[Any], Any]] = {
    "texts": list, "blocks": _entries, "provenance": dict, "candidates": _entries, "removals": _entries,
}  # fmt: skip
_FROM_JSON: Mapping[Form, Callable[[Any], Any]] = {
    "text": _same, "status": _same, "body": _same, "truth": _same, "texts": tuple, "provenance": _same,
    "blocks": lambda values: tuple(BodyBlock(**value) for value in values),
    "candidates": lambda values: tuple(Candidate(**value) for value in values),
    "removals": lambda values: tuple(Removal(**value) for value in values),
}  # fmt: skip
RECORD: tuple[RecordField, ...] = tuple(replace(f.metadata["record"], name=f.name) for f in fields(Article))
RESOLVED = tuple(f.name for f in RECORD if f.resolved)
_FORMS: Mapping[str, Form] = {f.name: f.form for f in RECORD}
_TO_JSON = tuple((name, _ENCODE.get(form, _same)) for name, form in _FORMS.items())
