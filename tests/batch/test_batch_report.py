"""The sums of a run, and the page about it."""

import re
from html.parser import HTMLParser

from cleaner.batch.analysis.report import page, write_report
from cleaner.batch.analysis.summary import Summary, summed


def line(source, status="article", **more):
    told = {
        "source": source, "status": status, "reason": None, "outlet": "dw.com", "language": "de",
        "words": 100, "kept": 600, "bytes": 20_000, "fields": ["headline", "date"],
        "removed": {"en/promo": [2, 40]}, "ms": 3.0,
    }  # fmt: skip
    return told | more


LINES = [
    line("a"),
    line("b", outlet=None, language=None, fields=["headline"], removed={}),
    line("c", "not-article", reason="live", filtered="status"),
    line("d", "empty", reason="no-text"),
    line("e", "rejected", reason="binary"),
    {
        "source": "<script>alert(1)</script>\u202e\x1b[31m",
        "status": "failed",
        "reason": "crash",
        "detail": "SIGSEGV",
    },
    {"source": "f.fifo", "status": "skipped", "reason": "not-a-file", "detail": "this is a FIFO"},
    line("g", duplicate="near"),
]


def test_sums_come_out_even():
    summary = summed(LINES)
    assert summary.statuses == {"article": 3, "not-article": 1, "empty": 1, "rejected": 1, "failed": 1}
    assert (summary.read, summary.written) == (7, 5)
    assert summary.check(7) is None
    assert summary.outlets == {"dw.com": 2, "": 1}
    assert summary.rules == {"en/promo": 4}
    assert summary.duplicates == {"near": 1}


def test_a_lost_input_is_noticed():
    assert "counts disagree" in (summed(LINES).check(8) or "")
    assert "counts disagree" in (summed(LINES[:-2]).check(7) or "")


def test_the_slowest_are_kept_and_no_more():
    summary = summed([line(str(i), ms=float(i)) for i in range(500)])
    assert sorted(ms for ms, _ in summary.slowest) == [float(i) for i in range(480, 500)]


class Strict(HTMLParser):
    """Every tag closed, and nothing that loads or runs."""

    VOID = frozenset({"meta", "rect", "br"})

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        assert tag not in {"script", "link", "img", "iframe"}
        assert not any(name in {"src", "href"} or name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_page_is_whole_and_loads_nothing(tmp_path):
    write_report(summed(LINES), str(tmp_path / "r.html"), title="A <run>")
    parser = Strict()
    parser.feed((tmp_path / "r.html").read_text())
    assert parser.open == []
    for words in ("7 in = 3 article", "en/promo", "dw.com", "A <run>", "SIGSEGV", "this is a FIFO", "66.7%"):
        assert words in parser.text
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


def test_names_cannot_play_tricks():
    made = page(summed(LINES))
    assert "<script>" not in made
    assert "\u202e" not in made
    assert "\x1b" not in made


def test_an_empty_run_has_a_page_too():
    made = page(Summary())
    assert "0 in = 0 article" in made
    assert not re.search(r"nan|inf\b", made)
