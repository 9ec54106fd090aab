"""Whole runs: the same bytes for any number of workers and after any death, and every input accounted for."""

import errno
import gzip
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import batch_hooks
import orjson
import pytest

from cleaner.batch.inputs.listing import entries
from cleaner.batch.outputs.manifest import ManifestError, lines, manifest_name
from cleaner.batch.run import run
from cleaner.batch.settings import Options, Settings

SENTENCES = (
    "The council voted on Tuesday to delay the bridge after engineers found cracks in the pier.",
    "Residents had asked for months why the work near the harbour was moving so slowly.",
    "A spokesman for the ministry said the report would be published before the end of the year.",
    "Prices for wheat and barley rose again as dry weather spread across the provinces.",
)


def page(number, extra=""):
    rng = random.Random(number)
    body = "".join(f"<p>{' '.join(rng.sample(SENTENCES, 3))} Number {number}.</p>" for _ in range(4))
    head = f"<head><title>Story {number}</title></head>"
    story = f"<article><h1>Story {number}</h1>{body}{extra}</article>"
    return f"<!DOCTYPE html><html lang=en>{head}<body>{story}</body></html>"


def fill(top):
    for number in range(120):
        path = top / f"part{number % 3}" / f"{number:03d}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number))
    (top / "part2" / "again.html").write_text(page(5))
    (top / "part0" / "empty.html").write_bytes(b"")
    (top / "part1" / "binary.html").write_bytes(bytes(range(256)) * 20)
    (top / "part2" / "torn.html.gz").write_bytes(gzip.compress(page(1).encode())[:-20])
    (top / "part2" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (top / "part2" / "link.html").symlink_to("/etc/passwd")
    os.mkfifo(top / "part2" / "waits.html")
    return top


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """120 pages and a copy, with empty, binary and unreadable ones among them; not to be changed."""
    return fill(tmp_path_factory.mktemp("whole") / "in")


@pytest.fixture
def own_folder(tmp_path):
    """The same, for a test that changes it."""
    return fill(tmp_path / "in")


def options(folder, out, **more):
    return Options((str(folder),), output=str(out), **{"workers": 2, "timeout": 5.0, **more})


def test_every_input_is_accounted_for(folder, tmp_path):
    summary = run(options(folder, tmp_path / "out.jsonl"))
    assert summary.statuses == {"article": 121, "empty": 1, "rejected": 1, "failed": 1}
    assert summary.read == 124
    assert summary.skipped == {".jpg": 1, "not-a-file": 2}
    assert [(s, r) for s, r, _ in summary.failed] == [
        ("part1/binary.html", "binary"),
        ("part2/torn.html.gz", "truncated-gzip"),
    ]
    records = [orjson.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert len(records) == 123
    assert [r["source"] for r in records] == sorted(r["source"] for r in records)
    assert not (tmp_path / "out.jsonl.part").exists()


@pytest.mark.parametrize(
    ("name", "counts"), [("out.jsonl", (1, 2, 4)), ("out.jsonl.gz", (1, 3)), ("out.jsonl.zst", (1, 3))]
)
def test_any_number_of_workers_gives_the_same_bytes(folder, tmp_path, name, counts):
    outputs = set()
    for workers in counts:
        out = tmp_path / f"{workers}" / name
        out.parent.mkdir()
        run(options(folder, out, workers=workers))
        outputs.add(out.read_bytes())
    assert len(outputs) == 1


def test_a_page_that_kills_its_worker_costs_that_page_only(own_folder, tmp_path):
    folder = own_folder
    for at, ill in enumerate(batch_hooks.ILLS):
        (folder / "part1" / f"ill{at}.html").write_text(page(900 + at, extra=f"<!-- {ill} -->"))
    summary = run(options(folder, tmp_path / "out.jsonl", timeout=1.0), factory=batch_hooks.Ailing)
    assert summary.statuses["article"] == 121
    reasons = {s: r for s, r, _ in summary.failed if "ill" in s}
    assert [reasons[f"part1/ill{at}.html"] for at in range(len(batch_hooks.ILLS))] == [
        "crash", "timeout", "timeout", "out-of-memory", "error", "crash", "error",
    ]  # fmt: skip


SCRIPT = """
import sys
from functools import partial
sys.path.insert(0, sys.argv[4])
import batch_hooks
import cleaner.batch.run as run
run.COMMIT_EVERY = 20
out = sys.argv[2]
settings = run.Settings(ledger=out + ".ledger", dedup=True)
options = run.Options((sys.argv[1],), out, settings, workers=2, resume=True)
run.run(options, factory=partial(batch_hooks.Ailing, pause=float(sys.argv[3])))
"""


def start(folder, out, pause=0.004):
    command = [
        sys.executable,
        "-c",
        SCRIPT,
        str(folder),
        str(out),
        str(pause),
        str(Path(batch_hooks.__file__).parent),
    ]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def wait_for_marks(process, out, count):
    """Until the run's manifest has so many marks, of which the first stands there before any page is done."""
    manifest = Path(manifest_name(str(out)))
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if manifest.exists() and manifest.read_bytes().count(b'{"commit"') >= count:
            return
        time.sleep(0.005)
    if process.poll() is None:
        process.kill()
        raise AssertionError(f"no {count} marks in two minutes")
    said = process.stderr.read().decode()
    raise AssertionError(f"ended with {process.returncode} while mark {count} was awaited: {said}")


def finished(folder, out):
    """The run gone on with, or done at one go, with the settings of `SCRIPT`; its output and ledger."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.batch.run.COMMIT_EVERY", 20)
        settings = Settings(ledger=f"{out}.ledger", dedup=True)
        more = options(folder, out, settings=settings, resume=True)
        run(more, factory=batch_hooks.Ailing)
    return out.read_bytes(), Path(f"{out}.ledger").read_bytes()


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory):
    """By name of the output: what a run makes that nobody disturbs."""
    made = {}

    def make(name):
        if name not in made:
            made[name] = finished(folder, tmp_path_factory.mktemp("whole") / name)
        return made[name]

    return make


@pytest.mark.parametrize(("name", "deaths"), [("out.jsonl", (1, 3)), ("out.jsonl.gz", (2,))])
def test_a_run_killed_at_any_moment_resumes_to_the_same_bytes(folder, tmp_path, name, deaths, whole):
    rng = random.Random(4)
    out = tmp_path / name
    for marks in deaths:
        process = start(folder, out, pause=0.04)  # so that some pages are left, however late the kill
        wait_for_marks(process, out, marks)
        time.sleep(rng.random() * 0.05)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert finished(folder, out) == whole(name)
    assert len(list(lines(manifest_name(str(out))))) == 127


def test_ctrl_c_leaves_a_run_that_can_be_resumed(folder, tmp_path, whole):
    out = tmp_path / "out.jsonl"
    process = start(folder, out, pause=0.02)
    wait_for_marks(process, out, 2)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=120)
    assert process.returncode != 0
    assert not out.exists()
    assert finished(folder, out) == whole("out.jsonl")


def test_a_full_disk_stops_the_run_and_a_resumed_one_completes_it(folder, tmp_path, monkeypatch, whole):
    from cleaner.batch.outputs import writers as outputs

    written = 0
    genuine = outputs.LinesOutput.write

    def write(self, number, source, ident, line):
        nonlocal written
        written += len(line)
        if written > 30_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return genuine(self, number, source, ident, line)

    monkeypatch.setattr(outputs.LinesOutput, "write", write)
    out = tmp_path / "out.jsonl"
    with pytest.raises(OSError, match="No space"):
        finished(folder, out)
    monkeypatch.setattr(outputs.LinesOutput, "write", genuine)
    assert finished(folder, out) == whole("out.jsonl")


@pytest.fixture(scope="module")
def killed(folder, tmp_path_factory):
    """The name of an output, and by name the files that a run of it left when it was killed."""
    out = tmp_path_factory.mktemp("killed") / "out.jsonl"
    process = start(folder, out, pause=0.02)
    wait_for_marks(process, out, 2)
    process.kill()
    process.wait()
    return out, {path: path.read_bytes() for path in out.parent.iterdir()}


@pytest.fixture
def torn(killed):
    """The output of an unfinished run; what other tests made of it is undone."""
    out, files = killed
    for path in out.parent.iterdir():
        path.unlink()
    for path, data in files.items():
        path.write_bytes(data)
    return out


def resumed(folder, out):
    settings = Settings(ledger=f"{out}.ledger", dedup=True)
    return run(options(folder, out, resume=True, settings=settings))


def test_an_unfinished_run_is_not_overwritten_by_accident(folder, torn):
    with pytest.raises(ManifestError, match="--resume"):
        run(options(folder, torn))
    assert run(options(folder, torn, overwrite=True)).statuses["article"] == 121


def test_a_run_with_other_settings_is_not_mixed_into_it(folder, torn):
    with pytest.raises(ManifestError, match="settings"):
        run(options(folder, torn, resume=True, settings=Settings(favor="recall")))


def test_changed_inputs_are_noticed(folder, torn):
    name, other = folder / "part0" / "000.html", folder / "part0" / "000a.html"
    name.rename(other)
    try:
        with pytest.raises(ManifestError, match="inputs have changed"):
            resumed(folder, torn)
    finally:
        other.rename(name)


def test_a_cut_output_is_noticed(folder, torn):
    Path(f"{torn}.part").write_bytes(b"")
    with pytest.raises(ManifestError, match="not what its manifest says"):
        resumed(folder, torn)


def test_a_finished_run_resumed_does_nothing_and_says_the_same(folder, tmp_path):
    out = tmp_path / "out.jsonl"
    first = run(options(folder, out))
    before = out.stat().st_mtime_ns
    again = run(options(folder, out, resume=True))
    assert (again.statuses, again.written) == (first.statuses, first.written)
    assert out.stat().st_mtime_ns == before


def test_filters_are_counted_and_nothing_else_is_lost(folder, tmp_path):
    settings = Settings(statuses=("article", "rejected"), min_words=5)
    summary = run(options(folder, tmp_path / "out.jsonl", settings=settings))
    assert summary.filtered == {"status": 1, "min-words": 1}
    assert summary.written == 121
    assert summary.read == 124


def test_limit_and_sample_take_part_of_the_inputs(folder, tmp_path):
    assert run(options(folder, tmp_path / "a.jsonl", limit=10)).read == 10
    sampled = [[e.source for e in entries(options(folder, "o.jsonl", sample=0.3))] for _ in range(2)]
    assert sampled[0] == sampled[1]
    assert 15 < len(sampled[0]) < 65
    assert run(options(folder, tmp_path / "b.jsonl", sample=0.05)).read < 15


def test_duplicates_are_marked_with_the_first(tmp_path):
    top = tmp_path / "in"
    top.mkdir()
    long = " ".join(f"{s} {w}" for w in ("harbour", "mayor", "river", "season", "school") for s in SENTENCES)
    for name, text in {"a": long, "b": long, "c": long.replace("wheat", "rye", 1), "d": long[::-1]}.items():
        (top / f"{name}.txt").write_text(f"{text}\n")
    summary = run(options(top, tmp_path / "out.jsonl", settings=Settings(dedup=True)))
    records = [orjson.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert summary.duplicates == {"exact": 1, "near": 1}
    assert [r.get("duplicate_of") for r in records] == [None, records[0]["id"], records[0]["id"], None]


def test_the_ledger_can_have_a_file_of_its_own(folder, tmp_path):
    ledger = tmp_path / "ledger.jsonl"
    settings = Settings(ledger=str(ledger))
    run(options(folder, tmp_path / "out.jsonl", settings=settings))
    records = [orjson.loads(x) for x in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    removed = [orjson.loads(x) for x in ledger.read_bytes().splitlines()]
    assert all("removed" not in r for r in records)
    assert [r["id"] for r in records] == [r["id"] for r in removed]


def test_a_folder_as_output_mirrors_the_input(tmp_path):
    top = tmp_path / "in"
    (top / "sub").mkdir(parents=True)
    names = [
        "stem.html",
        "stem.htm",
        "stem.txt",
        "sub/stem.html",
        "line\nbreak.html",
        "x" * 250 + ".html",
        "%41.html",
    ]
    for number, name in enumerate(names):
        (top / name).write_text(page(number))
    out = tmp_path / "out"
    summary = run(options(top, out, keep_dirs=True, settings=Settings(shape="json")))
    made = [p for p in out.rglob("*") if p.is_file()]
    assert summary.written == len(names) == len(made)
    assert {"stem.html.json", "stem.txt.json"} <= {p.name for p in made}
    assert (out / "sub" / "stem.html.json").exists()


@pytest.mark.parametrize("shape", ["txt", "md"])
def test_texts_for_people(tmp_path, shape):
    source = tmp_path / "page.html"
    source.write_text(page(3))
    run(options(source, tmp_path / "out", settings=Settings(shape=shape)))
    (made,) = (tmp_path / "out").iterdir()
    assert "Number 3." in made.read_text()
