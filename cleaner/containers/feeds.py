"""Feeds: RSS, Atom, WXR (WordPress exports), JSON Feed; a part an item.

Enters: a stream or bytes. Leaves: a `Part` an item, its whole content where the feed has it, else its
summary. Look first at `xml_feed`. The XML is read item by item, so a WordPress export of any size
takes little memory.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import orjson
from lxml import etree

from cleaner.containers.part import Part, PartError, Source, Unfit, clear, safely, whole
from cleaner.containers.xml_tree import all_text, local, markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEMS = ("item", "entry")
_CHANNEL = {"title": "site", "language": "language"}
_POSTS = ("post", "page", "")


@safely
def xml_feed(data: Source) -> Iterator[Part | PartError]:
    """The items of an RSS, Atom or WXR feed."""
    stream = io.BytesIO(data.lstrip()) if isinstance(data, bytes) else data
    channel: dict[str, str] = {}
    number, inside = 0, 0
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, node in events:
            name = local(node)
            if event == "start":
                inside += name in _ITEMS
                if name == "feed" and (spoken := node.get("{http://www.w3.org/XML/1998/namespace}lang")):
                    channel["language"] = spoken
                continue
            if name in _ITEMS:
                inside -= 1
                number += 1
                yield from _item(node, channel, str(number))
                _forget(node)
            elif not inside and name in _CHANNEL:
                channel.setdefault(_CHANNEL[name], all_text(node))
    except etree.XMLSyntaxError as error:
        raise Unfit("bad-xml", f"{error}: after item {number}"[:200]) from error
    if not number:
        yield PartError("", "no-records", "a feed without an item")


def _forget(node: Any) -> None:  # noqa: ANN401
    """Free the item and what stood before it."""
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def _item(node: Any, channel: dict[str, str], name: str) -> Iterator[Part | PartError]:  # noqa: ANN401
    values: dict[str, list[Any]] = {}
    for child in node:
        values.setdefault(_key(child), []).append(child)
    if _one(values, "post_type") not in _POSTS or _one(values, "status") in ("draft", "trash", "private"):
        yield PartError(name, "not-a-page", f"a WordPress {_one(values, 'post_type')}", skipped=True)
        return
    body = next(
        (values[key][0] for key in ("encoded", "content", "body", "description", "summary") if key in values),
        None,
    )
    text = _content(body) if body is not None else ""
    if not text.strip():
        yield PartError(name, "no-body", "an item without content or summary; fetch its page")
        return
    stated = {
        "headline": _one(values, "title"),
        "authors": _authors(values),
        "date": _one(values, "pubDate")
        or _one(values, "published")
        or _one(values, "date")
        or _one(values, "issued"),
        "modified": _one(values, "updated") or _one(values, "modified"),
        "tags": _tags(values),
        **channel,
    }
    if "encoded" in values or "content" in values:
        stated["summary"] = _one(values, "description") or _one(values, "summary")
    if not stated["date"]:
        stated["date"] = stated["modified"]
    plain = body is not None and body.get("type") == "text"
    yield Part(text, "text" if plain else "html", _link(values), name, None, clear(stated), "feed")


def _key(child: Any) -> str:  # noqa: ANN401
    """The local name; an excerpt and a media description have their own, for they are no content."""
    tag = str(child.tag)
    if "excerpt" in tag:
        return "excerpt"
    if "search.yahoo.com/mrss" in tag or "itunes" in tag:
        return f"media:{local(child)}"
    return local(child)


def _content(node: Any) -> str:  # noqa: ANN401
    """As HTML: escaped or CDATA as it is, XHTML as markup."""
    return markup(node) if len(node) else all_text(node)


def _one(values: dict[str, list[Any]], key: str) -> str:
    return " ".join(all_text(values[key][0]).split()) if key in values else ""


def _authors(values: dict[str, list[Any]]) -> list[str]:
    out = [all_text(node) for node in values.get("creator", ())]
    for node in values.get("author", ()):
        names = [all_text(child) for child in node if local(child) == "name"]
        out += names or [all_text(node)]
    # RSS 2.0 writes "mail@host (Name)".
    return [author.partition("(")[2].rstrip(") ") or author if "@" in author else author for author in out]


def _tags(values: dict[str, list[Any]]) -> list[str]:
    return [all_text(node) or node.get("term") or "" for node in values.get("category", ())]


def _link(values: dict[str, list[Any]]) -> str | None:
    for node in values.get("link", ()):
        if node.get("rel", "alternate") == "alternate":
            url = (node.get("href") or all_text(node)).strip()
            if url.startswith("http"):
                return url
    for key in ("origLink", "guid", "id"):
        if (url := _one(values, key)).startswith("http") and values[key][0].get("isPermaLink") != "false":
            return url
    return None


@safely
def json_feed(data: Source) -> Iterator[Part | PartError]:
    """The items of a JSON Feed (version 1 and 1.1)."""
    try:
        feed = orjson.loads(whole(data))
    except orjson.JSONDecodeError as error:
        raise Unfit("bad-json", str(error)) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise Unfit("bad-feed", "no items in it")
    for number, item in enumerate(items, 1):
        yield _json_item(item, feed, str(number))
    if not items:
        yield PartError("", "no-records", "a feed without an item")


def _json_item(item: Any, feed: dict[str, Any], name: str) -> Part | PartError:  # noqa: ANN401
    if not isinstance(item, dict):
        return PartError(name, "bad-item", "not an object")
    html, text, summary = (item.get(key) for key in ("content_html", "content_text", "summary"))
    content = next(
        (value for value in (html, text, summary) if isinstance(value, str) and value.strip()), None
    )
    if content is None:
        return PartError(name, "no-body", "an item without content or summary; fetch its page")
    people = item.get("authors") or [item.get("author") or feed.get("author")]
    authors = [p["name"] for p in people if isinstance(p, dict) and isinstance(p.get("name"), str)]
    stated = {
        "headline": item.get("title"),
        "authors": authors,
        "date": item.get("date_published"),
        "modified": item.get("date_modified"),
        "tags": item.get("tags"),
        "site": feed.get("title"),
        "language": item.get("language") or feed.get("language"),
        "summary": summary if content is not summary else None,
    }
    url = item.get("url") or item.get("external_url")
    kept = clear({key: value for key, value in stated.items() if isinstance(value, str | list)})
    return Part(
        content,
        "html" if content is html else "text",
        url if isinstance(url, str) else None,
        name,
        None,
        kept,
        "feed",
    )
