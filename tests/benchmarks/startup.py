"""Wall-clock seconds until `clean --help` answers, and until one small page is cleaned, in a new process.

    python tests/benchmarks/startup.py [--repeats N] [--out DIR]

Writes startup.csv and startup.svg.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench_articles import SHAPES
from bench_output import arguments, bars, write_csv

SEED = next((Path(__file__).parent.parent.parent / "seeds").glob("001*.txt"))


def seconds(command: list[str], repeats: int) -> list[float]:
    """Sorted; the first run, which fills the disk's cache and writes byte code, is left out."""
    took = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return sorted(took[1:])


def main() -> None:
    parser = arguments(__doc__, corpora=False)
    parser.add_argument("--repeats", type=int, default=11)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(SHAPES["paragraphs"](12), encoding="utf-8")
        clean = [sys.executable, "-m", "cleaner"]
        commands = {
            "bare Python": [sys.executable, "-c", "pass"],
            "clean --help": [*clean, "--help"],
            "clean page.html": [*clean, str(page)],
            "clean page.txt": [*clean, str(SEED)],
        }
        rows: list[dict[str, object]] = []
        for name, command in commands.items():
            took = seconds(command, args.repeats)
            rows.append({"command": name, "median": median(took), "fastest": took[0], "slowest": took[-1]})
            print(
                f"{name:16} median {median(took):.3f} s  fastest {took[0]:.3f}  slowest {took[-1]:.3f}",
                flush=True,
            )
    write_csv(args.out / "startup.csv", rows)
    groups = {str(r["command"]): {"median": float(str(r["median"]))} for r in rows}
    bars(args.out / "startup.svg", "Seconds to start", groups)


if __name__ == "__main__":
    main()
