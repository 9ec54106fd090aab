# ruff: noqa: E501 - a case is a line
"""What a page is: cases that must be called no article, with the reason, and cases that must stay one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.judge.page_kind.classify import KINDS, MOST_REMOVED, assess, name
from cleaner.judge.page_kind.kind_features import PAGE_FEATURES, read_address, read_signs, says
from cleaner.judge.page_kind.kind_words import ARTICLE, FORUM, PRODUCT, THREAD, VIDEO
from cleaner.model import Article, Page, Verdict
from cleaner.read.html_reader import read_html

SENTENCES = (
    "The council voted late on Tuesday to close the old bridge after engineers found cracks in two of its piers.",
    "Residents of the eastern bank had asked for months why the work on the river was moving so slowly.",
    "A spokesman for the ministry said that the report would be published before the end of the year.",
    "Shopkeepers near the market fear that the detour will cost them a third of their customers this winter.",
    "The mayor promised a ferry for pedestrians, which is to run every quarter of an hour from Monday.",
    "Opposition members called the decision overdue and asked for the minutes of all meetings since March.",
)
STORY = [" ".join(SENTENCES[i % 6] for i in range(n, n + 3)) for n in range(6)]
NEWS_URL = "https://www.example-courier.org/2024/03/12/council-closes-old-bridge-after-cracks-found/"


def page(
    body: str, title: str = "Council closes old bridge", head: str = "", url: str | None = NEWS_URL
) -> Article:
    """The record of a page with the usual frame around its body."""
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        f"{body}<footer><a href='/imprint'>Imprint</a></footer></body></html>"
    )
    return clean(html, url=url)


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{t}</p>" for t in texts)


def jsonld(kind: str) -> str:
    return f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"{kind}"}}</script>'


ERRORS = [
    ("Page not found | Example Courier", "<h1>Page not found</h1><p>The page you are looking for has moved or was never here.</p>"),
    ("404", "<h1>404</h1><p>Sorry, there is nothing at this address.</p>"),
    ("Error 500 - Example", "<h1>Something broke</h1><p>Please try again in a few minutes.</p>"),
    ("Seite nicht gefunden - Beispielbote", "<h1>Fehler 404</h1><p>Die gesuchte Seite gibt es nicht (mehr).</p>"),
    ("Page introuvable", "<h1>Oups</h1><p>La page que vous cherchez a sans doute été déplacée.</p>"),
    ("Página no encontrada", "<h1>Lo sentimos</h1><p>La página que buscas ya no está en este sitio.</p>"),
    ("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this resource on this server.</p>"),
    ("Just a moment...", "<h1>www.example.org</h1><p>Checking whether the connection is secure before going on.</p>"),
]  # fmt: skip
CONSENTS = [
    ("We and our 140 partners store cookies on your device to personalise ads and content, with your consent.", "Accept all"),
    ("Wir und unsere 140 Partner setzen Cookies ein, um Inhalte und Werbung mit Ihrer Einwilligung anzupassen.", "Alle akzeptieren"),
    ("Avec nos partenaires, nous déposons des cookies pour mesurer l'audience et adapter la publicité.", "Accepter et fermer"),
    ("Nosotros y nuestros socios usamos cookies para medir la audiencia y personalizar los anuncios.", "Aceptar todo"),
    ("Noi e i nostri partner usiamo cookie per misurare il pubblico e adattare la pubblicità ai lettori.", "Accetta tutto"),
]  # fmt: skip
LOGINS = ["Log in", "Sign in to continue", "Anmelden", "Connexion", "Iniciar sesión", "Logga in"]


@pytest.mark.parametrize(("title", "body"), ERRORS)
def test_an_error_page_is_no_article(title: str, body: str) -> None:
    found = page(f"<main>{body}</main>", title)
    assert (found.status, found.reason) == ("not-article", "error-page")


@pytest.mark.parametrize(("text", "button"), CONSENTS)
def test_a_page_that_only_asks_for_consent_is_a_cookie_wall(text: str, button: str) -> None:
    body = f"<main><h1>Example Courier</h1>{paragraphs([text, text[:-1] + ' ...'])}<button>{button}</button></main>"
    found = page(body, "Example Courier")
    assert (found.status, found.reason) == ("not-article", "cookie-wall")


@pytest.mark.parametrize("title", LOGINS)
def test_a_page_that_only_asks_to_sign_in_is_a_login_wall(title: str) -> None:
    body = f"<main><h1>{title}</h1><form><label>E-mail</label><input type='password' id='password'></form></main>"
    found = page(body, f"{title} | Example Courier")
    assert (found.status, found.reason) == ("not-article", "login-wall")


@pytest.mark.parametrize("head", ["<meta property='og:type' content='video.other'>", jsonld("VideoObject")])
def test_a_video_with_a_caption_is_no_article(head: str) -> None:
    found = page(f"<main><h1>Drone flight over the bridge</h1>{paragraphs([SENTENCES[0]])}</main>", head=head)
    assert (found.status, found.reason) == ("not-article", "video")


def test_a_front_page_of_teasers_is_an_index() -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/{i}'>{SENTENCES[i % 6][:60]}</a></h3><p>{SENTENCES[i % 6][:90]}</p></div>"
        for i in range(40)
    )
    found = page(f"<main>{cards}</main>", "Example Courier", url="https://www.example-courier.org/")
    assert (found.status, found.reason) == ("not-article", "index")


def test_a_shop_page_is_a_product() -> None:
    body = (
        "<main class='product'><h1>Copper kettle</h1><span class='product-price price'>$49.00</span>"
        "<button class='product-form'>Add to cart</button><label>Quantity</label><ul><li>1.5 l</li><li>Made of copper</li></ul>"
        "<p class='product-description'>A kettle for you and your stove. It holds 1.5 litres and whistles when you need it.</p>"
        "<h2>You may also like</h2>"
        + "".join(f"<div class='product-card'><a href='/products/{i}'>Kettle {i}</a><span class='price'>${i}9.00</span></div>" for i in range(8))
        + "</main>"
    )  # fmt: skip
    head = jsonld("Product") + "<meta property='og:type' content='product'>"
    found = page(body, "Copper kettle", head, "https://shop.example.com/products/copper-kettle")
    assert (found.status, found.reason) == ("not-article", "product")
    assert "whistles" in found.body or any("whistles" in r.text for r in found.removed)


def test_a_thread_is_a_forum() -> None:
    posts = "".join(
        f"<div class='post message'><a class='username' href='/u/{i}'>user{i}</a><span>Posts</span><span>{i}2</span>"
        f"<div class='message-body'>I have the same kettle and you should descale it, number {i}. Mine broke in week {i}.</div>"
        f"<a href='#r'>Reply</a><a href='#q'>Quote</a></div>"
        for i in range(12)
    )
    head = jsonld("DiscussionForumPosting")
    found = page(
        f"<main><h1>Kettle noise?</h1>{posts}</main>",
        "Kettle noise? | Forum",
        head,
        "https://forum.example.com/threads/4711/",
    )
    assert (found.status, found.reason) == ("not-article", "forum")


STAYS = {
    "story": paragraphs(STORY),
    "two sentences": paragraphs([SENTENCES[0] + " " + SENTENCES[1]]),
    "one sentence": paragraphs([SENTENCES[0]]),
    "live page": "".join(f"<article><h3>{h}:15</h3><p>{STORY[h % 6]}</p></article>" for h in range(8, 20)),
    "listicle": "".join(f"<h2>{i}. Bridge number {i}</h2><p>{STORY[i % 6]}</p>" for i in range(1, 9)),
    "questions and answers": "".join(f"<p><b>Why did it take so long, part {i}?</b></p><p>{STORY[i % 6]}</p>" for i in range(6)),
    "recipe": paragraphs(STORY[:2]) + "<h2>Ingredients</h2><ul>" + "".join(f"<li>{i}00 g flour</li>" for i in range(1, 9)) + "</ul>"
              + "<h2>Method</h2><ol>" + "".join(f"<li>{s}</li>" for s in SENTENCES) + "</ol>",
    "press release": paragraphs(STORY[:3]) + "<h2>About the council</h2><p>" + SENTENCES[3] + "</p><p>Press contact: A. Example</p>",
    "paywalled": paragraphs([STORY[0]]) + "<div class='paywall'><p>Subscribe to read on.</p><a href='/login'>Log in</a></div>",
    "with comments": paragraphs(STORY) + "<div id='comments'>" + "".join(f"<p>Reader {i}: {STORY[i % 6]}</p><a>Reply</a>" for i in range(20)) + "</div>",
}  # fmt: skip


@pytest.mark.parametrize("head", ["", jsonld("NewsArticle") + "<meta property='og:type' content='article'>"])
@pytest.mark.parametrize("case", STAYS)
def test_a_story_of_any_form_stays_an_article(case: str, head: str) -> None:
    found = page(
        f"<article><h1>Council closes old bridge after cracks are found</h1>{STAYS[case]}</article>",
        head=head,
    )
    assert (found.status, found.reason) == ("article", None)


@pytest.mark.parametrize("case", ["story", "two sentences", "live page"])
def test_a_story_without_an_address_stays_an_article(case: str) -> None:
    found = page(
        f"<article><h1>Council closes old bridge after cracks are found</h1>{STAYS[case]}</article>", url=None
    )
    assert found.status == "article"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Page not found: how the web forgets", SENTENCES[0]),
        ("404 Media wins prize for its reporting", SENTENCES[2]),
        ("Why every site asks you to accept cookies", "Regulators want an end to cookie banners with one button. " + SENTENCES[2]),
        ("Log in or get out: the council's new app", SENTENCES[3]),
        ("Watch: drone flight over the bridge", SENTENCES[4]),
    ],
)  # fmt: skip
def test_a_story_about_walls_and_errors_stays_an_article(title: str, text: str) -> None:
    body = f"<article><h1>{title}</h1>{paragraphs([text + ' ' + s for s in STORY[:4]])}</article>"
    assert page(body, title).status == "article"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Missing hiker not found after a week's search", SENTENCES[4] + " " + SENTENCES[1]),
        ("Grippeimpfstoff in Kiel nicht mehr verfügbar", "In Kiel ist der Impfstoff gegen Grippe ausgegangen, teilte die Stadt mit."),
        ("Le parti agrarien n'existe plus", "Le parti a été dissous mardi soir par ses membres, réunis à Lyon pour la dernière fois."),
        ("Access denied: reporters kept out of the town hall", SENTENCES[5] + " " + SENTENCES[2]),
    ],
)  # fmt: skip
def test_a_brief_whose_title_sounds_like_an_error_stays_an_article(title: str, text: str) -> None:
    assert (
        page(f"<article><h1>{title}</h1>{paragraphs([text])}</article>", f"{title} | Example Courier").status
        == "article"
    )


def test_a_brief_about_cookies_on_a_page_with_a_banner_stays_an_article() -> None:
    text = "A court in Luxembourg ruled on Monday that cookies need consent that is given, not assumed."
    banner = f"<div class='consent'><p>{CONSENTS[0][0]}</p><button>Accept all</button></div>"
    body = f"<article><h1>Court: cookies need consent</h1>{paragraphs([text])}</article>{banner}"
    assert (
        page(body, "Court: cookies need consent", "<meta property='og:type' content='article'>").status
        == "article"
    )


def test_a_brief_with_a_video_in_it_stays_an_article() -> None:
    head = jsonld("NewsArticle") + jsonld("VideoObject")
    body = f"<article><h1>Bridge closed</h1>{paragraphs([SENTENCES[0] + ' ' + SENTENCES[1]])}</article>"
    assert page(body, head=head).status == "article"


def read(html: str, url: str | None = None) -> Page:
    return replace(read_html(html, url=url, source=None, charset=None), tree=None)


def _judged(kept: int, removed: int, wrap: str = "<div>{}</div>") -> tuple[str, str | None]:
    """Status of a page of which some paragraphs were kept and the others removed."""
    found = read(
        f"<main><h1>Title</h1>{paragraphs([STORY[0]] * kept)}{wrap.format(paragraphs([STORY[1]] * removed))}</main>"
    )
    verdicts = [None] * (kept + 1) + [Verdict("layout/region")] * removed
    return assess(found, verdicts, None)


def test_a_page_that_lost_most_of_its_prose_says_so() -> None:
    assert _judged(3, 20) == ("article", MOST_REMOVED)


@pytest.mark.parametrize(
    ("kept", "removed", "wrap"),
    [(10, 20, "<div>{}</div>"), (3, 4, "<div>{}</div>"), (3, 20, "<div class='comments'>{}</div>")],
    ids=["a third is kept", "little was there", "readers' comments"],
)
def test_a_page_that_lost_less_says_nothing(kept: int, removed: int, wrap: str) -> None:
    assert _judged(kept, removed, wrap) == ("article", None)


def test_where_the_outlet_names_the_body_a_story_page_is_an_article() -> None:
    found = read(f"<main>{paragraphs(STORY)}</main>", NEWS_URL)
    assert assess(found, [None] * len(found.blocks), None) == ("article", None)


def test_where_the_outlet_names_the_body_a_front_page_is_still_an_index() -> None:
    found = read(f"<main>{paragraphs(STORY)}</main>", "https://www.example-courier.org/")
    assert assess(found, [None] * len(found.blocks), None) == ("not-article", "index")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (jsonld("NewsArticle"), (ARTICLE, 0)),
        (jsonld("DiscussionForumPosting"), (FORUM, 0)),
        ('<script type="application/ld+json">{"@type": ["Product", "Thing"]}</script>', (PRODUCT, 0)),
        ("<meta property='og:type' content='video.episode'>", (0, VIDEO)),
        ("<meta property='og:type' content='article'>", (0, ARTICLE)),
        ('<script type="application/ld+json">{"@type"', (0, 0)),
    ],
)
def test_what_a_page_says_it_is(head: str, said: tuple[int, int]) -> None:
    assert says(read(f"<head>{head}</head><p>x</p>")) == said


@pytest.mark.parametrize(
    ("url", "bits", "root"),
    [
        ("https://example.com/", 0, True),
        ("https://example.com/index.php?p=12", 0, False),
        ("https://example.com/products/kettle", PRODUCT, False),
        ("https://forum.example.com/threads/why-is-the-shop-closed-today/", FORUM | THREAD, False),
        ("https://example.com/community/mayor-opens-new-bridge-today", FORUM, False),
        ("https://example.com/why-the-shop-and-forum-closed", 0, False),
        ("http://[broken", 0, False),
        (None, 0, False),
    ],
)
def test_what_an_address_says(url: str | None, bits: int, root: bool) -> None:
    _, found, at_root = read_address(read("<p>x</p>", url))
    assert (found, at_root) == (bits, root)


def test_reasons_are_named_once() -> None:
    names = [kind for kind, _ in KINDS]
    assert len(set(names)) == len(names)
    assert name(read_signs(read("<p>x</p>"), {})) == "other"


@given(st.text(alphabet="<>/apdivh1 .!\"'=é文", max_size=300))
def test_any_page_gets_a_status(text: str) -> None:
    found = read(text)
    signs = read_signs(found, {b.index: 1.0 for b in found.blocks})
    assert len(signs.row) == len(PAGE_FEATURES)
    status, reason = assess(found, [None] * len(found.blocks), {b.index: 1.0 for b in found.blocks})
    assert (status == "article") or (status == "not-article" and reason)
