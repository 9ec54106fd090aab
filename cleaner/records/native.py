"""The native record as JSON: articles to mappings, mappings to lines.

Enters: `Article`. Leaves: `dict`, or one line of JSON. The fields and their order stand in `cleaner.model`,
the table `RECORD`; other schemas are views of this one: `cleaner.records.schemas`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.model import Article


def as_dict(article: Article, *, candidates: bool = False) -> dict[str, Any]:
    """`article.to_dict()`, as a function."""
    return article.to_dict(candidates=candidates)


def dumps(record: Mapping[str, Any]) -> bytes:
    r"""One line of UTF-8 JSON, without its line end; equal records give equal bytes.

    A lone surrogate, as in a file name that is not UTF-8, cannot be encoded: it is written out as `\udce9`.
    """
    import orjson  # noqa: PLC0415 - 18 ms that `clean --help` does not need

    try:
        return orjson.dumps(record)
    except TypeError:
        return orjson.dumps(_encodable(record))


def _encodable(value: Any) -> Any:  # noqa: ANN401 - JSON values
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value
