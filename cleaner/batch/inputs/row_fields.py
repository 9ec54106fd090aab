"""One row of a data set to the text of its page and what the row states about it.

Enters: a decoded JSON object, whatever wrote it. Leaves: `RowFields`, or `NoContent` naming the keys that
were seen. Look first at `ALIASES`: for each field the names it goes by, the first that holds something wins.
Names are folded (case, blanks, underscores, hyphens, camelCase), and dotted for what lies inside a struct.
Pure: no file is read, and nothing is raised for any JSON value but `NoContent` for a row without a text.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from cleaner.batch.inputs.row_aliases import ALIASES, LANGUAGES
from cleaner.batch.inputs.row_keys import WRAPPERS, RowKeys, complaint, fold_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Hint = Literal["html", "text", "markdown"] | None

_HTML = re.compile(
    r"<(?:!doctype|html|head|body|p|div|article|section|h[1-6]|ul|ol|figure|br|span|a)\b[^<>]*>",
    re.IGNORECASE,
)
_HTML_SIGN = 2
_DEPTH = 6
_PART_KEYS = ("headline", "title", "paragraphs", "sections", "text", "content", "body", "summary", "html")
# Of a structured body these are not its text.
_NO_TEXT = frozenset(["type", "kind", "id", "url", "href", "class", "level", "index", "name"])
_MONTH_FIRST = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])-((?:19|20)\d\d)$")
_READING_LIST = ("is_archived", "reading_time", "reading_progress_percent", "saved_at", "time_added")
_MARKDOWN_KEYS = frozenset(["markdown"])


class NoContent(ValueError):  # noqa: N818 - what the row lacks, said to whoever holds the file
    """The row has no text that is known by its name; the message lists the keys seen and the remedy."""


@dataclass(frozen=True, slots=True)
class RowFields:
    """`content` is the page; `content_kind_hint` what it looks like, None where its reader should decide;
    `stated` goes to `Cleaner.clean(stated=)` as it is.
    """

    content: str
    content_kind_hint: Hint = None
    url: str | None = None
    id: str | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)


def row_fields(row: object, *, content: str | None = None, container: str | None = None) -> RowFields:
    """The page of a row and what is stated about it; `content` names the key of the text where the caller
    knows it (dotted for a nested one). Raises `NoContent`, and nothing else for any JSON value.
    """
    if not isinstance(row, dict):
        raise NoContent(f"a row must be an object with named fields, not {_kind_name(row)}")
    keys = RowKeys(row)
    name, text = _content(keys, content)
    for inner in _wrapped(row) if content is None else ():
        if _content(RowKeys(inner), None)[1] is not None:
            keys = RowKeys({**{key: value for key, value in row.items() if value is not inner}, **inner})
            name, text = _content(keys, None)
            break
    if text is None:
        raise NoContent(complaint(row, content))
    stated = _stated(keys, name)
    if container:
        stated["container"] = container
    return RowFields(text, _hint(name, text), _address(keys), _identity(keys), stated)


def _content(keys: RowKeys, wanted: str | None) -> tuple[str, str | None]:
    if wanted is not None:
        value = keys.row.get(wanted)
        return wanted, _joined(value if value is not None else keys.value(wanted))
    for name in ALIASES["content"]:
        text = _joined(keys.value(name))
        if text and text.strip():
            return name, text
    return "", None


def _joined(value: object, depth: int = 0) -> str | None:
    """A text, or the texts of a structured body in their order, a blank line between."""
    if isinstance(value, str):
        return value
    if depth > _DEPTH or value is None:
        return None
    if isinstance(value, list):
        parts = [part for item in value if (part := _joined(item, depth + 1))]
    elif isinstance(value, dict):
        known = [value[key] for key in _PART_KEYS if key in value]
        chosen = known or [inner for key, inner in value.items() if str(key).casefold() not in _NO_TEXT]
        parts = [part for item in chosen if (part := _joined(item, depth + 1))]
    else:
        return None
    return "\n\n".join(parts) or None


def _hint(name: str, text: str) -> Hint:
    if fold_key(name.rpartition(".")[2]) in _MARKDOWN_KEYS:
        return "markdown"
    head = text[:20_000]
    tags = len(_HTML.findall(head))
    if head.lstrip().startswith("<") and tags:
        return "html"
    return "html" if tags >= _HTML_SIGN and re.search(r"</\w+>", head) else "text"


def _stated(keys: RowKeys, content: str) -> dict[str, Any]:
    stated: dict[str, Any] = {}
    for name, aliases in ALIASES.items():
        if name in ("content", "id", "url"):
            continue
        found = keys.get([alias for alias in aliases if alias != content])
        if found is not None:
            stated[name] = _cleaned(found[1])
    _drop_crawl_day(keys, stated)
    _mend_day(keys, stated)
    _drop_saved(keys, stated)
    _add_people(keys, stated)
    language = stated.get("language")
    if isinstance(language, str):
        stated["language"] = LANGUAGES.get(language.strip().casefold(), language)
    if address := _address(keys):
        stated["url"] = address
    return {name: value for name, value in stated.items() if value not in (None, "", [], {})}


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """Entities of API fields (`&amp;`) in texts without tags; lists written as text parted again."""
    if isinstance(value, str):
        if value[:1] == "[" and value.rstrip()[-1:] == "]" and len(value) < 20_000:
            return _list_in_text(value)
        return html.unescape(re.sub(r"<[^<>]{1,300}>", "", value)) if "&" in value or "<" in value else value
    return value


def _list_in_text(value: str) -> Any:  # noqa: ANN401 - JSON values
    """`["A", "B"]`, also as Python prints it."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        inner = re.findall(r"'([^']{1,200})'|\"([^\"]{1,200})\"", value)
        return [a or b for a, b in inner] or value


