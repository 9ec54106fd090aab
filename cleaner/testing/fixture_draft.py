"""New cases and new expectations, written for a person to read: always as drafts, never as accepted.

Enters: a page, or a case and the record that it gives today. Leaves: the text of `expected.yaml`.
"""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cleaner.model import RECORD
from cleaner.testing.case import UNTESTED, FixtureError, Removed
from cleaner.testing.check import body_fault, holds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ruamel.yaml import YAML

    from cleaner.model import Article
    from cleaner.pipeline import Trace

_ALWAYS = tuple(field.name for field in RECORD if field.chief)
_WHERE_KNOWN = ("outlet", "modified", "language")
_MAX_LEDGER, _MAX_QUOTE, _MAX_NAME = 12, 80, 40


def draft(article: Article) -> str:
    """An `expected.yaml` that says what comes out today, marked as nobody's word yet.

    Of the ledger it quotes what named rules took out, each rule once; what the layout heuristics took out
    is seen in the body.
    """
    stated: dict[str, Any] = {"reviewed": False}
    if article.status != "article":
        stated |= {"status": article.status, "reason": article.reason}
    for name in (*_ALWAYS, *_WHERE_KNOWN):
        value = getattr(article, name)
        if value is not None or name in _ALWAYS:
            stated[name] = _plain(value)
    stated["body"] = article.body
    ledger = {r.rule: r.text for r in reversed(article.removed) if not r.rule.startswith("layout/")}
    if ledger:
        entries = [{"rule": rule, "text": _quote(text)} for rule, text in ledger.items()]
        stated["removed"] = entries[::-1][:_MAX_LEDGER]
    return _dump(stated)


def updated(text: str, article: Article) -> str:
    """`text`, an `expected.yaml`, with what it states brought to what comes out today; its comments stay.

    Entries of `body_has`, `body_lacks` and `removed` that no longer hold go. The result is some person's
    word: it is written only when they accept it, so `reviewed: false` goes too.
    """
    stated = _yaml().load(text)
    stated.pop("reviewed", None)
    for name in [key for key in stated if key not in UNTESTED]:
        value = stated[name]
        if name in ("body_has", "body_lacks"):
            value[:] = [item for item in value if holds(name, str(item), article)]
        elif name == "removed":
            value[:] = [
                item for item in value if holds(name, Removed(str(item["rule"]), str(item["text"])), article)
            ]
        elif not _says(name, value, article):
            stated[name] = _plain(getattr(article, name))
    if "body" not in stated and not stated.get("body_has", True):
        stated["body"] = article.body
    return _dump(stated)


def _says(name: str, value: Any, article: Article) -> bool:  # noqa: ANN401 - a value as YAML has it
    if name == "body":
        return body_fault(str(value), article) is None
    now = _plain(getattr(article, name))
    return value is None if now is None else value is not None and str(value) == str(now)


def add(
    page: Path,
    trace: Trace,
    *,
    into: Path,
    outlet: str | None = None,
    case: str | None = None,
    given: Mapping[str, str],
) -> Path:
    """Copy `page`, which gave `trace`, into a new case below `into`, with a draft; the new folder.

    Raises `FixtureError` where the outlet cannot be told or the case is already there.
    """
    article = trace.article
    outlet = outlet or _outlet_of(article)
    if outlet is None:
        raise FixtureError(
            f"{page}: no rule file knows this outlet; name it with --outlet, such as example.com"
        )
    folder = into / _name(outlet) / _name(case or article.headline or page.stem)
    if folder.exists():
        raise FixtureError(
            f"{folder}: is already there; name another with --case, or see `clean fixtures update {folder}`"
        )
    folder.mkdir(parents=True)
    html = trace.page.kind == "html" if trace.page is not None else page.suffix != ".txt"
    shutil.copyfile(page, folder / ("page.html" if html else "page.txt"))
    if given:
        (folder / "input.yaml").write_text(_dump(given), encoding="utf-8")
    (folder / "expected.yaml").write_text(draft(article), encoding="utf-8")
    return folder


def _outlet_of(article: Article) -> str | None:
    """The rule file's name, else the host."""
    host = urlsplit(article.url or "").hostname
    return article.outlet or (host.removeprefix("www.") if host else None)


def _name(text: str) -> str:
    """A short folder name of letters, digits, dots and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    return words[:_MAX_NAME].rsplit("-", 1)[0] if len(words) > _MAX_NAME else words or "case"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _quote(text: str) -> str:
    """Whole, or its beginning with an ellipsis, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= _MAX_QUOTE:
        return flat
    return flat[:_MAX_QUOTE].rsplit(" ", 1)[0] + "…"


_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Date(str):
    """A date as it is written: YAML's own would lose its zone and its form."""

    __slots__ = ()


def _yaml() -> YAML:
    from ruamel.yaml import YAML  # noqa: PLC0415 - only where fixtures are written
    from ruamel.yaml.constructor import RoundTripConstructor  # noqa: PLC0415
    from ruamel.yaml.representer import RoundTripRepresenter  # noqa: PLC0415

    yaml = YAML()
    # Classes of our own, since what is added to a class holds for everyone who uses it.
    yaml.Constructor = type("Constructor", (RoundTripConstructor,), {})
    yaml.Representer = type("Representer", (RoundTripRepresenter,), {})
    yaml.width = 10_000
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), _null)
    yaml.constructor.add_constructor(_TIMESTAMP, lambda _, node: _Date(node.value))
    yaml.representer.add_representer(_Date, lambda own, date: own.represent_scalar(_TIMESTAMP, str(date)))
    return yaml


def _null(representer: Any, _: None) -> Any:  # noqa: ANN401 - ruamel.yaml's own
    return representer.represent_scalar("tag:yaml.org,2002:null", "null")


def _dump(stated: Mapping[str, Any]) -> str:
    """YAML with texts of several paragraphs as blocks."""
    from ruamel.yaml.scalarstring import LiteralScalarString  # noqa: PLC0415

    for name, value in stated.items():
        if isinstance(value, str) and "\n" in value:
            stated[name] = LiteralScalarString(value.rstrip("\n") + "\n")  # type: ignore[index]
    out = io.StringIO()
    _yaml().dump(stated, out)
    return out.getvalue()
