"""The record: its fields in their order, there and back, and what its parts are made from."""

import json
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.fields import Fields
from cleaner.judge import Judgement
from cleaner.model import RECORD, Article, Block, BodyBlock, Candidate, Page, Removal, Verdict
from cleaner.record import as_dict, dumps, from_dict
from cleaner.records.assemble import INVISIBLE, assemble, body_text, stable_id, taken_out
from cleaner.rules import Rules
from cleaner.version import VERSION

FIELDS = tuple(field.name for field in RECORD)

ARTICLE = Article(
    id="0123456789abcdef",
    status="article",
    version="0.1.0+abc",
    source="folder/page.html",
    url="https://example.com/1",
    headline="A headline",
    date="2020-01-09",
    authors=("Ann Author", "Bo Byline"),
    agencies=("AP",),
    language="en",
    body="One.\n\n- Two.",
    blocks=(BodyBlock("paragraph", "One."), BodyBlock("list-item", "Two.")),
    tags=("x",),
    provenance={"headline": "jsonld"},
    candidates=(Candidate("date", "2020-01-08", "envelope", "date 2020-01-08", 0),),
    removed=(Removal(3, "en/newsletter", "Sign up"),),
)


def test_every_field_of_an_article_is_in_the_record() -> None:
    assert set(FIELDS) == {f.name for f in fields(Article)}


def test_order_is_that_of_the_documentation() -> None:
    record = as_dict(ARTICLE)
    assert list(record) == [name for name in FIELDS if name != "candidates"]
    assert list(record)[:8] == ["id", "source", "status", "reason", "outlet", "url", "headline", "date"]
    assert list(record)[-3:] == ["provenance", "removed", "version"]


def test_there_and_back() -> None:
    line = dumps(as_dict(ARTICLE, candidates=True))
    assert from_dict(json.loads(line)) == ARTICLE
    assert b"\n" not in line


def test_candidates_only_when_asked_for() -> None:
    assert "candidates" not in as_dict(ARTICLE)
    assert as_dict(ARTICLE, candidates=True)["candidates"] == [
        {"field": "date", "value": "2020-01-08", "source": "envelope", "raw": "date 2020-01-08", "block": 0}
    ]


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        from_dict(as_dict(ARTICLE) | {"colour": "red"})


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_written(text: str) -> None:
    assert json.loads(dumps({"source": text, "list": [{"text": text}]})) is not None


def test_a_file_name_that_is_not_utf8_can_still_be_told() -> None:
    assert json.loads(dumps({"source": "caf\udce9.html"})) == {"source": "caf\\udce9.html"}


def page_of(*texts: str, url: str | None = None) -> Page:
    blocks = tuple(Block(i, text, text.casefold(), "paragraph") for i, text in enumerate(texts))
    return Page("text", blocks, url=url, source="a.txt")


def assembled(page: Page, *verdicts: Verdict | None, data: bytes = b"x", **values: object) -> Article:
    return assemble(page, None, Judgement(verdicts), Fields(values=values), data=data, rules=Rules())


def test_blocks_go_to_the_body_or_to_the_ledger() -> None:
    page = page_of("Kept.", "Read more: x", "BreakingPentagon: y", "\u200b", "Kept too.")
    article = assembled(
        page,
        None,
        Verdict("en/read-more"),
        Verdict("bbc.com/glued", "edit", "Pentagon: y"),
        None,
        Verdict("x/keep", "keep"),
    )
    assert article.body == "Kept.\n\nPentagon: y\n\nKept too."
    assert article.removed == (
        Removal(1, "en/read-more", "Read more: x"),
        Removal(2, "bbc.com/glued", "Breaking"),
        Removal(3, INVISIBLE, "\u200b"),
    )
    assert article.status == "article"
    assert article.version.startswith(f"{VERSION}+")


_VERDICTS = st.one_of(
    st.none(),
    st.sampled_from([Verdict("a/x"), Verdict("a/k", "keep"), Verdict("a/e", "edit")]),
    st.text().map(lambda left: Verdict("a/e", "edit", left)),
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), _VERDICTS)))
def test_nothing_vanishes(pairs: list[tuple[str, Verdict | None]]) -> None:
    article = assembled(page_of(*(text for text, _ in pairs)), *(verdict for _, verdict in pairs))
    removed = {removal.index for removal in article.removed}
    assert len(removed) == len(article.removed)
    for index, (text, verdict) in enumerate(pairs):
        if verdict is not None and verdict.action == "remove":
            assert index in removed
        elif index not in removed:
            assert text.strip()
    assert len(removed) + len(article.blocks) >= len(pairs)


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [
        ("BreakingPentagon: x", "Pentagon: x", "Breaking"),
        ("BreakingBridge shut", "Bridge shut", "Breaking"),
        ("Bridge shutpublished", "Bridge shut", "published"),
        ("A sentence. Read more", "A sentence.", "Read more"),
        ("One (video) two", "One two", "(video)"),
        ("a b c", "b", "a b c"),
        ("whole", "", "whole"),
        ("replaced", "other", "replaced"),
        ("aa", "a", "a"),
    ],
)
def test_ledger_of_an_edit_says_what_was_taken(before: str, after: str, taken: str) -> None:
    assert taken_out(before, after) == taken


def test_body_marks_list_items() -> None:
    blocks = [BodyBlock("paragraph", "Known:"), BodyBlock("list-item", "one"), BodyBlock("list-item", "two")]
    assert body_text(blocks) == "Known:\n\n- one\n\n- two"


def test_nothing_kept_is_empty_with_a_reason() -> None:
    article = assembled(page_of("Sign up"), Verdict("en/newsletter"))
    assert (article.status, article.reason, article.body) == ("empty", "no-body", "")


def test_what_is_no_article_stays_so_without_a_body() -> None:
    judgement = Judgement((Verdict("a/x"),), "not-article", "index-page")
    article = assemble(page_of("x"), None, judgement, Fields(), data=b"x", rules=Rules())
    assert (article.status, article.reason) == ("not-article", "index-page")


def test_fields_are_tidied_like_the_body() -> None:
    article = assembled(page_of("x"), None, headline="A\xa0headline\n twice", authors=["Ann\u200b Author"])
    assert article.headline == "A headline twice"
    assert article.authors == ("Ann Author",)


def test_id_follows_the_address_else_source_and_content() -> None:
    assert stable_id("https://example.com/1", "a", b"x") == stable_id("https://example.com/1", "b", b"y")
    assert stable_id(None, "a", b"x") == stable_id(None, "a", "x")
    assert len({stable_id(None, "a", b"x"), stable_id(None, "b", b"x"), stable_id(None, "a", b"y")}) == 3
    canonical = assembled(page_of("x", url="https://example.com/1?utm=2"), None, url="https://example.com/1")
    assert canonical.id == stable_id("https://example.com/1", None, b"")
    assert canonical.id == "bcf3ea4f80a41f54"


@settings(deadline=None)
@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_ids_are_made_of_anything(url: str, source: str) -> None:
    assert len(stable_id(url, source, source)) == 16
