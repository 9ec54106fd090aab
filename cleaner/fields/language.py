"""The language of the text, as BCP 47: what the page says, if the text bears it out.

Enters: `Evidence`, of which the judgement names the kept text. Leaves: a `Resolution`. Scripts that decide
alone come first, then the page's own word checked against the function words of the text; langdetect, seeded,
on a bounded sample, only where the page says nothing or something else than its text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cleaner.fields import jsonld
from cleaner.fields.function_words import WORDS
from cleaner.fields.resolver import STATED, Found, Resolution, Source, decide, gather
from cleaner.model import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.fields.page_facts import Evidence

# Characters of the sample: function words are found by then, and langdetect costs 1 ms for 500.
_SAMPLE = 400
_LEAST = 24
# Shares of function words: prose has a quarter and more, lists and names less.
_PLAIN = 0.22
_SOME = 0.12
_CLEAR_SHARE = 0.15
_CLEAR_WORDS = 19
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?$")
# What is said for other codes than BCP 47's own.
_SAME = {
    "iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk", "dk": "da", "se":
    "sv", "nb": "no", "nn": "no", "cn": "zh", "kr": "ko", "eng": "en", "ger": "de", "deu": "de", "fra":
    "fr", "spa": "es", "tl": "fil",
}  # fmt: skip

# A script that one language alone uses on news pages. Han without kana is Chinese.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ko", "\uac00-\ud7af"), ("ja", "\u3040-\u30ff"), ("th", "\u0e00-\u0e7f"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"), ("hy", "\u0530-\u058f"), ("ka", "\u10a0-\u10ff"), ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"), ("kn", "\u0c80-\u0cff"), ("ml", "\u0d00-\u0d7f"), ("gu", "\u0a80-\u0aff"),
    ("pa", "\u0a00-\u0a7f"), ("bn", "\u0980-\u09ff"), ("si", "\u0d80-\u0dff"), ("km", "\u1780-\u17ff"),
    ("lo", "\u0e80-\u0eff"), ("my", "\u1000-\u109f"), ("am", "\u1200-\u137f"), ("zh", "\u4e00-\u9fff"),
)  # fmt: skip
# Scripts of several languages: the page's word counts if it is one of them.
_FAMILIES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(["ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"]), "\u0400-\u04ff"),
    (frozenset(["ar", "fa", "ur", "ps", "ckb", "ug", "sd"]), "\u0600-\u06ff"),
    (frozenset(["hi", "mr", "ne", "sa"]), "\u0900-\u097f"),
)
_NOT_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7af]")
_NOT_LETTER = re.compile(r"[\W\d_]+")
# Languages whose everyday words are near enough that the page's word is believed between them.
_NEAR = (
    frozenset(["no", "da", "sv"]), frozenset(["id", "ms"]), frozenset(["hr", "sr", "bs", "sl", "me"]),
    frozenset(["cs", "sk"]), frozenset(["es", "ca", "gl", "pt"]), frozenset(["nl", "af"]),
)  # fmt: skip


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """For each function word the languages that have it."""
    index: dict[str, tuple[str, ...]] = {}
    for language, words in WORDS.items():
        for word in words:
            index[word] = (*index.get(word, ()), language)
    return index


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


def primary(tag: str) -> str:
    return tag.partition("-")[0]


def sample(evidence: Evidence) -> str:
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
        parts.append(block.text[:_SAMPLE])
        size += len(block.text)
        if size >= _SAMPLE:
            break
    if not parts:
        parts = [evidence.headline.value] if evidence.headline is not None else []
        parts += [block.text for block in evidence.page.blocks[:20]]
    return " ".join(parts)[:_SAMPLE]


def by_script(text: str) -> str | frozenset[str] | None:
    """The language that the letters alone tell, the languages that share them, or None for Latin."""
    if text.isascii():
        return None
    other = len(_NOT_LATIN.findall(text))
    letters = len(_NOT_LETTER.sub("", text)) if other else 1
    if other * 2 < max(letters, 1):
        return None
    kana = len(re.findall("[\u3040-\u30ff]", text))
    if kana * 20 > letters:
        return "ja"
    for language, ranges in _SCRIPTS:
        if len(re.findall(f"[{ranges}]", text)) * 2 > letters:
            return language
    for languages, ranges in _FAMILIES:
        if len(re.findall(f"[{ranges}]", text)) * 2 > letters:
            return languages
    return None


def shares(text: str) -> dict[str, float]:
    """Share of the text's words that are function words of each language."""
    words = _words(text)
    index = _languages_of()
    counts = dict.fromkeys(WORDS, 0)
    for word in words:
        for language in index.get(word, ()):
            counts[language] += 1
    return {language: count / len(words) for language, count in counts.items()} if words else {}


def _words(text: str) -> list[str]:
    return [word for word in _NOT_LETTER.split(text.casefold()) if word]


def _is_plainly(language: str, text: str) -> bool:
    """Whether so many words are the language's own that counting all languages' is spared: in practice none
    outside its near relatives has more.

    Words are parted at spaces alone, which finds a few too little.
    """
    words, own = text.casefold().split(), WORDS.get(language)
    return (
        own is not None
        and len(words) > _CLEAR_WORDS
        and sum(map(own.__contains__, words)) >= _PLAIN * len(words)
    )


