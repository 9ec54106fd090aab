"""`clean PATH...` from the outside: what it prints, where, and with which exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.version import VERSION

STORY = "A bridge is open\n\nThe minister opened the bridge on Monday, after years of delay.\n\nIt is long.\n"
PAGE = f"<html><head><title>x</title></head><body><p>{STORY}</p></body></html>"


Done = subprocess.CompletedProcess[bytes]
Here = Callable[..., Done]


def clean(*args: str | Path, stdin: bytes | None = None, **env: str) -> Done:
    """The installed command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *map(str, args)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=300,
        env=os.environ | env,
    )


@pytest.fixture
def here(capfdbinary: pytest.CaptureFixture[bytes]) -> Here:
    """The command in this process, which spares half a second each time."""

    def call(*args: str | Path) -> Done:
        code = main([str(arg) for arg in args])
        return subprocess.CompletedProcess(args, code, *capfdbinary.readouterr())

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(STORY)
    (tmp_path / "in" / "a.html").write_text(PAGE)
    (tmp_path / "in" / "sub" / "c.TXT").write_text(STORY)
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path / "in"


def records(out: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_folder_to_one_record_a_line(folder: Path) -> None:
    done = clean(folder)
    assert done.returncode == 0
    assert done.stderr == b"clean: 1 skipped: 1 .png\n"
    assert [r["source"] for r in records(done.stdout)] == ["a.html", "b.txt", "sub/c.TXT"]
    assert all("bridge" in str(r["body"]) for r in records(done.stdout))


def test_same_input_same_bytes(folder: Path) -> None:
    """Of one page, which no worker cleans: theirs all have the same seed."""
    page = folder / "a.html"
    assert clean(page).stdout == clean(page, PYTHONHASHSEED="7").stdout != b""


def test_standard_input_with_its_address() -> None:
    done = clean("-", "--url", "https://news.example/1", "--kind", "text", stdin=STORY.encode())
    (record,) = records(done.stdout)
    assert (record["url"], record["source"]) == ("https://news.example/1", None)


def test_options_may_come_first(folder: Path, here: Here) -> None:
    assert len(records(here("--favor", "recall", folder / "b.txt").stdout)) == 1


def test_output_file_appears_whole(folder: Path, tmp_path: Path, here: Here) -> None:
    out = tmp_path / "out.jsonl"
    done = here(folder, "-o", out)
    assert (done.returncode, done.stdout) == (0, b"")
    assert len(records(out.read_bytes())) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out.jsonl", "out.jsonl.manifest.jsonl"]


def test_one_bad_file_is_named_and_the_rest_goes_on(folder: Path, here: Here) -> None:
    done = here(folder / "b.txt", folder / "nope.txt", folder / "a.html")
    assert done.returncode == 1
    assert len(records(done.stdout)) == 2
    assert done.stderr.decode() == f"clean: {folder / 'nope.txt'}: no such file\n"


def test_fifo_in_a_folder_is_not_waited_for(folder: Path, here: Here) -> None:
    os.mkfifo(folder / "pipe.txt")
    done = here(folder)
    assert done.returncode == 0
    assert len(records(done.stdout)) == 3
    assert (
        done.stderr == b"clean: pipe.txt: skipped: this is a FIFO\nclean: 2 skipped: 1 .png, 1 not-a-file\n"
    )


def test_folder_without_pages(tmp_path: Path, here: Here) -> None:
    (tmp_path / "x.png").write_bytes(b"x")
    done = here(tmp_path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert f"{tmp_path}: no .html .htm .xhtml .txt .md " in done.stderr.decode()


def test_links_that_go_round_in_a_circle(folder: Path, here: Here) -> None:
    (folder / "again").symlink_to(folder)
    assert len(records(here(folder).stdout)) == 3


def test_file_name_that_is_not_utf8(tmp_path: Path, here: Here) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.txt")).write_text(STORY)
    (record,) = records(here(tmp_path).stdout)
    assert record["source"] == "caf\\udce9\n.txt"


def test_a_picture_is_refused_by_name(folder: Path, here: Here) -> None:
    done = here(folder / "picture.png")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"this is an image" in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "PATH..."),
        (["--schema", "xml", "x"], "xml"),
        (["--bogus", "x"], "--bogus"),
        (["--rules", "no-such-folder", "x"], "no-such-folder: no such folder"),
        (["-o", "no-such-folder/out.jsonl", "x"], "cannot be written: no such file or directory"),
        (["-o", ".", "x"], "is a folder"),
        (["--url", "https://news.example/1", "x", "y"], "--url is the address of one page"),
        (["--candidates", "--schema", "dolma", "x"], "dolma has no place"),
    ],
)
def test_wrong_usage(args: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_bad_rule_file_names_file_line_and_remedy(folder: Path, tmp_path: Path, here: Here) -> None:
    rules = tmp_path / "my" / "outlets"
    rules.mkdir(parents=True)
    (rules / "news.example.yaml").write_text("outlet: News\nhosts: [news.example]\nremoove: []\n")
    done = here(folder, "--rules", tmp_path / "my")
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{rules / 'news.example.yaml'}:3: remoove" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_own_rules_are_followed(folder: Path, tmp_path: Path, here: Here) -> None:
    rules = tmp_path / "my" / "outlets"
    rules.mkdir(parents=True)
    (rules / "news.example.yaml").write_text(
        "outlet: News\nhosts: [news.example]\n"
        "remove:\n  - {name: length, line: '^it is long\\.$', why: said of every bridge}\n"
    )
    done = here(folder / "b.txt", "--rules", tmp_path / "my", "--url", "https://www.news.example/1")
    (record,) = records(done.stdout)
    assert record["outlet"] == "news.example"
    assert {"index": 2, "rule": "news.example/length", "text": "It is long."} in record["removed"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("schema", "key"),
    [
        ("native", "removed"),
        ("datatrove", "metadata"),
        ("dolma", "created"),
        ("schemaorg", "@type"),
        ("trafilatura", "excerpt"),
    ],
)
def test_schemas(folder: Path, schema: str, key: str, here: Here) -> None:
    (record,) = records(here(folder / "b.txt", "--schema", schema).stdout)
    assert key in record


def test_candidates(folder: Path, here: Here) -> None:
    (record,) = records(here(folder / "b.txt", "--candidates").stdout)
    assert isinstance(record["candidates"], list)


def test_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    for number in range(200):
        (folder / f"{number}.txt").write_text(STORY * 9)
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_interrupted(folder: Path, tmp_path: Path) -> None:
    for number in range(1000):
        (folder / f"{number}.txt").write_text(STORY * 9)
    out = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", str(folder), "-o", str(out)], stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        while process.poll() is None and not (tmp_path / "out.jsonl.part").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        words = process.stderr.read().decode()
    assert process.returncode == 130
    assert words.strip() == "clean: interrupted; the same command with --resume goes on from here"
    assert not out.exists()


def test_help_names_everything_and_is_quick() -> None:
    """The limit is generous, for a loaded machine; what makes it quick is that nothing heavy is imported."""
    done = clean("--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert all(
        word in text for word in ("PATH...", "--schema", "explain", "fixtures", "Exit codes", "./rules")
    )
    script = (
        "import sys; from cleaner.cli import main; main(['--help']); "
        "heavy = {'trafilatura', 'langdetect', 'rich', 'ftfy', 'lxml', 'ruamel', 'selectolax', 're2'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.splitlines()[-1] == "[]"


def test_small_page_loads_nothing_heavy(folder: Path) -> None:
    script = (
        "import sys; from cleaner.cli import main; main(sys.argv[1:]); "
        "print(sorted({'trafilatura', 'rich', 'ftfy', 'dateparser', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder / "b.txt")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_version() -> None:
    assert clean("--version").stdout.decode().strip() == f"clean, version {VERSION}"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no such device")
@pytest.mark.parametrize("command", [["explain"], []])
def test_a_full_disk_behind_standard_output_is_one_line(tmp_path, command):
    page = tmp_path / "a.html"
    page.write_text("<h1>Ferry</h1><p>The harbour board will not sell the old ferry this year.</p>")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", *command, str(page)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["clean: stopped: no space left on device"]


def test_sigterm_leaves_no_temporary_folder(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    ) as process:  # fmt: skip
        process.stdin.write(b'{"html": "<p>a</p>"}\n')
        process.stdin.flush()
        for _ in range(400):
            if list(tmp_path.glob("clean-*")):
                break
            time.sleep(0.05)
        assert list(tmp_path.glob("clean-*"))
        process.terminate()
        process.wait(20)
    assert process.returncode == 143
    assert not list(tmp_path.glob("clean-*"))
