"""The words around names in credits: what stands before them, roles, topics, titles, nobodies.

Enters: the words of all languages. Leaves: patterns and sets for `person_names.py`, `credits.py` and
`bylines.py`. A pattern says in its comment what it spares. What belongs to one language stands in its form
(`cleaner/languages/`); here is what none owns: agencies, legal forms, degrees, and East Asian marks.
"""

from __future__ import annotations

import re

from cleaner.languages import alternatives, entries

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
SHORT_AGENCY = re.compile(
    r"(?:AP|AA|PA|TT|CP|SDA|ATS|PAP|SPA|WAM|CNA|AGI|SID|ANI|PTI|APA|TASS|RIA|EFE|UPI|AAP|STT|MTI|ČTK"
    r"|NTB|ANP|KNA|epd|sid|dpa|kna|apa|sda|DDP|ddp)$"
)
# An agency that only a space parts from the name before it.
AGENCY_TAIL = re.compile(
    r"\b(?!The )([A-ZÀ-Þ][\w.'’-]*) "
    r"(?=(?:The )?(?:Associated Press|Canadian Press|Press Association|Reuters|AFP|dpa)$)"
)
# Legal forms: who has one made the site, or owns it.
FIRM = re.compile(r"\b(?:GmbH|Co\.? ?KG|Ltd|LLC|Inc|S\.?r\.?l|Sp\. z o\.o)\b\.?|\bS\.A\.$")

_WORKS = alternatives("works")
_BY = alternatives("by_words")
_BEFORE = alternatives("by_words", "by_prepositions")
_LABELS = alternatives("author_labels")
_ARTICLES = "|".join(entries("articles"))
CONJUNCTIONS = frozenset(entries("conjunctions"))
_AND = "|".join(CONJUNCTIONS)
# What a byline opens with, up to the first name. A preposition alone needs a space after it, for names begin
# with these letters too, and "by" may be glued to a name that goes on in small letters or with an initial.
_STRICT = (
    rf"(?:(?:(?:{_ARTICLES}) ){{0,2}}(?:{_WORKS})"
    rf"(?:\s+(?:{_AND}|&)\s+\w+)?\s+(?:{_BEFORE})\b\s*[:：]?\s+"
    rf"|(?:{_BY})\s*(?:[:：]\s*|\s)"
    rf"|(?:(?:{_LABELS})(?:\s+(?:{_AND}|&)\s+\w+)?|(?:{_WORKS}) by)\s*[:：]\s*"
    r"|by(?=by\s)|by(?=(?-i:[A-Z][a-z]+ [A-Z]|(?:[A-Z]\. ?)+[A-Z]))"
    rf"|{alternatives('our_by', 'signing_labels')})"
)
SIGNING = re.compile(_STRICT, re.IGNORECASE)
# In a field for authors, or with "By" taken off, a label needs no colon.
OPENING = re.compile(
    rf"{_STRICT}|(?:{_LABELS}|{alternatives('author_words')})\b\.?\s*[:：]?\s+",
    re.IGNORECASE,
)
# First words of what opens so; a text that begins with none of them is spared the patterns.
OPENERS = frozenset(
    [
        *entries("opening_words"),
        *(work.replace("s?", "").replace("?", "") for work in entries("works") if "(" not in work),
    ]
)
ARTICLES = frozenset(entries("articles"))


def opens(text: str) -> bool:
    """Whether a text's first word, after an article, may open a byline; cheaper to ask than the patterns."""
    first, _, rest = text.partition(" ")
    first = first.casefold().rstrip(".")
    if first in ARTICLES:
        first = rest.partition(" ")[0].casefold()
        if first in ARTICLES:
            return True
    return first.partition(":")[0] in OPENERS


# "unserem Redakteur", between the preposition and the name.
OUR = re.compile(
    rf"(?:{alternatives('our')})\s+(?:\w+\s+)?"
    r"(?-i:(?=[A-ZÀ-Þ]))"
    rf"(?:(?:{alternatives('our_roles')})\s+)?",
    re.IGNORECASE,
)
# What stands after a name in scripts that put no comma there.
CLOSING = re.compile(rf"\s*(?:{alternatives('reporters', 'after_names')})$")
# A reporter's name before the word that says so.
REPORTER = re.compile(
    rf"[\W_]*(?:([\uac00-\ud7af]{{2,4}})\s?(?:{alternatives('reporters')})(?=[\s=·(]|$)"
    rf"|([\u3040-\u9fff]{{2,8}}?)\s?(?:{alternatives('reporters')})$)"
)
# A weekday before the date that ended the name, and the preposition before that.
WEEKDAY = re.compile(
    rf"[\s,|·–-]+(?:(?:{alternatives('date_prepositions')})\s+)?"
    rf"(?:{alternatives('weekdays', 'date_prepositions')})[\s,.]*$",
    re.IGNORECASE,
)
# Letters after a name are part of how it is printed; a role after it is not.
POST = re.compile(
    r"(?:Jr|Sr|II|III|IV|Esq|M\.?D|D\.?O|Ph\.?\s?D|R\.?N|R\.?D|RDN|LD|M\.?S|M\.?A|B\.?A|B\.?S|BSN|MSN"
    r"|M\.?B\.?A|MPH|MPP|CPA|CFP|CEPF|CFA|J\.?D|LL\.?M"
    r"|DVM|VMD|DACVB|LVT|VTS|FACLM|FOMA|DABOM|DDS|DMD|PharmD|Psy\.?D|Ed\.?D|LCSW|LMFT|LPC|LMHC|NP|PA-C"
    r"|DPT|CPT|CSCS|MW|M\.?Sc|B\.?Sc|CPP|PSP|PMP|FAAP|FACP)"
    r"\.?[®*]?(?:\s(?:FACLM|MPH|MS|RD|CPP|PSP))?$"
)
PARTICLES = frozenset(entries("particles"))
# With these no name ends: what stands before them is a label ("Disko Von").
NOT_LAST = frozenset(entries("not_last"))
# Words of roles, houses and topics: who has one in the name is no person. Most surnames are spared; known
# cost: Head, Read, Guest. Told word by word, for a pattern of so many takes ten times as long.
_ROLES = frozenset(entries("roles"))
_ROLE_BEGINNINGS = entries("role_beginnings")
_ROLE_ENDINGS = entries("role_endings")
_WORD = re.compile(r"\w+")
_WIDE_ROLE = re.compile(rf"(?:{alternatives('house_endings')})$")


def has_role(text: str) -> bool:
    """Whether a word of the text is a role, a house or a topic."""
    for word in _WORD.findall(text.casefold()):
        if word in _ROLES or word.startswith(_ROLE_BEGINNINGS) or word.endswith(_ROLE_ENDINGS):
            return True
    return not text.isascii() and _WIDE_ROLE.search(text) is not None


# With these ends what a person is, not what one is head of.
PERSONS_ROLE = re.compile(rf"(?:{alternatives('persons_roles')})$", re.IGNORECASE)
NOT_FIRST = re.compile(rf"(?:{alternatives('not_first')})\b", re.IGNORECASE)
NOBODY = frozenset(entries("nobody"))