def agrees(tag: str, text: str) -> bool | None:
    """Whether the text is in the language of the tag; None where too little text or no table tells."""
    language = primary(tag)
    script = by_script(text)
    if isinstance(script, str):
        return language == script or (script == "zh" and language == "yue")
    if script is not None and language not in script:
        return False
    if script is None and len(text) < _LEAST:
        return None
    if script is None and _is_plainly(language, text):
        return True
    return _agrees_by_words(language, shares(text), script)


def _agrees_by_words(language: str, found: Mapping[str, float], script: frozenset[str] | None) -> bool | None:
    """The language's share of function words against those of others, near relatives in the script apart."""
    if language not in found:
        return None if script or max(found.values(), default=0.0) < _PLAIN else False
    near = next((group for group in _NEAR if language in group), frozenset([language]))
    others = (
        share for other, share in found.items() if other not in near and (not script or other in script)
    )
    rival = max(others, default=0.0)
    if found[language] >= _SOME:
        return found[language] >= 0.75 * rival
    return False if rival >= _PLAIN else None


def _outlet(evidence: Evidence) -> Iterator[Found]:
    for candidate in evidence.ask_outlet("language"):
        if tag := normal_tag(candidate.value):
            yield Found(tag, candidate.raw, candidate.block)


def _root(evidence: Evidence) -> Iterator[Found]:
    if evidence.page.language and (tag := normal_tag(evidence.page.language)):
        yield Found(tag, evidence.page.language)


def _jsonld(evidence: Evidence) -> Iterator[Found]:
    for node in (*evidence.stories, *evidence.webpages):
        value = node.get("inLanguage")
        if isinstance(value, dict):
            value = value.get("alternateName") or value.get("name")
        raw = jsonld.text(value)
        if raw and (tag := normal_tag(raw)):
            yield Found(tag, raw)


def _meta(evidence: Evidence) -> Iterator[Found]:
    for _, content in evidence.meta(
        "content-language", "language", "dc.language", "dcterms.language", "og:locale", "inlanguage"
    ):
        if tag := normal_tag(content):
            yield Found(tag, content)


def _envelope(evidence: Evidence) -> Iterator[Found]:
    if (raw := evidence.page.envelope.get("language")) and (tag := normal_tag(raw)):
        yield Found(tag, raw)


def _row(evidence: Evidence) -> Iterator[Found]:
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


def detect(text: str) -> str | None:
    """What langdetect says of the sample. Seeded, so that it says the same every time."""
    from langdetect import DetectorFactory, LangDetectException, detect_langs  # noqa: PLC0415

    DetectorFactory.seed = 0
    try:
        best = detect_langs(text[:_SAMPLE])[0]
    except LangDetectException:
        return None
    tag: str = {"zh-cn": "zh", "zh-tw": "zh-Hant"}.get(best.lang, best.lang)
    return tag if best.prob > 0.7 else None


def resolve_language(evidence: Evidence) -> Resolution:
    text = sample(evidence)
    stated = decide(gather("language", SOURCES, evidence), lambda tag: (primary(tag),), _most_telling)
    tried: set[str] = set()
    for candidate in stated.candidates:
        language = primary(candidate.value)
        if language in tried:
            continue
        tried.add(language)
        if agrees(candidate.value, text) or (len(text) < _LEAST and candidate.source == "lang"):
            return _first(candidate, stated.candidates)
    return _from_text(text, stated)


def _is_clear(text: str, best: float, second: float) -> bool:
    """Whether the function words leave no doubt, so that langdetect need not be loaded (half a second).

    Of 713 texts of 20 words and more in 15 languages this named 656, none otherwise than langdetect.
    """
    return text.count(" ") >= _CLEAR_WORDS and best >= _CLEAR_SHARE and best >= 1.5 * second


def _from_text(text: str, stated: Resolution) -> Resolution:
    """The page says nothing, or something that its text does not bear out."""
    script = by_script(text)
    if isinstance(script, str):
        return _first(Candidate("language", script, "script", text[:80]), stated.candidates)
    found = sorted(shares(text).items(), key=lambda item: -item[1])
    if len(found) > 1 and _is_clear(text, found[0][1], found[1][1]):
        return _first(Candidate("language", found[0][0], "words", text[:80]), stated.candidates)
    detected = detect(text) if len(text) >= _LEAST else None
    for candidate in stated.candidates:
        if agrees(candidate.value, text) is None and (
            detected is None or primary(candidate.value) not in _DETECTABLE
        ):
            return _first(candidate, stated.candidates)
    if detected is None:
        return stated
    same = next((c for c in stated.candidates if primary(c.value) == primary(detected)), None)
    return _first(same or Candidate("language", detected, "langdetect", text[:80]), stated.candidates)


_DETECTABLE = frozenset(
    [
        "af",
        "ar",
        "bg",
        "bn",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "gu",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "kn",
        "ko",
        "lt",
        "lv",
        "mk",
        "ml",
        "mr",
        "ne",
        "nl",
        "no",
        "pa",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "so",
        "sq",
        "sv",
        "sw",
        "ta",
        "te",
        "th",
        "fil",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh",
    ]
)


def _most_telling(group: Iterable[Candidate]) -> Candidate:
    """Of tags for one language the root's, unless another adds the region."""
    return max(group, key=lambda candidate: (candidate.source in ("rule", "lang"), "-" in candidate.value))


def _first(winner: Candidate, candidates: Iterable[Candidate]) -> Resolution:
    return Resolution((winner, *(candidate for candidate in candidates if candidate is not winner)))
