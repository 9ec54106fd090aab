"""Addresses of archived, cached and translated copies to the address of the page itself.

Enters: an address, or the head of a page. Leaves: the original's address and when it was captured. Look first
at `original`. The capture is never a page's date.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from cleaner.containers.arc_records import stamp

_SCHEME = r"https?:/{1,2}"
_WAYBACK: Final = re.compile(
    r"https?://(?:web\.archive\.org|(?:www\.)?arquivo\.pt|wayback\.archive-it\.org|webarchive\.\w[\w.-]{3,60}"
    r"|wayback\.\w[\w.-]{3,60}|swap\.stanford\.edu|perma-archives\.org)(?::\d{1,5})?/"
    rf"(?:[\w-]{{1,20}}/){{0,3}}?(\d{{4,14}})(?:[a-z]{{2}}_)?/({_SCHEME}.+|[\w-]+\.[\w.-]+/.*)"
)
_TODAY: Final = re.compile(
    r"https?://(?:www\.)?archive\.(?:today|ph|is|li|md|vn|fo|ec)/"
    rf"(?:(\d{{4}}\.?\d\d\.?\d\d-?\d{{6}}|\d{{14}}|\d{{4,8}})|o/\w{{4,8}}|newest|oldest|timegate)/({_SCHEME}.+)"
)
_AMP: Final = re.compile(
    r"https?://(?:(?:[\w-]{1,100}\.)?(?:cdn\.ampproject\.org|bing-amp\.com)|(?:www\.)?google\.[a-z.]{2,6}/amp)"
    r"/(?:(?:[cvra]|wp|v)/)?(s/)?([\w-]+\.[^/?#]+(?:[/?#].*)?)"
)
_CACHE: Final = re.compile(
    r"https?://webcache\.googleusercontent\.com/search\?(?:[^#]{0,500}&)?q=cache:(?:[\w-]{12}:)?([^&#]+)"
)
_READER: Final = re.compile(r"https?://(?:r\.jina\.ai|12ft\.io)/(?:proxy\?q=)?(https?:/{1,2}.+)")
_MAX = 4_000

_TOOLBAR = re.compile(rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->|__wm\.wombat\(|FILE ARCHIVED ON \d|wombat\.js")
_WOMBAT = re.compile(rb"__wm\.wombat\(\s*[\"']([^\"']{1,2000})[\"']\s*,\s*[\"'](\d{14})[\"']")
_ARCHIVED = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d) (\w{3}) (\d\d), (\d{4})")
_SAVED_FROM = re.compile(rb"<!--\s{0,20}saved from url=\(\d{1,6}\)([^\s>]{1,2000})\s{0,20}-->", re.IGNORECASE)
_CANONICAL = re.compile(
    rb"<link[^>]{0,80}?rel=[\"']?canonical[\"']?[^>]{0,80}?"
    rb"href=[\"'](https?://archive\.[^\"']{1,2000})"
)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {m: n for n, m in enumerate(_NAMES, 1)}


def original(url: str) -> tuple[str, str | None]:
    """The page's own address and the ISO 8601 time of its capture, where the address states one.

    Pure; an address of no known service comes back as it is. A copy of a copy is followed to the page.
    """
    fetched = None
    for _ in range(3):
        if len(url) > _MAX:
            break
        found = _once(url)
        if found is None:
            break
        url, captured = found
        fetched = captured or fetched
    return url, fetched


def _once(url: str) -> tuple[str, str | None] | None:
    for pattern in (_WAYBACK, _TODAY):
        if found := pattern.match(url):
            return _address(found[2]), _time(found[1])
    if found := _AMP.match(url):
        return f"http{'s' if found[1] else ''}://{found[2]}", None
    if found := _CACHE.match(url):
        return _address(unquote(found[1]).replace(" ", "+").partition("+")[0]), None
    if found := _READER.match(url):
        return _address(found[1]), None
    return _translated(url)


def _address(text: str) -> str:
    """With a scheme and both its slashes, which archives drop."""
    if not text.startswith("http"):
        return f"http://{text}"
    return re.sub(r"\A(https?):/{1,2}(?:%2F)?", r"\1://", text)


def _time(digits: str | None) -> str | None:
    digits = re.sub(r"\D", "", digits or "")
    return stamp(digits if len(digits) in (8, 12, 14) else "")


def _translated(url: str) -> tuple[str, str | None] | None:
    """`www-a--b-example.translate.goog`: a hyphen is a dot, two are a hyphen."""
    try:
        split = urlsplit(url)
        host = split.hostname or ""
        query = parse_qsl(split.query, keep_blank_values=True)
    except ValueError:
        return None
    if host.startswith("translate.google.") and (inner := dict(query).get("u", "")).startswith("http"):
        return inner, None
    if not host.endswith(".translate.goog"):
        return None
    own = host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
    scheme = dict(query).get("_x_tr_sch", "https")
    kept = urlencode([(key, value) for key, value in query if not key.startswith("_x_tr_")])
    return urlunsplit(
        (scheme if scheme in ("http", "https") else "https", own, split.path, kept, split.fragment)
    ), None


def captured(page: bytes) -> tuple[str | None, str | None]:
    """What an archive or a browser wrote into the page: its own address and when it was captured.

    Looks at the first and last 64 KB, for the Internet Archive writes its comment at the end.
    """
    head, tail = page[: 2**16], page[-(2**16) :]
    if found := _WOMBAT.search(head):
        return _address(original(found[1].decode("utf-8", "replace"))[0]), stamp(found[2].decode())
    url: str | None = None
    if found := _CANONICAL.search(head):
        copy, fetched = original(found[1].decode("utf-8", "replace"))
        if fetched:
            return copy, fetched
    if found := _SAVED_FROM.search(head):
        url, fetched = original(found[1].decode("utf-8", "replace"))
        if fetched:
            return url, fetched
    if (told := _ARCHIVED.search(tail)) and (month := _MONTHS.get(told[2].decode())):
        return url, f"{told[4].decode()}-{month:02}-{told[3].decode()}T{told[1].decode()}Z"
    return url, None


def has_toolbar(page: bytes) -> bool:
    """Whether the Internet Archive's own markup stands in the page."""
    return bool(_TOOLBAR.search(page[: 2**16]) or _TOOLBAR.search(page[-(2**16) :]))
