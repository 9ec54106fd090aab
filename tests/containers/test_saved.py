# ruff: noqa: E501 - samples keep the lines of their formats
import base64
import io
import json
import plistlib
import zipfile
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from cleaner.containers import Part, PartError, mime_pages
from cleaner.containers.capture_addresses import captured, has_toolbar, original
from cleaner.containers.saved_pages import har, lean, saved_page, web_archive_page
from cleaner.containers.zipped_pages import epub, maff, wacz

PAGE = "<html><head><title>Körbe</title></head><body><p>Der Fährmann zählte Körbe.</p></body></html>"
URL = "https://kai.example/koerbe"


def mhtml():
    message = MIMEMultipart("related")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = URL
    message["Subject"] = "Körbe"
    message["Date"] = "Thu, 9 Jan 2020 21:30:00 -0000"
    page = MIMEText(PAGE, "html", "utf-8")
    page["Content-Location"] = URL
    message.attach(page)
    message.attach(MIMEImage(b"\x89PNG\r\n", "png"))
    return message.as_bytes()


def eml(subject="Fwd: Körbe am Kai"):
    message = MIMEMultipart("alternative")
    message["From"] = "The Quay Letter <letter@quay.example>"
    message["To"] = "reader@quay.example"
    message["Subject"] = subject
    message["Date"] = "Thu, 09 Jan 2020 07:00:00 +0100"
    message["Message-ID"] = "<1@quay.example>"
    message.attach(MIMEText("Plain words.", "plain", "utf-8"))
    message.attach(MIMEText(PAGE, "html", "iso-8859-1"))
    return message.as_bytes()


def test_mhtml():
    (part,) = mime_pages.parts(mhtml())
    assert (part.content.decode(part.charset), part.url, part.kind) == (PAGE, URL, "html")
    assert part.fetched == "2020-01-09T21:30:00+00:00"
    assert part.stated == {}


def test_newsletter():
    (part,) = mime_pages.parts(io.BytesIO(eml()))
    assert part.content.decode(part.charset) == PAGE
    assert part.fetched is None
    assert part.stated == {
        "headline": "Körbe am Kai",
        "date": "2020-01-09T07:00:00+01:00",
        "site": "The Quay Letter",
    }


def test_mbox_is_a_part_a_message():
    box = b"".join(
        b"From a@b.example Thu Jan  9 07:00:00 2020\n" + eml(f"No {n}") + b"\n\n" for n in range(3)
    )
    assert [part.stated["headline"] for part in mime_pages.parts(box)] == ["No 0", "No 1", "No 2"]


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_safari(form):
    data = plistlib.dumps(
        {
            "WebMainResource": {
                "WebResourceData": PAGE.encode(),
                "WebResourceURL": URL,
                "WebResourceMIMEType": "text/html",
                "WebResourceTextEncodingName": "UTF-8",
            }
        },
        fmt=form,
    )
    (part,) = web_archive_page(data)
    assert (part.content, part.url, part.charset) == (PAGE.encode(), URL, "UTF-8")
    (other,) = web_archive_page(plistlib.dumps({"a": 1}, fmt=form))
    assert other.reason == "not-a-page"


def test_single_file_and_its_embedded_pictures():
    picture = base64.b64encode(bytes(range(256)) * 60_000).decode()
    page = (
        f"<!DOCTYPE html> <html lang=de><!--\n Page saved with SingleFile \n url: {URL} \n saved date: Thu Jan 09 "
        f'2020 22:30:00 GMT+0100 (Central European Standard Time)\n--><body><img src="data:image/png;base64,{picture}">'
        "<p>Körbe</p></body></html>"
    ).encode()
    (part,) = saved_page(page)
    assert (part.url, part.fetched) == (URL, "2020-01-09T22:30:00+01:00")
    assert len(part.content) < 400
    assert "Körbe".encode() in part.content
    assert lean(b"data: none, of the kind") == b"data: none, of the kind"


def test_complete_page():
    (part,) = saved_page(
        b"<!DOCTYPE html>\n<!-- saved from url=(0026)" + URL.encode() + b" -->\n" + PAGE.encode()
    )
    assert part.url == URL


def test_har():
    def entry(text, mime="text/html; charset=utf-8", status=200, **more):
        return {
            "startedDateTime": "2020-01-09T21:30:00.000Z",
            "request": {"url": URL},
            "response": {"status": status, "content": {"mimeType": mime, "text": text, **more}},
        }

    told = [
        entry(PAGE),
        entry(base64.b64encode(PAGE.encode()).decode(), encoding="base64"),
        entry("x", "image/png"),
        entry(PAGE, status=404),
        entry(""),
    ]
    plain, packed, missing, empty = har(json.dumps({"log": {"entries": told}}).encode())
    assert (plain.content, packed.content) == (PAGE, PAGE.encode())
    assert (plain.url, plain.fetched) == (URL, "2020-01-09T21:30:00.000Z")
    assert (missing.reason, empty.reason) == ("http-status", "no-body")


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


