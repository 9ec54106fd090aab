"""How a file is known again: its length, its time, and a digest of what stands in it.

Enters: a path. Leaves: a `Mark`, which a manifest holds and a resumed run compares. Look first at `changed`.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from cleaner.batch.inputs.streams import open_regular

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHOLE = 2**20  # bytes up to which the digest is of all of a file
_PIECES, _PIECE = 16, 2**16  # of a longer one: evenly spread, the first and the last bytes among them


class Mark(NamedTuple):
    """`size` in bytes, `time` of the last change in ns, `digest` blake2b in hex."""

    size: int
    time: int
    digest: str


def mark_of(path: str) -> Mark:
    """The file as it is now. Raises `OSError`, `Unreadable`. Costs 30 us, of a long file 1 ms."""
    with open_regular(path) as file:
        state = os.fstat(file.fileno())
        digest = blake2b(digest_size=16)
        if state.st_size <= _WHOLE:
            digest.update(file.read(_WHOLE))
        else:
            for piece in range(_PIECES):
                file.seek((state.st_size - _PIECE) * piece // (_PIECES - 1))
                digest.update(file.read(_PIECE))
    return Mark(state.st_size, state.st_mtime_ns, digest.hexdigest())


def changed(path: str, then: Sequence[int | str]) -> bool:
    """Whether a file is another than it was. A copy with another time is the same, unless it is so long that
    the digest is of pieces only.
    """
    now, before = mark_of(path), Mark(int(then[0]), int(then[1]), str(then[2]))
    if (now.size, now.digest) != (before.size, before.digest):
        return True
    return now.size > _WHOLE and now.time != before.time
