"""Fingerprints of texts: equal for equal texts, and mostly equal for near ones.

Word trigrams under one-permutation MinHash (Li, Owen and Zhang 2012), empty bins filled from the next one
(Shrivastava and Li 2014). Written here because the libraries for it bring numpy. A 64-bit simhash was tried
first: at three bits it finds copies with one changed word in 500, which is not what syndication looks like.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from cleaner.text.measure import UNSPACED

_BINS = 32
_BYTES = 2  # a bin is kept as 16 bits: two texts agree on one by chance once in 65,536
_ROWS = 4  # bins a band: texts that share 0.59 of their trigrams meet in one of eight bands, on average
NEAR = 26  # bins of 32 that must agree: about four fifths of the trigrams
MIN_WORDS = 30  # with fewer, one changed word moves too many trigrams
_MAX_WORDS = 20_000
_WORD = re.compile(r"\w+")


def exact(text: str) -> bytes:
    """Eight bytes of the text, white space and case aside."""
    folded = " ".join(text.split()).casefold().encode("utf-8", "surrogatepass")
    return blake2b(folded, digest_size=8).digest()


def near(text: str) -> bytes:
    """64 bytes for `Index`; empty for a text too short to compare by likeness. 0.5 ms for 500 words."""
    folded = text.casefold()
    unspaced = UNSPACED.findall(folded)
    words = (unspaced if len(unspaced) * 3 > len(folded) else _WORD.findall(folded))[:_MAX_WORDS]
    if len(words) < MIN_WORDS:
        return b""
    least: dict[int, int] = {}
    for trigram in zip(words, words[1:], words[2:], strict=False):
        digest = blake2b(" ".join(trigram).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        at, value = digest[0] % _BINS, int.from_bytes(digest[1:], "big")
        if value < least.get(at, 1 << 56):
            least[at] = value
    return b"".join(_bin(least, at) for at in range(_BINS))


def _bin(least: dict[int, int], at: int) -> bytes:
    """The low bits of a bin's least value; an empty bin borrows the next full one's, changed by the
    distance.
    """
    for step in range(_BINS):
        value = least.get((at + step) % _BINS)
        if value is not None:
            return ((value + step * 0x9E37) & 0xFFFF).to_bytes(_BYTES, "big")
    return bytes(_BYTES)


class Index:
    """The fingerprints seen so far; about 0.7 KB of memory a distinct document."""

    def __init__(self) -> None:
        self._exact: dict[bytes, str] = {}
        self._bands: dict[bytes, tuple[str, bytes]] = {}

    def add(self, ident: str, content: bytes, signature: bytes) -> tuple[str, str] | None:
        """The id of the first document like this one, and `exact` or `near`; None, and remembered, if it is
        new.
        """
        first = self._exact.get(content)
        if first is not None:
            return first, "exact"
        keys = [
            bytes([at]) + signature[at : at + _ROWS * _BYTES]
            for at in range(0, len(signature), _ROWS * _BYTES)
        ]
        for key in keys:
            other = self._bands.get(key)
            if other is not None and _agreeing(signature, other[1]) >= NEAR:
                return other[0], "near"
        self._exact[content] = ident
        entry = (ident, signature)
        for key in keys:
            self._bands.setdefault(key, entry)
        return None


def _agreeing(one: bytes, other: bytes) -> int:
    return sum(one[i : i + _BYTES] == other[i : i + _BYTES] for i in range(0, len(one), _BYTES))
