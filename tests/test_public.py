"""What users call: the names of the package, and the paths that once were documented."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner
from cleaner.version import VERSION

ROOT = Path(__file__).parent.parent
PAGE = "<h1>Ferry stays</h1><p>The harbour board has said that the old ferry will not be sold this year.</p>"
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# The engines are rooms that users name, for each needs an extra; the rest of a path is ours to move.
OPEN = {"cleaner", "cleaner.engines", "cleaner.training"}


@pytest.mark.parametrize("name", cleaner.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(cleaner, name) is not None


def test_names_are_those_of_the_module_and_no_others() -> None:
    assert dir(cleaner) == sorted(cleaner.__all__)
    assert cleaner.__version__ == VERSION
    with pytest.raises(AttributeError, match="no attribute 'cleam'"):
        _ = cleaner.cleam


def test_a_name_is_imported_on_first_use() -> None:
    script = "import sys, cleaner; print(sorted(x for x in sys.modules if x.startswith('cleaner.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_article_goes_to_json_and_back() -> None:
    article = cleaner.clean(PAGE, url="https://news.example/1")
    record = article.to_dict()
    assert "candidates" not in record
    assert record == cleaner.as_dict(article)
    assert json.loads(article.to_json()) == record
    assert article.to_json().encode() == cleaner.dumps(record)
    full = article.to_dict(candidates=True)
    assert full["candidates"]
    assert cleaner.Article.from_dict(full) == cleaner.from_dict(full) == article


def test_a_run_is_made_of_public_names(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    out = tmp_path / "out.jsonl"
    settings = cleaner.Settings(schema="dolma")
    summary = cleaner.run(cleaner.Options((str(tmp_path / "a.html"),), str(out), settings))
    assert isinstance(summary, cleaner.Summary)
    assert (summary.read, json.loads(out.read_text())["text"][:7]) == (1, "The har")


@pytest.mark.parametrize("name", ["as_dict", "from_dict", "dumps"])
def test_the_old_path_of_the_record_works(name: str) -> None:
    assert getattr(importlib.import_module("cleaner.record"), name) is getattr(cleaner, name)


@pytest.mark.parametrize("name", ["html", "text", "status"])
def test_the_old_commands_of_the_training_work(name: str) -> None:
    command = [sys.executable, "-m", f"cleaner.training.{name}", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "CORPORA" in done.stdout) == (0, True), done.stderr


def test_a_judge_that_there_is_not_is_wrong_usage() -> None:
    command = [sys.executable, "-m", "cleaner.training", "weather"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    usage = "usage: python -m cleaner.training all|html|text|page-kind"
    assert (done.returncode, done.stderr[: len(usage)]) == (2, usage)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_code_for_users_names_no_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:from|import|-m) (cleaner[.\w]*)", text))
    named = {name for name in named if ".".join(name.split(".")[:2]) not in OPEN}
    assert named == set()
