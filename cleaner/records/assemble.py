"""Kept blocks and fields to the finished record.

Enters: page, judgement, fields. Leaves: `Article`. Whatever is not in its blocks is in its ledger, block by
block.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from cleaner.model import Article, BodyBlock, Page, Removal
from cleaner.text.normalise import tidy, tidy_code, tidy_line
from cleaner.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.fields import Fields
    from cleaner.fields.stated import Stated
    from cleaner.judge import Judgement
    from cleaner.model import BlockKind
    from cleaner.read import Refused
    from cleaner.rules import Outlet, Rules

# Fields of which the record says where they come from.
_TRACED = frozenset(
    [
        "headline",
        "date",
        "modified",
        "authors",
        "language",
        "site",
        "url",
        "section",
        "tags",
        "summary",
        "image",
    ]
)
INVISIBLE = "layout/invisible"


def stable_id(url: str | None, source: str | None, content: bytes | str) -> str:
    """Hash of the canonical address, else of source and content: 16 hexadecimal digits (64 bits)."""
    if url:
        return hashlib.blake2b(_bytes(url), digest_size=8).hexdigest()
    return hashlib.blake2b(_bytes(source or "") + b"\0" + _bytes(content), digest_size=8).hexdigest()


def _bytes(value: bytes | str) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def rejected(
    refusal: Refused,
    stated: Stated | None = None,
    *,
    data: bytes | str,
    url: str | None,
    source: str | None,
    fetched: str | None = None,
    rules: Rules,
) -> Article:
    """A page that is not read still has what its container states."""
    values = stated.record() if stated is not None else {}
    provenance = {name: stated.by for name in values if name in _TRACED} if stated is not None else {}
    values |= {name: value for name, value in (("url", url), ("fetched", fetched)) if value}
    return Article(
        id=stable_id(url, source, data), status="rejected", reason=refusal.reason,
        version=f"{VERSION}+{rules.version}", source=source, provenance=provenance, **values,
    )  # fmt: skip


def assemble(
    page: Page,
    outlet: Outlet | None,
    judgement: Judgement,
    fields: Fields,
    *,
    data: bytes | str,
    rules: Rules,
    fetched: str | None = None,
) -> Article:
    """`data` is the input as it came: without an address the id is made from it."""
    blocks, removed = _parted(page, judgement)
    values = _tidied(fields.values)
    url = values.pop("url", None) or page.url
    status, reason = judgement.status, judgement.reason
    if not blocks and status == "article":
        status, reason = "empty", reason or "no-body"
    return Article(
        id=stable_id(url, page.source, data), status=status, reason=reason,
        version=f"{VERSION}+{rules.version}", source=page.source, outlet=outlet.name if outlet else None,
        url=url, fetched=values.pop("fetched", fetched), body=body_text(blocks), blocks=tuple(blocks),
        removed=tuple(removed), provenance=fields.provenance, candidates=fields.candidates, **values,
    )  # fmt: skip


def body_text(blocks: Iterable[BodyBlock]) -> str:
    """One text of all blocks, a blank line between; list items are marked with `- `."""
    return "\n\n".join(f"- {b.text}" if b.kind == "list-item" else b.text for b in blocks)


def _parted(page: Page, judgement: Judgement) -> tuple[list[BodyBlock], list[Removal]]:
    """Every block is in one of the two lists; an edited one in both, as what is left and what was taken."""
    blocks: list[BodyBlock] = []
    removed: list[Removal] = []
    for block, verdict in zip(page.blocks, judgement.verdicts, strict=True):
        if verdict is not None and verdict.action == "remove":
            removed.append(Removal(block.index, verdict.rule, block.text))
            continue
        left, rule = block.text, INVISIBLE
        if verdict is not None and verdict.action == "edit":
            left, rule = verdict.text or "", verdict.rule
        final = _final(left, block.kind)
        if final:
            blocks.append(BodyBlock(block.kind, final))
        if left != block.text or not final:
            removed.append(Removal(block.index, rule, taken_out(block.text, left if final else "")))
    return blocks, removed


def _final(text: str, kind: BlockKind) -> str:
    return tidy_code(text) if kind == "code" else tidy(text)


def taken_out(before: str, after: str) -> str:
    """What an edit took from `before` in one piece; all of it where more than that was taken or changed."""
    if after and len(after) < len(before):
        # A label cut off an end goes whole, though its first letters may be those of what is left.
        if before.endswith(after):
            return before[: len(before) - len(after)].strip() or before
        if before.startswith(after):
            return before[len(after) :].strip() or before
    head = next((i for i, (x, y) in enumerate(zip(before, after, strict=False)) if x != y), len(after))
    tail = after[head:]
    if len(after) < len(before) and before.endswith(tail):
        return before[head : len(before) - len(tail)].strip() or before
    return before


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts and lists of texts on one line each, as in the body; the other values as they are."""
    return {name: _tidied_value(value) for name, value in values.items() if value is not None}


def _tidied_value(value: Any) -> Any:  # noqa: ANN401 - the record's fields have several types
    if isinstance(value, str):
        return tidy_line(value)
    if isinstance(value, list | tuple):
        return tuple(tidy_line(item) if isinstance(item, str) else item for item in value)
    return value
