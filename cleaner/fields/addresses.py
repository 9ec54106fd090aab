"""Addresses of pages, bare of what may differ between two spellings of one.

Enters: addresses and JSON-LD nodes. Leaves: host and path.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from cleaner.fields.jsonld import Node

_LONGEST = 2000


def bare_address(url: str) -> str:
    """Host and path without scheme, `www.`, query, trailing slash; empty for what is no address or only a
    host.
    """
    return _bare(url) if len(url) < _LONGEST else ""


# A page states its own address up to ten times.
@lru_cache(maxsize=256)
def _bare(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{host}{path}" if host and path else ""


def node_addresses(node: Node) -> set[str]:
    values: list[object] = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    found = set()
    for stated in values:
        value = (stated.get("@id") or stated.get("url")) if isinstance(stated, dict) else stated
        if isinstance(value, str) and (bare := bare_address(value.split("#", 1)[0])):
            found.add(bare)
    return found
