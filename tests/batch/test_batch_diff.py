"""Two runs side by side."""

import gzip

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.batch.analysis.compare import diff, lines_changed
from cleaner.cli import main


def record(source, body="One.\n\nTwo.", removed=(), **more):
    ledger = [{"index": i, "rule": rule, "text": text} for i, (rule, text) in enumerate(removed)]
    return {
        "id": f"id-{source}", "source": source, "headline": "Bridge", "body": body, "removed": ledger,
        "version": "1+a", **more,
    }  # fmt: skip


def test_the_same_records_of_another_version_do_not_differ():
    assert list(diff([record("a"), record("b")], [record("a", version="2+b"), record("b")])) == []


def test_a_change_names_field_and_rule():
    old = record("a", removed=[("en/promo", "Follow us"), ("en/share", "Share")])
    new = record(
        "a", "One.", removed=[("en/promo", "Follow us"), ("x.com/share", "Share"), ("en/two", "Two.")]
    )
    (change,) = diff([old], [new])
    assert change.kind == "changed"
    assert dict(change.fields) == {"body": ("One.\n\nTwo.", "One.")}
    assert change.taken == (("en/two", "Two."),)
    assert change.given == ()
    assert change.renamed == (("Share", "en/share", "x.com/share"),)
    assert change.rules == ["en/share", "en/two", "x.com/share"]


def test_what_a_rule_gives_back():
    (change,) = diff([record("a", "One.", [("en/two", "Two.")])], [record("a")])
    assert change.given == (("en/two", "Two."),)


def test_records_that_came_and_went_and_moved():
    old = [record("a"), record("b"), record("c")]
    new = [record("c"), record("d"), record("a", headline="Other")]
    assert [(c.source, c.kind) for c in diff(old, new)] == [("a", "changed"), ("b", "gone"), ("d", "added")]


def test_several_records_of_one_source_are_paired_in_order():
    old = [record("a", "One."), record("a", "Two.")]
    assert list(diff(old, old)) == []
    (change,) = diff(old, [record("a", "One."), record("a", "Three.")])
    assert change.fields["body"] == ("Two.", "Three.")


def test_records_without_a_source_are_paired_by_id():
    assert list(diff([record(None, id="x")], [record(None, id="x")])) == []


def test_paragraphs_that_went_and_came():
    changed = list(lines_changed("a\n\nb\n\nc", "a\n\nc\n\nd"))
    assert changed == [("-", "b"), ("+", "d")]


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcde"), max_size=8), st.lists(st.sampled_from("abcde"), max_size=8))
def test_every_record_is_paired_or_named(old, new):
    changes = list(diff([record(s) for s in old], [record(s) for s in new]))
    gone = sum(c.kind == "gone" for c in changes)
    added = sum(c.kind == "added" for c in changes)
    assert len(old) - gone == len(new) - added


def write(path, records):
    data = b"".join(orjson.dumps(r) + b"\n" for r in records)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return str(path)


def test_the_command_has_an_exit_code_for_ci(tmp_path, capsys):
    old = write(tmp_path / "old.jsonl", [record("a"), record("b")])
    new = write(tmp_path / "new.jsonl.gz", [record("a"), record("b", "One.", [("en/two", "Two.")])])
    assert main(["diff", old, old]) == 0
    assert "no differences" in capsys.readouterr().err
    assert main(["diff", old, new]) == 1
    shown = capsys.readouterr()
    assert "- Two." in shown.out
    assert "en/two takes out: Two." in shown.out
    assert "1 changed" in shown.err
    assert main(["diff", "--json", old, new]) == 1
    assert orjson.loads(capsys.readouterr().out)["taken"] == [{"rule": "en/two", "text": "Two."}]
    assert main(["diff", "--field", "headline", old, new]) == 0


@pytest.mark.parametrize("data", [b"{not json}\n", b"[1]\n", b'{"no":"id"}\n'])
def test_what_is_no_file_of_records_is_wrong_usage(tmp_path, capsys, data):
    (tmp_path / "x.jsonl").write_bytes(data)
    assert main(["diff", str(tmp_path / "x.jsonl"), str(tmp_path / "x.jsonl")]) == 2
    assert "record 1" in capsys.readouterr().err
    assert main(["diff", "no-such-file", "no-such-file"]) == 2
