"""Section, tags, image, site, summary, address and paywall as pages state them."""

from __future__ import annotations

import pytest
from fields_help import fields, ld, page, text_page, value


def test_stated_fields_and_where_they_come_from():
    head = (
        ld(
            articleSection="Harbour", keywords=["ferry", "Quay", "ferry"], description="The ferry stays.",
            image={"url": "/ferry.jpg"}, publisher={"name": "The Quay Post"}, isAccessibleForFree="False",
        )
        + "<link rel='canonical' href='https://example.org/ferry'>"
    )  # fmt: skip
    found = fields(page(head, url="https://example.org/ferry?utm=1"))
    assert found.values["section"] == "Harbour"
    assert found.values["tags"] == ("ferry", "Quay")
    assert found.values["summary"] == "The ferry stays."
    assert found.values["image"] == "https://example.org/ferry.jpg"
    assert found.values["site"] == "The Quay Post"
    assert found.values["paywalled"] is True
    assert found.values["url"] == "https://example.org/ferry"
    assert found.provenance["url"] == "canonical"


def test_a_canonical_link_to_the_home_page_is_not_the_storys():
    head = "<link rel='canonical' href='https://example.org/'>"
    assert value(page(head, url="https://example.org/ferry"), "url") == "https://example.org/ferry"


@pytest.mark.parametrize("address", ["javascript:void(0)", "http://[bad", "data:image/png;base64,xx"])
def test_bad_addresses_are_none(address):
    assert value(page(f"<meta property='og:image' content='{address}'>"), "image") is None


def test_section_from_breadcrumbs():
    head = (
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},'
        '{"item":{"name":"Harbour"}},{"name":"Ferry stays with the town"}]}</script>'
    )
    assert value(page(head), "section") == "Harbour"


@pytest.mark.parametrize(
    ("tier", "paywalled"), [("free", False), ("locked", True), ("metered", True), ("odd", None)]
)
def test_content_tier(tier, paywalled):
    assert value(page(f"<meta name='article:content_tier' content='{tier}'>"), "paywalled") is paywalled


def test_envelope_of_a_text():
    text = (
        "title: Ferry stays\nurl: https://example.org/ferry\nsite: The Quay Post\ntags: "
        "ferry, quay\n\nThe ferry stays."
    )
    found = fields(text_page(text))
    assert found.values["url"] == "https://example.org/ferry"
    assert found.values["site"] == "The Quay Post"
    assert found.values["tags"] == ("ferry", "quay")
