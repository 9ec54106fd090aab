"""The pool's stand-in where starting a worker costs more than the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from cleaner.batch.workers.pool import Failure, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.batch.workers.forkserver import Job

Task = TypeVar("Task")
Label = TypeVar("Label")


class Inline:
    """The same job in this process, without limits: for one page, where starting a worker costs more than
    it.
    """

    def __init__(self, job: Job) -> None:
        self._work = job.factory()

    def wait_ready(self) -> str | None:
        return getattr(self._work, "version", None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(
        self,
        tasks: Iterable[Task],
        label: Callable[[Task], Label],
        ready: Callable[[Task], bool] = lambda _: False,
        waits: Callable[[], bool] = lambda: False,  # noqa: ARG002 - one after the other, nothing waits
    ) -> Iterator[Outcome[Label]]:
        """As `Pool.map`, one after the other."""
        for task in tasks:
            if ready(task):
                yield Outcome(label(task))
                continue
            try:
                yield Outcome(label(task), self._work(task))
            except Exception as error:  # noqa: BLE001 - as in a worker: one page's fault is that page's
                yield Outcome(label(task), failure=Failure("error", f"{type(error).__name__}: {error}"[:500]))
