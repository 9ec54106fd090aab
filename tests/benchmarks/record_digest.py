"""One line a page: its name, and the hash of its whole record but for `version`.

    python tests/benchmarks/record_digest.py FOLDER... > before.txt        then: diff before.txt after.txt

Two builds that print the same make the same records, ledger and candidates included. Pages are all files
below the folders; `.gz` is undone. A file below a folder whose name begins with `text-` is taken for text
that another tool extracted, any other is told by itself.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

import cleaner
from cleaner.records.native import as_dict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Article

DATA = frozenset({".jsonl", ".json", ".yaml"})


def pages(folder: Path) -> Iterator[tuple[str, bytes, bool]]:
    """Name below the folder, content, and whether it is extracted text; in the order of names."""
    for path in sorted(x for x in folder.rglob("*") if x.is_file() and x.suffix not in DATA):
        data = path.read_bytes()
        is_text = any(part.startswith("text-") for part in (folder.name, *path.relative_to(folder).parts))
        yield str(path.relative_to(folder)), gzip.decompress(data) if path.suffix == ".gz" else data, is_text


def digest(article: Article) -> str:
    """The record's hash, the same for the same values in any order of keys."""
    record = as_dict(article, candidates=True)
    record.pop("version")
    return hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    ready = cleaner.Cleaner()
    for folder in parser.parse_args(argv).folders:
        for name, data, is_text in pages(folder):
            article = ready.clean(data, source=name, kind="text" if is_text else None)
            print(name, digest(article), sep="\t", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
