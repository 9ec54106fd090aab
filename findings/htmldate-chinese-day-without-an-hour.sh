#!/usr/bin/env bash
# htmldate 1.11.0 reads the commonest Chinese and Japanese way to write a day, 2020年12月25日, as the first of January of
# that year, unless an hour follows it. The year is right, so a check of years does not find it.
# Seen: 2020年12月25日 -> 2020-01-01; 2020年12月25日 10:30 -> 2020-12-25
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q htmldate==1.11.0 2>"$scratch/pip.log" || { cat "$scratch/pip.log" >&2; exit 1; }
cd "$scratch"
"$scratch/venv/bin/python" - <<'PYTHON'

from htmldate import find_date

PAGE = "<html><head><title>桥</title></head><body><article><h1>桥开了</h1><p class=\"date\">{}</p><p>{}</p></article></body></html>"
seen = {day: find_date(PAGE.format(day, "新桥今天开放。" * 20)) for day in ("2020年12月25日", "2020年12月25日 10:30")}
for day, found in seen.items():
    print(day, "->", found)
assert list(seen.values()) == ["2020-01-01", "2020-12-25"], seen
PYTHON
