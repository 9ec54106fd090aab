"""Factiva exports: field codes, plain text, HTML, XML.

Enters: the text or bytes of an export. Leaves: a `Part` an article. Look first at `CODES`.

Layouts as described by tm.plugin.factiva (M. Bouchet-Valat), newspapers (K. Watanabe) and Factiva's own list
of codes. Known cost: plain text has no labels, so its fields are told by their place around the
line of words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cleaner.containers.nexis import article
from cleaner.containers.paragraphs import joined, unwrapped
from cleaner.containers.part import Part, PartError
from cleaner.containers.xml_tree import all_text, html_tree, local, xml_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES: Final = {
    "HD": "headline",
    "BY": "authors",
    "PD": "date",
    "ET": "time",
    "SN": "site",
    "SE": "section",
    "LA": "language",
    "CY": "copyright",
    "WC": "length",
    "PG": "page",
    "ED": "edition",
    "CR": "credit",
    "CLM": "column",
    "SC": "",
    "VOL": "",
    "LP": "body",
    "TD": "body",
    "ART": "",
    "CT": "",
    "RF": "",
    "CO": "",
    "IN": "",
    "NS": "",
    "RE": "",
    "IPD": "",
    "IPC": "",
    "PUB": "",
    "AN": "",
}
_AFTER_BODY: Final = frozenset({"TD", "CO", "IN", "NS", "RE", "IPD", "IPC", "PUB", "AN", "ART", "CT", "RF"})
_CODE = re.compile(
    r"[ \t|]{0,20}(" + "|".join(sorted(CODES, key=len, reverse=True)) + r")(?:[ \t]{1,9}|[ \t]*\|[ \t]*|$)"
)
_ENTRY = re.compile(r"^Document [A-Z0-9]{4,20}\d{8}[a-z0-9]{6,14}[ \t|]*$", re.MULTILINE)
_WORDS = re.compile(r"[\d,. ]{1,12} (?:words|mots|Wörter|palabras|parole)$")
_TIME = re.compile(r"\d{1,2}:\d\d(?: [A-Z]{2,4})?$")
_XML = {
    "headline": "headline",
    "byline": "authors",
    "publicationDate": "date",
    "sourceName": "site",
    "columnName": "section",
    "sectionName": "section",
    "baseLanguage": "language",
    "copyright": "copyright",
    "leadParagraph": "body",
    "tailParagraphs": "body",
}


def factiva(text: str) -> Iterator[Part | PartError]:
    """The articles of a text export, with field codes or without."""
    number = 0
    for piece in _ENTRY.split(text):
        lines = [line.rstrip() for line in piece.splitlines()]
        coded = sum(1 for line in lines if _CODE.match(line)) >= 4
        for lines_of_one in _by_headline(lines) if coded else [lines]:
            if not any(line.strip() for line in lines_of_one) or (not coded and not _has_words(lines_of_one)):
                continue  # the page of search terms at the end
            number += 1
            yield (_coded if coded else _plain)(lines_of_one, str(number))


def _has_words(lines: list[str]) -> bool:
    return any(_WORDS.match(line.strip()) for line in lines)


def _by_headline(lines: list[str]) -> Iterator[list[str]]:
    """An export without entry lines: a new article begins where HD comes again (SE may come before it)."""
    held: list[str] = []
    headed = False
    for line in lines:
        found = _CODE.match(line)
        if found and (found[1] == "HD" or (found[1] == "SE" and headed)):
            if headed:
                yield held
                held = []
            headed = found[1] == "HD"
        held.append(line)
    if held:
        yield held


def _coded(lines: list[str], name: str) -> Part | PartError:
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _CODE.match(line)
        # In the body a line may begin with a word in capitals: only codes that can follow it end it.
        if found and (code not in ("LP", "TD") or found[1] in _AFTER_BODY):
            code = found[1]
            values.setdefault(code, []).append(line[found.end() :].strip("| \t"))
        elif code:
            values[code].append(line.strip("| \t"))
    stated: dict[str, str] = {}
    for key, field in CODES.items():
        if field and field != "body" and key in values:
            stated[field] = joined(" ".join(values[key]))
    if (time := stated.pop("time", None)) and "date" in stated and _TIME.match(time):
        stated["date"] += f" {time}"
    body = [unwrapped("\n".join(values[key])) for key in ("LP", "TD") if key in values]
    return article(body, stated, name, "factiva")


def _plain(lines: list[str], name: str) -> Part | PartError:
    lines = [line.strip() for line in lines]
    at = next(n for n, line in enumerate(lines) if _WORDS.match(line))
    head = [line for line in lines[:at] if line]
    stated: dict[str, str] = {}
    if head and re.match(r"(?:By|Von|Par|De|Por)\b", head[-1]) and len(head) > 1:
        stated["authors"] = head.pop()
    if head:
        stated["headline"] = head.pop()
    if head:
        stated["section"] = head[-1]
    after = lines[at + 1 :]
    mark = next(
        (n for n, line in enumerate(after[:14]) if re.match(r"(?:Copyright|©|\(c\)|\(C\))", line)), None
    )
    facts = [line for line in after[: mark if mark is not None else 6] if line]
    if facts:
        stated["date"] = facts.pop(0)
    if facts and _TIME.match(facts[0]):
        stated["date"] += f" {facts.pop(0)}"
    if facts:
        stated["site"] = facts[0]
        if len(facts) > 1 and facts[-1].isalpha():
            stated["language"] = facts[-1]
    if mark is not None:
        stated["copyright"] = after[mark]
        rest = after[mark + 1 :]
    else:
        rest = after[6:]
    return article([unwrapped("\n".join(rest))], stated, name, "factiva")


def factiva_page(data: bytes) -> Iterator[Part | PartError]:
    """The articles of an HTML export."""
    tree = html_tree(data)
    found = tree.xpath("//div[starts-with(@class, 'article ') or @class='article']")
    for number, node in enumerate(found, 1):
        rows = [(all_text(row[0]).strip(), row) for row in node.iter("tr") if len(row) >= 2]
        coded = [(code, row) for code, row in rows if code in CODES]
        if coded:
            yield _table(coded, str(number))
        else:
            paragraphs = [
                joined(all_text(p)) for p in node.iter("p") if "articleParagraph" in (p.get("class") or "")
            ]
            heads = [
                all_text(div) for div in node.iter("div") if div is not node and div.find(".//p") is None
            ]
            yield _plain_page(heads, paragraphs, str(number))


def _table(rows: list[tuple[str, Any]], name: str) -> Part | PartError:
    stated: dict[str, str] = {}
    body: list[str] = []
    for code, row in rows:
        field = CODES[code]
        if field == "body":
            body += [joined(all_text(p)) for p in row[1].iter("p")] or [joined(all_text(row[1]))]
        elif field:
            stated[field] = joined(all_text(row[1]))
    stated.pop("time", None)
    return article(body, stated, name, "factiva")


def _plain_page(heads: list[str], body: list[str], name: str) -> Part | PartError:
    lines = [joined(line) for line in heads if line.strip()]
    if not _has_words(lines):
        return article(body, {"headline": lines[0]} if lines else {}, name, "factiva")
    part = _plain([*lines, "Copyright", "."], name)
    stated = dict(part.stated) if isinstance(part, Part) else {}
    stated["copyright"] = next((line for line in lines if line.startswith(("Copyright", "©", "(c)"))), "")
    return article(body, stated, name, "factiva")


def factiva_xml(data: bytes) -> Iterator[Part | PartError]:
    """The articles of an XML export (`article` elements)."""
    number = 0
    for node in xml_tree(data).iter():
        if local(node) != "article":
            continue
        number += 1
        stated: dict[str, str] = {}
        body: list[str] = []
        for child in node.iter():
            field = _XML.get(local(child))
            if field == "body":
                body += [joined(all_text(p)) for p in child.iter() if local(p) in ("para", "paragraph", "p")]
            elif field:
                stated.setdefault(field, joined(all_text(child)))
        yield article(body, stated, str(number), "factiva")
