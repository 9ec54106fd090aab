"""Words that tell what a page is when it is no story: tables, and nothing else.

Kinds are bits, as a page says several things. Addresses, JSON-LD and og:type are told by words of the web
and hold for every language; the labels of buttons and headings are those of the languages that the generic
rules know best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.languages import alternatives, entries

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
LABELS: Mapping[str, int] = {
    label: bit for bit, kind in KINDS.items() for label in entries(f"{kind}_buttons")
}

# A title or first heading of an error page says one of the first, or is one of the second and nothing else.
_ERROR = alternatives("error_words")
ERRORS = "|".join(
    (
        alternatives("error_titles"),
        rf"\b(?:{_ERROR})\W{{0,3}}(?:40[0-9]|410|50[0-9])\b",
        rf"\b(?:40[0-9]|410|50[0-9])\W{{0,3}}(?:{_ERROR})\b",
    )
)
BARE_ERRORS = rf"(?:40[034]|410|50[0234])|{alternatives('bare_error_titles')}"
# A title or first heading that is nothing but a request to sign in.
LOGINS = alternatives("login_titles")
# What a block of a consent form speaks of, and what its button says.
CONSENT = entries("consent_words")
ACCEPT = entries("accept_buttons")
