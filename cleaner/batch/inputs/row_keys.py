"""The names of a row's values: folded, dotted, and as a person wants to see them listed.

Enters: a decoded JSON object. Leaves: its values by name. Look first at `RowKeys`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.row_aliases import ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_KEYS = 30
_FLAT_CAMEL = re.compile(r"[\W_]+")
# Names under which services' answers, search engines' hits and JSON-LD graphs hold the article itself.
WRAPPERS = ("article", "data", "_source", "@graph", "item", "result", "document", "doc", "record", "post")


class RowKeys:
    """A row's values by their folded names; what lies inside a struct by its dotted name."""

    def __init__(self, row: Mapping[Any, Any]) -> None:
        self.row = row
        self._levels: dict[int, dict[str, Any]] = {}

    def get(self, names: Sequence[str]) -> tuple[str, Any] | None:
        """The first of the names that holds something, with its value."""
        for name in names:
            value = self.value(name)
            if value not in (None, "", [], {}):
                return name, value
        return None

    def value(self, name: str) -> Any:  # noqa: ANN401 - JSON values
        folded = self._folded(self.row)
        if (value := folded.get(fold_key(name))) is not None:
            return value
        inner: Any = self.row
        for part in name.split("."):
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                inner = inner[0]
            inner = _unpacked(inner)
            if not isinstance(inner, dict):
                return None
            inner = self._folded(inner).get(fold_key(part))
        return inner

    def _folded(self, level: Mapping[Any, Any]) -> dict[str, Any]:
        known = self._levels.get(id(level))
        if known is None:
            known = {}
            for key, value in level.items():
                if value is not None:
                    known.setdefault(fold_key(str(key)), value)
            self._levels[id(level)] = known
        return known


def fold_key(name: str) -> str:
    """`datePublished`, `date_published`, `Date Published` and `date-published` are one name."""
    return _FLAT_CAMEL.sub("", name).casefold()


def _unpacked(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """A struct that was written as JSON text, as columns of CSV and some Parquet files are."""
    if isinstance(value, str) and value[:1] == "{" and len(value) < 100_000:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def row_value(row: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - JSON values
    """The value of that very name, else of one that folds to it, dotted for what lies inside."""
    found = row.get(name)
    return found if found is not None else RowKeys(row).value(name)


def has_content(names: Sequence[str], wanted: str | None) -> bool:
    """Whether a table with these columns can hold pages: the one named, or one known by its name."""
    folded = {fold_key(name) for name in names}
    if wanted is not None:
        return wanted in names or fold_key(wanted) in folded or fold_key(wanted.partition(".")[0]) in folded
    known = {fold_key(part) for name in ALIASES["content"] for part in (name, name.partition(".")[0])}
    return bool(folded & (known | {fold_key(name) for name in WRAPPERS}))


def listed_keys(names: Sequence[str]) -> str:
    """For a message: the first thirty."""
    return ", ".join(names[:_MOST_KEYS]) + (", …" if len(names) > _MOST_KEYS else "")


def complaint(row: Mapping[Any, Any], wanted: str | None) -> str:
    """What a row without a text lacks, and what it has."""
    listed = listed_keys([*_seen(row)])
    if wanted is not None:
        return f"the row has no text under {wanted!r}; its fields are: {listed or 'none'}"
    return (
        f"the row has no field that is known to hold the text; its fields are: {listed or 'none'}. "
        "Name the right one with --content-field NAME"
    )


def _seen(row: Mapping[Any, Any]) -> Iterator[str]:
    for key, value in row.items():
        yield str(key)[:60]
        if isinstance(value, dict):
            yield from (f"{str(key)[:60]}.{str(inner)[:60]}" for inner in list(value)[:_MOST_KEYS])
