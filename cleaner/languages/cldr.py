"""Names of months of the languages that Unicode's CLDR knows, as a table that is made in development.

Enters: `months.tsv` beside this file, which `python -m cleaner.languages.cldr` writes anew with babel (in the
`test` extra; nobody needs it to read the table). Leaves: rows of twelve names. Look first at `LANGUAGES`.
What CLDR does not have, as the cases that dates stand in, a language's own form adds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Spelled as CLDR names its locales; the row goes by the language alone.
LANGUAGES = """
    af am ar ar_DZ ar_IQ ar_LB ar_MA ast az az_Cyrl be bg bn br bs bs_Cyrl ca cs cy da de el en eo
    es et eu fa fi fil fo fr fy ga gd gl gu ha he hi hr hu hy id ig is it ka kk km kn ku ky lb lo lt
    lv mi mk ml mr ms mt my nb ne nl nn or pa pl ps pt ro ru rw sd se sk sl so sq sr sr_Latn sv sw
    ta te tg th tk tr tt ug uk ur uz uz_Cyrl xh yi zu
"""
_FILE = Path(__file__).with_name("months.tsv")
_MONTHS = 12
# A digit in the name makes it a number ("tháng 9", "9月"), which patterns read.
_NUMBERED = re.compile(r"\d")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))


class MonthNames(NamedTuple):
    """Twelve names of a language, as prose has them; `width` is `wide` or `abbreviated`."""

    language: str
    width: str
    names: tuple[str, ...]


def rows() -> Iterator[MonthNames]:
    """The table as it is checked in; spaces inside of a name are spaces again."""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        language, width, *names = line.split("\t")
        yield MonthNames(language, width, tuple(names))


def _made() -> Iterator[MonthNames]:
    """The rows of CLDR, each once."""
    from babel import Locale  # noqa: PLC0415 - only in development

    seen: set[MonthNames] = set()
    for name in LANGUAGES.split():
        locale = Locale.parse(name)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                months = locale.months[context][width]
                names = tuple(_plain(months[number]) for number in range(1, _MONTHS + 1))
                language = {"nb": "no", "nn": "no"}.get(locale.language, locale.language)
                row = MonthNames(language, width, names)
                if row not in seen and not any(_NUMBERED.search(month) or len(month) < 2 for month in names):
                    seen.add(row)
                    yield row


def _plain(name: str) -> str:
    """A name as it is looked up: in lower case, without a full stop at its end or marks of direction."""
    return " ".join(name.translate(_MARKS).lower().rstrip(".").split())


def main() -> None:
    """Writes the table."""
    lines = ["\t".join((row.language, row.width, *row.names)) for row in _made()]
    _FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
