"""The head of a rule file: which pages it is for, and how they are read.

Enters: nodes. Leaves: hosts, signs, validity, a language's words, replacements in the HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.rules.format.nodes import Map, Node, Seq
from cleaner.rules.format.schema import Sign
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from datetime import date

    from cleaner.rules.format.scalars import Reader

_HOST = re.compile(r"(?:\*\.)?[^\W_]+(?:[._-]+[^\W_]+)*(?:/\S*)?")


def hosts(read: Reader, node: Node) -> tuple[str, ...]:
    found = []
    for text, line in read.texts(node, "hosts"):
        host, slash, path = text.partition("/")
        if "://" in text or not _HOST.fullmatch(text) or "*" in host[1:]:
            read.say(
                line,
                "hosts",
                f"`{text}` is not a host; write dw.com, *.dw.com or dw.com/en/*, without https://",
            )
        else:
            found.append(host.lower() + slash + path)
    return tuple(found)


def words(read: Reader, node: Node) -> tuple[str, ...]:
    found = []
    for text, line in read.texts(node, "words"):
        if len(text.split()) > 1:
            read.say(line, "words", f"`{text}` is more than one word; give each its own place in the list")
        found.append(fold(text))
    return tuple(found)


def signs(read: Reader, node: Node) -> tuple[Sign, ...]:
    if not isinstance(node, Seq):
        read.say(node.line, "recognise", "a list of patterns belongs here: each after a dash, or in [ ]")
        return ()
    signs = []
    for item in node.items:
        parts = item.items if isinstance(item, Seq) else (item,)
        if any(isinstance(x, Map) and x.pairs.keys() != {"title"} for x in parts):
            read.say(item.line, "recognise", "a form here has one key, as in {title: ' - BBC News$'}")
            continue
        found = [
            (read.pattern(x.pairs["title"] if isinstance(x, Map) else x, "recognise", "exact"), x)
            for x in parts
        ]
        patterns = tuple(pattern for pattern, _ in found if pattern is not None)
        if patterns and len(patterns) == len(found):
            top = tuple(pattern for pattern, x in found if pattern is not None and isinstance(x, Map))
            signs.append(Sign(patterns, item.line, top))
    return tuple(signs)


def valid(read: Reader, node: Node) -> tuple[date | None, date | None]:
    form = read.form(node, "valid", "valid")
    if form is None:
        return None, None
    first, last = (
        read.day(form.pairs[x], f"valid.{x}") if x in form.pairs else None for x in ("from", "until")
    )
    if first and last and first > last:
        read.say(node.line, "valid", f"ends before it begins; write {{from: {last}, until: {first}}}")
    return first, last


def markup(read: Reader, node: Node | None) -> tuple[tuple[str, str], ...]:
    """What to put in place of what in the HTML itself."""
    found = []
    for form in read.forms(node, "markup", "markup"):
        wanted = read.text(form.pairs["find"], "markup.find") if "find" in form.pairs else None
        if wanted is None or "with" not in form.pairs:
            read.say(form.line, "markup", "needs both `find:` and `with:`; write with: '' to cut it out")
        else:
            found.append((wanted, read.text(form.pairs["with"], "markup.with", empty=True) or ""))
    return tuple(found)
