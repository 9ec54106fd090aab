#!/usr/bin/env bash
# trafilatura 2.3.1 drops the text of a <time> element in the midst of a sentence of the story; what is left reads on without
# a gap, so that nobody misses the day.
# Seen: "The gates will open on at noon, the ministry said …"
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q trafilatura==2.3.1 lxml_html_clean==0.4.6 2>"$scratch/pip.log" || { cat "$scratch/pip.log" >&2; exit 1; }
cd "$scratch"
"$scratch/venv/bin/python" - <<'PYTHON'

import trafilatura

LONG = "<p>The {} opened the new bridge on Thursday, after eleven years of work and two changes of plan, and said that it would carry trains.</p>"
PAGE = (
    "<html><body><article><h1>A bridge at last</h1>"
    + LONG.format("minister")
    + "<p>The gates will open on <time datetime=\"2020-01-09\">Thursday 9 January</time> at noon, the ministry said to the press.</p>"
    + LONG.format("mayor")
    + "</article></body></html>"
)
text = trafilatura.extract(PAGE)
print(text)
assert "The gates will open on at noon, the ministry said to the press." in text, text
PYTHON
