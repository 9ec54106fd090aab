"""Worker processes that a parent watches: a page that hangs, crashes or eats all memory costs that page only.

Enters: an iterable of tasks. Leaves: their outcomes, in order, one for each. Look first at `Pool.map`.

Not `ProcessPoolExecutor`: there one segfault lost 139 of 200 tasks. Each worker has a socket of its own and
answers page by page, so the parent knows which page was in work when a worker died.
"""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from cleaner.batch.workers.connection import Given, Hand, packed
from cleaner.batch.workers.forkserver_client import Nursery
from cleaner.batch.workers.proc import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from cleaner.batch.workers.forkserver import Job

Task = TypeVar("Task")
Label = TypeVar("Label")

_WINDOW = 256  # outcomes a worker, by which the fastest may be ahead of the slowest
_HELD_BYTES = 64 * 2**20  # of such outcomes; beyond it no more tasks are read until the slowest is done
_CHUNK = 2**18
_GRACE = 3  # a limit is of CPU time; a page that sleeps gets this many times its limit
_STOPPED = 1.0  # seconds by which waking up may be late on a busy machine


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no value: a short `reason` (`timeout`, `crash`, `out-of-memory`, `error`) and a
    `detail`.
    """

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Label]):
    """One task's end: its `value`, or the `failure` and the task; `label` is what the caller knows it by."""

    label: Label
    value: Any = None
    failure: Failure | None = None
    task: Any = None


