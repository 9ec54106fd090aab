"""The process that reads containers, so that a fault of a parser is never the run's.

Enters: over a socket, a `Confinement`, then a `Request` for each container. Leaves: lists of entries, and a
word at the end of each container. It holds no more memory than it is told, writes no files, and its parent
may kill it at any moment. Look first at `answer`.
"""

from __future__ import annotations

import pickle
import resource
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cleaner.batch.inputs.documents import FAILED, Entry, Problem
from cleaner.batch.workers.forkserver import HEADER, die_with_parent, limit_memory, receive, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.batch.inputs.formats import File
    from cleaner.batch.settings import ColumnNames

    Read = Callable[[File, ColumnNames], Iterator[Entry]]

ENTRIES: Final = "entries"
END: Final = "end"
FAULT: Final = "fault"
MAX_FRAME = 2**26  # bytes of one message: the longest line of JSON is a third of it
_MANY, _MUCH = 64, 2**18  # entries and bytes that go together: a message costs both sides 30 us


@dataclass(frozen=True, slots=True)
class Confinement:
    """`read` gives the entries of one container and is importable by name; `memory` is in bytes."""

    read: Read
    memory: int


@dataclass(frozen=True, slots=True)
class Request:
    """One container. The first `skip` entries are there already; `singly` sends each as it comes, so that
    none is lost when the next one kills the process.
    """

    file: File
    fields: ColumnNames
    skip: int = 0
    singly: bool = False


def answer(sock: socket.socket, request: Request, read: Read) -> None:
    """All entries of a container. Whatever is raised on the way, also by native code that knows no
    `Exception`, is told to the parent, who then ends this process: its state may be anything.
    """
    try:
        waiting: list[Entry] = []
        size = 0
        for number, entry in enumerate(read(request.file, request.fields)):
            if number < request.skip:
                continue
            waiting.append(entry)
            size += _bytes(entry)
            if request.singly or len(waiting) >= _MANY or size >= _MUCH:
                _send(sock, waiting)
                waiting, size = [], 0
        _send(sock, waiting)
    except OSError:
        raise
    except MemoryError:
        send(sock, (FAULT, ("out-of-memory", "")))
    except BaseException as error:  # noqa: BLE001 - the container's fault, whatever it calls itself
        send(sock, (FAULT, ("error", f"{type(error).__name__}: {error}"[:500])))
    else:
        send(sock, (END, None))


def _bytes(entry: Entry) -> int:
    return 100 if isinstance(entry, Problem) else 100 + len(entry.data or b"")


def _send(sock: socket.socket, waiting: list[Entry]) -> None:
    if not waiting:
        return
    data = pickle.dumps((ENTRIES, waiting), pickle.HIGHEST_PROTOCOL)
    if len(data) > MAX_FRAME:
        refused = [Problem(e.source, FAILED, "too-large", f"{len(data):,} bytes") for e in waiting[-1:]]
        for entry in waiting[:-1]:
            _send(sock, [entry])
        data = pickle.dumps((ENTRIES, refused), pickle.HIGHEST_PROTOCOL)
    sock.sendall(HEADER.pack(len(data)))
    sock.sendall(data)


def main() -> None:
    """Answer requests until the parent's end of the socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    with suppress(EOFError, OSError), socket.socket(fileno=int(sys.argv[1])) as sock:
        told: Confinement = receive(sock)
        limit_memory(told.memory)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        while True:
            answer(sock, receive(sock), told.read)


if __name__ == "__main__":
    main()
