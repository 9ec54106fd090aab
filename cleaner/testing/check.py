"""A case held against the record that its page gives: for each stated field a fault, or None.

Enters: `Case`, `Article`, the name of a field. Leaves: what is wrong, as a person would want to read it.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from cleaner.text.normalise import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model import Article, Removal
    from cleaner.testing.case import Case, Removed


def fault(case: Case, article: Article, name: str) -> str | None:
    """What is wrong with the field `name` of `article`; None where it is as stated."""
    if name == "reviewed":
        return f"is a draft; read it, then take `reviewed: false` out of {case.folder / 'expected.yaml'}"
    wanted = case.stated[name]
    if name == "body":
        return body_fault(str(wanted), article)
    if isinstance(wanted, tuple) and name in _LISTED:
        return "\n".join(text for item in wanted if (text := _LISTED[name](item, article))) or None
    got = getattr(article, name)
    if got == wanted:
        return None
    return f"stated:   {_shown(wanted)}\ncame out: {_shown(got)}{_origin(article, name)}"


def holds(name: str, item: str | Removed, article: Article) -> bool:
    """Whether one entry of `body_has`, `body_lacks` or `removed` is as stated."""
    return _LISTED[name](item, article) is None


def body_fault(wanted: str, article: Article) -> str | None:
    """Paragraph by paragraph: blank lines part them, spaces and line ends inside one do not matter outside
    of code.
    """
    before, after = paragraphs(wanted), paragraphs(article.body)
    if before == after:
        return None
    diff = difflib.unified_diff(before, after, "stated", "came out", n=1, lineterm="")
    note = f"\n(status is {article.status}: {article.reason})" if article.status != "article" else ""
    return "\n".join(_clipped(line) for line in diff) + note


def paragraphs(body: str) -> list[str]:
    """What blank lines part; without the `- ` of list items, which a page shows as it likes."""
    return [_flat(part).removeprefix("- ") for part in tidy(body).split("\n\n") if part.strip()]


def _clipped(line: str) -> str:
    """Whole where something changed; paragraphs shown for their place only by their beginning."""
    return line if not line.startswith(" ") or len(line) <= 90 else line[:89] + "…"


def _missing(text: str, article: Article) -> str | None:
    return None if _flat(text) in _flat(article.body) else f"is not in the body: {text}"


def _left_in(text: str, article: Article) -> str | None:
    return f"is still in the body: {text}" if _flat(text) in _flat(article.body) else None


def _not_removed(wanted: Removed, article: Article) -> str | None:
    rules = [removal.rule for removal in article.removed if _says(wanted.text, removal)]
    if wanted.rule in rules:
        return None
    if rules:
        return f"{wanted.rule}: `{wanted.text}` was taken out by {', '.join(rules)}"
    if _flat(wanted.text).removesuffix("…") in _flat(article.body):
        return f"{wanted.rule}: `{wanted.text}` is still in the body"
    return f"{wanted.rule}: `{wanted.text}` is not on the page, or not as a block of its own"


_LISTED: dict[str, Callable[[Any, Article], str | None]] = {
    "body_has": _missing,
    "body_lacks": _left_in,
    "removed": _not_removed,
}


def _says(text: str, removal: Removal) -> bool:
    wanted, got = _flat(text), _flat(removal.text)
    return got.startswith(wanted[:-1].rstrip()) if wanted.endswith("…") else got == wanted


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shown(value: object) -> str:
    if value is None:
        return "null"
    return ", ".join(map(str, value)) or "[]" if isinstance(value, tuple) else str(value)


def _origin(article: Article, name: str) -> str:
    source = article.provenance.get(name)
    return f"   (from {source})" if source else ""
