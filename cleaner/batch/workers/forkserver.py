"""The process that loads the cleaner once and forks workers from it, and the loop a worker runs.

Enters: over a socket, a pickled `Job`, then a socket for each worker wanted. Leaves: workers, and word of
how each ended. It exists because forking the caller is unsafe (threads), and starting Python anew for each
worker costs 0.3 s and a copy of the rules: a fork of this process costs 5 ms and shares them. Look first at
`serve`, which is all a worker does.
"""

from __future__ import annotations

import ctypes
import gc
import math
import os
import pickle
import resource
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.batch.workers.proc import data_bytes, resident_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = struct.Struct("!I")
NEW, LOADED = b"n", b"l"  # what a parent may ask for
_PR_SET_PDEATHSIG = 1
_PRELOAD_AT = 1.0  # seconds after the start: by then a small run is over, and a long one has its workers
_EARLY = 30.0  # seconds a worker lives that was forked before: its heirs share what it loaded for itself


@dataclass(frozen=True, slots=True)
class Job:
    """What workers do: `factory()` gives the function from task to value; both are importable by name,
    and a `version` of the function, if it has one, is what the parent's `Pool.version` will be.

    `memory` is the most a worker may hold, in bytes; after `recycle` tasks, or above `resident` bytes, it is
    replaced by a fresh one, which costs half a second until it is as quick.
    """

    factory: Callable[[], Callable[[Any], Any]]
    memory: int = 2**30
    resident: int = 270 * 2**20
    recycle: int = 5_000


def send(sock: socket.socket, message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    sock.sendall(HEADER.pack(len(data)) + data)


def receive(sock: socket.socket) -> Any:  # noqa: ANN401 - whatever was sent
    """The next message. Raises `EOFError` when the other side is gone."""
    (length,) = HEADER.unpack(_exactly(sock, HEADER.size))
    return pickle.loads(_exactly(sock, length))  # noqa: S301 - from our own parent, over a private socket


def _exactly(sock: socket.socket, length: int) -> bytearray:
    data = bytearray(length)
    view = memoryview(data)
    while view:
        got = sock.recv_into(view)
        if not got:
            raise EOFError
        view = view[got:]
    return data


def serve(sock: socket.socket, job: Job, work: Callable[[Any], Any], until: float = math.inf) -> None:
    """Answer each (number, task) with (number, failure or None, value, CPU seconds so far, last one?).

    The last one is the first done after `until`, by the monotonic clock, if nothing ends it before.

    Cyclic garbage is not looked for while a page is in work: what it makes lives as long as it does, so
    looking finds nothing, and costs a median page 2 % and one of 40,000 paragraphs 11 %. Only here, in a
    process that is ours: the switch is the process's.
    """
    for done in range(1, job.recycle + 1):
        try:
            number, task = receive(sock)
        except (EOFError, ConnectionError):
            return
        failure, value = None, None
        last = done == job.recycle or (done % 16 == 0 and _swollen(job.resident)) or time.monotonic() > until
        gc.disable()
        try:
            value = work(task)
        except MemoryError:
            failure, last = ("out-of-memory", f"more than {job.memory // 2**20} MB"), True
        except Exception as error:  # noqa: BLE001 - one page's fault is that page's, and is reported with it
            failure = ("error", f"{type(error).__name__}: {error}"[:500])
        finally:
            gc.enable()
        answer = (number, failure, value, time.process_time(), last)
        try:
            send(sock, answer)
        except MemoryError:
            send(sock, (number, ("out-of-memory", "no room for the record"), None, time.process_time(), True))
            last = True
        except OSError:
            return
        if last:
            return


def _swollen(limit: int) -> bool:
    """Whether too much memory is in use, even once what large pages left behind is given back (2 ms)."""
    if resident_bytes() <= limit:
        return False
    with suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)
    return resident_bytes() > limit


def limit_memory(memory: int) -> None:
    """RLIMIT_DATA counts what a page makes a worker allocate, and not the mapped libraries as RLIMIT_AS
    does.
    """
    which = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        memory = min(memory, hard)
    resource.setrlimit(which, (memory, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """A worker stuck inside C cannot notice that everyone has gone: the kernel ends it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _spawn(control: socket.socket, fd: int, job: Job, work: Callable[[Any], Any], until: float) -> int:
    pid = os.fork()
    if pid:
        os.close(fd)
        return pid
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        die_with_parent()
        control.close()
        limit_memory(job.memory + max(0, data_bytes() - _base))  # what is loaded for all is no page's cost
        with socket.socket(fileno=fd) as sock:
            serve(sock, job, work, until)
        status = 0
    finally:
        os._exit(status)


_base = 0  # `data_bytes` of this process when it was ready


def main() -> None:
    """Load, say so, then fork on demand until the parent's end of the socket closes."""
    global _base
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    woken, wake = socket.socketpair()
    woken.settimeout(0)
    wake.settimeout(0)
    with suppress(OSError, EOFError):  # the parent has gone
        job: Job = receive(control)
        try:
            work = job.factory()
        except Exception as error:  # noqa: BLE001 - the parent raises it
            send(control, ("error", error))
            return
        send(control, ("ready", getattr(work, "version", None)))
        gc.collect()
        gc.freeze()
        _base = data_bytes()
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        _fork_on_demand(control, woken, job, work)
    signal.set_wakeup_fd(-1)


def _fork_on_demand(
    control: socket.socket, woken: socket.socket, job: Job, work: Callable[[Any], Any]
) -> None:
    preload = getattr(work, "preload", None)
    due = time.monotonic() + _PRELOAD_AT
    while True:
        wait = max(0.0, due - time.monotonic()) if preload else None
        ready, _, _ = select.select([control, woken], [], [], wait)
        if not ready and preload:
            _load(preload)
            preload = None
        if woken in ready:
            woken.recv(4096)
            _report_dead(control)
        if control in ready:
            data, fds, _, _ = socket.recv_fds(control, 1, 1)
            if not data:
                return
            if data == LOADED and preload:
                _load(preload)
                preload = None
            until = time.monotonic() + _EARLY if preload else math.inf
            send(control, ("born", _spawn(control, fds[0], job, work, until)))


def _load(preload: Callable[[], None]) -> None:
    preload()
    gc.collect()
    gc.freeze()


def _report_dead(control: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        send(control, ("dead", (pid, os.waitstatus_to_exitcode(status))))


if __name__ == "__main__":
    main()
