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
    "function_words": Key("words", "frequent words that tell the language of a text within a few lines"),
    "updated_labels": Key("patterns", "how words begin that call a date the last change's"),
    "updated_signs": Key("patterns", "the same, anywhere in a line: where words are not parted by spaces"),
    "published_labels": Key("patterns", "how words begin that call a date the publication's"),
    "published_signs": Key("patterns", "the same, anywhere in a line"),
    "other_date_labels": Key("patterns", "what has a date of its own: birth, membership, deadline"),
    "first_published_labels": Key("patterns", "sentences that say when the story first came out"),
    "first_published_hints": Key("texts", "a piece of each of these sentences, without its first letter"),
    "written_by": Key("patterns", "the label before an author's name in a preview of a link"),
    "works": Key("patterns", "kinds of works and how they are made, before a by-word"),
    "by_words": Key("patterns", "the preposition before a name that signs"),
    "by_prepositions": Key("patterns", "prepositions that are by-words only after one of the works"),
    "author_labels": Key("patterns", "what stands with a colon before the author's name"),
    "author_words": Key("patterns", "the same, only in a field for authors, where it needs no colon"),
    "lone_labels": Key("patterns", "what stands alone in the line before the author's, by-words apart"),
    "opening_words": Key("words", "first words of all by-words and author labels; works count by themselves"),
    "articles": Key("words", "what may stand before one of the works: an article, a command"),
    "weekdays": Key("patterns", "weekdays, as they stand before a date at a name's end"),
    "our": Key("patterns", "the pronoun of `our reporter`, between by-word and name"),
    "particles": Key("words", "small words inside a name"),
    "not_last": Key("words", "words with which no name ends"),
    "roles": Key("words", "roles, houses and topics: who has one in the name is no person"),
    "role_beginnings": Key("words", "how words begin that are roles"),
    "role_endings": Key("words", "how words end that are roles"),
    "house_endings": Key("patterns", "how names of houses end where words are not parted by spaces"),
    "persons_roles": Key("patterns", "what a person is, at the end of a role"),
    "not_first": Key("patterns", "words with which no name begins"),
    "nobody": Key("words", "what software and newsrooms put for a name, squeezed to letters"),
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
