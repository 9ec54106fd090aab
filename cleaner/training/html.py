"""Learn the region of HTML pages: `python -m cleaner.training html CORPORA [-o FILE] [--validate]`.

Two boosted judges, the second of which sees the first's scores of a block's neighbours; class names and first
words come in as two scores each, learned publisher by publisher. Everything a judge is trained on was scored
by others: each page without its own publisher's words, each first score by a fold that did not see the page.
Pages annotated only with segments take their other labels from a judge trained on the whole pages.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.judge.region.block_text import hook_scorer
from cleaner.judge.region.html_context import CONTEXT, CONTEXT_GROUP_OF, context
from cleaner.judge.region.html_features import FEATURES, GROUP_OF, Table, build, candidates_of
from cleaner.judge.region.html_region import PARAMETERS, Model
from cleaner.judge.region.trees import Trees
from cleaner.read.decode import decode
from cleaner.read.html_reader import read_html
from cleaner.rules.format.folders import layers, sources
from cleaner.rules.library import Rules
from cleaner.training.boost import fit, fold_of, save, table
from cleaner.training.corpora import AnnotatedPage, samples
from cleaner.training.labels import segment_labels, shares, tokens
from cleaner.training.name_scores import count_hooks, count_words, hook_counts, word_counts
from cleaner.training.unseen import Figures, body_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cleaner.rules import Phrases

ARTICLES = [
    "fundus-eval", "fundus-tests", "scrapinghub", "wcxb-articles", "magic-html", "omnivore", "readability-js",
]  # fmt: skip
OTHERS = "wcxb-others"
SEGMENTS = "trafilatura"
FOLDS = 5
ROUNDS = 100
# Pages that are no articles, and labels a judge gave, count less than a page someone annotated.
OTHERS_WEIGHT = 0.5
BORROWED_WEIGHT = 0.4
SEGMENT_WEIGHT = 1.5
# A page weighs less where a tool drew the line and people only looked it over.
TRUST: Mapping[str, float] = {"omnivore": 0.5, "readability-js": 0.5}


@dataclass(slots=True)
class HtmlCase:
    """One page made ready: its table, its labels (NaN where unknown) and weights."""

    sample: AnnotatedPage
    table: Table
    labels: list[float]
    weights: list[float]


@dataclass(frozen=True, slots=True)
class Judges:
    """A trained pair."""

    first: Any
    second: Any

    def chances(self, case: HtmlCase) -> list[float]:
        """Log-odds of each candidate of a page."""
        if not case.table.candidates:
            return []
        rows = context(case.table, self.first.predict(_array(case.table.rows), raw_score=True).tolist())
        return list(self.second.predict(_array(rows), raw_score=True).tolist())


def _array(rows: Sequence[Sequence[float]]) -> Any:  # noqa: ANN401
    import numpy as np  # noqa: PLC0415

    return np.asarray(rows, dtype=np.float64)


def _read(sample: AnnotatedPage) -> Any:  # noqa: ANN401
    text, charset = decode(sample.data)
    return replace(read_html(text, url=sample.url, source=None, charset=charset), tree=None)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page as read, and for each of its blocks the share of it that the story has."""

    sample: AnnotatedPage
    page: Any
    labels: list[float]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Pages as cases, the class-name and word scores of all their publishers together, and by publisher those
    that know nothing of it.
    """

    cases: list[HtmlCase]
    hooks: dict[str, float]
    words: dict[str, float]
    without: dict[str, tuple[dict[str, float], dict[str, float]]]


def label(corpora: Path) -> list[Labelled]:
    """Read and label every page."""
    found = []
    for sample in samples(corpora, [*ARTICLES, OTHERS, SEGMENTS]):
        page = _read(sample)
        texts = [b.text for b in page.blocks]
        labels = (
            segment_labels(texts, sample.inside, sample.outside)
            if sample.body is None
            else shares(texts, sample.body)
        )
        found.append(Labelled(replace(sample, data=b""), page, labels))
    return found


def prepare(pages: Sequence[Labelled]) -> Prepared:
    """Learn what names and first words say, and tabulate every page as one of an unseen publisher."""
    hooks, words = hook_counts(), word_counts()
    for one in pages:
        if one.sample.corpus in ARTICLES:
            count_hooks(hooks, one.sample.group, one.page, one.labels)
            found = candidates_of(one.page)
            keys = [one.page.blocks[i].key for i in found]
            count_words(words, one.sample.group, keys, [one.labels[i] for i in found])
    all_hooks, all_words = hooks.scores(), words.scores()
    scan = _scanner()
    known: dict[str, tuple[dict[str, float], dict[str, float]]] = {}
    cases = []
    for one in pages:
        group = one.sample.group
        if group not in known:
            known[group] = hooks.without(group, all_hooks), words.without(group, all_words)
        own_hooks, own_words = known[group]
        table_ = build(one.page, hook_scorer(own_hooks), scan(one.page), own_words)
        cases.append(_case(one.sample, one.page, one.labels, table_))
    return Prepared(cases, all_hooks, all_words, known)


def _generic() -> Phrases:
    return Rules([x for x in sources(layers(())) if x.kind == "generic"]).phrases


def _scanner() -> Callable[[Any], Callable[[Sequence[int]], set[int]]]:
    """The generic rules alone: outlets' rules must not leak into what is learned."""
    phrases = _generic()

    def scanner(page: Any) -> Callable[[Sequence[int]], set[int]]:  # noqa: ANN401
        def scan(indices: Sequence[int]) -> set[int]:
            hits = phrases.about(page, indices).lines()
            return {i for i, hit in zip(indices, hits, strict=True) if hit is not None}

        return scan

    return scanner


