"""Nexis and Nexis Uni exports, as text, to their articles.

Enters: the text of an export. Leaves: a `Part` an article. Look first at `nexis` and `nexis_uni`.

The old layout begins each article with "3 of 161 DOCUMENTS" and ends it with LOAD-DATE, LANGUAGE…; the new
one ends it with "End of Document" and marks the body with a line "Body". Neither marks the
headline: it is the
paragraph after the date, or the first line. Layouts as described by LexisNexisTools (J. B. Gruber) and
tm.plugin.lexisnexis (M. Bouchet-Valat).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cleaner.containers.paragraphs import joined, paragraphs
from cleaner.containers.part import Part, PartError, clear

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNT = re.compile(
    r"^[ \t]{0,80}(?:Document )?\d{1,6} (?:of|de|von) \d{1,6} (?:DOCUMENTS?|DOKUMENTE?N?)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_END = re.compile(r"^[ \t]{0,80}End of Document[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"[ \t]{0,80}([A-Z][A-Za-z-]{2,30}):(?:[ \t]+|$)")
_DATE = re.compile(
    r"(?:\w+, )?(?:\w+\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\d{1,2}\.? (?:de )?\w+\.? (?:de )?\d{4}|\w+ \d{4})\b"
)
FIELDS: Final = {
    "headline": "headline",
    "titre": "headline",
    "title": "headline",
    "byline": "authors",
    "auteur": "authors",
    "autor": "authors",
    "section": "section",
    "rubrique": "section",
    "rubrik": "section",
    "length": "length",
    "longueur": "length",
    "länge": "length",
    "dateline": "dateline",
    "highlight": "summary",
    "encart": "summary",
    "load-date": "loaded",
    "date-chargement": "loaded",
    "update": "loaded",
    "language": "language",
    "langue": "language",
    "sprache": "language",
    "body": "body",
    "series": "series",
    "source": "site",
    "copyright": "copyright",
    "url": "url",
    "date": "date",
}
_TAIL: Final = frozenset(
    {
        "load-date",
        "date-chargement",
        "update",
        "language",
        "langue",
        "sprache",
        "graphic",
        "illustration",
        "publication-type",
        "type-publication",
        "zeitungs-typ",
        "subject",
        "sujet",
        "journal-code",
        "organization",
        "company",
        "ticker",
        "industry",
        "geographic",
        "person",
        "correction",
        "correction-date",
        "notes",
        "acc-no",
        "document-type",
        "distribution",
        "category",
        "pub-type",
        "classification",
    }
)


def nexis(text: str) -> Iterator[Part | PartError]:
    """The articles of an export in the old layout."""
    starts = [found.start() for found in _COUNT.finditer(text)] or [0]
    for number, start in enumerate(starts, 1):
        end = starts[number] if number < len(starts) else len(text)
        line_end = text.find("\n", start) if _COUNT.match(text, start) else start
        yield _old(text[line_end if line_end >= 0 else start : end], str(number))


def _old(text: str, name: str) -> Part | PartError:
    head: list[str] = []
    body: list[str] = []
    stated: dict[str, str] = {}
    seen = tail = False
    for paragraph in paragraphs(text):
        found = _LABEL.match(paragraph)
        label = found[1].lower() if found else ""
        if found and (label in FIELDS or label in _TAIL):
            seen = True
            tail = tail or label in _TAIL
            value = joined(paragraph[found.end() :])
            if FIELDS.get(label) == "body":
                body.append(value)
            elif label in FIELDS:
                stated.setdefault(FIELDS[label], value)
        elif tail:
            if paragraph.lstrip().lower().startswith("copyright"):
                stated.setdefault("copyright", joined(paragraph))
        else:
            (body if seen else head).append(joined(paragraph))
    _of_place(head, stated)
    return article(body, stated, name, "nexis")


def _of_place(head: list[str], stated: dict[str, str]) -> None:
    """What the place of a paragraph before the first label says: source, date, headline.

    An edition may stand between the date and the headline, which is the last of them.
    """
    lines = [line for line in head if not line.lower().startswith(("copyright", "all rights reserved"))]
    dated = next((at for at, line in enumerate(lines) if _DATE.match(line)), None)
    if dated is None:
        if lines:
            stated.setdefault("headline", lines[-1])
        return
    stated.setdefault("date", _day(lines[dated]))
    if dated:
        stated.setdefault("site", lines[0])
    if lines[dated + 1 :]:
        stated.setdefault("headline", lines[-1])


def _day(line: str) -> str:
    found = _DATE.match(line)
    return found[0] if found else line


def article(body: list[str], stated: dict[str, str], name: str, container: str) -> Part | PartError:
    """A `Part` of these paragraphs, or why there is none."""
    content = "\n\n".join(line for line in body if line)
    if not content:
        return PartError(name, "no-body", "an article without text in an export; export it in full text")
    url = stated.pop("url", None)
    stated.pop("loaded", None)
    return Part(content, "text", url, name, None, clear(stated), container)


def nexis_uni(text: str) -> Iterator[Part | PartError]:
    """The articles of an export in the new layout; the list of contents before the first is left out."""
    number = 0
    for piece in _END.split(text):
        if not piece.strip():
            continue
        number += 1
        yield _new(piece, str(number))


def _new(text: str, name: str) -> Part | PartError:
    lines = [line.strip() for line in text.splitlines()]
    mark = next((at for at, line in enumerate(lines) if line in ("Body", "Corps de l'article", "Text")), None)
    stated: dict[str, str] = {}
    head: list[str] = []
    for line in lines[:mark] if mark is not None else lines:
        found = _LABEL.match(line)
        if found and found[1].lower() in FIELDS:
            stated.setdefault(FIELDS[found[1].lower()], line[found.end() :])
        elif line.startswith("Copyright"):
            stated.setdefault("copyright", line)
        elif line:
            head.append(line)
    dated = next((at for at in range(len(head) - 1, -1, -1) if _DATE.match(head[at])), None)
    if dated is not None and dated >= 1:
        stated.setdefault("date", _day(head[dated]))
        if dated >= 2:
            stated.setdefault("site", head[dated - 1])
        stated.setdefault("headline", head[max(dated - 2, 0)])
    body = []
    for line in lines[mark + 1 :] if mark is not None else head[(dated or 0) + 1 :]:
        found = _LABEL.match(line)
        if found and found[1].lower() in _TAIL:
            if found[1].lower() in FIELDS:
                stated.setdefault(FIELDS[found[1].lower()], line[found.end() :])
            break
        body.append(line)
    body = [line for line in body if line not in ("Classification", "Graphic")]
    return article(body, stated, name, "nexis-uni")
