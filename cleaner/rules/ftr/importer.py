"""Site files in the format of ftr-site-config to rule files.

Enters: `example.com.txt`, lines of `directive: value`. Leaves: the text of a rule file, and a `Note` on every
directive. XPath becomes CSS where CSS says the same, else stays XPath. The format: https://help.fivefilters.org.

Differences in meaning: a site file is for one host and its www., a rule file takes in subdomains; the body is
named by the first expression that finds any, as there, but generic rules still clean it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cleaner.rules.ftr.xpath_to_css import quoted, to_css

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Outcome = Literal["carried", "no effect", "online", "not carried"]

_LINE = re.compile(r"\s*([A-Za-z_]+)\s*(?:\((.*?)\))?\s*:\s*(.*?)\s*\Z")
_FIELDS = {"title": "headline", "author": "authors", "date": "date"}
_PICTURES, _BROWSER = "pictures are no text", "pages are read as browsers do"
_NO_EFFECT = {
    "strip_attr": "attributes are no text",
    "strip_image_src": _PICTURES,
    "src_lazy_load_attr": _PICTURES,
    "insert_detected_image": _PICTURES,
    "tidy": _BROWSER,
    "parser": _BROWSER,
    "convert_double_br_tags": "a line break ends a paragraph",
    "dissolve": "an element that dissolves leaves its text",
    "autodetect_next_page": "one page is one article",
    "strip_comments": "comments are no text",
    "wrap_in": "the text stays as it is",
}
_ONLINE = {
    "single_page_link", "single_page_link_in_feed", "next_page_link", "http_header", "if_page_contains",
    "requires_login", "not_logged_in_xpath", "login_uri", "login_username_field", "login_password_field",
    "login_extra_fields",
}  # fmt: skip
_STEM = re.compile(r"(\.?)([a-z0-9-]+(?:\.[a-z0-9-]+)+)\Z")
_YES = {"yes", "true", "1"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one directive; `message` says why where it was not carried."""

    path: str
    line: int
    directive: str
    value: str
    outcome: Outcome
    message: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.outcome}: {self.directive}: {self.value}: {self.message}"


@dataclass(frozen=True, slots=True)
class Imported:
    """One site file as a rule file: `name` is its stem; `text` is empty where it is no site's file."""

    name: str
    text: str
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Draft:
    """A rule file in the making."""

    path: str
    lists: dict[str, list[str]] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    tests: list[tuple[str, list[str]]] = field(default_factory=list)
    finds: list[tuple[int, str]] = field(default_factory=list)
    replacements: list[tuple[int, str]] = field(default_factory=list)
    pairs: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, key: str, entry: str) -> None:
        entries = self.lists.setdefault(key, [])
        if entry not in entries:
            entries.append(entry)


def import_path(path: Path) -> Iterator[Imported]:
    """Every site file of a folder, or the one file."""
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        yield import_text(file.read_text(encoding="utf-8", errors="replace"), file.name, str(file))


def import_text(text: str, name: str, path: str) -> Imported:
    """One site file; `name` is its file name, which is its host."""
    stem = _STEM.match(name.removesuffix(".txt").lower())
    if stem is None:
        message = "the file's name is no host"
        return Imported("", "", (Note(path, 1, "file", name, "not carried", message),))
    draft = _Draft(path)
    for number, line in enumerate(text.splitlines(), 1):
        _read_line(draft, number, line)
    _pair(draft)
    wildcard, host = stem.groups()
    hosts = f"'*.{host}'" if wildcard else host
    return Imported(
        f"{host}-any" if wildcard else host, _written(draft, name, host, hosts), tuple(draft.notes)
    )


def _read_line(draft: _Draft, number: int, line: str) -> None:
    line = _CONTROL.sub("", line).replace("\x85", " ").strip().lstrip("\ufeff")
    if not line or line.startswith("#"):
        return
    found = _LINE.match(line)
    if found is None:
        draft.notes.append(Note(draft.path, number, line[:40], "", "not carried", "not a directive"))
        return
    directive, argument, value = found.group(1).lower(), found.group(2), found.group(3)
    outcome, message = _directive(draft, number, directive, argument, value)
    draft.notes.append(Note(draft.path, number, directive, value, outcome, message))


def _directive(
    draft: _Draft, number: int, directive: str, argument: str | None, value: str
) -> tuple[Outcome, str]:
    if directive in _ONLINE:
        return "online", "about fetching, which is not done here"
    if directive in _NO_EFFECT:
        return "no effect", _NO_EFFECT[directive]
    if directive == "replace_string":
        return _replace_string(draft, number, argument, value)
    if not value:
        return "not carried", "has no value"
    if directive == "find_string":
        draft.finds.append((number, value))
        return "carried", ""
    carry = _CARRIED.get(directive)
    return (
        carry(draft, number, directive, value) if carry else ("not carried", "not a directive that is known")
    )


def _replace_string(draft: _Draft, number: int, argument: str | None, value: str) -> tuple[Outcome, str]:
    if argument is None:
        draft.replacements.append((number, value))
    elif argument:
        draft.pairs.append((number, argument, value))
    else:
        return "not carried", "nothing stands between its brackets"
    return "carried", ""


