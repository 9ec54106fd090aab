"""What a draft is made of, and how it is written down.

Enters: `Proposal`s. Leaves: YAML that a person can read on: each entry below a comment with its evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.rules.format.parse import check_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = str | int | tuple[str, ...]
KEYS = ("recognise", "headline", "date", "authors", "body", "remove")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./]*(?:[ -][A-Za-z0-9_./]+)*")
_OTHER_THAN_TEXT = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry of the rule file: the key it stands below, what it says, and why it is proposed.

    `form` without keys but `text` alone is a bare pattern, as `recognise` has them.
    """

    key: str
    form: Mapping[str, Value]
    evidence: str

    @property
    def entry(self) -> str:
        """The entry as YAML, on one line."""
        if self.key == "recognise" and set(self.form) == {"text"}:
            return _scalar(self.form["text"])
        return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in self.form.items()) + "}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule file to be: `notes` are what a person should look at and no rule says."""

    name: str
    outlet: str
    hosts: tuple[str, ...]
    pages: int
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def of(self, key: str) -> list[Proposal]:
        return [x for x in self.proposals if x.key == key]

    def yaml(self) -> str:
        """The whole file."""
        counted = "one page" if self.pages == 1 else f"{self.pages} pages"
        lines = [
            f"# Drafted from {counted}. Each entry stands below what speaks for it: correct the entries, and",
            "# put in place of the evidence what a reader would otherwise have to guess, or nothing.",
            f"outlet: {_scalar(self.outlet)}",
            f"hosts: [{', '.join(_scalar(x) for x in self.hosts)}]",
        ]
        for key in KEYS:
            found = self.of(key)
            if found:
                lines += ["", f"{key}:"]
            for proposal in found:
                lines += [f"  # {one_line(proposal.evidence)}", f"  - {proposal.entry}"]
        if self.notes:
            lines += ["", *(f"# {one_line(note)}" for note in self.notes)]
        return "\n".join(lines) + "\n"


BLANK = """\
# Say only what differs from the generic rules; docs/rules.md has all keys.
outlet: {outlet}
hosts: [{host}]

# headline: [{{css: h1}}]
# date: [{{css: time, attr: datetime}}]
# authors: [{{css: .author}}]
# body: [{{css: '[itemprop="articleBody"]'}}]
# remove:
#   - {{name: newsletter, css: .newsletter-box, why: promotes a newsletter in the middle of the text}}
"""


def is_sound(proposal: Proposal) -> bool:
    """Whether a rule file may hold the proposal: its selectors and patterns are read, and its name is one."""
    text = Draft("draft", "x", ("example.com",), 1, (proposal,)).yaml()
    return not check_file(text.encode("utf-8", "replace"), "draft.yaml", "draft", "outlet")[1]


def one_line(text: str) -> str:
    """Text for a comment: whatever would end its line, or play tricks on a terminal, is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def quoted(text: str, longest: int = _LONGEST) -> str:
    """A piece of a page between quotes, cut at its end."""
    flat = one_line(text)
    return f'"{flat}"' if len(flat) <= longest else f'"{flat[: longest - 1].rstrip()}…"'


def shared(number: int, of: int) -> str:
    """`2 of 3 pages`."""
    return f"{number} of {of} {'page' if of == 1 else 'pages'}"


def escaped(text: str, *, digits: bool = False) -> str:
    r"""A pattern that finds this text; with `digits` any number in place of each of its own."""
    found = re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", text)
    return re.sub(r"[0-9]+", r"\\d+", found) if digits else found


def unique(name: str, taken: Iterable[str]) -> str:
    """`name`, or with the first number that makes it one that is not taken."""
    used = set(taken)
    if name not in used:
        return name
    return next(f"{name}-{n}" for n in range(2, len(used) + 3) if f"{name}-{n}" not in used)


def _scalar(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_scalar(x) for x in value) + "]"
    text = one_line(value)
    # A space at an end is part of a pattern.
    text = f"{' ' * (value[:1] == ' ')}{text}{' ' * (value[-1:] == ' ' and len(text) > 0)}"
    if _PLAIN.fullmatch(text) and text.casefold() not in _OTHER_THAN_TEXT:
        return text
    return "'" + text.replace("'", "''") + "'"
