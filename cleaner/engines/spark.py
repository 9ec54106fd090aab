"""A Spark data frame of pages to one of records, through `mapInArrow` (Spark 3.4 and later)."""

from __future__ import annotations

from typing import Any

from cleaner.batch.inputs.parquet import record_schema
from cleaner.batch.inputs.streams import optional
from cleaner.engines.arrow import CleanBatch


def clean_frame(frame: Any, clean: CleanBatch | None = None) -> Any:  # noqa: ANN401 - pyspark's DataFrame
    """`frame.mapInArrow` with the record's schema. Raises `ImportError` without pyspark.

    Keep batches small, for pages are large: `spark.sql.execution.arrow.maxRecordsPerBatch` of 256.
    """
    types = optional("pyspark.sql.pandas.types", "a Spark data frame", "spark")
    return frame.mapInArrow((clean or CleanBatch()).over, types.from_arrow_schema(record_schema()))
