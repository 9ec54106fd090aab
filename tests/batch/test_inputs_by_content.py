"""What people hold, whatever its name: each kind end to end, a folder of all of them, standard input."""

from __future__ import annotations

import csv
import gzip
import json
import os
import plistlib
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.batch.inputs.content import content_of
from cleaner.batch.inputs.documents import Document, Problem
from cleaner.batch.inputs.paths import walk
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.settings import ColumnNames
from cleaner.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.batch.inputs.documents import Entry

TEXT = "The council of Vellmouth voted on Tuesday to rebuild the old harbour wall before winter."
PAGE = f"<html><head><title>Wall</title></head><body><h1>Wall</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"
ROW = {"maintext": TEXT, "title": "Wall", "date_publish": "2020-01-08", "authors": ["Ann Oakley"], "id": 7}
MAIL = "From: Kai <a@v.example>\nTo: b@x.example\nSubject: Wall\nMessage-ID: <1@x>\n"
FEED = "<item><title>Wall</title><link>https://v.example/a</link><description>{}</description></item>"
NITF = f"<nitf><head/><body><body.head><hedline><hl1>Wall</hl1></hedline></body.head><body.content><p>{TEXT}</p></body.content></body></nitf>"  # noqa: E501
HAR = {"log": {"entries": [{"request": {"url": "https://v.example/a"}, "startedDateTime": "2020-01-09",
       "response": {"status": 200, "content": {"mimeType": "text/html", "text": PAGE}}}]}}  # fmt: skip
SAFARI = {"WebMainResource": {"WebResourceData": PAGE.encode(), "WebResourceURL": "https://v.example/a",
          "WebResourceMIMEType": "text/html"}}  # fmt: skip
# name, content, sources, the headline that is stated
KINDS: list[tuple[str, bytes, list[str], str | None]] = [
    ("page", PAGE.encode(), [""], None),
    ("page.php", PAGE.encode(), [""], None),
    ("a.json", b"\n".join([json.dumps(ROW).encode()] * 2), ["#7", "#7"], "Wall"),
    ("a.json.gz", gzip.compress(json.dumps(ROW).encode()), ["#7"], "Wall"),
    ("one.json", json.dumps(ROW, indent=1).encode(), ["#7"], "Wall"),
    ("array.json", json.dumps([ROW, ROW]).encode(), ["#7", "#7"], "Wall"),
    ("a.csv", f"url,title,text\nhttps://v.example/a,Wall,{TEXT}\n".encode(), ["#1"], "Wall"),
    ("a.tsv", f"url\ttitle\ttext\nhttps://v.example/a\tWall\t{TEXT}\n".encode(), ["#1"], "Wall"),
    ("a.eml", f"{MAIL}Content-Type: text/plain\n\n{TEXT}".encode(), [""], "Wall"),
    ("a.rss", f"<rss><channel>{FEED.format(TEXT)}</channel></rss>".encode(), [""], "Wall"),
    ("two.xml", f"<rss><channel>{FEED.format(TEXT) * 2}</channel></rss>".encode(), ["#1", "#2"], "Wall"),
    ("a.nitf", NITF.encode(), [""], "Wall"),
    ("a.har", json.dumps(HAR).encode(), [""], None),
    ("a.webarchive", plistlib.dumps(SAFARI, fmt=plistlib.FMT_BINARY), [""], None),
    ("a.sgml", f"<DOC>\n<DOCNO> V-1 </DOCNO>\n<TEXT>\n{TEXT}\n</TEXT>\n</DOC>\n".encode(), ["#V-1"], None),
    ("a.md", f"# Wall\n\n{TEXT}\n".encode(), [""], None),
]  # fmt: skip


def read(path: Path) -> list[Any]:
    found: list[Any] = []
    for file in walk([str(path)]):
        found += [file] if isinstance(file, Problem) else map(_read, documents(file, ColumnNames()))
    return found


def _read(entry: Entry) -> Any:
    return content_of(entry, ColumnNames()) if isinstance(entry, Document) else entry


@pytest.mark.parametrize(("name", "data", "sources", "headline"), KINDS, ids=[kind[0] for kind in KINDS])
def test_each_kind_is_read_and_says_what_it_states(
    tmp_path: Path, name: str, data: bytes, sources: list[str], headline: str | None
) -> None:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path)
    assert [content.source.removeprefix(name) for content in found] == sources
    for content in found:
        text = content.data if isinstance(content.data, str) else content.data.decode()
        assert TEXT in text
        assert (content.stated or {}).get("headline") == headline


REFUSED = {"a.html": b"%PDF-1.4", "b.txt": b"\x89PNG\r\n\x1a\n", "c.json": b"SQLite format 3\0"}
SKIPPED = {"d.pdf": b"%PDF-1.4", "e.php": b"<?php echo 1;", "README": TEXT.encode(), "f.bin": b"\0\1"}


def test_a_folder_of_all_kinds_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in [*REFUSED.items(), *SKIPPED.items(), *((kind[0], kind[1]) for kind in KINDS)]:
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("in.html", PAGE)
        archive.writestr("x.zip", b"PK\3\4")
    out = tmp_path / "out.jsonl"
    assert main([str(folder), "-o", str(out), "--workers", "1"]) == 1
    records = out.read_text(encoding="utf-8").splitlines()
    said = capsys.readouterr().err
    assert len(records) == sum(len(kind[2]) for kind in KINDS) + 1
    assert "4 skipped: " in said
    assert all(f"{name}: refused: this is " in said for name in (*REFUSED, "z.zip/x.zip"))


def test_by_hand_a_refused_file_fails_with_its_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    assert main([str(tmp_path / "d.pdf")]) == 1
    assert "this is a PDF: extract its text first" in capsys.readouterr().err


def test_a_saved_copy_has_its_own_address(tmp_path: Path) -> None:
    saved = f"<!-- saved from url=(0030)https://v.example/a -->\n{PAGE}"
    (tmp_path / "a.html").write_text(saved, encoding="utf-8")
    (content,) = read(tmp_path)
    assert (content.url, content.data) == ("https://v.example/a", saved.encode())


def test_a_record_for_each_line_before_the_next_is_written() -> None:
    code = "import sys; from cleaner.cli import main; sys.exit(main(['-', '--workers', '1']))"
    pipe = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": dict(os.environ)}
    with subprocess.Popen([sys.executable, "-c", code], **pipe) as filter_:  # type: ignore[call-overload]
        for number in range(3):
            filter_.stdin.write(json.dumps({**ROW, "id": number}).encode() + b"\n")
            filter_.stdin.flush()
            assert json.loads(filter_.stdout.readline())["source"] == f"-#{number}"
        filter_.stdin.close()
        assert filter_.stdout.read() == b""


def test_csv_output_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    assert main([str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out.csv"), "--workers", "1"]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["headline"], row["date"], row["authors"]) == ("Wall", "2020-01-08", "Ann Oakley")


def test_an_unknown_suffix_of_an_output_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-", "-o", "records.xlsx"]) == 2
    assert ".jsonl" in capsys.readouterr().err
