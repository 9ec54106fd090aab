"""Bytes to text: BOM, declared, UTF-8, detector, in that order."""

from __future__ import annotations


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding it was read with."""
    return data.decode("utf-8", "replace"), "utf-8"
