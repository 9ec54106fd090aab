"""What fields and page kinds know of each language: one form a language, `<tag>.txt` beside this file.

Enters: the forms, found by their names. Leaves: the words of all languages under one key, as tuples, or
joined to the alternatives of a pattern. Adding a language is adding its form; its phrases of boilerplate
stand in `rules/generic/<tag>.yaml`. Look first at `KEYS`, which says what each key is for, then at `en.txt`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KEYS", "Key", "LanguageError", "alternatives", "entries", "load", "parse", "table"]

Entries = tuple[str, ...]


class LanguageError(ValueError):
    """A form that cannot be read; the message names file and line."""


class Key(NamedTuple):
    """How the entries of a key are parted, and what they are for.

    `words` are parted by spaces. `texts` and `patterns` by a bar between spaces: texts are compared as they
    stand, in lower case; patterns are alternatives of a regular expression, which no capital letter is.
    """

    kind: Literal["words", "texts", "patterns"]
    meaning: str


KEYS: Mapping[str, Key] = {
    "months": Key("words", "twelve names, `-` where a row has none; another row for each other spelling"),
    "of": Key("patterns", "between day, month and year"),
    "year_words": Key("patterns", "what stands after a year that comes first"),
    "picture_dates": Key("patterns", "what stands after the day of a picture"),
    "clock_words": Key("patterns", "between a date and its time"),
    "clock_ends": Key("patterns", "after a time"),
    "date_prepositions": Key("patterns", "before a date or weekday"),
    "function_words": Key("words", "frequent words that tell the language of a text within a few lines"),
    "updated_labels": Key("patterns", "how words begin that call a date the last change's"),
    "updated_signs": Key("patterns", "the same, anywhere in a line: where words are not parted by spaces"),
    "published_labels": Key("patterns", "how words begin that call a date the publication's"),
    "published_signs": Key("patterns", "the same, anywhere in a line"),
    "other_date_labels": Key("patterns", "what has a date of its own: birth, membership, deadline"),
    "beside_dates": Key("patterns", "other words of a dateline: reading time, the number of comments"),
    "rights": Key("patterns", "sentences that reserve rights"),
    "other_lines": Key("patterns", "lines near a story that are of comments or other stories"),
    "time_units": Key("patterns", "units of a reading time"),
    "dated_words": Key("patterns", "participles that part a name from a date after it"),
    "date_labels": Key("patterns", "what alone in a line says that the next is the day of publication"),
    "first_published_labels": Key("patterns", "sentences that say when the story first came out"),
    "first_published_hints": Key("texts", "a piece of each of these sentences, without its first letter"),
    "written_by": Key("patterns", "the label before an author's name in a preview of a link"),
    "works": Key("patterns", "kinds of works and how they are made, before a by-word"),
    "by_words": Key("patterns", "the preposition before a name that signs"),
    "by_prepositions": Key("patterns", "prepositions that are by-words only after one of the works"),
    "author_labels": Key("patterns", "what stands with a colon before the author's name"),
    "author_words": Key("patterns", "the same, only in a field for authors, where it needs no colon"),
    "lone_labels": Key("patterns", "what stands alone in the line before the author's, by-words apart"),
    "signed_labels": Key("patterns", "how a signature begins, up to the name"),
    "signing_labels": Key("patterns", "whole labels, with what parts them from the name"),
    "signed_by": Key("patterns", "by-words that sign in the midst of a line"),
    "before_signed_by": Key("texts", "what stands before such a by-word"),
    "inner_labels": Key("patterns", "author labels in the midst of a line, before a colon"),
    "inner_signs": Key("patterns", "the same where words are not parted by spaces"),
    "author_hints": Key("texts", "pieces of lines that may sign; cheaper to ask than the patterns"),
    "other_hands": Key("patterns", "what others did, before a by-word: review, pictures"),
    "picture_labels": Key("patterns", "what stands with a colon before a photographer's name"),
    "no_byline_openings": Key("patterns", "how lines begin that name people and are no byline"),
    "reporters": Key("patterns", "what stands after a reporter's name, and signs"),
    "after_names": Key("patterns", "the same, where it does not sign by itself"),
    "conjunctions": Key("words", "between two names, and before the last of a list"),
    "with_words": Key("patterns", "between an author and a contributor"),
    "for_words": Key("patterns", "between an author and the house"),
    "in_words": Key("patterns", "between an author and a place or section"),
    "glued_words": Key("patterns", "what pages glue to the end of a name, with a capital letter"),
    "glued_ends": Key("patterns", "the same after a space, up to the end"),
    "ranks": Key("patterns", "first words of roles that follow a name without a comma"),
    "picture_words": Key("patterns", "pictures, before their maker and after an author"),
    "credit_labels": Key("patterns", "other credits after an author, before a colon"),
    "share_buttons": Key("patterns", "buttons near the headline"),
    "weekday_beginnings": Key("patterns", "how weekdays begin, where one is all of a line"),
    "no_signature_words": Key("patterns", "small words that no signature has"),
    "team_words": Key("patterns", "last words of what a team of authors is called"),
    "author_link_openings": Key("patterns", "first words of links to an author's page that are no name"),
    "author_link_ends": Key("patterns", "last words of these"),
    "opening_words": Key("words", "first words of all by-words and author labels; works count by themselves"),
    "articles": Key("words", "what may stand before one of the works: an article, a command"),
    "weekdays": Key("patterns", "weekdays, as they stand before a date at a name's end"),
    "our": Key("patterns", "the pronoun of `our reporter`, between by-word and name"),
    "our_by": Key("patterns", "a preposition that is a by-word only before `our`, which it looks ahead to"),
    "our_roles": Key("patterns", "the role in `our reporter Ann Lee`"),
    "particles": Key("words", "small words inside a name"),
    "not_last": Key("words", "words with which no name ends"),
    "roles": Key("words", "roles, houses and topics: who has one in the name is no person"),
    "role_beginnings": Key("words", "how words begin that are roles"),
    "role_endings": Key("words", "how words end that are roles"),
    "house_endings": Key("patterns", "how names of houses end where words are not parted by spaces"),
    "persons_roles": Key("patterns", "what a person is, at the end of a role"),
    "not_first": Key("patterns", "words with which no name begins"),
    "nobody": Key("words", "what software and newsrooms put for a name, squeezed to letters"),
    "section_labels": Key("patterns", "how short lines begin that stand where a headline would"),
    "title_labels": Key("words", "parts of titles that software put there, squeezed to letters"),
    "article_paths": Key("words", "words of addresses, and of hosts, of stories"),
    "product_paths": Key("words", "the same of products"),
    "index_paths": Key("words", "the same of lists of pages"),
    "thread_paths": Key("words", "the same of threads by a forum's software"),
    "forum_paths": Key("words", "the same of discussions"),
    "documentation_paths": Key("words", "the same of manuals"),
    "service_paths": Key("words", "the same of a company's offer"),
    "video_paths": Key("words", "the same of films"),
    "product_buttons": Key("texts", "buttons and labels of a page that sells one thing"),
    "forum_buttons": Key("texts", "the same of a forum"),
    "index_buttons": Key("texts", "the same of a list of pages"),
    "documentation_buttons": Key("texts", "the same of a manual"),
    "service_buttons": Key("texts", "the same of a company's offer"),
    "error_titles": Key("patterns", "what the title of an error page says somewhere"),
    "error_words": Key("patterns", "the word before or after the number of an error"),
    "bare_error_titles": Key("patterns", "all that a part of such a title says"),
    "login_titles": Key("patterns", "a part of a title that is a request to sign in and nothing else"),
    "consent_words": Key("texts", "what a block of a consent form speaks of"),
    "accept_buttons": Key("texts", "what the button of a consent form says"),
}
_FOLDER = Path(__file__).parent
_MONTHS = 12


def parse(text: str, name: str) -> dict[str, Entries]:
    """One form: `key: entries` a line, indented lines go on, `#` begins a comment line.

    A key that stands twice goes on too. Raises `LanguageError` for what is no such line, an unknown key, a
    row of months that are not twelve.
    """
    found: dict[str, Entries] = {}
    rows: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] == " " and rows:
            first, key, value = rows[-1]
            rows[-1] = (first, key, f"{value} {line.strip()}")
            continue
        key, colon, value = line.partition(":")
        if not colon or key not in KEYS:
            raise LanguageError(
                f"{name}:{number}: unknown key {key.strip()!r}; allowed are {', '.join(KEYS)}"
            )
        rows.append((number, key, value.strip()))
    for number, key, value in rows:
        parted = value.split() if KEYS[key].kind == "words" else value.split(" | ")
        if key == "months" and len(parted) != _MONTHS:
            raise LanguageError(f"{name}:{number}: {len(parted)} months; write `-` for one without a name")
        if not all(parted):
            raise LanguageError(f"{name}:{number}: {key} has an empty entry")
        found[key] = (*found.get(key, ()), *parted)
    return found


def load(folder: Path) -> dict[str, dict[str, Entries]]:
    """All forms of a folder by their tags, in the order of these."""
    paths = sorted(folder.glob("*.txt"))
    return {path.stem: parse(path.read_text(encoding="utf-8"), path.name) for path in paths}


@cache
def _bundled() -> Mapping[str, Mapping[str, Entries]]:
    return load(_FOLDER)


def table(key: str) -> dict[str, Entries]:
    """The entries of one key by language, of those that have it."""
    return {tag: form[key] for tag, form in _bundled().items() if key in form}


def entries(key: str) -> Entries:
    """The entries of one key in all languages, each once."""
    return tuple(dict.fromkeys(entry for found in table(key).values() for entry in found))


def alternatives(*keys: str) -> str:
    """The entries of the keys as alternatives of a pattern, to stand in a group."""
    return "|".join(entry for key in keys for entry in entries(key))