class Pool:
    """`workers` processes at the given job; a context manager. `timeout` is in seconds of CPU time a task.

    A task whose worker dies, or that takes too much time or memory, is tried once more, in a worker of its
    own that is fresh from the fork: someone may have killed the worker for other reasons, the machine may
    have been busy, and what earlier tasks left in a worker is no fault of this one. So an outcome does not
    depend on the number of workers. Known cost: what hangs takes its limit twice.
    Raises what the job's factory raises. Known cost: 0.3 s to start, and about 0.1 ms a task in the parent.
    """

    def __init__(self, job: Job, *, workers: int, timeout: float = 10.0) -> None:
        self._nursery = Nursery(job)
        self._timeout = timeout
        self._count = workers
        self._selector = selectors.DefaultSelector()
        self._workers: list[Hand] = []
        self._again: deque[Given] = deque()
        self._suspects: set[int] = set()
        self._done: dict[int, tuple[Outcome[Any], int]] = {}  # with the bytes of the answer
        self._held = 0
        self._buffer = memoryview(bytearray(_CHUNK))
        self._turned = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process that forks the workers; they end when it does."""
        return self._nursery.pid

    def close(self) -> None:
        """End every process; safe to call twice."""
        for worker in self._workers:
            self._kill(worker)
            worker.sock.close()
        self._workers.clear()
        self._nursery.close()
        self._selector.close()

    def wait_ready(self) -> str | None:
        """Return the job's version when it is loaded; raise what loading it raised."""
        return self._nursery.wait_ready()

    def map(
        self,
        tasks: Iterable[Task],
        label: Callable[[Task], Label],
        ready: Callable[[Task], bool] = lambda _: False,
        waits: Callable[[], bool] = lambda: False,
    ) -> Iterator[Outcome[Label]]:
        """Outcomes in the order of the tasks, which are read only so far ahead as the workers need.

        `label` makes of a task what its outcome shall carry, so that a large task is not held until then.
        A task that is `ready` goes to no worker: it only takes its place in the order. While the source
        `waits` for its next task, outcomes are handed out first. What the source raises comes after the
        outcomes of all tasks that it gave before.
        """
        self.wait_ready()
        source = enumerate(tasks)
        exhausted = False
        fault: Exception | None = None
        following = 0  # the number of the outcome to hand out next
        taken = 0
        while True:
            while following in self._done:
                outcome, size = self._done.pop(following)
                self._held -= size
                yield outcome
                following += 1
            while not exhausted and self._wants_more(taken - following):
                if following < taken and waits():
                    break
                try:
                    number, task = next(source)
                except StopIteration:
                    exhausted = True
                    break
                except Exception as error:  # noqa: BLE001 - raised again once what was taken is handed out
                    exhausted, fault = True, error
                    break
                taken += 1
                if ready(task):
                    self._settle(number, Outcome(label(task)))
                    continue
                self._give(Given(number, label(task), packed(number, task)))
            if exhausted and following == taken:
                if fault is not None:
                    raise fault
                return
            self._redo()
            self._turn()

    def _wants_more(self, ahead: int) -> bool:
        if self._again or ahead >= _WINDOW * self._count or self._held > _HELD_BYTES:
            return False
        return len(self._workers) < self._count or not all(w.full for w in self._workers)

    def _settle(self, number: int, outcome: Outcome[Any], size: int = 0) -> None:
        self._done[number] = (outcome, size)
        self._held += size

    def _fail(self, task: Given, failure: Failure) -> None:
        self._settle(task.number, Outcome(task.label, failure=failure, task=task.task()), len(task.data))

    def _give(self, task: Given, own: Hand | None = None) -> None:
        worker = own or min(self._workers, key=lambda w: len(w.given), default=None)
        if worker is None or (own is None and worker.given and len(self._workers) < self._count):
            worker = self._hire()
        if not worker.given:
            worker.since = time.monotonic()
        worker.give(task)
        self._push(worker)

    def _redo(self) -> None:
        """Give again what dead workers left; a suspect gets a worker to itself: no other page pays."""
        while self._again:
            if self._again[0].number in self._suspects:
                if not self._room():
                    return
                self._give(self._again.popleft(), self._hire(loaded=True))
                continue
            if len(self._workers) >= self._count and all(w.full for w in self._workers):
                return
            self._give(self._again.popleft())

    def _room(self) -> bool:
        """Whether there is place for one worker more, once an idle one is sent away."""
        idle = next((w for w in self._workers if not w.given), None)
        if len(self._workers) >= self._count and idle is not None:
            self._kill(idle)
            self._dismiss(idle)
        return len(self._workers) < self._count

    def _hire(self, *, loaded: bool = False) -> Hand:
        worker = Hand(*self._nursery.hire(loaded=loaded))
        self._selector.register(worker.sock, selectors.EVENT_READ, worker)
        self._workers.append(worker)
        return worker

    def _turn(self) -> None:
        """Wait for some worker's answer, end or time limit."""
        self._excuse(time.monotonic() - self._turned)
        patience, asked = self._patience(), time.monotonic()
        ready = self._selector.select(patience)
        self._forgive(time.monotonic() - asked - patience)
        for key, events in ready:
            worker = key.data
            if events & selectors.EVENT_WRITE:
                self._push(worker)
                worker.since = time.monotonic()  # it was waiting for the rest of its task
            if events & selectors.EVENT_READ:
                self._pull(worker)
        now = time.monotonic()
        for worker in [w for w in self._workers if w.given and now - w.since > self._timeout]:
            if self._overdue(worker, now):
                self._doubt(worker.take(), Failure("timeout", f"stopped after {self._timeout:g} s"))
                self._kill(worker)
                self._dismiss(worker)
        self._turned = time.monotonic()

    def _excuse(self, away: float) -> None:
        """Seconds between two turns are spent in the caller's loop or in its source, while workers go on, or
        with all of them stopped. They are forgiven once a page: a slow caller must not keep alive what hangs.
        """
        if away <= _STOPPED:
            return
        now = time.monotonic()
        for worker in self._workers:
            if worker.given and worker.excused != worker.given[0].number:
                worker.excused = worker.given[0].number
                worker.since = min(now, worker.since + away)

    def _forgive(self, lost: float) -> None:
        """Seconds in which this process was stopped, by Ctrl-Z or with its machine, are no page's fault."""
        if lost > _STOPPED:
            for worker in self._workers:
                worker.since += lost

    def _patience(self) -> float:
        now = time.monotonic()
        ends = [w.since + self._timeout - now for w in self._workers if w.given]
        return max(0.05, min(ends, default=1.0))

    def _overdue(self, worker: Hand, now: float) -> bool:
        """By its own CPU time, so that a busy machine fails no page; by the clock where it does not run at
        all.
        """
        if now - worker.since > _GRACE * self._timeout:
            return True
        used = cpu_seconds(worker.pid)
        return used is None or used - worker.cpu >= self._timeout

    def _push(self, worker: Hand) -> None:
        worker.push()
        if bool(worker.outbox) != worker.writing:
            worker.writing = bool(worker.outbox)
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.writing else 0)
            self._selector.modify(worker.sock, events, worker)

    def _pull(self, worker: Hand) -> None:
        before = len(worker.inbox)
        ended, retired = worker.pull(self._buffer), False
        if len(worker.inbox) > before:
            worker.since = time.monotonic()  # it was done, and waited for the answer to be fetched
        for answer, size in worker.answers():
            task = worker.take()
            worker.since, worker.cpu = time.monotonic(), answer.cpu
            if answer.failure and answer.failure[0] == "out-of-memory":
                self._doubt(task, Failure(*answer.failure))
            elif answer.failure:
                self._fail(task, Failure(*answer.failure))
            else:
                self._settle(task.number, Outcome(task.label, answer.value), size)
            retired = answer.last
        if ended and not retired:
            self._blame(worker)
        if ended or retired:
            self._dismiss(worker)

    def _blame(self, worker: Hand) -> None:
        """The page in work when the worker died is tried once more, then given up."""
        if not worker.given:
            return
        task = worker.take()
        suspect = task.number in self._suspects
        died = self._nursery.how_it_died(worker.pid) if suspect else ""
        self._doubt(task, Failure("crash", died))

    def _doubt(self, task: Given, failure: Failure) -> None:
        """The first time it is tried again, the second time it has failed."""
        if task.number in self._suspects:
            self._suspects.discard(task.number)
            self._fail(task, failure)
        else:
            self._suspects.add(task.number)
            self._again.append(task)

    def _dismiss(self, worker: Hand) -> None:
        self._again.extendleft(reversed(worker.given))
        worker.given.clear()
        self._selector.unregister(worker.sock)
        worker.sock.close()
        self._workers.remove(worker)

    def _kill(self, worker: Hand) -> None:
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
