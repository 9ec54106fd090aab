"""Workers that count, or whose pages need much: importable by name from a fresh process."""

from pathlib import Path

_seen = []


def hoarder():
    """Keeps what it is given in mind, so that a late page finds less room: the next 60 MB each."""
    return _hoard


def _hoard(task):
    if task == "HOARD":
        _seen.append(bytearray(60 * 2**20))
    if task == "NEEDS":
        return len(bytearray(120 * 2**20))
    if task == "TOO-MUCH":
        return len(bytearray(900 * 2**20))
    return task


def stumbler():
    """Hangs over `ALWAYS`, and over a path that is not there yet."""
    return _stumble


def _stumble(task):
    path = Path(task)
    hangs = task == "ALWAYS" or (path.is_absolute() and not path.exists())
    if path.is_absolute():
        path.touch()
    while hangs:
        pass
    return "done" if path.is_absolute() else task
