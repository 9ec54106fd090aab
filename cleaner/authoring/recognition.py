"""How text without an address gives the outlet away, and what the outlet is called.

Enters: `SamplePage`s. Leaves: `Proposal`s for `recognise`, and a name.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.authoring.proposals import Proposal, escaped, is_sound, quoted, shared
from cleaner.authoring.removals import shape
from cleaner.fields.page_facts import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.authoring.samples import SamplePage

_PART = re.compile(r"(?:\s[|–—:·•»/-]|\s?\|)\s")
_MOST = 2
_RIGHTS = re.compile(r"©|copyright|\brights\b|rechte", re.IGNORECASE)
_LONGEST = 120
_LONGEST_NAME = 40
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")


def outlet_name(samples: Sequence[SamplePage], host: str) -> str:
    """What the pages call their site; else the host."""
    for key in _SITE:
        said = {name for x in samples if x.is_html for name in x.page.meta.get(key, ())[:1]}
        if len(said) == 1 and len(name := said.pop()) <= _LONGEST_NAME:
            return " ".join(name.split())
    parts = [x.strip() for x in _PART.split(_ending(samples))]
    return next((x for x in reversed(parts) if x and x[0].isalpha()), host)


def signs(samples: Sequence[SamplePage], name: str, host: str) -> list[Proposal]:
    """The ending of all titles, and lines on all pages that name the outlet; of one page only what names
    it.
    """
    found: list[Proposal] = []
    ending = _named(_ending(samples), name)
    if ending and (len(samples) > 1 or squeeze(name) in squeeze(ending)):
        pattern = _pattern(ending) + "$" * _ending(samples).endswith(ending)
        evidence = f"{quoted(ending)} stands behind the title of {shared(len(samples), len(samples))}"
        found.append(Proposal("recognise", {"title": pattern}, evidence))
    for line in _naming(samples, name, host):
        pattern = f"^{escaped(line, digits=True)}$"
        evidence = f"{quoted(line)} stands on {shared(len(samples), len(samples))}"
        found.append(Proposal("recognise", {"text": pattern}, evidence))
    return [x for x in found if is_sound(x)]


def title_ending(samples: Sequence[SamplePage]) -> str | None:
    """A pattern for what stands behind the headline in every title."""
    ending = _ending(samples)
    return f"{_pattern(ending)}$" if ending else None


def _pattern(ending: str) -> str:
    return escaped(ending, digits=True)


def _named(ending: str, name: str) -> str:
    """From the outlet's name on, without what follows it but numbers: all samples may be by one author, or
    from one section.
    """
    starts = [x.start() for x in _PART.finditer(ending)]
    parts = [ending[a:b] for a, b in pairwise([*starts, len(ending)])]
    at = next((n for n, x in enumerate(parts) if squeeze(name) and squeeze(name) in squeeze(x)), None)
    if at is None:
        return ending
    end = next((n for n in range(at + 1, len(parts)) if any(c.isalpha() for c in parts[n])), len(parts))
    return "".join(parts[at:end])


def _ending(samples: Sequence[SamplePage]) -> str:
    """What stands behind the headline in every title, from its sign on, and numbers as zeros: ` | News
    Example`.

    Empty where titles have no such ending, or are the same.
    """
    titles = [shape(x) for x in map(_title, samples) if x]
    if len(titles) < len(samples) or len(set(titles)) < len(titles) or not titles:
        return ""
    if len(titles) == 1:
        parts = list(_PART.finditer(titles[0]))
        return titles[0][parts[-1].start() :] if parts else ""
    common = _common_end(titles)
    part = _PART.search(common)
    return common[part.start() :] if part else ""


def _common_end(texts: Sequence[str]) -> str:
    """What all the texts end in."""
    least = min(map(len, texts))
    size = next((n for n in range(least) if len({x[-1 - n] for x in texts}) > 1), least)
    return texts[0][len(texts[0]) - size :]


def _title(sample: SamplePage) -> str | None:
    """The document's title; of text its envelope's or its first line."""
    title = sample.page.title or sample.page.envelope.get("title")
    if title is None and not sample.is_html:
        title = next((x.text for x in sample.page.blocks if x.kind != "envelope"), None)
    return " ".join(title.split()) if title else None


def _naming(samples: Sequence[SamplePage], name: str, host: str) -> list[str]:
    """Lines of all pages that name the outlet and say more; its rights first, then the longest."""
    if len(samples) < 2:
        return []
    wanted = {squeeze(name), squeeze(host.partition("/")[0])} - {""}
    common = set.intersection(
        *({shape(x.text) for x in s.page.blocks if len(x.text) <= _LONGEST} for s in samples)
    )
    found: dict[str, str] = {}
    for block in samples[0].page.blocks:
        said = squeeze(block.text)
        if shape(block.text) in common and any(x in said and len(said) > len(x) + 3 for x in wanted):
            found.setdefault(shape(block.text), " ".join(block.text.split()))
    return sorted(found.values(), key=lambda x: (not _RIGHTS.search(x), -len(x)))[:_MOST]
