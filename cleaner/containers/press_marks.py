"""The marks by which an export of a press database gives itself away, and which database it is.

Enters: the head of a file as bytes. Leaves: a name of `press_exports.READERS`, or None.
Look first at `MARKS`.
"""

from __future__ import annotations

import re
from typing import Final

# The first whose pattern is found. Each asks for marks that no article has by chance.
MARKS: Final[tuple[tuple[str, re.Pattern[bytes]], ...]] = (
    (
        "nexis",
        re.compile(
            rb"^[ \t]{0,80}(?:Document )?\d{1,6} (?:of|de|von) \d{1,6} (?:DOCUMENTS?|DOKUMENTE?N?)\s*$",
            re.MULTILINE | re.IGNORECASE,
        ),
    ),
    (
        "nexis",
        re.compile(
            rb"^(?:LOAD-DATE|DATE-CHARGEMENT): .{4,80}\n|^UPDATE: \d{1,2}[. ].{3,30}\d{4}\s*$", re.MULTILINE
        ),
    ),
    ("nexis-uni", re.compile(rb"^End of Document\s*$", re.MULTILINE)),
    ("nexis-uni", re.compile(rb"^Load-Date: .{4,80}", re.MULTILINE)),
    (
        "factiva",
        re.compile(
            rb"^(?:HD|SE)[ \t]{0,9}\r?\n?[ \t]{0,9}\S[^\x00]{0,4000}?\nPD(?:[ \t]|\r?\n)", re.MULTILINE
        ),
    ),
    ("factiva", re.compile(rb"^Document [A-Z0-9]{4,20}\d{8}[a-z0-9]{6,14}\s*$", re.MULTILINE)),
    ("proquest", re.compile(rb"^ProQuest document ID: ", re.MULTILINE)),
    ("proquest", re.compile(rb"^Full text: ", re.MULTILINE)),
    ("gale", re.compile(rb"^(?:Gale Document Number|GALE\|A\d)", re.MULTILINE)),
    (
        "europresse",
        re.compile(
            rb"(?:news\xc2\xb7|Document (?:news|europresse))[\w\xc2\xb7\xc3.*-]{8,60}|\(c\) \d{4} .{0,80}"
            rb"CEDROM",
            re.IGNORECASE,
        ),
    ),
)
PAGES: Final[tuple[tuple[str, re.Pattern[bytes]], ...]] = (
    (
        "factiva",
        re.compile(
            rb"class=[\"']?article \w{2}Article|class=[\"']?\w{2}articleParagraph|articleParagraph \w{2}"
        ),
    ),
    ("europresse", re.compile(rb"class=[\"'](?:rdp__)?(?:DocPublicationName|titreArticleVisu)")),
)


def press_database(head: bytes) -> str | None:
    """Which database wrote this text, or None. Looks at the first 64 KB."""
    head = head[: 2**16]
    return next((name for name, mark in MARKS if mark.search(head)), None)


def press_page(head: bytes) -> str | None:
    """Which database wrote this HTML, or None."""
    head = head[: 2**16]
    return next((name for name, mark in PAGES if mark.search(head)), None)
