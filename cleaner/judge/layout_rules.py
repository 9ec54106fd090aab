"""Names of what the layout alone takes out: the `layout/…` rules of the ledger, each with its meaning.

Enters: nothing. Leaves: one constant a name, and `MEANINGS`, which `docs/judging.md` prints. A name is
spelled here and nowhere else; one that no heuristic uses fails a test.
"""

from __future__ import annotations

PREFIX = "layout/"
MEANINGS: dict[str, str] = {}


def _named(rule: str, meaning: str) -> str:
    MEANINGS[rule] = meaning
    return rule


# Told by what kind of block it is.
HEADLINE = _named("layout/headline", "the headline, which the record has in its own field")
ENVELOPE = _named("layout/envelope", "a wrapper line of a crawler or extractor: evidence for fields")
CAPTION = _named("layout/caption", "what stands below pictures, which the record does not have")
DATA = _named("layout/data", "settings of a widget, left in the page as text")
INVISIBLE = _named("layout/invisible", "a block of which nothing is left to see once its text is tidied")

# Told by the shape of a line, or of a run of lines; see the function of the same name.
SYMBOLS = _named("layout/symbols", "a line without a letter or digit: a separator of menus and bread crumbs")
DASH_BOX = _named("layout/dash-box", "a line between two rows of dashes: an advert set apart")
INSIDE_BOX = _named("layout/inside-box", "a line between two that one generic rule took out as promotion")
DOUBLED = _named("layout/doubled", "one text twice in one line: a teaser's title as link and as picture text")
DUPLICATE = _named("layout/duplicate", "a paragraph that stood word for word in the page before")
DATE_LINE = _named("layout/date-line", "only a date or a time, before the first prose or after the last")
ADDRESS = _named("layout/address", "only an address of the web or of a mailbox")
END_MARK = _named("layout/end-mark", "where a wire's copy says that it ends: ENDS, -0-, ###")
MENU = _named("layout/menu", "a run of short entries that are all link, as text with links keeps them")
ALL_LINK = _named("layout/all-link", "a paragraph of five words or more that is one link: another story")
SHOUTING = _named("layout/shouting", "a title in capitals between paragraphs: a link to another story")
TEASER_RUN = _named(
    "layout/teaser-run", "other stories at the end: title, teaser, date, and again, and again"
)
REPEATED_TEASER = _named(
    "layout/repeated-teaser", "a title between paragraphs that comes back below the story"
)
INLINE_TEASERS = _named("layout/inline-teasers", "a list of titles with a topic each, between two paragraphs")
LINK_LIST = _named("layout/link-list", "a list of titles below the last paragraph")
REPEATED_LABEL = _named("layout/repeated-label", "the same short line three times or more, on the rim too")
CAPTION_PAIR = _named(
    "layout/caption-pair", "a picture's alternative text and its caption, between paragraphs"
)

# Set aside before the region is weighed, or taken whole.
COMMENTS = _named("layout/comments", "readers' comments, by the names of the elements around them")
NAVIGATION = _named("layout/navigation", "a menu taken whole; in a text dump what stands above the story")
FOOTER = _named(
    "layout/footer", "the foot of the page taken whole; in a text dump what stands below the story"
)

# Outside the learned region: the group of features that pulled a block's score down most.
REGION = _named("layout/region", "little of the page's prose in its container or around it, or far from any")
OUTSIDE_STORY = _named("layout/outside-story", "before, after or beside the story, or in another one")
CLASS_NAME = _named("layout/class-name", "the names of the elements around it")
SECTION = _named("layout/section", "`aside`, `footer`, `figure` and the like around it")
LINK_DENSITY = _named("layout/link-density", "links in it and around it")
SHORT_LINE = _named("layout/short-line", "its length and form; in a text dump its neighbours' too")
WORDING = _named("layout/wording", "its first words")
REPEATED = _named("layout/repeated", "how often its text or its markup comes")
NEIGHBOURS = _named("layout/neighbours", "what its neighbours were taken for")
ARTICLEBODY = _named("layout/articlebody", "the page's own JSON-LD has another text")
TEASER_SIGNS = _named("layout/teaser-signs", "digits, bars, addresses and dates in it and around it")
BLOCK_KIND = _named("layout/block-kind", "its kind and its neighbours': list items, table rows, headings")
OTHER_TOPIC = _named("layout/other-topic", "words that the page's prose does not use")
AMONG_REMOVED = _named("layout/among-removed", "rules and shapes took out what stands around it")
