"""What the commands share: their names, how they read and speak, and their exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.batch.inputs.documents import Unreadable
from cleaner.batch.inputs.streams import inflated
from cleaner.batch.inputs.streams import read_page as read_file
from cleaner.model import MAX_BYTES

if TYPE_CHECKING:
    from cleaner.model import Favor
    from cleaner.pipeline import Cleaner

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
HELP = {"help_option_names": ["-h", "--help"]}

# Name: (module, attribute, help). A folder of one of these names is given as ./NAME.
COMMANDS = {
    "explain": (
        "cleaner.cli.explain",
        "explain",
        "Show what was kept and removed of a page, and by which rule.",
    ),
    "diff": ("cleaner.cli.diff", "diff", "Compare the records of two runs, for people and for CI."),
    "rules": (
        "cleaner.cli.rules_group",
        "rules",
        "List, check, draft and import rule files; say what they find.",
    ),
    "fixtures": ("cleaner.cli.fixtures_group", "fixtures", "Add, check and update regression cases."),
}


def complain(message: str) -> None:
    """Words go to stderr, under the program's name."""
    click.echo(f"clean: {message}", err=True)


def printable(text: str) -> str:
    """Control characters, bidirectional marks and lone surrogates written out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def load_cleaner(rules: tuple[str, ...], favor: Favor = "balanced") -> Cleaner:
    """Raises `UsageError` for a folder that is not there, `RulesError` for a bad rule file."""
    from cleaner.pipeline import Cleaner  # noqa: PLC0415 - start-up: `clean --help` needs no rules

    for folder in rules:
        if not Path(folder).exists():
            raise click.UsageError(f"--rules {folder}: no such folder")
    return Cleaner(rules, favor=favor)


def read_page(path: str) -> bytes:
    """The bytes of one page, `-` being standard input. Raises `ClickException` naming what cannot be read."""
    try:
        return inflated(sys.stdin.buffer.read(MAX_BYTES + 1)) if path == "-" else read_file(path)
    except Unreadable as error:
        raise click.ClickException(f"{path}: {error.detail or error.reason}") from error
