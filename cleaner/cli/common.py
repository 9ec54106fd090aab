"""What the commands share: their names, how they speak, and their exit codes."""

from __future__ import annotations

import click

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
