"""The journal of a run: a line for every input, and marks up to which everything is safely on disk.

Enters: results, in order. Leaves: `NAME.manifest.jsonl`, of which `{"commit": …}` lines say how long the
outputs were when all lines above them were done. After any death, what stands below the last mark is
forgotten on both sides and made again, so nothing is lost and nothing is there twice. Look first at
`recover`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from cleaner.records.native import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMIT = b'{"commit":'
_END = b'{"end":'
_RUN = b'{"run":'
BUFFER = 2**20  # bytes to a write: records are large, and each write costs a call into the system


class ManifestError(ValueError):
    """A manifest does not fit: another run's, damaged, or of inputs that have changed. The message says
    what to do.
    """


@dataclass(frozen=True, slots=True)
class Recovered:
    """Where a run stood: `entries` lines are done; `sizes` of the outputs then, by name; `end` of the
    journal.
    """

    identity: Mapping[str, Any]
    entries: int
    sizes: Mapping[str, int]
    end: int
    complete: bool
    ended: bool


class Manifest:
    """The journal being written. Raises `OSError` where the disk does."""

    def __init__(
        self, path: str, identity: Mapping[str, Any] | None = None, *, resume_at: int | None = None
    ) -> None:
        """Begin anew with the run's `identity`, or go on after byte `resume_at`."""
        self.path = path
        if resume_at is None:
            self._file: BinaryIO = open(path, "wb", BUFFER)
            self._file.write(_RUN + dumps(dict(identity or {})) + b"}\n")
        else:
            self._file = open(path, "r+b", BUFFER)
            self._file.truncate(resume_at)
            self._file.seek(resume_at)

    def write(self, number: int, facts: bytes) -> None:
        """One input's line; `facts` is a JSON object."""
        self._file.write(b'{"n":%d,' % number + facts[1:] + b"\n")

    def commit(self, entries: int, sizes: Mapping[str, int], *, complete: bool = False) -> None:
        """All up to here is on disk, in outputs of these sizes; the outputs were synced before this is
        called.
        """
        mark = {"entries": entries, "sizes": dict(sizes), "complete": complete}
        self._file.write(_COMMIT + orjson.dumps(mark) + b"}\n")
        self.sync()

    def end(self, counts: Mapping[str, int]) -> None:
        self._file.write(_END + orjson.dumps(dict(counts)) + b"}\n")
        self.sync()

    def sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Without complaint: what could not be written is below the last mark."""
        try:
            self._file.close()
        except OSError:
            os.close(self._file.fileno())


def manifest_name(output: str) -> str:
    """Where the journal of the run that writes `output` is."""
    return output.rstrip("/") + ".manifest.jsonl"


def recover(path: str) -> Recovered | None:
    """Where the run of this manifest stood; None if there is none, or it died before its first line was
    whole.

    Raises `ManifestError` for a file that is no manifest.
    """
    try:
        file = open(path, "rb")
    except FileNotFoundError:
        return None
    with file:
        head = file.readline()
        if not head.startswith(_RUN):
            if len(head) < 100_000 and not head.endswith(b"\n") and _RUN.startswith(head[: len(_RUN)]):
                return None
            raise ManifestError(f"{path} is not the manifest of a run; move it away or name another output")
        if not head.endswith(b"\n"):
            return None
        found = Recovered(_value(head, path), 0, {}, file.tell(), complete=False, ended=False)
        at = file.tell()
        for line in file:
            at += len(line)
            if not line.endswith(b"\n"):
                break
            if line.startswith(_COMMIT):
                mark = _value(line, path)
                found = Recovered(
                    found.identity, mark["entries"], mark["sizes"], at, mark["complete"], ended=False
                )
            elif line.startswith(_END):
                found = Recovered(found.identity, found.entries, found.sizes, at, complete=True, ended=True)
        return found


def lines(path: str, end: int | None = None) -> Iterator[dict[str, Any]]:
    """Every input's line, up to byte `end`. Raises `ManifestError` for damage."""
    with open(path, "rb") as file:
        at = 0
        for line in file:
            at += len(line)
            if end is not None and at > end:
                return
            if line.startswith((_COMMIT, _END, _RUN)):
                continue
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError as error:
                if end is None and not line.endswith(b"\n"):
                    return
                raise ManifestError(f"{path}: byte {at - len(line)}: {error}") from error


def _value(line: bytes, path: str) -> dict[str, Any]:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ManifestError(f"{path}: {error}") from error
    result: dict[str, Any] = next(iter(value.values()))
    return result
