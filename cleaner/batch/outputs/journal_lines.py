"""The lines of a journal, each sealed with a checksum over itself and all lines before it.

Enters: JSON objects. Leaves: the same, sealed; and of a file its lines, as far as they are sound. Look first
at `sound`. A line that was edited, lost, doubled or moved breaks the chain, wherever it stands.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_LINE: Final = 2**24  # bytes: names are bounded, and a line of a run says little more than names
_SEAL = re.compile(rb',"crc":"([0-9a-f]{8})"\}\n\Z')
_SEAL_BYTES = len(b',"crc":"01234567"}\n')


def sealed(line: bytes, before: int) -> tuple[bytes, int]:
    """A JSON object as a line of the journal, and the checksum to go on with."""
    crc = zlib.crc32(line, before)
    return line[:-1] + b',"crc":"%08x"}\n' % crc, crc


def sound(file: BinaryIO, before: int = 0) -> Iterator[tuple[bytes, int, int, bool]]:
    """Each line without its seal, the checksum so far, the byte behind it, and whether the chain holds.

    After the first line that does not fit, lines are given as they stand, and none of them holds.
    """
    at, crc, whole = 0, before, True
    while line := file.readline(MAX_LINE):
        at += len(line)
        seal = _SEAL.search(line[-_SEAL_BYTES:]) if whole else None
        bare = line[:-_SEAL_BYTES] + b"}"
        if seal is None or zlib.crc32(bare, crc) != int(seal[1], 16):
            whole = False
            yield line, crc, at, False
            continue
        crc = int(seal[1], 16)
        yield bare, crc, at, True
