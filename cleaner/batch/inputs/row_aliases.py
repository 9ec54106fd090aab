"""The names that rows of data sets and services give to the fields of an article.

Enters: nothing. Leaves: `LANGUAGES`, and `ALIASES`, for each field its names in order: the first that holds
something wins. Who writes so: news-please (maintext, date_publish), fundus (plaintext, sections), cc_news,
RealNews (publish_date, warc_date), All the News (article, publication), C4 and mC4 (timestamp is the
crawl's), OSCAR (warc_headers), RedPajama (meta), Dolma (created, added), FineWeb and datatrove (metadata),
newspaper4k, trafilatura, Zyte, readability.js (textContent), Event Registry (dateTime), the Guardian's API
(webTitle, fields.body), Omnivore, wallabag (published_by), Firecrawl and Jina (markdown, metadata.title),
schema.org, and our own records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ALIASES: Mapping[str, tuple[str, ...]] = {
    "content": (
        "maintext", "plaintext", "article_body", "body_text", "fields.body", "fields.body_text",
        "cleaned_text", "clean_text", "full_text", "article_text", "news_text", "story_text", "main_text",
        "text", "markdown", "body", "article", "story", "content", "text_content", "raw_text",
        "readable_content", "original_content", "raw_html", "page_html", "html", "article_body_html",
        "article_html",
        "page", "page_content", "raw_content", "document", "contents", "full_content", "body_html",
        "content_html", "content_text", "paragraphs", "sections", "description_html", "abstract_text",
    ),
    "url": (
        "url", "canonical_url", "web_url", "link", "source_url", "original_url", "final_url", "page_url",
        "article_url", "uri", "href", "target_uri", "warc_headers.warc-target-uri", "warc-target-uri",
        "meta.warc-target-uri", "metadata.url", "metadata.source_url", "metadata.canonical_url",
        "metadata.og_url", "meta.url", "main_entity_of_page", "permalink", "short_url", "given_url",
        "resolved_url", "source",
    ),
    "headline": (
        "headline", "title", "web_title", "fields.headline", "article_title", "news_title", "meta.title",
        "metadata.headline", "metadata.og_title", "metadata.title", "name", "title_page", "head_line",
        "given_title", "resolved_title",
    ),
    "date": (
        "date_publish", "date_published", "publishing_date", "publish_date", "published_date",
        "publication_date", "published_at", "published_time", "published_on", "published", "pub_date",
        "web_publication_date", "date_time", "date_time_pub", "metadata.date", "metadata.published_time",
        "metadata.article_published_time", "metadata.date_published", "metadata.publish_date",
        "metadata.publication_date", "created", "date", "date_created", "time_published",
        "meta.publish_date", "meta.date", "issued",
    ),
    "modified": (
        "modified", "date_modify", "date_modified", "modified_date", "modified_at", "modified_time",
        "last_modified", "updated", "updated_at", "date_updated", "metadata.modified",
        "metadata.modified_time", "metadata.article_modified_time", "fields.last_modified",
    ),
    "authors": (
        "authors", "author", "by_line", "byline", "fields.byline", "writer", "writers", "creator",
        "creators", "published_by", "author_name", "authors_list", "meta.author", "metadata.authors",
        "metadata.author", "metadata.article_author", "metadata.byline", "reporter", "by", "contributors",
    ),
    "site": (
        "site", "site_name", "sitename", "publication", "publisher", "source_title", "source.title",
        "source.name", "source-hostname", "publication_name", "outlet", "newspaper", "source_name",
        "news_source", "source_domain", "domain_name", "domain", "hostname", "metadata.site",
        "metadata.site_name", "metadata.og_site_name", "website", "host", "meta.domain",
    ),
    "language": (
        "language", "lang", "language_code", "in_language", "metadata.identification.label",
        "metadata.language", "metadata.lang", "meta.language", "meta.lang", "locale",
    ),
    "fetched": (
        "fetched", "crawled", "date_download", "warc_date", "warc_headers.warc-date", "warc-date",
        "meta.warc-date", "metadata.fetched", "crawl_date", "crawled_at", "date_crawled", "crawl_timestamp",
        "download_date",
        "scraped_at", "scrape_date", "retrieved", "fetch_time", "fetched_at", "accessed", "added",
        "saved_at", "filedate", "date_add", "metadata.warc_date", "metadata.added",
        "metadata.download_date", "timestamp", "meta.timestamp", "metadata.timestamp", "download_timestamp",
        "metadata.downloaded_at",
    ),
    "id": (
        "id", "identifier", "doc_id", "document_id", "uuid", "guid", "article_id",
        "warc_headers.warc-record-id", "_id", "warc_record_id",
    ),
    "section": (
        "section", "section_name", "article_section", "category", "categories", "news_section", "desk",
        "metadata.section", "metadata.article_section", "topic",
    ),
    "tags": (
        "tags", "keywords", "topics", "labels", "meta_keywords", "metadata.tags", "metadata.keywords",
    ),
    "summary": (
        "summary", "description", "excerpt", "standfirst", "fields.trail_text", "subtitle", "lead", "lede",
        "abstract", "meta_description", "metadata.summary", "metadata.description",
    ),
    "image": (
        "image", "image_url", "top_image", "lead_image_url", "main_image", "preview_picture", "thumbnail",
        "cover_image", "fields.thumbnail", "metadata.image", "metadata.og_image", "images",
    ),
}  # fmt: skip
# Names and three-letter codes of languages, as databases of news give them.
LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "polish": "pl", "russian": "ru", "turkish": "tr", "arabic": "ar", "chinese": "zh",
    "japanese": "ja", "korean": "ko", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi",
    "czech": "cs", "hungarian": "hu", "ukrainian": "uk", "romanian": "ro", "greek": "el", "hebrew": "he",
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
    "nld": "nl", "dut": "nl", "pol": "pl", "rus": "ru", "tur": "tr", "ara": "ar", "zho": "zh", "chi": "zh",
    "jpn": "ja", "kor": "ko", "swe": "sv", "dan": "da", "nor": "no", "nob": "no", "fin": "fi", "ces": "cs",
    "cze": "cs", "hun": "hu", "ukr": "uk", "ron": "ro", "rum": "ro", "ell": "el", "gre": "el", "heb": "he",
    "hin": "hi", "ind": "id", "vie": "vi", "tha": "th", "fas": "fa", "per": "fa", "cat": "ca", "hrv": "hr",
    "srp": "sr", "bul": "bg", "slk": "sk", "slv": "sl", "est": "et", "lav": "lv", "lit": "lt",
}  # fmt: skip
