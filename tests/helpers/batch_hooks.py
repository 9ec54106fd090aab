"""Workers that misbehave on purpose, for the tests of the engine: importable by name from a fresh process."""

import ctypes
import gc
import os
import time
from dataclasses import dataclass
from pathlib import Path

from cleaner.batch.settings import Settings
from cleaner.batch.worker import Worker

ILLS = ("ILL-SEGV", "ILL-SPIN", "ILL-SLEEP", "ILL-MEMORY", "ILL-RAISE", "ILL-EXIT", "ILL-RECURSE")


def suffer(ill: str) -> None:
    if ill == "ILL-SEGV":
        ctypes.string_at(0)
    if ill == "ILL-SPIN":
        while True:
            pass
    if ill == "ILL-SLEEP":
        time.sleep(3600)
    if ill == "ILL-MEMORY":
        bytearray(2**33)
    if ill == "ILL-RAISE":
        raise KeyError("no such thing")
    if ill == "ILL-EXIT":
        os._exit(3)
    if ill == "ILL-RECURSE":
        suffer(ill)


def echo():
    """A job for the pool alone: answers a word in capitals; `PAUSE-n` takes n milliseconds."""
    return _echo


def _echo(task):
    suffer(task)
    if task.startswith("PAUSE-"):
        time.sleep(int(task[6:]) / 1000)
    return task.upper()


def collector():
    """Answers whether the collector of cyclic garbage is on while a task is in work."""
    return lambda _: gc.isenabled()


def broken():
    raise ValueError("the rules are bad")


@dataclass(frozen=True)
class Ailing:
    """A `Factory` whose workers fall ill over pages that say so, and take `pause` seconds for each page."""

    settings: Settings
    pause: float = 0.0

    def __call__(self):
        worker = Worker(self.settings)

        def work(document):
            text = Path(document.path).read_text(errors="replace") if document.path else str(document.data)
            for ill in ILLS:
                if ill in text:
                    suffer(ill)
            if self.pause:
                time.sleep(self.pause)
            return worker(document)

        work.version = worker.version
        return work
