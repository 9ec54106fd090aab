"""Records to a CSV table.

Enters: native records as JSON values. Leaves: one file, a header row of the record's fields, a row a record.
Look first at `write_csv`. Lists of texts are joined with `; `; what is nested (blocks, the ledger) is JSON.
"""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any

from cleaner.model import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable

# Candidates are for people who look at one page.
COLUMNS = (*(field.name for field in RECORD if field.form != "candidates"), "duplicate_of")


def write_csv(records: Iterable[dict[str, Any]], path: str) -> None:
    """Records to one file, UTF-8; whole on disk when this returns."""
    with open(path, "w", encoding="utf-8", errors="replace", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        for record in records:
            table.writerow([cell(record.get(name)) for name in COLUMNS])
        out.flush()
        os.fsync(out.fileno())


def cell(value: object) -> str:
    """One value of a record as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
