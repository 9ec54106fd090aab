"""XML and HTML of unknown origin as trees, without entities, network or depth without end.

Enters: bytes. Leaves: an lxml element. Look first at `xml_tree`.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from cleaner.containers.part import MAX_PART, Unfit

_NAMESPACE = re.compile(r" xmlns(?::[\w.-]{1,40})?=\"[^\"<>]{0,400}\"")
MAX_TREE = 8 * MAX_PART  # bytes; a tree takes about ten times as much memory


def xml_tree(data: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The root of an XML file, mended where it is not well-formed. Raises `Unfit`."""
    if len(data) > MAX_TREE:
        raise Unfit("too-large", f"more than {MAX_TREE:,} bytes of XML: split the file")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unfit("bad-xml", str(error)[:200]) from error
    if root is None:
        raise Unfit("bad-xml", "no element in it")
    return root


def html_tree(data: bytes) -> Any:  # noqa: ANN401
    """The root of an HTML file. Raises `Unfit`."""
    if len(data) > MAX_TREE:
        raise Unfit("too-large", f"more than {MAX_TREE:,} bytes of HTML: split the file")
    try:
        charset = None if b"charset" in data[:2048].lower() else "utf-8"
        root = html.fromstring(
            data, parser=html.HTMLParser(encoding=charset, no_network=True, huge_tree=False)
        )
    except (etree.ParserError, ValueError, LookupError) as error:
        raise Unfit("bad-html", str(error)[:200]) from error
    return root


def local(node: Any) -> str:  # noqa: ANN401
    """An element's name without its namespace; empty for an entity or a comment."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def all_text(node: Any) -> str:  # noqa: ANN401
    """All text below an element."""
    return "".join(node.itertext()) if isinstance(node.tag, str) else ""


def first(node: Any, *names: str) -> Any:  # noqa: ANN401
    """The first descendant of the first of these names that is there, or None."""
    for name in names:
        for child in node.iter():
            if local(child) == name:
                return child
    return None


def said(node: Any, *names: str) -> str:  # noqa: ANN401
    """Its text with single spaces, or nothing."""
    found = first(node, *names)
    return " ".join(all_text(found).split()) if found is not None else ""


def markup(node: Any) -> str:  # noqa: ANN401
    """What is inside an element, as markup without namespaces."""
    for child in node.iter():
        if isinstance(child.tag, str) and "}" in child.tag:
            child.tag = local(child)
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in node)
    return (node.text or "") + _NAMESPACE.sub("", inner)
