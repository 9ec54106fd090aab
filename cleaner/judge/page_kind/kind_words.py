"""Words that tell what a page is when it is no story: tables, and nothing else.

Kinds are bits, as a page says several things. Addresses, JSON-LD and og:type are told by words of the web
and hold for every language; the labels of buttons and headings are those of the languages that the generic
rules know best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ARTICLE, PRODUCT, FORUM, INDEX, DOCUMENTATION, SERVICE, VIDEO = 1, 2, 4, 8, 16, 32, 64
# A forum by its software's own words; a paper may well call a section "community".
THREAD = 128
KINDS: Mapping[int, str] = {
    PRODUCT: "product", FORUM: "forum", INDEX: "index", DOCUMENTATION: "documentation", SERVICE: "service",
}  # fmt: skip


_BITS: Mapping[str, int] = {
    "ARTICLE": ARTICLE, "PRODUCT": PRODUCT, "FORUM": FORUM, "INDEX": INDEX, "DOCUMENTATION": DOCUMENTATION,
    "SERVICE": SERVICE, "VIDEO": VIDEO, "THREAD": FORUM | THREAD,
}  # fmt: skip


def _table(**kinds: str) -> dict[str, int]:
    """Entries, parted by commas, to the bit of the kind they stand under."""
    return {
        " ".join(entry.split()): _BITS[kind]
        for kind, entries in kinds.items()
        for entry in entries.split(",")
    }


# schema.org's types; every other name that ends in "Article" is an article too.
TYPES: Mapping[str, int] = _table(
    ARTICLE="""
        BlogPosting, LiveBlogPosting, Recipe, HowTo, Report""",
    PRODUCT="""
        Product, ProductGroup, IndividualProduct, SomeProducts""",
    FORUM="""
        DiscussionForumPosting, QAPage""",
    INDEX="""
        CollectionPage, ItemList, SearchResultsPage, OfferCatalog""",
    DOCUMENTATION="""
        TechArticle, APIReference""",
    SERVICE="""
        Service, SoftwareApplication, LocalBusiness, ProfessionalService""",
    VIDEO="""
        VideoObject""",
)
# Words of an address' path and host.
ADDRESS: Mapping[str, int] = _table(
    ARTICLE="""
        blog, blogs, news, article, articles, artikel, story, stories, post, posts, recipe, recipes,
        opinion, magazine, magazin, nachrichten, noticias, actualites, politik, politics, sport,
        wirtschaft, kultur, press, presse, review, reviews, tips, resources, insights, learn""",
    PRODUCT="""
        product, products, shop, store, item, dp, buy, sku, catalog, cart, produkt, produkte, produit,
        producto""",
    INDEX="""
        collection, collections, category, categories, cat, genre, tag, tags, author, authors, section,
        sections, archive, archives, search, topics, browse, listing, listings, rubrik, ressort, thema,
        themen, kategorie, categoria""",
    THREAD="forum, forums, foren, thread, threads, questions, showthread, viewtopic",
    FORUM="topic, talk, community, discussion, discussions",
    DOCUMENTATION="""
        docs, doc, documentation, reference, manual, manuals, developer, developers, guide, api, tutorial,
        tutorials, glossary, usersguide, help""",
    SERVICE="""
        service, services, solutions, platform, pricing, features, industries, plans, software""",
    VIDEO="""
        video, videos, watch, mediathek""",
)
# What buttons, links and small headings are called where the page is no story.
LABELS: Mapping[str, int] = _table(
    PRODUCT="""
        add to cart, add to bag, add to basket, buy now, add to wishlist, add to compare, quantity, in
        stock, out of stock, sold out, free shipping, sale price, regular price, unit price, customer
        reviews, quick view, choose options, in den warenkorb, lieferzeit, ajouter au panier, añadir al
        carrito, aggiungi al carrello, adicionar ao carrinho, dodaj do koszyka, in winkelwagen, lägg i
        varukorg""",
    FORUM="""
        reply, quote, posts, joined, thread starter, new member, member, senior member, top posters, post
        reply, likes, views, replies, accepted answer, share this answer, registered user, solved, topic
        starter, last reply, go to page:, antworten, zitieren, mitglied, beiträge, répondre, citer,
        responder, citar""",
    INDEX="""
        sort by, filter, filters, filter by, clear all, load more, show more, next page, older posts, view
        all, see all, shop all, price, brand, category, categories, color, size, results, best sellers,
        relevance, view details, show filters, reset, mehr laden, weitere laden, sortieren nach, trier
        par, ordenar por""",
    DOCUMENTATION="""
        on this page, in this article, table of contents, edit this page, previous, parameters, syntax,
        examples, see also, browser compatibility, return value, note, prerequisites, was this page
        helpful?, next steps, in this guide, docs, api reference, edit page""",
    SERVICE="""
        get started, request a demo, book a demo, contact us, get a quote, free quote, start free trial,
        try for free, contact sales, get a free quote, our services, why choose us, testimonials, talk to
        an expert, learn more, schedule a consultation, get a demo, sign up free, talk to sales, pricing,
        features, request a quote, book now, call now, our clients, frequently asked questions, faq, faqs,
        jetzt anfragen, kostenlos testen""",
)

# A title or first heading of an error page says one of the first, or is one of the second and nothing else.
ERRORS = "|".join(
    (
        r"\b(?:page|article|content|file|url|site) (?:was |is |could |can )?not (?:be )?found",
        r"\b(?:page|article|content|file|url|site) (?:you .{1,30} )?is (?:no longer available|missing)",
        r"internal server error|service unavailable|bad gateway",
        r"\b(?:error|fehler|erreur|errore|fout|fel|błąd)\W{0,3}(?:40[0-9]|410|50[0-9])\b",
        r"\b(?:40[0-9]|410|50[0-9])\W{0,3}(?:error|fehler|erreur|errore|not found|forbidden|gone)\b",
        r"seite (?:wurde )?(?:leider )?nicht gefunden|(?:seite|inhalt|artikel) ist nicht (?:mehr )?verfügbar",
        r"page (?:introuvable|non trouvée)|(?:page|article|contenu) .{0,30}n'existe (?:plus|pas)",
        r"página no encontrada|no se ha encontrado la página|página não encontrada|pagina non trovata",
        r"pagina niet gevonden|sidan (?:kunde inte hittas|finns inte)|nie znaleziono strony",
        r"siden (?:blev |ble )?ikke fundet|fant ikke siden|sivua ei löyd",
        r"страница не найдена|页面不存在|找不到页面|ページが見つかり",
        r"attention required! |are you a robot|checking your browser|verify(?:ing)? (?:that )?you are human",
    )
)
BARE_ERRORS = (
    r"(?:40[034]|410|50[0234])|(?:error )?not found|access denied|forbidden|oops|something went wrong|"
    r"just a moment|nicht gefunden|introuvable|no encontrad[ao]|non trovat[ao]"
)
# A title or first heading that is nothing but a request to sign in.
LOGINS = "|".join(
    (
        r"(?:please )?(?:log ?in|sign ?in|login|log ?on)(?: (?:to|or|with|required|page)\b.{0,40})?",
        r"(?:bitte )?(?:anmelden|einloggen|anmeldung)|se connecter|connexion|connectez-vous",
        r"iniciar sesión|inicia sesión|identifícate|accedi|effettua il login|entrar|iniciar sessão",
        r"inloggen|logga in|log ind|logg inn|zaloguj się|logowanie|вход|войти|ログイン|登录|登入",
    )
)
# What a block of a consent form speaks of, and what its button says.
CONSENT = (
    "cookie", "consent", "tracking", "gdpr", "personal data", "privacy",
    "einwilligung", "datenschutz", "personenbezogen", "consentement", "traceurs", "données personnelles",
    "consentimiento", "datos personales", "consenso", "dati personali", "toestemming", "persoonsgegevens",
    "samtycke", "samtykke", "personuppgifter", "zgod", "consentimento", "クッキー",
)  # fmt: skip
ACCEPT = (
    "accept", "agree", "allow", "akzeptieren", "zustimmen", "einverstanden", "j'accepte", "aceptar", "acepto",
    "accetta", "accetto", "akkoord", "godkänn", "godta", "akceptuj", "zgadzam", "aceitar", "concordo",
    "hyväksy", "принять", "同意",
)  # fmt: skip
