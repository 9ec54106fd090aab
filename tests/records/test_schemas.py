"""Views of the record, read back with what their users read them with."""

import json
from datetime import datetime
from typing import Any

import pytest
import trafilatura

import cleaner
from cleaner.model import Article, BodyBlock, Removal
from cleaner.records.file_shapes import markdown
from cleaner.records.schemas import SCHEMAS, datatrove, dolma, schemaorg
from cleaner.records.schemas import trafilatura as trafilatura_view

FULL = Article(
    id="0123456789abcdef",
    status="article",
    version="0.1.0+abc",
    source="folder/page.html",
    outlet="Example News",
    url="https://www.example.com/news/1",
    headline="Minister opens bridge",
    date="2020-01-08T23:30:00+02:00",
    modified="2020-01-10",
    authors=("Ann Author", "Bo Byline"),
    agencies=("AP",),
    language="en",
    body="One paragraph.\n\n- An item.",
    blocks=(BodyBlock("paragraph", "One paragraph."), BodyBlock("list-item", "An item.")),
    summary="A bridge is open.",
    section="World",
    tags=("bridges", "ministers"),
    image="https://www.example.com/1.jpg",
    site="Example News",
    paywalled=False,
    fetched="2020-02-01T00:00:00+00:00",
    removed=(Removal(3, "en/newsletter", "Sign up"),),
)
BARE = Article(id="fedcba9876543210", status="empty", version="0.1.0+abc", reason="no-text")


@pytest.mark.parametrize("name", sorted(SCHEMAS))
@pytest.mark.parametrize("article", [FULL, BARE], ids=["full", "bare"])
def test_every_view_is_json(name: str, article: Article) -> None:
    view = SCHEMAS[name].view(article)
    assert json.loads(json.dumps(view)) == view


@pytest.mark.parametrize("article", [FULL, BARE], ids=["full", "bare"])
def test_dolma_has_the_types_of_its_documents(article: Article) -> None:
    view = dolma(article)
    assert list(view) == ["id", "text", "source", "added", "created", "metadata"]
    assert all(isinstance(view[name], str) for name in ("id", "text", "source"))
    assert isinstance(view["metadata"], dict)


def test_dolma_timestamps_are_utc_with_milliseconds() -> None:
    view = dolma(FULL)
    assert view["created"] == "2020-01-08T21:30:00.000Z"
    assert datetime.strptime(view["added"], "%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: DTZ007 - the format says Z
    assert dolma(BARE)["created"] is None


def test_metadata_keeps_the_record_but_not_the_text_twice() -> None:
    metadata = dolma(FULL)["metadata"]
    assert metadata["headline"] == "Minister opens bridge"
    assert metadata["date"] == "2020-01-08T23:30:00+02:00"
    assert not {"body", "blocks", "removed", "id", "source"} & set(metadata)


def read_by_datatrove(line: dict[str, Any]) -> dict[str, Any]:
    """What datatrove's default adapter makes of a line: known keys, and all others into the metadata."""
    data = dict(line)
    known = {"text": data.pop("text", ""), "id": data.pop("id", "?"), "media": data.pop("media", [])}
    metadata = data.pop("metadata", {})
    return known | {"metadata": metadata | data}


def test_datatrove_gets_text_id_and_metadata() -> None:
    document = read_by_datatrove(datatrove(FULL))
    assert (document["text"], document["id"]) == (FULL.body, FULL.id)
    assert document["metadata"]["source"] == "folder/page.html"
    assert document["metadata"]["url"] == FULL.url


def test_schemaorg_is_read_by_a_json_ld_reader() -> None:
    """Put into a page, the view gives back what it was made from, as trafilatura reads JSON-LD."""
    script = json.dumps(schemaorg(FULL))
    html = (
        f'<html><head><script type="application/ld+json">{script}</script></head><body><p>x</p></body></html>'
    )
    found = trafilatura.extract_metadata(html)
    assert found.title == "Minister opens bridge"
    assert found.author == "Ann Author; Bo Byline"
    assert found.date == "2020-01-08"
    assert found.sitename == "Example News"


def test_schemaorg_says_only_what_is_known() -> None:
    assert schemaorg(BARE) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": "fedcba9876543210",
    }
    view = schemaorg(FULL)
    assert view["isAccessibleForFree"] is True
    assert [a["name"] for a in view["author"]] == ["Ann Author", "Bo Byline", "AP"]
    assert view["articleBody"] == FULL.body


def test_trafilatura_keys_are_those_of_its_own_json() -> None:
    story = "<p>Some words of a story.</p>" * 9
    html = f"<html><head><title>T</title></head><body><article>{story}</article></body></html>"
    own = trafilatura.extract(html, output_format="json", with_metadata=True)
    assert own is not None
    assert list(trafilatura_view(FULL)) == list(json.loads(own))


def test_trafilatura_values_are_in_its_form() -> None:
    view = trafilatura_view(FULL)
    assert view["author"] == "Ann Author; Bo Byline"
    assert view["hostname"] == "www.example.com"
    assert (view["date"], view["filedate"]) == ("2020-01-08", "2020-02-01")
    assert view["tags"] == "bridges;ministers"


def test_an_address_that_is_none_costs_no_view() -> None:
    article = cleaner.clean("<h1>A ferry</h1><p>The harbour board will not sell it.</p>", url="http://[bad")
    for schema in SCHEMAS.values():
        assert schema.view(article)
    assert SCHEMAS["trafilatura"].view(article)["hostname"] is None


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("the tag <script> and [a link](javascript:x)", r"the tag \<script> and \[a link\](javascript:x)"),
        ("AT&T, and &lt; is an entity", r"AT&T, and \&lt; is an entity"),
        ("# of bridges", r"\# of bridges"),
        ("- a dash, and 5 - 3", r"\- a dash, and 5 - 3"),
        ("A plain sentence: 3 * 4 = 12.", "A plain sentence: 3 * 4 = 12."),
    ],
)
def test_what_a_page_says_is_no_markdown(said: str, written: str) -> None:
    article = cleaner.Article(
        id="a", status="article", version="0", headline=said, url="javascript:alert(1)",
        blocks=(cleaner.BodyBlock("paragraph", said),),
    )  # fmt: skip
    assert markdown(article) == f"# {written}\n\n{written}\n"
