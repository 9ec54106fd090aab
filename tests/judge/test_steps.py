"""The table of judging steps: one order for both inputs, one place that records."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from cleaner.judge.region.second_opinion import _quiet
from cleaner.judge.shapes import BOX_RULE_SUFFIXES, SHAPES
from cleaner.judge.state import State
from cleaner.judge.steps import BOTH, STEPS, TEXT, Step, run
from cleaner.model import Verdict
from cleaner.read.text_reader import read_text
from cleaner.rules.format.folders import layers, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.judge.steps import Answer
    from cleaner.model import InputKind

GENERIC = [source for source in sources(layers(())) if source.kind == "generic"]
# A rule's name as the files write it.
NAME = re.compile(r"(?m)^\s*- name: ([a-z-]+)\s*$")
LINES = ["The ferry sails again.", "Tickets are sold on board.", "Dogs travel free of charge."]


def _state() -> State:
    return State(read_text("\n".join(LINES), url=None, source=None, charset=None), None, None, [])


def _step(
    found: Mapping[int, Verdict], inputs: frozenset[InputKind] = BOTH, overrules: frozenset[str] = frozenset()
) -> Step:
    def ask(_: State) -> Answer:
        return found

    return Step("test", inputs, ask, overrules)


def test_names_are_told_once_and_every_step_has_an_input() -> None:
    names = [step.name for step in STEPS]
    assert len(names) == len(set(names))
    assert all(step.inputs and step.inputs <= BOTH for step in STEPS)


def test_every_shape_is_a_step_in_the_order_of_its_table() -> None:
    assert [step.name for step in STEPS if step.name in SHAPES] == list(SHAPES)
    assert all("text" in step.inputs for step in STEPS if step.name in SHAPES)


def test_the_first_that_speaks_decides() -> None:
    state = _state()
    run(state, [_step({0: Verdict("a/x")}), _step({0: Verdict("b/x"), 1: Verdict("b/x")})])
    assert [v and v.rule for v in state.verdicts] == ["a/x", "b/x", None]


@pytest.mark.parametrize(("action", "rule"), [("edit", "b/x"), ("keep", "a/x"), ("remove", "a/x")])
def test_a_step_overrules_only_what_it_says(action: str, rule: str) -> None:
    state = _state()
    first = Verdict("a/x", action)  # type: ignore[arg-type]
    run(state, [_step({0: first}), _step({0: Verdict("b/x")}, overrules=frozenset({"edit"}))])
    assert state.verdicts[0] is not None
    assert state.verdicts[0].rule == rule


def test_a_step_of_the_other_input_is_not_asked() -> None:
    state = _state()
    run(state, [_step({0: Verdict("a/x")}, frozenset({"html"})), _step({1: Verdict("b/x")}, TEXT)])
    assert [v and v.rule for v in state.verdicts] == [None, "b/x", None]


def test_what_an_earlier_step_removed_is_gone_to_the_next() -> None:
    state = _state()
    run(state, [_step({0: Verdict("a/x"), 1: Verdict("a/y", "keep")})])
    assert list(state.view.gone) == [True, False, False]


@pytest.mark.parametrize("suffix", BOX_RULE_SUFFIXES)
def test_each_ending_of_a_box_rule_names_a_bundled_rule(suffix: str) -> None:
    names = {f"{file.name}/{rule}" for file in GENERIC for rule in NAME.findall(file.data.decode())}
    assert any(name.endswith(suffix) for name in names)


def test_the_level_of_a_foreign_logger_is_given_back() -> None:
    logger = logging.getLogger("trafilatura")
    before = logger.level
    with _quiet(logger):
        assert not logger.isEnabledFor(logging.ERROR)
    assert logger.level == before