def _case(sample: AnnotatedPage, page: Any, labels: Sequence[float], found: Table) -> HtmlCase:  # noqa: ANN401
    lengths = [len(tokens(page.blocks[i].text)) + 1.5 for i in found.candidates]
    whole = max(60.0, len(tokens(sample.body)) if sample.body is not None else 0.5 * sum(lengths))
    trust = TRUST.get(sample.corpus, 1.0)
    weights = [trust * 20.0 * (min(n, 120.0) / whole) ** 0.7 for n in lengths]
    return HtmlCase(sample, found, [labels[i] for i in found.candidates], weights)


def _fit(cases: Iterable[HtmlCase], rows: dict[int, Sequence[Sequence[float]]]) -> Any:  # noqa: ANN401
    import numpy as np  # noqa: PLC0415

    chosen = [c for c in cases if c.table.candidates]
    return fit(
        np.vstack([_array(rows[id(c)]) for c in chosen]),
        np.concatenate([c.labels for c in chosen]),
        np.concatenate([c.weights for c in chosen]),
        rounds=ROUNDS,
        params={"objective": "cross_entropy"},
    )


def _lend(cases: Sequence[HtmlCase], judge: Any) -> list[HtmlCase]:  # noqa: ANN401
    """Cases with their unknown labels filled in by a judge, and weighted for it."""
    lent = []
    for case in cases:
        if case.sample.corpus == OTHERS:
            lent.append(replace(case, weights=[w * OTHERS_WEIGHT for w in case.weights]))
        elif case.sample.corpus == SEGMENTS and case.table.candidates:
            guesses = judge.predict(_array(case.table.rows))
            unknown = [math.isnan(x) for x in case.labels]
            labels = [float(g) if u else x for g, u, x in zip(guesses, unknown, case.labels, strict=True)]
            weights = [
                w * (BORROWED_WEIGHT if u else SEGMENT_WEIGHT)
                for w, u in zip(case.weights, unknown, strict=True)
            ]
            lent.append(replace(case, labels=labels, weights=weights))
        else:
            lent.append(case)
    return lent


