"""`clean PATH...`: pages in, records out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.common import HELP, Decorated, input_options
from cleaner.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = ("native", "datatrove", "dolma", "schemaorg", "trafilatura")
STATUSES = ("article", "not-article", "empty", "rejected")


class Default(click.Command):
    """The default command, whose help also names the others, and lists its options by what they are for."""

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        from cleaner.cli import COMMANDS  # noqa: PLC0415 - that module imports this one

        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])
        formatter.write_paragraph()
        formatter.write_text("A folder named like a command is given as ./rules or ./fixtures.")
        formatter.write_text(
            "Exit codes: 0 all fine, 1 some inputs failed, 2 wrong usage or bad rules, 130 interrupted."
        )


def _options(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    def decorate(command: Decorated) -> Decorated:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_which = _options(
    click.option(
        "--include", multiple=True, metavar="GLOB", help="Only files below a folder that match; repeatable."
    ),
    click.option("--exclude", multiple=True, metavar="GLOB", help="No files that match; repeatable."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after the first N inputs."),
    click.option(
        "--sample",
        type=click.FloatRange(0, 1, min_open=True),
        metavar="SHARE",
        help="Take about this share of the inputs (0.01: one in a hundred), always the same ones.",
    ),
    click.option("--content-field", metavar="NAME", help="JSON field or column that holds the page."),
    click.option("--url-field", metavar="NAME", help="JSON field or column that holds its address."),
    click.option("--id-field", metavar="NAME", help="JSON field or column that names it."),
    click.option("--dry-run", is_flag=True, help="Name the inputs, one a line, and clean nothing."),
)
_what = _options(
    click.option(
        "--format",
        "shape",
        type=click.Choice(["jsonl", "json", "txt", "md"]),
        help="One file of lines (the default), or a folder of a file a record.",
    ),
    click.option(
        "--keep-dirs", is_flag=True, help="In a folder: name files as the inputs are, below the same folders."
    ),
    click.option(
        "--schema",
        type=click.Choice(SCHEMAS),
        default="native",
        show_default=True,
        help="Shape of the records.",
    ),
    click.option("--candidates", is_flag=True, help="Add the values that lost to each record."),
    click.option(
        "--ledger",
        metavar="WHERE",
        default="record",
        show_default=True,
        help="What was removed: in the `record`, in a .jsonl file of that name, or `off`.",
    ),
    click.option("--status", metavar="LIST", help=f"Write only these: {','.join(STATUSES)}."),
    click.option("--language", metavar="LIST", help="Write only these, such as en,de."),
    click.option(
        "--min-words", type=click.IntRange(0), default=0, metavar="N", help="Write only bodies of N words."
    ),
    click.option("--dedup", is_flag=True, help="Mark copies, exact and near, with the id of the first."),
)
_how = _options(
    click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes; all cores by default."),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        default=10.0,
        show_default=True,
        metavar="SECONDS",
        help="CPU time a page may take before its worker is ended.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(200),
        default=1024,
        show_default=True,
        metavar="MB",
        help="What a worker may hold before a page is given up.",
    ),
    click.option("--resume", is_flag=True, help="Go on with a run of the same output that did not end."),
    click.option("--overwrite", is_flag=True, help="Begin anew over a run that did not end."),
    click.option("--report", metavar="FILE", help="Write a page about the run: counts, rules, failures."),
)


@click.command(cls=Default, context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="A .jsonl(.gz, .zst) or .parquet file, or with --format a folder, instead of standard output.",
)
@input_options
@_which
@_what
@_how
@click.version_option(VERSION, prog_name="clean")
def run(**given: Any) -> int:  # noqa: ANN401 - click's values, by the names above
    """Clean news pages: one JSON record a line, on standard output.

    PATH is an HTML page, a text that some other tool extracted from one, a .jsonl, .warc, .wet, .parquet,
    .zip or .tar of them, a folder of any of these (with all its folders), a pattern in quotes, or - for
    standard input.
    """
    from cleaner.cli.batch import batch  # noqa: PLC0415 - not needed for --help

    return batch(**given)
