"""What the commands share: their options, how they speak, and their exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.pipeline import Cleaner

OK, FAILED, USAGE = 0, 1, 2
HELP = {"help_option_names": ["-h", "--help"]}
Decorated = TypeVar("Decorated", bound="Callable[..., Any]")


def complain(message: str) -> None:
    """Words go to stderr, under the program's name."""
    click.echo(f"clean: {message}", err=True)


def input_options(command: Decorated) -> Decorated:
    """The options that say what the input is and which rules it is judged by."""
    options = (
        click.option("--url", metavar="URL", help="Address of the page; only with a single input."),
        click.option(
            "--kind", type=click.Choice(["html", "text"]), help="What the input is; told by itself."
        ),
        rules_option,
        click.option(
            "--favor",
            type=click.Choice(["precision", "balanced", "recall"]),
            default="balanced",
            show_default=True,
            help="Which side to err on: take out more, or keep more.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def rules_option(command: Decorated) -> Decorated:
    return click.option(
        "--rules",
        metavar="DIR",
        multiple=True,
        help="Folder of rule files of your own, over the bundled ones; repeatable. Also $CLEANER_RULES.",
    )(command)


def load_cleaner(rules: tuple[str, ...], favor: str = "balanced") -> Cleaner:
    """Raises `UsageError` for a folder that is not there, `RulesError` for a bad rule file."""
    from cleaner.pipeline import Cleaner  # noqa: PLC0415 - `clean --help` needs none of the package

    for folder in rules:
        if not Path(folder).exists():
            raise click.UsageError(f"--rules {folder}: no such folder")
    return Cleaner(rules, favor=favor)  # type: ignore[arg-type]


def read_page(path: str) -> bytes:
    """The bytes of one page, `-` being standard input. Raises `ClickException` naming what cannot be read."""
    from cleaner.batch.inputs.documents import Unreadable  # noqa: PLC0415
    from cleaner.batch.inputs.readers import inflated  # noqa: PLC0415
    from cleaner.batch.inputs.readers import read_page as read_file  # noqa: PLC0415
    from cleaner.read.limits import MAX_BYTES  # noqa: PLC0415

    try:
        return inflated(sys.stdin.buffer.read(MAX_BYTES + 1)) if path == "-" else read_file(path)
    except Unreadable as error:
        raise click.ClickException(f"{path}: {error.detail or error.reason}") from error
