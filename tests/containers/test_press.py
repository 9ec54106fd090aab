# ruff: noqa: E501 - samples keep the lines of their formats
import io

import docx
import pytest

from cleaner.containers import Part
from cleaner.containers.detect import detect
from cleaner.containers.news_exchange import news_items, ninjs
from cleaner.containers.press_exports import parts
from cleaner.containers.sgml_collections import collection

BODY = ["The ferryman counted the baskets on the quay.", "Nobody knew the price of eels."]


def nexis(count=3):
    return "".join(
        f"""
                               {n} of {count} DOCUMENTS


                                The Harbour Post

                           January {n}, 2020 Thursday
                                 Final Edition

Baskets counted, number {n}

BYLINE: Mara Teller

SECTION: NEWS; Pg. 4

LENGTH: 312  words

DATELINE: VELLMOUTH

The ferryman counted the
baskets on the quay.

Nobody knew the price of eels.

LOAD-DATE: January 11, 2020

LANGUAGE: ENGLISH

GRAPHIC: Photo of a basket.

PUBLICATION-TYPE: Newspaper

                      Copyright 2020 Harbour Media
                            All Rights Reserved
"""
        for n in range(1, count + 1)
    )


def nexis_uni(count=2):
    lines = [
        "Date and Time: Friday 10 January 2020",
        "Job Number: 1",
        f"Documents ({count})",
        "1. Baskets counted",
        "",
    ]
    for n in range(1, count + 1):
        lines += [
            f"Baskets counted, number {n}",
            "The Harbour Post",
            f"January {n}, 2020 Thursday",
            "",
            "Copyright 2020 Harbour Media All Rights Reserved",
            "Section: NEWS; Pg. 4",
            "Length: 312 words",
            "Byline: Mara Teller",
            "Body",
            "",
            BODY[0],
            "",
            BODY[1],
            "",
            "Load-Date: January 11, 2020",
            "",
            "End of Document",
            "",
        ]
    return "\n".join(lines)


def factiva_codes():
    one = """HD  Baskets counted
BY  By Mara Teller
WC  312 words
PD  9 January 2020
SN  The Harbour Post
SC  HARP
PG  4
LA  English
CY  Copyright 2020 Harbour Media
LP
The ferryman counted the baskets on the quay.

TD
Nobody knew the price of eels.

CO  hrb : Harbour Media
NS  gcat : General News
AN  Document HARP000020200109eg190001

"""
    return one + one.replace("0001\n", "0002\n")


