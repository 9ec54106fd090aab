"""The parent's end of one worker: what it was given, and the bytes on their way to and from it.

Enters: packed tasks. Leaves: answers, whole ones only. Look first at `Hand.answers`.
"""

from __future__ import annotations

import pickle
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.batch.workers.forkserver import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

_AHEAD = 6  # tasks given to a worker before it answers: it never waits for the parent
_AHEAD_BYTES = 4 * 2**20


class Given(NamedTuple):
    """A task as a worker gets it; `label` is what its outcome will carry."""

    number: int
    label: Any
    data: bytes

    def task(self) -> Any:  # noqa: ANN401 - whatever was packed
        return pickle.loads(self.data[HEADER.size :])[1]  # noqa: S301 - by `packed`


class Answer(NamedTuple):
    """What `forkserver.serve` answers: `cpu` in seconds, of the worker so far; after the `last` it ends."""

    number: int
    failure: tuple[str, str] | None
    value: Any
    cpu: float
    last: bool


@dataclass(slots=True, eq=False)
class Hand:
    """`given` are the tasks sent and not answered, the first of them in work; `load` is their bytes.

    `since` is when the first came into work, or last moved a byte, by the monotonic clock; `cpu` the worker's
    CPU seconds when it came into work; `excused` the number of the last task that was given more time.
    """

    pid: int
    sock: socket
    given: deque[Given] = field(default_factory=deque)
    load: int = 0
    inbox: bytearray = field(default_factory=bytearray)
    outbox: bytearray = field(default_factory=bytearray)
    since: float = 0.0
    cpu: float = 0.0
    writing: bool = False
    excused: int = -1

    @property
    def full(self) -> bool:
        return len(self.given) >= _AHEAD or self.load > _AHEAD_BYTES

    def give(self, task: Given) -> None:
        self.given.append(task)
        self.load += len(task.data)
        self.outbox += task.data

    def take(self) -> Given:
        """The task in work, which is its no longer."""
        task = self.given.popleft()
        self.load -= len(task.data)
        return task

    def push(self) -> None:
        """Send what it will take without being waited for."""
        try:
            while self.outbox:
                sent = self.sock.send(memoryview(self.outbox)[: 2**20])
                del self.outbox[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self.outbox.clear()  # it is dead: the reading side will say so

    def pull(self, buffer: memoryview) -> bool:
        """Take in what it has sent, by way of a `buffer` for all; whether it has ended."""
        try:
            while size := self.sock.recv_into(buffer):
                self.inbox += buffer[:size]
                if size < len(buffer):
                    return False
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def answers(self) -> Iterator[tuple[Answer, int]]:
        """The whole answers so far, each with its bytes. To be read to the end."""
        start, whole = 0, len(self.inbox)
        with memoryview(self.inbox) as inbox:
            while whole - start >= HEADER.size:
                end = start + HEADER.size + HEADER.unpack_from(inbox, start)[0]
                if end > whole:
                    break
                yield Answer(*pickle.loads(inbox[start + HEADER.size : end])), end - start  # noqa: S301
                start = end
        del self.inbox[:start]


def packed(number: int, task: object) -> bytes:
    """As `forkserver.receive` reads it."""
    data = pickle.dumps((number, task), pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(data)) + data
