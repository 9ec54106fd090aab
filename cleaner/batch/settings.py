"""All that a run is told, and how each of it is said on the command line.

Enters: nothing. Leaves: `Options`, which hold the `Settings` of the workers and the `ColumnNames` of
containers. Look first at `Options`. A new option is one field with its flag, here, and the code that heeds
it: the command line is made of these flags, and a resumed run compares these fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from cleaner.model import Favor, InputKind, Status
from cleaner.records.file_shapes import SHAPES
from cleaner.records.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Mapping

Take = Literal["text", "texts", "names", "folders", "whole", "number", "switch"]
SHAPE_WORDS = {"text": "txt", "markdown": "md"}  # as people call them
SECTIONS = ("output", "page", "inputs", "records", "engine")


@dataclass(frozen=True, slots=True)
class Flag:
    """How a setting is said: `names` as typed, `take` what its value is (`texts` and `folders` repeat,
    `names` is a list with commas), `least` and `most` its bounds, `above` whether the least itself is out.

    A typed number is multiplied by `scale`. What is not typed is the field's default, `shown` in the help.
    """

    names: tuple[str, ...]
    section: str
    help: str
    take: Take
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    above: bool = False
    scale: int = 1
    shown: bool = False


def flag(*names: str, section: str, help: str, take: Take = "text", **more: Any) -> Mapping[str, Any]:  # noqa: A002, ANN401
    """A field's metadata."""
    return {"flag": Flag(names, section, help, take, **more)}


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """Names of JSON fields or table columns; None to take the first of the usual ones that is there."""

    # fmt: off
    content: str | None = field(default=None, metadata=flag("--content-field", section="inputs",
        metavar="NAME", help="JSON field or column that holds the page."))
    url: str | None = field(default=None, metadata=flag("--url-field", section="inputs", metavar="NAME",
        help="JSON field or column that holds its address."))
    id: str | None = field(default=None, metadata=flag("--id-field", section="inputs", metavar="NAME",
        help="JSON field or column that names it."))
    fetched: str | None = field(default=None, metadata=flag("--fetched-field", section="inputs",
        metavar="NAME", help="JSON field or column that says when it was fetched."))
    # fmt: on


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are cleaned and written. Part of a run's identity: a resumed run must have the same."""

    # fmt: off
    url: str | None = field(default=None, metadata=flag("--url", section="page", metavar="URL",
        help="Address of the page; only with a single input."))
    kind: InputKind | None = field(default=None, metadata=flag("--kind", section="page",
        choices=get_args(InputKind), help="What the input is; told by itself."))
    rules: tuple[str, ...] = field(default=(), metadata=flag("--rules", section="page", take="folders",
        metavar="DIR",
        help="Folder of rule files of your own, over the bundled ones; repeatable. Also $CLEANER_RULES."))
    favor: Favor = field(default="balanced", metadata=flag("--favor", section="page", choices=get_args(Favor),
        shown=True, help="Which side to err on: take out more, or keep more."))
    shape: str = field(default="jsonl", metadata=flag("--format", section="records",
        choices=(*SHAPES, *SHAPE_WORDS),
        help="One file of lines (the default), a folder of a file a record, or one page, printed."))
    schema: str = field(default="native", metadata=flag("--schema", section="records", choices=tuple(SCHEMAS),
        shown=True, help="Shape of the records."))
    candidates: bool = field(default=False, metadata=flag("--candidates", section="records", take="switch",
        help="Add the values that lost to each record."))
    ledger: str = field(default="record", metadata=flag("--ledger", section="records", metavar="WHERE",
        shown=True, help="What was removed: in the `record`, in a .jsonl file of that name, or `off`."))
    statuses: tuple[str, ...] = field(default=(), metadata=flag("--status", section="records", take="names",
        metavar="LIST", choices=get_args(Status), help=f"Write only these: {','.join(get_args(Status))}."))
    languages: tuple[str, ...] = field(default=(), metadata=flag("--language", section="records",
        take="names", metavar="LIST", help="Write only these, such as en,de."))
    min_words: int = field(default=0, metadata=flag("--min-words", section="records", take="whole", least=0,
        metavar="N", help="Write only bodies of N words."))
    dedup: bool = field(default=False, metadata=flag("--dedup", section="records", take="switch",
        help="Mark copies, exact and near, with the id of the first."))
    fields: ColumnNames = field(default_factory=ColumnNames, metadata={"part": ColumnNames})
    now: str | None = None  # ISO 8601, set by the run: what `Cleaner` takes for now
    # fmt: on

    @property
    def ledger_file(self) -> str | None:
        """Where the ledger goes, if it is a file of its own."""
        return None if self.ledger in ("record", "off") else self.ledger


@dataclass(frozen=True, slots=True)
class Options:
    """All that a run is told. `output` None is standard output; `limit` counts inputs, `sample` is a share
    of them; `workers` 0 is one a core; `timeout` is in CPU seconds a page, `memory` in bytes a worker.
    """

    # fmt: off
    paths: tuple[str, ...]
    output: str | None = field(default=None, metadata=flag("-o", "--output", section="output", metavar="OUT",
        help="A .jsonl(.gz, .zst), .parquet or .csv file, or with --format a folder; else standard output."))
    settings: Settings = field(default_factory=Settings, metadata={"part": Settings})
    include: tuple[str, ...] = field(default=(), metadata=flag("--include", section="inputs", take="texts",
        metavar="GLOB", help="Only files below a folder that match; repeatable."))
    exclude: tuple[str, ...] = field(default=(), metadata=flag("--exclude", section="inputs", take="texts",
        metavar="GLOB", help="No files that match; repeatable."))
    limit: int | None = field(default=None, metadata=flag("--limit", section="inputs", take="whole", least=1,
        metavar="N", help="Stop after the first N inputs."))
    sample: float | None = field(default=None, metadata=flag("--sample", section="inputs", take="number",
        least=0, most=1, above=True, metavar="SHARE",
        help="Take about this share of the inputs (0.01: one in a hundred), always the same ones."))
    keep_dirs: bool = field(default=False, metadata=flag("--keep-dirs", section="records", take="switch",
        help="In a folder: name files as the inputs are, below the same folders."))
    workers: int = field(default=0, metadata=flag("--workers", section="engine", take="whole", least=1,
        metavar="N", help="Processes; all cores by default."))
    timeout: float = field(default=10.0, metadata=flag("--timeout", section="engine", take="number",
        least=0.1, metavar="SECONDS", shown=True,
        help="CPU time a page may take before its worker is ended."))
    memory: int = field(default=2**30, metadata=flag("--memory", section="engine", take="whole", least=200,
        scale=2**20, metavar="MB", shown=True, help="What a worker may hold before a page is given up."))
    resume: bool = field(default=False, metadata=flag("--resume", section="engine", take="switch",
        help="Go on with a run of the same output that did not end."))
    overwrite: bool = field(default=False, metadata=flag("--overwrite", section="engine", take="switch",
        help="Begin anew over a run that did not end."))
    # fmt: on
