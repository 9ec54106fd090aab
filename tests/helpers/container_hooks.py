"""Readers of containers that misbehave on purpose: importable by name from a fresh process.

A container of the tests is lines of JSON; at a line that begins with `ILL-` the reader suffers.
"""

import os
import signal
import time
from pathlib import Path

from cleaner.batch.inputs.documents import Document


class NativePanic(BaseException):
    """As extensions in other languages raise it: no `Exception`."""


def faulty(file, fields):
    """`ILL-ONCE` dies only if its mark is not there yet."""
    for number, line in enumerate(Path(file.path).read_bytes().splitlines(), 1):
        if line.startswith(b"ILL-"):
            suffer(line.decode(), Path(file.path))
        yield Document(f"{file.source}#{number}", data=line, form="json")


RAISED = {
    "ILL-PANIC": NativePanic("index out of range"),
    "ILL-QUIT": SystemExit(0),
    "ILL-KEY": KeyError("column"),
}
SENT = {"ILL-DIES": signal.SIGKILL, "ILL-STOPS": signal.SIGSTOP}


def suffer(ill, path):
    if ill in RAISED:
        raise RAISED[ill]
    if ill in SENT:
        os.kill(os.getpid(), SENT[ill])
    if ill == "ILL-EXITS":
        os._exit(5)
    if ill == "ILL-MEMORY":
        bytearray(2**33)
    if ill == "ILL-SPINS":
        while True:
            pass
    if ill == "ILL-SLEEPS":
        time.sleep(3600)
    if ill == "ILL-ONCE":
        mark = path.with_suffix(".mark")
        if not mark.is_symlink():
            mark.symlink_to("there")  # the process may write no bytes to files
            os._exit(9)
