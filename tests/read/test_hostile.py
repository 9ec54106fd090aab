"""Pages made to break whoever reads them: an answer in bounded time, nothing of the article lost, nothing
done.

Classes of fault that broke other extractors: depth, unclosed tags, floods of one thing, runs of one
character that make patterns backtrack, metadata of wrong types, impossible dates, and texts full of
controls.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.records.native import as_dict, dumps

HEAD, TAIL = "The markerhead report begins here.", "And so the markertail report ends here."
SENTENCES = (
    "The council voted on Tuesday to delay the new bridge after engineers found cracks in the northern pier.",
    "Residents had asked for months why the work near the harbour was moving so slowly.",
    "A spokesman for the ministry said the report would be published before the end of the year.",
    "Prices for wheat and barley rose again as dry weather spread across the southern provinces.",
)
PARAGRAPHS = (f"{HEAD} {SENTENCES[0]}", *(f"{s} {SENTENCES[0]}" for s in SENTENCES), f"{SENTENCES[1]} {TAIL}")
BODY = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
SECONDS = 6.0  # on a loaded machine; what is quadratic takes a multiple


def page(body=BODY, head="", post="", attributes="", title="Bridge works delayed"):
    meta = f'<meta charset="utf-8"><title>{title}</title>{head}'
    return (
        f"<!DOCTYPE html><html lang=en><head>{meta}</head><body{attributes}><article><h1>{title}</h1>"
        f"<p class=byline>By Anna Example</p><div>{body}</div></article>{post}</body></html>"
    )


def answers(table, **more):
    """By name, the article each page of a table gives; one that hangs is ended, and rejected for it."""
    pages = [{"data": data, **more} for data in table.values()]
    return dict(zip(table, cleaner.clean_many(pages, workers=2, timeout=SECONDS), strict=True))


def clean(data, **more):
    """The article, in a form that can be written."""
    article = cleaner.clean(data, **more)
    json.loads(dumps(as_dict(article)))
    return article


def whole(article):
    text = f"{article.headline or ''} {article.body}"
    return article.status == "article" and "markerhead" in text and "markertail" in text


STRUCTURES = {
    "deep-divs": page("<div>" * 5_000 + BODY + "</div>" * 5_000),
    "deep-after": page(post="<div>" * 20_000 + "related"),
    "deep-quotes": page("<blockquote>" * 800 + BODY + "</blockquote>" * 800),
    "deep-spans": page(BODY + "<p>" + "<span>" * 3_000 + "x" + "</span>" * 3_000 + "</p>"),
    "deep-lists": page(BODY + "<ul><li>" * 3_000 + "x"),
    "deep-tables": page(BODY + "<table><tr><td>" * 2_000 + "x" + "</td></tr></table>" * 2_000),
    "templates": page(post="<template>" * 20_000),
    "svg": page(post="<svg>" + "<g>" * 20_000),
    "svg-template": page(post="<svg><template>\n"),
    "options": page(
        "<select>" + "".join(f"<option value={i}>I {i}</option>" for i in range(20_000)) + "</select>" + BODY
    ),
    "fonts": page(BODY + "".join(f"<p><font color={i}><b id={i}><i id={i}>w{i}" for i in range(500))),
    "reopened": page(
        post="".join(f"<b {i}>" for i in range(2_000)) + "".join(f"<i {i}>" for i in range(2_000)) + "x"
    ),
    "misnested": page(BODY + "<b><p>x</b>y</p>" * 3_000),
    "foster": page(BODY + "<table>" + "x<tr>" * 10_000 + "</table>"),
    "end-tags": page(BODY + "</x></y>" * 30_000),
    "tag-names": page(BODY + "".join(f"<x-{i}>t</x-{i}>" for i in range(8_000))),
    "attributes": page(attributes=" " + " ".join(f"a{i}=v" for i in range(50_000))),
    "classes": page('<div class="' + " ".join(f"c{i}" for i in range(100_000)) + '">' + BODY + "</div>"),
    "long-tag": page("<" + "x" * 1_000_000 + ">" + BODY),
    "long-style": page('<p style="' + "color:red;" * 100_000 + '">x</p>' + BODY),
    "comments": page("<!-- c -->" * 40_000 + BODY),
    "open-comments": page(post="<!--" * 40_000),
    "scripts": page(head="<script>var x=1;</script>" * 8_000),
    "script-html": page("<script>document.write('<p>scriptwords</p>');</script>" + BODY),
    "less-than": page(BODY + "<p>" + "< " * 100_000 + "</p>"),
    "processing": page("<?x?>" * 40_000 + BODY),
    "two-documents": page() + page("<p>Another page.</p>"),
    "nul-tags": page(f"<p\0>{SENTENCES[0]}</p\0>" + BODY),
    "css-ids": page('<div id="a]b>c:d\\\\e\\"f(" class="[x] :not( {{}}">' + BODY + "</div>"),
    "doctype": "<!DOCTYPE html " + "x " * 200_000 + ">" + page(),
    "laughs": '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + page("<p>&b;</p>" + BODY),
    "metas": page(head="".join(f'<meta name="k{i}" content="v{i}">' for i in range(10_000))),
    "long-title": page(title="Bridge " + "t" * 300_000),
    "spaced-title": page(title="Bridge" + " " * 100_000 + "works | " + "x - " * 1_000),
    "byline": page().replace("By Anna Example", "By " + "Anna " * 20_000),
    "headings": page(post="<h1>Other headline</h1>" * 3_000),
    "times": page(post="".join(f"<time datetime=20{i % 30:02}-01-1{i % 9}>x</time>" for i in range(8_000))),
    "promos": page("".join(f"<p>{p}</p><p>Sign up for our newsletter</p>" for p in PARAGRAPHS)),
    "entities": page(BODY + "<p>&#xD800; &#0; &#x110000; &#99999999999; &copy &nope; &#x; &#; &</p>"),
}


@pytest.fixture(scope="module")
def structures():
    return answers(STRUCTURES)


@pytest.mark.parametrize("name", STRUCTURES)
def test_structures(structures, name):
    article = structures[name]
    assert whole(article), (article.status, article.reason, article.body[:200])
    assert "scriptwords" not in article.body


RUNS = {
    "letters": "a" * 60_000 + "!",
    "spaces": " " * 60_000 + "x",
    "tabs": "\t " * 30_000,
    "newlines": "\n \n" * 20_000,
    "nbsp": "\xa0" * 60_000 + "x",
    "dashes": "-" * 60_000 + "x",
    "em-dashes": "— " * 30_000,
    "underscores": "_" * 60_000,
    "dots": "." * 60_000 + "x",
    "dotted": "a." * 30_000,
    "stars": "* " * 30_000,
    "pipes": "| " * 30_000,
    "less-than": "<" * 60_000,
    "comments": "<!--" * 15_000,
    "scripts": "<script" * 9_000,
    "ampersands": "&#" * 30_000,
    "parentheses": "(" * 60_000,
    "brackets": "[" * 60_000,
    "quotes": '"' * 60_000,
    "apostrophes": "'a" * 30_000,
    "commas": "a," * 30_000,
    "digits": "1" * 60_000,
    "dates": "1/" * 30_000,
    "clock": "12:" * 20_000,
    "mail": "a@" * 30_000,
    "mail-dots": "a@a" + ".a" * 30_000,
    "urls": "http://" * 9_000,
    "www": "www." * 15_000,
    "names": "By Anna " + "Anna, Anna and " * 4_000,
    "read-more": "Read more: " * 6_000,
    "colons": "x:\n" * 20_000,
    "advert": "ADVERTISEMENT " * 4_000,
    "share": "Share on " * 7_000,
    "endless": "word " * 12_000,
    "upper": "A" * 60_000,
    "copyright": "(c) " * 15_000,
    "tags": "#a" * 30_000,
    "combining": "a" + "\u0301" * 60_000,
    "equals": "=*" * 30_000,
    "soft-hyphens": "a\xad" * 30_000,
    "mojibake": "Ã¢â‚¬" * 12_000,
    "markup": "<p" * 30_000,
    "backslashes": "\\" * 60_000,
}


@pytest.fixture(scope="module")
def runs():
    return answers({k: f"{TEXT[: len(TEXT) // 2]}\n\n{v}\n\n{TEXT}" for k, v in RUNS.items()}, kind="text")


@pytest.mark.parametrize("name", RUNS)
def test_runs_in_text(runs, name):
    article = runs[name]
    assert whole(article), (article.status, article.reason)


@pytest.fixture(scope="module")
def runs_in_paragraphs():
    return answers({k: page(BODY + f"<p>{v}</p>") for k, v in RUNS.items() if "<" not in v})


@pytest.mark.parametrize("name", [name for name, run in RUNS.items() if "<" not in run])
def test_runs_in_paragraphs(runs_in_paragraphs, name):
    article = runs_in_paragraphs[name]
    assert whole(article), (article.status, article.reason)


GOOD = (
    '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge","datePublished":"2024-03-05T08:00:00Z",'
    '"author":{"@type":"Person","name":"Anna Example"}}'
)
JSONLD = {
    "cut": GOOD[:-40],
    "empty": "",
    "comment": "<!-- nothing -->",
    "controls": GOOD.replace("Bridge", "Bri\tdge\n\x01"),
    "commas": GOOD.replace("}}", "},}"),
    "quotes": GOOD.replace('"', "'"),
    "deep-lists": "[" * 50_000 + "]" * 50_000,
    "deep-dicts": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "many": "[" + ",".join([GOOD] * 2_000) + "]",
    "null": "null",
    "nan": GOOD.replace('"Bridge"', "NaN").replace('"2024-03-05T08:00:00Z"', "Infinity"),
    "number": "7",
    "digits": GOOD.replace('"Bridge"', "9" * 20_000),
    "surrogate": GOOD.replace("Bridge", "Bri\\ud800dge"),
    "types": '{"@type":["NewsArticle",null],"headline":{"x":[]},"datePublished":["2024",{}],"author":[7],'
    '"publisher":"x","keywords":{},"image":[[[]]]}',
    "cycle": '{"@graph":[{"@id":"#a","isPartOf":{"@id":"#b"}},{"@id":"#b","isPartOf":{"@id":"#a"}}]}',
    "long-body": GOOD[:-1] + ',"articleBody":"' + "word " * 100_000 + '"}',
}


@pytest.mark.parametrize("name", JSONLD)
def test_structured_data(name):
    article = clean(page(head=f'<script type="application/ld+json">{JSONLD[name]}</script>'))
    assert whole(article)
    assert article.headline is None or isinstance(article.headline, str)
    assert all(isinstance(a, str) for a in article.authors)


@pytest.mark.parametrize(
    "date",
    [
        "0000-00-00",
        "31.02.2020",
        "2020-02-31T10:00:00Z",
        "99999-01-01",
        "9" * 20,
        "-99999999999",
        "2024-13-45",
        "1e309",
        "NaN",
        "2024-03-05T08:00:00+99:99",
        "2024-03-05T08:00:00+24:00",
        "0001-01-01T00:00:00+23:59",
        "2999-01-01",
        "9999-12-31T23:59:59-23:59",
        "٢٠٢٤-٠٣-٠٥",
        "202⁴-0³-05",
        "",
        "yesterday",
        "<b>2024</b>",
        "2024-W10-2",
        "2" * 50_000,
        "2024" + "-" * 50_000,
    ],
)
def test_impossible_dates_cost_the_date_only(date):
    stated = json.dumps(date)
    head = (
        f"<meta property='article:published_time' content='{date}'>"
        f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":{stated}}}</script>'
    )
    article = clean(
        page(head=head).replace("By Anna Example", f"By Anna Example <time datetime='{date}'>x</time>")
    )
    assert whole(article)
    assert article.date is None or len(article.date) <= 32


TEXTS = {
    "bidi": TEXT.replace("The ", "\u202eThe\u202c "),
    "controls": TEXT.replace("report", "".join(map(chr, range(1, 9))) + "report"),
    "ansi": TEXT.replace("report", "\x1b[31m\x1b]0;t\x07report"),
    "c1": TEXT.replace("report", "\x85\x9breport"),
    "nul": TEXT.replace("report", "\0report"),
    "cr": TEXT.replace("\n", "\r"),
    "crlf": TEXT.replace("\n", "\r\n"),
    "separators": TEXT.replace("\n\n", "\u2028\u2029"),
    "feff": TEXT.replace("report", "\ufeffreport"),
    "noncharacters": TEXT.replace("report", "\ufffe\uffffreport"),
    "surrogates": TEXT + " \ud800 \udfff",
    "one-paragraph": TEXT.replace("\n\n", " "),
    "a-sentence-a-line": TEXT.replace(". ", ".\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_odd_characters_in_texts(name):
    article = clean(TEXTS[name], kind="text")
    assert "markerhead" in article.body + (article.headline or "")
    assert "markertail" in article.body
    assert not set(article.body) & set("\0\u202e\x1b\x07\ufeff")


@pytest.mark.parametrize(
    "attack",
    [
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="http://[::1">',
        '<link rel="canonical" href="http://example.com:99999999/story">',
        '<link rel="canonical" href="file:///etc/passwd">',
        '<link rel="canonical" href="../../../../etc/passwd">',
        '<base href="javascript:alert(1)">',
        '<meta http-equiv=refresh content="0;url=file:///etc/passwd">',
        '<meta http-equiv="content-language" content="../../x">',
    ],
)
def test_addresses_open_nothing(attack):
    article = clean(page(head=attack))
    assert whole(article)
    assert "root:x" not in article.body
    assert article.url is None or article.url.startswith("http")


def test_texts_run_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    clean(
        page(
            BODY
            + "<p>$(touch pwned) `touch pwned` ; touch pwned {0.__class__} %s %n ${jndi:ldap://127.0.0.1/a}</p>"
        )
    )
    assert list(Path(tmp_path).iterdir()) == []


PIECES = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b>",
        "<a href=x>",
        "<table>",
        "<td>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<ul>",
        "<li>",
        "<h1>",
        "</h1>",
        "<title>",
        "<svg>",
        "<template>",
        "<select>",
        "<option>",
        "&#xD800;",
        "\0",
        "\ud800",
        "é",
        "。",
        "<article>",
        "<time datetime=2024-99-99>",
        "<style>",
        "</style>",
        "<br>",
        "<meta charset=utf-7>",
        "<html lang=\x00>",
        '<script type="application/ld+json">',
        '{"@type":"NewsArticle","headline":[]}',
        "<pre>",
        "\n",
        SENTENCES[0],
        SENTENCES[1],
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([None, "html", "text"]))
def test_any_markup_gives_a_record(markup, kind):
    article = clean(markup, kind=kind)
    assert article.status in {"article", "not-article", "empty", "rejected"}
    assert article.status == "article" or article.reason


@settings(deadline=None)
@given(st.binary(max_size=600), st.sampled_from([None, "html", "text"]))
def test_any_bytes_give_a_record(data, kind):
    article = clean(data, kind=kind)
    assert article.status == "article" or article.reason
