"""What an XPath may cost: read off its text before it runs, since nothing stops it once it does.

Enters: an XPath 1.0 expression, the size of a page. Leaves: why it is refused, or about how many steps it
takes there. Look first at `_Path.steps`. An expression is a tree of paths: each predicate is asked once for
every node that the path around it reaches, so nesting multiplies. Known cost: the estimate is of the worst
page of that size; a rule that looks far from many nodes is passed over on a large page that it would have got
through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

# Steps of some 20 ns: under a second for one rule on one page. Measured with libxml2 2.14.
MOST_STEPS = 40_000_000
# libxml2 joins what several nodes find by comparing each with each; that many comparisons cost as one step.
COMPARISONS = 50
MAX_LENGTH, MAX_PREDICATES, MAX_NESTING, MAX_PATHS = 1_000, 40, 4, 100
# Core functions of XPath 1.0. Extensions are none of them: EXSLT's patterns backtrack for ever.
FUNCTIONS = frozenset(
    """last position count id local-name name string concat starts-with contains substring-before
    substring-after substring string-length normalize-space translate boolean not true false lang number sum
    floor ceiling round text node comment""".split()  # noqa: SIM905 - a list of words reads better
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"[^"]*"|'[^']*')|(?P<axis>[\w-]+)\s*::|(?P<call>[\w.:-]+)\s*(?=\()|(?P<foreign>[\w-]+:(?=[\w*])|\$)"""
    r"""|(?P<name>[\w.-]*[^\W\d][\w.-]*|[\d.]*\d[\d.]*)|(?P<sign>//|\.\.|!=|<=|>=|[][/@()*|,=.<>+-]))"""
)
_SUBTREE = frozenset({"descendant", "descendant-or-self", "ancestor", "ancestor-or-self"})
_BESIDE = frozenset({"following-sibling", "preceding-sibling"})
_FAR = frozenset({"following", "preceding"})
_ENDS_PATH = frozenset({",", "|", "=", "!=", "<", ">", "<=", ">=", "+"})


@dataclass(frozen=True, slots=True)
class Size:
    """How large a page is: its elements, how deep they lie, how many one of them holds at most."""

    elements: int
    depth: int
    width: int


# A page as they are; what is too dear there need not be tried on any.
USUAL = Size(elements=1_000, depth=20, width=50)


@dataclass(slots=True)
class _Path:
    absolute: bool = False
    subtree: int = 0
    beside: int = 0
    far: int = 0
    upward: bool = False  # its last step so far is `..`, whose text may be the page's
    inner: list[_Path] = field(default_factory=list)

    def steps(self, size: Size, *, top: bool) -> float:
        """How many steps one evaluation takes, and those of the predicates it asks."""
        n = size.elements
        if top or self.absolute or self.far or self.upward:
            reached = float(n)
        else:
            reached = min(n, size.depth**self.subtree * size.width**self.beside)
        joined = 0.0
        if self.subtree + self.beside > 1:
            joined = reached * reached * size.depth / COMPARISONS
        if self.far and (top or self.subtree):
            joined = reached * n * n / COMPARISONS
        return reached * (1 + sum(x.steps(size, top=False) for x in self.inner)) + joined


@dataclass(frozen=True, slots=True)
class XPathCost:
    """The paths of one expression."""

    paths: tuple[_Path, ...]

    def steps(self, size: Size) -> float:
        return sum(x.steps(size, top=True) for x in self.paths)


@lru_cache(maxsize=512)
def cost(path: str) -> XPathCost:
    """Raises `ValueError`, saying why, for an expression that is refused whatever the page."""
    if len(path) > MAX_LENGTH:
        raise ValueError(f"longer than {MAX_LENGTH} characters; make several rules of it")
    found = XPathCost(tuple(_Reader(path).paths()))
    if found.steps(USUAL) > MOST_STEPS:
        raise ValueError("looks through the page again for every element that it meets; nest less of it")
    return found


class _Reader:
    def __init__(self, path: str) -> None:
        self.text = path
        self.tops: list[_Path] = [_Path()]
        # What holds the path being read: a list of paths for each bracket that is open, and the bracket.
        self.open: list[tuple[str, list[_Path]]] = [("", self.tops)]
        self.predicates = self.count = 0

    def paths(self) -> list[_Path]:
        at, before = 0, ""
        text = self.text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise ValueError(f"`{text[at : at + 12].strip()}` is not read here")
            at = found.end()
            before = self._token(found.lastgroup or "", found.group(found.lastgroup or 0).strip(), before)
        return self.tops

    @property
    def path(self) -> _Path:
        return self.open[-1][1][-1]

    def _token(self, kind: str, text: str, before: str) -> str:
        if kind == "axis":
            self._axis(text)
        elif kind == "call" and text not in FUNCTIONS | {"and", "or", "div", "mod"}:
            raise ValueError(f"{text}() is no function of XPath 1.0; look for it in another way")
        elif kind == "foreign":
            raise ValueError(f"`{text}`: prefixes and variables stand for nothing here; take them out")
        elif kind == "name" and text in {"and", "or"} and before not in {"", "/", "//", "@", "("}:
            self._next()
        elif kind == "sign":
            self._sign(text, before)
        if kind != "sign" and text != "..":
            self.path.upward = False
        return text if kind != "axis" else "::"

    def _axis(self, axis: str) -> None:
        if axis == "namespace":
            raise ValueError("the axis `namespace` finds nothing in a page; take it out")
        self.path.subtree += axis in _SUBTREE
        self.path.beside += axis in _BESIDE
        self.path.far += axis in _FAR

    def _sign(self, sign: str, before: str) -> None:
        path = self.path
        if sign in {"/", "//"}:
            path.absolute = path.absolute or (before in {"", "[", "(", "and", "or", "*/"} | _ENDS_PATH)
            path.subtree += sign == "//"
            path.upward = False
        elif sign == "..":
            path.upward = True
        elif sign == "[":
            self._nest()
        elif sign == "(":
            self.open.append(("(", self.open[-1][1]))
            self._next()
        elif sign in "])":
            if len(self.open) > 1:
                self.open.pop()
        elif sign in _ENDS_PATH:
            self._next()

    def _nest(self) -> None:
        self.predicates += 1
        depth = sum(x == "[" for x, _ in self.open) + 1
        if self.predicates > MAX_PREDICATES or depth > MAX_NESTING:
            raise ValueError(
                f"more than {MAX_PREDICATES} conditions, or {MAX_NESTING} in each other; "
                "make several rules of it"
            )
        inner = self.path.inner
        inner.append(_Path())
        self.open.append(("[", inner))

    def _next(self) -> None:
        """Begin another path beside this one."""
        self.count += 1
        if self.count > MAX_PATHS:
            raise ValueError(f"more than {MAX_PATHS} paths; make several rules of it")
        self.open[-1][1].append(_Path())
