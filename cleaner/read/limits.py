"""What the parser bears, and what happens beyond it.

The limits come from 1,258 news and other pages: at most 21,646 tags, 257 options, 5 MB, and a depth of 28.
lexbor's cost is quadratic beyond them (64,000 nested divs take 3.4 s, a 40 KB file of unclosed <b> 1.3 GB).
"""

from __future__ import annotations

from cleaner.model import MAX_BYTES

__all__ = ["MAX_BYTES", "Refused"]

MAX_DEPTH = 512  # Blink's own cap on a document's depth
MAX_ATTRIBUTES = 1_000
MAX_OPTIONS = 2_000
MAX_FORMATTING = 200
MAX_ELEMENTS = 250_000


class Refused(Exception):  # noqa: N818 - the word of the record's status, not an error of ours
    """The input is not read; `reason` is a short code, `detail` says what was seen and the limit."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
