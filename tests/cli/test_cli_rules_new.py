"""`clean rules new`: from two saved pages to a passing fixture in four commands, and what is no sample."""

from __future__ import annotations

import gzip
import io
import subprocess
from contextlib import chdir, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from authoring_help import BRIDGE, HOST, ORCHARD, story, two_pages

from cleaner.cli import main
from cleaner.rules.format.parse import check_file

if TYPE_CHECKING:
    from pathlib import Path


def clean(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command line in this process, as if it were one of its own."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = main(args)
    return subprocess.CompletedProcess(args, code, out.getvalue(), err.getvalue())


def test_four_commands_from_two_pages_to_a_passing_fixture(tmp_path: Path) -> None:
    two_pages(tmp_path)
    new = clean("rules", "new", HOST, "bridge.html", "orchard.html", "--rules", "my-rules", cwd=tmp_path)
    assert new.returncode == 0
    rule_file = tmp_path / "my-rules" / "outlets" / f"{HOST}.yaml"
    assert "body       {css: '.story'}" in new.stdout
    assert new.stdout.splitlines()[-3:] == [
        f"my-rules/outlets/{HOST}.yaml",
        f"fixtures/{HOST}/a-bridge-at-last/expected.yaml",
        f"fixtures/{HOST}/whose-pears-are-they/expected.yaml",
    ]
    unread = clean("fixtures", "check", "--rules", "my-rules", cwd=tmp_path)
    assert (unread.returncode, unread.stdout.count("reviewed")) == (1, 4)

    rule_file.write_text(
        rule_file.read_text().replace("why: 'the same line", "why: 'asks for money; the same")
    )
    accept = clean("fixtures", "update", "--accept", f"fixtures/{HOST}", "--rules", "my-rules", cwd=tmp_path)
    assert accept.returncode == 0
    check = clean("fixtures", "check", "--rules", "my-rules", cwd=tmp_path)
    assert (check.returncode, check.stderr) == (0, "")
    assert check.stdout.startswith("2 cases, ")
    assert clean("rules", "check", "my-rules", cwd=tmp_path).returncode == 0

    expected = (tmp_path / "fixtures" / HOST / "a-bridge-at-last" / "expected.yaml").read_text()
    body = expected.split("body: |\n")[1].split("removed:")[0]
    assert [line.strip() for line in body.splitlines() if line] == list(BRIDGE)
    assert "date: '2020-01-09'" in expected
    assert "- Ann Berg\n" in expected


def test_next_commands_are_said_as_they_must_be_typed(tmp_path: Path) -> None:
    two_pages(tmp_path)
    new = clean("rules", "new", HOST, "bridge.html", "orchard.html", "--into", "cases", cwd=tmp_path)
    commands = [line.split(":")[1].strip() for line in new.stderr.splitlines() if "    clean" in line]
    assert commands == [
        f"clean fixtures update --accept cases/{HOST} --rules rules",
        f"clean fixtures check cases/{HOST} --rules rules",
    ]
    for command in commands:
        assert clean(*command.split()[1:], cwd=tmp_path).returncode == 0


def test_each_entry_stands_below_its_evidence(tmp_path: Path) -> None:
    two_pages(tmp_path)
    clean("rules", "new", HOST, "bridge.html", "orchard.html", cwd=tmp_path)
    lines = (tmp_path / "rules" / "outlets" / f"{HOST}.yaml").read_text().splitlines()
    entries = [n for n, line in enumerate(lines) if line.startswith("  - ")]
    assert len(entries) > 7
    assert all(lines[n - 1].startswith("  # ") and "2 of 2 pages" in lines[n - 1] for n in entries)
    removals = [lines[n] for n in entries if "{name: " in lines[n]]
    assert all("why: " in line and "2 of 2 pages" in line for line in removals)


def test_rule_file_is_never_written_over_unless_told(tmp_path: Path) -> None:
    two_pages(tmp_path)
    file = tmp_path / "rules" / "outlets" / f"{HOST}.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    again = clean("rules", "new", HOST, "bridge.html", cwd=tmp_path)
    assert again.returncode == 2
    assert f"rules/outlets/{HOST}.yaml: is already there; --force writes over it" in again.stderr
    assert file.read_text() == "mine"
    assert not (tmp_path / "fixtures").exists()
    assert clean("rules", "new", HOST, "bridge.html", "--force", cwd=tmp_path).returncode == 0
    assert "hosts: [news.example]" in file.read_text()


def test_fixtures_that_are_there_stay(tmp_path: Path) -> None:
    two_pages(tmp_path)
    clean("rules", "new", HOST, "bridge.html", cwd=tmp_path)
    case = tmp_path / "fixtures" / HOST / "a-bridge-at-last" / "expected.yaml"
    case.write_text("headline: mine\n")
    forced = clean("rules", "new", HOST, "bridge.html", "orchard.html", "--force", cwd=tmp_path)
    assert forced.returncode == 0
    assert "a-bridge-at-last: is already there" in forced.stderr
    assert case.read_text() == "headline: mine\n"


def test_without_pages_an_empty_form_that_is_a_rule_file(tmp_path: Path) -> None:
    assert clean("rules", "new", "bbc.example/news/live/*", cwd=tmp_path).returncode == 0
    file = tmp_path / "rules" / "outlets" / "bbc.example-news-live.yaml"
    rules, problems = check_file(file.read_bytes(), str(file), file.stem, "outlet")
    assert (rules.hosts, problems) == (("bbc.example/news/live/*",), [])
    uncommented = file.read_text().replace("\n# ", "\n").replace("\n#   -", "\n  -")
    rules, problems = check_file(uncommented.encode(), str(file), file.stem, "outlet")
    assert (len(rules.body), len(rules.remove), problems) == (1, 1, [])


@pytest.mark.parametrize("typed", [f"https://www.{HOST}/2020/1", f"www.{HOST}", HOST.upper()])
def test_host_as_people_type_it(tmp_path: Path, typed: str) -> None:
    assert clean("rules", "new", typed, cwd=tmp_path).stdout == f"rules/outlets/{HOST}.yaml\n"


@pytest.mark.parametrize(
    ("host", "page", "code", "words"),
    [
        ("nohost", None, 2, "nohost: is not a host; write it as dw.com"),
        ("news example", None, 2, "is not a host"),
        (HOST, "<html><body><p>Hi</p></body></html>", 1, "page.html: no body found"),
        (HOST, "", 1, "page.html: no body found (no-text)"),
        (HOST, "\x00\x01\x02" * 500, 1, "page.html: "),
        ("other.example", story("A bridge", BRIDGE, 1), 1, "page.html: is from https://www.news.example/"),
    ],
)  # fmt: skip
def test_what_cannot_be_drafted_is_told_and_writes_nothing(
    tmp_path: Path, host: str, page: str | None, code: int, words: str
) -> None:
    pages = []
    if page is not None:
        (tmp_path / "page.html").write_text(page)
        pages = ["page.html"]
    done = clean("rules", "new", host, *pages, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert [x.name for x in tmp_path.iterdir()] == pages


def test_pages_of_two_hosts_name_the_stranger(tmp_path: Path) -> None:
    two_pages(tmp_path)
    stranger = story("Whose pears?", ORCHARD, 2).replace("www.news.example", "www.gazette.example")
    (tmp_path / "stranger.html").write_text(stranger)
    done = clean("rules", "new", HOST, "bridge.html", "stranger.html", cwd=tmp_path)
    assert done.returncode == 1
    assert "stranger.html: is from https://www.gazette.example/2020/2, not from news.example" in done.stderr
    assert not (tmp_path / "rules").exists()


def test_file_that_is_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    missing = clean("rules", "new", HOST, "nope.html", cwd=tmp_path)
    assert (missing.returncode, "nope.html" in missing.stderr) == (2, True)
    (tmp_path / "broken.html").write_bytes(gzip.compress(b"<p>x</p>" * 99)[:20])
    broken = clean("rules", "new", HOST, "broken.html", cwd=tmp_path)
    assert (broken.returncode, "broken.html: ends before its end mark" in broken.stderr) == (1, True)


def test_packed_page_is_unpacked_in_its_fixture(tmp_path: Path) -> None:
    page = story("A bridge at last", BRIDGE, 1)
    (tmp_path / "bridge.html.gz").write_bytes(gzip.compress(page.encode()))
    assert clean("rules", "new", HOST, "bridge.html.gz", cwd=tmp_path).returncode == 0
    assert (tmp_path / "fixtures" / HOST / "a-bridge-at-last" / "page.html").read_text() == page


def test_page_without_address_gets_one_in_its_fixture(tmp_path: Path) -> None:
    lines = ["A bridge at last", "By Ann Berg", "Oslo, 09.01.2020", *BRIDGE]
    (tmp_path / "bridge.txt").write_text("\n\n".join(lines))
    done = clean("rules", "new", HOST, "bridge.txt", cwd=tmp_path)
    assert done.returncode == 0
    assert "one page cannot show what repeats" in done.stderr
    case = tmp_path / "fixtures" / HOST / "a-bridge-at-last"
    assert (case / "input.yaml").read_text() == f"url: https://{HOST}/bridge\n"
    assert f"outlet: {HOST}" in (case / "expected.yaml").read_text()


def test_address_that_the_browser_saved_is_used(tmp_path: Path) -> None:
    page = story("A bridge at last", BRIDGE, 1).replace('rel="canonical"', 'rel="other"')
    saved = f"<!-- saved from url=(0031)https://www.{HOST}/2020/bridge -->\n{page}"
    (tmp_path / "bridge.html").write_text(saved)
    assert clean("rules", "new", HOST, "bridge.html", cwd=tmp_path).returncode == 0
    given = tmp_path / "fixtures" / HOST / "a-bridge-at-last" / "input.yaml"
    assert given.read_text() == f"url: https://www.{HOST}/2020/bridge\n"
    other = clean("rules", "new", "other.example", "bridge.html", cwd=tmp_path)
    assert (other.returncode, "is from https://www.news.example/2020/bridge" in other.stderr) == (1, True)


def test_known_outlet_is_told(tmp_path: Path) -> None:
    page = story("A bridge at last", BRIDGE, 1).replace(f"www.{HOST}", "www.dw.com")
    (tmp_path / "bridge.html").write_text(page)
    done = clean("rules", "new", "dw.com", "bridge.html", cwd=tmp_path)
    assert (done.returncode, "dw.com is known already: dw.com; " in done.stderr) == (0, True)
