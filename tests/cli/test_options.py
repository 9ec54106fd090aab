"""Options of the command line are the fields of the settings."""

from __future__ import annotations

from dataclasses import fields

import click
import pytest

from cleaner.batch.settings import SECTIONS, ColumnNames, Flag, Options, Settings
from cleaner.cli.clean import run
from cleaner.cli.options import built, options_of
from cleaner.model import Article
from cleaner.records.schemas import SCHEMAS

FLAGS = [
    (part, field, field.metadata["flag"])
    for part in (Options, Settings, ColumnNames)
    for field in fields(part)
    if "flag" in field.metadata
]


def typed(*args: str) -> Options:
    """What `clean PATH` with these arguments would run."""
    command = click.Command("clean", params=run.params, callback=lambda **given: given)
    with command.make_context("clean", ["pages", *args]) as context:
        return built(command.invoke(context))


def test_nothing_typed_is_every_default() -> None:
    assert typed() == Options(("pages",))


@pytest.mark.parametrize(("part", "field", "flag"), FLAGS, ids=lambda x: getattr(x, "name", ""))
def test_every_field_with_a_flag_is_an_option(part: type, field: object, flag: Flag) -> None:
    options = {name: param for param in run.params for name in param.opts}
    assert set(flag.names) <= set(options)
    assert options[flag.names[-1]].help == flag.help
    assert flag.section in SECTIONS


def test_what_is_typed_arrives(tmp_path) -> None:
    found = typed(
        "-o", "out.jsonl", "--rules", str(tmp_path), "--status", "article, empty", "--memory", "512",
        "--workers", "3", "--timeout", "2.5", "--fetched-field", "when", "--url-field", "at", "--url", "https://a.example",
        "--include", "*.html", "--include", "*.txt", "--ledger", "gone.jsonl", "--dedup",
    )  # fmt: skip
    settings = Settings(
        rules=(str(tmp_path),), statuses=("article", "empty"), url="https://a.example", ledger="gone.jsonl",
        dedup=True, fields=ColumnNames(url="at", fetched="when"),
    )  # fmt: skip
    assert found == Options(
        ("pages",), "out.jsonl", settings, include=("*.html", "*.txt"), workers=3, timeout=2.5,
        memory=512 * 2**20,
    )  # fmt: skip
    assert settings.ledger_file == "gone.jsonl"
    assert Settings(ledger="off").ledger_file is Settings().ledger_file is None


@pytest.mark.parametrize(
    "args",
    [
        ("--status", "articel"), ("--rules", "nowhere-at-all"), ("--schema", "xml"), ("--workers", "0"),
        ("--sample", "0"), ("--sample", "1.5"), ("--limit", "0"), ("--memory", "10"), ("--favor", "luck"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_wrong_usage(args: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        typed(*args)


def test_a_command_may_have_some_of_them() -> None:
    @click.command()
    @options_of("--rules", "--url")
    def some(**given: object) -> None:
        """Nothing."""

    assert sorted(param.name for param in some.params) == ["rules", "url"]


def test_schemas_are_those_of_the_table() -> None:
    assert next(x for x in run.params if x.name == "schema").type.choices == tuple(SCHEMAS)


def test_dolma_and_datatrove_differ_as_their_formats_do() -> None:
    article = Article(
        id="1", status="article", version="0", body="A day.", source="a", url="https://a.example"
    )
    dolma, datatrove = (SCHEMAS[name].view(article) for name in ("dolma", "datatrove"))
    assert list(dolma) == ["id", "text", "source", "added", "created", "metadata"]
    assert list(datatrove) == ["text", "id", "media", "metadata"]
    assert (dolma["source"], datatrove["metadata"]["source"]) == ("a", "a")
    assert datatrove["metadata"]["url"] == "https://a.example"
    assert "headline" not in datatrove["metadata"]
