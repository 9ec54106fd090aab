"""`python -m cleaner.training JUDGE CORPORA [options]`: learn one judge anew, or `all` in their order.

What a page is, is learned last, on the scores of the region.
"""

import sys
from importlib import import_module

JUDGES = {"html": "html", "text": "text", "page-kind": "status"}


def main(argv: list[str]) -> int:
    """Exit code 2 for a judge that there is not."""
    chosen = [*JUDGES] if argv[:1] == ["all"] else argv[:1]
    if not chosen or chosen[0] not in JUDGES:
        print(f"usage: python -m cleaner.training all|{'|'.join(JUDGES)} CORPORA [options]", file=sys.stderr)
        return 2
    for judge in chosen:
        import_module(f"cleaner.training.{JUDGES[judge]}").main(argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
