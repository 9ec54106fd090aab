"""Learn the region of text dumps: `python -m cleaner.training text CORPORA [-o FILE] [--validate]`.

One boosted judge of the lines that the generic rules and shapes leave in the text of a whole page, plain or
Markdown. More dumps are made from annotated HTML pages than the corpora of texts have. Outlets' rules take no
part: what is learned must hold for outlets without any. Validation is by publisher or by annotator, through
the whole judgement.
"""

from __future__ import annotations

import argparse
import html
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.fields import headlines
from cleaner.judge.lines import measure
from cleaner.judge.region.text_features import FEATURES, GROUP_OF, rows
from cleaner.judge.region.text_region import BARS, PARAMETERS, choose, is_dump
from cleaner.judge.steps import before_region
from cleaner.read import read
from cleaner.read.decode import decode
from cleaner.rules.format.folders import layers, sources
from cleaner.rules.library import Rules
from cleaner.training.boost import fit, fold_of, save, table
from cleaner.training.corpora import AnnotatedPage, samples
from cleaner.training.labels import shares
from cleaner.training.unseen import f1, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.rules import Phrases

TEXTS = ["text-dump", "text-extracted", "text-resiliparse", "text-markdown"]
PAGES = ["wcxb-articles", "magic-html", "omnivore", "readability-js"]
# What a text weighs: Markdown is rare and alone says what is link; tools drew the line of two corpora.
TRUST: Mapping[str, float] = {"text-markdown": 1.5, "magic-html": 0.5, "omnivore": 0.5, "readability-js": 0.5}
FOLDS = 5
ROUNDS = 200
PARAMS: dict[str, Any] = {
    "objective": "cross_entropy", "learning_rate": 0.07, "min_data_in_leaf": 100, "feature_fraction": 0.35,
    "lambda_l2": 15.0,
}  # fmt: skip
# A page of whose gold text the best choice of lines finds less than this teaches nothing.
LEAST_FOUND = 0.7
# A line is the body's where this share of its words is; a text that loses more F1 than this was made worse.
_MOSTLY, _WORSE = 0.6, 0.01
_DROPPED = re.compile(r"(?is)<(script|style|noscript|template|svg|head)\b.*?</\1\s*>")
_BREAK = re.compile(
    r"(?i)</?(?:address|article|aside|blockquote|body|br|button|caption|center|dd|details|dialog|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|legend|li|main|menu|nav|ol|option|p|pre|section"
    r"|select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul|video)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class TextCase:
    """One text made ready: features, labels, weights and words of the lines that rules left.

    `untouched` and `perfect` are the words F1 of the whole text and of the best choice of its lines.
    """

    corpus: str
    group: str
    annotator: str
    is_dump: bool
    rows: list[list[float]]
    labels: list[float]
    weights: list[float]
    words: list[Counter[str]]
    gold: Counter[str]
    untouched: float
    perfect: float


def dump(data: bytes) -> str:
    """Every text of an HTML page, a line for each block-level element, as careless crawlers make it."""
    text = _DROPPED.sub("", decode(data)[0])
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return "\n".join(line for line in (" ".join(x.split()) for x in text.split("\n")) if line)


def texts(corpora: Path) -> Iterator[tuple[AnnotatedPage, str]]:
    """The annotated texts, and dumps of annotated pages that no text was made of."""
    seen = set()
    for sample in samples(corpora, TEXTS):
        if sample.corpus == TEXTS[0]:
            seen.add(sample.id)
        yield sample, sample.data.decode("utf-8", "replace")
    for sample in samples(corpora, PAGES):
        if f"{sample.corpus}/{sample.id}" not in seen and sample.body:
            yield sample, dump(sample.data)


def prepare(corpora: Path) -> list[TextCase]:
    """All texts as cases."""
    phrases = Rules([x for x in sources(layers(())) if x.kind == "generic"]).phrases
    return [case for sample, text in texts(corpora) if (case := _case(sample, text, phrases)) is not None]


def _case(sample: AnnotatedPage, text: str, phrases: Phrases) -> TextCase | None:
    page = read(text, url=sample.url, source=None, kind="text")
    if not page.blocks or not sample.body:
        return None
    lines = measure(page.blocks, phrases.about(page))
    view = before_region(page, lines, None, headlines(page, None)).view
    live = [i for i, gone in enumerate(view.gone) if not gone]
    labels = shares([b.text for b in page.blocks], sample.body)
    bags = [Counter(words(b.text)) for b in page.blocks]
    gold = Counter(words(sample.body))
    best = _bag(w for w, label in zip(bags, labels, strict=True) if label > 0.5)
    lined = [bag for line in text.splitlines() if (bag := Counter(words(line)))]
    untouched = f1(_bag(lined), gold)
    sizes = [max(2, lines.words[i]) ** 0.7 for i in live]
    whole = max(30.0, sum(s * labels[i] for s, i in zip(sizes, live, strict=True)) + 1.0)
    weight = TRUST.get(sample.corpus, 1.0) * 50.0 / whole if f1(best, gold) >= LEAST_FOUND else 0.0
    return TextCase(
        sample.corpus, sample.group, sample.annotator, is_dump(view), rows(view), [labels[i] for i in live],
        [s * weight for s in sizes], [bags[i] for i in live], gold, untouched,
        max(untouched, f1(_perfect(lined, gold), gold)),
    )  # fmt: skip


def _bag(lines: Iterable[Counter[str]]) -> Counter[str]:
    """All words of some lines."""
    total: Counter[str] = Counter()
    for line in lines:
        total.update(line)
    return total


def _perfect(lines: Iterable[Counter[str]], gold: Counter[str]) -> Counter[str]:
    """The words of the lines most of whose words are the body's, each word of the body given out once."""
    left, kept = Counter(gold), Counter[str]()
    for line in lines:
        if (line & left).total() >= _MOSTLY * line.total():
            kept.update(line)
            left -= line
    return kept


def train(cases: Sequence[TextCase]) -> Any:  # noqa: ANN401
    """A judge of the lines of dumps."""
    import numpy as np  # noqa: PLC0415

    chosen = [c for c in cases if c.is_dump and c.rows]
    return fit(
        np.vstack([np.asarray(c.rows, dtype=np.float64) for c in chosen]),
        np.concatenate([c.labels for c in chosen]),
        np.concatenate([c.weights for c in chosen]),
        rounds=ROUNDS,
        params=PARAMS,
    )


def held_out(cases: Sequence[TextCase], by: str) -> Iterator[tuple[list[TextCase], list[TextCase]]]:
    """Cases to train on and cases to judge: parted by publisher, or by annotator and publisher."""
    if by == "publisher":
        for fold in range(FOLDS):
            inside = [fold_of(c.group, FOLDS) == fold for c in cases]
            yield [c for c, x in zip(cases, inside, strict=True) if not x], list(compress(cases, inside))
        return
    for annotator in sorted({c.annotator for c in cases if c.corpus in TEXTS}):
        held = [c for c in cases if c.annotator == annotator]
        groups = {c.group for c in held}
        yield [c for c in cases if c.annotator != annotator and c.group not in groups], held


def validate(cases: Sequence[TextCase], by: str) -> None:
    """Print figures a corpus, each text judged by a judge that saw nothing of what is held out.

    Words F1, the share gained of what a perfect choice of lines would gain, the share of texts made worse.
    """
    import numpy as np  # noqa: PLC0415

    figures: dict[str, list[tuple[float, float, float]]] = {}
    for known, held in held_out(cases, by):
        judge = train(known)
        for case in held:
            kept = case.words
            if case.is_dump and case.rows:
                scores = judge.predict(np.asarray(case.rows, dtype=np.float64), raw_score=True)
                stays = choose(case.rows, list(scores), BARS["balanced"])
                kept = list(compress(kept, stays)) or kept
            found = f1(_bag(kept), case.gold)
            name = case.corpus if by == "publisher" else f"{case.corpus} of {case.annotator}"
            figures.setdefault(name, []).append((found, case.untouched, case.perfect))
    for name, rows_ in sorted(figures.items()):
        room = sum(perfect - untouched for _, untouched, perfect in rows_) or 1.0
        gain = sum(found - untouched for found, untouched, _ in rows_) / room
        hurt = statistics.mean(found < untouched - _WORSE for found, untouched, _ in rows_)
        words_ = statistics.mean(found for found, _, _ in rows_)
        print(f"{name:32} n={len(rows_):<4} words={words_:.4f} gain={gain:.3f} hurt={hurt:.3f}")


def main(argv: Sequence[str] | None = None) -> None:
    """Train on all texts and write the parameters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of NAME/dev/gold.jsonl with pages beside it")
    parser.add_argument("-o", "--output", type=Path, default=PARAMETERS)
    parser.add_argument("--validate", action="store_true", help="cross-validate first")
    parser.add_argument(
        "--by", choices=["annotator", "publisher"], default="publisher", help="what is held out"
    )
    args = parser.parse_args(argv)
    cases = prepare(args.corpora)
    if args.validate:
        validate(cases, args.by)
    save(table(train(cases), FEATURES, GROUP_OF), args.output)
    print(f"{args.output}: {args.output.stat().st_size} bytes, {len(cases)} texts")


if __name__ == "__main__":
    main()
