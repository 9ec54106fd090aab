"""Worker processes that a parent watches: a page that hangs, crashes or eats all memory costs that page only.

Enters: an iterable of tasks. Leaves: their outcomes, in order, one for each. Look first at `Pool.map`.

Not `ProcessPoolExecutor`: there one segfault lost 139 of 200 tasks. Each worker has a socket of its own and
answers page by page, so the parent knows which page was in work when a worker died.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from cleaner.corpus.nursery import Nursery
from cleaner.corpus.zygote import HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from socket import socket
    from types import TracebackType

    from cleaner.corpus.zygote import Job

Task = TypeVar("Task")
Label = TypeVar("Label")

_AHEAD = 6  # tasks given to a worker before it answers: it never waits for the parent
_AHEAD_BYTES = 4 * 2**20
_WINDOW = 64  # outcomes a worker, by which the fastest may be ahead of the slowest
_GRACE = 3  # a limit is of CPU time; a page that sleeps gets this many times its limit
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no value: a short `reason` (`timeout`, `crash`, `out-of-memory`, `error`) and a
    `detail`.
    """

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Label]):
    """One task's end: its `value`, or the `failure`. `label` is what the caller knows the task by."""

    label: Label
    value: Any = None
    failure: Failure | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    """The parent's end of one worker; `given` are the tasks sent and not answered, the first of them in
    work.
    """

    pid: int
    sock: socket
    given: deque[tuple[int, Any, bytes]] = field(default_factory=deque)
    inbox: bytearray = field(default_factory=bytearray)
    outbox: bytearray = field(default_factory=bytearray)
    since: float = 0.0
    cpu: float = 0.0
    writing: bool = False

    @property
    def full(self) -> bool:
        return len(self.given) >= _AHEAD or sum(len(data) for _, _, data in self.given) > _AHEAD_BYTES


