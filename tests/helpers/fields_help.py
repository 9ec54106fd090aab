"""Pages in a line or two, and their fields, for the tests of `cleaner.fields`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cleaner.fields import Fields, headlines, resolve
from cleaner.judge import Judgement
from cleaner.read import read

if TYPE_CHECKING:
    from cleaner.model import Page

PROSE = (
    "The harbour board has said that the old ferry will not be sold this year, and that the council was told "
    "of it before the vote on the new quay, which had been put off twice because of the storms."
)


def page(head: str = "", body: str = "", *, lang: str = "en", url: str | None = None) -> Page:
    """An HTML page with an h1 and two paragraphs unless `body` says otherwise."""
    inner = body or f"<h1>Ferry stays with the town</h1><p>{PROSE}</p><p>{PROSE}</p>"
    html = f"<html lang='{lang}'><head>{head}</head><body>{inner}</body></html>"
    return read(html, url=url, source=None, kind="html")


def ld(**values: object) -> str:
    """A JSON-LD script of one news article."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def text_page(text: str) -> Page:
    return read(text, url=None, source=None, kind="text")


def fields(page: Page, *, fetched: str | None = None) -> Fields:
    titles = headlines(page, None)
    return resolve(page, None, Judgement((None,) * len(page.blocks)), titles, fetched=fetched)


def value(page: Page, name: str, *, fetched: str | None = None) -> Any:
    return fields(page, fetched=fetched).values.get(name)
