"""Nothing that a page, a file's name or a rule holds writes on the terminal but as text."""

import ast
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner.cli
from cleaner.cli import main
from cleaner.cli.common import printable, say_json

EVIL = "\x1b]0;mine\x07\x1b[2J\x9b31m\u202etxt.exe\u2066\u200fend"
STORY = "The harbour board has said that the old ferry will not be sold this year, whatever the bids are."


def harmless(text):
    return not set(text) & set("\x1b\x07\x9b\u202e\u2066\u200f")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / f"{EVIL}.html".replace("\x00", "")
    path.write_text(f"<title>Ferry {EVIL}</title><h1>Ferry {EVIL}</h1><p>{STORY} {EVIL}</p><p>{STORY}</p>")
    return path


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_explain(page, capsysbinary, more):
    main(["explain", str(page), *more])
    told = capsysbinary.readouterr()
    assert b"Ferry" in told.out
    assert harmless((told.out + told.err).decode())
    assert not more or json.loads(told.out)["record"]["status"] == "article"


@given(st.text(st.characters(codec="utf-8")))
def test_json_for_a_terminal_says_the_same(text):
    with pytest.MonkeyPatch.context() as patch:
        out = io.BytesIO()
        wrapper = io.TextIOWrapper(out, write_through=True)
        patch.setattr("sys.stdout", wrapper)
        say_json({"a": text})
    assert not wrapper.closed
    assert json.loads(out.getvalue()) == {"a": text}
    assert harmless(out.getvalue().decode())


@pytest.mark.parametrize(
    "command", [["rules", "list", "--rules"], ["rules", "check"], ["rules", "list", "--json", "--rules"]]
)
def test_rules(tmp_path, capsysbinary, command):
    (tmp_path / "outlets").mkdir()
    outlet = json.dumps("Ferry " + EVIL)
    text = f'outlet: {outlet}\nhosts: [example.org]\nremove:\n  - {{name: a, line: "x.*"}}\n'
    (tmp_path / "outlets" / "example.org.yaml").write_text(text)
    main([*command, str(tmp_path)])
    (tmp_path / "outlets" / "b.example.org.yaml").write_text(text.replace("remove", '"\\x1b[2J"'))
    main([*command, str(tmp_path)])
    told = capsysbinary.readouterr()
    assert told.out + told.err
    assert harmless((told.out + told.err).decode())


def test_errors_and_failures(tmp_path, capsysbinary):
    for number in range(2):
        (tmp_path / f"{EVIL}{number}.jsonl").write_text("{no json\n")
    main([str(tmp_path), "-o", str(tmp_path / "out.jsonl"), "--workers", "1"])
    main([str(tmp_path / EVIL)])
    main(["explain", str(tmp_path / EVIL)])
    main(["--rules", f"none{EVIL}", "x"])
    main(["fixtures", "check", str(tmp_path / EVIL)])
    told = capsysbinary.readouterr()
    assert b"bad-json" in told.err
    assert harmless(told.err.decode())


@given(st.text())
def test_what_is_printable_stays_and_the_rest_is_written_out(text):
    shown = printable(text)
    assert harmless(shown)
    assert "\n" not in shown
    if text.isprintable():
        assert shown == text


def test_the_commands_have_one_way_to_the_terminal():
    for path in Path(cleaner.cli.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called != "print", path
                assert called not in ("click.echo", "click.secho") or path.name == "common.py", path