def _field(draft: _Draft, _: int, directive: str, value: str) -> tuple[Outcome, str]:
    css = to_css(value)
    if css is not None:
        attribute = {"attr": css[1]} if css[1] else {}
        draft.add(_FIELDS[directive], _form(css=css[0], **attribute))
        return "carried", ""
    return _by_xpath(draft, _FIELDS[directive], value, {})


def _body(draft: _Draft, _: int, __: str, value: str) -> tuple[Outcome, str]:
    css = to_css(value)
    if css is not None and css[1] is None:
        draft.add("body", _form(css=css[0]))
        return "carried", ""
    return _by_xpath(draft, "body", value, {})


def _strip(draft: _Draft, number: int, directive: str, value: str) -> tuple[Outcome, str]:
    if re.fullmatch(r"[^|]*@[\w:-]+", value):
        return "no effect", "attributes are no text"
    if re.search(r"text\(\)(?:\[[^\]]*\])*\Z", value):
        return "not carried", "blocks and elements are taken out, not the texts between them"
    css = to_css(value)
    named = {"name": f"strip-{number}"}
    why = {"why": f"{directive}: {value}"}
    if css is not None:
        draft.add("remove", _form(**named, css=css[0], **why))
        return "carried", ""
    return _by_xpath(draft, "remove", value, named, why)


def _by_xpath(
    draft: _Draft, key: str, value: str, before: dict[str, str], after: dict[str, str] | None = None
) -> tuple[Outcome, str]:
    from cleaner.rules.apply.xpath import problem  # noqa: PLC0415 - lxml costs 10 ms

    said = problem(value)
    if said is not None:
        return "not carried", f"not XPath 1.0: {said}"
    draft.add(key, _form(**before, xpath=value, **(after or {})))
    return "carried", ""


def _strip_id_or_class(draft: _Draft, number: int, directive: str, value: str) -> tuple[Outcome, str]:
    """The whole id, or whole names of the class list: `ad` is not in `shadow`."""
    words = value.replace("'", "").replace('"', "").split()
    if not words:
        return "not carried", "has no value"
    if len(words) == 1:
        finds = {"css": f"[class~={quoted(words[0])}], [id={quoted(words[0])}]"}
    else:
        joined = " ".join(words)
        listed = f"contains(concat(' ', normalize-space(@class), ' '), ' {joined} ')"
        finds = {"xpath": f"//*[{listed} or @id='{joined}']"}
    draft.add("remove", _form(name=f"strip-{number}", **finds, why=f"{directive}: {value}"))
    return "carried", ""


def _flag(draft: _Draft, _: int, directive: str, value: str) -> tuple[Outcome, str]:
    if directive == "prune" and value.lower() not in _YES:
        draft.flags["prune"] = "false"
    if directive == "skip_json_ld" and value.lower() in _YES:
        draft.flags["skip_jsonld"] = "true"
    if directive == "autodetect_on_failure" and value.lower() not in _YES:
        return "not carried", "a page whose body is not found is always looked through"
    return "carried", ""


def _test(draft: _Draft, _: int, directive: str, value: str) -> tuple[Outcome, str]:
    if directive == "test_url":
        draft.tests.append((value, []))
    elif not draft.tests:
        return "not carried", "no test_url stands above it"
    else:
        draft.tests[-1][1].append(value)
    return "carried", ""


_CARRIED: dict[str, Callable[[_Draft, int, str, str], tuple[Outcome, str]]] = {
    "title": _field, "author": _field, "date": _field, "body": _body, "strip": _strip,
    "strip_id_or_class": _strip_id_or_class, "prune": _flag, "skip_json_ld": _flag,
    "autodetect_on_failure": _flag, "test_url": _test, "test_contains": _test,
}  # fmt: skip


def _pair(draft: _Draft) -> None:
    """The first find_string goes with the first replace_string, and so on; they apply in the file's order."""
    for (number, find), (_, replacement) in zip(draft.finds, draft.replacements, strict=False):
        draft.pairs.append((number, find, replacement))
    for _, find, replacement in sorted(draft.pairs):
        draft.add("markup", _form(find=find, **{"with": replacement}))
    paired = min(len(draft.finds), len(draft.replacements))
    alone = {number for number, _ in (*draft.finds[paired:], *draft.replacements[paired:])}
    for index, note in enumerate(draft.notes):
        if note.line in alone:
            message = "find_string and replace_string come in pairs; this one is alone"
            draft.notes[index] = Note(
                note.path, note.line, note.directive, note.value, "not carried", message
            )


def _written(draft: _Draft, name: str, host: str, hosts: str) -> str:
    lines = [f"# Imported from {name} of a ftr-site-config checkout.", f"outlet: {host}", f"hosts: [{hosts}]"]
    lines += [f"{key}: {value}" for key, value in draft.flags.items()]
    for key in ("headline", "date", "authors", "body", "remove", "markup"):
        if key in draft.lists:
            lines += [f"{key}:", *(f"  - {x}" for x in draft.lists[key])]
    if draft.tests:
        lines.append("tests:")
    for url, texts in draft.tests:
        contains = f", contains: [{', '.join(_quote(x) for x in texts)}]" if texts else ""
        lines.append(f"  - {{url: {_quote(url)}{contains}}}")
    return "\n".join(lines) + "\n"


def _form(**pairs: str) -> str:
    """A mapping on one line."""
    inside = ", ".join(f"{k}: {v if k == 'name' else _quote(v)}" for k, v in pairs.items())
    return f"{{{inside}}}"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
