"""`python -m cleaner` is `clean`."""

import sys

if not sys.flags.safe_path and sys.path:
    # Python put the current folder there, which may be a crawl with an `orjson.py` in it.
    del sys.path[0]

from cleaner.cli import main

sys.exit(main())
