"""rules/*.yaml to compiled rules, and the outlet of a page.

Enters: folders of rule files; a `Page`. Leaves: `Rules`, `Outlet`, `Phrases`. Look first at `schema.py`,
which lists every key; then `library.py`, which finds the files, and `outlet.py`, which asks them.
"""

from __future__ import annotations

from cleaner.rules.apply.generic import Phrases
from cleaner.rules.apply.outlet import Outlet
from cleaner.rules.library import Rules

__all__ = ["Outlet", "Phrases", "Rules"]
