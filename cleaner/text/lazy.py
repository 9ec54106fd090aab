"""Values worked out when they are first asked for, and kept: attributes, and the JSON of a page's scripts.

Enters: a function of an instance, or the text of a JSON-LD script. Leaves: an attribute, or the script's
value. Fields, field rules and the judge read the same scripts; each mends what is broken in its own way, or
passes it over. Values are shared: nobody may change them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class lazy(Generic[_T]):  # noqa: N801 (reads as the decorator that it is)
    """`functools.cached_property` without its lock.

    Python 3.11 has one lock an attribute for all instances: pages of several threads wait for each other, and
    a process forked meanwhile waits for ever. Two threads that ask one instance at once both work it out.
    """

    def __init__(self, read: Callable[[Any], _T]) -> None:
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> _T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | _T:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._read(instance)
        return value


class Script(str):  # noqa: SLOT000 - the value needs a place
    """A script's text that keeps what it was parsed to."""

    @lazy
    def value(self) -> Any:  # noqa: ANN401 - JSON
        return _strict(str(self))


def script_value(script: str) -> Any:  # noqa: ANN401 - JSON
    """What a script holds, if it is strict JSON, else None. A plain string is parsed each time."""
    return script.value if isinstance(script, Script) else _strict(script)


def _strict(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return orjson.loads(text)
    except ValueError:
        return None
