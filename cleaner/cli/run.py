"""`clean PATH...`: pages in, one JSON record a line out."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cleaner.cli.common import FAILED, HELP, OK, complain, input_options, load_cleaner
from cleaner.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SCHEMAS = ("native", "datatrove", "dolma", "schemaorg", "trafilatura")


class Default(click.Command):
    """The default command, whose help also names the others."""

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        from cleaner.cli import COMMANDS  # noqa: PLC0415 - that module imports this one

        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])
        formatter.write_paragraph()
        formatter.write_text("A folder named like a command is given as ./rules or ./fixtures.")
        formatter.write_text(
            "Exit codes: 0 all fine, 1 some inputs failed, 2 wrong usage or bad rules, 130 interrupted."
        )


@click.command(cls=Default, context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", metavar="OUT", help="Write to this .jsonl file instead of standard output.")
@input_options
@click.option(
    "--schema", type=click.Choice(SCHEMAS), default="native", show_default=True, help="Shape of the records."
)
@click.option("--candidates", is_flag=True, help="Add the values that lost to each record.")
@click.version_option(VERSION, prog_name="clean")
def run(
    *,
    paths: tuple[str, ...],
    output: str | None,
    url: str | None,
    kind: Any,  # noqa: ANN401 - one of the choices
    rules: tuple[str, ...],
    favor: str,
    schema: str,
    candidates: bool,
) -> int:
    """Clean news pages: one JSON record a line, on standard output.

    PATH is an HTML page, a text that some other tool extracted from one, a folder of either (with all its
    folders), or - for standard input.
    """
    from cleaner.corpus.simple import cleaned, find  # noqa: PLC0415 - not needed for --help

    if candidates and schema != "native":
        raise click.UsageError(f"--candidates goes with the native schema; {schema} has no place for them")
    inputs = find(paths)
    if url is not None and len(inputs) > 1:
        raise click.UsageError(f"--url is the address of one page; {len(inputs)} are given")
    lines = _line_maker(schema, candidates=candidates)
    cleaner = load_cleaner(rules, favor)
    counts: Counter[str] = Counter()
    with _opened(output) as out:
        for each, article in _watched(cleaned(inputs, cleaner, url=url, kind=kind), len(inputs), output):
            if article is None:
                complain(f"{each.name}: {each.reason}")
                counts["failed"] += 1
                continue
            if article.status == "rejected":
                complain(f"{each.name}: rejected, {article.reason}")
            counts[article.status] += 1
            out.write(lines(article))
            out.flush()
    if len(inputs) > 1 and sys.stderr.isatty():
        complain(_summary(counts))
    return FAILED if counts["failed"] else OK


def _line_maker(schema: str, *, candidates: bool) -> Callable[[Any], bytes]:
    from cleaner.record import as_dict, dumps  # noqa: PLC0415
    from cleaner.schemas import VIEWS  # noqa: PLC0415

    if schema == "native":
        return lambda article: dumps(as_dict(article, candidates=candidates)) + b"\n"
    view = VIEWS[schema]
    return lambda article: dumps(view(article)) + b"\n"


@contextmanager
def _opened(output: str | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        return
    path = Path(output)
    if path.is_dir():
        raise click.UsageError(f"-o {output}: is a folder; name a file, such as {path / 'records.jsonl'}")
    special = path.exists() and not path.is_file()
    target = path if special else path.with_name(path.name + ".part")
    try:
        file = target.open("wb")
    except OSError as error:
        raise click.UsageError(f"-o {output}: cannot be written: {(error.strerror or '').lower()}") from error
    try:
        with file:
            yield file
        if not special:
            os.replace(target, path)  # noqa: PTH105
    finally:
        if not special:
            target.unlink(missing_ok=True)


def _watched(pairs: Iterable[Any], total: int, output: str | None) -> Iterator[Any]:
    """The same pairs, with a bar on stderr where a person sees it and records do not run through it."""
    if total < 2 or not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        yield from pairs
        return
    from rich.console import Console  # noqa: PLC0415 - 32 ms, only with a terminal
    from rich.progress import track  # noqa: PLC0415

    yield from track(pairs, total=total, description="Cleaning", console=Console(stderr=True), transient=True)


def _summary(counts: Counter[str]) -> str:
    order: Sequence[str] = ("article", "not-article", "empty", "rejected", "failed")
    parts = [f"{counts[status]} {status}" for status in order if counts[status]]
    return f"{sum(counts.values())} inputs: {', '.join(parts)}"