FACTIVA_PLAIN = """News
Baskets counted
By Mara Teller
312 words
9 January 2020
The Harbour Post
HARP
4
English
Copyright 2020 Harbour Media

The ferryman counted the baskets on the quay.

Nobody knew the price of eels.

Document HARP000020200109eg1900015

News
Baskets weighed
298 words
10 January 2020
The Harbour Post
HARP
English
(c) 2020 Harbour Media

The ferryman counted the baskets on the quay.

Nobody knew the price of eels.

Document HARP000020200110eg1900016

Search Summary
Text baskets
"""
FACTIVA_TABLE = """<html><body><div class="article enArticle"><table>
<tr><td class="index"><b>HD</b></td><td><span class="enHeadline">Baskets counted</span></td></tr>
<tr><td><b>BY</b></td><td>By Mara Teller</td></tr><tr><td><b>PD</b></td><td>9 January 2020</td></tr>
<tr><td><b>SN</b></td><td>The Harbour Post</td></tr><tr><td><b>LP</b></td><td>
<p class="articleParagraph enarticleParagraph">The ferryman counted the baskets on the quay.</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph enarticleParagraph">Nobody knew the price of
eels.</p></td></tr></table></div></body></html>"""
FACTIVA_PAGE = """<html><body><div class="article enArticle"><div id="hd"><span class="enHeadline">Baskets counted
</span></div><div class="author">By Mara Teller</div><div>312 words</div><div>9 January 2020</div>
<div>The Harbour Post</div><div>HARP</div><div>English</div><div>Copyright 2020 Harbour Media</div>
<p class="articleParagraph enarticleParagraph">The ferryman counted the baskets on the quay.</p>
<p class="articleParagraph enarticleParagraph">Nobody knew the price of eels.</p></div></body></html>"""
FACTIVA_XML = """<?xml version="1.0"?><PPSArticleResponse><article><headline><para>Baskets counted</para></headline>
<byline>By Mara Teller</byline><publicationDate><date>2020-01-09</date></publicationDate><sourceName>The Harbour
Post</sourceName><leadParagraph><para>The ferryman counted the baskets on the quay.</para></leadParagraph>
<tailParagraphs><para>Nobody knew the price of eels.</para></tailParagraphs></article></PPSArticleResponse>"""
PROQUEST = """____________________________________________________________

Document 1 of 2

Baskets counted

Author: Teller, Mara

Publication info: The Harbour Post, Vellmouth, 09 Jan 2020.

Abstract: A count.

Links: https://quay.example/x

Full text: The ferryman counted the baskets on the quay.

Nobody knew the price of eels.

Title: Baskets counted

Publication title: The Harbour Post

Publication date: Jan 9, 2020

Section: News

ProQuest document ID: 100001

Document URL: https://proquest.example/docview/100001

Language of publication: English

____________________________________________________________

Contact us at: https://quay.example/
"""
GALE = """Title: Baskets counted
Author(s): Mara Teller
Source: The Harbour Post. (Jan. 9, 2020)
Document Type: Article
Full Text:
The ferryman counted the baskets on the quay.

Nobody knew the price of eels.

Gale Document Number: GALE|A600000001
"""
EUROPRESSE = """<html><body><article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">
Le Quai du soir</span></div><span class="DocHeader">Une, jeudi 9 janvier 2020, p. 1</span><div class="titreArticle">
<p class="titreArticleVisu">Baskets counted</p></div><p class="docAuthors">Mara Teller</p></header><section>
<div class="docOcurrContainer"><p>The ferryman counted the baskets on the quay.</p><p>Nobody knew the price of
eels.</p></div></section></article></body></html>"""
EUROPRESSE_TEXT = """Le Quai du soir

jeudi 9 janvier 2020

Baskets counted

The ferryman counted the baskets on the quay.

Nobody knew the price of eels.

(c) 2020 CEDROM-SNi inc.

news·20200109·QS·0001x1x1
"""


def rtf(text):
    return (r"{\rtf1\ansi " + text.replace("\n", "\\par\n") + "}").encode("latin-1")