RDF = """<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"
xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><RDF:Description RDF:about="urn:root">
<MAF:originalurl RDF:resource="https://kai.example/koerbe"/><MAF:title RDF:resource="Körbe am Kai"/>
<MAF:archivetime RDF:resource="Thu, 09 Jan 2020 22:30:00 +0100"/><MAF:indexfilename RDF:resource="index.html"/>
<MAF:charset RDF:resource="UTF-8"/></RDF:Description></RDF:RDF>"""


def test_maff():
    data = zipped(**{"1/index.rdf": RDF, "1/index.html": PAGE, "2/index.rdf": RDF})
    page, missing = maff(data)
    assert (page.url, page.fetched, page.stated) == (
        URL,
        "2020-01-09T22:30:00+01:00",
        {"headline": "Körbe am Kai"},
    )
    assert missing.reason == "no-member"


def book(count):
    items = "".join(
        f'<item id="c{n}" href="c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(count)
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(count)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Körbe</dc:title><dc:creator>Mara Teller</dc:creator><dc:date>2020-01-09</dc:date>"
        f"<dc:language>de</dc:language></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f'<spine><itemref idref="nav"/>{order}</spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    pages = {f"OPS/c {n}.xhtml": PAGE for n in range(count)}
    return zipped(
        **{
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": opf,
            **pages,
        }
    )


def test_epub():
    first, second = epub(book(2))
    assert (first.name, second.name) == ("OPS/c 1.xhtml", "OPS/c 0.xhtml")
    assert "headline" not in first.stated
    (only,) = epub(book(1))
    assert only.stated == {
        "headline": "Körbe",
        "authors": ["Mara Teller"],
        "date": "2020-01-09",
        "language": "de",
    }


def test_wacz():
    from test_web_archive import archive

    data = zipped(**{"datapackage.json": "{}", "archive/a.warc.gz": archive((PAGE.encode(), [], []))})
    (part,) = wacz(data)
    assert part.content == PAGE.encode()


STAMP = "2020-01-09T21:30:00Z"


@pytest.mark.parametrize(
    ("copy", "url", "fetched"),
    [
        ("https://web.archive.org/web/20200109213000/https://kai.example/koerbe", URL, STAMP),
        ("http://web.archive.org/web/20200109213000id_/https:/kai.example/koerbe", URL, STAMP),
        ("https://web.archive.org/web/2020/kai.example/koerbe", "http://kai.example/koerbe", None),
        ("https://arquivo.pt/wayback/20200109213000/https://kai.example/koerbe", URL, STAMP),
        ("https://archive.ph/20200109213000/https://kai.example/koerbe", URL, STAMP),
        ("https://archive.is/2020.01.09-213000/https://kai.example/koerbe", URL, STAMP),
        ("https://archive.today/o/aB3dE/https://kai.example/koerbe", URL, None),
        ("https://archive.ph/aB3dE", "https://archive.ph/aB3dE", None),
        ("https://kai-example.cdn.ampproject.org/c/s/kai.example/koerbe", URL, None),
        ("https://www.google.com/amp/s/kai.example/koerbe", URL, None),
        (
            "https://my--quay-kai-example.translate.goog/a?x=1&_x_tr_sl=de&_x_tr_tl=en",
            "https://my-quay.kai.example/a?x=1",
            None,
        ),
        (
            "https://webcache.googleusercontent.com/search?q=cache:aBcDeFgHiJkL:https://kai.example/koerbe+w&hl=de",
            URL,
            None,
        ),
        (
            "https://webcache.googleusercontent.com/search?q=cache:kai.example/koerbe",
            "http://kai.example/koerbe",
            None,
        ),
        (URL, URL, None),
        ("https://archive.org/details/koerbe", "https://archive.org/details/koerbe", None),
        (
            "https://kai.example/web/20200109213000/https://b.example/",
            "https://kai.example/web/20200109213000/https://b.example/",
            None,
        ),
        (
            "https://archive.ph/20210101000000/https://web.archive.org/web/20200109213000/https://kai.example/koerbe",
            URL,
            STAMP,
        ),
    ],
)
def test_addresses_of_copies(copy, url, fetched):
    assert original(copy) == (url, fetched)


def test_the_archives_own_markup():
    page = (
        b'<html><head><script>__wm.wombat("https://kai.example/koerbe","20200109213000","https://web.archive.org/")'
        b"</script></head><body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div></div><p>Text</p></body></html>"
        b"<!--\n     FILE ARCHIVED ON 21:30:00 Jan 09, 2020 AND RETRIEVED FROM THE\n-->"
    )
    assert has_toolbar(page)
    assert captured(page) == (URL, STAMP)
    assert captured(page.replace(b"__wm.wombat", b"wm")) == (None, STAMP)
    assert not has_toolbar(PAGE.encode())
    assert captured(PAGE.encode()) == (None, None)


def test_damaged_files_are_named():
    for reader in (maff, epub, wacz):
        (fault,) = reader(b"PK\x03\x04 nothing")
        assert isinstance(fault, PartError)
        assert fault.remedy
    assert isinstance(next(iter(saved_page(b"<p>x"))), Part)
