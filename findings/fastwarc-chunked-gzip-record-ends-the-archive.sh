#!/usr/bin/env bash
# FastWARC 2.0.1 undoes HTTP codings by itself (auto_decode="all"). After the first record that is both chunked and gzip
# coded, as servers send most pages, iteration ends as if the archive did: no exception, no warning. Three valid records go
# in, written by warcio 1.8.1; one comes out, decoded rightly. Records that are only chunked do not end it. With
# auto_decode="none" all three are there.
# Seen: all: 1 of 3, none: 3 of 3
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q fastwarc==2.0.1 warcio==1.8.1 2>"$scratch/pip.log" || { cat "$scratch/pip.log" >&2; exit 1; }
cd "$scratch"
"$scratch/venv/bin/python" - <<'PYTHON'

import gzip
import io

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = b"<html><body><h1>A bridge at last</h1><p>The new bridge was opened on Thursday.</p></body></html>"


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


out = io.BytesIO()
writer = WARCWriter(out, gzip=True)
for number in range(3):
    http = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    address = f"https://news.example/{number}"
    writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(chunked(gzip.compress(PAGE))), http_headers=http))

seen = {}
for mode in ("all", "none"):
    records = ArchiveIterator(io.BytesIO(out.getvalue()), record_types=WarcRecordType.response, auto_decode=mode)
    seen[mode] = sum(1 for record in records if record.reader.read())
print("all: {all} of 3, none: {none} of 3".format(**seen))
assert seen == {"all": 1, "none": 3}, seen
PYTHON
