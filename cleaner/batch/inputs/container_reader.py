"""Containers, read in a process that may fail: the parent's side.

Enters: a `File`. Leaves: its entries, and for whatever goes wrong with the process one `Problem` under the
container's name. Look first at `ContainerReader.entries`.

One process reads one container after the other; only after a fault is a new one started (0.2 s). A container
whose reader died, ran out of memory or stood still is read once more from its beginning in a new process,
which sends entry by entry: what an earlier container left behind, or whoever killed the reader, is not held
against it, and every entry before the fault arrives, however many were under way.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from cleaner.batch.inputs.documents import FAILED, Entry, Problem, bounded
from cleaner.batch.inputs.reader_process import ENTRIES, FAULT, MAX_FRAME, Confinement, Request
from cleaner.batch.inputs.sorting import documents, page_document
from cleaner.batch.workers.forkserver import HEADER, send
from cleaner.batch.workers.forkserver_client import module_path
from cleaner.batch.workers.proc import bytes_read, cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.batch.inputs.formats import File
    from cleaner.batch.inputs.reader_process import Read
    from cleaner.batch.settings import ColumnNames

PATIENCE = 10.0  # CPU seconds without an entry and without a byte read
_GRACE = 3  # a reader that does not run at all gets this many times as long
_REREADS = 4  # times its length that a file's bytes count as progress: zip and Parquet seek
_SMALL = 2**26


class ReaderFault(Exception):  # noqa: N818 - becomes a `Problem`, never reaches a caller
    """The process failed: `reason` is a short code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class ContainerReader:
    """A context manager. `memory` is what the process may hold, in bytes; `patience` in CPU seconds."""

    def __init__(
        self,
        *,
        memory: int = 2**30,
        patience: float = PATIENCE,
        read: Read = documents,
        begin: Callable[[File], None] = lambda _: None,
    ) -> None:
        """`begin` is told of each container before it is read."""
        self._told = Confinement(read, memory)
        self._patience = patience
        self._told_of = begin
        self._process: subprocess.Popen[bytes] | None = None
        self._sock: socket.socket | None = None
        self._idle = self._cpu = 0.0
        self._seen = self._most = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process, if there is one now."""
        return self._process.pid if self._process else None

    def entries(self, file: File, fields: ColumnNames) -> Iterator[Entry]:
        """All of one container, in order; no fault leaves it."""
        if (page := page_document(file)) is not None:
            yield bounded(page)
            return
        self._told_of(file)
        came, fault = 0, ReaderFault("crash", "")
        for singly in (False, True):
            whole = False
            try:
                for entry in self._read(Request(file, fields, came, singly)):
                    came += 1
                    yield entry
                whole = True
            except ReaderFault as error:
                fault = error
            finally:
                if not whole:
                    self.close()
            if whole:
                return
        yield Problem(file.source, FAILED, fault.reason, f"{fault.detail}; after {came:,} entries")

    def close(self) -> None:
        """End the process; the next container gets a new one."""
        if self._sock is not None:
            self._sock.close()
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
        self._sock = self._process = None

    def _read(self, request: Request) -> Iterator[Entry]:
        sock = self._started()
        self._begin(request)
        try:
            send(sock, request)
        except OSError as error:
            raise ReaderFault("crash", self._death()) from error
        while True:
            kind, what = self._message(sock)
            if kind == ENTRIES:
                yield from what
            elif kind == FAULT:
                reason, detail = what
                raise ReaderFault(reason, detail or f"more than {self._told.memory // 2**20} MB")
            else:
                return

    def _started(self) -> socket.socket:
        if self._sock is None:
            self._sock, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    [sys.executable, "-P", "-m", "cleaner.batch.inputs.reader_process", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    env={
                        **os.environ, "PYTHONPATH": module_path(), "PYTHONHASHSEED": "0",
                        "ARROW_DEFAULT_MEMORY_POOL": "system",  # others reserve more than they use
                    },
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )  # fmt: skip
            self._sock.settimeout(min(0.5, self._patience / 4))
            with suppress(OSError):  # it is dead already: the first message will tell
                send(self._sock, self._told)
        return self._sock

    def _message(self, sock: socket.socket) -> Any:  # noqa: ANN401 - a kind and what belongs to it
        (length,) = HEADER.unpack(self._exactly(sock, HEADER.size))
        if length > MAX_FRAME:
            raise ReaderFault("crash", "the reader sent what is no message")
        return pickle.loads(self._exactly(sock, length))  # noqa: S301 - from our own process

    def _exactly(self, sock: socket.socket, length: int) -> bytearray:
        data = bytearray(length)
        view = memoryview(data)
        while view:
            try:
                got = sock.recv_into(view)
            except TimeoutError:
                self._wait_on(sock.gettimeout() or 0.0)
                continue
            except OSError:
                got = 0
            if not got:
                raise ReaderFault("crash", self._death())
            self._idle = 0.0
            view = view[got:]
        return data

    def _begin(self, request: Request) -> None:
        self._idle = 0.0
        with suppress(OSError):
            self._most = _REREADS * os.path.getsize(request.file.path) + _SMALL
        self._seen = 0
        self._base = bytes_read(self.pid or 0) or 0

    def _wait_on(self, waited: float) -> None:
        """After a while without a message. Waits are counted, not the clock: this process may have been
        stopped too. Bytes read count as progress, but no loop over the same ones for ever.
        """
        pid = self.pid or 0
        seen = min((bytes_read(pid) or 0) - self._base, self._most)
        if self._idle == 0 or seen > self._seen:
            self._idle, self._seen, self._cpu = waited, seen, cpu_seconds(pid) or 0.0
            return
        self._idle += waited
        used = cpu_seconds(pid)
        busy = self._idle > self._patience and (used is None or used - self._cpu >= self._patience)
        if busy or self._idle > _GRACE * self._patience:
            raise ReaderFault("timeout", f"stood still for {self._patience:g} s")

    def _death(self) -> str:
        if self._process is None:
            return "the reader died"
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(2)
            with suppress(ValueError):
                return f"the reader died of {signal.Signals(-code).name}"
            return f"the reader died, exit code {code}"
        return "the reader died"
