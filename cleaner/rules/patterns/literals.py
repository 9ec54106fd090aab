r"""What a line must hold before a pattern can be found in it: literals, read off the pattern.

Enters: RE2 patterns as `dialect.translate` makes them. Leaves: for each whether it may begin with any words,
and literals of which any line it is found in holds one. Line ends stand for `^` and `$`, so a literal may
say where it wants to stand. Sound, not complete: of what is not understood nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Literals = frozenset[str]

EDGE = "\n"
# Beyond so many literals one is as good as none.
_FEW, _MANY = 200, 500
_TOKEN = re.compile(
    r"""(?P<text>[^\\\[\](){}|?*+^$.]+)|(?P<escape>\\(?:[pP](?:\{\w+\}|\w)|x\{\w+\}|.))
    |(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\[pP](?:\{\w+\}|\w)|\\x\{\w+\}|\\.|[^\]\\])*\])
    |(?P<open>\((?:\?:|\?P<\w+>)?)|(?P<bar>\|)|(?P<close>\))
    |(?P<often>(?:[?*+]|\{\d+(?:,\d*)?\})\??)|(?P<edge>[\^$])|(?P<any>\.)""",
    re.DOTALL | re.VERBOSE,
)
_SMALL_SET = re.compile(r"\[[^\\\]^\[-]{1,4}\]")
# Signs that are as rare in a line as three letters in a row.
_RARE = frozenset("©®™@#$£€|/()[]")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a piece of a pattern says of the text it matches.

    `exact` is all it can match; else any text it matches holds one of `needs`, unless that is None. `whole`
    and `rest` say the same of a group of alternatives: either the text is one of `whole`, or it holds one of
    `rest`. `roams`: it may begin with any words. `passes`: a line may begin anyhow before what follows it.
    """

    exact: Literals | None = None
    needs: Literals | None = None
    whole: Literals = frozenset()
    rest: Literals | None = None
    roams: bool = False
    passes: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """What a pattern asks of a line: one of `needles`, or nothing; `roams`: it may begin with any words."""

    needles: Literals | None = None
    roams: bool = False


_NOTHING = frozenset([""])
_LETTERS = re.compile(r"a-z|\\p\{?L|\\w")


def demand(pattern: str) -> Demand:
    """What the pattern asks of every line that it is found in."""
    try:
        parser = _Parser(pattern)
        part = parser.alternatives()
    except _Unread:
        return Demand()
    return Demand(_demand(part), part.roams) if parser.at == len(parser.tokens) else Demand()


def rarity(literals: Literals) -> float:
    """About how many letters the commonest of the literals has; a line's edge counts for some."""
    return min(map(_weight, literals)) - len(literals) / 2_000


def _weight(literal: str) -> float:
    body = literal.strip(EDGE)
    letters = sum(1.0 if c.isalpha() else 3.0 if c in _RARE else 0.6 for c in body)
    return letters + 1.5 * (len(literal) - len(body)) if letters >= 1 else 0.0


def _demand(part: _Part) -> Literals | None:
    if part.exact is not None:
        return None if "" in part.exact else part.exact
    return part.needs


def _rarer(one: Literals | None, other: Literals | None) -> Literals | None:
    if one is None or other is None:
        return other if one is None else one
    return one if rarity(one) >= rarity(other) else other


