"""The default command's work: from options to a run, and from its end to words and an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from cleaner.batch.inputs.documents import SKIPPED, Problem
from cleaner.batch.inputs.paths import SUFFIXES
from cleaner.batch.inputs.readers import Fields, MissingExtra
from cleaner.batch.outputs.manifest import ManifestError
from cleaner.batch.run import Options, entries, run
from cleaner.batch.worker import Settings
from cleaner.cli.clean import STATUSES
from cleaner.cli.common import FAILED, OK, complain
from cleaner.cli.progress import closing, watching

if TYPE_CHECKING:
    from cleaner.batch.analysis.summary import Summary
    from cleaner.batch.worker import Shape

INTERRUPTED = 130


def batch(*, dry_run: bool, report: str | None, **given: Any) -> int:  # noqa: ANN401 - click's values
    """Run what the options say; the exit code. Raises `UsageError`, `RulesError`."""
    options = _options(**given)
    if dry_run:
        return _dry(options)
    if report and not Path(report).absolute().parent.is_dir():
        raise click.UsageError(f"--report {report}: no such folder")
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


def _options(**given: Any) -> Options:  # noqa: ANN401
    """Raises `UsageError` for what does not go together."""
    output, shape = given["output"], cast("Shape", given["shape"] or "jsonl")
    if given["candidates"] and given["schema"] != "native":
        schema = given["schema"]
        raise click.UsageError(f"--candidates goes with the native schema; {schema} has no place for them")
    if given["url"] is not None and (len(given["paths"]) > 1 or Path(given["paths"][0]).is_dir()):
        raise click.UsageError("--url is the address of one page; more than one is given")
    if given["resume"] and (output is None or given["overwrite"]):
        raise click.UsageError(
            "--resume goes on with the run of an -o OUT, and not together with --overwrite"
        )
    _check_output(output, shape, given)
    ledger = given["ledger"]
    settings = Settings(
        rules=_folders(given["rules"]), favor=given["favor"], kind=given["kind"], url=given["url"],
        schema=given["schema"], shape=shape, candidates=given["candidates"],
        ledger=ledger if ledger in ("record", "off") else "file",
        statuses=_list(given["status"], "--status", STATUSES),
        languages=_list(given["language"], "--language"), min_words=given["min_words"],
        dedup=given["dedup"],
        fields=Fields(given["content_field"], given["url_field"], given["id_field"]),
    )  # fmt: skip
    return Options(
        paths=given["paths"], output=output, settings=settings, include=given["include"],
        exclude=given["exclude"], keep_dirs=given["keep_dirs"], limit=given["limit"], sample=given["sample"],
        ledger=None if ledger in ("record", "off") else ledger, workers=given["workers"] or 0,
        timeout=given["timeout"], memory=given["memory"] * 2**20, resume=given["resume"],
        overwrite=given["overwrite"],
    )  # fmt: skip


def _check_output(output: str | None, shape: str, given: dict[str, Any]) -> None:
    if shape != "jsonl":
        if output is None:
            raise click.UsageError(f"--format {shape} is a folder of files: name it with -o")
        if Path(output).exists() and not Path(output).is_dir():
            raise click.UsageError(f"-o {output}: is a file; --format {shape} needs a folder")
        return
    if given["keep_dirs"]:
        raise click.UsageError("--keep-dirs goes with --format json, txt or md")
    if output is None:
        return
    path = Path(output)
    if path.is_dir():
        raise click.UsageError(f"-o {output}: is a folder; name a file, such as {path / 'records.jsonl'}")
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"-o {output}: cannot be written: no such file or directory")
    if output.lower().endswith(".parquet") and given["schema"] != "native":
        raise click.UsageError("Parquet output has the native schema's columns; --schema goes with .jsonl")


def _folders(rules: tuple[str, ...]) -> tuple[str, ...]:
    for folder in rules:
        if not Path(folder).exists():
            raise click.UsageError(f"--rules {folder}: no such folder")
    return tuple(str(Path(folder).absolute()) for folder in rules)


def _list(value: str | None, option: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    unknown = [name for name in names if allowed and name not in allowed]
    if unknown:
        raise click.UsageError(f"{option} {unknown[0]}: not one of {', '.join(allowed)}")
    return names


def _dry(options: Options) -> int:
    """Each input on its own line; what would be skipped or fail, on stderr. A plain page is not opened."""
    count = failed = 0
    for entry in entries(options):
        if isinstance(entry, Problem):
            complain(f"{entry.source}: {entry.status}, {entry.detail or entry.reason}")
            failed += entry.status != SKIPPED
            continue
        count += 1
        sys.stdout.buffer.write(os.fsencode(entry.source).replace(b"\n", b"\\n") + b"\n")
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
        complain(f"{', '.join(options.paths)}: no {' '.join(SUFFIXES)} files there")
        return FAILED
    return FAILED if summary.statuses["failed"] else OK
