"""The adapters: one row in, one row out, nothing lost; and what to install where an engine is missing."""

import importlib
import importlib.util
import pickle
import subprocess
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pytest

import cleaner
from cleaner.batch.inputs.parquet import batch_of, record_schema
from cleaner.engines.arrow import CleanBatch
from cleaner.records.native import as_dict

STORY = "The council voted on Tuesday to delay the bridge after engineers found cracks in the northern pier."
PAGES = [f"<html><body><p>{STORY}</p><p>{STORY} Number {i}.</p></body></html>" for i in range(20)]
ENGINES = {"ray": "ray", "datasets": "datasets", "datatrove": "datatrove", "spark": "pyspark"}


def table():
    urls = [f"https://news.example/{i}" for i in range(20)]
    return pa.table({"html": PAGES, "url": urls, "id": list(range(20)), "other": [0.5] * 20})


def test_a_batch_in_is_a_batch_of_records_out():
    batch = CleanBatch()(table().to_batches()[0])
    assert batch.schema == record_schema()
    assert batch.num_rows == 20
    expected = as_dict(cleaner.clean(PAGES[3], "https://news.example/3", "3"))
    row = batch.slice(3, 1).to_pylist()[0]
    assert row["body"] == expected["body"]
    assert row["source"] == "3"
    assert {p["field"]: p["source"] for p in row["provenance"]} == expected["provenance"]
    assert [r["rule"] for r in row["removed"]] == [r["rule"] for r in expected["removed"]]


def test_it_is_picklable_and_pure():
    again = pickle.loads(pickle.dumps(CleanBatch()))
    assert again(table()).equals(CleanBatch()(table()))


def test_bad_rows_cost_those_rows_only():
    pages = pa.table({"text": [PAGES[0], None, "", "\0" * 99], "n": [1, 2, 3, 4]})
    rows = CleanBatch()(pages).to_pylist()
    assert [r["status"] for r in rows][1:] == ["rejected", "empty", rows[3]["status"]]
    assert rows[1]["reason"] == "no-content"
    assert CleanBatch()(pa.table({"html": pa.array([b"%PDF-1.4"])})).to_pylist()[0]["reason"] == "binary"


def test_every_row_keeps_when_it_was_fetched():
    stamp = datetime(2024, 5, 4, 10, tzinfo=UTC)
    pages = pa.table({"html": [PAGES[0], None], "fetched": [stamp, stamp], "when": ["2020-01-02", None]})
    assert [r["fetched"] for r in CleanBatch()(pages).to_pylist()] == ["2024-05-04T10:00:00+00:00"] * 2
    assert [r["fetched"] for r in CleanBatch(fetched="when")(pages).to_pylist()] == ["2020-01-02", None]


def test_an_empty_batch_keeps_the_schema():
    assert CleanBatch()(table().slice(0, 0)).schema == record_schema()


def test_columns_can_be_named():
    pages = pa.table({"payload": PAGES[:1], "html": ["wrong"]})
    assert STORY in CleanBatch(content="payload")(pages).to_pylist()[0]["body"]
    with pytest.raises(ValueError, match="no column of content among n"):
        CleanBatch()(pa.table({"n": [1]}))


def test_the_schema_has_every_field_of_the_record():
    record = as_dict(cleaner.clean(PAGES[0]))
    assert set(record) | {"duplicate_of"} == set(record_schema().names)
    assert batch_of([record]).num_rows == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_cleans_or_says_what_to_install(engine):
    """Where it is installed it is run, in a process of its own; where it is not, the error names the
    extra.
    """
    if importlib.util.find_spec(ENGINES[engine]) is None:
        with pytest.raises(ImportError, match=rf"pip install 'cleaner\[{engine}\]'"):
            _use(engine)
        return
    script = "tests/benchmarks/engine_adapters.py"
    done = subprocess.run(
        [sys.executable, script, engine], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{engine}: 40 pages, 40 records as clean() makes them" in done.stdout


def _use(engine):
    module = importlib.import_module(f"cleaner.engines.{engine}")
    module.clean_frame(None) if engine == "spark" else module.clean_dataset(None)
