"""A page as its outlet's rules want it read: broken markup mended, wrong JSON-LD left out.

Enters: a page just read, its outlet, the input. Leaves: the page, read again only where a `markup` rule finds
something.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.read import Refused, read
from cleaner.read.decode import decode

if TYPE_CHECKING:
    from cleaner.model import Page
    from cleaner.rules.apply.outlet import Outlet


# How large replacements may make a page, in characters and as times its length; one that would make more
# of it is passed over.
MOST_GROWN, MOST_TIMES = 10_000, 3


def prepare(page: Page, outlet: Outlet | None, data: bytes | str) -> Page:
    """The page to judge; `page` itself for most outlets."""
    if outlet is None or page.kind != "html":
        return page
    if outlet.file.markup:
        page = _mended(page, outlet.file.markup, data)
    return replace(page, jsonld=()) if outlet.file.skip_jsonld and page.jsonld else page


def _mended(page: Page, replacements: tuple[tuple[str, str], ...], data: bytes | str) -> Page:
    text = decode(data)[0] if isinstance(data, bytes) else data
    mended = text
    most = MOST_GROWN + MOST_TIMES * len(text)
    for find, with_ in replacements:
        if len(mended) + mended.count(find) * (len(with_) - len(find)) <= most:
            mended = mended.replace(find, with_)
    if mended == text:
        return page
    try:
        again = read(mended, url=page.url, source=page.source, kind="html")
    except Refused:
        return page
    return replace(again, charset=page.charset) if again.blocks else page