def _drop_crawl_day(keys: RowKeys, stated: dict[str, Any]) -> None:
    """`date` of FineWeb and datatrove, which stands beside a dump's name, is when the page was crawled."""
    is_crawl = keys.get(("dump", "metadata.dump", "meta.dump", "file_path", "metadata.file_path")) is not None
    crawled = keys.value("date") if keys.value("date") is not None else keys.value("metadata.date")
    own = keys.get(("provenance", "metadata.provenance")) is not None
    if is_crawl and not own and crawled is not None and stated.get("date") == crawled:
        stated["fetched"] = stated.pop("date")


def _mend_day(keys: RowKeys, stated: dict[str, Any]) -> None:
    """RealNews writes month, day, year; All the News has columns of year, month and day."""
    day = stated.get("date")
    if isinstance(day, str) and keys.value("warc_date") is not None and (match := _MONTH_FIRST.match(day)):
        stated["date"] = f"{match[3]}-{match[1]}-{match[2]}"
    elif day is None:
        parts = [_whole(keys.value(name)) for name in ("year", "month", "day")]
        if all(parts):
            year, month, number = parts
            stated["date"] = f"{year:04d}-{month:02d}-{number:02d}"


def _whole(value: object) -> int | None:
    """A small whole number, also of a column that was read as text or as decimals."""
    try:
        number = float(value) if isinstance(value, str | int | float) else 0.0
        return int(number) if 0 < number < 3000 and number == int(number) else None
    except (ValueError, OverflowError):
        return None


def _drop_saved(keys: RowKeys, stated: dict[str, Any]) -> None:
    """What a reading list calls updated is its own entry, not the article."""
    if keys.get(_READING_LIST) is None:
        return
    if stated.get("modified") in (keys.value("updated_at"), keys.value("updated")):
        stated.pop("modified", None)
    if "fetched" not in stated and keys.value("created_at") is not None:
        stated["fetched"] = keys.value("created_at")


def _add_people(keys: RowKeys, stated: dict[str, Any]) -> None:
    """Our own records keep agencies apart from authors; the reader of names parts them again."""
    agencies = keys.get(("agencies", "metadata.agencies"))
    if agencies is not None and isinstance(agencies[1], list):
        people = stated.get("authors") or []
        stated["authors"] = [*(people if isinstance(people, list) else [people]), *agencies[1]]


def _address(keys: RowKeys) -> str | None:
    for name in ALIASES["url"]:
        value = keys.value(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if (
            isinstance(value, str)
            and value.startswith(("http://", "https://"))
            and not re.search(r"\s", value)
        ):
            return value
    return None


def _identity(keys: RowKeys) -> str | None:
    found = keys.get(ALIASES["id"])
    if found is None or isinstance(found[1], bool | dict | list):
        return None
    return str(found[1])[:500]


def _wrapped(row: Mapping[Any, Any]) -> Iterator[Mapping[Any, Any]]:
    """Objects that hold the article of a row: services' answers, search engines' hits, a JSON-LD graph."""
    for key in WRAPPERS:
        value = row.get(key)
        for inner in value[:50] if isinstance(value, list) else (value,):
            if isinstance(inner, dict) and (key != "@graph" or isinstance(inner.get("articleBody"), str)):
                yield inner


def _kind_name(row: object) -> str:
    if isinstance(row, list):
        return "a list"
    return "nothing" if row is None else f"a {type(row).__name__}"
