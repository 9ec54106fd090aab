"""Folders of rule files to sources: bytes, name, and what the head of the file says.

Enters: folders. Leaves: `Source`s in order of precedence, the weakest first: bundled, entry points,
`$CLEANER_RULES`, then the caller's. A file is only read here; `Heads` finds its hosts without parsing it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cleaner.model import RulesError
from cleaner.rules.format.parse import read_file
from cleaner.rules.format.schema import RuleFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GROUP = "cleaner.rules"
VARIABLE = "CLEANER_RULES"

Kind = Literal["generic", "outlet"]


@dataclass(frozen=True, slots=True)
class RuleSource:
    """One rule file as it lies on disk; `layer` is 0 for the bundled rules and grows with precedence."""

    name: str
    kind: Kind
    path: str
    data: bytes
    layer: int

    def read(self) -> RuleFile:
        """Raises `RulesError`."""
        return read_file(self.data, self.path, self.name, self.kind, trusted=self.layer == 0)


def bundled() -> Path:
    """The package's own rules: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def layers(folders: Sequence[str | os.PathLike[str]] = ()) -> list[Path]:
    """All folders, the weakest first. Raises `RulesError` for one that is not there."""
    return [bundled(), *_entry_points(), *_variable(), *(Path(x) for x in folders)]


def _variable() -> list[Path]:
    return [Path(x) for x in os.environ.get(VARIABLE, "").split(os.pathsep) if x]


def _entry_points() -> list[Path]:
    """What installed packages offer under `cleaner.rules`.

    An entry point is a folder, a package that is one, or a function that returns one.
    """
    found: list[Path] = []
    for point in sorted(entry_points(group=GROUP), key=lambda x: x.name):
        try:
            value = point.load()
            value = value() if callable(value) else value
            value = value.__path__[0] if hasattr(value, "__path__") else value
            found.append(Path(value))
        except (ImportError, AttributeError, TypeError, IndexError) as error:
            raise RulesError(
                f"entry point {point.name} = {point.value}: {error}; "
                "it must name a folder, a package, or a function that returns one"
            ) from error
    return found


def sources(folders: Iterable[Path]) -> list[RuleSource]:
    """Every rule file of the folders. Raises `RulesError` for a folder or file that cannot be read."""
    return [x for number, folder in enumerate(folders) for x in _folder(folder, number)]


def _folder(folder: Path, layer: int) -> Iterator[RuleSource]:
    if not folder.is_dir():
        raise RulesError(f"{folder}: no such folder; rules are files in its generic/ and outlets/")
    shown = "rules" if layer == 0 else str(folder)
    for part, kind in (("generic", "generic"), ("outlets", "outlet"), ("", "outlet")):
        inner = folder / part
        if inner.is_dir():
            yield from _files(inner, f"{shown}/{part}" if part else shown, kind, layer)  # type: ignore[arg-type]


def _files(folder: Path, shown: str, kind: Kind, layer: int) -> Iterator[RuleSource]:
    with os.scandir(folder) as entries:
        names = sorted(x.name for x in entries if x.name.endswith((".yaml", ".yml")) and x.is_file())
    for name in names:
        if name.endswith(".yml"):
            raise RulesError(f"{shown}/{name}: rename it to {name[:-4]}.yaml; other files are not read")
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            raise RulesError(f"{shown}/{name}: cannot be read: {error.strerror}") from error
        yield RuleSource(name[:-5], kind, f"{shown}/{name}", data, layer)


# What decides whether a file is asked at all; a file that says it in some other way is parsed whole.
_HEAD = re.compile(rb"^(hosts|recognise|valid|extends)[ \t]*:(.*(?:\n(?:[ \t#-].*)?)*)", re.MULTILINE)
_QUOTED_KEY = re.compile(rb"""^["'?{]""", re.MULTILINE)
_FLOW = re.compile(rb"\s*\[([^\[\]#'\"\\]*)\]\s*")
_LIST = re.compile(rb"\s*(?:\n[ \t]*-[ \t]+[^\s#'\"\[\]{}&*!|>%@`,:]+[ \t]*)+\s*")
_PLAIN_HOST = re.compile(r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*\Z")


def head(source: RuleSource) -> RuleFile:
    """Hosts, signs, validity and parents of a file, as cheaply as its form allows; the rest is left out.

    Raises `RulesError` for a bad head, and for a bad file whose head is not plain.
    """
    if _QUOTED_KEY.search(source.data):
        return source.read()
    parts = {x.group(1): x for x in _HEAD.finditer(source.data)}
    found = list(_HEAD.finditer(source.data))
    if len(found) != len(parts):
        return source.read()
    hosts = parts.get(b"hosts")
    if set(parts) <= {b"hosts"}:
        plain = _plain_hosts(hosts.group(2)) if hosts is not None else ()
        if plain is not None:
            lines = {"hosts": 0} if hosts is not None else {}
            return RuleFile(source.name, source.path, source.kind, hosts=plain, lines=lines)
    try:
        return read_file(
            b"".join(_padded(source.data, found)),
            source.path,
            source.name,
            source.kind,
            trusted=source.layer == 0,
        )
    except RulesError:
        return source.read()


def _padded(data: bytes, found: Iterable[re.Match[bytes]]) -> Iterator[bytes]:
    """The parts on the lines where they stand, so that messages name the right ones."""
    line = 0
    for part in found:
        start = data.count(b"\n", 0, part.start())
        yield b"\n" * (start - line) + part.group()
        line = start + part.group().count(b"\n")


def _plain_hosts(value: bytes) -> tuple[str, ...] | None:
    flow = _FLOW.fullmatch(value)
    if flow is not None:
        items = [x.strip() for x in flow.group(1).decode("utf-8", "replace").split(",")]
    elif _LIST.fullmatch(value):
        items = [x.lstrip(" \t-").strip() for x in value.decode("utf-8", "replace").split("\n") if x.strip()]
    else:
        return None
    return tuple(items) if all(_PLAIN_HOST.match(x) for x in items) else None
