"""A run's outputs and journal, new or recovered, and what must be the same for a run to be resumed."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from cleaner.batch.outputs.manifest import Manifest, ManifestError, Recovered, manifest_name, recover
from cleaner.batch.outputs.writers import LinesOutput, Output, Stream, open_output
from cleaner.records.native import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack

    from cleaner.batch.settings import Options

_STATELESS = ("limit", "workers", "timeout", "memory", "resume", "overwrite")


def identity(options: Options, version: str | None) -> dict[str, Any]:
    """What must be the same for a run to be resumed; `version` is of the package and the rules."""
    told = asdict(options)
    for name in _STATELESS:
        del told[name]
    return {"version": version, "limit": options.limit, **told}


class State:
    """The outputs and the journal, new or recovered."""

    def __init__(
        self, path: str, manifest: Manifest, outputs: list[Output], recovered: Recovered | None
    ) -> None:
        self.path, self.manifest, self.outputs, self.recovered = path, manifest, outputs, recovered
        self.ended = recovered is not None and recovered.ended
        self.taken = 0

    @classmethod
    def open(cls, options: Options, run: Mapping[str, Any], stack: ExitStack) -> State:
        path = manifest_name(options.output) if options.output else _temporary(stack)
        found = recover(path) if options.output else None
        if found and not options.resume and not options.overwrite and not found.ended:
            raise ManifestError(
                f"{path} is of an unfinished run: --resume goes on with it, --overwrite begins anew"
            )
        if not options.resume:
            found = None
        if found:
            _same_run(found, run, path)
        sizes = found.sizes if found else None
        manifest = Manifest(path, run, resume_at=found.end if found else None)
        stack.callback(manifest.close)
        if found and found.ended:
            return cls(path, manifest, [], found)
        outputs: list[Output] = []
        if options.output:
            shape = options.settings.shape
            outputs.append(open_output(options.output, shape, keep_dirs=options.keep_dirs, sizes=sizes))
        else:
            outputs.append(Stream(sys.stdout.buffer))
        stack.callback(outputs[0].close)
        if options.settings.ledger_file:
            outputs.append(LinesOutput(options.settings.ledger_file, "ledger", sizes))
            stack.callback(outputs[1].close)
        if found is None:
            manifest.commit(0, _sizes(outputs))
        return cls(path, manifest, outputs, found)

    def commit(self, done: int, *, complete: bool = False) -> None:
        self.manifest.commit(done, _sizes(self.outputs), complete=complete)

    def finish(self) -> None:
        for output in self.outputs:
            output.finish()


def _sizes(outputs: list[Output]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for output in outputs:
        sizes |= output.commit()
    return sizes


def _temporary(stack: ExitStack) -> str:
    """A journal nobody resumes: what went to standard output cannot be taken back."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="clean-"))
    return os.path.join(folder, "manifest.jsonl")


def _same_run(found: Recovered, run: Mapping[str, Any], path: str) -> None:
    now = orjson.loads(dumps(run))
    then = dict(found.identity)
    different = sorted(name for name in now if then.get(name) != now[name])
    if different:
        raise ManifestError(
            f"{path} is of a run with other {', '.join(different)}: "
            "give the same again, or --overwrite to begin anew"
        )
