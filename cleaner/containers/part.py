"""What every container parser yields, and the few helpers they share.

Enters: bytes or a stream, a table of stated values. Leaves: `Part`, `PartError`. Look first at `Part`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PartKind = Literal["html", "text", "markdown"]
Source = bytes | BinaryIO
MAX_PART = 10 * 2**20  # bytes of one document; the page reader's own limit
MAX_FILE = 256 * 2**20  # bytes of a container that must be held whole


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a container.

    `name` tells it from its siblings (a number, or the member's path). `stated` holds what the container says
    of it (headline, date, modified, authors, site, language, section, summary, tags, truncated), as it says
    it. `fetched` is when it was captured, never when it was published. `charset` is an HTTP header's word.
    """

    content: bytes | str
    kind: PartKind | None
    url: str | None = None
    name: str = "1"
    fetched: str | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)
    container: str = ""
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class PartError:
    """A member without a document: `reason` is a short code, `remedy` says what was seen and what to do.
    `skipped` where it is no document at all (an image, an HTTP error page).
    """

    name: str
    reason: str
    remedy: str
    skipped: bool = False


class Unfit(Exception):  # noqa: N818 - becomes a `PartError`, never leaves this room
    """The container cannot be read; `reason` and `remedy` as in `PartError`."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}: {remedy}")
        self.reason = reason
        self.remedy = remedy


def whole(source: Source, limit: int = MAX_FILE) -> bytes:
    """All bytes of a container. Raises `Unfit` beyond `limit` bytes."""
    data = source if isinstance(source, bytes) else source.read(limit + 1)
    if len(data) > limit:
        raise Unfit("too-large", f"more than {limit:,} bytes: split the file")
    return data


def plain_text(data: bytes) -> str:
    """Text of an export: by its mark, else UTF-8, else Windows-1252, in which every byte is a letter."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def clear(stated: Mapping[str, Any]) -> dict[str, Any]:
    """The statements that say something; texts with single spaces."""
    out: dict[str, Any] = {}
    for name, value in stated.items():
        said: Any = value
        if isinstance(value, str):
            said = " ".join(value.split())
        elif isinstance(value, list | tuple):
            said = [" ".join(item.split()) for item in value if isinstance(item, str) and item.strip()]
        if said:
            out[name] = said
    return out


def safely(
    parser: Callable[[Source], Iterator[Part | PartError]],
) -> Callable[[Source], Iterator[Part | PartError]]:
    """A parser whose faults become the last entry. What it read before them stands."""

    @functools.wraps(parser)
    def parts(data: Source) -> Iterator[Part | PartError]:
        try:
            for entry in parser(data):
                if isinstance(entry, Part) and len(entry.content) > MAX_PART:
                    yield PartError(entry.name, "too-large", f"more than {MAX_PART:,} bytes in one document")
                else:
                    yield entry
        except Unfit as error:
            yield PartError("", error.reason, error.remedy)
        except MissingPackage as error:
            yield PartError("", "missing-extra", str(error))
        except Exception as error:  # noqa: BLE001 - a parser of foreign bytes; named, never silent
            detail = str(error).partition("\n")[0][:200] or type(error).__name__
            yield PartError("", "unreadable", f"{detail}: the file is damaged or of another kind")

    return parts


class MissingPackage(ImportError):  # noqa: N818 - the word says what to do
    """A package that reads this kind of file is not installed; the message names the extra."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}: pip install 'cleaner[{extra}]'")


def package(name: str, what: str, extra: str, title: str | None = None) -> Any:  # noqa: ANN401 - a module
    """Import a package that an extra brings. Raises `MissingPackage`."""
    try:
        return __import__(name, fromlist=["_"])
    except ImportError as error:
        raise MissingPackage(what, title or name.partition(".")[0], extra) from error
