"""One JSON-LD script of a page, parsed the first time that anybody asks, and then for all who ask.

Enters: the text of a script. Leaves: its value. Fields, field rules and the judge read the same scripts;
each mends what is broken in its own way, or passes it over. Values are shared: nobody may change them.
"""

from __future__ import annotations

from typing import Any

import orjson

from cleaner.lazy import lazy


class Script(str):  # noqa: SLOT000 - the value needs a place
    """A script's text that keeps what it was parsed to."""

    @lazy
    def value(self) -> Any:  # noqa: ANN401 - JSON
        return _strict(str(self))


def value(script: str) -> Any:  # noqa: ANN401 - JSON
    """What a script holds, if it is strict JSON, else None. A plain string is parsed each time."""
    return script.value if isinstance(script, Script) else _strict(script)


def _strict(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return orjson.loads(text)
    except ValueError:
        return None
