"""Containers: one file in which several documents lie, or one document in an envelope.

Enters: bytes or a binary stream. Leaves: `Part`s, and a `PartError` for what cannot be read; no parser raises
for its input. Look first at `part.py`, then at `detect.py`, which tells by content what a file is.
"""

from __future__ import annotations

from cleaner.containers.part import Part, PartError

__all__ = ["Part", "PartError"]
