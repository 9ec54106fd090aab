"""Exports whose every field is a labelled line: ProQuest and Gale; Europresse, whose fields have places.

Enters: the text or HTML of an export. Leaves: a `Part` an article. Look first at `LABELS`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cleaner.containers.nexis import article
from cleaner.containers.paragraphs import LABEL, joined, unwrapped
from cleaner.containers.xml_tree import all_text, html_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.containers.part import Part, PartError

LABELS: Final = {
    "title": "headline",
    "author": "authors",
    "author(s)": "authors",
    "byline": "authors",
    "publication title": "site",
    "publication date": "date",
    "date": "date",
    "abstract": "summary",
    "section": "section",
    "language of publication": "language",
    "language": "language",
    "copyright": "copyright",
    "copyright statement": "copyright",
    "document url": "url",
    "url": "url",
    "persistent url": "url",
    "source": "site",
    "full text": "body",
    "links": "",
    "publication info": "",
    "publication year": "",
    "publisher": "",
    "issn": "",
    "place of publication": "",
    "country of publication": "",
    "publication subject": "",
    "source type": "",
    "document type": "",
    "proquest document id": "",
    "last updated": "",
    "database": "",
    "subject": "",
    "location": "",
    "people": "",
    "company / organization": "",
    "identifier / keyword": "",
    "pages": "",
    "first page": "",
    "dateline": "dateline",
    "issn electronic": "",
    "gale document number": "",
    "source citation": "",
    "credit": "",
    "volume": "",
    "issue": "",
    "business indexing term": "",
    "classification": "",
    "isbn": "",
    "edition": "",
    "column": "",
    "publication date (print)": "",
    "accession number": "",
    "word count": "length",
}
_RULE = re.compile(r"^[ \t]*(?:_{20,}|-{40,}|={40,}|\*{40,})[ \t]*$", re.MULTILINE)
_COUNT = re.compile(r"Document \d{1,6} of \d{1,6}$")
_PERIODICAL = re.compile(r"(.{3,120}?)[,.]? *\(([^()]{4,40}\d{4})\)")


def labelled(text: str, container: str) -> Iterator[Part | PartError]:
    """The articles of a ProQuest or Gale text export; what has neither title nor text is no article."""
    number = 0
    for piece in _RULE.split(text):
        values, first = _fields(piece)
        if "body" not in values and "headline" not in values:
            continue
        number += 1
        stated = {
            field: joined(" ".join(lines)) for field, lines in values.items() if field not in ("", "body")
        }
        stated.setdefault("headline", first)
        periodical = _PERIODICAL.match(stated.get("site", ""))
        if periodical and container == "gale":
            stated["site"] = periodical[1]
            stated.setdefault("date", periodical[2])
        yield article([unwrapped("\n".join(values.get("body", [])))], stated, str(number), container)


def _fields(text: str) -> tuple[dict[str, list[str]], str]:
    """The values by field, and the first line outside of any."""
    values: dict[str, list[str]] = {}
    field, first = None, ""
    for line in text.splitlines():
        found = LABEL.match(line)
        label = found[1].lower().strip() if found else ""
        known = label in LABELS
        if (
            field == "body"
            and known
            and label in ("title", "date", "source", "location", "people", "column", "credit")
        ):
            # Such words begin sentences too: the title ends the text where it is the headline once more.
            known = label == "title" and line[found.end() :].strip() in (first, "") if found else False
        if found and known:
            field = LABELS[label]
            values.setdefault(field, []).append(line[found.end() :])
        elif line.strip() == "Source Citation":
            field = ""
        elif field is not None:
            if not line.strip() and field not in ("body", "summary"):
                field = ""
            elif field:
                values[field].append(line)
        elif line.strip() and not first and not _COUNT.match(line.strip()):
            first = line.strip()
    return values, first


def europresse_page(data: bytes) -> Iterator[Part | PartError]:
    """The articles of a Europresse HTML export; classes as in the export's own style sheet."""
    tree = html_tree(data)
    for number, node in enumerate(tree.iter("article"), 1):
        stated = {
            "site": _first(node, "DocPublicationName"),
            "headline": _first(node, "titreArticle"),
            "authors": _first(node, "docAuthors", "sm-margin-bottomNews"),
        }
        header = _first(node, "DocHeader")
        date = re.search(r"\d{1,2}(?:er)? \w{3,12} \d{4}|\w{3,12} \d{1,2}, \d{4}", header)
        if date:
            stated["date"] = date[0]
            stated["section"] = header[: date.start()].rpartition(",")[2].strip(" ,")
        text = [n for n in node.iter() if _has(n, "docOcurrContainer", "DocText")]
        inner = text[0] if text else node
        body = [joined(all_text(p)) for p in inner.iter("p")] or [joined(all_text(inner))]
        yield article(body, {key: value for key, value in stated.items() if value}, str(number), "europresse")


def _has(node: object, *names: str) -> bool:
    classes = str(getattr(node, "get", lambda _: "")("class") or "")
    return any(name in classes for name in names)


def _first(node: object, *names: str) -> str:
    for child in getattr(node, "iter", list)():
        if isinstance(child.tag, str) and _has(child, *names):
            text = joined(all_text(child))
            if text:
                return text
    return ""


def europresse(text: str) -> Iterator[Part | PartError]:
    """The articles of a Europresse text export: name, date, headline, body, rights."""
    number, held = 0, list[str]()
    for line in text.splitlines():
        if re.match(r"(?:news|Document europresse|Document news)[·\w*.-]{8,60}$", line.strip()):
            number += 1
            yield _placed(held, str(number))
            held = []
        else:
            held.append(line)


def _placed(lines: list[str], name: str) -> Part | PartError:
    kept = [joined(piece) for piece in "\n".join(lines).split("\n\n") if piece.strip()]
    stated: dict[str, str] = {}
    dated = next(
        (at for at, line in enumerate(kept[:5]) if re.search(r"\b\d{1,2}(?:er)? \w{3,12} \d{4}\b", line)),
        None,
    )
    rights = [line for line in kept if line.startswith(("(c)", "©"))]
    kept_body = kept
    if dated is not None and len(kept) > dated + 1:
        if dated:
            stated["site"] = kept[0]
        found = re.search(r"\b\d{1,2}(?:er)? \w{3,12} \d{4}\b", kept[dated])
        stated["date"] = found[0] if found else ""
        stated["headline"] = kept[dated + 1]
        kept_body = kept[dated + 2 :]
    if rights:
        stated["copyright"] = rights[0]
    return article([line for line in kept_body if line not in rights], stated, name, "europresse")
