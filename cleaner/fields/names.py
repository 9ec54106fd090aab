"""A credit line to names: people, agencies, and collectives such as a newsroom.

Enters: what stands in an author field or a byline. Leaves: `Credit`s. "By", roles, e-mail addresses, social handles and
addresses are left out; the name itself is never respelled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from cleaner.fields.datetext import find_date
from cleaner.fields.evidence import squeeze


class Credit(NamedTuple):
    kind: Literal["person", "agency", "group"]
    name: str


# Names of news agencies by their squeezed form, as they sign. Short ones count only in this spelling.
AGENCIES = frozenset(
    """reuters associatedpress theassociatedpress agencefrancepresse afp dpa dpaafx dpainfocom dpalno dpatmn apa apaots ansa efe agenciaefe
    europapress pap sid epd kna anp belga keystonesda tass itartass interfax ria rianovosti xinhua kyodo kyodonews jiji jijipress yonhap upi
    unitedpressinternational pti pressinternational pressassociation pamedia panewsagency aap australianassociatedpress
    canadianpress thecanadianpress pressecanadienne lapressecanadienne ians ani antara bernama ntb tt ttnyhetsbyran ritzau stt lusa
    agencialusa ctk mti hina tanjug anadolu anadoluagency aa ap sda ats afpbb agerpres mediafax cna centralnewsagency adnkronos agi
    askanews lapresse wam spa mena petra pressebox news360 afprelaxnews spotonnews teleschau redaktionsnetzwerkdeutschland ukrinform unian
    agenciabrasil agencebelga telam notimex aris dpaapa apdpa afpdpa newscomau ddp""".split()
)  # fmt: skip
_SHORT_AGENCY = re.compile(
    r"(?:AP|AA|PA|TT|CP|SDA|ATS|PAP|SPA|WAM|CNA|AGI|SID|ANI|PTI|APA|TASS|RIA|EFE|UPI|AAP|STT|MTI|ČTK|NTB|ANP|KNA|epd|sid|dpa|kna|apa|sda|DDP|ddp)$"
)
_BY = re.compile(
    r"^(?:(?:(?:written|posted|reported|reviewed|published|story|words|article|text|photos?|tekst|texte|texto|testo|reporting|analysis|an? \w+|created|authored|submitted)"
    r"\s+(?:and \w+ )?(?:by|von|par|por|di|av|door)|by|von|vom?n|par|por|di|door|przez|av|af|text|tekst|texte|texto|testo|autor(?:in|en|ka|a|e|es|as|zy)?|auteur(?:e|s)?|author(?:s|\(s\))?|autore|redactie|reporter|journalist|writer|words|written by|byline|written|interview|bericht)"
    r"\b\s*[:：]?\s+|(?:by|von|par|por|text|autor(?:in)?|author(?:s)?|written by)\s*[:：]\s*|by(?=[A-Z][a-z]+ [A-Z])|記者[:：]?|文[:：／/]\s*|作者[:：]|编辑[:：])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+\.\w+|\[email\s*protected\]|https?://\S+|www\.\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]{0,80}[)\]）]")
_WRITTEN = re.compile(r"\s*(?:is an?|is the|ist|est|es un|è)\s", re.IGNORECASE)
_READING = re.compile(
    r"\b\d+\s*(?:-\s*)?(?:min(?:ute|uten)?s?\b\.?(?:\s*(?:read|lesezeit|de lecture|di lettura))?|hours?(?: ago)?|mins? ago|days? ago)\b.*$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:published|posted|updated|last updated|veröffentlicht|aktualisiert|publié|publicado|pubblicato|gepubliceerd|opublikowano|published on|posted on|on|am|le|in|uhr|medically reviewed|reviewed by|edited by|fact[- ]checked).*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/·•＋+\n、，‧⋅]|\s[-–—]\s|\s&\s|&amp;|\s(?:and|und|et|y|og|och|i|en|e|with|mit|avec|con|com|met|z)\s|,\s*(?:and|und|et|y)\s|,)\s*"
)
_CONJUNCTION = re.compile(r"\s(?:and|und|et|y|og|och|i|en|e|&|with|mit|avec|con|com|met)\s")
_POST = re.compile(
    r"(?:Jr|Sr|II|III|IV|[A-Z][A-Za-z]?\.?(?:[A-Z]{1,4}\.?){1,5}|Ph\.?\s?D|Esq|M\.D|Psy\.?D|Ed\.?D|RDN?|CPA|MBA|MPH|MSc?|BSc?|BA|MA|FOMA|CEPF)\.?®?$"
)
_PARTICLE = frozenset(
    "de da do dos das del della di du der den van von vom zu zum zur la le el al bin ibn ben ter ten te y e af av o' mc st. san abu bint und the of".split()
)
_ROLE = re.compile(
    r"\b(?:editors?|editorial|reporters?|correspondents?|journalists?|writers?|staff|desk|team|contributors?|columnists?|producer|photographer|freelance|chief|director|"
    r"manager|analyst|specialist|expert|professor|student|intern|founder|ceo|head of|newsroom|redaktion\w*|redacci[oó]n|r[eé]daction|redazione|reda[cç][aã]o|redactie|redakcja|"
    r"redakteur\w*|korrespondent\w*|autorin|autor|agentur\w*|agencies|agency|agencia|agence|agenzi[ae]|news|press|times|media|magazine|online|network|"
    r"service|services|company|inc|llc|ltd|gmbh|group|university|institute|foundation|association|administrator|admin|guest|sponsored|advertorial|partner|"
    r"special to|updated|published|corrispondente|inviat[oa]|reportero|dietitian|nutritionist|attorney|nurse|physician|research|center|centre|society|club|academy|school|college|marketing|support)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    "admin administrator author unknown anonymous none null undefined user editor root webmaster guest byline staffwriter authors by redaktion nan true false".split()
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def is_agency(name: str) -> bool:
    key = squeeze(name)
    return (
        bool(_SHORT_AGENCY.match(name.strip())) or (len(key) > 3 and key in AGENCIES) or key in ("afp", "dpa")
    )


def looks_personal(name: str) -> bool:
    """Two to five capitalised words, particles aside; in scripts without capitals or spaces, a short name."""
    if any(ch.isdigit() for ch in name) or len(name) > 60 or not name:
        return False
    if not _LATIN.search(name):
        return 2 <= len(name) <= 40 and len(name.split()) <= 5 and not re.search(r"[。！？:：「」]", name)
    tokens = name.split()
    if not 2 <= len(tokens) <= 5 or name.endswith((":", "?", "!")):
        return False
    if any(
        not (
            token[0].isupper()
            or token.lower() in _PARTICLE
            or token[:2].lower() in ("d'", "d’", "l'", "al", "o'")
        )
        for token in tokens
    ):
        return False
    return not _ROLE.search(name) and not any(
        len(token) > 3 and token.isupper() and len(tokens) > 3 for token in tokens
    )


def cleaned(text: str) -> str:
    """The credit without by-word, addresses, handles, date and reading time."""
    text = _MAIL.sub(" ", text.replace("\u200b", " "))
    text = _HANDLE.sub(" ", text)
    text = " ".join(_READING.sub("", text).split())
    if any(ch.isdigit() for ch in text) and (stamp := find_date(text)):
        text = text[: stamp.start] if stamp.start > 3 else text[stamp.end :]
    for _ in range(3):
        shorter = _BY.sub("", text.strip(" \t-–—|•·,:;/"), count=1)
        if shorter == text:
            break
        text = shorter
    return (
        text.strip(" \t-–—|•·,:;/*").rstrip(".") if not _POST.search(text) else text.strip(" \t-–—|•·,:;/*")
    )


def credits(text: str, sites: Collection[str], *, declared: bool) -> Iterator[Credit]:
    """The names in one credit.

    `declared` says that the text stands in a field for authors: then a single word is taken for a name too, and
    a name that is no person's for a collective. In a line of the page only what looks like a person is.
    """
    text = text[:400]
    if declared and text.startswith(("http://", "https://", "www.", "@", "/")):
        return
    bare = cleaned(text)
    plain = cleaned(_BRACKETS.sub("", text))
    for inside in _BRACKETS.findall(text):
        for piece in _SPLIT.split(inside.strip(" ()[]（）")):
            if is_agency(piece):
                yield Credit("agency", piece.strip())
    if not plain:
        return
    if is_agency(bare) or is_agency(plain):
        yield Credit("agency", plain)
        return
    if squeeze(bare) in sites:
        if declared:
            yield Credit("group", bare)
        return
    yield from _pieces(plain, sites, declared=declared)


def _pieces(text: str, sites: Collection[str], *, declared: bool) -> Iterator[Credit]:
    parts = [part for part in _SPLIT.split(text) if part]
    if len(parts) > 1 and declared and not any(looks_personal(part) or is_agency(part) for part in parts):
        parts = [text]
    found: list[Credit] = []
    for part in parts:
        if found and found[-1].kind == "person" and _POST.match(part) and len(part) < 12:
            found[-1] = Credit("person", f"{found[-1].name}, {part}")
            continue
        if credit := _credit(part, sites, declared=declared, alone=len(parts) == 1):
            found.append(credit)
    yield from found


def _credit(part: str, sites: Collection[str], *, declared: bool, alone: bool) -> Credit | None:
    name = cleaned(part)
    key = squeeze(name)
    if not key or key in _NOBODY:
        return None
    if is_agency(name):
        return Credit("agency", name)
    if key in sites:
        return Credit("group", name) if declared else None
    if looks_personal(name):
        return Credit("person", name)
    if not declared or len(name) > 80:
        return None
    if _ROLE.search(name):
        return Credit("group", name) if alone else None
    return Credit("person", name) if alone else None
