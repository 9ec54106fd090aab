"""Run the batch engine over a folder of hostile inputs and write what became of each, for its checker.

    python tests/benchmarks/engine_hostile.py FOLDER RESULTS.jsonl

FOLDER holds `cases/` and a `manifest.json` that lists inputs by `path_b64`; RESULTS gets a line a record:
{"path_b64", "outcome", "reason", "text", "seconds"}. Rule files under `rules/` are loaded, and a page is
cleaned with each that loads.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from cleaner import Cleaner, RulesError
from cleaner.batch.outputs.manifest import lines, manifest_name
from cleaner.batch.run import run
from cleaner.batch.settings import Options, Settings

PAGE = "<html><body><article><h1>Bridge</h1>" + "<p>The council voted on Tuesday to delay it.</p>" * 8
OUTCOMES = {"failed": "error", "rejected": "error", "skipped": "skip"}


def main() -> None:
    folder, results = Path(sys.argv[1]), Path(sys.argv[2])
    entries = json.loads((folder / "manifest.json").read_text())["entries"]
    found = cases(folder)
    with results.open("w") as out:
        for entry in entries:
            if entry["category"] == "rules":
                got = [rule(folder / base64.b64decode(entry["path_b64"]).decode())]
            else:
                path = os.fsdecode(base64.b64decode(entry["path_b64"]))
                got = found.get(path.removeprefix("cases/").encode("utf-8", "backslashreplace").decode(), [])
                if not got and (folder / path).is_dir():
                    got = [{"outcome": "skip", "reason": "a folder: walked, not read"}]
            for each in got:
                out.write(json.dumps({"path_b64": entry["path_b64"], **each}) + "\n")


def cases(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Results by the name of the file they are from."""
    with tempfile.TemporaryDirectory() as scratch:
        output = str(Path(scratch) / "out.jsonl")
        start = time.monotonic()
        summary = run(Options((str(folder / "cases"),), output=output, settings=Settings()))
        print(
            f"{summary.read} in, {dict(summary.statuses)}, {time.monotonic() - start:.1f} s", file=sys.stderr
        )
        records = (json.loads(line) for line in Path(output).read_text().splitlines())
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in lines(manifest_name(output)):
            text = ""
            if line["status"] not in OUTCOMES or line["status"] == "rejected":
                record = next(records)
                text = f"{record['headline'] or ''}\n{record['body']}"
            outcome = OUTCOMES.get(line["status"], "record" if text.strip() else "empty")
            reason = line.get("reason")
            seconds = line.get("ms", 0) / 1000
            result = {"outcome": outcome, "reason": reason, "text": text, "seconds": seconds}
            found[line["at"].partition("#")[0]].append(result)
    for results in found.values():
        results.sort(key=lambda r: r["outcome"] != "record")
    return found


def rule(path: Path) -> dict[str, Any]:
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "outlets").mkdir()
        (Path(scratch) / "outlets" / "example.com.yaml").write_bytes(path.read_bytes())
        try:
            Cleaner([scratch]).clean(PAGE, url="https://example.com/1")
        except RulesError as error:
            reason = str(error)
            return {"outcome": "rule_error", "reason": reason, "seconds": time.monotonic() - start}
    return {"outcome": "rule_ok", "reason": None, "seconds": time.monotonic() - start}


if __name__ == "__main__":
    main()
