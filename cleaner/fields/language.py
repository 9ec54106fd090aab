"""The language of the text, as BCP 47: what the page says, if the text bears it out.

Enters: `Evidence`, of which the judgement names the kept text. Leaves: a `Resolution`. Scripts that decide alone come first, then
the page's own word checked against the function words of the text; langdetect, seeded, on a bounded sample, only where
the page says nothing or something else than its text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from cleaner.fields import jsonld
from cleaner.fields.resolver import Found, Resolution, Source, decide, gather
from cleaner.model import Candidate

if TYPE_CHECKING:
    from cleaner.fields.evidence import Evidence

# Characters of the sample: function words are found by then, and langdetect costs 1 ms for 500.
_SAMPLE = 400
_LEAST = 24
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?$")
# What is said for other codes than BCP 47's own.
_SAME = {"iw": "he", "in": "id", "ji": "yi", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk", "dk": "da", "se": "sv", "nb": "no", "nn": "no", "cn": "zh", "kr": "ko", "eng": "en", "ger": "de", "deu": "de", "fra": "fr", "spa": "es", "tl": "fil"}  # fmt: skip

# A script that one language alone uses on news pages. Han without kana is Chinese.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ko", "\uac00-\ud7af"), ("ja", "\u3040-\u30ff"), ("th", "\u0e00-\u0e7f"), ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"), ("hy", "\u0530-\u058f"), ("ka", "\u10a0-\u10ff"), ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"), ("kn", "\u0c80-\u0cff"), ("ml", "\u0d00-\u0d7f"), ("gu", "\u0a80-\u0aff"),
    ("pa", "\u0a00-\u0a7f"), ("bn", "\u0980-\u09ff"), ("si", "\u0d80-\u0dff"), ("km", "\u1780-\u17ff"),
    ("lo", "\u0e80-\u0eff"), ("my", "\u1000-\u109f"), ("am", "\u1200-\u137f"), ("zh", "\u4e00-\u9fff"),
)  # fmt: skip
# Scripts of several languages: the page's word counts if it is one of them.
_FAMILIES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset("ru uk bg sr mk be kk ky mn tg".split()), "\u0400-\u04ff"),
    (frozenset("ar fa ur ps ckb ug sd".split()), "\u0600-\u06ff"),
    (frozenset("hi mr ne sa".split()), "\u0900-\u097f"),
)
# Frequent words of each language, less those that a neighbour has too.
_WORDS: dict[str, str] = {
    "en": "the and of to in that is for was with on it as are by from has have be this his they said at not but will who would which their its",
    "de": "der die das und den von mit ist im sich nicht auf dem ein eine auch es für als wird sind einer des aus nach bei zum hat wie über dass",
    "fr": "le la les des et du une est dans pour que qui par sur au pas plus ce avec sont aux cette ont son mais il elle été ses leur",
    "es": "el la los las de que y en un una por con para se del al su es lo más como ha pero sus este no fue son está sobre también",
    "it": "il di che la e un una per è in del della non con si da sono le gli i nel alla anche come più dei ha al lo delle",
    "pt": "o a os as de que e do da em um uma para com não se na no por mais dos das ao é foi como são à pelo pela também seu sua",
    "nl": "de het een van en in is dat op te voor met zijn die niet aan er om ook als door bij naar heeft uit maar worden nog wordt deze over",
    "pl": "i w z na że się nie do jest to o jak za po przez od ale co dla ma przy już są tym być który oraz jego czy tego",
    "sv": "och att det i en som är på av för med den till inte har om ett de var från vi men hon han sig kan så nu ska eller",
    "da": "og at det i en som er på af for med den til ikke har om et de var fra vi men hun han sig kan så nu skal eller blev",
    "no": "og at det i en som er på av for med den til ikke har om et de var fra vi men hun han seg kan så nå skal eller ble etter",
    "fi": "ja on ei että se oli hän ovat myös mutta kun joka tai mukaan sen jo vain niin kuin ole olisi tämä mitä ovat hänen",
    "cs": "a se v na je že o s z do i to k ve pro za by ale jako po které od který také jsou má při podle už bude než byl",
    "sk": "a sa v na je že o s z do i to k vo pre za by ale ako po ktoré od ktorý tiež sú má pri podľa už bude než bol",
    "hu": "a az és hogy nem is egy meg ez volt el azt csak de már még mint vagy ki ha szerint után amely között lesz",
    "ro": "și de în la a cu pe care că nu din o un mai este au pentru să fi ca sunt fost după prin dar sau lui",
    "tr": "ve bir bu için de da ile olarak çok daha olan gibi kadar sonra ne var en ama ise o olduğu göre her",
    "id": "yang dan di untuk dengan ini itu dari pada dalam tidak akan juga oleh ke adalah bisa karena telah sebagai ada para tersebut",
    "ms": "yang dan di untuk dengan ini itu dari pada dalam tidak akan juga oleh ke adalah boleh kerana telah sebagai ada beliau berkata",
    "vi": "và của là có cho không được với các trong một người những đã này khi từ đến về cũng tại để theo",
    "ca": "el la els les de que i en un una per amb del al és no es més com ha però són aquest també seva dels",
    "hr": "i je u na se da su za od s što kao koji nije bi ali će o to iz kako bio ili samo još prema",
    "sl": "in je v na se da so za od z ki kot ni bi pa bo o to iz kako tudi po ali še pri",
    "lt": "ir kad yra į su iš tai kaip bet dėl už jau apie buvo nuo tik pat jo bus savo",
    "lv": "un ir ka ar no par kas uz bet tas arī kā pēc vai bija to lai jau pie",
    "et": "ja on ei et ta see oli mis kui ning aga ka oma siis või kes pärast mille",
    "eu": "eta da du ez bat dute ere baina izan zuen dira hori egin bere behar",
    "gl": "o a os as de que e do da en un unha para con non se na no por máis dos das ao é foi como son á pola tamén seu súa",
    "af": "die en van in is dit wat het nie op vir met dat om te sy as aan was deur ook hulle maar",
    "ru": "и в не на что с он как по но из за его от для это к о был так же года у",
    "uk": "і в не на що з він як за та його від для це до про у був але року",
    "bg": "и на да се в за от не с е че по са като до си ще а той",
    "sr": "и је у на се да су за од са што као који није би али ће о то",
    "ar": "في من على إلى أن عن التي الذي هذا ما لا مع كان بعد قال",
    "fa": "و در به از که این را با است برای آن یک می خود",
    "ur": "کے کی میں کا اور سے ہے کو نے پر یہ کہ ہیں",
    "hi": "के में की है और से का को ने पर कि यह हैं भी एक",
    "mr": "आहे आणि या व की असे होते करण्यात त्यांनी",
    "zu": "ngoba ukuthi uma futhi kodwa lapho noma nge ku uthe bese le",
}
_NOT_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7af]")
_NOT_LETTER = re.compile(r"[\W\d_]+")
# Languages whose everyday words are near enough that the page's word is believed between them.
_NEAR = (frozenset(["no", "da", "sv"]), frozenset(["id", "ms"]), frozenset(["hr", "sr", "bs", "sl", "me"]), frozenset(["cs", "sk"]), frozenset(["es", "ca", "gl", "pt"]), frozenset(["nl", "af"]))  # fmt: skip


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """For each function word the languages that have it."""
    index: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            index[word] = (*index.get(word, ()), language)
    return index


def normal_tag(value: str) -> str | None:
    """BCP 47 in its usual case: `de-AT` for `de_at`; None for what is no language tag."""
    match = _TAG.match(value.strip().split(",")[0].split(";")[0].strip())
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
        if (verdict is not None and verdict.action == "remove") or len(block.text) < 60 or block.kind == "code":
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
    letters = len(_NOT_LETTER.sub("", text)) or 1
    if len(_NOT_LATIN.findall(text)) * 2 < letters:
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
    words = [word for word in _NOT_LETTER.split(text.casefold()) if word]
    index = _languages_of()
    counts = Counter(language for word in words for language in index.get(word, ()))
    return {language: counts[language] / len(words) for language in _WORDS} if words else {}


def agrees(tag: str, text: str) -> bool | None:
    """Whether the text is in the language of the tag; None where too little text or no table tells."""
    language = primary(tag)
    script = by_script(text)
    if isinstance(script, str):
        return language == script or (script == "zh" and language in ("zh", "yue"))
    if isinstance(script, frozenset):
        if language not in script:
            return False
        if language not in _WORDS:
            return None
        found = shares(text)
        return found[language] >= 0.8 * max(found.get(other, 0.0) for other in script)
    if len(text) < _LEAST:
        return None
    found = shares(text)
    if language not in found:
        return None if max(found.values(), default=0.0) < 0.25 else False
    near = next((group for group in _NEAR if language in group), frozenset([language]))
    best_other = max(share for other, share in found.items() if other not in near)
    own = found[language]
    if own >= 0.12:
        return own >= 0.75 * best_other
    return False if best_other >= 0.2 else None


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
    for _, content in evidence.meta("content-language", "language", "dc.language", "dcterms.language", "og:locale", "inlanguage"):
        if tag := normal_tag(content):
            yield Found(tag, content)


def _envelope(evidence: Evidence) -> Iterator[Found]:
    if (raw := evidence.page.envelope.get("language")) and (tag := normal_tag(raw)):
        yield Found(tag, raw)


SOURCES = (
    Source("rule", _outlet, 20.0),
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


def _from_text(text: str, stated: Resolution) -> Resolution:
    """The page says nothing, or something that its text does not bear out."""
    script = by_script(text)
    if isinstance(script, str):
        return _first(Candidate("language", script, "script", text[:80]), stated.candidates)
    found = sorted(shares(text).items(), key=lambda item: -item[1])
    if len(found) > 1 and found[0][1] >= 0.25 and found[0][1] >= 1.5 * found[1][1]:
        return _first(Candidate("language", found[0][0], "words", text[:80]), stated.candidates)
    detected = detect(text) if len(text) >= _LEAST else None
    for candidate in stated.candidates:
        if agrees(candidate.value, text) is None and (detected is None or primary(candidate.value) not in _DETECTABLE):
            return _first(candidate, stated.candidates)
    if detected is None:
        return stated
    same = next((c for c in stated.candidates if primary(c.value) == primary(detected)), None)
    return _first(same or Candidate("language", detected, "langdetect", text[:80]), stated.candidates)


_DETECTABLE = frozenset(
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no pa pl pt ro ru sk sl so sq sv sw ta te th fil tr uk ur vi zh".split()
)


def _most_telling(group: Iterable[Candidate]) -> Candidate:
    """Of tags for one language the root's, unless another adds the region."""
    return max(group, key=lambda candidate: (candidate.source in ("rule", "lang"), "-" in candidate.value))


def _first(winner: Candidate, candidates: Iterable[Candidate]) -> Resolution:
    return Resolution((winner, *(candidate for candidate in candidates if candidate is not winner)))
