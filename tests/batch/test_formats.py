"""One table of input formats: a row is all that a new one needs."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.inputs import formats
from cleaner.batch.inputs.documents import Document, Problem, Unreadable
from cleaner.batch.inputs.formats import FORMATS, Format, by_suffix, format_of, kind_of, suffixes
from cleaner.batch.inputs.paths import walk
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.settings import ColumnNames
from cleaner.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from cleaner.batch.inputs.documents import Entry


def letters(stream: BinaryIO, source: str, _: ColumnNames) -> Iterator[Entry]:
    """An imaginary format: a title, a line of stars, a page."""
    title, stars, page = stream.read().partition(b"\n***\n")
    if not stars:
        raise Unreadable("no-stars", "a letter has a line of stars")
    yield Document(source, data=page, stated={"headline": title.decode()})


LETTER = Format("letter", (".letter",), letters, "a letter with a line of stars")


@pytest.fixture
def with_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, LETTER))
    monkeypatch.setattr(formats, "_BY_SUFFIX", by_suffix((*FORMATS, LETTER)))


def read(path: Path) -> list[Entry]:
    found = []
    for file in walk([str(path)]):
        found += [file] if isinstance(file, Problem) else list(documents(file, ColumnNames()))
    return found


@pytest.mark.usefixtures("with_letters")
def test_a_new_row_is_read_from_folders_archives_and_packed(tmp_path: Path) -> None:
    letter = b"A ferry\n***\n<p>It stays.</p>"
    (tmp_path / "a.letter").write_bytes(letter)
    (tmp_path / "b.letter").write_bytes(b"no line of them")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("in.letter", letter)
        archive.writestr("in.pdf", b"%PDF")
    with tarfile.open(tmp_path / "d.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("in.letter")
        info.size = len(letter)
        archive.addfile(info, io.BytesIO(letter))
    page, faulty, in_zip, other, in_tar = read(tmp_path)
    for entry, source in ((page, "a.letter"), (in_zip, "c.zip/in.letter"), (in_tar, "d.tar.gz/in.letter")):
        assert entry == Document(source, data=b"<p>It stays.</p>", stated={"headline": "A ferry"})
    assert faulty == Problem("b.letter", "failed", "no-stars", "a letter has a line of stars")
    assert (other.status, other.reason) == ("skipped", "unknown-suffix")


@pytest.mark.usefixtures("with_letters")
def test_without_its_row_the_suffix_is_unknown() -> None:
    assert (kind_of("A.LETTER"), kind_of("a.letter.zst"), ".letter" in suffixes()) == (
        "letter",
        "letter",
        True,
    )
    assert by_suffix(FORMATS).get(".letter") is None


def test_names_and_suffixes_are_of_one_format_each() -> None:
    names = [form.name for form in FORMATS]
    assert len(set(names)) == len(names)
    assert len(set(suffixes())) == len(suffixes())
    assert all(form.help and form.help[0].islower() and not form.help.endswith(".") for form in FORMATS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.HTML", "page"), ("a.html.gz", "page"), ("a.jsonl.zst", "lines"), ("a.warc.gz", "warc"),
        ("a.tar.zst", "tar"), ("a.tgz", "tgz"), ("a.parquet", "table"), ("a.parquet.gz", None),
        ("a.zip.gz", None), ("a.tgz.gz", None), ("a.gz", None), ("html", None), ("", None),
    ],
)  # fmt: skip
def test_a_name_tells_its_format(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind
    assert (format_of(name) is None) == (kind is None)


def test_help_names_every_suffix(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert all(suffix in said for suffix in suffixes())
    assert all(form.help in said for form in FORMATS)
