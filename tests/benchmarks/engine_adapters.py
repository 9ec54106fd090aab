"""Each adapter run for real on this machine, and compared with `clean()` and with our own engine.

    python tests/benchmarks/engine_adapters.py ray|datasets|datatrove|spark [FOLDER [REPEATS]]

Without FOLDER: forty small pages, whose records must be those of `clean()`. With it: all pages below FOLDER,
REPEATS times, and the pages a second of the engine and of ours.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cleaner
from cleaner.batch.inputs.streams import read_page
from cleaner.read.decode import decode
from cleaner.records.native import as_dict

if TYPE_CHECKING:
    from collections.abc import Callable

STORY = "The council voted on Tuesday to delay the bridge after engineers found cracks in the northern pier."
Rows = list[dict[str, Any]]


def with_ray(pages: Rows) -> Callable[[], Rows]:
    import pyarrow as pa
    import ray

    from cleaner.engines.ray import clean_dataset

    ray.init(num_cpus=os.cpu_count(), include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    chunks = [pages[i : i + 256] for i in range(0, len(pages), 256)]
    dataset = ray.data.from_arrow([pa.Table.from_pylist(chunk) for chunk in chunks]).materialize()
    return lambda: clean_dataset(dataset).take_all()


def with_datasets(pages: Rows) -> Callable[[], Rows]:
    from datasets import Dataset, disable_caching, disable_progress_bars

    from cleaner.engines.datasets import clean_dataset

    disable_caching()
    disable_progress_bars()
    dataset = Dataset.from_list(pages)
    return lambda: list(clean_dataset(dataset, num_proc=os.cpu_count() if len(pages) > 500 else None))


def with_datatrove(pages: Rows) -> Callable[[], Rows]:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from cleaner.engines.datatrove import CleanNews, ReadPages

    scratch = Path(tempfile.mkdtemp())
    cores = os.cpu_count() or 1
    for part in range(cores):
        lines = "".join(json.dumps(page) + "\n" for page in pages[part::cores])
        (scratch / f"in{part}.jsonl").write_text(lines)

    def run() -> Rows:
        out = scratch / f"out{time.monotonic_ns()}"
        steps = [
            ReadPages(str(scratch / "in*.jsonl")),
            CleanNews(keep_all=True),
            JsonlWriter(str(out), compression=None),
        ]
        LocalPipelineExecutor(pipeline=steps, tasks=cores, workers=cores, logging_dir=str(out) + ".log").run()
        found = [json.loads(x) for path in sorted(out.glob("*.jsonl")) for x in path.read_text().splitlines()]
        return [{**r["metadata"], "body": r["text"], "source": r["id"].rpartition("#")[2]} for r in found]

    return run


def with_spark(pages: Rows) -> Callable[[], Rows]:
    from pyspark.sql import SparkSession

    from cleaner.engines.spark import clean_frame

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    frame = spark.createDataFrame(pages)
    return lambda: [row.asDict(recursive=True) for row in clean_frame(frame).collect()]


ENGINES = {"ray": with_ray, "datasets": with_datasets, "datatrove": with_datatrove, "spark": with_spark}


def small() -> Rows:
    body = "<html><body><p>{0}</p><p>{0} Number {1}.</p></body></html>"
    return [
        {"html": body.format(STORY, i), "url": f"https://news.example/{i}", "id": str(i)} for i in range(40)
    ]


def agrees(engine: str, pages: Rows, rows: Rows) -> None:
    expected = {p["id"]: as_dict(cleaner.clean(p["html"], p["url"]))["body"] for p in pages}
    got = {row["source"]: row["body"] for row in rows}
    if got != expected:
        wrong = [k for k in expected if got.get(k) != expected[k]]
        raise SystemExit(f"{engine}: {len(rows)} records, {len(wrong)} differ, such as {wrong[:3]}")
    print(f"{engine}: {len(pages)} pages, {len(rows)} records as clean() makes them")


def timed(engine: str, folder: Path, repeats: int) -> None:
    data = [decode(read_page(str(path)))[0] for path in sorted(folder.rglob("*.html*")) if path.is_file()]
    pages = [{"html": text, "url": "", "id": str(i)} for i, text in enumerate(data * repeats)]
    run = ENGINES[engine](pages)
    run()  # the first run starts processes and loads rules
    start = time.perf_counter()
    count = len(run())
    theirs = count / (time.perf_counter() - start)
    many = cleaner.clean_many({"data": p["html"], "source": p["id"]} for p in pages)
    next(many)
    start = time.perf_counter()
    ours = sum(1 for _ in many) / (time.perf_counter() - start)
    print(f"{engine}: {theirs:.0f} pages/s; clean_many: {ours:.0f} pages/s; ratio {theirs / ours:.2f}")


if __name__ == "__main__":
    name = sys.argv[1]
    if len(sys.argv) > 2:
        timed(name, Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    else:
        agrees(name, small(), ENGINES[name](small())())