class _Unread(Exception):  # noqa: N818 - no error: such a pattern needs nothing
    """The pattern has something that only RE2 reads."""


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.tokens = [(x.lastgroup, x.group()) for x in _TOKEN.finditer(pattern)]
        self.at = 0
        if pattern.startswith("(?i") or "".join(x for _, x in self.tokens) != pattern:
            raise _Unread

    def alternatives(self) -> _Part:
        branches = [self._sequence()]
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "bar":
            self.at += 1
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        whole = frozenset[str]().union(*(x.exact for x in branches if x.exact is not None))
        demands = [x.needs for x in branches if x.exact is None]
        roams, passes = any(x.roams for x in branches), any(x.passes for x in branches)
        if not demands and len(whole) <= _MANY:
            return _Part(exact=whole, roams=roams, passes=passes)
        if None in demands:
            return _Part(roams=roams, passes=passes)
        rest = frozenset[str]().union(*(x for x in demands if x is not None))
        needs = None if "" in whole else whole | rest
        return _Part(needs=needs, whole=whole, rest=rest, roams=roams, passes=passes)

    def _sequence(self) -> _Part:
        run, best, exact = _NOTHING, None, True
        roams, front = False, True
        while self.at < len(self.tokens) and self.tokens[self.at][0] not in {"bar", "close"}:
            for part in self._parts():
                roams = roams or (front and part.roams)
                front = front and part.passes
                if part.exact is not None and _fits(run, part.exact):
                    run = frozenset(_glue(x, y) for x in run for y in part.exact)
                    continue
                exact = False
                if part.rest is not None and _fits(run, part.whole):
                    grown = frozenset(_glue(x, y) for x in run for y in part.whole)
                    best = _rarer(best, None if "" in grown else grown | part.rest)
                best = _rarer(_rarer(best, None if "" in run else run), part.needs)
                run = _NOTHING if part.exact is None else part.exact
        if exact:
            return _Part(exact=run, roams=roams, passes=front)
        return _Part(needs=_rarer(best, None if "" in run else run), roams=roams, passes=front)

    def _parts(self) -> list[_Part]:
        """The next piece, repeated; two pieces where only the last letter of a text is repeated."""
        kind, text = self.tokens[self.at]
        self.at += 1
        part = self._group() if kind == "open" else _single(kind, text)
        often = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if often[0] != "often":
            return [part]
        self.at += 1
        if kind != "text" or len(text) == 1:
            return [_repeated(part, often[1])]
        return [_Part(frozenset([text[:-1]])), _repeated(_Part(frozenset([text[-1]])), often[1])]

    def _group(self) -> _Part:
        part = self.alternatives()
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != "close":
            raise _Unread
        self.at += 1
        return part


def _fits(run: Literals, more: Literals) -> bool:
    size = len(run) * len(more)
    return size <= _FEW or (min(len(run), len(more)) == 1 and size <= _MANY)


def _glue(one: str, other: str) -> str:
    """Both, one after the other; a line has one edge however often a pattern asks for it."""
    return one + other[1:] if one.endswith(EDGE) and other.startswith(EDGE) else one + other


def _single(kind: str | None, text: str) -> _Part:
    if EDGE in text or text == r"\x":
        raise _Unread  # a line end that is no edge; a number whose digits stand in the next token
    if kind == "text":
        return _Part(frozenset([text]))
    if kind == "edge":
        return _Part(frozenset([EDGE]), passes=True)
    if kind == "set" and _SMALL_SET.fullmatch(text):
        return _Part(frozenset(text[1:-1]))
    if kind == "escape" and not text[1].isalnum():
        return _Part(frozenset([text[1]]))
    if kind == "escape" and text[1] not in "pPxdDsSwW":
        raise _Unread  # an assertion, or a sign we do not know
    if kind in {"set", "escape", "any"}:
        # A class of letters, or of all but some signs.
        return _Part(passes=kind == "any" or bool(_LETTERS.search(text)) != text.startswith(("[^", r"\P")))
    raise _Unread


def _repeated(part: _Part, often: str) -> _Part:
    many = not often.startswith(("?", "{1}", "{2}", "{0,1}", "{0,2}", "{1,2}"))
    roams = part.roams or (many and part.passes and part.exact is None)
    if often[0] == "?" and part.exact is not None:
        return _Part(part.exact | _NOTHING, roams=roams, passes=True)
    if often[0] in "?*" or often.startswith(("{0", "{,")):
        return _Part(roams=roams, passes=True)
    return _Part(needs=_demand(part), roams=roams, passes=part.passes)