class Pool:
    """`workers` processes at the given job; a context manager. `timeout` is in seconds of CPU time a task.

    A task whose worker dies is tried once more, alone: someone may have killed the worker for other reasons.
    Raises what the job's factory raises. Known cost: 0.3 s to start, and about 0.1 ms a task in the parent.
    """

    def __init__(self, job: Job, *, workers: int, timeout: float = 10.0) -> None:
        self._nursery = Nursery(job)
        self._timeout = timeout
        self._count = workers
        self._selector = selectors.DefaultSelector()
        self._workers: list[_Worker] = []
        self._again: deque[tuple[int, Any, bytes]] = deque()
        self._suspects: set[int] = set()
        self._done: dict[int, Outcome[Any]] = {}

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
    ) -> Iterator[Outcome[Label]]:
        """Outcomes in the order of the tasks, which are read only so far ahead as the workers need.

        `label` makes of a task what its outcome shall carry, so that a large task is not held until then.
        A task that is `ready` goes to no worker: it only takes its place in the order.
        """
        self.wait_ready()
        source = enumerate(tasks)
        exhausted = False
        following = 0  # the number of the outcome to hand out next
        taken = 0
        while True:
            while following in self._done:
                yield self._done.pop(following)
                following += 1
            while not exhausted and taken - following < _WINDOW * self._count and self._wants_more():
                try:
                    number, task = next(source)
                except StopIteration:
                    exhausted = True
                    break
                taken += 1
                if ready(task):
                    self._done[number] = Outcome(label(task))
                    continue
                self._give(number, label(task), _packed(number, task))
            if exhausted and following == taken:
                return
            self._redo()
            self._turn()

    def _wants_more(self) -> bool:
        if self._again:
            return False
        return len(self._workers) < self._count or any(not w.full for w in self._workers)

    def _give(self, number: int, label: Any, data: bytes) -> None:  # noqa: ANN401
        worker = min(self._workers, key=lambda w: len(w.given), default=None)
        if worker is None or (worker.given and len(self._workers) < self._count):
            worker = self._hire()
        if not worker.given:
            worker.since = time.monotonic()
        worker.given.append((number, label, data))
        worker.outbox += data
        self._flush(worker)

    def _redo(self) -> None:
        """Give again what dead workers left; a suspect gets a worker to itself: no other page pays."""
        while self._again:
            number, label, data = self._again[0]
            idle = len(self._workers) < self._count or any(not w.given for w in self._workers)
            if not idle and (number in self._suspects or all(w.full for w in self._workers)):
                return
            self._again.popleft()
            self._give(number, label, data)

    def _hire(self) -> _Worker:
        worker = _Worker(*self._nursery.hire())
        self._selector.register(worker.sock, selectors.EVENT_READ, worker)
        self._workers.append(worker)
        return worker

    def _turn(self) -> None:
        """Wait for some worker's answer, end or time limit."""
        for key, events in self._selector.select(self._patience()):
            worker = key.data
            if events & selectors.EVENT_WRITE:
                self._flush(worker)
            if events & selectors.EVENT_READ:
                self._read(worker)
        now = time.monotonic()
        for worker in [w for w in self._workers if w.given and now - w.since > self._timeout]:
            if self._overdue(worker, now):
                number, label, _ = worker.given.popleft()
                detail = f"stopped after {self._timeout:g} s"
                self._done[number] = Outcome(label, failure=Failure("timeout", detail))
                self._kill(worker)
                self._dismiss(worker)

    def _patience(self) -> float:
        now = time.monotonic()
        ends = [w.since + self._timeout - now for w in self._workers if w.given]
        return max(0.05, min(ends, default=1.0))

    def _overdue(self, worker: _Worker, now: float) -> bool:
        """By its own CPU time, so that a busy machine fails no page; by the clock where it does not run at
        all.
        """
        if now - worker.since > _GRACE * self._timeout:
            return True
        used = _cpu_seconds(worker.pid)
        return used is None or used - worker.cpu >= self._timeout

    def _flush(self, worker: _Worker) -> None:
        try:
            while worker.outbox:
                sent = worker.sock.send(memoryview(worker.outbox)[: 2**20])
                del worker.outbox[:sent]
        except BlockingIOError:
            pass
        except OSError:
            worker.outbox.clear()  # it is dead: the reading side will say so
        if bool(worker.outbox) != worker.writing:
            worker.writing = bool(worker.outbox)
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.writing else 0)
            self._selector.modify(worker.sock, events, worker)

    def _read(self, worker: _Worker) -> None:
        ended = False
        try:
            while True:
                data = worker.sock.recv(2**18)
                if not data:
                    ended = True
                    break
                worker.inbox += data
                if len(data) < 2**18:
                    break
        except BlockingIOError:
            pass
        except OSError:
            ended = True
        retired = self._answers(worker)
        if ended and not retired:
            self._blame(worker)
        if ended or retired:
            self._dismiss(worker)

    def _answers(self, worker: _Worker) -> bool:
        """Take in the whole answers so far; whether the worker says it was its last."""
        retired = False
        while len(worker.inbox) >= HEADER.size:
            (length,) = HEADER.unpack_from(worker.inbox)
            end = HEADER.size + length
            if len(worker.inbox) < end:
                break
            number, failure, value, cpu, retired = pickle.loads(worker.inbox[HEADER.size : end])  # noqa: S301
            del worker.inbox[:end]
            _, label, _ = worker.given.popleft()
            worker.since, worker.cpu = time.monotonic(), cpu
            self._done[number] = Outcome(label, value, Failure(*failure) if failure else None)
        return retired

    def _blame(self, worker: _Worker) -> None:
        """The page in work when the worker died is tried once more, then given up."""
        if not worker.given:
            return
        number, label, data = worker.given.popleft()
        if number in self._suspects:
            self._done[number] = Outcome(
                label, failure=Failure("crash", self._nursery.how_it_died(worker.pid))
            )
            return
        self._suspects.add(number)
        self._again.append((number, label, data))

    def _dismiss(self, worker: _Worker) -> None:
        self._again.extendleft(reversed(worker.given))
        worker.given.clear()
        self._selector.unregister(worker.sock)
        worker.sock.close()
        self._workers.remove(worker)

    def _kill(self, worker: _Worker) -> None:
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)


def _packed(number: int, task: object) -> bytes:
    data = pickle.dumps((number, task), pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(data)) + data


def _cpu_seconds(pid: int) -> float | None:
    """CPU time the process has used so far; None where the system does not say."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _TICKS
