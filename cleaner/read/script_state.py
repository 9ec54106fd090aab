"""The story of a page that has no body of its own: what its scripts, its noscript or its JSON-LD hold.

Enters: the page's HTML as text. Leaves: the same HTML with the story put in as elements, and the name of
where it was found; or None. Asked only where the judge found no body: a page that shows its text is never
read so. What comes back is judged as any page is. Look first at `SOURCES`, asked in order; the first with
enough prose wins.
"""

from __future__ import annotations

import html
import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.text.measure import ends_sentence, extent, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Revived(NamedTuple):
    """`html` is the page with the story in it; `source` says where that was (provenance of the body)."""

    html: str
    source: str


# Fewer words are a notice ("Please enable JavaScript"), a teaser or a caption.
FEWEST_WORDS = 60
_STRAY = 25
_LONGEST = 10_000_000
_MOST_SCRIPTS = 400
_MOST_NODES = 200_000
_DEEPEST = 60
_SENTENCE = 40
_OPENED = {name: re.compile(rf"<{name}\b([^>]{{0,2000}})>", re.IGNORECASE) for name in ("script", "noscript")}
_CLOSED = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "noscript")}
_NOSCRIPT = re.compile(r"<(/?)noscript\b[^>]{0,500}>", re.IGNORECASE)
_SHADOW = re.compile(r"<template\b[^<>]{0,500}\bshadowroot(?:mode)?\s*=[^<>]{0,500}>", re.IGNORECASE)
_TEMPLATE_END = re.compile(r"</template\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,4000}>")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)
_FLIGHT = re.compile(r"\s*(?:\(?self\.__next_f\s*=[^;]{0,80};\s*)?self\.__next_f\.push\(\s*")
_ASSIGNED = re.compile(
    r"(?:\b|\.)(Fusion\.globalContent|__PRELOADED_STATE__|__INITIAL_STATE__|__APOLLO_STATE__|__NUXT__"
    r"|__INITIAL_DATA__|__DATA__|__STATE__)\s*[\])\"']*\s*=\s*"
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|$)')
_MOST_ASSIGNED = 20
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "children", "data", "nodes", "items")
_NAMES = {
    "Fusion.globalContent": "fusion", "__PRELOADED_STATE__": "preloaded-state", "__APOLLO_STATE__": "apollo",
    "__NUXT__": "nuxt",
}  # fmt: skip


def is_bodiless(body: str) -> bool:
    """Whether a record has no body to speak of: nothing, or a few stray words."""
    return len(body) < _STRAY * 20 and words(body) < _STRAY


def is_story(body: str, before: str) -> bool:
    """Whether what was found is a story beside what the page itself shows."""
    return words(body) >= FEWEST_WORDS and len(body) >= 4 * len(before)


def revive(text: str) -> Revived | None:
    """The page with the story it hides, or None where nothing holds enough prose."""
    if len(text) > _LONGEST:
        return None
    for find in SOURCES:
        found = find(text)
        if found is not None:
            return found
    return None


def _noscript(text: str) -> Revived | None:
    inside = " ".join(content for _, content in _elements(text, "noscript"))
    if _prose_words(inside) < FEWEST_WORDS:
        return None
    return Revived(_NOSCRIPT.sub(lambda tag: f"<{tag[1]}div>", text), "noscript")


def _shadow_root(text: str) -> Revived | None:
    """Declarative shadow roots: markup that browsers show and parsers keep apart."""
    if not _SHADOW.search(text):
        return None
    return Revived(_TEMPLATE_END.sub("</div>", _SHADOW.sub("<div>", text)), "shadow-root")


def _article_body(text: str) -> Revived | None:
    best: list[str] = []
    for attributes, content in _scripts(text):
        if "ld+json" in attributes.casefold():
            for node in _nodes(_decoded(content)):
                if isinstance(node, dict) and _size(parts := _bodies(node)) > _size(best):
                    best = parts
    return _with_story(text, best, "jsonld-body")


def _bodies(node: dict[Any, Any]) -> list[str]:
    updates = node.get("liveBlogUpdate")
    found = [node.get("articleBody")]
    for update in updates[:500] if isinstance(updates, list) else ():
        if isinstance(update, dict):
            found += [update.get("headline"), update.get("articleBody")]
    return [part for part in found if isinstance(part, str) and part.strip()]


def _state(text: str) -> Revived | None:
    best: list[str] = []
    name = "script-state"
    for source, value in _states(text):
        parts = _story(value)
        if _size(parts) > _size(best):
            best, name = parts, source
    return _with_story(text, best, name)


SOURCES: tuple[Callable[[str], Revived | None], ...] = (_noscript, _shadow_root, _article_body, _state)


def _scripts(text: str) -> Iterator[tuple[str, str]]:
    return _elements(text, "script")


