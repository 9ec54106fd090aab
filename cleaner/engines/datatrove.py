"""A reader and a step for datatrove pipelines.

    LocalPipelineExecutor(pipeline=[ReadPages("crawl/"), CleanNews(), JsonlWriter("out/")], tasks=8)

The reader is the batch's own: datatrove's WARC reader drops records whose payload libmagic misnames,
without a word.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, get_args

try:
    from datatrove.data import Document as Page
    from datatrove.pipeline.base import PipelineStep
except ImportError as error:
    from cleaner.batch.inputs.streams import MissingExtra

    raise MissingExtra("a datatrove pipeline", "datatrove", "datatrove") from error

from cleaner.batch.clean_many import clean_many
from cleaner.batch.inputs.content import content_of
from cleaner.batch.inputs.documents import SKIPPED, Document, Problem, Unreadable
from cleaner.batch.inputs.paths import walk
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.settings import ColumnNames
from cleaner.model import InputKind
from cleaner.pipeline import Cleaner
from cleaner.read.decode import decode
from cleaner.records.schemas import datatrove as datatrove_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Article, Favor


class ReadPages(PipelineStep):  # type: ignore[misc,unused-ignore]
    """Pages of files, folders and archives, as `clean PATH` reads them; each task takes every n-th file.

    `text` is the page as it came; `metadata` has `source`, `url`, `fetched`, `kind` and `stated` where they
    are known. What
    cannot be read is counted by reason (`failed_bad-warc`, `skipped_not-a-page`).
    """

    type = "READER"
    name = "pages"

    def __init__(self, *paths: str, content: str | None = None, url: str | None = None) -> None:
        super().__init__()
        self.paths = paths
        self.fields = ColumnNames(content, url)

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Iterator[Page]:  # noqa: ANN401
        yield from data or ()
        files = [f for f in walk(self.paths) if not isinstance(f, Problem)]
        for file in files[rank::world_size]:
            for entry in documents(file, self.fields):
                if isinstance(entry, Document):
                    page = self._page(entry)
                    if page is not None:
                        yield page
                else:
                    self._count(entry.status, entry.reason)

    def _page(self, entry: Document) -> Page | None:
        try:
            content = content_of(entry, self.fields)
        except Unreadable as error:
            self._count("failed", error.reason)
            return None
        self.stat_update("pages")
        text = content.data if isinstance(content.data, str) else _text(content.data)
        told = {
            "source": content.source, "url": content.url, "fetched": content.fetched, "kind": content.kind,
            "stated": dict(content.stated) if content.stated else None,
        }  # fmt: skip
        return Page(text=text, id=content.source, metadata={k: v for k, v in told.items() if v})

    def _count(self, status: str, reason: str) -> None:
        if status != SKIPPED:
            self.stat_update("unreadable")
        self.stat_update(f"{status}_{reason}")


class CleanNews(PipelineStep):  # type: ignore[misc,unused-ignore]
    """Each document's `text` becomes the body of the article; the record's fields join its `metadata`.

    Documents that are no articles are dropped and counted by status and reason, unless `keep_all`. A page
    that hangs or crashes costs that page only: each task has a worker process of its own.
    """

    type = "CLEANER"
    name = "news"

    def __init__(
        self,
        rules: tuple[str, ...] = (),
        *,
        favor: Favor = "balanced",
        timeout: float = 10.0,
        keep_all: bool = False,
    ) -> None:
        super().__init__()
        self.rules, self.favor, self.timeout, self.keep_all = tuple(rules), favor, timeout, keep_all

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Page]:  # noqa: ANN401, ARG002
        waiting: deque[Page] = deque()

        def pages() -> Iterator[dict[str, Any]]:
            for page in data:
                waiting.append(page)
                told = page.metadata or {}
                source = told.get("source") or page.id
                yield {
                    "data": page.text,
                    "url": told.get("url"),
                    "source": source,
                    "kind": told.get("kind") if told.get("kind") in get_args(InputKind) else None,
                    "fetched": told.get("fetched"),
                    "stated": told.get("stated"),
                }

        cleaner = Cleaner(self.rules, favor=self.favor)
        for article in clean_many(pages(), workers=1, cleaner=cleaner, timeout=self.timeout):
            page = waiting.popleft()
            if article.status == "article" or self.keep_all:
                self.stat_update("kept")
                yield _cleaned(page, article)
            else:
                self.stat_update("dropped", f"dropped_{article.status}_{article.reason}")


def _cleaned(page: Page, article: Article) -> Page:
    view = datatrove_document(article)
    page.text = view["text"]
    told = {key: value for key, value in (page.metadata or {}).items() if key not in ("stated", "kind")}
    page.metadata = {**told, **view["metadata"]}
    return page


def _text(data: bytes) -> str:
    return decode(data)[0]
