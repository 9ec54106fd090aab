"""The command line: parses, calls and prints.

Enters: arguments. Leaves: an exit code. `clean PATH...` is the default command; the others stand in
`COMMANDS`, one module each, imported only when they are called. Look first at `clean.py`.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import COMMANDS, INTERRUPTED, OK, USAGE, complain
from cleaner.model import RulesError

if TYPE_CHECKING:
    from collections.abc import Sequence

READER_GONE = 141  # what a shell reports for a program that SIGPIPE ended


def command_of(argv: Sequence[str]) -> tuple[click.Command, str, list[str]]:
    """The command that the arguments name, what to call it in messages, and its own arguments."""
    if argv and argv[0] in COMMANDS:
        module, attribute, _ = COMMANDS[argv[0]]
        return getattr(import_module(module), attribute), f"clean {argv[0]}", list(argv[1:])
    return import_module("cleaner.cli.clean").run, "clean", list(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 all fine, 1 some inputs failed, 2 wrong usage or bad rules, 130 interrupted."""
    try:
        command, name, args = command_of(sys.argv[1:] if argv is None else argv)
        with command.make_context(name, args) as context:
            code = command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except ValueError as error:
        return _bad_rules(error)
    return code if isinstance(code, int) else OK


def _bad_rules(error: ValueError) -> int:
    if not isinstance(error, RulesError):
        raise error
    complain(str(error))
    return USAGE


def _reader_gone() -> int:
    """`clean … | head` is no error: be quiet, also when Python closes its standard output at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE
