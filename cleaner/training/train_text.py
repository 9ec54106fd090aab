"""Learn the region of text dumps: `python -m cleaner.training text CORPORA [-o FILE] [--validate]`.

One boosted judge of the lines that the generic rules and shapes leave in a dump of a whole page. More dumps
are made from annotated HTML pages than the corpora of texts have. Outlets' rules take no part: what is
learned must hold for outlets without any. Validation is by publisher, through the whole judgement.
"""

from __future__ import annotations

import argparse
import html
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.fields import headlines
from cleaner.judge.lines import measure
from cleaner.judge.region.text_features import FEATURES, GROUP_OF, rows
from cleaner.judge.region.text_region import BARS, PARAMETERS, choose, is_dump
from cleaner.judge.steps import before_region
from cleaner.read.decode import decode
from cleaner.read.text_reader import read_text
from cleaner.rules.format.folders import layers, sources
from cleaner.rules.library import Rules
from cleaner.training.boost import fit, fold_of, save, table
from cleaner.training.corpora import Sample, samples
from cleaner.training.labels import shares, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.rules import Phrases

TEXTS = ["text-dump", "text-extracted"]
PAGES = ["wcxb-articles"]
FOLDS = 5
ROUNDS = 150
# A page of whose gold text the best choice of lines finds less than this teaches nothing.
LEAST_FOUND = 0.7
_DROPPED = re.compile(r"(?is)<(script|style|noscript|template|svg|head)\b.*?</\1\s*>")
_BREAK = re.compile(
    r"(?i)</?(?:address|article|aside|blockquote|body|br|button|caption|center|dd|details|dialog|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|legend|li|main|menu|nav|ol|option|p|pre|section"
    r"|select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul|video)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Case:
    """One text made ready: features, labels, weights and words of the lines that rules left."""

    corpus: str
    group: str
    is_dump: bool
    rows: list[list[float]]
    labels: list[float]
    weights: list[float]
    words: list[Counter[str]]
    gold: Counter[str]


def dump(data: bytes) -> str:
    """Every text of an HTML page, a line for each block-level element, as careless crawlers make it."""
    text = _DROPPED.sub("", decode(data)[0])
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return "\n".join(line for line in (" ".join(x.split()) for x in text.split("\n")) if line)


def texts(corpora: Path) -> Iterator[tuple[Sample, str]]:
    """The annotated texts, and dumps of annotated pages that no text was made of."""
    seen = set()
    for sample in samples(corpora, TEXTS):
        seen.add(sample.id)
        yield sample, sample.data.decode("utf-8", "replace")
    for sample in samples(corpora, PAGES):
        if f"{sample.corpus}/{sample.id}" not in seen and sample.body:
            yield sample, dump(sample.data)


def prepare(corpora: Path) -> list[Case]:
    """All texts as cases."""
    phrases = Rules([x for x in sources(layers(())) if x.kind == "generic"]).phrases
    return [case for sample, text in texts(corpora) if (case := _case(sample, text, phrases)) is not None]


def _case(sample: Sample, text: str, phrases: Phrases) -> Case | None:
    page = read_text(text, url=sample.url, source=None, charset=None)
    if not page.blocks or not sample.body:
        return None
    lines = measure(page.blocks, phrases)
    view = before_region(page, lines, None, headlines(page, None)).view
    live = [i for i, gone in enumerate(view.gone) if not gone]
    labels = shares([b.text for b in page.blocks], sample.body)
    words = [Counter(tokens(b.text)) for b in page.blocks]
    gold = Counter(tokens(sample.body))
    best = sum((w for w, label in zip(words, labels, strict=True) if label > 0.5), Counter())
    sizes = [max(2, lines.words[i]) ** 0.7 for i in live]
    whole = max(30.0, sum(s * labels[i] for s, i in zip(sizes, live, strict=True)) + 1.0)
    weight = 50.0 / whole if _f1(best, gold) >= LEAST_FOUND else 0.0
    return Case(
        sample.corpus, sample.group, is_dump(view), rows(view), [labels[i] for i in live],
        [s * weight for s in sizes], [words[i] for i in live], gold,
    )  # fmt: skip


def _f1(kept: Counter[str], gold: Counter[str]) -> float:
    both = sum(kept.values()) + sum(gold.values())
    return 2 * sum((kept & gold).values()) / both if both else 1.0


def train(cases: Sequence[Case]) -> Any:  # noqa: ANN401
    """A judge of the lines of dumps."""
    import numpy as np  # noqa: PLC0415

    chosen = [c for c in cases if c.is_dump and c.rows]
    return fit(
        np.vstack([np.asarray(c.rows, dtype=np.float64) for c in chosen]),
        np.concatenate([c.labels for c in chosen]),
        np.concatenate([c.weights for c in chosen]),
        rounds=ROUNDS,
        params={"objective": "cross_entropy"},
    )


def validate(cases: Sequence[Case]) -> None:
    """Print words F1 and recall a corpus, each text judged by a judge that saw nothing of its publisher."""
    import numpy as np  # noqa: PLC0415

    figures: dict[str, list[tuple[float, float]]] = {}
    for fold in range(FOLDS):
        judge = train([c for c in cases if fold_of(c.group, FOLDS) != fold])
        for case in cases:
            if fold_of(case.group, FOLDS) != fold:
                continue
            kept = case.words
            if case.is_dump and case.rows:
                scores = judge.predict(np.asarray(case.rows, dtype=np.float64), raw_score=True)
                stays = choose(case.rows, list(scores), BARS["balanced"])
                kept = [w for w, stay in zip(kept, stays, strict=True) if stay] or kept
            total = sum(kept, Counter())
            recall = sum((total & case.gold).values()) / max(1, sum(case.gold.values()))
            figures.setdefault(case.corpus, []).append((_f1(total, case.gold), recall))
    for corpus, found in figures.items():
        words, recall = (statistics.mean(column) for column in zip(*found, strict=True))
        print(f"{corpus:16} n={len(found):<4} words={words:.4f} recall={recall:.4f}")


def main(argv: Sequence[str] | None = None) -> None:
    """Train on all texts and write the parameters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of NAME/dev/gold.jsonl with pages beside it")
    parser.add_argument("-o", "--output", type=Path, default=PARAMETERS)
    parser.add_argument("--validate", action="store_true", help="cross-validate by publisher first")
    args = parser.parse_args(argv)
    cases = prepare(args.corpora)
    if args.validate:
        validate(cases)
    save(table(train(cases), FEATURES, GROUP_OF), args.output)
    print(f"{args.output}: {args.output.stat().st_size} bytes, {len(cases)} texts")


if __name__ == "__main__":
    main()
