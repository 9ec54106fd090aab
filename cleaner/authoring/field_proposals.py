"""Where an outlet states headline, date and authors: field rules that hold on every sample.

Enters: `SamplePage`s, whose records say what the generic rules found. Leaves: `Proposal`s. A rule that says
anything else on any sample is never proposed; one that says nothing on some is, beside others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cleaner.authoring.date_formats import forms_of, found_in, zone_of
from cleaner.authoring.proposals import Proposal, Value, escaped, is_sound, quoted, shared
from cleaner.authoring.recognition import title_ending
from cleaner.authoring.stable_selectors import LAYOUT, Nodes, hooks
from cleaner.fields.dates.date_text import days, find_date, parse_date
from cleaner.fields.page_facts import squeeze
from cleaner.rules.apply.conditions import Evidence
from cleaner.rules.apply.field_rules import take
from cleaner.rules.format.schema import Origin, Take, Where
from cleaner.rules.patterns.sets import PatternSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.authoring.samples import SamplePage
    from cleaner.model import Block, Candidate

Form = Mapping[str, Value]
_MOST = 2
_NEAR = 3
_HEAD = 40
_FIRST = 3
_SIGN = re.compile(r"\s?[|–—·•-]\s")
_BYLINE = 160
_DATELINE = 160
_SPLIT = " and | und | et | y | & |, "
_DATE_METAS = (
    "article:published_time", "datepublished", "og:published_time", "date", "pubdate", "publishdate",
    "parsely-pub-date", "dc.date.issued", "dcterms.created", "sailthru.date",
    "cxenseparse:recs:publishtime", "publication_date", "dc.date",
)  # fmt: skip
_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dc.creator",
    "byl",
)
_BY = re.compile(r"\W*(By|Von|Par|Por|Di|Door|Autor|Texte?)\b[: ]+(?=\S)", re.IGNORECASE)
_NAME = r"\p{Lu}[\pL.'’-]+(?: [\pL.'’-]+){1,3}"


def fields(samples: Sequence[SamplePage], host: str) -> list[Proposal]:
    """Rules for headline, date and authors, the first choice first."""
    found: list[Proposal] = []
    found += _choose("headline", _headline_forms(samples), samples, _same_headline)
    found += _choose("date", _date_forms(samples, host), samples, _same_day)
    found += _choose("authors", _author_forms(samples), samples, _same_people)
    return found


def _choose(
    key: str,
    forms: Iterable[Form],
    samples: Sequence[SamplePage],
    agrees: Callable[[SamplePage, list[str]], bool],
) -> list[Proposal]:
    """Of the forms that are nowhere wrong those that hold on most samples, in the order they come."""
    known = [x for x in samples if getattr(x.article, key)]
    # Words around a date are the outlet's only where they are those of two pages.
    least = min(2, sum(not x.is_html for x in samples))
    rated: list[tuple[int, Form, set[str]]] = []
    seen: set[str] = set()
    for form in forms:
        if str(form) in seen:
            continue
        seen.add(str(form))
        said = {x.path: _said(form, key, x) for x in samples}
        right = {x.path for x in known if said[x.path] and agrees(x, said[x.path])}
        wrong = any(said[x.path] for x in samples if x.path not in right)
        if right and not wrong and (_is_placed(form) or len(right) >= least):
            rated.append((len(rated), form, right))
    rated.sort(key=lambda x: (-len(x[2]), x[0]))
    chosen: list[Proposal] = []
    covered: set[str] = set()
    for _, form, right in rated:
        if len(chosen) < _MOST and right - covered:
            example = next(_said(form, key, x)[0] for x in known if x.path in right)
            where = _state(known[0], key) if len(right) == len(samples) else ""
            evidence = (
                f"says the {key} of {shared(len(right), len(samples))}, such as {quoted(example, 60)}{where}"
            )
            proposal = Proposal(key, form, evidence)
            if is_sound(proposal):
                chosen.append(proposal)
                covered |= right
    return chosen


def _is_placed(form: Form) -> bool:
    return bool({"css", "jsonld", "meta"} & form.keys())


def _state(sample: SamplePage, key: str) -> str:
    source = sample.article.provenance.get(key)
    return f", as does its {source}" if source in ("jsonld", "meta", "og", "title") else ""


def _said(form: Form, key: str, sample: SamplePage) -> list[str]:
    """What the rule finds on the page, by the very engine that will run it."""
    page = sample.page
    text = form.get("text")
    raw = PatternSet([text], "raw").hits([x.text for x in page.blocks]) if isinstance(text, str) else {}
    found: list[Candidate] = take(_take(form), key, Evidence(page, sample.rows, {}, {}, raw))
    return [x.value for x in found]


def _take(form: Form) -> Take:
    def text(key: str) -> str | None:
        return str(form[key]) if key in form else None

    first = form.get("first")
    where = Where(css=text("css"), on=text("on"), first=first if isinstance(first, int) else 0)
    return Take(
        Origin("draft", "draft", 1), where, attr=text("attr"), text=text("text"), jsonld=text("jsonld"),
        meta=text("meta"), split=text("split"), format=text("format"), tz=text("tz"),
    )  # fmt: skip


def _same_headline(sample: SamplePage, said: list[str]) -> bool:
    """Of text also less what stands behind a sign: nothing but a rule can tell that it is the site's name."""
    known = " ".join((sample.article.headline or "").split())
    rest = known.removeprefix(said[0])
    cut = not sample.is_html and rest != known and bool(_SIGN.match(rest))
    return cut or squeeze(said[0]) == squeeze(known)


def _same_day(sample: SamplePage, said: list[str]) -> bool:
    iso = parse_date(said[0])
    return iso is not None and bool({*days(iso)} & {*days(sample.article.date or "")})