def word(text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


SAMPLES = {
    "nexis": (nexis(), 3),
    "nexis rtf": (rtf(nexis()), 3),
    "nexis uni": (nexis_uni(), 2),
    "nexis uni docx": (word(nexis_uni()), 2),
    "nexis uni rtf": (rtf(nexis_uni()), 2),
    "factiva codes": (factiva_codes(), 2),
    "factiva plain": (FACTIVA_PLAIN, 2),
    "factiva table": (FACTIVA_TABLE, 1),
    "factiva page": (FACTIVA_PAGE, 1),
    "factiva xml": (FACTIVA_XML, 1),
    "proquest": (PROQUEST, 1),
    "gale": (GALE, 1),
    "europresse": (EUROPRESSE, 1),
    "europresse text": (EUROPRESSE_TEXT, 1),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_export(name):
    told, count = SAMPLES[name]
    data = told if isinstance(told, bytes) else told.encode()
    found = list(parts(data))
    assert [entry.name for entry in found] == [str(n) for n in range(1, count + 1)]
    for entry in found:
        assert entry.content.split("\n\n") == BODY
        assert entry.stated["headline"].startswith("Baskets ")
        assert entry.stated["date"]
        assert entry.stated["site"] in ("The Harbour Post", "Le Quai du soir")
    if name not in ("factiva xml", "europresse text"):
        assert "Teller" in str(found[0].stated["authors"])
    expected = {"nexis rtf": "rtf", "nexis uni docx": "docx", "nexis uni rtf": "rtf"}
    assert detect(data, "x").name == expected.get(name, "press-export")


def test_a_word_document_of_no_database_is_its_text():
    (part,) = parts(word("Baskets counted\nThe ferryman counted."))
    assert part.content.split("\n") == ["Baskets counted", "The ferryman counted."]


def test_the_missing_extra_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    (fault,) = parts(word("x"))
    assert fault.reason == "missing-extra"
    assert "cleaner[office]" in fault.remedy


def test_an_article_about_documents_is_no_export():
    text = b"He read 3 of 5 documents aloud.\n\nThe End of Documents is near, said Load-Dates: none.\n"
    assert detect(text, None).name == "text"


TREC = b"""<DOC>
<DOCNO> HP910109-0001 </DOCNO>
<HL> Baskets counted </HL>
<DATE> 01/09/91 </DATE>
<SO> The Harbour Post </SO>
<TEXT>
The ferryman counted the
baskets on the quay.

Nobody knew the price of eels.
</TEXT>
</DOC>
"""
GIGAWORD = b"""<DOC id="QNA_ENG_20200109.0001" type="story" >
<HEADLINE>
Baskets counted
</HEADLINE>
<DATELINE>
VELLMOUTH, Jan 9 (QNA)
</DATELINE>
<TEXT>
<P>
The ferryman counted the baskets
on the quay.
</P>
<P>
Nobody knew the price of eels.
</P>
</TEXT>
</DOC>
"""


def test_sgml():
    trec, giga = collection(TREC + GIGAWORD)
    assert trec.content.split("\n\n") == giga.content.split("\n\n") == BODY
    assert (trec.name, trec.stated["date"], trec.stated["site"]) == (
        "HP910109-0001",
        "01/09/91",
        "The Harbour Post",
    )
    assert (giga.stated["date"], giga.stated["headline"]) == ("2020-01-09", "Baskets counted")
    assert detect(GIGAWORD).name == detect(TREC).name == "sgml"
    assert len(list(collection(io.BytesIO(GIGAWORD * 2000)))) == 2000


P = "<p>The ferryman counted the baskets on the quay.</p><p>Nobody knew the price of eels.</p>"
ITEMS = {
    "nitf": f"""<?xml version="1.0"?><nitf><head><title>x</title><docdata><date.issue norm="20200109T213000Z"/></docdata>
<pubdata name="The Harbour Post" position.section="News"/></head><body><body.head><hedline><hl1>Baskets counted</hl1>
</hedline><byline>By <person>Mara Teller</person></byline></body.head><body.content>{P}</body.content></body></nitf>""",
    "newsml": f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem xml:lang="en"><itemMeta>
<versionCreated>2020-01-09T22:00:00Z</versionCreated><firstCreated>2020-01-09T21:30:00Z</firstCreated></itemMeta>
<contentMeta><headline>Baskets counted</headline><by>Mara Teller</by></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><body>{P}</body></html></inlineXML></contentSet></newsItem></itemSet>
</newsMessage>""",
    "rcv1": f"""<?xml version="1.0"?><newsitem itemid="2286" date="2020-01-09" xml:lang="en"><title>x</title>
<headline>Baskets counted</headline><byline>Mara Teller</byline><text>{P}</text></newsitem>""",
    "tei": f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Baskets counted</title>
<author>Mara Teller</author></titleStmt><publicationStmt><date>2020-01-09</date></publicationStmt></fileDesc></teiHeader>
<text><body><div type="entry">{P}</div><div type="comments"><p>First!</p></div></body></text></TEI>""",
}


@pytest.mark.parametrize("name", ITEMS)
def test_news_exchange(name):
    (item,) = news_items(ITEMS[name].encode())
    assert P in item.content
    assert "First!" not in item.content
    assert item.stated["headline"] == "Baskets counted"
    assert item.stated["authors"] == ["Mara Teller"]
    assert "2020" in item.stated["date"]
    assert detect(ITEMS[name].encode()).name == "news-xml"


def test_ninjs():
    data = b'{"uri":"https://kai.example/1","headline":"Baskets counted","byline":"Mara Teller","versioncreated":'
    data += b'"2020-01-09T21:30:00Z","language":"en","body_xhtml":"<p>The ferryman counted.</p>"}'
    (item,) = ninjs(data)
    assert isinstance(item, Part)
    assert (item.url, item.stated["date"]) == ("https://kai.example/1", "2020-01-09T21:30:00Z")
    assert detect(data).name == "ninjs"
