"""SamplePage pages to the draft of a rule file.

Enters: a host, `SamplePage`s. Leaves: a `Draft` that has been tried on all of them. `drafted` is the order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner.authoring.body_container import Choice, choose
from cleaner.authoring.field_proposals import fields
from cleaner.authoring.proposals import Draft, Proposal, is_sound, shared
from cleaner.authoring.recognition import outlet_name, signs
from cleaner.authoring.removals import leftovers
from cleaner.authoring.samples import Bench, SampleError, SamplePage, copies, kept_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.pipeline import Trace

_HOST = re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s?#]*)?")


@dataclass(frozen=True, slots=True)
class Result:
    """The draft, and what it makes of each sample."""

    draft: Draft
    traces: tuple[Trace, ...]


def host_of(text: str) -> str:
    """A host as rule files name it, from what a person typed: an address is cut down to its host.

    Raises `ValueError` for what is no host.
    """
    typed = text.strip()
    if "://" in typed:
        typed = typed.partition("://")[2].partition("/")[0]
    domain, slash, path = typed.rstrip("/").partition("/")
    host = domain.lower().removeprefix("www.") + slash + path
    if not _HOST.fullmatch(host):
        raise ValueError(
            f"{text}: is not a host; write it as dw.com, or bbc.com/news/live/* for a part of one"
        )
    return host


def file_name(host: str) -> str:
    """The rule file's name: `bbc.com-news-live` for `bbc.com/news/live/*`."""
    return re.sub(r"[^a-z0-9.]+", "-", host.lower()).strip("-.")


def drafted(host: str, samples: Sequence[SamplePage], bench: Bench) -> Result:
    """Signs, fields, the body, what is to go from it. Raises `SampleError` where nothing holds the body."""
    name = file_name(host)
    notes = [f"{y.name} shows the story of {x.name}: give another" for x, y in copies(list(samples))]
    outlet = outlet_name(samples, host)
    chosen = choose(samples)
    _require_body(samples, chosen)
    found = [*signs(samples, outlet, host), *fields(samples, host)]
    found += [_body(x, samples) for x in chosen]
    plain = Draft(name, outlet, (host,), len(samples), tuple(x for x in found if is_sound(x)))
    stands = [kept_of(x) for x in _traces(plain, samples, bench)]
    remove, odd = leftovers(samples, stands, copies(list(samples)))
    full = replace(plain, proposals=(*plain.proposals, *remove))
    return Result(replace(full, notes=(*notes, *_gaps(full, samples), *odd)), _traces(full, samples, bench))


def _traces(draft: Draft, samples: Sequence[SamplePage], bench: Bench) -> tuple[Trace, ...]:
    cleaner = bench.drafted(draft.name, draft.yaml())
    return tuple(cleaner.trace(x.data, url=x.url, source=x.path) for x in samples)


def _require_body(samples: Sequence[SamplePage], chosen: Sequence[Choice]) -> None:
    """Each HTML sample's body must be held by the first selector that finds anything on it."""
    for number, sample in enumerate(samples):
        first = next((x for x in chosen if x.recall[number] is not None), None)
        if sample.is_html and (first is None or not first.holds(number)):
            raise SampleError(
                f"{sample.path}: no body found that one element holds; is it the page of one story, saved "
                f"whole? See `clean explain {sample.path}`, or leave it out"
            )


def _body(choice: Choice, samples: Sequence[SamplePage]) -> Proposal:
    rates = [
        (r, p) for r, p in zip(choice.recall, choice.purity, strict=True) if r is not None and p is not None
    ]
    html = sum(x.is_html for x in samples)
    held, own = (round(100 * min(x)) for x in zip(*rates, strict=True))
    part = "all" if held == 100 else f"at least {held} %"
    evidence = f"holds {part} of the story on {shared(len(rates), html)}; at least {own} % of it is story"
    return Proposal("body", {"css": choice.css}, evidence)


def _gaps(draft: Draft, samples: Sequence[SamplePage]) -> list[str]:
    """What the draft says nothing about, so that a person looks for it."""
    notes = [
        f"{x.name}: no article to the generic rules ({x.article.reason}); is it the page of one story?"
        for x in samples
        if x.article.status != "article"
    ]
    for key in ("headline", "date", "authors"):
        without = [x.name for x in samples if not getattr(x.article, key)]
        if without:
            notes.append(f"{key}: none found on {', '.join(without[:3])}; if the page shows it, say where")
        elif not draft.of(key):
            notes.append(f"{key}: found by the generic rules; no one place states it on all pages")
    return notes
