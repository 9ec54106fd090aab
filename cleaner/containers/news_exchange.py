"""News exchange formats: NITF, NewsML-G2, ninjs, RCV1's newsitem, and TEI as trafilatura writes it.

Enters: bytes. Leaves: a `Part` an item, its body as HTML, what the item states as it states it. Look first at
`_READERS`. NITF 3.6, NewsML-G2 2.x and ninjs 1.x/2.x as the IPTC describes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from cleaner.containers.part import Part, PartError, Source, Unfit, clear, safely, whole
from cleaner.containers.xml_tree import all_text, first, local, markup, said, xml_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TEI_TAGS: Final = {
    "head": "h2",
    "item": "li",
    "list": "ul",
    "hi": "b",
    "quote": "blockquote",
    "lb": "br",
    "row": "tr",
    "cell": "td",
    "ref": "a",
    "ab": "p",
}
_NITF_TAGS: Final = {
    "hl2": "h2",
    "media": "figure",
    "media-caption": "figcaption",
    "bq": "blockquote",
    "block": "div",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@safely
def news_items(data: Source) -> Iterator[Part | PartError]:
    """The items of a NITF, NewsML-G2, RCV1 or TEI file."""
    root = xml_tree(whole(data))
    number = 0
    pending = [root]
    while pending:
        node = pending.pop()
        reader = _READERS.get(local(node))
        if reader is None:
            pending.extend(reversed(node))
            continue
        number += 1
        yield reader(node, str(number))
    if not number:
        yield PartError("", "no-records", "no news item in it")


def _body(node: Any, tags: dict[str, str]) -> str:  # noqa: ANN401
    """A body element as HTML, its own tags translated."""
    for child in node.iter():
        if isinstance(child.tag, str):
            child.tag = tags.get(local(child), local(child))
    return markup(node)


def _part(body: str, url: str | None, name: str, stated: dict[str, Any], container: str) -> Part | PartError:
    if not body.strip():
        return PartError(name, "no-body", "an item without text")
    return Part(
        body, "html", url if url and url.startswith("http") else None, name, None, clear(stated), container
    )


def _nitf(node: Any, name: str) -> Part | PartError:  # noqa: ANN401
    content = first(node, "body.content")
    issued, head = first(node, "date.issue"), first(node, "body.head")
    top = head if head is not None else node
    people = [all_text(p) for p in top.iter() if local(p) == "person"] if head is not None else []
    where = first(node, "pubdata")
    stated = {
        "headline": said(top, "hl1", "hedline") or said(node, "title"),
        "authors": people or [said(top, "byline")],
        "date": (issued.get("norm") if issued is not None else "") or _attribute(where, "date.publication"),
        "dateline": said(top, "dateline"),
        "summary": said(top, "abstract"),
        "agency": said(top, "distributor"),
        "site": _attribute(where, "name"),
        "section": _attribute(where, "position.section"),
        "language": node.get(_LANG) or "",
        "copyright": said(node, "copyright"),
        "tags": [k.get("key") or "" for k in node.iter() if local(k) == "keyword"],
    }
    url = _attribute(where, "ex-ref")
    return _part(_body(content, _NITF_TAGS) if content is not None else "", url, name, stated, "nitf")


def _attribute(node: Any, name: str) -> str:  # noqa: ANN401
    return str(node.get(name) or "") if node is not None else ""


def _newsml(node: Any, name: str) -> Part | PartError:  # noqa: ANN401
    meta, item = first(node, "contentMeta"), first(node, "itemMeta")
    content = first(node, "inlineXML", "inlineData")
    top = meta if meta is not None else node
    language = first(top, "language")
    stated = {
        "headline": said(top, "headline"),
        "authors": [said(top, "by")],
        "dateline": said(top, "dateline"),
        "date": (said(item, "firstCreated") if item is not None else "") or said(top, "contentCreated"),
        "modified": said(item, "versionCreated") if item is not None else "",
        "summary": said(top, "description"),
        "language": _attribute(language, "tag") or node.get(_LANG) or "",
        "copyright": said(node, "copyrightNotice"),
        "agency": _attribute(first(node, "provider"), "literal") or said(first(node, "provider"), "name")
        if first(node, "provider") is not None
        else "",
    }
    link = next((n.get("href") for n in node.iter() if local(n) == "link" and n.get("href")), None)
    if content is None:
        return PartError(name, "no-body", "an item without text of its own; fetch what it names")
    inner = first(content, "body.content", "body")
    return _part(_body(inner if inner is not None else content, _NITF_TAGS), link, name, stated, "newsml-g2")


def _rcv1(node: Any, name: str) -> Part | PartError:  # noqa: ANN401
    content = first(node, "text")
    stated = {
        "headline": said(node, "headline") or said(node, "title"),
        "authors": [said(node, "byline")],
        "date": node.get("date") or "",
        "dateline": said(node, "dateline"),
        "language": node.get(_LANG) or "",
        "copyright": said(node, "copyright"),
        "agency": next((n.get("value") for n in node.iter() if n.get("element") == "dc.source"), ""),
    }
    body = _body(content, {}) if content is not None else ""
    return _part(body, None, node.get("itemid") or name, stated, "rcv1")


def _tei(node: Any, name: str) -> Part | PartError:  # noqa: ANN401
    header, text = first(node, "teiHeader"), first(node, "text")
    top = header if header is not None else node
    link = next((n.get("target") for n in top.iter() if local(n) == "ptr" and n.get("target")), None)
    dates = [n.get("when") or n.text or "" for n in top.iter() if local(n) == "date"]
    language = first(top, "language")
    stated = {
        "headline": said(top, "title"),
        "authors": [all_text(n) for n in top.iter() if local(n) == "author"],
        "date": dates[0] if dates else "",
        "site": said(top, "publisher"),
        "summary": said(top, "abstract"),
        "language": _attribute(language, "ident") or node.get(_LANG) or "",
        "tags": [all_text(n) for n in top.iter() if local(n) == "term"],
    }
    body = first(text, "body") if text is not None else None
    if body is not None:
        for child in list(body):
            if child.get("type") == "comments":
                body.remove(child)
    link = link or next((said(top, n) for n in ("idno",) if said(top, n).startswith("http")), None)
    return _part(_body(body, dict(_TEI_TAGS)) if body is not None else "", link, name, stated, "tei")


_READERS: Final[dict[str, Callable[[Any, str], Part | PartError]]] = {
    "nitf": _nitf,
    "newsItem": _newsml,
    "newsitem": _rcv1,
    "TEI": _tei,
    "TEI.2": _tei,
}


@safely
def ninjs(data: Source) -> Iterator[Part | PartError]:
    """A ninjs item, or a list of them."""
    try:
        found = orjson.loads(whole(data))
    except orjson.JSONDecodeError as error:
        raise Unfit("bad-json", str(error)) from error
    for number, item in enumerate(found if isinstance(found, list) else [found], 1):
        yield _ninjs_item(item, str(number))


def _ninjs_item(item: Any, name: str) -> Part | PartError:  # noqa: ANN401
    if not isinstance(item, dict):
        return PartError(name, "bad-item", "not an object")
    bodies = [b for b in item.get("bodies") or () if isinstance(b, dict)]
    html = item.get("body_html") or item.get("body_xhtml") or _value(bodies, "html", "xhtml")
    text = item.get("body_text") or _value(bodies, "")
    content = html if isinstance(html, str) and html.strip() else text
    if not isinstance(content, str) or not content.strip():
        return PartError(name, "no-body", "an item without text")
    by = [
        person.get("name")
        for person in item.get("people") or ()
        if isinstance(person, dict) and person.get("rel") == "author"
    ]
    stated = {
        "headline": item.get("headline") or _value(item.get("headlines"), ""),
        "authors": by or [item.get("byline")],
        "date": item.get("firstcreated")
        or item.get("firstCreated")
        or item.get("versioncreated")
        or item.get("versionCreated"),
        "modified": item.get("versioncreated") or item.get("versionCreated"),
        "language": item.get("language"),
        "summary": item.get("description_text"),
        "dateline": item.get("located"),
        "agency": item.get("copyrightholder"),
    }
    kept = clear({key: value for key, value in stated.items() if isinstance(value, str | list)})
    uri = item.get("uri")
    url = uri if isinstance(uri, str) and uri.startswith("http") else None
    return Part(content, "html" if content is html else "text", url, name, None, kept, "ninjs")


def _value(values: Any, *types: str) -> str:  # noqa: ANN401
    """The value of the first of such a content type; of any where none is asked for."""
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            told = str(value.get("contentType") or value.get("contenttype") or "")
            if not any(types) or any(kind in told for kind in types if kind):
                return str(value["value"])
    return ""
