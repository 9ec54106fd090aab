"""How long a line is and how it ends, told alike for every script.

Enters: text. Leaves: numbers and yes/no answers that readers and heuristics share. An ideograph or kana
counts as two characters and a word as six, so that a limit written for Latin prose holds for Chinese,
Japanese and Thai, where counting words by spaces sees one word a paragraph.
"""

from __future__ import annotations

import re

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile("[.!?…。！？؟۔।॥။።‽｡](?:\\[\\d+\\])?[\"'”’»›«‘“)\\]）」』〉》】*_]*$")
CHARACTERS_A_WORD = 6


def extent(text: str) -> int:
    """Length in characters of Latin prose that would say as much: wide characters count twice."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text))


def words(text: str) -> int:
    """Number of words; where a script writes none apart, one for every six characters of `extent`."""
    count = text.count(" ") + 1
    if text.isascii():
        return count
    unspaced = len(_UNSPACED.findall(text))
    if unspaced * 3 < len(text):
        return count
    return max(count, extent(text) // CHARACTERS_A_WORD)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes, brackets and note numbers aside."""
    return _SENTENCE_END.search(text[-12:]) is not None
