"""Other extractors, each optional, as functions from a page to its body.

A peer is asked for its metadata too, where it has any: so that what is timed is the same work.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
from typing import TYPE_CHECKING

import cleaner
from cleaner.rules import Rules
from cleaner.rules.format.folders import layers, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Extract = Callable[[bytes, str | None], str]


def without_outlets() -> cleaner.Cleaner:
    """A cleaner that knows the phrases of the languages, and no outlet."""
    bare = cleaner.Cleaner()
    bare.rules = Rules([x for x in sources(layers()) if x.kind == "generic"])
    return bare


def with_cleaner() -> Extract:
    ours = cleaner.Cleaner()
    return lambda data, url: ours.clean(data, url=url).body


def with_cleaner_generic() -> Extract:
    ours = without_outlets()
    return lambda data, url: ours.clean(data, url=url).body


def with_trafilatura(**options: bool) -> Callable[[], Extract]:
    def load() -> Extract:
        import trafilatura

        def run(data: bytes, url: str | None) -> str:
            found = trafilatura.bare_extraction(
                data, url=url, with_metadata=True, include_comments=False, **options
            )
            return (found.text or "") if found is not None else ""

        return run

    return load


def with_resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def run(data: bytes, _: str | None) -> str:
        return extract_plain_text(
            bytes_to_str(data, detect_encoding(data)), main_content=True, alt_texts=False
        )

    return run


def with_readability() -> Extract:
    import lxml.html
    from readability import Document

    def run(data: bytes, _: str | None) -> str:
        document = Document(data)
        document.short_title()
        return "\n".join(lxml.html.fromstring(document.summary()).itertext())

    return run


def with_newspaper() -> Extract:
    import newspaper

    def run(data: bytes, url: str | None) -> str:
        text = data.decode("utf-8", "replace")
        found = newspaper.article(
            url or "http://example.org/", input_html=text, language="en", fetch_images=False
        )
        return found.text or ""

    return run


def untouched(data: bytes, _: str | None) -> str:
    return data.decode("utf-8", "replace")


def c4_lines(data: bytes, _: str | None) -> str:
    """The line filter of the C4 corpus (Raffel et al. 2020): five words and terminal punctuation."""
    lines = data.decode("utf-8", "replace").split("\n")
    ends = (".", "!", "?", '"', "\u201d", "'", "\u2019")
    return "\n".join(x for x in lines if x.rstrip().endswith(ends) and len(x.split()) >= 5)


# Name: (the module it needs, what loads it). `cleaner` comes first: the others are measured against it.
SYSTEMS: dict[str, tuple[str, Callable[[], Extract]]] = {
    "cleaner": ("cleaner", with_cleaner),
    "cleaner, no outlets": ("cleaner", with_cleaner_generic),
    "trafilatura": ("trafilatura", with_trafilatura()),
    "trafilatura fast": ("trafilatura", with_trafilatura(fast=True)),
    "trafilatura precision": ("trafilatura", with_trafilatura(favor_precision=True)),
    "resiliparse": ("resiliparse", with_resiliparse),
    "readability-lxml": ("readability", with_readability),
    "newspaper4k": ("newspaper", with_newspaper),
}
# What can be done with a text that is already extracted.
TEXT_SYSTEMS: dict[str, tuple[str, Callable[[], Extract]]] = {
    "cleaner": SYSTEMS["cleaner"],
    "untouched": ("cleaner", lambda: untouched),
    "C4 lines": ("cleaner", lambda: c4_lines),
}


def installed(wanted: Iterable[str] | None = None) -> list[str]:
    """The names of the systems that are there, `cleaner` first; says on standard error which are missing."""
    found = []
    for name in ["cleaner", *(x for x in (wanted or SYSTEMS) if x != "cleaner")]:
        if name not in SYSTEMS:
            raise SystemExit(f"{name}: no such system; there are: {', '.join(SYSTEMS)}")
        if importlib.util.find_spec(SYSTEMS[name][0]) is None:
            print(f"{name}: not installed, left out", file=sys.stderr)
        else:
            found.append(name)
    return found


def load(name: str, systems: dict[str, tuple[str, Callable[[], Extract]]] = SYSTEMS) -> Extract:
    """The system, ready to be called; what it logs is not shown."""
    for noisy in (systems[name][0], "htmldate", "courlan"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    return systems[name][1]()
