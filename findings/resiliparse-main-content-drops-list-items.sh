#!/usr/bin/env bash
# Resiliparse 2.0.1, extract_plain_text(main_content=True), which large web corpora are made with: the items of a <ul> inside
# the article are left out while the sentence that announces them stays; and a text of one three-byte character that stands
# alone between tags (an en dash, a euro sign, "不") is left out too, so that a price loses its currency.
# Seen: no list item; "costs 5 and"
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q resiliparse==2.0.1 2>"$scratch/pip.log" || { cat "$scratch/pip.log" >&2; exit 1; }
cd "$scratch"
"$scratch/venv/bin/python" - <<'PYTHON'

from resiliparse.extract.html2text import extract_plain_text

LONG = "<p>The {} opened the new bridge on Thursday, after eleven years of work and two changes of plan, and said so to everyone.</p>"
PAGE = (
    "<html><body><main><article><h1>A bridge</h1>"
    + LONG.format("minister")
    + "<p>Two things were promised:</p><ul><li>a tunnel below the river for the trains of the north</li>"
    + "<li>a ferry that runs at night and on Sundays too</li></ul>"
    + LONG.format("mayor")
    + "<p>A crossing costs <i>5</i><span>€</span> and a season ticket is planned for the coming spring.</p>"
    + "</article></main></body></html>"
)
text = extract_plain_text(PAGE, main_content=True)
print(text)
assert "Two things were promised:" in text
assert "tunnel" not in text and "ferry" not in text
assert "costs 5 and" in text and "€" not in text
PYTHON
