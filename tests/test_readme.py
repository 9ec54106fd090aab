"""The README's walk-through, done as it is written."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from authoring_help import two_pages

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
WALK = README.split("## Add an outlet in ten minutes")[1].split("### Fixtures")[0]
DRAFT = README.split("## Draft an outlet from two saved pages")[1].split("## Add an outlet")[0]
SETUP = README.split("## Set-up")[1].split("## Command line")[0]


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", WALK, re.DOTALL)
    assert found is not None
    return found[1]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "clean"
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *words[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_COLOR": "1"},
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(block("html"))
    (tmp_path / "my-rules" / "outlets").mkdir(parents=True)
    (tmp_path / "my-rules" / "outlets" / "news.example.yaml").write_text(block("yaml"))
    return tmp_path


def test_walk_through(repository: Path) -> None:
    before, check, after, add, verify = re.findall(r"^    (clean .*)$", WALK, re.MULTILINE)
    assert "Sign our petition" in run(before, repository).stdout
    assert run(check, repository).returncode == 0
    explained = run(after, repository).stdout
    assert re.search(
        r"^- news\.example/petition +Sign our petition for more bridges!$", explained, re.MULTILINE
    )
    assert re.search(r"^date +2020-01-09 ", explained, re.MULTILINE)

    drafted = run(add, repository)
    expected = repository / "fixtures" / "news.example" / "a-bridge-at-last" / "expected.yaml"
    assert (drafted.returncode, drafted.stdout.strip()) == (0, str(expected.relative_to(repository)))
    assert run(verify, repository).returncode == 1
    draft = expected.read_text()
    assert "headline: A bridge at last\n" in draft
    assert "tunnel" not in draft.split("removed:")[0]
    expected.write_text(draft.replace("reviewed: false\n", ""))
    checked = run(verify, repository)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_four_commands_from_two_saved_pages_to_a_passing_fixture(tmp_path: Path) -> None:
    two_pages(tmp_path)
    commands = re.findall(r"^    (clean .*)$", DRAFT, re.MULTILINE)
    assert len(commands) == 4
    new, explained, accepted, checked = (run(command, tmp_path) for command in commands)
    assert "my-rules/outlets/news.example.yaml\n" in new.stdout
    assert re.search(r"^- news\.example/newsletter-box +The morning letter$", explained.stdout, re.MULTILINE)
    assert [x.returncode for x in (new, explained, accepted)] == [0, 0, 0]
    assert (checked.returncode, checked.stderr) == (0, "")
    assert re.fullmatch(r"2 cases, \d+ fields: all as stated\n", checked.stdout)


def test_broken_rule_is_told_with_line_and_remedy(repository: Path) -> None:
    rule = repository / "my-rules" / "outlets" / "news.example.yaml"
    rule.write_text(rule.read_text().replace("line:", "lime:"))
    checked = run("clean rules check my-rules", repository)
    assert checked.returncode == 2
    assert "my-rules/outlets/news.example.yaml:6: error: " in checked.stdout


def test_two_set_up_commands_of_one_line_each() -> None:
    assert len(re.findall(r"^    \S.*$", SETUP, re.MULTILINE)) == 2
