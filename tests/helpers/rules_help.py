"""Small pages and rule files for the tests of the rules engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.model import Block, Page
from cleaner.read import read
from cleaner.rules.format.folders import RuleSource
from cleaner.rules.library import Rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.rules import Phrases
    from cleaner.rules.apply.outlet import Outlet


def text_page(*lines: str, url: str | None = None) -> Page:
    return read("\n".join(lines), url=url, source=None, kind="text")


def html_page(body: str, url: str | None = None, head: str = "") -> Page:
    document = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read(document, url=url, source=None, kind="html")


def source(text: str, name: str = "example.com", kind: str = "outlet", layer: int = 1) -> RuleSource:
    folder = "generic" if kind == "generic" else "outlets"
    return RuleSource(name, kind, f"my/{folder}/{name}.yaml", text.encode(), layer)  # type: ignore[arg-type]


def rules(*sources: RuleSource) -> Rules:
    return Rules(sources)


def outlet(text: str, name: str = "example.com") -> Outlet:
    return Rules([source(text, name)]).outlet(name)


def folder(path: Path, **files: str) -> Path:
    """A folder of rules; `generic__en` is generic/en.yaml, anything else an outlet."""
    for name, text in files.items():
        part, _, stem = name.rpartition("__")
        target = path / (part or "outlets") / f"{stem.replace('_', '.')}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return path


def removed(found: Outlet, page: Page) -> dict[str, str]:
    """Text of each removed block by the rule that took it."""
    return {page.blocks[i].text: v.rule for i, v in found.verdicts(page).items() if v.action == "remove"}


def said(phrases: Phrases, keys: Sequence[str], kinds: Sequence[str] = ()) -> list[str | None]:
    """For each folded key, as a text of these lines, the generic rule that removes it."""
    return phrases.about(stream(keys, kinds)).lines()


def marked(phrases: Phrases, keys: Sequence[str]) -> list[str | None]:
    """For each folded key, as a text of these lines, the generic rule that says other stories start here."""
    return phrases.about(stream(keys)).markers()


def stream(keys: Sequence[str], kinds: Sequence[str] = ()) -> Page:
    """A text page of these very lines."""
    named = kinds or ["paragraph"] * len(keys)
    return Page(
        "text", tuple(Block(i, x, x, kind) for i, (x, kind) in enumerate(zip(keys, named, strict=True)))
    )  # type: ignore[arg-type]
