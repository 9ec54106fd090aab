"""All rule files as one thing to ask: phrases for every page, and the outlet of each.

Enters: folders of rule files. Leaves: `Rules`. Files are read at once and parsed when an outlet is first met,
so two thousand of them cost no more than reading. The generic files are parsed at once, and so are the user's
while they are few: a mistake in them is told at the start, not at the page that first meets it.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from cleaner.model import Page, RulesError
from cleaner.rules.apply.generic import Phrases
from cleaner.rules.apply.outlet import Latest, Outlet
from cleaner.rules.format.budgets import excess, excess_of_all
from cleaner.rules.format.folders import RuleSource, head, layers, sources
from cleaner.rules.format.merge import layered, resolve
from cleaner.rules.recognise import Hosts, Signs, addresses, stated_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from os import PathLike

    from cleaner.rules.format.schema import RuleFile

# Above this many user files the first page should not wait for all; `clean rules check` reads them all.
EAGER_FILES = 200

T = TypeVar("T")


class Rules:
    """All rule files, compiled as needed; picklable, with the files' bytes as they were."""

    __slots__ = (
        "_files",
        "_heads",
        "_hosts",
        "_latest",
        "_outlets",
        "_signs",
        "_sources",
        "phrases",
        "version",
    )

    def __init__(self, files: Sequence[RuleSource] = ()) -> None:
        self._sources: dict[tuple[str, str], list[RuleSource]] = {}
        for source in files:
            self._sources.setdefault((source.kind, source.name), []).append(source)
        self.version = _version(files)
        self.phrases = Phrases(
            _bounded(
                [
                    layered([x.read() for x in v])
                    for (kind, _), v in self._sources.items()
                    if kind == "generic"
                ]
            )
        )
        self._heads: dict[str, RuleFile] = {}
        for (kind, name), found in self._sources.items():
            if kind == "outlet":
                self._heads[name] = layered([head(x) for x in found])
        self._files: dict[str, RuleFile] = {}
        self._hosts = Hosts(self._heads.values())
        self._signs: Signs | None = None
        self._outlets: dict[str, Outlet] = {}
        self._latest = Latest()
        own = [x for x in files if x.layer and x.kind == "outlet"]
        if len(own) <= EAGER_FILES:
            _report_all(self.outlet, sorted({x.name for x in own}))

    def __reduce__(self) -> tuple[type[Rules], tuple[list[RuleSource]]]:
        return Rules, ([x for found in self._sources.values() for x in found],)

    @classmethod
    def load(cls, folders: Sequence[str | PathLike[str]] = ()) -> Rules:
        """The bundled rules, those of entry points and `$CLEANER_RULES`, and these folders, the last winning.

        Raises `RulesError` for a bad file.
        """
        return cls(sources(layers(folders)))

    @property
    def names(self) -> list[str]:
        """The names of all outlet files, parents that only lend their rules among them."""
        return sorted(self._heads)

    def match(self, page: Page) -> Outlet | None:
        """The outlet the page comes from, by its address, else by what gives it away.

        Raises `RulesError` where the outlet's file turns out to be bad.
        """
        known = addresses(page)
        for url in known:
            if names := self._hosts.names(url):
                return self._layout(names, page)
        if known:
            return None
        if self._signs is None:
            self._signs = Signs(self._heads.values())
        return self._layout(names, page) if (names := self._signs.names(page)) else None

    def outlet(self, name: str) -> Outlet:
        """One outlet by name. Raises `RulesError` for a bad file, `KeyError` for an unknown name."""
        if name not in self._outlets:
            file = resolve(name, self._own)
            if found := excess(file):
                raise RulesError(f"{file.path}:{file.lines.get('extends', found[0])}: {found[1]}")
            self._outlets[name] = Outlet(file, self._latest)
        return self._outlets[name]

    def _layout(self, names: Sequence[str], page: Page) -> Outlet:
        """Of several layouts the one for the page's day if it finds its body, else the newest that does."""
        if len(names) == 1:
            return self.outlet(names[0])
        day = stated_day(page)
        ordered = sorted((self.outlet(x) for x in names), key=lambda x: _age(x.file, day))
        return next((x for x in ordered if x.file.body and x.body(page)), ordered[0])

    def _own(self, name: str) -> RuleFile | None:
        """The outlet's file as all folders together have it, without its parents."""
        if name not in self._files and ("outlet", name) in self._sources:
            self._files[name] = layered([x.read() for x in self._sources["outlet", name]])
        return self._files.get(name)


def _bounded(files: list[RuleFile]) -> list[RuleFile]:
    """The generic files, which are asked about every page. Raises `RulesError` where they ask too much."""
    if found := excess_of_all(files):
        file, line, message = found
        raise RulesError(f"{file.path}:{line}: all generic files together: {message}")
    return files


def _age(file: RuleFile, day: date | None) -> tuple[bool, int, str]:
    """Sorts layouts: those in use on that day first, then the newest."""
    first, last = file.valid
    fits = day is not None and (first is None or first <= day) and (last is None or day <= last)
    newest = -(last or date.max).toordinal()
    return not fits, newest, file.name


def _version(files: Iterable[RuleSource]) -> str:
    """A short hash of all rule files: the same rules give the same records."""
    digest = blake2b(digest_size=4)
    for source in sorted(files, key=lambda x: (x.layer, x.kind, x.name)):
        digest.update(f"{source.layer} {source.kind} {source.name} {len(source.data)}\n".encode())
        digest.update(source.data)
    return digest.hexdigest()


def _report_all(load: Callable[[str], object], names: Iterable[str]) -> None:
    problems = []
    for name in names:
        try:
            load(name)
        except RulesError as error:
            problems.append(str(error))
    if problems:
        raise RulesError("\n".join(problems))
