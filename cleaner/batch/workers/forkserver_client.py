"""The parent's side of the process that forks workers: started, asked for workers, replaced when it is
killed.

Enters: a `Job`. Leaves: workers, as (process id, socket), and how each died. Look first at `Nursery.hire`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cleaner.batch.workers.forkserver import receive, send

if TYPE_CHECKING:
    from cleaner.batch.workers.forkserver import Job

_STARTS = 5  # how often it may be killed


class Nursery:
    """Forks workers at the given job, in a process of its own. Raises what the job's factory raises, when
    asked.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._starts = 0
        self._deaths: dict[int, int] = {}
        self._start()

    def _start(self) -> None:
        self._ready = False
        self._version: str | None = None
        self._starts += 1
        self._control, theirs = socket.socketpair()
        with theirs:
            self._zygote = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "cleaner.batch.workers.forkserver", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": _module_path(), "PYTHONHASHSEED": "0"},
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        with suppress(OSError):  # it is dead already: waiting for its word will tell
            send(self._control, self._job)

    @property
    def pid(self) -> int:
        """The process that forks; its workers end when it does."""
        return self._zygote.pid

    def wait_ready(self) -> str | None:
        """Return the job's version when it is loaded; raise what loading it raised."""
        if self._ready:
            return self._version
        try:
            kind, what = receive(self._control)
        except (EOFError, OSError):
            self._replace()
            return self.wait_ready()
        if kind == "error":
            raise what
        self._ready, self._version = True, what
        return self._version

    def hire(self) -> tuple[int, socket.socket]:
        """A new worker: its process id, and our end of its socket, which does not block."""
        while True:
            try:
                self.wait_ready()
                ours, theirs = socket.socketpair()
                with theirs:
                    pid = self._born(theirs)
            except (EOFError, OSError):
                self._replace()
            else:
                ours.settimeout(0)
                return pid, ours

    def _born(self, theirs: socket.socket) -> int:
        socket.send_fds(self._control, [b"w"], [theirs.fileno()])
        while True:
            kind, what = receive(self._control)
            if kind == "born":
                return int(what)
            self._deaths[what[0]] = what[1]

    def _replace(self) -> None:
        """Someone killed it, and with it its workers. Raises `EOFError` when that has happened too often."""
        if self._starts >= _STARTS:
            raise EOFError("the process that forks workers was killed again and again")
        self._control.close()
        self._zygote.wait()
        self._start()

    def how_it_died(self, pid: int) -> str:
        """In words, if the news comes within two seconds."""
        self._control.settimeout(2)
        try:
            while pid not in self._deaths:
                kind, what = receive(self._control)
                if kind == "dead":
                    self._deaths[what[0]] = what[1]
        except (TimeoutError, EOFError, OSError):
            return "the worker died twice on it"
        finally:
            self._control.settimeout(None)
        code = self._deaths[pid]
        if len(self._deaths) > 1_000:
            self._deaths.clear()
        with suppress(ValueError):
            return f"the worker died twice on it, of {signal.Signals(-code).name}"
        return f"the worker died twice on it, exit code {code}"

    def close(self) -> None:
        """End it, and with it whatever it forked. It has nothing to tidy up, and may be busy loading."""
        self._control.close()
        self._zygote.kill()
        self._zygote.wait()


def _module_path() -> str:
    """Where the new process looks for modules: where this one does, and last where this package stands.

    With `-P` Python adds nothing by itself, and what stands here for the current folder is left out: it may
    be a crawl, and a file `orjson.py` in it would be run.
    """
    home = os.path.dirname(os.path.dirname(sys.modules["cleaner"].__file__ or ""))
    return os.pathsep.join(dict.fromkeys(path for path in (*sys.path, home) if path))
