"""A credit line to names: people, agencies, and collectives such as a newsroom.

Enters: what stands in an author field or a byline. Leaves: `Credit`s. "By", roles, e-mail addresses, social
handles and addresses are left out; the name itself is never respelled.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.fields.datetext import find_date
from cleaner.fields.evidence import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Credit(NamedTuple):
    kind: Literal["person", "agency", "group"]
    name: str


# Names of news agencies by their squeezed form, as they sign. Short ones count only in this spelling.
AGENCIES = frozenset(
    """reuters associatedpress theassociatedpress agencefrancepresse dpaafx dpainfocom dpalno dpatmn apaots
    ansa agenciaefe europapress belga keystonesda itartass interfax rianovosti xinhua kyodo kyodonews
    jijipress yonhap unitedpressinternational pressinternational pressassociation pamedia
    australianassociatedpress canadianpress thecanadianpress pressecanadienne lapressecanadienne antara
    bernama ntbscanpix ttnyhetsbyran ritzau lusa agencialusa hina tanjug anadolu anadoluagency afpbb
    agerpres mediafax centralnewsagency adnkronos askanews lapresse afprelaxnews spotonnews teleschau
    ukrinform unian agenciabrasil agenciabrasileira agencebelga telam notimex dpaapa apdpa afpdpa""".split()  # noqa: SIM905
)
_SHORT_AGENCY = re.compile(
    r"(?:AP|AA|PA|TT|CP|SDA|ATS|PAP|SPA|WAM|CNA|AGI|SID|ANI|PTI|APA|TASS|RIA|EFE|UPI|AAP|STT|MTI|ČTK"
    r"|NTB|ANP|KNA|epd|sid|dpa|kna|apa|sda|DDP|ddp)$"
)
_BY = re.compile(
    r"^(?:(?:(?:written|posted|reported|published|story|words|article|text|tekst|texte|texto|testo"
    r"|reporting|analysis|created|authored|submitted|guide|report|recipe|opinion|kolumne|kommentar|analyse|reportage)"
    r"\s+(?:and \w+ )?(?:by|von|par|por|di|av|door)"
    r"|by|vo[mn]|par|por|di|door|przez|av|af|text|tekst|texte|texto|testo|autor(?:in|en|ka|a|e|es"
    r"|as|zy)?|auteur(?:e|s)?|authors?|autore|redactie|reporter|writer|words|byline|written|interview)"
    r"\b\s*[:：]?\s+|(?:by|von|par|por|text|autor(?:in)?|authors?|written by)\s*[:：]\s*"
    r"|by(?=[A-Z][a-z]+ [A-Z])|記者[:：]?|文[:：／/]\s*|作者[:：]|编辑[:：]|责编[:：])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"<?[^\s@]+@[^\s@]+\.\w+>?|\[email\s*protected\]|https?://\S+|www\.\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]{0,80}[)\]）]")
_READING = re.compile(
    r"\b\d+\s*-?\s*(?:min(?:ute|uten)?s?|hours?|hrs?|days?|mins)\b\.?.*$|\b(?:updated|published|posted"
    r"|aktualisiert|veröffentlicht|publié|publicado)\b[\s:]+(?:on )?.*$",
    re.IGNORECASE,
)
# What pages glue to the end of a name, and the roles that follow it without a comma.
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ])(?:Updated|Published|Twitter|Follow|Posted|Email|Facebook|Share|Read)\b.*$"
    r"|\s+(?:in [A-Z].*|In|On|Updated|Published|View .{3,40}|Follow.*|(?:Former|Senior|Deputy|Executive|Chief"
    r"|Staff|Contributing|Lead|Managing|Associate|Parliamentary)\s.*)$"
)
_SPLIT = re.compile(
    r"\s*(?:[;|/·•＋+\n、，‧⋅]|\s[-–—]\s|\s&\s|,\s*(?:and|und|et|y)\s|\s(?:and|und|et|y|og|och|i|en|e"
    r"|with|mit|avec|con|com|met|z)\s|,)\s*"
)
# Letters after a name are part of how it is printed; a role after it is not.
_POST = re.compile(
    r"(?:Jr|Sr|II|III|IV|Esq|M\.?D|D\.?O|Ph\.?\s?D|R\.?N|R\.?D|RDN|LD|M\.?S|M\.?A|B\.?A|B\.?S|BSN|MSN"
    r"|M\.?B\.?A|MPH|MPP|CPA|CFP|CEPF|CFA|J\.?D|LL\.?M"
    r"|DVM|VMD|DACVB|LVT|VTS|FACLM|FOMA|DABOM|DDS|DMD|PharmD|Psy\.?D|Ed\.?D|LCSW|LMFT|LPC|LMHC|NP|PA-C"
    r"|DPT|CPT|CSCS|MW|M\.?Sc|B\.?Sc|CPP|PSP|PMP|FAAP|FACP)"
    r"\.?[®*]?(?:\s(?:FACLM|MPH|MS|RD|CPP|PSP))?$"
)
_PARTICLE = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "der",
        "den",
        "van",
        "von",
        "vom",
        "zu",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "te",
        "y",
        "e",
        "af",
        "av",
        "abu",
        "bint",
    ]
)
_ROLE = re.compile(
    r"\b(?:editors?|editorial|reporters?|correspondents?|journalists?|writers?|staff|desk|team"
    r"|contributors?|columnists?|producer|photographer|freelance|chief|director"
    r"|manager|analyst|specialist|expert|professor|student|intern|founder|ceo|head|newsroom"
    r"|redaktion\w*|redacci[oó]n|r[eé]daction|redazione|reda[cç][aã]o|redactie|redakcja"
    r"|redakteur\w*|korrespondent\w*|autorin|autor|agentur\w*|agencies|agency|agencia|agence"
    r"|agenzi[ae]|news|press|times|media|magazine|zeitung|nachrichten|tageblatt|online"
    r"|network|services?|company|inc|llc|ltd|gmbh|group|university|institute|foundation|association"
    r"|administrator|admin|guest|sponsored|advertorial|partner|special|updated"
    r"|published|corrispondente|inviat[oa]|reportero|dietitian|nutritionist|attorney|nurse|physician"
    r"|research|sports?|trends|gardener|astrologer|cent(?:er|re)|society|club"
    r"|academy|school|college|marketing|support|educator|horticulturalist|liability|category|picks"
    r"|contents?|digital|edition|mins?|read)\b",
    re.IGNORECASE,
)
_NOT_FIRST = re.compile(
    r"(?:no|privacy|terms|use|reading|final|email|senior|junior|assistant|associate|deputy|executive|managing|certified|master|fact|former"
    r"|about|more|by|kommentar|von|the|our|your|posted|released|share|follow|view"
    r"|photo|image|foto|with|home|menu|in|for|and|new|best|top|how|why|what|subscribe|last|first|sign"
    r"|advertis\w*|getty|artikel|bild|quelle|source)\b",
    re.IGNORECASE,
)
_KEY_LIKE = re.compile(r"[\w-]+(?:\.[\w-]+){2,}$")
_LONGEST_NAME = 80
_LONGEST_ROLE = 60
_LONGEST_CREDIT = 400
# A name and nothing else, as most fields hold it: no by-word, no conjunction, nothing to take off.
_SIMPLE = re.compile(
    r"(?!By[A-Z]|(?:By|Von|Par|Por|Di|Door|Text)\b)[A-ZÀ-Þ][^\W\d_]+(?:[-'’][^\W\d_]+)*(?: [A-ZÀ-Þ]\.)?"
    r"(?: [A-ZÀ-Þ][^\W\d_]+(?:[-'’][^\W\d_]+)*){1,2}"
)
_NOBODY = frozenset(
    [
        "admin",
        "administrator",
        "author",
        "unknown",
        "anonymous",
        "none",
        "null",
        "undefined",
        "user",
        "editor",
        "root",
        "webmaster",
        "guest",
        "byline",
        "writtenby",
        "postedby",
        "staffwriter",
        "authors",
        "by",
        "redaktion",
        "nan",
        "true",
        "false",
    ]
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_APOSTROPHES = ("d'", "d’", "l'", "l’", "o'", "al")


@lru_cache(maxsize=1024)
def is_agency(name: str) -> bool:
    key = squeeze(name)
    return (
        bool(_SHORT_AGENCY.match(name.strip()))
        or (len(key) > 3 and key in AGENCIES)
        or key in ("afp", "dpa", "rtr")
    )


@lru_cache(maxsize=1024)
def looks_personal(name: str) -> bool:
    """Two to five capitalised words, particles aside; in scripts without capitals or spaces, a short name."""
    name = name.partition(",")[0]
    if not name or len(name) > 60 or any(ch.isdigit() or ch in ":?!" for ch in name):
        return False
    tokens = name.split()
    if not _LATIN.search(name):
        return 2 <= len(name) <= 40 and len(tokens) <= 5 and not any(ch in "。！？：「」" for ch in name)
    if not 2 <= len(tokens) <= 5 or _NOT_FIRST.match(name) or _ROLE.search(name):
        return False
    return all(
        token[0].isupper() or token.lower() in _PARTICLE or token[:2].lower() in _APOSTROPHES
        for token in tokens
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
    bare = text.strip(" \t-–—|•·,:;/*")
    for opening, closing in ("()", "（）"):
        if opening not in bare:
            bare = bare.rstrip(closing)
    return bare if _POST.search(text) else bare.rstrip(".")


def _unglued(text: str, sites: Mapping[str, str]) -> str:
    """The credit without the site's name after it ("Brian Truitt USA TODAY"), or what the page glued on."""
    text = _GLUED.sub("", text)
    for name in sites.values():
        if len(name) > 3 and text.endswith(name) and len(text) - len(name) > 4:
            return text[: -len(name)].strip(" ,|-–—/(")
    return text


