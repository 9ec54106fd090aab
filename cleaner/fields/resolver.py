"""One resolver for all fields: named sources in order, agreement before rank, nothing forgotten.

Enters: a table of `Source`s and the `PageFacts` of a page. Leaves: the winning value, the name of the source
it came from, and every proposal as a `Candidate`, winner's group first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.model import Candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.fields.page_facts import PageFacts


# What a page's container states: the source's name in the tables; in the record it is the container's.
STATED = "row"


class Found(NamedTuple):
    """What a source says: the value in the record's form, the words it was read from, the block if any."""

    value: str
    raw: str
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One place to look.

    `weight` is what the source's word counts for; sources of one `family` repeat each other by construction
    (og:title is copied to twitter:title), so of a family only the heaviest counts. A `late` one is costly to
    ask and is asked only while it, by itself, could change the winner; a `last` one only where no other says
    anything.
    """

    name: str
    find: Callable[[PageFacts], Iterable[Found]]
    weight: float
    family: str = ""
    late: bool = False
    last: bool = False


Gathered = list[tuple[Source, Candidate]]


@dataclass(frozen=True, slots=True)
class Resolution:
    """`candidates[0]`, if there is one, is the winner; `source` is its source."""

    candidates: tuple[Candidate, ...] = ()

    @property
    def value(self) -> str | None:
        return self.candidates[0].value if self.candidates else None

    @property
    def source(self) -> str | None:
        return self.candidates[0].source if self.candidates else None


@dataclass(slots=True, eq=False)
class Group:
    """Candidates that say the same."""

    keys: set[str]
    members: Gathered

    def weight(self) -> float:
        """Of each family the heaviest source counts."""
        heaviest: dict[str, float] = {}
        for source, _ in self.members:
            family = source.family or source.name
            heaviest[family] = max(source.weight, heaviest.get(family, 0.0))
        return sum(heaviest.values())


# How many proposals a field keeps: a hostile page may hold thousands.
_MOST = 60


def gather(
    field: str,
    sources: Iterable[Source],
    evidence: PageFacts,
    settled: Callable[[Gathered, Source], bool] = lambda found, source: False,  # noqa: ARG005
    possible: Callable[[str], str | None] = lambda value: value,
) -> Gathered:
    """Ask the sources in order; a late one only if the field is not `settled` against what it may say.

    What is settled against a source is settled against a lighter one. `possible` gives the value as it can
    be, or None: what cannot be is as good as not said, and keeps no later source from being asked.
    """
    found: Gathered = []
    against = (0, 0.0)
    unavailable = evidence.unavailable
    for source in sources:
        if source.name in unavailable or (source.last and found):
            continue
        if source.late and found:
            if against[0] == len(found) and source.weight <= against[1]:
                continue
            if settled(found, source):
                against = (len(found), source.weight)
                continue
        name = evidence.stated_by if source.name == STATED else source.name
        for said, raw, block in source.find(evidence):
            if len(found) < _MOST and (value := possible(said)) is not None:
                found.append((source, Candidate(field, value, name, raw[:500], block)))
    return found


def grouped(found: Gathered, keys: Callable[[str], Iterable[str]], *, chain: bool = False) -> list[Group]:
    """Those that agree together, the heaviest first; between equals the table's order.

    Two values agree when they share one of their `keys`: a value joins the first group whose first member
    it agrees with, or with `chain` any member.
    """
    groups: list[Group] = []
    for source, candidate in found:
        own = set(keys(candidate.value))
        agreeing = [group for group in groups if group.keys & own]
        if not agreeing:
            groups.append(Group(own, [(source, candidate)]))
            continue
        agreeing[0].members.append((source, candidate))
        if chain:
            agreeing[0].keys |= own
            for other in agreeing[1:]:
                agreeing[0].keys |= other.keys
                agreeing[0].members += other.members
                groups.remove(other)
    if len(groups) > 1:
        groups.sort(key=lambda group: -group.weight())
    return groups


def decide(
    found: Gathered,
    keys: Callable[[str], Iterable[str]],
    best: Callable[[Sequence[Candidate]], Candidate] = lambda group: group[0],
    *,
    chain: bool = False,
) -> Resolution:
    """The group of agreeing sources with the greatest weight wins; `best` picks its spokesman, of those that
    say the very same the first.
    """
    first = found[0][1].value if found else ""
    if all(candidate.value == first for _, candidate in found):
        return Resolution(tuple(candidate for _, candidate in found))
    ordered: list[Candidate] = []
    for group in grouped(found, keys, chain=chain):
        members = [candidate for _, candidate in group.members]
        if not ordered:
            winner = best(members)
            members.remove(winner)
            ordered.append(winner)
        ordered.extend(members)
    return Resolution(tuple(ordered))
