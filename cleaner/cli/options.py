"""Options of the command line, made of the flags in `cleaner.batch.settings`.

Enters: a settings type. Leaves: click's options, and from what was typed an object of that type. Look first
at `options_of`, and at `built`, which goes the other way.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from cleaner.batch.settings import SECTIONS, SHAPE_WORDS, ColumnNames, Flag, Options, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Decorated = TypeVar("Decorated", bound="Callable[..., Any]")
_PARTS = (Options, Settings, ColumnNames)


def options_of(*names: str) -> Callable[[Decorated], Decorated]:
    """The options of that name, such as `--rules`, or all, in the order of their sections.

    A command gets each value under the name of its field; `ColumnNames` are told apart as `content_field`.
    """
    found = [option for option in _flags() if not names or option.flag.names[-1] in names]
    found.sort(key=lambda option: SECTIONS.index(option.flag.section))

    def decorate(command: Decorated) -> Decorated:
        for option in reversed(found):
            told = _keywords(option.flag, option.field)
            command = click.option(*option.flag.names, option.param, **told)(command)
        return command

    return decorate


def built(given: Mapping[str, Any]) -> Options:
    """The options of a run, of click's values; what is not given is the default. Raises `UsageError`."""
    values: dict[type, dict[str, Any]] = {part: {} for part in _PARTS}
    for flag, field, part, param in _flags():
        if given.get(param) is not None:
            values[part][field.name] = _value(flag, given[param])
    if (shape := values[Settings].get("shape")) in SHAPE_WORDS:
        values[Settings]["shape"] = SHAPE_WORDS[shape]
    settings = Settings(**values[Settings], fields=ColumnNames(**values[ColumnNames]))
    return Options(paths=tuple(given["paths"]), settings=settings, **values[Options])


class _Option(NamedTuple):
    """A flag, its field, the type that has the field, and the name of click's parameter."""

    flag: Flag
    field: Field[Any]
    part: type
    param: str


def _flags() -> Iterator[_Option]:
    for part in _PARTS:
        for field in fields(part):
            if "flag" in field.metadata:
                param = f"{field.name}_field" if part is ColumnNames else field.name
                yield _Option(field.metadata["flag"], field, part, param)


def _keywords(flag: Flag, field: Field[Any]) -> dict[str, Any]:
    """What click is to know of an option."""
    default = None if field.default is MISSING else field.default
    more: dict[str, Any] = {"help": flag.help, "metavar": flag.metavar}
    if flag.take == "switch":
        return {"help": flag.help, "is_flag": True}
    if flag.take in ("texts", "folders"):
        return {**more, "multiple": True}
    if flag.take == "names":
        return {**more, "callback": lambda _, param, value: _names(value, param.opts[-1], flag.choices)}
    if flag.take == "whole":
        more["type"] = click.IntRange(_whole(flag.least), _whole(flag.most))
    elif flag.take == "number":
        more["type"] = click.FloatRange(flag.least, flag.most, min_open=flag.above)
    elif flag.choices:
        more = {"help": flag.help, "type": click.Choice(flag.choices)}
    if flag.shown and default is not None:
        more |= {"default": default // flag.scale if flag.scale > 1 else default, "show_default": True}
    return more


def _whole(bound: float | None) -> int | None:
    return None if bound is None else int(bound)


def _value(flag: Flag, value: Any) -> Any:  # noqa: ANN401 - click's values
    if flag.take == "folders":
        return _folders(value)
    if flag.take == "texts":
        return tuple(value)
    return value * flag.scale if flag.scale > 1 else value


def _folders(named: Iterable[str]) -> tuple[str, ...]:
    for folder in named:
        if not Path(folder).exists():
            raise click.UsageError(f"--rules {folder}: no such folder")
    return tuple(str(Path(folder).absolute()) for folder in named)


def _names(value: str | None, option: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    unknown = [name for name in names if allowed and name not in allowed]
    if unknown:
        raise click.UsageError(f"{option} {unknown[0]}: not one of {', '.join(allowed)}")
    return names
