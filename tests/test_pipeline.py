"""A library call changes nothing of the process it is made in."""

from __future__ import annotations

import gc
import threading

import pytest

import cleaner
from cleaner import Cleaner, pipeline

PAGE = "<h1>Ferry stays</h1><p>The harbour board has said that the old ferry will not be sold this year.</p>"


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_alone(on, monkeypatch):
    seen = []
    read = pipeline.read

    def watched(*args, **kwargs):
        seen.append(gc.isenabled())
        return read(*args, **kwargs)

    monkeypatch.setattr(pipeline, "read", watched)
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        assert Cleaner().clean(PAGE).headline == "Ferry stays"
        after = gc.isenabled()
    finally:
        (gc.enable if before else gc.disable)()
    assert seen == [on]
    assert after is on


def test_threads_may_share_the_first_call():
    pipeline._default.cache_clear()  # noqa: SLF001 - as at the start of a program
    titles = []
    threads = [threading.Thread(target=lambda: titles.append(cleaner.clean(PAGE).headline)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert titles == ["Ferry stays"] * 4


def test_when_it_was_fetched_is_in_the_record():
    assert cleaner.clean(PAGE, fetched="2024-05-04T10:00:00Z").fetched == "2024-05-04T10:00:00Z"
