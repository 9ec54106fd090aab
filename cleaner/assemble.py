"""Kept blocks and fields to the finished record."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cleaner.model import Article, BodyBlock, Page, Removal

if TYPE_CHECKING:
    from cleaner.fields import Fields
    from cleaner.judge import Judgement
    from cleaner.outlets import Outlet, Rules
    from cleaner.read import Refused

VERSION = "0.1.0"


def stable_id(url: str | None, source: str | None, content: bytes) -> str:
    """Hash of the canonical address, else of source and content: 16 hexadecimal digits."""
    basis = url.encode() if url else (source or "").encode("utf-8", "surrogateescape") + b"\0" + content
    return hashlib.blake2b(basis, digest_size=8).hexdigest()


def _content(data: bytes | str) -> bytes:
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


def rejected(
    refusal: Refused, *, data: bytes | str, url: str | None, source: str | None, rules: Rules
) -> Article:
    return Article(
        id=stable_id(url, source, _content(data)), status="rejected", reason=refusal.reason,
        version=f"{VERSION}+{rules.version}", source=source, url=url,
    )


def empty(page: Page, *, rules: Rules) -> Article:
    return Article(
        id=stable_id(page.url, page.source, b""), status="empty", reason="no-text",
        version=f"{VERSION}+{rules.version}", source=page.source, url=page.url,
    )


def assemble(
    page: Page, outlet: Outlet | None, judgement: Judgement, fields: Fields, *, rules: Rules
) -> Article:
    kept: list[BodyBlock] = []
    removed: list[Removal] = []
    for block, verdict in zip(page.blocks, judgement.verdicts, strict=True):
        if verdict is None or verdict.action == "keep":
            kept.append(BodyBlock(block.kind, block.text))
        elif verdict.action == "remove":
            removed.append(Removal(block.index, verdict.rule, block.text))
        else:
            kept.append(BodyBlock(block.kind, verdict.text or ""))
            removed.append(Removal(block.index, verdict.rule, block.text))
    body = "\n\n".join(b.text for b in kept)
    values = dict(fields.values)
    url = values.pop("url", page.url)
    return Article(
        id=stable_id(url, page.source, body.encode("utf-8", "surrogatepass")),
        status=judgement.status if kept else "empty",
        reason=judgement.reason if kept else "no-body",
        version=f"{VERSION}+{rules.version}",
        source=page.source, outlet=outlet.name if outlet else None, url=url,
        body=body, blocks=tuple(kept), removed=tuple(removed),
        provenance=fields.provenance, candidates=fields.candidates, **values,
    )
