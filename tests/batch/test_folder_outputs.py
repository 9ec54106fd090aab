"""Folders of records: no record replaces another, no run reads or leaves what another wrote."""

import shutil

import pytest

from cleaner.batch import run as engine
from cleaner.batch.inputs.documents import Problem
from cleaner.batch.inputs.listing import entries
from cleaner.batch.outputs.folder import Folder
from cleaner.batch.outputs.manifest import ManifestError
from cleaner.batch.run import run
from cleaner.batch.settings import Options, Settings

STORY = "The harbour board has said that the old ferry will not be sold this year, whatever the bids are."
JSON = Settings(shape="json")


def fill(top, count=12):
    top.mkdir(parents=True)
    for number in range(count):
        text = f"<h1>Ferry {number} stays</h1><p>{STORY}</p><p>{STORY} Number {number}.</p>"
        (top / f"{number:02d}.html").write_text(text)
    return top


def files(out):
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_two_inputs_of_one_name_are_two_files(tmp_path):
    tops = [str(fill(tmp_path / name)) for name in "ab"]
    summary = run(Options(tuple(tops), str(tmp_path / "out"), JSON, keep_dirs=True, workers=2))
    found = files(tmp_path / "out")
    assert len(found) == summary.written == 24
    assert {"00.html.json", "000000012-00.html.json"} <= set(found)


@pytest.mark.parametrize("names", [("a", "a"), ("a", "A"), ("a.json/b", "a"), ("a", "a.json/b"), ("a/", "a")])
def test_a_name_that_is_taken_is_not_taken_again(tmp_path, names):
    folder = Folder(str(tmp_path / "out"), "json", keep_dirs=True)
    told = [folder.write(n, name, "id", b"%d" % n)["to"] for n, name in enumerate((*names, *names))]
    folder.commit()
    assert len({name.casefold() for name in told}) == 4
    assert [(tmp_path / "out" / name).read_bytes() for name in told] == [b"0", b"1", b"2", b"3"]


@pytest.mark.parametrize("shape", ["json", "jsonl"])
def test_no_run_reads_what_it_or_an_earlier_one_wrote(tmp_path, shape):
    top = fill(tmp_path / "in")
    for name in ("first", "second", "first"):
        out = top / (name if shape == "json" else f"{name}.jsonl")
        settings = Settings(shape=shape, ledger=str(top / f"ledger-{name}.jsonl"))
        options = Options((str(top),), str(out), settings, workers=1)
        assert run(options, report=str(top / f"report-{name}.html")).written == 12
    # also once they lie elsewhere together
    moved = tmp_path / "moved"
    shutil.copytree(top, moved)
    (moved / "report-first.html").unlink()
    (moved / "report-second.html").unlink()
    read = [e for e in entries(Options((str(moved),))) if not isinstance(e, Problem)]
    assert [e.source for e in read if "ledger" not in e.source] == [f"{n:02d}.html" for n in range(12)]


class Stop(Exception):  # noqa: N818 - no error
    pass


def stopped(top, out, monkeypatch):
    monkeypatch.setattr(engine, "COMMIT_EVERY", 4)

    def watch(progress):
        if progress.done == 10:
            raise Stop

    with pytest.raises(Stop):
        run(Options((str(top),), str(out), JSON, workers=1), watch)


@pytest.mark.parametrize("harm", ["none", "changed", "gone"])
def test_files_are_compared_before_a_run_goes_on(tmp_path, monkeypatch, harm):
    top, out = fill(tmp_path / "in"), tmp_path / "out"
    run(Options((str(top),), str(tmp_path / "whole"), JSON, workers=1))
    stopped(top, out, monkeypatch)
    assert len(files(out)) == 8
    third = sorted(out.iterdir())[2]
    if harm == "changed":
        third.write_bytes(third.read_bytes().replace(b"Ferry", b"Canoe", 1))
    if harm == "gone":
        third.unlink()
    again = Options((str(top),), str(out), JSON, workers=1, resume=True)
    if harm == "none":
        run(again)
        assert files(out) == files(tmp_path / "whole")
    else:
        with pytest.raises(ManifestError, match=third.name):
            run(again)


def test_overwrite_leaves_no_file_of_the_run_before_and_every_other_one(tmp_path, monkeypatch):
    top, out = fill(tmp_path / "in"), tmp_path / "out"
    stopped(top, out, monkeypatch)
    (out / "mine.json").write_text("stays")
    (out / "000000009-half.json.part").write_text("")
    for number in range(3):
        (top / f"{number:02d}.html").unlink()
    run(Options((str(top),), str(out), JSON, workers=1, overwrite=True))
    assert len(files(out)) == 9 + 1
    assert (out / "mine.json").read_text() == "stays"
