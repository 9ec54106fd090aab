"""A Ray dataset of pages to one of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.batch.inputs.streams import optional
from cleaner.engines.arrow import CleanBatch

if TYPE_CHECKING:
    from collections.abc import Callable


def clean_dataset(
    dataset: Any,  # noqa: ANN401 - a ray.data.Dataset
    clean: CleanBatch | None = None,
    *,
    batch_size: int = 256,
    **options: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """`dataset.map_batches` with task functions; `options` go to it (`concurrency`, `memory`, …).

    Not actors: with as many of them as cores, Ray Data stalled. A task that dies is run again by Ray,
    batch and all. Raises `ImportError` without Ray.
    """
    optional("ray.data", "a Ray dataset", "ray")
    return dataset.map_batches(
        _task(clean or CleanBatch()),
        batch_format="pyarrow",
        batch_size=batch_size,
        zero_copy_batch=True,
        **options,
    )


def _task(clean: CleanBatch) -> Callable[[Any], Any]:
    def clean_pages(table: Any) -> Any:  # noqa: ANN401
        import pyarrow as pa  # noqa: PLC0415 - in the task's own process

        return pa.Table.from_batches([clean(table)])

    return clean_pages
