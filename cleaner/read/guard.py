"""What no real page has is refused before the parser sees it."""

from __future__ import annotations


class Refused(Exception):
    """The input is not read; `reason` is a short code, `detail` says what was seen and the limit."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


MAX_BYTES = 10_000_000


def guard(data: bytes | str) -> None:
    """Raise `Refused` where size or markup passes what real pages have."""
    if len(data) > MAX_BYTES:
        raise Refused("too-large", f"{len(data)} bytes; the limit is {MAX_BYTES}")
