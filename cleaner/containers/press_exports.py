"""Exports of press databases: which one, in which file format, and its articles.

Enters: the bytes of a text, RTF, docx, HTML or XML file. Leaves: a `Part` an article; an RTF or docx file of
no known database is one `Part` of text. Look first at `READERS`.

RTF and docx need striprtf and python-docx (the `office` extra).
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from cleaner.containers.factiva import factiva, factiva_page, factiva_xml
from cleaner.containers.labelled_exports import europresse, europresse_page, labelled
from cleaner.containers.nexis import nexis, nexis_uni
from cleaner.containers.part import (
    MAX_FILE,
    Part,
    PartError,
    Source,
    Unfit,
    package,
    plain_text,
    safely,
    whole,
)
from cleaner.containers.press_marks import press_database, press_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.containers.part import PartKind

READERS: Final[dict[str, Callable[[str], Iterator[Part | PartError]]]] = {
    "nexis": nexis,
    "nexis-uni": nexis_uni,
    "factiva": factiva,
    "proquest": lambda text: labelled(text, "proquest"),
    "gale": lambda text: labelled(text, "gale"),
    "europresse": europresse,
}
PAGE_READERS: Final = {"factiva": factiva_page, "europresse": europresse_page}


@safely
def parts(data: Source) -> Iterator[Part | PartError]:
    """The articles of an export."""
    content = whole(data)
    head = content[: 2**16].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{\\rtf"):
        yield from _of_text(rich_text(content), "rtf")
    elif head.startswith(b"PK\x03\x04"):
        yield from _of_text(word_text(content), "docx")
    elif head.startswith(b"<"):
        named = press_page(head)
        yield from PAGE_READERS[named](content) if named else factiva_xml(content)
    else:
        yield from _of_text(plain_text(content), "text")


def _of_text(text: str, container: str) -> Iterator[Part | PartError]:
    text = text.replace("\r\n", "\n").replace("\x0c", "\n").replace("\xa0", " ")
    named = press_database(text[: 2**16].encode("utf-8", "ignore"))
    if named:
        yield from READERS[named](text)
    elif text.strip():
        kind: PartKind = "text"
        yield Part(text, kind, name="1", container=container)
    else:
        yield PartError("1", "no-body", "no text in it")


def rich_text(data: bytes) -> str:
    """The text of an RTF file. Raises `MissingPackage` without striprtf."""
    striprtf = package("striprtf.striprtf", "an RTF file", "office", "striprtf")
    text: str = striprtf.rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")
    return text


def word_text(data: bytes) -> str:
    """The paragraphs of a docx file, tables a row a line. Raises `MissingPackage` without python-docx."""
    docx = package("docx", "a Word document", "office", "python-docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_FILE:
                raise Unfit("too-large", f"more than {MAX_FILE:,} bytes once inflated")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unfit("bad-docx", f"{error}: the file is damaged or no Word document") from error
    lines: list[str] = []
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            lines.append(_run_text(element))
        elif element.tag.endswith("}tbl"):
            rows = (row for row in element.iter() if row.tag == element.tag[:-3] + "tr")
            lines += ["|".join(_run_text(cell) for cell in row if cell.tag.endswith("}tc")) for row in rows]
    return "\n".join(lines)


def _run_text(element: object) -> str:
    """The runs of a paragraph, hyperlinks included, breaks as line ends."""
    out: list[str] = []
    for node in getattr(element, "iter", list)():
        tag = str(node.tag).rpartition("}")[2]
        if tag == "t":
            out.append(node.text or "")
        elif tag in ("br", "cr"):
            out.append("\n")
        elif tag == "tab":
            out.append("\t")
    return "".join(out)
