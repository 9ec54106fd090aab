"""How long a line is, how it ends, and from when on it is prose, told alike for every script.

Enters: text. Leaves: numbers and yes/no answers that readers and heuristics share, and the thresholds that
they are held against. An ideograph or kana counts as two characters and a word as six, so that a limit
written for Latin prose holds for Chinese, Japanese and Thai, where counting words by spaces sees one word a
paragraph.

Thresholds of one meaning stand here together. Where they differ, each was measured where it is used, and
learned parameters were fitted to some; making two of them one changes records.
"""

from __future__ import annotations

import re

CHARACTERS_A_WORD = 6

# From when on text is prose, in characters of Latin prose (`extent`) unless said otherwise.
#
# A line of a text that ends as a sentence does; twice that without an end. The same for a paragraph that
# stands in a page twice: refrains, scores and subheads are shorter.
PROSE_LINE = 80
# A block of an HTML page with a sentence's end anywhere in it, in `cleaner.judge.region.block_text.size`. The
# learned region and the page's kind were trained with it.
PROSE_BLOCK = 60
# What a title must stand above, in text, to be called a subhead.
PROSE_BELOW_SUBHEAD = 90
# What has to follow a heading for it to be the headline rather than a section's name.
PROSE_BELOW_HEADLINE = 100
# Where a text's head ends: so long, or a finished sentence of so many words. Headlines are shorter.
PROSE_BELOW_HEAD, PROSE_BELOW_HEAD_WORDS = 220, 14
# The lead of an article: bylines and datelines, which stand above it, are shorter.
PROSE_LEAD = 140
# In plain characters, a block beside the outlet's body that may be the story instead.
PROSE_OUTSIDE_BODY = 100
# In `size`, an unlinked block far from all prose that is weighed even without a full stop.
PROSE_UNFINISHED = 100
# A whole paragraph, when it is asked whether a page reads like a story at all (page kind).
PARAGRAPH = 200
# A paragraph so long that it is no summary of another story; most paragraphs of a story are shorter.
LONG_PARAGRAPH = 320

# Which characters are wide, or set without spaces.
#
# Ideographs, kana, Hangul and full-width forms: each says about as much as two Latin letters.
WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")
# Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]")
# Both, and full-width punctuation: the learned region counts each as three, and was trained so.
DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
# Kana and ideographs, between which a broken line is joined without a space.
JOINED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# Scripts in which a person's name is a few characters.
SHORT_NAMED = re.compile("[\u3040-\u9fff\uac00-\ud7af]")

# How a sentence ends.
#
# At the end of a text, with closing quotes, brackets and note numbers behind it.
_SENTENCE_END = re.compile("[.!?…。！？؟۔।॥။።‽｡](?:\\[\\d+\\])?[\"'”’»›«‘“)\\]）」』〉》】*_]*$")
# Anywhere in a block: what the learned region takes for a sign of sentences.
STOPS = re.compile("[.!?\u2026\u3002\uff01\uff1f\u061f\u0964]")
# Between two sentences: their number, for the learned judge of text.
STOPS_BETWEEN = re.compile(r"[.!?…](?=\s)|[。！？।]")
# A block's last character, quotes and brackets among them: two judges, trained with sets of their own.
_LAST = '.!?\u2026\u3002\uff01\uff1f\u061f\u0964"\u201d\u00bb\u300d)'
REGION_LAST = frozenset(_LAST + "'\u2019")
PAGE_KIND_LAST = frozenset(_LAST)
# What no title ends in; a colon introduces, and a bar parts the site's name.
NO_TITLE_END = (".", ",", ";", ":", "…", "。", "，", "、", "：", "|")


def extent(text: str) -> int:
    """Length in characters of Latin prose that would say as much: wide characters count twice."""
    if text.isascii():
        return len(text)
    return len(text) + len(WIDE.findall(text))


def words(text: str) -> int:
    """Number of words; where a script writes none apart, one for every six characters of `extent`."""
    count = text.count(" ") + 1
    if text.isascii():
        return count
    unspaced = len(UNSPACED.findall(text))
    if unspaced * 3 < len(text):
        return count
    return max(count, extent(text) // CHARACTERS_A_WORD)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes, brackets and note numbers aside."""
    return _SENTENCE_END.search(text[-12:]) is not None
