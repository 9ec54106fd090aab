"""A Hugging Face dataset of pages to one of records."""

from __future__ import annotations

from typing import Any

from cleaner.batch.inputs.parquet import record_schema
from cleaner.batch.inputs.streams import optional
from cleaner.engines.arrow import CleanBatch


def clean_dataset(
    dataset: Any,  # noqa: ANN401 - a datasets.Dataset or IterableDataset
    clean: CleanBatch | None = None,
    *,
    batch_size: int = 256,
    **options: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """`dataset.map` over Arrow batches; `options` go to it (`num_proc`, say). Streaming datasets stay
    streaming.

    Raises `ImportError` without the datasets package.
    """
    library = optional("datasets", "a Hugging Face dataset", "datasets")
    arrow = optional("pyarrow", "a Hugging Face dataset", "datasets")
    features = library.Features.from_arrow_schema(record_schema())
    work = clean or CleanBatch()

    def clean_pages(table: Any) -> Any:  # noqa: ANN401
        return arrow.Table.from_batches([work(table)])

    mapped = dataset.with_format("arrow").map(
        clean_pages, batched=True, batch_size=batch_size, features=features,
        remove_columns=dataset.column_names, **options,
    )  # fmt: skip
    return mapped.with_format(None)