def is_role(text: str) -> bool:
    """Whether a short line is what somebody is ("Senior editor"), and names nobody."""
    if len(text) > _LONGEST_ROLE or _ROLE.search(text) is None:
        return False
    return not any(looks_personal(part) for part in _SPLIT.split(_BY.sub("", text)))


def is_byline(text: str) -> bool:
    """Whether a line is "By" and names, and nothing else."""
    bare = _BY.sub("", text, count=1)
    return bare != text and all(looks_personal(part) for part in _SPLIT.split(bare) if part)


def read_credits(text: str, sites: Mapping[str, str], *, declared: bool) -> Iterator[Credit]:
    """The names in one credit.

    `declared` says that the text stands in a field for authors: then a single word is taken for a name too,
    and a name that is no person's for a collective. In a line of the page only what looks like a person is.
    """
    if (
        _SIMPLE.fullmatch(text)
        and looks_personal(text)
        and squeeze(text) not in sites
        and not is_agency(text)
    ):
        yield Credit("person", text)
        return
    text = text[:_LONGEST_CREDIT]
    if declared and text.startswith(("http://", "https://", "www.", "@", "/")):
        return
    text = _unglued(text, sites)
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


def _pieces(text: str, sites: Mapping[str, str], *, declared: bool) -> Iterator[Credit]:
    parts = [part for part in _SPLIT.split(text) if part]
    if len(parts) > 1 and declared and not any(looks_personal(part) or is_agency(part) for part in parts):
        parts = [text]
    found: list[Credit] = []
    for part in parts:
        if not declared and found and not _signs(part):
            break
        if found and found[-1].kind == "person" and _POST.match(part) and len(part) < 12:
            found[-1] = Credit("person", f"{found[-1].name}, {part}")
            continue
        if credit := _credit(part, sites, declared=declared, alone=len(parts) == 1):
            found.append(credit)
    yield from found


def _signs(part: str) -> bool:
    """Whether a later part of a byline can still be a name; after a role or place nothing more is read."""
    return bool(_POST.match(part)) or looks_personal(cleaned(part)) or is_agency(part)


def _credit(part: str, sites: Mapping[str, str], *, declared: bool, alone: bool) -> Credit | None:
    name = cleaned(part)
    key = squeeze(name)
    if not key or key in _NOBODY or key.isdigit() or _KEY_LIKE.match(name):
        return None
    if is_agency(name):
        return Credit("agency", name)
    if key not in sites and looks_personal(name):
        return Credit("person", name)
    if not declared or not (alone or key in sites) or len(name) > _LONGEST_NAME:
        return None
    return Credit("group" if key in sites or _ROLE.search(name) else "person", name)