def train(cases: Sequence[HtmlCase]) -> Judges:
    """Train both judges on some pages."""
    whole = [c for c in cases if c.sample.corpus != SEGMENTS]
    ready = _lend(cases, _fit(whole, {id(c): c.table.rows for c in whole}))
    plain: dict[int, Sequence[Sequence[float]]] = {id(c): c.table.rows for c in ready}
    scored: dict[int, Sequence[Sequence[float]]] = {}
    for fold in range(FOLDS):
        held = [c for c in ready if fold_of(c.sample.group + "/inner", FOLDS) == fold]
        judge = _fit([c for c in ready if fold_of(c.sample.group + "/inner", FOLDS) != fold], plain)
        for case in held:
            if case.table.candidates:
                scored[id(case)] = context(
                    case.table, judge.predict(_array(case.table.rows), raw_score=True).tolist()
                )
    return Judges(_fit(ready, plain), _fit(ready, scored))


def model_of(judges: Judges, hooks: dict[str, float], words: dict[str, float]) -> Model:
    """A trained pair as the judge uses it."""
    return Model(
        hook_scorer(hooks),
        words,
        Trees.compile(table(judges.first, FEATURES, GROUP_OF), GROUP_OF),
        Trees.compile(table(judges.second, CONTEXT, CONTEXT_GROUP_OF), CONTEXT_GROUP_OF),
    )


def by_publisher(pages: Sequence[Labelled]) -> Iterator[tuple[AnnotatedPage, Model]]:
    """Each article page with parameters that were learned without its publisher."""
    prepared = prepare(pages)
    models: list[Model] = []
    for fold in range(FOLDS):
        judges = train([c for c in prepared.cases if fold_of(c.sample.group, FOLDS) != fold])
        models.append(model_of(judges, {}, {}))
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    for case in prepared.cases:
        hooks, words = prepared.without[case.sample.group]
        model = models[fold_of(case.sample.group, FOLDS)]
        yield case.sample, replace(model, hooks=hook_scorer(hooks), words=words)


def by_annotator(pages: Sequence[Labelled]) -> Iterator[tuple[AnnotatedPage, Model]]:
    """Each article page with parameters that were learned without its annotator and without the publishers
    that this one has pages of.
    """
    for annotator in sorted({one.sample.annotator for one in pages}):
        held = [one.sample for one in pages if one.sample.annotator == annotator]
        groups = {sample.group for sample in held}
        prepared = prepare([
            one for one in pages if one.sample.annotator != annotator and one.sample.group not in groups
        ])  # fmt: skip
        model = model_of(train(prepared.cases), prepared.hooks, prepared.words)
        print(f"without {annotator}: {len(prepared.cases)} pages", file=sys.stderr)
        for sample in held:
            yield sample, model


VALIDATIONS = {"publisher": by_publisher, "annotator": by_annotator}


def validate(pages: Sequence[Labelled], corpora: Path, by: str) -> None:
    """Print figures a corpus, each page judged by parameters that saw nothing of what is held out."""
    data = {(s.corpus, s.id): s.data for s in samples(corpora, [*ARTICLES, SEGMENTS])}
    phrases, figures = _generic(), Figures(ARTICLES)
    for sample, learned in VALIDATIONS[by](pages):
        if (sample.corpus, sample.id) in data:
            whole = replace(sample, data=data[sample.corpus, sample.id])
            figures.add(whole, body_of(whole, phrases, learned))
    print("\n".join(figures.lines()))


def main(argv: Sequence[str] | None = None) -> None:
    """Train on all pages and write the parameters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of NAME/dev/gold.jsonl with pages beside it")
    parser.add_argument("-o", "--output", type=Path, default=PARAMETERS)
    parser.add_argument("--validate", action="store_true", help="cross-validate first")
    parser.add_argument("--by", choices=sorted(VALIDATIONS), default="publisher", help="what is held out")
    args = parser.parse_args(argv)
    pages = label(args.corpora)
    if args.validate:
        validate(pages, args.corpora, args.by)
    prepared = prepare(pages)
    judges = train(prepared.cases)
    save(
        {
            "hooks": dict(sorted(prepared.hooks.items())),
            "words": dict(sorted(prepared.words.items())),
            "first": table(judges.first, FEATURES, GROUP_OF),
            "second": table(judges.second, CONTEXT, CONTEXT_GROUP_OF),
        },
        args.output,
    )
    print(f"{args.output}: {args.output.stat().st_size} bytes, {len(prepared.cases)} pages")


if __name__ == "__main__":
    main()
