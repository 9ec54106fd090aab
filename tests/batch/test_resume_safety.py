"""What a resumed run does not trust: inputs, journal and outputs may have changed while nobody looked."""

import fcntl
import os
import random
from collections import Counter
from itertools import product
from pathlib import Path

import orjson
import pytest

from cleaner.batch import run as engine
from cleaner.batch.inputs.marks import changed, mark_of
from cleaner.batch.outputs.manifest import ManifestError, manifest_name, recover
from cleaner.batch.run import run
from cleaner.batch.settings import Options, Settings

STORY = "The harbour board has said that the old ferry will not be sold this year, whatever the bids are."
COUNT = 40


def story(number):
    return f"<h1>Ferry {number} stays</h1><p>{STORY}</p><p>{STORY} It is number {number}.</p>"


@pytest.fixture
def inputs(tmp_path):
    return written(tmp_path / "in")


def written(top):
    """A file of lines, then pages."""
    top.mkdir()
    data = [orjson.dumps({"html": story(number), "id": number}) for number in range(COUNT)]
    (top / "a.jsonl").write_bytes(b"\n".join(data) + b"\n")
    for number in range(COUNT):
        (top / f"p{number:02d}.html").write_text(story(100 + number))
    return top


def options(top, out, **more):
    return Options((str(top),), output=str(out), workers=2, **more)


