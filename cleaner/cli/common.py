"""What the commands share: their names, how they speak, and their exit codes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from unicodedata import category

import click

from cleaner.records.native import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

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


# What does as it likes with a terminal or the order of letters. Joiners stay: scripts need them.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"


def complain(message: str) -> None:
    """Words go to stderr, under the program's name."""
    say(f"clean: {message}", err=True)


def say(text: object = "", *, err: bool = False, **style: Any) -> None:  # noqa: ANN401 - click's words for colours
    """The one way from the commands to a terminal: pages, files and rules write nothing on it but text."""
    shown = printable(str(text), but="\n\t")
    click.secho(shown, err=err, **style)


def say_json(record: Mapping[str, Any]) -> None:
    """A line of JSON, in which what is not printable is escaped as JSON does it: the same value."""
    text = dumps(record).decode()
    escaped = "".join(c if _shown(c) else json.dumps(c)[1:-1] for c in text)
    sys.stdout.buffer.write(escaped.replace("\x7f", "\\u007f").encode() + b"\n")
    sys.stdout.buffer.flush()


def printable(text: str, but: str = "") -> str:
    """Control characters, bidirectional marks and lone surrogates written out, save those in `but`."""
    return "".join(c if c in but or _shown(c) else c.encode("unicode_escape").decode() for c in text)


def _shown(character: str) -> bool:
    return character.isprintable() or character in _JOINERS or category(character) not in _UNSHOWN
