"""Learn what is no article: `python -m cleaner.training page-kind CORPORA [-o FILE] [--validate]`.

One small boosted model over whole pages. Pages are seen as an unseen publisher's are: with block scores of a
region judge that was trained without their publisher. News weighs more than other articles, as a story
wrongly dropped is the worse fault, and the bar stands where as few of its pages as `SPARED` says are called
no article by a model that has not seen their publisher. Known cost: all pages annotated as no article are
English, so in other languages the model is more careful than it need be.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.judge.page_kind.classify import PARAMETERS, stated
from cleaner.judge.page_kind.kind_features import PAGE_FEATURES, PageSigns, read_signs
from cleaner.read.decode import decode
from cleaner.read.html_reader import read_html
from cleaner.training import html
from cleaner.training.boost import fit, fold_of, save, table
from cleaner.training.corpora import AnnotatedPage, samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OTHERS = "wcxb-others"
ARTICLES = "wcxb-articles"
NEWS = ("fundus-eval", "fundus-tests", "scrapinghub", "trafilatura")
WEIGHTS: Mapping[str, float] = {OTHERS: 3.0, ARTICLES: 1.0, **dict.fromkeys(NEWS, 2.5)}
FOLDS = 5
# One way to part the publishers says little about where the bar should stand.
SPLITS = 6
ROUNDS = 40
# More of these never speaks against an article, or never for one: what is known need not be learned.
FOR = frozenset(
    ["says_article", "says_story", "path_article", "author_hooks", "mean_score", "best_score", "slug"]
)
AGAINST = frozenset(
    [
        "path_other",
        "path_forum",
        "price_hooks",
        "product_hooks",
        "forum_labels",
        "docs_labels",
        "service_labels",
        "buttons",
        "unsure",
    ]
)
PARAMS: dict[str, Any] = {
    "learning_rate": 0.18, "min_data_in_leaf": 15, "lambda_l2": 4.0, "feature_fraction": 0.6,
    "monotone_constraints": [(name in AGAINST) - (name in FOR) for name in PAGE_FEATURES],
}  # fmt: skip
# Share of news pages that may be called no article.
SPARED = 0.0125


@dataclass(frozen=True, slots=True)
class KindCase:
    """One page's features, and what else is known of it."""

    sample: AnnotatedPage
    row: list[float]
    signs: PageSigns

    @property
    def other(self) -> bool:
        return self.sample.corpus == OTHERS


def unseen_scores(corpora: Path) -> dict[tuple[str, str], dict[int, float]]:
    """Block scores by corpus and page, each from a region judge that saw nothing of the page's publisher."""
    cases = html.prepare(html.label(corpora)).cases
    scores: dict[tuple[str, str], dict[int, float]] = {}
    for fold in range(FOLDS):
        judges = html.train([c for c in cases if fold_of(c.sample.group, FOLDS) != fold])
        for case in cases:
            if fold_of(case.sample.group, FOLDS) == fold:
                found = zip(case.table.candidates, judges.chances(case), strict=True)
                scores[case.sample.corpus, case.sample.id] = dict(found)
        print(f"region, fold {fold + 1} of {FOLDS}", file=sys.stderr)
    return scores


def prepare(corpora: Path, scores: Mapping[tuple[str, str], Mapping[int, float]]) -> list[KindCase]:
    """All pages of the corpora."""
    cases = []
    for sample in samples(corpora, [*NEWS, ARTICLES, OTHERS]):
        text, charset = decode(sample.data)
        page = read_html(text, url=sample.url, source=None, charset=charset)
        signs = read_signs(page, scores.get((sample.corpus, sample.id), {}))
        cases.append(KindCase(replace(sample, data=b""), [float(x) for x in signs.row], signs))
    return cases


def train(cases: Sequence[KindCase]) -> Any:  # noqa: ANN401
    """A booster whose log-odds say that a page is no article."""
    import numpy as np  # noqa: PLC0415

    return fit(
        np.asarray([c.row for c in cases]), [float(c.other) for c in cases],
        [WEIGHTS[c.sample.corpus] for c in cases], rounds=ROUNDS, params=PARAMS,
    )  # fmt: skip


def unseen_odds(cases: Sequence[KindCase], split: int) -> list[float]:
    """Log-odds of each page from a model that saw nothing of its publisher, with what the page states added.

    `split` is the way to part publishers.
    """
    odds = [0.0] * len(cases)
    folds = [fold_of(f"{c.sample.group}/{split}", FOLDS) for c in cases]
    for fold in range(FOLDS):
        held = [i for i, f in enumerate(folds) if f == fold]
        booster = train([c for c, f in zip(cases, folds, strict=True) if f != fold])
        for i, value in zip(held, booster.predict([cases[i].row for i in held], raw_score=True), strict=True):
            odds[i] = float(value) + stated(cases[i].signs)
    return odds


def _share(cases: Sequence[KindCase], odds: Sequence[float], corpora: Sequence[str], bar: float) -> float:
    """Share of the corpora's pages that are called no article."""
    found = [z > bar for c, z in zip(cases, odds, strict=True) if c.sample.corpus in corpora]
    return sum(found) / (len(found) or 1)


def bar_of(cases: Sequence[KindCase], odds: Sequence[float]) -> float:
    """The lowest bar that spares the news."""
    news = sorted((z for c, z in zip(cases, odds, strict=True) if c.sample.corpus in NEWS), reverse=True)
    return round(news[int(SPARED * len(news))] + 0.005, 2) if news else 0.0


def report(cases: Sequence[KindCase], odds: Sequence[float], chosen: float) -> None:
    """Print the curve: at each bar what is found and what it costs."""
    kinds = sorted({c.sample.kind for c in cases if c.other})
    print("bar    found  articles lost  balanced  news lost  found by kind")
    for bar in sorted({-1.5, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, chosen}):
        found = _share(cases, odds, [OTHERS], bar)
        lost = _share(cases, odds, [ARTICLES], bar)
        by_kind = []
        for kind in kinds:
            hits = [z > bar for c, z in zip(cases, odds, strict=True) if c.other and c.sample.kind == kind]
            by_kind.append(f"{kind} {sum(hits) / len(hits):.2f}")
        print(
            f"{bar:5.2f}  {found:.3f}  {lost:.3f}          {(found + 1 - lost) / 2:.3f}     "
            f"{_share(cases, odds, NEWS, bar):.4f}     {', '.join(by_kind)}" + (" *" if bar == chosen else "")
        )
    for corpus in NEWS:
        print(f"{corpus:16} called no article at {chosen}: {_share(cases, odds, [corpus], chosen):.4f}")


def main(argv: Sequence[str] | None = None) -> None:
    """Train on all pages and write the parameters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of NAME/dev/gold.jsonl with pages beside it")
    parser.add_argument("-o", "--output", type=Path, default=PARAMETERS)
    parser.add_argument("--validate", action="store_true", help="print the curve of all bars")
    args = parser.parse_args(argv)
    cases = prepare(args.corpora, unseen_scores(args.corpora))
    odds = [z for split in range(SPLITS) for z in unseen_odds(cases, split)]
    bar = bar_of(cases * SPLITS, odds)
    if args.validate:
        report(cases * SPLITS, odds, bar)
    groups = dict.fromkeys(PAGE_FEATURES, "page/status")
    save({"bar": bar, "trees": table(train(cases), PAGE_FEATURES, groups)}, args.output)
    print(f"{args.output}: {args.output.stat().st_size} bytes, {len(cases)} pages, bar {bar}")


if __name__ == "__main__":
    main()
