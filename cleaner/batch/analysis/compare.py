"""Two runs side by side: which records changed, in which field, by which rule.

Enters: the records of two runs, as mappings. Leaves: `Change`s, in the order of the new run. Look first
at `diff`. Records are paired by source (by id where there is none), and held only until their pair comes:
two runs over the same inputs need no memory, however long they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

import orjson

from cleaner.batch.outputs.writers import read_lines
from cleaner.model import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Record = dict[str, Any]
_UNCOMPARED = frozenset(field.name for field in RECORD if not field.compared)


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is not as it was.

    `fields` maps each changed field to its old and new value. `taken` are the texts that are removed now
    and were not, each with the rule that does it; `given` those that were removed and are not now, with
    the rule that did; `renamed` those that another rule removes now: text, old rule, new rule.
    """

    source: str
    kind: Literal["changed", "added", "gone"]
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    taken: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()

    @property
    def rules(self) -> list[str]:
        """Every rule that has to do with it, once."""
        named = [rule for rule, _ in (*self.taken, *self.given)]
        return sorted({*named, *(rule for _, old, new in self.renamed for rule in (old, new))})


def records(path: str) -> Iterator[Record]:
    """The records of a .jsonl(.gz, .zst) file. Raises `OSError`, `Unreadable`, `ValueError` for what is
    no record.
    """
    for number, line in enumerate(read_lines(path), 1):
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise ValueError(f"{path}: record {number}: {error}") from error
        if not isinstance(value, dict) or "id" not in value:
            raise ValueError(f"{path}: record {number} is no record: it has no id")
        yield value


def diff(old: Iterable[Record], new: Iterable[Record]) -> Iterator[Change]:
    """What changed from `old` to `new`; nothing for records that say the same, whatever version made them."""
    left, right = _keyed(old), _keyed(new)
    waiting_old: dict[tuple[str, int], Record] = {}
    waiting_new: dict[tuple[str, int], Record] = {}
    done = object()
    while True:
        one, other = next(left, done), next(right, done)
        if one is done and other is done:
            break
        if isinstance(one, tuple):
            waiting_old[one[0]] = one[1]
        if isinstance(other, tuple):
            waiting_new[other[0]] = other[1]
        for pair in (other, one):
            key = pair[0] if isinstance(pair, tuple) else None
            if key in waiting_old and key in waiting_new:
                change = compare(waiting_old.pop(key), waiting_new.pop(key))
                if change:
                    yield change
    for record in waiting_old.values():
        yield Change(_name(record), "gone")
    for record in waiting_new.values():
        yield Change(_name(record), "added")


def _keyed(records: Iterable[Record]) -> Iterator[tuple[tuple[str, int], Record]]:
    """With a number behind the name: several records may have one source."""
    seen: Counter[str] = Counter()
    for record in records:
        name = _name(record)
        yield (name, seen[name]), record
        seen[name] += 1


def _name(record: Record) -> str:
    return str(record.get("source") or record["id"])


def compare(old: Record, new: Record) -> Change | None:
    """What is different about one record, or None."""
    names = [name for name in {**old, **new} if name not in _UNCOMPARED]
    fields = {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}
    taken, given, renamed = _ledgers(old.get("removed") or [], new.get("removed") or [])
    if not (fields or taken or given or renamed):
        return None
    return Change(_name(new), "changed", fields, tuple(taken), tuple(given), tuple(renamed))


def _ledgers(
    old: Iterable[Record], new: Iterable[Record]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str, str]]]:
    was: dict[str, list[str]] = {}
    for entry in old:
        was.setdefault(entry["text"], []).append(entry["rule"])
    taken: list[tuple[str, str]] = []
    renamed: list[tuple[str, str, str]] = []
    for entry in new:
        text, rule = entry["text"], entry["rule"]
        rules = was.get(text)
        if not rules:
            taken.append((rule, text))
            continue
        before = rule if rule in rules else rules[0]
        rules.remove(before)
        if before != rule:
            renamed.append((text, before, rule))
    given = [(rule, text) for text, rules in was.items() for rule in rules]
    return taken, given, renamed


def lines_changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Paragraphs of a body that went (`-`) and came (`+`), in order."""
    before, after = old.split("\n\n"), new.split("\n\n")
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", x) for x in before[i:j])
            yield from (("+", x) for x in after[k:m])
