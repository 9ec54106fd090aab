"""The words of a batch: what goes into a worker, and what cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.model import InputKind

Form = Literal["page", "json"]

FAILED: Final = "failed"
SKIPPED: Final = "skipped"
STDIN: Final = "-"
UNKNOWN_SUFFIX: Final = "unknown-suffix"
MAX_NAME = 4_096  # characters of a source: what a path may have on the usual systems
MAX_URL = 2**16
MAX_DETAIL = 500


class Document(NamedTuple):
    """One input to be cleaned; a tuple, for it goes through a pipe, and a dataclass takes 10 us to pickle.

    The worker reads `path` itself where there is one; else `data` holds the page (`form` "page") or one
    line of JSON ("json"). `source` is what the record will say; `charset` what an HTTP header declared;
    `fetched` ISO 8601; `kind` what its container knows it to be; `stated` what else the container says, as
    `Cleaner.clean(stated=)` takes it, None where that is nothing.
    """

    source: str
    path: str | None = None
    data: bytes | str | None = None
    form: Form = "page"
    url: str | None = None
    fetched: str | None = None
    charset: str | None = None
    kind: InputKind | None = None
    stated: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An input without a record: `failed` counts as input, `skipped` (not a document at all) does not.
    `rejected` ones have a record; a watcher is told of them in the same words.
    """

    source: str
    status: Literal["failed", "skipped", "rejected"]
    reason: str
    detail: str = ""


Entry = Document | Problem


def bounded(entry: Entry) -> Entry:
    """The entry with names no longer than real ones are: each goes into the manifest, and a few bytes of an
    archive can say a name of gigabytes. What is cut keeps a hash of the whole, so that two stay two.
    """
    source = bounded_name(entry.source)
    if isinstance(entry, Problem):
        if source is entry.source and len(entry.detail) <= MAX_DETAIL:
            return entry
        return replace(entry, source=source, detail=entry.detail[:MAX_DETAIL])
    if source is not entry.source:
        entry = entry._replace(source=source)
    if entry.url is not None and len(entry.url) > MAX_URL:
        entry = entry._replace(url=None)
    if max(len(entry.fetched or ""), len(entry.charset or "")) > MAX_DETAIL:
        entry = entry._replace(fetched=None, charset=None)
    return entry


def bounded_name(source: str) -> str:
    """A source of at most `MAX_NAME` characters."""
    if len(source) <= MAX_NAME:
        return source
    digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{source[: MAX_NAME - 17]}-{digest}"


class Unreadable(Exception):  # noqa: N818 - becomes a `Problem`, never reaches a caller
    """A file or member cannot be read; `reason` is a short code."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
