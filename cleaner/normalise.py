"""Text as it should have been: folding for matching, and the body's final form."""

from __future__ import annotations

import unicodedata

_STRAIGHT = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)


def fold(text: str) -> str:
    """The form that rules match: NFKC, straight quotes, single spaces, casefolded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_STRAIGHT))
    return " ".join(text.split()).casefold()
