"""The default command's work: from options to a run, and from its end to words and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from cleaner.batch.inputs.documents import SKIPPED, Problem
from cleaner.batch.inputs.formats import suffixes
from cleaner.batch.inputs.listing import entries
from cleaner.batch.inputs.streams import MissingExtra
from cleaner.batch.outputs.manifest import ManifestError
from cleaner.batch.run import run
from cleaner.cli.common import FAILED, INTERRUPTED, OK, complain, printable
from cleaner.cli.progress import closing, watching

if TYPE_CHECKING:
    from cleaner.batch.analysis.summary import Summary
    from cleaner.batch.settings import Options


def clean_all(options: Options, report: str | None) -> int:
    """Run what the options say; the exit code. Raises `UsageError`, `RulesError`."""
    try:
        with watching(options) as watch:
            summary = run(options, watch, report=report)
    except (ManifestError, MissingExtra) as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        complain("interrupted" + (_how_to_go_on(options) if options.output else ""))
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        return _stopped(options, error)
    closing(summary, options)
    return _code(summary, options)


def name_inputs(options: Options) -> int:
    """Each input on its own line; what would be skipped or fail, on stderr. A plain page is not opened."""
    count = failed = 0
    for entry in entries(options):
        if isinstance(entry, Problem):
            complain(f"{entry.source}: {entry.status}, {entry.detail or entry.reason}")
            failed += entry.status != SKIPPED
            continue
        count += 1
        name = printable(entry.source) if sys.stdout.isatty() else entry.source
        sys.stdout.buffer.write(os.fsencode(name).replace(b"\n", b"\\n") + b"\n")
    complain(f"{count} inputs, {failed} that cannot be read")
    return FAILED if failed else OK


def _stopped(options: Options, error: OSError) -> int:
    """The disk is full, say: the words and how to go on, and no trace of Python."""
    where = f"{error.filename}: " if error.filename else ""
    complain(f"stopped: {where}{(error.strerror or str(error)).lower()}{_how_to_go_on(options)}")
    return FAILED


def _how_to_go_on(options: Options) -> str:
    return "; the same command with --resume goes on from here" if options.output else ""


def _code(summary: Summary, options: Options) -> int:
    if summary.read == 0:
        complain(f"{', '.join(options.paths)}: no {' '.join(suffixes())} files there")
        return FAILED
    return FAILED if summary.statuses["failed"] else OK
