"""The old name of `python -m cleaner.training page-kind`, kept working."""

import sys

from cleaner.training.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["page-kind", *sys.argv[1:]]))
