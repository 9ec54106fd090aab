"""Zip files of pages: WACZ (web archives), MAFF (Firefox), EPUB (books).

Enters: a seekable stream or bytes. Leaves: a `Part` a page, in the container's own order. Look first at
`READERS`.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast
from urllib.parse import unquote

from cleaner.containers import web_archive
from cleaner.containers.capture_addresses import original
from cleaner.containers.mime_pages import moment_of as mail_moment
from cleaner.containers.part import MAX_PART, Part, PartError, Source, Unfit, clear, safely
from cleaner.containers.xml_tree import all_text, local, xml_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@safely
def wacz(data: Source) -> Iterator[Part | PartError]:
    """The records of every WARC in it."""
    with _opened(data) as archive:
        names = [n for n in archive.namelist() if n.lower().endswith((".warc", ".warc.gz", ".warc.zst"))]
        if not names:
            raise Unfit("no-records", "a WACZ file without a WARC in it")
        for name in names:
            with archive.open(name) as member:
                yield from web_archive.parts(cast("BinaryIO", _Forward(member)))


class _Forward(io.RawIOBase):
    """A member that is not wound back: each rewind would inflate it from its start."""

    def __init__(self, member: Any) -> None:  # noqa: ANN401 - zipfile's own stream
        super().__init__()
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        count: int = self._member.readinto(buffer)
        return count


def _opened(data: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unfit("bad-zip", f"{error}: the file is damaged") from error


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as member:
            content = member.read(MAX_PART + 1)
    except KeyError as error:
        raise Unfit("no-member", f"{name} is named but not there") from error
    except (RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Unfit("bad-member", str(error)[:200]) from error
    if len(content) > MAX_PART:
        raise Unfit("too-large", f"more than {MAX_PART:,} bytes once inflated")
    return content


@safely
def maff(data: Source) -> Iterator[Part | PartError]:
    """A page a folder; `index.rdf` states its address, title and when it was saved."""
    with _opened(data) as archive:
        indexes = [name for name in archive.namelist() if posixpath.basename(name) == "index.rdf"]
        if not indexes:
            raise Unfit("no-records", "no index.rdf in it")
        for name in indexes:
            folder = posixpath.dirname(name)
            try:
                facts = _facts(xml_tree(_read(archive, name)))
                page = posixpath.join(folder, facts.get("indexfilename", "index.html"))
                content = _read(archive, page)
            except Unfit as error:
                yield PartError(folder, error.reason, error.remedy)
                continue
            url, captured = original(facts.get("originalurl", ""))
            moment = captured or mail_moment(facts.get("archivetime"))
            stated = clear({"headline": facts.get("title", "")})
            yield Part(content, "html", url or None, page, moment, stated, "maff", facts.get("charset"))


def _facts(root: Any) -> dict[str, str]:  # noqa: ANN401
    """`<MAF:title RDF:resource="…"/>`: the value is the attribute."""
    out: dict[str, str] = {}
    for node in root.iter():
        for key, value in node.attrib.items():
            if key.rpartition("}")[2] == "resource" and value:
                out.setdefault(local(node), value)
    return out


@safely
def epub(data: Source) -> Iterator[Part | PartError]:
    """The documents of the spine, in order. A book's title is a headline only where it has one document."""
    with _opened(data) as archive:
        container = xml_tree(_read(archive, "META-INF/container.xml"))
        package = next((n.get("full-path") for n in container.iter() if local(n) == "rootfile"), None)
        if not package:
            raise Unfit("bad-epub", "no package is named in META-INF/container.xml")
        book = xml_tree(_read(archive, package))
        names = _spine(book, posixpath.dirname(package))
        if not names:
            raise Unfit("no-records", "an EPUB without a document in its spine")
        stated = _stated(book, single=len(names) == 1)
        for name in names:
            try:
                yield Part(_read(archive, name), "html", None, name, None, stated, "epub")
            except Unfit as error:
                yield PartError(name, error.reason, error.remedy)


def _spine(book: Any, folder: str) -> list[str]:  # noqa: ANN401
    members: dict[str, str] = {}
    out: list[str] = []
    for node in book.iter():
        if local(node) == "item" and "html" in (node.get("media-type") or ""):
            if "nav" not in (node.get("properties") or "").split():
                href = unquote((node.get("href") or "").partition("#")[0])
                members[node.get("id") or ""] = posixpath.normpath(posixpath.join(folder, href))
        elif local(node) == "itemref" and node.get("linear") != "no":
            name = members.get(node.get("idref") or "")
            if name and name not in out[-1:]:
                out.append(name)
    return out


def _stated(book: Any, *, single: bool) -> dict[str, Any]:  # noqa: ANN401
    found: dict[str, list[str]] = {}
    for node in book.iter():
        if "dc/elements" in str(node.tag):
            found.setdefault(local(node), []).append(all_text(node))
    one = {key: values[0] for key, values in found.items()}
    return clear({
        "headline" if single else "collection": one.get("title"), "authors": found.get("creator"),
        "date": one.get("date"), "language": one.get("language"), "site": one.get("publisher"),
    })  # fmt: skip


READERS: Final[dict[str, Callable[[Source], Iterator[Part | PartError]]]] = {
    "wacz": wacz,
    "maff": maff,
    "epub": epub,
}
