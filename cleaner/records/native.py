"""Article to JSON-ready values and back; the order of `FIELDS` is the order of every record.

Enters: `Article`. Leaves: `dict`, or one line of JSON. Other schemas are views of this one:
`cleaner.records.schemas`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.model import Article, BodyBlock, Candidate, Removal

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = (
    "id", "source", "status", "reason", "outlet", "url", "headline", "date", "modified", "fetched", "authors",
    "agencies", "language", "body", "blocks", "summary", "section", "tags", "image", "site", "paywalled",
    "provenance", "candidates", "removed", "version",
)  # fmt: skip
_TUPLES = ("authors", "agencies", "tags")


def as_dict(article: Article, *, candidates: bool = False) -> dict[str, Any]:
    """Every field of the record, absent ones as None or empty; `candidates` only where asked for."""
    record: dict[str, Any] = {name: getattr(article, name) for name in FIELDS}
    for name in _TUPLES:
        record[name] = list(record[name])
    record["blocks"] = [{"kind": block.kind, "text": block.text} for block in article.blocks]
    record["provenance"] = dict(article.provenance)
    record["removed"] = [{"index": r.index, "rule": r.rule, "text": r.text} for r in article.removed]
    if candidates:
        record["candidates"] = [candidate_dict(c) for c in article.candidates]
    else:
        del record["candidates"]
    return record


def candidate_dict(candidate: Candidate) -> dict[str, Any]:
    return {
        "field": candidate.field, "value": candidate.value, "source": candidate.source,
        "raw": candidate.raw, "block": candidate.block,
    }  # fmt: skip


def from_dict(record: Mapping[str, Any]) -> Article:
    """The article that `as_dict` wrote. Raises `KeyError` without id, status or version, `TypeError` for
    unknown fields.
    """
    values = dict(record)
    for name in _TUPLES:
        values[name] = tuple(values.get(name, ()))
    values["blocks"] = tuple(BodyBlock(**block) for block in values.get("blocks", ()))
    values["candidates"] = tuple(Candidate(**c) for c in values.get("candidates", ()))
    values["removed"] = tuple(Removal(**r) for r in values.get("removed", ()))
    return Article(id=values.pop("id"), status=values.pop("status"), version=values.pop("version"), **values)


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
