"""What a witness of the story says, and what it may cost: letters read, not time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judge.region.jsonld_witness import Witness, article_body, letters

STORY = [
    f"Paragraph {i} tells how the council of district {i * 7} voted on bridge number {i * i}."
    for i in range(400)
]


@pytest.mark.parametrize(
    ("block", "share"),
    [
        (STORY[3], 1.0),
        (STORY[3].upper().replace(" ", "  "), 1.0),
        ("Council of DISTRICT 21", 1.0),
        ("Sign up for our newsletter", 0.0),
        (f"{STORY[5][:50]} {'and something else that nobody there ever wrote ' * 2}", 1 / 3),
        ("***", 0.0),
    ],
)
def test_share_of_a_block(block: str, share: float) -> None:
    assert Witness(letters(" ".join(STORY))).share(block) == pytest.approx(share)


@given(st.lists(st.integers(0, 30), max_size=40), st.lists(st.integers(0, 60), max_size=40))
def test_same_answers_whatever_was_asked_before(told: list[int], asked: list[int]) -> None:
    text = letters(" ".join(STORY[i] for i in told))
    witness = Witness(text)
    assert [witness.share(STORY[i]) for i in asked] == [Witness(text).share(STORY[i]) for i in asked]


def test_a_story_told_in_order_is_never_searched_from_its_beginning() -> None:
    witness = Witness(letters(" ".join(STORY)))
    patience = witness.patience
    assert [witness.share(x) for x in STORY] == [1.0] * len(STORY)
    assert witness.patience == patience


def test_patience_ends_and_what_is_near_is_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = letters(" ".join(STORY))
    monkeypatch.setattr("cleaner.judge.region.jsonld_witness._PATIENCE", 3 * len(text))
    witness = Witness(text)
    for i in range(400):
        witness.share(f"Nobody told the witness about this line, number {i} of four hundred such lines.")
    assert -len(text) < witness.patience <= 0
    assert witness.share(STORY[0]) == 1.0
    assert witness.share(STORY[399]) == 0.0


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (json.dumps({"articleBody": "Short."}), ""),
        (json.dumps({"@graph": [{"articleBody": "Tell, <b>it</b> &amp; all. " * 20}]}), "tellitall" * 20),
        ('{"articleBody": "' + "Line\nbreak " * 30 + '"}', "linebreak" * 30),
        ('{"articleBody": "cut off', ""),
        (json.dumps({"text": "No such name. " * 50}), ""),
    ],
)
def test_article_body(script: str, found: str) -> None:
    assert article_body([script]) == found
