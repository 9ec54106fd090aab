"""The record's functions under the name they once had; `cleaner` itself has them now."""

from cleaner.records.native import as_dict, dumps, from_dict

__all__ = ["as_dict", "dumps", "from_dict"]