class Stop(Exception):  # noqa: N818 - no error
    pass


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What an undisturbed run writes, wherever the same inputs lie."""
    place = tmp_path_factory.mktemp("whole")
    run(options(written(place / "in"), place / "out.jsonl"))
    return (place / "out.jsonl").read_bytes()


@pytest.fixture
def stopped(inputs, tmp_path, monkeypatch, whole):
    """A run that ended after 50 of the 80, with marks after each ten; and what an undisturbed one writes."""
    monkeypatch.setattr(engine, "COMMIT_EVERY", 10)

    def watch(progress):
        if progress.done == 55:
            raise Stop

    with pytest.raises(Stop):
        run(options(inputs, tmp_path / "out.jsonl"), watch)
    return tmp_path / "out.jsonl", whole


def resumed(inputs, out):
    run(options(inputs, out, resume=True))
    return out.read_bytes()


def test_it_goes_on_to_the_same_bytes(stopped, inputs):
    out, whole = stopped
    assert resumed(inputs, out) == whole


def test_resorted_lines_are_refused_by_name(stopped, inputs):
    path, (out, _) = inputs / "a.jsonl", stopped
    state = path.stat()
    data = path.read_bytes().splitlines(keepends=True)
    random.Random(1).shuffle(data)
    path.write_bytes(b"".join(data))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    with pytest.raises(ManifestError, match=r"a\.jsonl has changed.*--overwrite"):
        resumed(inputs, out)


def test_a_changed_page_is_refused_by_name_and_one_that_was_only_copied_is_not(stopped, inputs):
    path, (out, whole) = inputs / "p03.html", stopped
    before = path.read_text()
    path.write_text(before.replace("old", "new"))
    with pytest.raises(ManifestError, match=r"p03\.html has changed"):
        resumed(inputs, out)
    path.write_text(before)
    assert resumed(inputs, out) == whole


def test_a_long_file_is_known_by_pieces_and_time(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(bytes(range(256)) * 12_000)
    then = mark_of(str(path))
    assert not changed(str(path), then)
    os.utime(path, ns=(1, 1))
    assert changed(str(path), then)


EDITS = ("drop", "double", "swap", "digit", "letter", "brace", "cut", "nothing", "zeros")


def test_any_edit_of_one_line_is_refused_or_costs_only_what_stands_below_a_mark(stopped, inputs):
    """Of an edited file the run goes on from a mark above the edit, or it is refused in so many words."""
    out, whole = stopped
    path, part = Path(manifest_name(str(out))), out.with_name(out.name + ".part")
    data, parted = path.read_bytes().splitlines(keepends=True), part.read_bytes()
    marks = [n for n, line in enumerate(data) if line.startswith(b'{"commit')]
    outcomes = Counter()
    for at, edit in product(range(len(data)), EDITS):
        edited = edits(list(data), at, edit)
        path.write_bytes(b"".join(edited))
        found = recovered(path)
        if found is not None:
            above = [n for n in marks if n < at]
            assert found.end <= sum(map(len, data[: above[-1] + 1])), (at, edit)
        outcomes[found is not None] += 1
    assert outcomes[True] > 9
    assert outcomes[False] > 9 * 40
    path.write_bytes(b"".join(edits(list(data), marks[-1], "drop")))
    part.write_bytes(parted)
    assert resumed(inputs, out) == whole


def recovered(path):
    try:
        return recover(str(path))
    except ManifestError as error:
        words = str(error)
    assert "is damaged at byte" in words or "is not the manifest of a run" in words
    return None


def edits(data, at, edit):
    line = data[at]
    if edit == "drop":
        del data[at]
    elif edit == "double":
        data.insert(at, line)
    elif edit == "swap":
        data[at : at + 2] = reversed(data[at : at + 2])
    elif edit == "digit":
        data[at] = line.replace(b"1", b"2", 1) if b"1" in line else line.replace(b"0", b"3", 1)
    elif edit == "letter":
        data[at] = line.replace(b"e", b"f", 1)
    elif edit == "brace":
        data[at] = line.replace(b"}", b"", 1)
    elif edit == "cut":
        data[at] = line[: len(line) // 2] + b"\n"
    elif edit == "nothing":
        data[at] = b"\n"
    elif edit == "zeros":
        data[at] = b"\0" * (len(line) - 1) + b"\n"
    return data


def test_a_changed_part_is_refused(stopped, inputs):
    out, _ = stopped
    path = out.with_name(out.name + ".part")
    path.write_bytes(path.read_bytes().replace(b"Ferry 7", b"Ferry 8", 1))
    with pytest.raises(ManifestError, match="not what its manifest says"):
        resumed(inputs, out)


def test_overwrite_begins_anew_over_a_damaged_journal_but_not_over_another_file(stopped, inputs):
    out, whole = stopped
    path = Path(manifest_name(str(out)))
    path.write_bytes(path.read_bytes().replace(b"p03", b"p04"))
    run(options(inputs, out, overwrite=True))
    assert out.read_bytes() == whole
    path.write_bytes(b"my notes\n")
    with pytest.raises(ManifestError, match="not the manifest"):
        run(options(inputs, out, overwrite=True))
    assert path.read_bytes() == b"my notes\n"


def test_a_second_run_of_the_same_output_or_ledger_is_refused(inputs, tmp_path):
    out, ledger = tmp_path / "out.jsonl", tmp_path / "ledger.jsonl"
    for name in (manifest_name(str(out)), f"{ledger}.part"):
        with Path(name).open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with pytest.raises(ManifestError, match="another run"):
                run(options(inputs, out, settings=Settings(ledger=str(ledger)), overwrite=True))
    assert not out.exists()
    run(options(inputs, out, settings=Settings(ledger=str(ledger)), overwrite=True))
    assert out.read_bytes().count(b"\n") == ledger.read_bytes().count(b"\n") == 2 * COUNT


@pytest.mark.parametrize("name", ["out.jsonl.part", "out.jsonl.manifest.jsonl"])
def test_what_is_written_follows_no_link(inputs, tmp_path, name):
    (tmp_path / "precious").write_text("stays")
    (tmp_path / name).symlink_to("precious")
    with pytest.raises(ManifestError, match="is a link"):
        run(options(inputs, tmp_path / "out.jsonl"))
    assert (tmp_path / "precious").read_text() == "stays"


def test_a_folders_parts_follow_no_link(inputs, tmp_path):
    (tmp_path / "precious").write_text("stays")
    out = tmp_path / "out"
    out.mkdir()
    (out / "p03.html.json.part").symlink_to(tmp_path / "precious")
    run(options(inputs, out, keep_dirs=True, settings=Settings(shape="json")))
    assert (tmp_path / "precious").read_text() == "stays"
    assert "Ferry 103" in (out / "p03.html.json").read_text()