def _elements(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Attributes and content of each; one that is not closed ends the search."""
    at = 0
    for _ in range(_MOST_SCRIPTS):
        opened = _OPENED[name].search(text, at)
        closed = _CLOSED[name].search(text, opened.end()) if opened else None
        if opened is None or closed is None:
            return
        yield opened[1], text[opened.end() : closed.start()]
        at = closed.end()


def _states(text: str) -> Iterator[tuple[str, Any]]:
    """What the scripts hold as data, each with the name of the software that writes it so."""
    flight: list[str] = []
    for attributes, content in _scripts(text):
        if "__NEXT_DATA__" in attributes:
            yield "next-data", _decoded(content)
        elif "application/json" in attributes.casefold():
            name = "nuxt" if "__NUXT" in attributes else "script-state"
            yield name, _decoded(content)
        elif match := _FLIGHT.match(content):
            pushed = _decoded_head(content[match.end() :])
            flight += [part for part in pushed if isinstance(part, str)] if isinstance(pushed, list) else []
        else:
            for found in islice(_ASSIGNED.finditer(content), _MOST_ASSIGNED):
                yield _NAMES.get(found[1], "script-state"), _assigned(content, found.end())
    if flight:
        yield "react-flight", _flight_rows("".join(flight))


def _assigned(content: str, at: int) -> Any:  # noqa: ANN401 - JSON values
    """The value after an assignment: JSON, JSON in a string, or the strings of what is neither."""
    rest = content[at : at + _LONGEST]
    if match := re.match(r"JSON\.parse\(\s*", rest):
        inner = _decoded_head(rest[match.end() :])
        return _decoded(inner) if isinstance(inner, str) else None
    value = _decoded_head(rest)
    if isinstance(value, str):
        return _decoded(value)
    if value is not None:
        return value
    return [_decoded(match[0]) for match in _STRING.finditer(rest) if len(match[0]) > 2 * _SENTENCE]


def _flight_rows(stream: str) -> list[Any]:
    """React's rows: lines of `id:json`, and texts as `id:Tlength,text`, which may run over lines."""
    rows: list[Any] = []
    for line in stream.split("\n"):
        name, colon, value = line.partition(":")
        if not colon or len(name) > 8:
            rows.append(line)
        elif value[:1] == "T":
            rows.append(value.partition(",")[2])
        else:
            rows.append(_decoded(value.lstrip("IHL")))
    return rows


def _decoded(content: str) -> Any:  # noqa: ANN401 - JSON values
    try:
        return json.loads(content.strip().removeprefix("<!--").removesuffix("-->"))
    except (ValueError, RecursionError):
        return None


def _decoded_head(content: str) -> Any:  # noqa: ANN401 - JSON values
    try:
        return json.JSONDecoder().raw_decode(content)[0]
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON values
    """All that a value holds, bounded in number and depth, in document order."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        node, depth = stack.pop()
        yield node
        if depth < _DEEPEST:
            inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
            stack += [(item, depth + 1) for item in reversed(list(inner))]


def _story(value: Any) -> list[str]:  # noqa: ANN401 - JSON values
    """The longest text in HTML, or the list whose items say the most in sentences."""
    best: list[str] = []
    for node in _nodes(value):
        parts: list[str] = []
        if isinstance(node, str) and len(node) > 4 * _SENTENCE:
            parts = [node] if len(_BLOCK_TAG.findall(node)) > 1 or "\n" in node else []
        elif isinstance(node, list) and node and not isinstance(node[0], int | float):
            parts = [part for item in node[:2000] if (part := _paragraph(item)) and _is_prose(part)]
            parts = parts if len(parts) > 1 else []
        if parts and _size(parts) > _size(best):
            best = parts
    return best


def _paragraph(item: Any, depth: int = 0) -> str:  # noqa: ANN401 - JSON values
    """The text of a paragraph, which rich-text editors keep as a small tree."""
    if isinstance(item, str):
        return item
    if depth > 6:
        return ""
    if isinstance(item, list):
        return "".join(_paragraph(inner, depth + 1) for inner in item[:500])
    if isinstance(item, dict):
        inner = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str | list | dict)), None)
        return _paragraph(inner, depth + 1)
    return ""


def _is_prose(part: str) -> bool:
    plain = _plain(part)
    return extent(plain) >= _SENTENCE and (ends_sentence(plain) or extent(plain) >= 4 * _SENTENCE)


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _prose_words(markup: str) -> int:
    """Words of a markup's sentences: picture fallbacks and tracking pixels have none."""
    lines = re.split(r"</?(?:p|div|li|br|h[1-6]|td|section)\b[^<>]*>", markup, flags=re.IGNORECASE)
    return sum(words(plain) for line in lines if _is_prose(plain := _plain(line)))


def _size(parts: list[str]) -> int:
    return sum(map(len, parts))


def _with_story(text: str, parts: list[str], source: str) -> Revived | None:
    """The page with the parts as paragraphs before the end of its body."""
    if sum(words(_plain(part)) for part in parts) < FEWEST_WORDS:
        return None
    story = f"<article>{''.join(_markup(part) for part in parts)}</article>"
    end = text.casefold().rfind("</body")
    if end < 0 or len(text.casefold()) != len(text):
        end = len(text)
    return Revived(f"{text[:end]}{story}{text[end:]}", source)


def _markup(part: str) -> str:
    if _BLOCK_TAG.search(part):
        return re.sub(r"</?(?:script|style|body|html)\b[^<>]*>", "", part, flags=re.IGNORECASE)
    lines = (line.strip() for line in re.split(r"\n+", html.unescape(_TAG.sub("", part))))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
