"""The tables of keys in `docs/rules.md`, from the schema.

Enters: the page. Leaves: the page with each table between its marks as the schema has it now. `python -m
cleaner.rules.lint.key_reference docs/rules.md` writes it back.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cleaner.rules.format.schema import KEYS, ONLY

_MARKED = re.compile(r"(<!-- keys: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(name: str) -> str:
    """One table of keys in Markdown."""
    only = ONLY.get(name)
    rows = []
    for key, text in KEYS[name].items():
        kind = f" {only.get(key, 'both')} |" if only else ""
        rows.append(f"| `{key}` |{kind} {text.replace('|', chr(92) + '|')} |")
    head = (
        ["| key | in files | what it says |", "|---|---|---|"]
        if only
        else ["| key | what it says |", "|---|---|"]
    )
    return "\n".join([*head, *rows, ""])


def refreshed(page: str) -> str:
    """The page with every marked table made anew. Raises `KeyError` for a mark that names no table."""
    return _MARKED.sub(lambda found: f"{found.group(1)}{table(found.group(2))}{found.group(3)}", page)


def main() -> None:
    page = Path(sys.argv[1])
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
