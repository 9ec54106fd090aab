"""The words around names in credits: what stands before them, roles, topics, titles, nobodies.

Leaves: patterns and sets for `names.py` and `bylines.py`. A pattern says in its comment what it spares. The
languages are English, German, French, Spanish, Italian, Portuguese, Dutch and Polish throughout, and of the
rest the few words that bylines open with.
"""

from __future__ import annotations

import re

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

# Kinds of works, and how they were made: "Text von", "Propos recueillis par", "Geschreven door".
_WORKS = (
    r"written|posted|reported|published|compiled|stor(?:y|ies)|words|posts?|articles?|text|reporting|analysis"
    r"|created|authored|submitted|guide|report|recipe|opinion|review|interview|essay|column|commentary"
    r"|geschrieben|verfasst|veröffentlicht|gepostet|erstellt|aufgezeichnet|protokolliert|artikel|beitrag"
    r"|beiträge|gastbeitrag|kommentar|kolumne|analyse|reportage|bericht|porträt|rezension|protokoll"
    r"|publiée?|écrite?|rédigée?|postée?|recueillis?|textes?|chronique|tribune"
    r"|escrito|publicado|texto|artículo|artigo|redactado|reportaje|entrevista"
    r"|scritto|pubblicato|testo|articolo|servizio|intervista|cura"
    r"|geschreven|gepubliceerd|tekst|geplaatst|napisane|opublikowane|dodane"
    r"|skriven|skrivet|skrevet|publicerad|publisert"
)
_BEFORE = r"by|von|vom|par|por|di|da|de|door|przez|av|af"
_LABELS = (
    r"text|tekst|texte|texto|testo|teksti|текст|autor(?:in|en|ka|k[iy]|a|e|es|as|zy)?|auteure?s?|authors?"
    r"|autore|автор(?:ы|ка)?(?: (?:текст[аі]|статьи|материала))?|kirjoittaja|yazan|oleh|penulis"
    r"|írta|opracowała?|oprac"
    r"|بقلم|كتب|كتبت|حوار|إعداد"
)
# What a byline opens with, up to the first name. A preposition alone needs a space after it, for names begin
# with these letters too, and "by" may be glued to a name that goes on in small letters or with an initial.
_STRICT = (
    rf"(?:(?:(?:view|see|show|zeige|an?|this|eine?|une?|una|um|propos|guest) )?(?:all |alle )?(?:{_WORKS})"
    rf"(?:\s+(?:and|und|et|y|e|en|och|og|&)\s+\w+)?\s+(?:{_BEFORE})\b\s*[:：]?\s+"
    rf"|(?:by|von|vom|par|por|di|door|przez|av|af)\s*(?:[:：]\s*|\s)"
    rf"|(?:(?:{_LABELS})(?:\s+(?:und|et|y|e|en|&)\s+\w+)?|(?:{_WORKS}) by)\s*[:：]\s*"
    r"|by(?=(?-i:[A-Z][a-z]+ [A-Z]|(?:[A-Z]\. ?)+[A-Z]))"
    r"|(?:dal|van|de)\s+(?=nostr|onze |nuestr|noss)|بقلم\s+|автор\s+|記者[:：]?\s*"
    r"|(?:[\u4e00-\u9fff]{2,8})?(?:记者|記者)[:：]?\s*"
    r"|(?:取材・|構成・|撮影・)?文(?:・写真|・構成|・撮影)?(?:[:：／/＝=|｜・]\s*|\s+)"
    r"|(?:作者|撰文|采写|執筆|執筆者|著者|聞き手|编辑|责编)[:：／/＝=]\s*|글\s*[:：=]\s*)"
)
SIGNING = re.compile(_STRICT, re.IGNORECASE)
# In a field for authors, or with "By" taken off, a label needs no colon.
OPENING = re.compile(
    rf"{_STRICT}|(?:{_LABELS}|redactie|reporter|writer|words|byline|written|interview|napsala?|scris de"
    r"|viết bởi|tác giả|γράφει [οη])\b\.?\s*[:：]?\s+",
    re.IGNORECASE,
)
# First words of what opens so; a text that begins with none of them is spared the patterns.
OPENERS = frozenset(
    f"""{_WORKS.replace("|", " ").replace("stor(?:y ies)", "").replace("s?", "").replace("?", "")}
    posts articles recueillis textes story stories publié publiée écrit écrite rédigé postée posté
    by von vom par por di door przez av af text tekst texte texto testo teksti текст autor autorin autoren
    autorka autorki autorky autora autores autorzy auteur auteure auteurs author authors autore автор авторы
    kirjoittaja yazan oleh penulis írta opracował opracowała oprac redactie reporter writer byline napsal
    napsala scris dal van""".split()
)
ARTICLES = frozenset("a an this ein eine un une una um propos all alle view see show zeige guest".split())  # noqa: SIM905


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
    r"(?:unser(?:em|er|en|e)?|notre|nos|nuestr[oa]s?|nossos?|onze|nostr[oa])\s+(?:\w+\s+)?"
    r"(?-i:(?=[A-ZÀ-Þ]))(?:\w*(?:redakteur|korrespondent|reporter|mitarbeiter)\w*\s+)?",
    re.IGNORECASE,
)
# What stands after a name in scripts that put no comma there.
CLOSING = re.compile(r"\s*(?:기자|특파원|記者|记者)$|[／/\s][^\s／/]{0,6}(?:報導|报导|报道|電)$")
# A reporter's name before the word that says so.
REPORTER = re.compile(
    r"[\W_]*(?:([\uac00-\ud7af]{2,4})\s?(?:기자|특파원)(?=[\s=·(]|$)|([\u3040-\u9fff]{2,8})\s?記者$)"
)
# A weekday before the date that ended the name, and the preposition before that.
WEEKDAY = re.compile(
    r"[\s,|·–-]+(?:(?:on|am|le|el|il|em|op|den|dnia)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"
    r"|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|on|am|le|el|il|em|op|dnia)[\s,.]*$",
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
PARTICLES = frozenset(
    """de da do dos das del della di du der den van von vom zu la le el al bin ibn ben ter ten te y e af av
    abu bint""".split()  # noqa: SIM905
)
# With these no name ends: what stands before them is a label ("Disko Von").
NOT_LAST = frozenset(["von", "vom", "van", "der", "del", "by", "and", "und"])
# Words of roles, houses and topics: who has one in the name is no person. Most surnames are spared; known
# cost: Head, Read, Guest. Told word by word, for a pattern of so many takes ten times as long.
_ROLES = frozenset(
    """editor editors editorial reporter reporters reporterin correspondent correspondents writer writers
    staff desk team contributor contributors columnist columnists producer photographer freelance chief
    director manager analyst specialist expert professor student intern founder ceo head newsroom
    redacción redaccion rédaction redaction rédacteur rédactrice redazione redação redaçao redacao
    redacão redactie redacteur toimitus autorin autor agencies agency agencia agence agenzia agenzie
    news press times media magazine zeitung nachrichten tageblatt online network service services
    company inc llc ltd gmbh group university institute foundation association administrator admin guest
    sponsored advertorial partner special updated published corrispondente inviato inviata reportero
    dietitian nutritionist attorney nurse physician research sport sports trends gardener astrologer
    center centre society club academy school college marketing support educator horticulturalist
    liability category picks content contents digital edition min mins read stiftung verein verband
    ministerium universität hochschule institut gesellschaft rundfunk fernsehen radio tv journaliste
    envoyé envoyée correspondant correspondante université fondation ministère periodista redactor
    redactora corresponsal enviado enviada columnista editora universidad fundación ministerio
    giornalista redattore redattrice direttore direttrice università fondazione jornalista repórter
    colunista verslaggever stichting fundacja обозреватель агентство politik wirtschaft kultur
    wissenschaft gesundheit umwelt panorama feuilleton startseite unterhaltung politics business health
    science technology entertainment lifestyle opinion politique économie société santé política
    economía cultura sociedad deportes salud esporte esportes saúde economia sociedade politica cronaca
    economie gospodarka polityka""".split()  # noqa: SIM905
)
_ROLE_BEGINNINGS = (
    "redaktion", "redakc", "redaktor", "journalist", "agentur", "gründer", "herausgeber", "volontär",
    "verlag", "chroniqueu", "dziennikar", "корреспондент", "журналист", "редак",
)  # fmt: skip
_ROLE_ENDINGS = ("redakteur", "redakteurin", "korrespondent", "korrespondentin", "fraktion")
_WORD = re.compile(r"\w+")
_WIDE_ROLE = re.compile(
    r"(?:新聞|新闻|日報|日报|晚报|通信社|编辑部|編集部|取材班|報道部|通讯社|网|오피니언|편집국|뉴스)$"
)


def has_role(text: str) -> bool:
    """Whether a word of the text is a role, a house or a topic."""
    for word in _WORD.findall(text.casefold()):
        if word in _ROLES or word.startswith(_ROLE_BEGINNINGS) or word.endswith(_ROLE_ENDINGS):
            return True
    return not text.isascii() and _WIDE_ROLE.search(text) is not None


# With these ends what a person is, not what one is head of.
PERSONS_ROLE = re.compile(
    r"(?:editor|reporter|correspondent|writer|journalist\w*|columnist|analyst|critic|producer|redakteur\w*"
    r"|korrespondent\w*|autor(?:in)?|journaliste|periodista|giornalista|jornalista)$",
    re.IGNORECASE,
)
NOT_FIRST = re.compile(
    r"(?:no|privacy|terms|use|reading|final|email|senior|junior|assistant|associate|deputy|executive|managing"
    r"|certified|master|fact|former"
    r"|about|more|by|kommentar|von|the|our|your|posted|released|share|follow|view"
    r"|photo|image|foto|with|home|menu|in|for|and|new|best|top|how|why|what|subscribe|last|first|sign"
    r"|advertis\w*|getty|artikel|bild|quelle|source|next|previous|im|ein|eine|das|zum|zur|mehr|alle|zeige"
    r"|übersetzung|translated|written)\b",
    re.IGNORECASE,
)
NOBODY = frozenset(
    """admin administrator author unknown anonymous none null undefined user editor root webmaster guest
    byline writtenby postedby staffwriter authors by redaktion dieredaktion nan true false anónimo anonimo
    anônimo anonyme anonym redacción redaccion redazione rédaction redaction larédaction redação redacao
    redakcja redactie deredactie redakce toimitus agencies agenturen agencias agences
    agenzie sekretariat редакция автор""".split()  # noqa: SIM905
)
