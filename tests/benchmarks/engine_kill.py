"""Kill a run, or one of its workers, at many random moments, and resume it: the bytes must be the same.

    python tests/benchmarks/engine_kill.py FOLDER [MOMENTS [SEED]]

FOLDER holds pages; the first 400 of them are cleaned again and again, once without disturbance, then each
time with a kill -9 of the parent (and `--resume` after it), of a worker, or of the process that forks
workers.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 400
RUN = (
    "import cleaner.batch.run as r, sys; r.COMMIT_EVERY = 25; "
    "from cleaner.cli import main; sys.exit(main(sys.argv[1:]))"
)


def command(folder: Path, out: Path) -> list[str]:
    options = ["-o", str(out), "--ledger", f"{out}.ledger", "--dedup", "--limit", str(LIMIT), "--resume"]
    return [sys.executable, "-c", RUN, str(folder), *options]


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(folder, out), stderr=subprocess.DEVNULL)


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def victim(process: subprocess.Popen[bytes], whom: str) -> int | None:
    """The process to kill: the parent, the one that forks, or a worker."""
    if whom == "parent":
        return process.pid
    forks = children(process.pid)
    if whom == "zygote" or not forks:
        return forks[0] if forks else None
    workers = children(forks[0])
    return random.choice(workers) if workers else None


def disturbed(folder: Path, out: Path, whom: str, moment: float) -> int:
    """Run to the end through one kill; how many processes died."""
    process = start(folder, out)
    deaths = 0
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        pid = victim(process, whom)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            deaths = 1
    if process.wait() != 0:
        subprocess.run(command(folder, out), check=True, stderr=subprocess.DEVNULL)
    return deaths


def main() -> None:
    folder = Path(sys.argv[1])
    moments = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.jsonl"
        began = time.monotonic()
        start(folder, whole).wait()
        length = time.monotonic() - began
        expected = [whole.read_bytes(), Path(f"{whole}.ledger").read_bytes()]
        same = deaths = 0
        for at in range(moments):
            out = Path(scratch) / f"{at}.jsonl"
            whom = ("parent", "worker", "zygote")[at % 3]
            deaths += disturbed(folder, out, whom, random.uniform(0.1, 0.9) * length)
            got = [out.read_bytes(), Path(f"{out}.ledger").read_bytes()]
            same += got == expected
            if got != expected:
                print(f"{whom} at moment {at}: the bytes differ")
            for path in Path(scratch).glob(f"{at}.jsonl*"):
                path.unlink()
        print(f"{same} of {moments} byte-identical; {deaths} kills; an undisturbed run takes {length:.1f} s")


if __name__ == "__main__":
    main()
