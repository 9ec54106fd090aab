"""What a few bytes of a container may ask for is refused before it is read, and what is cut is named."""

import gzip
import io
import struct
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.inputs import parquet, readers
from cleaner.batch.inputs.documents import Document, Problem, Unreadable
from cleaner.batch.inputs.formats import File, kind_of
from cleaner.batch.inputs.sorting import documents
from cleaner.batch.inputs.streams import inflated
from cleaner.batch.inputs.zstd_frames import ZstdFrames
from cleaner.batch.settings import ColumnNames

PAGE = b"<html><body><p>The council voted on Tuesday to delay the bridge.</p></body></html>"
LINES = b'{"html": "<p>The council voted.</p>"}\n' * 2_000


def read(path):
    """How many documents, and the problems."""
    entries = list(documents(File(str(path), path.name, kind_of(path.name)), ColumnNames()))
    problems = [(e.source, e.reason) for e in entries if isinstance(e, Problem)]
    return sum(isinstance(e, Document) for e in entries), problems


def tar_of(path, name):
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
        for member in ("before.html", name):
            info = tarfile.TarInfo(member)
            info.size = len(PAGE)
            archive.addfile(info, io.BytesIO(PAGE))
    return path


def test_a_long_name_of_a_tar_stays_and_one_beyond_all_names_ends_it(tmp_path, monkeypatch):
    path = tar_of(tmp_path / "a.tar", "b/" * 500 + "c.html")
    assert read(path) == (2, [])
    monkeypatch.setattr(readers, "MAX_HEADER", 900)
    assert read(path) == (1, [("a.tar", "bad-tar")])


def test_a_zip_of_more_members_than_can_be_held_is_refused_by_its_end_record(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(12):
            archive.writestr(f"{number}.html", PAGE)
    assert read(path) == (12, [])
    monkeypatch.setattr(readers, "MAX_MEMBERS", 11)
    assert read(path) == (0, [("a.zip", "too-many-members")])


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_flipped_byte_of_a_zip_member_is_that_members(tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("bad.html", PAGE * 20)
        archive.writestr("good.html", PAGE)
        info = archive.infolist()[0]
    data = bytearray(path.read_bytes())
    (names,) = struct.unpack_from("<H", data, info.header_offset + 26)
    at = info.header_offset + 30 + names + info.compress_size // 2
    data[at] ^= 0x55
    path.write_bytes(data)
    assert read(path) == (1, [("a.zip/bad.html", "bad-member")])


def test_parquet_values_that_are_no_text_are_their_rows(tmp_path):
    column = pa.Array.from_buffers(
        pa.string(),
        3,
        [None, pa.py_buffer(struct.pack("<4i", 0, 5, 7, 12)), pa.py_buffer(b"first\xff\xfethird")],
    )
    pq.write_table(pa.table({"html": column}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == (2, [("a.parquet#2", "bad-value")])


def test_a_parquet_column_that_is_there_twice_is_named(tmp_path):
    table = pa.Table.from_arrays([pa.array(["<p>a</p>"])] * 2, names=["html", "html"])
    pq.write_table(table, tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == (0, [("a.parquet", "no-content-column")])


def test_a_parquet_bomb_is_refused_by_its_footer(tmp_path, monkeypatch):
    pq.write_table(
        pa.table({"html": ["a" * 2_000_000] * 2, "url": ["u1", "u2"]}),
        tmp_path / "a.parquet",
        compression="zstd",
    )
    assert read(tmp_path / "a.parquet") == (2, [])
    monkeypatch.setattr(parquet, "_LARGE", 1_000_000)
    assert read(tmp_path / "a.parquet") == (0, [("a.parquet", "too-large")])


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_cut_file_gives_what_came_before_and_is_named(tmp_path, pack, share):
    whole = b"".join(pack(LINES[at : at + 3_800]) for at in range(0, len(LINES), 3_800))
    path = tmp_path / ("a.jsonl.gz" if pack is gzip.compress else "a.jsonl.zst")
    path.write_bytes(whole)
    assert read(path) == (2_000, [])
    path.write_bytes(whole[: int(len(whole) * share) + 1])
    count, problems = read(path)
    assert 0 < count < 2_000
    assert problems[0][1] in ("truncated-gzip", "truncated-zstd")


@given(st.lists(st.binary(max_size=5_000), min_size=1, max_size=3), st.booleans(), st.data())
def test_only_ends_of_frames_are_whole(parts, checksum, data):
    pack = zstandard.ZstdCompressor(write_checksum=checksum)
    frames = [pack.compress(part) for part in parts]
    skippable = struct.pack("<II", 0x184D2A53, 3) + b"abc"
    whole = skippable + b"".join(frames)
    ends = {0, len(skippable)} | {len(skippable) + sum(map(len, frames[:n])) for n in range(len(frames) + 1)}
    cut = data.draw(st.integers(0, len(whole)))
    stream = ZstdFrames(io.BytesIO(whole[:cut]))
    while stream.read(data.draw(st.integers(1, 4_000))):
        pass
    assert stream.whole == (cut in ends)


def test_a_cut_page_is_no_article():
    for packed in (gzip.compress(PAGE * 50, mtime=0), zstandard.compress(PAGE * 50)):
        assert inflated(packed) == PAGE * 50
        with pytest.raises(Unreadable, match="truncated"):
            inflated(packed[:-9])
