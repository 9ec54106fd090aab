"""A run in a folder of pages runs nothing that lies there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner

HOME = str(Path(cleaner.__file__).parent.parent)
STORY = "The harbour board has said that the old ferry will not be sold this year, whatever the bids are."
# What a run imports early and late, from other packages and from the standard library's less used half.
NAMES = ("orjson", "click", "selectolax", "re2", "langdetect", "trafilatura", "dateutil", "pickletools")
AS_SCRIPT = ["-P", "-c", "import sys; from cleaner.cli import main; sys.exit(main())"]


@pytest.mark.parametrize("program", [AS_SCRIPT, ["-m", "cleaner"]], ids=["script", "module"])
def test_modules_in_the_current_folder_are_not_run(tmp_path: Path, program: list[str]) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(f"open('ran-{name}', 'w').close()\nraise SystemExit(9)\n")
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(f"<h1>Ferry {number} stays</h1><p>{STORY}</p>")
    done = subprocess.run(
        [sys.executable, *program, ".", "-o", "out.jsonl", "--workers", "2"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": HOME}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert sorted(path.name for path in tmp_path.glob("ran-*")) == []
    assert (done.returncode, (tmp_path / "out.jsonl").read_text().count("\n")) == (0, 3)


def test_workers_of_a_library_call_do_not_look_there_either(tmp_path: Path) -> None:
    """The caller's own program looks there, as Python does for `-c`; the workers do not."""
    (tmp_path / "orjson.py").write_text("open('ran', 'w').close()\nraise SystemExit(9)\n")
    program = (
        "import sys; here = sys.path.pop(0); import cleaner, orjson; sys.path.insert(0, here)\n"
        f"print([a.status for a in cleaner.clean_many(['<p>{STORY}</p>'], workers=1)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": HOME}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.startswith("['")) == (0, True), done.stderr
    assert not (tmp_path / "ran").exists()
