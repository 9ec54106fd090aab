"""How text without an address gives the outlet away, and what the outlet is called.

Enters: `Sample`s. Leaves: `Proposal`s for `recognise`, and a name.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.authoring.leftovers import shape
from cleaner.authoring.proposals import Proposal, escaped, is_sound, quoted, shared
from cleaner.fields.evidence import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.authoring.samples import Sample

_PART = re.compile(r"(?:\s[|–—:·•»/-]|\s?\|)\s")
_MOST = 2
_RIGHTS = re.compile(r"©|copyright|\brights\b|rechte", re.IGNORECASE)
_LONGEST = 120
_LONGEST_NAME = 40
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")


def outlet_name(samples: Sequence[Sample], host: str) -> str:
    """What the pages call their site; else the host."""
    for key in _SITE:
        said = {name for x in samples if x.is_html for name in x.page.meta.get(key, ())[:1]}
        if len(said) == 1 and len(name := said.pop()) <= _LONGEST_NAME:
            return " ".join(name.split())
    ending = _ending(samples)
    name = _PART.split(ending)[-1].strip() if ending else ""
    return name if name and not any(c.isdigit() for c in name) else host


def signs(samples: Sequence[Sample], name: str, host: str) -> list[Proposal]:
    """The ending of all titles, and lines on all pages that name the outlet; of one page only what names
    it.
    """
    found: list[Proposal] = []
    ending = _named(_ending(samples) or "", name)
    if ending and (len(samples) > 1 or squeeze(name) in squeeze(ending)):
        pattern = re.sub(r"[0-9]", r"\\d", escaped(ending)) + "$" * (_ending(samples) == ending)
        evidence = f"{quoted(ending)} ends the title of {shared(len(samples), len(samples))}"
        found.append(Proposal("recognise", {"title": pattern}, evidence))
    for line in _naming(samples, name, host):
        pattern = f"^{escaped(line, digits=True)}$"
        evidence = f"{quoted(line)} stands on {shared(len(samples), len(samples))}"
        found.append(Proposal("recognise", {"text": pattern}, evidence))
    return [x for x in found if is_sound(x)]


def _named(ending: str, name: str) -> str:
    """Without what follows the outlet's name: all samples may be by one author or from one section."""
    starts = [x.start() for x in _PART.finditer(ending)]
    parts = [ending[a:b] for a, b in pairwise([*starts, len(ending)])]
    at = next((n for n, x in enumerate(parts) if squeeze(name) and squeeze(name) in squeeze(x)), len(parts))
    return "".join(parts[: at + 1])


def _ending(samples: Sequence[Sample]) -> str | None:
    """What stands behind the headline in every title, from its sign on: ` | News Example`."""
    titles = [shape(x) for x in map(_title, samples) if x]
    if len(titles) < len(samples) or not titles:
        return None
    if len(titles) == 1:
        parts = list(_PART.finditer(titles[0]))
        return titles[0][parts[-1].start() :] if parts else None
    common = _common_end(titles)
    if len(set(titles)) < len(titles) or (part := _PART.search(common)) is None:
        return None
    ending = common[part.start() :]
    real = _title(samples[0]) or ""
    return real[len(real) - len(ending) :] if len(real) == len(titles[0]) else ending


def _common_end(texts: Sequence[str]) -> str:
    """What all the texts end in."""
    least = min(map(len, texts))
    size = next((n for n in range(least) if len({x[-1 - n] for x in texts}) > 1), least)
    return texts[0][len(texts[0]) - size :]


def _title(sample: Sample) -> str | None:
    """The document's title; of text its envelope's or its first line."""
    title = sample.page.title or sample.page.envelope.get("title")
    if title is None and not sample.is_html and sample.page.blocks:
        title = sample.page.blocks[0].text
    return " ".join(title.split()) if title else None


def _naming(samples: Sequence[Sample], name: str, host: str) -> list[str]:
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
