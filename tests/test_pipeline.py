"""The steps in order, and the collector of cyclic garbage, which rests during a page."""

from __future__ import annotations

import gc
import os

import pytest

from cleaner import Cleaner, pipeline

PAGE = "<h1>Ferry stays</h1><p>The harbour board has said that the old ferry will not be sold this year.</p>"


@pytest.fixture
def collector():
    """Whatever a test does, the next finds the collector as it was."""
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("on", [True, False])
def test_the_collector_rests_during_a_page_and_is_as_it_was_after_it(on, monkeypatch):
    seen = []
    read = pipeline.read

    def watched(*args, **kwargs):
        seen.append(gc.isenabled())
        return read(*args, **kwargs)

    monkeypatch.setattr(pipeline, "read", watched)
    (gc.enable if on else gc.disable)()
    assert Cleaner().clean(PAGE).headline == "Ferry stays"
    assert seen == [False]
    assert gc.isenabled() is on


@pytest.mark.usefixtures("collector")
def test_a_wrong_call_leaves_the_collector_on():
    gc.enable()
    with pytest.raises(TypeError):
        Cleaner().clean(7)
    assert gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_a_process_forked_during_a_page_has_the_collector_on(monkeypatch):
    ended = []
    read = pipeline.read

    def forking(*args, **kwargs):
        child = os.fork()
        if not child:
            os._exit(0 if gc.isenabled() else 1)
        ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        return read(*args, **kwargs)

    monkeypatch.setattr(pipeline, "read", forking)
    gc.enable()
    Cleaner().clean(PAGE)
    assert ended == [0]
    assert gc.isenabled()
