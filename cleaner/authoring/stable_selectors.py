"""How to name an element so that the name holds on tomorrow's page: selectors, the most stable first.

Enters: an element. Leaves: `Hook`s. What build tools generate (`css-1x2y3z`, `sc-fzqBZW`, `post-48213`) is
no name, but its readable beginning may be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from cleaner.model import Page

# Ranks: what an outlet promises to machines, to its own tests and scripts, to its style sheets, and to
# nobody.
SCHEMA, DATA, IDENTITY, TELLING, PLAIN, PREFIX, TAG, LAYOUT = range(8)

_TELLING = re.compile(
    r"article|artikel|story|post|entry|news|content|body|text|prose|paragraph|richtext|headline|title|author|byline"
    r"|date|time|publish|promo|newsletter|related|teaser|social|share|comment|caption|gallery|advert|banner|tags?$"
    r"|recommend|embed|infobox|video|subscri|donat|paywall|disclaimer|toolbar|meta|read-?more|also|outbrain|taboola",
    re.IGNORECASE,
)
_LAYOUT = re.compile(
    r"(?:^|[-_])(?:col|row|grid|flex|block|inline|container|wrapper|wrap|inner|outer|clearfix|cf|left|right"
    r"|center|top|bottom|full|width|w|h|m[trblxy]?|p[trblxy]?|hidden|show|hide|small|medium|large|xs|sm|md|lg"
    r"|xl|visible|active|first|last|odd|even|js|no|is|has|component|module|element|item|box|section|root|app"
    r"|application|page|site|frame)(?:[-_]|$)",
    re.IGNORECASE,
)
# Classes of style kits say how a thing looks: `text-gray-500`, `border-t`, `opacity-0`.
_LOOK = re.compile(
    r"^text-(?!block|body$|body-|content|wrapper|section|module|article|element)|^(?:absolute|relative|sticky|fixed"
    r"|static|group|border|underline|uppercase|italic|bold|clickable|button|pointer|truncate|rounded|shadow)$"
    r"|^(?:bg|border|rounded|opacity|gap|aspect|flex|grid|font|leading|tracking|space|items|justify|order|layout"
    r"|overflow|size|z|align|float|shadow|transition|transform|hover|focus|not|sr|u|line|object|max|min)-|\d$",
    re.IGNORECASE,
)
_DATA_NAME = re.compile(
    r"test|component|type|module|name|role|qa|cy|block|area|section|widget|element|content|key|id|hook|part|body"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{2,48}[A-Za-z0-9]")
_VALUE = re.compile(r"[A-Za-z][A-Za-z_-]{2,48}[A-Za-z]")
_MADE = re.compile(
    r"^(?:css|sc|jsx|jss|svelte|emotion|ssrcss|tw|chakra|makeStyles|ember|react|ng|v)-|\d{3,}|^_|__?[A-Za-z0-9]*\d[A-Za-z0-9]*$"
)
_MODULE = re.compile(r"^([A-Za-z][A-Za-z_-]*(?:__|--|[_-]))(?=[A-Za-z0-9]*[0-9A-Z])[A-Za-z0-9]{4,12}$")
_HUMPS = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]")
_STRAY = re.compile(r"^[a-z]{1,3}[A-Z]{2}|[a-z][A-Z]$|^[A-Z]{2,}[a-z]+[A-Z]|^[A-Z][a-z][A-Z]")
_VOWELS = re.compile(r"[aeiouyäöüAEIOUY]")
_SPEAKING = frozenset(
    ["article", "main", "aside", "figure", "figcaption", "footer", "header", "nav", "form", "time"]
)
_DULL = frozenset(
    ["true", "false", "none", "null", "yes", "default", "auto", "hide", "show", "small", "medium", "large"]
)


@dataclass(frozen=True, slots=True)
class Hook:
    """A selector, and how much it may be trusted to last: 0 most, 7 least."""

    css: str
    rank: int


def hooks(node: LexborNode) -> list[Hook]:
    """What names this element, the most stable first; a bare tag only where it says something."""
    found = sorted(_found(node), key=lambda x: x.rank)
    return list(dict.fromkeys(found))


def _found(node: LexborNode) -> Iterator[Hook]:
    tag = node.tag or ""
    for name, value in node.attributes.items():
        value = (value or "").strip()  # noqa: PLW2901
        if not value or not name.replace("-", "").isalnum():
            continue
        if name in ("itemprop", "property") and _WORD.fullmatch(value):
            yield Hook(f'[{name}="{value}"]', SCHEMA)
        elif name == "rel" and value in ("author", "tag"):
            yield Hook(f'{tag}[rel="{value}"]', SCHEMA)
        elif name.startswith("data-") and _VALUE.fullmatch(value) and not _is_dull(name, value):
            yield Hook(f'[{name}="{value}"]', DATA if _DATA_NAME.search(name, 5) else PREFIX)
        elif name == "id" and _is_word(value):
            yield Hook(f"#{value}", LAYOUT if _LAYOUT.fullmatch(value) else IDENTITY)
        elif name == "class":
            yield from _classes(value)
    if tag in _SPEAKING:
        yield Hook(tag, TAG)


def _classes(value: str) -> Iterator[Hook]:
    for token in value.split()[:20]:
        if _is_word(token):
            looks = bool(_LOOK.search(token))
            telling = bool(_TELLING.search(token)) and not looks
            layout = looks or bool(_LAYOUT.search(token))
            yield Hook(f".{token}", TELLING if telling else LAYOUT if layout else PLAIN)
        elif (module := _MODULE.match(token)) and _is_word(module[1].rstrip("-_")) and len(module[1]) > 5:
            yield Hook(f'[class*="{module[1]}"]', PREFIX)


def _is_dull(name: str, value: str) -> bool:
    return (
        value.casefold() in _DULL or name.startswith(("data-v-", "data-react", "data-ng")) or is_made(value)
    )


def _is_word(token: str) -> bool:
    return _WORD.fullmatch(token) is not None and not is_made(token)


def is_made(token: str) -> bool:
    """Whether a class or id looks generated: numbers of stories, hashes, capitals at random."""
    return bool(_MADE.search(token)) or any(_is_hash(x) for x in re.split(r"[-_ ]", token) if len(x) > 4)


def _is_hash(part: str) -> bool:
    """Of five letters or more: with digits inside, without vowels, or with capitals that begin no word."""
    if any(c.isdigit() for c in part[:-1]) or not _VOWELS.search(part):
        return True
    return len(part) < 9 and (len(_HUMPS.findall(part)) > 1 or bool(_STRAY.search(part)))


class Nodes:
    """The elements of a page by their row in `Page.elements`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        found = page.tree.css("*") if page.tree is not None else []
        self._by_id = {x.mem_id: x for x in found}

    def path(self, row: int) -> Iterator[tuple[int, LexborNode]]:
        """The element of a row and all around it, up to the body of the page."""
        elements = self.page.elements
        while elements is not None and row and elements.tags[row] not in ("body", "html"):
            node = self._by_id.get(elements.ids[row])
            if node is not None:
                yield row, node
            row = elements.parents[row]
