"""Attributes worked out once an instance."""

from __future__ import annotations

from copy import copy

from cleaner.text.lazy import lazy


class Tide:
    def __init__(self) -> None:
        self.asked = 0

    @lazy
    def height(self) -> int:
        """Metres."""
        self.asked += 1
        return self.asked


def test_an_attribute_is_worked_out_once_an_instance():
    one, other = Tide(), Tide()
    assert (one.height, one.height, one.asked, other.asked) == (1, 1, 1, 0)
    assert copy(one).height == 1
    assert Tide.height.__doc__ == "Metres."
