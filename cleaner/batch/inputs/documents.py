"""The words of a batch: what goes into a worker, and what cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Form = Literal["page", "json"]

FAILED: Final = "failed"
SKIPPED: Final = "skipped"
STDIN: Final = "-"
UNKNOWN_SUFFIX: Final = "unknown-suffix"


class Stated(NamedTuple):
    """What a container says of a page beside its address and the time of fetching: a mail's subject and date,
    a feed's title and authors, an export's columns. `date` is as written there; `language` BCP 47.
    """

    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    language: str | None = None


class Document(NamedTuple):
    """One input to be cleaned; a tuple, for it goes through a pipe, and a dataclass takes 10 us to pickle.

    The worker reads `path` itself where there is one; else `data` holds the page (`form` "page") or one
    line of JSON ("json"). `source` is what the record will say; `charset` what an HTTP header declared;
    `fetched` ISO 8601; `stated` what else the container says, None where that is nothing.
    """

    source: str
    path: str | None = None
    data: bytes | str | None = None
    form: Form = "page"
    url: str | None = None
    fetched: str | None = None
    charset: str | None = None
    stated: Stated | None = None


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


class Unreadable(Exception):  # noqa: N818 - becomes a `Problem`, never reaches a caller
    """A file or member cannot be read; `reason` is a short code."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
