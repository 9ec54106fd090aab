"""What the commands that look at single pages share: the cleaner, and a page's bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.batch.inputs.documents import STDIN, Unreadable
from cleaner.batch.inputs.streams import inflated
from cleaner.batch.inputs.streams import read_page as read_file
from cleaner.model import MAX_BYTES
from cleaner.pipeline import Cleaner

if TYPE_CHECKING:
    from cleaner.model import Favor


def load_cleaner(rules: tuple[str, ...], favor: Favor = "balanced") -> Cleaner:
    """Raises `UsageError` for a folder that is not there, `RulesError` for a bad rule file."""
    for folder in rules:
        if not Path(folder).exists():
            raise click.UsageError(f"--rules {folder}: no such folder")
    return Cleaner(rules, favor=favor)


def read_page(path: str) -> bytes:
    """The bytes of one page, `-` being standard input. Raises `ClickException` naming what cannot be read."""
    try:
        return inflated(sys.stdin.buffer.read(MAX_BYTES + 1)) if path == STDIN else read_file(path)
    except Unreadable as error:
        raise click.ClickException(f"{path}: {error.detail or error.reason}") from error
