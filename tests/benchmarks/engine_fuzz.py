"""Fuzz the readers and the cleaner for a while: no exception, no hang, no crash, whatever the bytes.

    python tests/benchmarks/engine_fuzz.py FOLDER MINUTES [SEED]

Pages and containers below FOLDER are cut, spliced, repeated and sprinkled with what has broken parsers
before. Pages go through `clean_many`, which survives and names what kills a worker; containers through
the batch's readers.
"""

from __future__ import annotations

import gzip
import io
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import cleaner
from cleaner.batch.inputs.content import content_of
from cleaner.batch.inputs.documents import Document, Unreadable
from cleaner.batch.inputs.formats import File, kind_of
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.inputs.streams import read_page
from cleaner.batch.settings import ColumnNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SPICE = (
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<div>" * 300,
    b"<b x=1>" * 90,
    b"<table><tr><td>",
    b"<select><option>",
    b"<svg>",
    b"<script>",
    b"<template>",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"&#xD800;",
    b"&" * 999,
    b" " * 9999,
    b"-" * 9999,
    b"\n" * 999,
    b'<script type="application/ld+json">',
    b'{"@type":"NewsArticle","headline":{}}',
    b"[" * 999,
    b'<meta charset="utf-16">',
    b'<meta charset="gb18030">',
    b'"',
    b"'",
    b"=",
    b"By Anna " * 99,
    b"https://a.b/",
    b"\x1b$B",
    b"<time datetime=99999-99-99>",
    b"Content-Length: -1\r\n",
    b"WARC/1.0\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"9" * 999,
)


def mutated(rng: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(data) + 1)
        length = rng.choice((1, 4, 40, 400, 4000))
        how = rng.randrange(6)
        if how == 0:
            del data[at : at + length]
        elif how == 1:
            data[at:at] = rng.choice(SPICE)
        elif how == 2:
            data[at:at] = data[at : at + length] * rng.randrange(2, 20)
        elif how == 3:
            other = rng.choice(seeds)
            start = rng.randrange(len(other) + 1)
            data[at : at + length] = other[start : start + length]
        elif how == 4:
            data[at : at + 8] = rng.randbytes(8)
        else:
            del data[at:]
    return bytes(data[:400_000])


def containers(pages: list[bytes]) -> dict[str, list[bytes]]:
    """Small whole containers of each kind, by suffix."""
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with (
        zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive,
        tarfile.open(fileobj=tarred, mode="w") as tar,
    ):
        for at, page in enumerate(pages[:4]):
            archive.writestr(f"{at}.html", page)
            info = tarfile.TarInfo(f"{at}.html")
            info.size = len(page)
            tar.addfile(info, io.BytesIO(page))
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: "
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    warc = b"".join(
        head + str(len(http + p)).encode() + b"\r\n\r\n" + http + p + b"\r\n\r\n" for p in pages[:4]
    )
    lines = b"".join(b'{"html":"<p>%d</p>","url":"https://a.example/"}\n' % n for n in range(50))
    return {
        ".zip": [zipped.getvalue()], ".tar": [tarred.getvalue()], ".warc": [warc],
        ".warc.gz": [gzip.compress(warc)], ".jsonl": [lines], ".jsonl.gz": [gzip.compress(lines)],
        ".html.gz": [gzip.compress(pages[0])],
    }  # fmt: skip


def read_all(path: Path) -> Counter[str]:
    """What the readers make of a file; an exception is what is looked for."""
    found: Counter[str] = Counter()
    for entry in documents(File(str(path), path.name, kind_of(path.name)), ColumnNames()):
        if not isinstance(entry, Document):
            found[entry.reason] += 1
            continue
        try:
            content_of(entry, ColumnNames())
            found["read"] += 1
        except Unreadable as error:
            found[error.reason] += 1
    return found


def fuzz_readers(rng: random.Random, pages: list[bytes], until: float) -> Counter[str]:
    found: Counter[str] = Counter()
    kinds = containers(pages)
    with tempfile.TemporaryDirectory() as scratch:
        while time.monotonic() < until:
            suffix = rng.choice(sorted(kinds))
            path = Path(scratch) / f"x{suffix}"
            path.write_bytes(mutated(rng, kinds[suffix]))
            start = time.monotonic()
            try:
                found += read_all(path)
            except Exception as error:  # noqa: BLE001 - this is what it looks for
                keep(path.read_bytes(), f"{suffix} {type(error).__name__}: {error}")
                found["EXCEPTION"] += 1
            if time.monotonic() - start > 5:
                keep(path.read_bytes(), f"{suffix} slow")
                found["SLOW"] += 1
            found["inputs"] += 1
    return found


def fuzz_pages(rng: random.Random, pages: list[bytes], until: float) -> Counter[str]:
    found: Counter[str] = Counter()
    waiting: list[bytes] = []

    def source() -> Iterator[bytes]:
        while time.monotonic() < until:
            waiting.append(mutated(rng, pages))
            yield waiting[-1]

    for article in cleaner.clean_many(source(), workers=1, timeout=8):
        data = waiting.pop(0)
        found["inputs"] += 1
        found[f"{article.status}: {article.reason}" if article.reason else article.status] += 1
        if article.reason in ("timeout", "crash", "out-of-memory", "error"):
            keep(data, f"page {article.reason}")
    return found


def keep(data: bytes, words: str) -> None:
    path = Path(tempfile.gettempdir()) / f"fuzz-{abs(hash(data)):x}"
    path.write_bytes(data)
    print(f"{words}: {path}", flush=True)


def main() -> None:
    folder, minutes = Path(sys.argv[1]), float(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    files = sorted(p for p in folder.rglob("*.html*") if p.is_file())[::7]
    pages = [data for data in (read_page(str(p)) for p in files) if len(data) < 300_000][:200]
    parts: tuple[Callable[[random.Random, list[bytes], float], Counter[str]], ...] = (
        fuzz_readers,
        fuzz_pages,
    )
    for fuzz in parts:
        found = fuzz(rng, pages, time.monotonic() + minutes * 30)
        print(fuzz.__name__, dict(found.most_common()), flush=True)


if __name__ == "__main__":
    main()
