"""The generic rule files can be read in an editor: long patterns stand on several lines, one idea a line."""

from __future__ import annotations

from pathlib import Path

import pytest

GENERIC = Path(__file__).parents[2] / "rules" / "generic"
LONGEST = 300


def test_there_are_files() -> None:
    assert len(list(GENERIC.glob("*.yaml"))) >= 14


@pytest.mark.parametrize("path", sorted(GENERIC.glob("*.yaml")), ids=lambda x: x.stem)
def test_no_line_is_too_long_to_read(path: Path) -> None:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    assert [number for number, line in lines if len(line) > LONGEST] == []
