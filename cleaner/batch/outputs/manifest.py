"""The journal of a run: a line for every input, and marks up to which everything is safely on disk.

Enters: results, in order. Leaves: `NAME.manifest.jsonl`, of which `{"commit": …}` lines say how long the
outputs were when all lines above them were done. After any death, what stands below the last mark is
forgotten on both sides and made again, so nothing is lost and nothing is there twice. Look first at
`recover`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from cleaner.batch.outputs.journal_lines import MAX_LINE, sealed, sound
from cleaner.records.native import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WROTE = "wrote"  # in the first line: the files of the run
MANIFEST_SUFFIX = ".manifest.jsonl"
_COMMIT = b'{"commit":'
_END = b'{"end":'
_RUN = b'{"run":'
_INPUT = b'{"input":'
BUFFER = 2**20  # bytes to a write: records are large, and each write costs a call into the system


class ManifestError(ValueError):
    """A manifest does not fit: another run's, damaged, or of inputs that have changed. The message says
    what to do.
    """


@dataclass(frozen=True, slots=True)
class Recovered:
    """Where a run stood: `entries` lines are done; `sizes` of the outputs then, by name; `end` of the
    journal and `crc` of its lines up to there; the marks of the containers among the `inputs`, by source.
    """

    identity: Mapping[str, Any]
    entries: int
    sizes: Mapping[str, int]
    end: int
    crc: int
    complete: bool
    ended: bool
    inputs: Mapping[str, Sequence[int | str]] = field(default_factory=dict)


class Manifest:
    """The journal being written. Raises `OSError` where the disk does."""

    def __init__(
        self, path: str, fd: int, identity: Mapping[str, Any], found: Recovered | None = None
    ) -> None:
        """Begin anew with the run's `identity`, or go on from what was `found`. `fd` is the file, locked."""
        self.path = path
        self._file: BinaryIO = open(fd, "r+b", BUFFER)
        self._crc = found.crc if found else 0
        self._file.truncate(found.end if found else 0)
        self._file.seek(found.end if found else 0)
        if found is None:
            self._put(_RUN + dumps(dict(identity)) + b"}")

    def _put(self, line: bytes) -> None:
        line, self._crc = sealed(line, self._crc)
        self._file.write(line)

    def write(self, number: int, facts: bytes) -> None:
        """One input's line; `facts` is a JSON object."""
        self._put(b'{"n":%d,' % number + facts[1:])

    def input(self, source: str, mark: Sequence[int | str]) -> None:
        """A container is about to be read."""
        self._put(_INPUT + dumps({"source": source, "mark": list(mark)}) + b"}")

    def commit(self, entries: int, sizes: Mapping[str, int], *, complete: bool = False) -> None:
        """All up to here is on disk, in outputs of these sizes; the outputs were synced before this is
        called.
        """
        mark = {"entries": entries, "sizes": dict(sizes), "complete": complete}
        self._put(_COMMIT + orjson.dumps(mark) + b"}")
        self.sync()

    def end(self, counts: Mapping[str, int]) -> None:
        self._put(_END + orjson.dumps(dict(counts)) + b"}")
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
    return output.rstrip("/") + MANIFEST_SUFFIX


def written_by(path: str) -> list[str]:
    """What the run of a manifest wrote: the manifest itself, its output, and by its first line the rest. Of
    what is no manifest, nothing.
    """
    output = path.removesuffix(MANIFEST_SUFFIX)
    with suppress(OSError, ManifestError), open(path, "rb") as file:
        head = file.readline(MAX_LINE)
        if head.startswith(_RUN):
            told = _value(head, path).get(WROTE)
            wrote = [name for name in told if isinstance(name, str)] if isinstance(told, list) else []
            return [path, output, f"{output}.part", f"{output}.spool", f"{output}.spool.part", *wrote]
    return []


def recover(path: str) -> Recovered | None:
    """Where the run of this manifest stood; None if there is none, or it died before its first line was
    whole.

    Raises `ManifestError` for a file that is no manifest, and for a damaged one. What stands below the last
    mark may be anything: a death leaves half a line there.
    """
    try:
        file = open(path, "rb")
    except FileNotFoundError:
        return None
    with file:
        head = file.readline(MAX_LINE)
        if not _is_head(head):
            raise _foreign(path)
        if not head.endswith(b"\n"):
            return None
        file.seek(0)
        return _recovered(path, file)


def check_manifest(path: str) -> None:
    """Raises `ManifestError` for a file of that name that no run wrote: it is not written over."""
    with suppress(FileNotFoundError), open(path, "rb") as file:
        if not _is_head(file.readline(MAX_LINE)):
            raise _foreign(path)


def _is_head(head: bytes) -> bool:
    """Whether this is a first line, or what a death left of one."""
    return head.startswith(_RUN) or (b"\n" not in head and _RUN.startswith(head[: len(_RUN)]))


def _foreign(path: str) -> ManifestError:
    return ManifestError(f"{path} is not the manifest of a run; move it away or name another output")


def _recovered(path: str, file: BinaryIO) -> Recovered:
    found: Recovered | None = None
    inputs: dict[str, Sequence[int | str]] = {}
    torn = 0
    for line, crc, at, holds in sound(file):
        if not holds:
            torn = torn or at - len(line) + 1
            if found is None or (line.startswith((_COMMIT, _END)) and line.endswith(b"\n")):
                raise _damage(path, torn - 1)
        elif found is None:
            found = Recovered(_value(line, path), 0, {}, at, crc, complete=False, ended=False)
        elif line.startswith(_INPUT):
            told = _value(line, path)
            inputs[told["source"]] = told["mark"]
        elif line.startswith(_COMMIT):
            mark = _value(line, path)
            found = Recovered(
                found.identity, mark["entries"], mark["sizes"], at, crc, mark["complete"], ended=False,
                inputs=dict(inputs),
            )  # fmt: skip
        elif line.startswith(_END):
            found = replace(found, end=at, crc=crc, complete=True, ended=True)
    if found is None:
        raise _damage(path, 0)
    return found


def _damage(path: str, at: int) -> ManifestError:
    return ManifestError(
        f"{path} is damaged at byte {at:,}, or was written by another version: "
        "begin anew with --overwrite, or put the file back as it was"
    )


def begun_at(path: str) -> str | None:
    """The moment that the run of this manifest takes for now; None if there is no such run."""
    with suppress(OSError, ManifestError, AttributeError, KeyError, TypeError), open(path, "rb") as file:
        head = file.readline(MAX_LINE)
        now = _value(head, path)["settings"].get("now") if head.startswith(_RUN) else None
        return now if isinstance(now, str) else None
    return None


def lines(path: str, end: int | None = None) -> Iterator[dict[str, Any]]:
    """Every input's line, up to byte `end`. Raises `ManifestError` for damage; without `end`, a last line
    that a death cut is left out.
    """
    with open(path, "rb") as file:
        for line, _, at, holds in sound(file):
            if end is not None and at > end:
                return
            if not holds:
                if end is None and not line.endswith(b"\n") and len(line) < MAX_LINE:
                    return
                raise _damage(path, at - len(line))
            if not line.startswith((_COMMIT, _END, _RUN, _INPUT)):
                yield _mapping(line, path)


def _mapping(line: bytes, path: str) -> dict[str, Any]:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ManifestError(f"{path}: {error}") from error
    if not isinstance(value, dict):
        raise ManifestError(f"{path}: a line is no object")
    return value


def _value(line: bytes, path: str) -> dict[str, Any]:
    result: dict[str, Any] = next(iter(_mapping(line, path).values()))
    return result