def _same_people(sample: SamplePage, said: list[str]) -> bool:
    return {squeeze(x) for x in said} == {squeeze(x) for x in sample.article.authors}


def _headline_forms(samples: Sequence[SamplePage]) -> Iterator[Form]:
    """The element that shows it, by its own name or one around it; then what is written for machines."""
    for sample in samples:
        shown = next(
            (x.block for x in sample.article.candidates if x.field == "headline" and x.block is not None),
            None,
        )
        if shown is None or not sample.is_html:
            continue
        for css in _names(sample, sample.page.blocks[shown], ("h1", "h2")):
            yield {"css": css}
    yield {"jsonld": "headline"}
    yield {"meta": "og:title"}
    on: Form = {"on": "text"} if any(x.is_html for x in samples) else {}
    if (ending := title_ending(samples)) is not None:
        yield {"text": f"^(.+?){ending}", **on, "first": _FIRST}


def _names(sample: SamplePage, block: Block, tags: tuple[str, ...]) -> list[str]:
    """Selectors of the element of a block: itself, then within what stands around it."""
    if block.place is None:
        return []
    path = list(Nodes(sample.page).path(block.place.element))[: _NEAR + 1]
    own = path[0][1] if path else None
    if own is None:
        return []
    tag = own.tag or ""
    found = [x for x in hooks(own) if x.rank < LAYOUT]
    names = [x.css for x in found if x.rank <= 1]
    names += [tag] * (tag in tags)
    names += [
        f"{tag}{x.css}" if tag in tags and x.css.startswith(".") else x.css for x in found if x.rank > 1
    ]
    for _, around in path[1:]:
        names += [f"{x.css} {tag}" if tag in tags else x.css for x in hooks(around) if x.rank < LAYOUT]
    return names


def _date_forms(samples: Sequence[SamplePage], host: str) -> Iterator[Form]:
    yield {"jsonld": "datePublished"}
    yield from ({"meta": name} for name in _DATE_METAS)
    for sample in samples:
        if sample.article.date is not None:
            if sample.is_html:
                yield from _time_forms(sample)
            yield from _shown_dates(sample, sample.article.date, host, samples)


def _time_forms(sample: SamplePage) -> Iterator[Form]:
    """`<time>` elements, the attribute first: it knows the zone."""
    nodes = Nodes(sample.page)
    elements = sample.page.elements
    if elements is None:
        return
    for row in [n for n, tag in enumerate(elements.tags) if tag == "time"][:_HEAD]:
        path = list(nodes.path(row))[:_NEAR]
        if not path or "datetime" not in path[0][1].attributes:
            continue
        for hook in hooks(path[0][1]):
            yield {"css": hook.css if hook.css == "time" else f"time{hook.css}", "attr": "datetime"}
        for _, around in path[1:]:
            yield from (
                {"css": f"{x.css} time", "attr": "datetime"} for x in hooks(around) if x.rank < LAYOUT
            )


def _shown_dates(sample: SamplePage, iso: str, host: str, samples: Sequence[SamplePage]) -> Iterator[Form]:
    """Short lines that show the very day, by the name of their element or by what stands around the date."""
    for block in sample.page.blocks:
        usable = len(block.text) <= _DATELINE and block.kind != "envelope"
        stamp = find_date(block.text) if usable else None
        if stamp is None or not {*days(stamp.iso)} & {*days(iso)}:
            continue
        for form in forms_of(block.text, stamp.iso):
            extra: dict[str, Value] = {"format": form.format} if form.format is not None else {}
            if zone := zone_of(host, block.text, form, iso):
                extra["tz"] = zone
            if sample.is_html:
                for css in _names(sample, block, ("time",)):
                    yield {"css": css, "text": f"({form.pattern})", **extra}
            elif (match := found_in(block.text, form)) is not None:
                pattern = _in_context(block.text, match.start(1), match.end(1), form.pattern)
                on: Form = {} if all(not x.is_html for x in samples) else {"on": "text"}
                yield {"text": pattern, **extra, **on}


def _in_context(line: str, start: int, end: int, date: str) -> str:
    """The date with the words or signs right before it, or as all that its line says."""
    before, after = line[:start], line[end:]
    label = re.search(r"(?:[^\s\d]+ )?[^\s\d]+\s*$", before)
    left = "^" if not before.strip() else escaped(label[0]) if label else ""
    return f"{left}({date}){'' if after.strip() else '$'}"


def _author_forms(samples: Sequence[SamplePage]) -> Iterator[Form]:
    yield {"jsonld": "author.name"}
    for name in _AUTHOR_METAS:
        yield {"meta": name}
        yield {"meta": name, "split": _SPLIT}
    for sample in samples:
        names = [squeeze(x) for x in sample.article.authors]
        for block in sample.page.blocks if names else ():
            line = squeeze(block.text) if len(block.text) <= _BYLINE else ""
            if line and all(x in line for x in names):
                yield from _byline_forms(sample, block)


def _byline_forms(sample: SamplePage, block: Block) -> Iterator[Form]:
    by = _BY.match(block.text)
    prefixed = [rf"^{by[1]} (.+)$", rf"^\W*{by[1]}\b[: ]+(.+)$"] if by else []
    if not sample.is_html:
        if by:
            yield {"text": rf"^{by[1]} ({_NAME}(?:(?:, | and | & ){_NAME})*)$", "split": _SPLIT, "on": "text"}
        return
    for css in _names(sample, block, ("a",)):
        for split in ({}, {"split": _SPLIT}):
            yield {"css": css, **split}
            yield from ({"css": css, "text": text, **split} for text in prefixed)
