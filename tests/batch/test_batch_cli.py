"""The batch's options from the outside."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cleaner.cli import main
from cleaner.cli.progress import printable

STORY = "The council voted on Tuesday to delay the bridge after engineers found cracks in the northern pier."


@pytest.fixture
def clean(capfdbinary):
    """The command in this process, which spares half a second each time."""

    def call(*args):
        code = main([str(arg) for arg in args])
        return subprocess.CompletedProcess(args, code, *capfdbinary.readouterr())

    return call


@pytest.fixture
def folder(tmp_path):
    top = tmp_path / "in"
    (top / "sub").mkdir(parents=True)
    for at, name in enumerate(("a.html", "b.txt", "sub/c.html")):
        (top / name).write_text(
            f"<html><body><p>{STORY} {at}.</p></body></html>" if "html" in name else f"{STORY}\n"
        )
    return top


def test_the_sum_is_said_and_reported(clean, folder, tmp_path):
    done = clean(folder, "-o", tmp_path / "o.jsonl", "--report", tmp_path / "r.html")
    assert "3 in = 3 article" in (tmp_path / "r.html").read_text()
    assert done.stderr.decode().startswith("clean: 3 in = 3 article + 0 not-article")
    assert done.returncode == 0


def test_lines_on_standard_input():
    lines = json.dumps({"text": STORY, "url": "https://news.example/1", "id": "one"}) + "\nnot json\n"
    command = [sys.executable, "-m", "cleaner", "-"]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=False, timeout=300)
    (record,) = [json.loads(x) for x in done.stdout.splitlines()]
    assert (record["url"], record["source"]) == ("https://news.example/1", "-#one")
    assert done.returncode == 1
    assert b"clean: -#2: bad-json" in done.stderr


def test_named_fields(clean, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"payload": STORY, "html": "wrong", "where": "https://news.example/2"}))
    done = clean(path, "--content-field", "payload", "--url-field", "where")
    record = json.loads(done.stdout)
    assert STORY in record["body"]
    assert record["url"] == "https://news.example/2"


def test_parquet_out(clean, folder, tmp_path):
    out = tmp_path / "o.parquet"
    assert clean(folder, "-o", out, "--dedup").returncode == 0
    table = pq.read_table(out)
    assert table.column("source").to_pylist() == ["a.html", "b.txt", "sub/c.html"]
    assert str(table.schema.field("removed").type).startswith("list<")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "o.parquet", "o.parquet.manifest.jsonl"]
    again = out.read_bytes()
    assert clean(folder, "-o", tmp_path / "p.parquet", "--dedup", "--workers", 1).returncode == 0
    assert (tmp_path / "p.parquet").read_bytes() == again


def test_a_folder_of_texts(clean, folder, tmp_path):
    assert clean(folder, "-o", tmp_path / "o", "--format", "txt", "--keep-dirs").returncode == 0
    made = sorted(str(p.relative_to(tmp_path / "o")) for p in (tmp_path / "o").rglob("*.txt"))
    assert made == ["a.html.txt", "b.txt.txt", "sub/c.html.txt"]


def test_filters_and_limit(clean, folder, tmp_path):
    done = clean(folder, "-o", tmp_path / "o.jsonl", "--min-words", 100)
    assert b"0 written (3 filtered by min-words)" in done.stderr
    assert clean(folder, "--limit", 2, "--dry-run").stdout.splitlines() == [b"a.html", b"b.txt"]


def test_ledger_off_and_apart(clean, folder, tmp_path):
    (record, *_) = [json.loads(x) for x in clean(folder / "a.html", "--ledger", "off").stdout.splitlines()]
    assert "removed" not in record
    clean(folder, "-o", tmp_path / "o.jsonl", "--ledger", tmp_path / "l.jsonl")
    assert len((tmp_path / "l.jsonl").read_text().splitlines()) == 3


def test_dry_run_names_and_cleans_nothing(clean, folder, tmp_path):
    done = clean(folder, "--dry-run", "-o", tmp_path / "o.jsonl", "--exclude", "*.txt")
    assert done.stdout.decode().splitlines() == ["a.html", "sub/c.html"]
    assert b"2 inputs, 0 that cannot be read" in done.stderr
    assert not (tmp_path / "o.jsonl").exists()


def test_resume_of_a_finished_run_says_it_again(clean, folder, tmp_path):
    first = clean(folder / "a.html", "-o", tmp_path / "o.jsonl")
    again = clean(folder / "a.html", "-o", tmp_path / "o.jsonl", "--resume")
    assert b"1 in = 1 article" in first.stderr
    assert (again.returncode, again.stderr) == (first.returncode, first.stderr)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--resume", "x"], "--resume goes on with the run of an -o OUT"),
        (["--format", "txt", "x"], "name it with -o"),
        (["--keep-dirs", "x"], "--keep-dirs goes with"),
        (["--status", "artcle", "x"], "artcle: not one of article"),
        (["--sample", "2", "x"], "--sample"),
        (["--report", "no-such-folder/r.html", "x"], "no such folder"),
        (["-o", "x.parquet", "--schema", "dolma", "x"], "native schema"),
    ],
)
def test_wrong_usage(args, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(args) == 2
    assert words in capsys.readouterr().err


def test_names_cannot_play_tricks_on_a_terminal(clean, tmp_path):
    Path(tmp_path / "\x1b[31mred\n.html.gz").write_bytes(b"\x1f\x8b")
    done = clean(tmp_path)
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert printable("a\u202eb\udce9") == "a\\u202eb\\udce9"
