"""Compiled patterns: many at once as one RE2 set, or one by one.

Enters: RE2 patterns (`dialect.translate` makes them). Leaves: which of them a text matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import re2

from cleaner.model import RulesError
from cleaner.rules.patterns.dialect import Mode, translate
from cleaner.rules.patterns.loosen import loosened
from cleaner.rules.patterns.pieces import PatternError

# A set's automaton is built as text comes in, and thrown away when it outgrows this: room for thousands.
_SET_MEMORY = 64 << 20


@cache
def options(memory: int = 8 << 20) -> Any:  # noqa: ANN401 - google-re2 has no types
    options = re2.Options()
    options.log_errors = False
    options.max_mem = memory
    return options


# The linter asks for every pattern of the bundled files several times: 4,800 of them.
@lru_cache(maxsize=8192)
def compiled(pattern: str, mode: Mode = "key", *, consume: bool = True) -> Any:  # noqa: ANN401
    """The pattern for a single search. Raises `PatternError`."""
    try:
        return re2.compile(translate(pattern, mode, consume=consume), options())
    except re2.error as error:
        translate(pattern, mode, consume=consume, plain=False)  # says it better, where it knows what is wrong
        reason = error.args[0]
        said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise PatternError(f"RE2 does not read this pattern: {said}") from error


Hits = Mapping[str, Sequence[int]]


class PatternSet:
    """Patterns searched for all at once; compiled when first asked, so loading costs nothing.

    The set holds loosened patterns (see `loosen.py`); a hit in a text beyond ASCII is looked at again.
    """

    __slots__ = ("_loose", "_sets", "mode", "patterns")

    def __init__(self, patterns: Sequence[str], mode: Mode = "key") -> None:
        self.patterns = tuple(patterns)
        self.mode: Mode = mode
        self._sets: list[tuple[int, Any]] | None = None
        self._loose: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def __reduce__(self) -> tuple[type[PatternSet], tuple[tuple[str, ...], Mode]]:
        return PatternSet, (self.patterns, self.mode)

    def search(self, text: str) -> list[int]:
        """The indices of the patterns found in `text`, in the order they were given."""
        return sorted(self.numbers(text)) if self.patterns else []

    def hits(self, texts: Sequence[str], longest: int = 1 << 30) -> Hits:
        """By pattern, in no fixed order: the indices of the texts it is found in.

        Each text is scanned once for all patterns; a longer one than any may take is not scanned.
        """
        found: dict[str, list[int]] = {}
        for index, text in enumerate(texts if self.patterns else ()):
            if len(text) <= longest:
                for number in self.numbers(text):
                    found.setdefault(self.patterns[number], []).append(index)
        return found

    def numbers(self, text: str) -> list[int]:
        """As `search`, in no fixed order (RE2 promises none); there has to be a pattern."""
        if self._sets is None:
            self._sets = self._compile()
        encoded = text.encode("utf-8", "replace")
        numbers: list[int] = []
        for start, one in self._sets:
            found = one.Match(encoded)
            if found:
                numbers += [start + x for x in found] if start else found
        if not numbers or text.isascii() or self._loose.isdisjoint(numbers):
            return numbers
        return [x for x in numbers if x not in self._loose or self._exactly(x, text)]

    def _exactly(self, number: int, text: str) -> bool:
        whole = text.encode("utf-8", "replace").decode("utf-8")
        return compiled(self.patterns[number], self.mode).search(whole) is not None

    def _compile(self) -> list[tuple[int, Any]]:
        """The set; several, each with its first pattern's number, where one is too large for RE2."""
        cheap = []
        loose = set()
        for number, pattern in enumerate(self.patterns):
            try:
                exact = translate(pattern, self.mode)
            except PatternError as error:
                raise _unread(pattern, error) from error
            cheap.append(loosened(exact))
            if cheap[-1] != exact:
                loose.add(number)
        self._loose = frozenset(loose)
        return list(self._joined(0, cheap))

    def _joined(self, start: int, patterns: Sequence[str]) -> Iterator[tuple[int, Any]]:
        one = re2.Set.SearchSet(options(_SET_MEMORY))
        for number, pattern in enumerate(patterns, start):
            try:
                one.Add(pattern)
            except re2.error as error:
                raise _unread(self.patterns[number], error) from error
        try:
            one.Compile()
        except re2.error as error:
            if len(patterns) < 2:
                raise _unread(self.patterns[start], error) from error
            half = len(patterns) // 2
            yield from self._joined(start, patterns[:half])
            yield from self._joined(start + half, patterns[half:])
        else:
            yield start, one


def _unread(pattern: str, error: Exception) -> RulesError:
    return RulesError(f"`{pattern}`: {error}; `clean rules check` names the file and line")
