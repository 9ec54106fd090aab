"""The command line: parses, calls and prints.

Enters: arguments. Leaves: an exit code. `clean PATH...` is the default command; the others stand in
`COMMANDS`, one module each, imported only when they are called. Look first at `clean.py`.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import COMMANDS, FAILED, INTERRUPTED, OK, USAGE, complain, say
from cleaner.model import RulesError

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDED = 143  # the same for SIGTERM
READER_GONE = 141  # what a shell reports for a program that SIGPIPE ended


def command_of(argv: Sequence[str]) -> tuple[click.Command, str, list[str]]:
    """The command that the arguments name, what to call it in messages, and its own arguments."""
    if argv and argv[0] in COMMANDS:
        module, attribute, _ = COMMANDS[argv[0]]
        return getattr(import_module(module), attribute), f"clean {argv[0]}", list(argv[1:])
    return import_module("cleaner.cli.clean").run, "clean", list(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 all fine, 1 some inputs failed, 2 wrong usage or bad rules, 130 interrupted."""
    if argv is None:
        signal.signal(signal.SIGTERM, _ended)  # so that temporary folders are taken away
    try:
        command, name, args = command_of(sys.argv[1:] if argv is None else argv)
        with command.make_context(name, args) as context:
            code = command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except OSError as error:
        return _reader_gone() if isinstance(error, BrokenPipeError) else _cannot_write(error)
    except ValueError as error:
        return _bad_rules(error)
    return code if isinstance(code, int) else OK


def _show(error: click.ClickException) -> None:
    """As click shows it, with what may come from a file's name or a page made printable."""
    words = StringIO()
    error.show(file=words)
    say(words.getvalue().rstrip("\n"), err=True)


def _bad_rules(error: ValueError) -> int:
    if not isinstance(error, RulesError):
        raise error
    complain(str(error))
    return USAGE


def _cannot_write(error: OSError) -> int:
    """A full disk behind standard output, say: the words, and no trace of Python, now or at the end."""
    complain(f"stopped: {(error.strerror or str(error)).lower()}")
    _silence()
    return FAILED


def _ended(*_: object) -> None:
    raise SystemExit(ENDED)


def _reader_gone() -> int:
    """`clean … | head` is no error: be quiet, also when Python closes its standard output at the end."""
    _silence()
    return READER_GONE


def _silence() -> None:
    """What is still in Python's buffer of standard output goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
