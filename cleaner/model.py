"""The words of the project as types: frozen, slotted, and importing nothing of ours.

Enters: nothing. Leaves: `Block`, `Page`, `Verdict`, `Removal`, `Candidate`, `Article`. Look at `Block` first:
both readers yield it and everything after them judges it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborHTMLParser

    from cleaner.fields.stated import Stated

InputKind = Literal["html", "text", "markdown"]
BlockKind = Literal["heading", "paragraph", "list-item", "caption", "quote", "code", "table-row", "envelope"]
Status = Literal["article", "not-article", "empty", "rejected"]
Favor = Literal["precision", "balanced", "recall"]


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


@dataclass(frozen=True, slots=True)
class Article:
    """The native record. `as_dict` (in `cleaner.records.native`) gives it as JSON-ready values.

    `reason` is None for an article, unless most of its page's prose was removed (`most-prose-removed`); else
    it says what the page is (`index`, `product`, `error-page`…) or why nothing was made of it.
    """

    id: str
    status: Status
    version: str
    source: str | None = None
    reason: str | None = None
    outlet: str | None = None
    url: str | None = None
    headline: str | None = None
    date: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    language: str | None = None
    body: str = ""
    blocks: tuple[BodyBlock, ...] = ()
    summary: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    site: str | None = None
    paywalled: bool | None = None
    fetched: str | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    removed: tuple[Removal, ...] = ()
