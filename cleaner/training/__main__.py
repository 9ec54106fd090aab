"""`python -m cleaner.training html|text|page-kind CORPORA [options]`: learn one judge anew."""

import sys
from importlib import import_module

JUDGES = {"html": "train_html", "text": "train_text", "page-kind": "train_page_kind"}


def main(argv: list[str]) -> int:
    """Exit code 2 for a judge that there is not."""
    if not argv or argv[0] not in JUDGES:
        print(f"usage: python -m cleaner.training {'|'.join(JUDGES)} CORPORA [options]", file=sys.stderr)
        return 2
    import_module(f"cleaner.training.{JUDGES[argv[0]]}").main(argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
