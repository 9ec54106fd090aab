"""Encodings: what is told, what is told wrongly, what is not told at all."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webencodings.labels import LABELS

from cleaner.read import read
from cleaner.read.decode import _lookup, decode, repair, wide

ACCENTS = "Zürich, café and naïve “quoted” — prices in €"
RUSSIAN = "Городской совет во вторник отложил строительство моста. Жители требуют объяснений. " * 6
JAPANESE = "東京都の新しい橋の工事は来年まで延期された。市民は説明を求めている。" * 8
CHINESE = "市政府周二宣布新桥工程推迟到明年。居民要求官员解释原因。" * 8
GREEK = "Το συμβούλιο αποφάσισε την Τρίτη να αναβάλει τη γέφυρα. " * 8
POLISH = "Sejm zagłosował w sprawie unijnych funduszy, a rząd ogłosił wsparcie dla gmin. " * 4


def page(text: str, declared: str | None = None, lang: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    attribute = f' lang="{lang}"' if lang else ""
    head = f"<!DOCTYPE html><html{attribute}><head>{meta}<title>t</title></head>"
    return f"{head}<body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("utf-8", "iso-8859-1", ACCENTS),
        ("utf-8", "utf-16", ACCENTS),
        ("utf-8", "x-no-such-charset", ACCENTS),
        ("utf-8", "shift_jis", JAPANESE),
        ("cp1252", "utf-8", ACCENTS),
        ("cp1252", "iso-8859-1", ACCENTS),
        ("cp1252", None, ACCENTS),
        ("cp932", "shift_jis", JAPANESE),
        ("cp932", None, JAPANESE),
        ("euc_jp", "euc-jp", JAPANESE),
        ("iso2022_jp", "iso-2022-jp", JAPANESE),
        ("gb18030", "gb2312", CHINESE),
        ("gb18030", None, CHINESE),
        ("koi8_r", "koi8-r", RUSSIAN),
        ("koi8_r", None, RUSSIAN),
        ("cp1251", None, RUSSIAN),
        ("iso8859_7", "iso-8859-7", GREEK),
        ("iso8859_2", "iso-8859-2", POLISH),
    ],
)
def test_a_page_is_read_as_it_was_written(codec, label, text):
    data = page(text, label).encode(codec)
    assert text in decode(data)[0]


@pytest.mark.parametrize(
    "codec", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_unicode_encodings_with_and_without_bom(codec):
    text = page(ACCENTS)
    assert decode(text.encode(codec))[0] == text


def test_a_language_stands_in_for_an_undeclared_code_page():
    assert POLISH in decode(page(POLISH, lang="pl").encode("cp1250"))[0]


def test_the_envelope_is_believed_before_the_page():
    data = page(RUSSIAN, "windows-1252").encode("koi8-r")
    assert RUSSIAN in decode(data, "koi8-r")[0]


def test_http_equiv_and_xml_declarations_count_and_comments_do_not():
    old = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert RUSSIAN in decode(page(old + RUSSIAN).encode("cp1251"))[0]
    xml = '<?xml version="1.0" encoding="windows-1251"?>' + page(RUSSIAN)
    assert RUSSIAN in decode(xml.encode("cp1251"))[0]
    hidden = page("<!-- <meta charset=koi8-r> --><meta charset=windows-1251>" + RUSSIAN)
    assert RUSSIAN in decode(hidden.encode("cp1251"))[0]


def test_pasted_windows_characters_in_utf8_are_mended_and_runs_of_damage_are_marked():
    data = ACCENTS.encode() + b" caf\xe9 \x93so\x94 " + b"x\xf5\xffy"
    assert decode(data) == (ACCENTS + " café “so” x\ufffd\ufffdy", "utf-8")


def test_one_bad_byte_does_not_cost_a_declared_encoding():
    data = page(JAPANESE, "shift_jis").encode("cp932").replace("延期".encode("cp932"), b"\xfd", 1)
    assert "市民は説明を求めている" in decode(data)[0]


def test_utf7_is_never_believed():
    data = page("+ADw-script+AD4-", "utf-7").encode()
    assert "+ADw-script+AD4-" in decode(data)[0]


def test_nuls_and_doubled_marks_go():
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfa\0b") == ("ab", "utf-8")


def test_repair_joins_pairs_and_marks_lone_surrogates():
    assert repair("a\ud83d\ude00b\ud800c\0") == "a😀b\ufffdc"


def test_text_with_few_nuls_is_not_wide():
    assert wide(b"The council voted. \0" * 50) is None


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "x", "utf-7", "\0", "iso-2022-jp"])
)
def test_any_bytes_give_text_that_can_be_written(data, declared):
    text, name = decode(data, declared)
    text.encode("utf-8")
    assert name


@given(st.text(max_size=300))
def test_text_survives_utf8(text):
    assert decode(text.encode()) == (text.lstrip("\ufeff").replace("\0", ""), "utf-8") or "\0" in text


@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_label_is_what_browsers_take_it_for(label):
    found, meant = _lookup(label), LABELS[label]
    if meant in ("replacement", "utf-16le", "utf-16be", "x-user-defined"):
        assert found is None
    else:
        wider = {"gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs"}
        names = {"iso-8859-8-i": "iso8859-8", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic"}
        names |= {"windows-874": "cp874"} | wider
        assert codecs.lookup(found).name == codecs.lookup(names.get(meant, meant)).name


@pytest.mark.parametrize("base", [bytes, str])
def test_a_subclass_is_read_as_what_it_is(base):
    class Body(base):
        def __str__(self):
            return "other"

        def __len__(self):
            return 0

    markup = page(ACCENTS) if base is str else page(ACCENTS).encode()
    same = read(markup, url=None, source=None, kind=None)
    assert read(Body(markup), url=None, source=None, kind=None).blocks == same.blocks
    assert same.blocks
