"""`clean PATH...`: pages in, records out. What is asked for, and whether it goes together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.batch.inputs.formats import FORMATS, PACKINGS
from cleaner.cli.common import COMMANDS, HELP
from cleaner.cli.options import built, options_of
from cleaner.records.file_shapes import SHAPES
from cleaner.version import VERSION

if TYPE_CHECKING:
    from cleaner.batch.settings import Options


OUTPUTS = (
    ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst", ".parquet", ".csv"
)  # fmt: skip


class Default(click.Command):
    """The default command, whose help also names the others, and what it reads."""

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Inputs"):
            formatter.write_dl([(" ".join(x.suffixes), x.help) for x in FORMATS])
        packed = " ".join(suffix for form in FORMATS if not form.packed for suffix in form.suffixes)
        formatter.write_paragraph()
        formatter.write_text(f"Also packed, as {' or '.join(PACKINGS)}, but for {packed}.")
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])
        formatter.write_paragraph()
        formatter.write_text("A folder named like a command is given as ./rules or ./fixtures.")
        formatter.write_text(
            "Exit codes: 0 all fine, 1 some inputs failed, 2 wrong usage or bad rules, 130 interrupted."
        )


@click.command(cls=Default, context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options_of()
@click.option("--dry-run", is_flag=True, help="Name the inputs, one a line, and clean nothing.")
@click.option("--report", metavar="FILE", help="Write a page about the run: counts, rules, failures.")
@click.version_option(VERSION, prog_name="clean")
def run(*, dry_run: bool, report: str | None, **given: Any) -> int:  # noqa: ANN401 - click's, see `built`
    """Clean news pages: one JSON record a line, on standard output.

    PATH is a page or another file of the kinds below, a folder of them (with all its folders), a pattern in
    quotes, or - for standard input.
    """
    options = built(given)
    _check(options)
    if report and not Path(report).absolute().parent.is_dir():
        raise click.UsageError(f"--report {report}: no such folder")
    from cleaner.cli.running import clean_all, name_inputs  # noqa: PLC0415 - start-up: --help needs no engine

    return name_inputs(options) if dry_run else clean_all(options, report)


def _check(options: Options) -> None:
    """Raises `UsageError` for what does not go together."""
    settings, paths = options.settings, options.paths
    if settings.candidates and settings.schema != "native":
        schema = settings.schema
        raise click.UsageError(f"--candidates goes with the native schema; {schema} has no place for them")
    if settings.url is not None and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise click.UsageError("--url is the address of one page; more than one is given")
    if options.resume and (options.output is None or options.overwrite):
        raise click.UsageError(
            "--resume goes on with the run of an -o OUT, and not together with --overwrite"
        )
    if SHAPES[settings.shape].many:
        _check_file(options)
    else:
        _check_folder(options)


def _check_folder(options: Options) -> None:
    output, shape = options.output, options.settings.shape
    if output is None:
        one = options.paths[0] if len(options.paths) == 1 and not options.keep_dirs else ""
        if one == "-" or (one and Path(one).is_file()):
            return  # one page, printed
        raise click.UsageError(f"--format {shape} is a folder of files: name it with -o")
    if Path(output).exists() and not Path(output).is_dir():
        raise click.UsageError(f"-o {output}: is a file; --format {shape} needs a folder")


def _check_file(options: Options) -> None:
    output = options.output
    if options.keep_dirs:
        folders = ", ".join(name for name, shape in SHAPES.items() if not shape.many)
        raise click.UsageError(f"--keep-dirs goes with --format {folders}")
    if output is None:
        return
    path = Path(output)
    if path.is_dir():
        raise click.UsageError(f"-o {output}: is a folder; name a file, such as {path / 'records.jsonl'}")
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"-o {output}: cannot be written: no such file or directory")
    if not output.lower().endswith(OUTPUTS) and not (path.exists() and not path.is_file()):
        raise click.UsageError(f"-o {output}: its suffix is none of {' '.join(OUTPUTS)}")
    if output.lower().endswith((".parquet", ".csv")) and options.settings.schema != "native":
        raise click.UsageError("Parquet and CSV have the native schema's columns; --schema goes with .jsonl")
