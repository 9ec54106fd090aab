"""Annotated pages on disk, and their publishers."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tldextract import TLDExtract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Corpora that one hand annotated; every other corpus has an annotator of its own.
_ANNOTATORS: Mapping[str, str] = {
    "fundus-eval": "fundus", "fundus-tests": "fundus", "wcxb-articles": "wcxb", "wcxb-others": "wcxb",
}  # fmt: skip
_NUMBERED = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """One annotated page.

    `body` is the gold text, or None where only segments are annotated: those the body must have (`inside`)
    and must not have (`outside`). `group` is the publisher, which is never split by validation.
    """

    corpus: str
    id: str
    url: str | None
    group: str
    data: bytes
    body: str | None
    kind: str
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def annotator(self) -> str:
        """Who drew the line between story and rest. A text made of a page has the page's annotator."""
        origin = self.id.split("/")[0] if self.corpus.startswith("text-") else self.corpus
        return _ANNOTATORS.get(origin, origin)


_hosts = TLDExtract(suffix_list_urls=(), cache_dir=None)


def publisher(url: str | None, fallback: str) -> str:
    """The registered domain's own label (`bbc` for bbc.co.uk and bbc.com), so that sister sites stay
    together. A page without address goes by its name, and `bbc-2` with `bbc`.
    """
    host = urlsplit(url).hostname if url else None
    return (_hosts(host).domain or host) if host else _NUMBERED.sub("", fallback)


def samples(corpora: Path, names: list[str], split: str = "dev") -> Iterator[AnnotatedPage]:
    """Pages of the named corpora in the order of their annotations."""
    for name in names:
        base = corpora / name / split
        with (base / "gold.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield AnnotatedPage(
                    name, row["id"], row.get("url"), publisher(row.get("url"), row.get("publisher",
                    row["id"])),
                    gzip.decompress((base / row["file"]).read_bytes()), row.get("body"), row.get("kind",
                    "article"),
                    tuple(row.get("with", ())), tuple(row.get("without", ())),
                )  # fmt: skip
