"""Files that a run writes: opened so that no link is followed and no other run writes them too."""

from __future__ import annotations

import errno
import fcntl
import os
import stat

from cleaner.batch.outputs.manifest import ManifestError


def open_locked(path: str) -> int:
    """A descriptor to read and write the file, made if it is not there, ours until it is closed.

    Raises `ManifestError` for a link, for what is no file and for one that another run has; `OSError`.
    """
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ManifestError(f"{path} is a link, which is not written through; remove it") from error
        raise
    try:
        _check_file(fd, path)
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(fd)
        raise ManifestError(
            f"{path} is being written by another run: wait for it, or name another output"
        ) from error
    except BaseException:
        os.close(fd)
        raise
    return fd


def _check_file(fd: int, path: str) -> None:
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        raise ManifestError(f"{path} is no regular file; remove it, or name another output")


def create_new(path: str) -> int:
    """A descriptor to write a file that is new: what has its name, a link say, is taken away first."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o666)
    except FileExistsError:
        os.unlink(path)
        return os.open(path, flags, 0o666)
