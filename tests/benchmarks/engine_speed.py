"""The engine's cost, its gain from a second worker, and its memory, over many pages.

    python tests/benchmarks/engine_speed.py FOLDER [PAGES]

FOLDER holds pages, which are repeated until there are PAGES of them (20,000 by default). Prints, for a
bare loop of `clean()` and for one, two and four workers: pages a second, overhead, speed-up; peak memory
of the parent and of a worker before the 2,000th page and after it; whether the bytes are the same.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from cleaner import Cleaner
from cleaner.batch.inputs.streams import read_page
from cleaner.batch.run import Progress, run
from cleaner.batch.settings import Options
from cleaner.records.native import as_dict, dumps


@dataclass
class Watch:
    """Samples memory twice a second, and notes the peaks before and after the 2,000th page.

    What a process has resident is partly shared with the one it was forked from; `own` is what is not.
    """

    done: int = 0
    peaks: dict[str, int] = field(default_factory=dict)

    def __call__(self, progress: Progress) -> None:
        self.done = progress.done

    def sample(self, stop: threading.Event) -> None:
        while not stop.wait(0.5):
            self._note("parent", os.getpid())
            for zygote in children(os.getpid()):
                self._note("zygote", zygote)
                for worker in children(zygote):
                    self._note("worker", worker)

    def _note(self, who: str, pid: int) -> None:
        when = "early" if self.done < 2_000 else "late"
        resident, own = memory(pid)
        for what, size in ((f"{who} {when}", resident), (f"{who} {when}, own", own)):
            self.peaks[what] = max(self.peaks.get(what, 0), size)


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def memory(pid: int) -> tuple[int, int]:
    """MB resident, and of these shared with no other process; zeros for one that has gone."""
    try:
        rows = [line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]]
    except OSError:
        return 0, 0
    sizes = {row[0]: int(row[1]) // 1024 for row in rows}
    return sizes["Rss:"], sizes["Private_Clean:"] + sizes["Private_Dirty:"]


def repeated(folder: Path, count: int, into: Path) -> list[str]:
    """Hard links, so that the disk's cache holds each page once."""
    pages = sorted(p for p in folder.rglob("*.html*") if p.is_file())
    paths = []
    for at in range(count):
        source = pages[at % len(pages)]
        path = into / f"{at // 1000:03d}" / f"{at:06d}-{source.name}"
        path.parent.mkdir(exist_ok=True)
        os.link(source, path)
        paths.append(str(path))
    return paths


def bare(paths: list[str], out: Path) -> float:
    """Read, clean and write in one loop, as a user would without the engine."""
    cleaner = Cleaner()
    start = time.perf_counter()
    with out.open("wb") as file:
        for path in paths:
            file.write(dumps(as_dict(cleaner.clean(read_page(path), source=path))) + b"\n")
    return time.perf_counter() - start


def measured(folder: Path, out: Path, workers: int) -> tuple[float, float, Watch]:
    """Seconds of the run, CPU seconds of the parent in it (the sampler's aside), and what was seen of
    memory.
    """
    watch, stop = Watch(), threading.Event()
    sampler = threading.Thread(target=watch.sample, args=(stop,))
    sampler.start()
    start, cpu = time.perf_counter(), time.thread_time()
    run(Options((str(folder),), output=str(out), workers=workers), watch)
    seconds, used = time.perf_counter() - start, time.thread_time() - cpu
    stop.set()
    sampler.join()
    return seconds, used, watch


def main() -> None:
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(dir=source.parent) as scratch:
        folder = Path(scratch) / "in"
        folder.mkdir()
        paths = repeated(source, count, folder)
        with ProcessPoolExecutor(1) as apart:  # or the parent's memory would be that of a cleaner
            loop = apart.submit(bare, paths, Path(scratch) / "bare.jsonl").result()
        print(f"bare loop   {count / loop:7.1f} pages/s {loop / count * 1000:6.2f} ms a page", flush=True)
        one, hashes = 0.0, set()
        for workers in (1, 2, 4):
            out = Path(scratch) / "out.jsonl"
            seconds, used, watch = measured(folder, out, workers)
            one = one or seconds
            hashes.add(hashlib.sha256(out.read_bytes()).hexdigest())
            gain = f"overhead {seconds / loop - 1:+.1%}" if workers == 1 else f"speed-up {one / seconds:.2f}"
            parent = f"parent {used / count * 1000:.2f} ms CPU a page"
            print(f"{workers} worker(s) {count / seconds:7.1f} pages/s  {gain}; {parent}")
            print("    MB: " + "; ".join(f"{k} {v}" for k, v in sorted(watch.peaks.items())), flush=True)
        print("the same bytes for 1, 2 and 4 workers" if len(hashes) == 1 else "THE BYTES DIFFER")


if __name__ == "__main__":
    main()
