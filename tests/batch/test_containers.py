"""Containers are read in a process that may fail: whatever befalls it costs that container only."""

import os
import signal
import zipfile

import orjson
import pytest
from container_hooks import faulty

from cleaner.batch.inputs.container_reader import ContainerReader
from cleaner.batch.inputs.documents import Document, Problem
from cleaner.batch.inputs.formats import File
from cleaner.batch.outputs.manifest import lines, manifest_name
from cleaner.batch.run import run
from cleaner.batch.settings import ColumnNames, Options

STORY = "The harbour board has said that the old ferry will not be sold this year, whatever the bids are."


def story(number):
    return orjson.dumps({"html": f"<h1>Ferry {number} stays</h1><p>{STORY}</p><p>{STORY} {number}</p>"})


def written(path, ill=None, before=5):
    data = [story(number) for number in range(before)] + ([ill.encode()] if ill else [])
    path.write_bytes(b"\n".join([*data, story(99), b""]))
    return File(str(path), path.name, "lines")


def read(reader, file):
    entries = list(reader.entries(file, ColumnNames()))
    return sum(isinstance(e, Document) for e in entries), [e for e in entries if isinstance(e, Problem)]


@pytest.mark.parametrize(
    ("ill", "reason", "words"),
    [
        ("ILL-PANIC", "error", "NativePanic: index out of range"),
        ("ILL-QUIT", "error", "SystemExit"),
        ("ILL-KEY", "error", "KeyError"),
        ("ILL-DIES", "crash", "SIGKILL"),
        ("ILL-EXITS", "crash", "exit code 5"),
        ("ILL-MEMORY", "out-of-memory", "more than 300 MB"),
        ("ILL-STOPS", "timeout", "stood still"),
        ("ILL-SPINS", "timeout", "stood still"),
        ("ILL-SLEEPS", "timeout", "stood still"),
    ],
)
def test_a_fault_of_a_reader_is_one_failure_of_its_container(tmp_path, ill, reason, words):
    bad, good = written(tmp_path / "bad.jsonl", ill), written(tmp_path / "good.jsonl")
    with ContainerReader(memory=300 * 2**20, patience=0.4, read=faulty) as reader:
        count, (problem,) = read(reader, bad)
        assert (count, problem.source, problem.reason) == (5, "bad.jsonl", reason)
        assert words in problem.detail
        assert "after 5 entries" in problem.detail
        assert read(reader, good) == (6, [])


def test_a_reader_that_dies_once_loses_and_doubles_nothing(tmp_path):
    file = written(tmp_path / "a.jsonl", "ILL-ONCE", before=200)
    with ContainerReader(read=faulty) as reader:
        entries = list(reader.entries(file, ColumnNames()))
    assert [e.source for e in entries] == [f"a.jsonl#{n}" for n in range(1, 203)]


def test_one_process_reads_many_containers_and_ends_with_the_block(tmp_path):
    files = [written(tmp_path / f"{n}.jsonl") for n in range(5)]
    with ContainerReader() as reader:
        pids = set()
        for file in files:
            assert read(reader, file) == (6, [])
            pids.add(reader.pid)
        assert len(pids) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pids.pop(), signal.SIGCONT)


def test_a_container_that_is_left_half_read_does_not_reach_into_the_next(tmp_path):
    long, short = written(tmp_path / "long.jsonl", before=500), written(tmp_path / "short.jsonl")
    with ContainerReader() as reader:
        half = reader.entries(long, ColumnNames())
        next(half)
        half.close()
        assert read(reader, short) == (6, [])


def test_a_run_goes_on_after_each_fault_with_the_same_bytes_for_any_number_of_workers(tmp_path):
    top = tmp_path / "in"
    top.mkdir()
    for number, ill in enumerate(("ILL-PANIC", "ILL-EXITS", "ILL-MEMORY", None)):
        written(top / f"{number}.jsonl", ill, before=70)
    with zipfile.ZipFile(top / "z.jsonl", "w"):
        pass
    found = set()
    for workers in (1, 2, 4):
        out = tmp_path / f"{workers}.jsonl"
        options = Options((str(top),), output=str(out), workers=workers, memory=400 * 2**20)
        summary = run(options, read=faulty)
        reasons = [(s, r) for s, r, _ in summary.failed]
        assert reasons[:3] == [("0.jsonl", "error"), ("1.jsonl", "crash"), ("2.jsonl", "out-of-memory")]
        assert summary.statuses["article"] == 3 * 70 + 71
        facts = [(f["n"], f["at"], f["status"]) for f in lines(manifest_name(str(out)))]
        found.add((out.read_bytes(), tuple(facts)))
    assert len(found) == 1


def test_names_of_any_length_are_cut_before_they_reach_the_manifest(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for end in ("1", "2"):
            archive.writestr("long/" * 8_000 + end + ".html", "<p>x</p>")
            archive.writestr("long/" * 8_000 + end + ".bin", "x")
    with ContainerReader() as reader:
        entries = list(reader.entries(File(str(path), "a.zip", "zip"), ColumnNames()))
    assert [len(e.source) for e in entries] == [4_096] * 4
    assert len({e.source for e in entries}) == 4
