"""How many of the package's modules one page enters, and how often the work changes from one to another.

    python tests/benchmarks/module_walk.py FOLDER [--pages N]

Counted as the program runs, on pages after a warm-up, so that rules are compiled and languages loaded:
`modules` are those in which a function was called, `switches` the calls from one module's function into
another's, each pair of calling line and called function counted once a page (a loop over blocks is one
switch).
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from record_digest import pages

import cleaner

if TYPE_CHECKING:
    from types import FrameType

ROOT = str(Path(cleaner.__file__).parent)
WARM_UP = 20


def walk(ready: cleaner.Cleaner, data: bytes) -> tuple[set[str], set[tuple[str, int, str, str]]]:
    """The files entered, and the calls across files."""
    files: set[str] = set()
    switches: set[tuple[str, int, str, str]] = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        file = frame.f_code.co_filename
        if event != "call" or not file.startswith(ROOT):
            return
        files.add(file)
        caller = frame.f_back
        while caller is not None and not caller.f_code.co_filename.startswith(ROOT):
            caller = caller.f_back
        if caller is not None and caller.f_code.co_filename != file:
            switches.add((caller.f_code.co_filename, caller.f_lineno, file, frame.f_code.co_qualname))

    sys.setprofile(watch)
    try:
        ready.clean(data)
    finally:
        sys.setprofile(None)
    return files, switches


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    args = parser.parse_args(argv)
    ready = cleaner.Cleaner()
    seen = [data for _, data, is_text in pages(args.folder) if not is_text][: args.pages]
    for data in seen[:WARM_UP]:
        ready.clean(data)
    counts = [(len(x), len(y)) for x, y in (walk(ready, data) for data in seen)]
    for name, column in zip(("modules", "switches"), zip(*counts, strict=True), strict=True):
        print(f"{name}: median {statistics.median(column):g}, {min(column)} to {max(column)}")


if __name__ == "__main__":
    main(sys.argv[1:])
