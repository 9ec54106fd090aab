"""The old name of `python -m cleaner.training html`, kept working."""

import sys

from cleaner.training.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["html", *sys.argv[1:]]))
