"""Names of files made of names that pages, archives and records have: they cannot leave their folder.

Enters: a source or an id. Leaves: plain names. Look first at `safe_part`.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\%]|[\ud800-\udfff]|^\.\.?$|^~|[. ]$')
_LONGEST = 200  # bytes of a name, so that suffixes still fit into the 255 a file system allows


def kept_name(source: str) -> str:
    """A path below the output folder for a path below the input folder; its whole suffix stays, so that
    `stem.html` and `stem.txt` are two.
    """
    return "/".join(safe_part(part) for part in source.split("/") if part) or "_"


def safe_part(part: str) -> str:
    """One plain file name: what could mean something else is written as %XX, what is too long is cut and
    hashed.
    """
    safe = _UNSAFE.sub(_escaped, part) or "_"
    raw = safe.encode("utf-8", "replace")
    if len(raw) <= _LONGEST:
        return safe
    digest = blake2b(part.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return raw[: _LONGEST - 17].decode("utf-8", "ignore") + "-" + digest


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def folders_of(name: str) -> list[str]:
    """The folders that a name lies in, the outermost first: of `a/b/c` they are `a` and `a/b`."""
    parts = name.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]
