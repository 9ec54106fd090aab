"""The same input gives the same bytes: whatever the clock says, and whatever a worker did before."""

from pathlib import Path

import clock_hooks
import orjson
import pytest

import cleaner
from cleaner.batch.outputs.manifest import begun_at, manifest_name
from cleaner.batch.run import run
from cleaner.batch.settings import Options, Settings
from cleaner.batch.workers.forkserver import Job
from cleaner.batch.workers.pool import Pool

STORY = "The harbour board has said that the old ferry will not be sold this year, whatever the bids are."
DATED = (
    "<html><head><meta property='article:published_time' content='2031-05-04T10:00:00Z'></head>"
    f"<body><article><h1>The ferry stays</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"
)


@pytest.mark.parametrize(("now", "date"), [("2030-01-01T00:00:00+00:00", None), ("2032-01-01", "2031-05-04")])
def test_the_moment_a_cleaner_takes_for_now_decides_and_not_the_clock(now, date):
    article = cleaner.Cleaner(now=now).clean(DATED)
    assert (article.date or "")[:10] == (date or "")
    assert (
        cleaner.Cleaner(now="2030-01-01").clean(DATED, fetched="2032-01-01").date
        == "2031-05-04T10:00:00+00:00"
    )


def test_a_run_has_one_now_and_whoever_resumes_it_has_the_same(tmp_path: Path):
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.html").write_text(DATED)
    out = tmp_path / "out.jsonl"

    def options(**more):
        return Options((str(tmp_path / "in"),), str(out), workers=2, **more)

    class Stop(Exception):  # noqa: N818 - no error
        pass

    def watch(progress):
        raise Stop

    early = Settings(now="2030-01-01T00:00:00+00:00")
    with pytest.raises(Stop):
        run(options(settings=early), watch)
    assert begun_at(manifest_name(str(out))) == early.now
    run(options(resume=True))
    assert [orjson.loads(line)["date"] for line in out.read_bytes().splitlines()] == [None] * 3


def outcomes(tasks, workers):
    job = Job(clock_hooks.hoarder, memory=300 * 2**20, resident=2**40)
    with Pool(job, workers=workers) as pool:
        return [(o.value, o.failure and o.failure.reason) for o in pool.map(tasks, label=str)]


def test_what_a_worker_did_before_decides_nothing():
    tasks = ["HOARD"] * 3 + ["NEEDS", "TOO-MUCH", "HOARD", "NEEDS", "a"]
    found = [outcomes(tasks, workers) for workers in (1, 2, 3)]
    assert found[0] == found[1] == found[2]
    assert found[0][3] == found[0][6] == (120 * 2**20, None)
    assert found[0][4] == (None, "out-of-memory")


def test_a_page_that_hangs_once_by_chance_has_its_value_and_one_that_always_does_fails(tmp_path):
    with Pool(Job(clock_hooks.stumbler), workers=2, timeout=0.3) as pool:
        tasks = [str(tmp_path / "once"), "a", "ALWAYS", "b"]
        found = [(o.value, o.failure and o.failure.reason) for o in pool.map(tasks, label=str)]
    assert found == [("done", None), ("a", None), (None, "timeout"), ("b", None)]
