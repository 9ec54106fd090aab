"""The language of the text, as BCP 47: what the page says, if the text bears it out.

Enters: `PageFacts`, of which the judgement names the kept text. Leaves: a `Resolution`. Scripts that decide
alone come first, then the page's own word checked against the function words of the text; langdetect, seeded,
on a bounded sample, only where the page says nothing or something else than its text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.fields import jsonld
from cleaner.fields.resolver import STATED, Found, Resolution, Source, decide, gather
from cleaner.fields.text_language import (
    DETECTABLE,
    LEAST,
    SAMPLE,
    agrees,
    by_script,
    detect,
    is_clear,
    primary,
    shares,
)
from cleaner.model import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.fields.page_facts import PageFacts

_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?$")
# What is said for other codes than BCP 47's own.
_SAME = {
    "iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk", "dk": "da", "se":
    "sv", "nb": "no", "nn": "no", "cn": "zh", "kr": "ko", "eng": "en", "ger": "de", "deu": "de", "fra":
    "fr", "spa": "es", "tl": "fil",
}  # fmt: skip


def normal_tag(value: str) -> str | None:
    """BCP 47 in its usual case: `de-AT` for `de_at`; None for what is no language tag."""
    match = _TAG.match(value[:100].strip().split(",")[0].split(";")[0].strip())
    if match is None:
        return None
    language, script, region = match[1].lower(), match[2], match[3]
    language = _SAME.get(language, language)
    if language in ("und", "mul", "zxx", "xx"):
        return None
    tag = language
    if script:
        tag += f"-{script.title()}"
    return f"{tag}-{region.upper()}" if region else tag


def sample(evidence: PageFacts) -> str:
    """The first prose that stays, at most 400 characters of it; the headline where there is none."""
    verdicts = evidence.judgement.verdicts if evidence.judgement is not None else ()
    parts: list[str] = []
    size = 0
    blocks = evidence.page.blocks[evidence.lead :] if evidence.lead < len(evidence.page.blocks) else ()
    for block in blocks:
        verdict = verdicts[block.index] if block.index < len(verdicts) else None
        if (
            (verdict is not None and verdict.action == "remove")
            or len(block.text) < 60
            or block.kind == "code"
        ):
            continue
        parts.append(block.text[:SAMPLE])
        size += len(block.text)
        if size >= SAMPLE:
            break
    if not parts:
        parts = [evidence.headline.value] if evidence.headline is not None else []
        parts += [block.text for block in evidence.page.blocks[:20]]
    return " ".join(parts)[:SAMPLE]


def _outlet(evidence: PageFacts) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("language"):
        if tag := normal_tag(candidate.value):
            yield Found(tag, candidate.raw, candidate.block)


def _root(evidence: PageFacts) -> Iterator[Found]:
    if evidence.page.language and (tag := normal_tag(evidence.page.language)):
        yield Found(tag, evidence.page.language)


def _jsonld(evidence: PageFacts) -> Iterator[Found]:
    for node in (*evidence.stories, *evidence.webpages):
        value = node.get("inLanguage")
        if isinstance(value, dict):
            value = value.get("alternateName") or value.get("name")
        raw = jsonld.text(value)
        if raw and (tag := normal_tag(raw)):
            yield Found(tag, raw)


def _meta(evidence: PageFacts) -> Iterator[Found]:
    for _, content in evidence.meta(
        "content-language", "language", "dc.language", "dcterms.language", "og:locale", "inlanguage"
    ):
        if tag := normal_tag(content):
            yield Found(tag, content)


def _envelope(evidence: PageFacts) -> Iterator[Found]:
    if (raw := evidence.page.envelope.get("language")) and (tag := normal_tag(raw)):
        yield Found(tag, raw)


def _row(evidence: PageFacts) -> Iterator[Found]:
    stated = evidence.page.stated
    if stated is not None and (raw := stated.values.get("language")) and (tag := normal_tag(raw)):
        yield Found(tag, raw)


SOURCES = (
    Source("rule", _outlet, 20.0),
    Source(STATED, _row, 24.0),
    Source("lang", _root, 2.0),
    Source("jsonld", _jsonld, 1.6),
    Source("meta", _meta, 1.5),
    Source("envelope", _envelope, 1.5),
)


def resolve_language(evidence: PageFacts) -> Resolution:
    text = sample(evidence)
    stated = decide(gather("language", SOURCES, evidence), lambda tag: (primary(tag),), _most_telling)
    tried: set[str] = set()
    for candidate in stated.candidates:
        language = primary(candidate.value)
        if language in tried:
            continue
        tried.add(language)
        if agrees(candidate.value, text) or (len(text) < LEAST and candidate.source == "lang"):
            return _first(candidate, stated.candidates)
    return _from_text(text, stated)


def _from_text(text: str, stated: Resolution) -> Resolution:
    """The page says nothing, or something that its text does not bear out."""
    script = by_script(text)
    if isinstance(script, str):
        return _first(Candidate("language", script, "script", text[:80]), stated.candidates)
    found = sorted(shares(text).items(), key=lambda item: -item[1])
    if len(found) > 1 and is_clear(text, found[0][1], found[1][1]):
        return _first(Candidate("language", found[0][0], "words", text[:80]), stated.candidates)
    detected = detect(text) if len(text) >= LEAST else None
    for candidate in stated.candidates:
        if agrees(candidate.value, text) is None and (
            detected is None or primary(candidate.value) not in DETECTABLE
        ):
            return _first(candidate, stated.candidates)
    if detected is None:
        return stated
    same = next((c for c in stated.candidates if primary(c.value) == primary(detected)), None)
    return _first(same or Candidate("language", detected, "langdetect", text[:80]), stated.candidates)


def _most_telling(group: Iterable[Candidate]) -> Candidate:
    """Of tags for one language the root's, unless another adds the region."""
    return max(group, key=lambda candidate: (candidate.source in ("rule", "lang"), "-" in candidate.value))


def _first(winner: Candidate, candidates: Iterable[Candidate]) -> Resolution:
    return Resolution((winner, *(candidate for candidate in candidates if candidate is not winner)))
