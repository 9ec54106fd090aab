"""What all tests share."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: a search for garbage among them took 3 % of the suite."""
    gc.collect()
    gc.freeze()
