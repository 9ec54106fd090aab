r"""Patterns as people write them to patterns as RE2 runs them.

Enters: a pattern from a rule file. Leaves: an RE2 pattern, or a `PatternError` that says what to write
instead. RE2 is linear in time, and pays for it: no look-around, no back-references, and `\w \d \s \b` know
ASCII only. The classes become Unicode ones here; `\b` becomes the neighbour it asks for, where that says the
same.

Three modes. `key` for what is held against a folded block key: literals are folded in the same way, so a
pattern may be written in mixed case with typographic quotes. `raw` for values taken from the text as read:
case is ignored and a quote stands for any quote. `exact` is `raw` with case.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from cleaner.rules.patterns.boundaries import Writer
from cleaner.rules.patterns.pieces import ANY, EDGE, WORD, Item, Kinds, N, PatternError, W, escape, kinds_of
from cleaner.rules.patterns.refusals import refuse_escape, refuse_group
from cleaner.text.normalise import fold

Mode = Literal["key", "raw", "exact"]

SPACE = r"\s\v\x1c-\x1f\x{85}\p{Z}"
_CLASSES = {"w": WORD, "d": r"\p{Nd}", "s": SPACE, "v": r"\v"}
_POSIX = {
    "alpha": r"\p{L}", "digit": r"\p{Nd}", "alnum": r"\p{L}\p{Nd}", "upper": r"\p{Lu}", "lower": r"\p{Ll}",
    "space": SPACE, "punct": r"\p{P}\p{S}", "word": WORD,
}  # fmt: skip
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "a": "\a"}
_QUOTES = ("'‘’‚‛′´`", '"“”„‟″«»')
# Patterns that mean the same to RE2 as they stand, once they are lower case and fold to themselves: most of
# the generic ones, which would otherwise cost a quarter of a millisecond each at every start.
_PLAIN = re.compile(
    r"(?:[^\\\[\](`]|\\[d.?*+|()\[\]{}^$/:-]|\((?:\?:|(?!\?))|\[\^?(?:[^\\\[\]`]|\\[d.?*+|()\[\]{}^$/:-])+\])*"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_SURROGATE = "half a surrogate pair is no character; write the whole one, as in \\x{1f600}"
MAX_LENGTH = 8_000
MAX_GROUPS = 50


@lru_cache(maxsize=8192)
def translate(pattern: str, mode: Mode = "key", *, consume: bool = True, plain: bool = True) -> str:
    """The RE2 pattern that means what `pattern` says.

    `consume=False` forbids the rewriting of word boundaries that takes in the neighbouring character, for
    patterns whose whole match is replaced. `plain=False` takes no short way. Raises `PatternError`.
    """
    if not pattern.strip():
        raise PatternError("an empty pattern; write what to look for")
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"longer than {MAX_LENGTH} characters; make several rules of it")
    if not pattern.isascii() and _SURROGATE.search(pattern):
        raise PatternError(_NO_SURROGATE)
    if plain and mode == "key" and _PLAIN.fullmatch(pattern) and fold(pattern) == " ".join(pattern.split()):
        return pattern.replace(r"\d", r"\p{Nd}")
    parser = _Parser(unicodedata.normalize("NFC", pattern), mode)
    tree = parser.alternatives(depth=0)
    if parser.at < len(parser.pattern):
        raise PatternError("a ) without (; write \\) for the character")
    body = Writer(consume=consume).alternatives(tree, EDGE, EDGE, captured=False)
    return f"(?i){body}" if mode == "raw" or parser.ignore_case else body


@dataclass(slots=True)
class _Parser:
    pattern: str
    mode: Mode
    at: int = 0
    ignore_case: bool = False
    longer: list[str] = field(default_factory=list)  # members of a set that fold to several characters

    def alternatives(self, depth: int) -> list[list[Item]]:
        if depth > MAX_GROUPS:
            raise PatternError("groups nested too deep")
        found: list[list[Item]] = [[]]
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if char == ")":
                break
            if char == "|":
                self.at += 1
                found.append([])
                continue
            item = self._item(char, depth)
            item.quant = self._quantifier(item)
            found[-1].append(item)
        return found

    def _item(self, char: str, depth: int) -> Item:
        if char == "(":
            return self._group(depth)
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escape()
        self.at += 1
        if char in "^$":
            return Item(char, zero=True)
        if char == ".":
            return Item(".")
        if char in "*+?":
            raise PatternError(f"a {char} with nothing to repeat; write \\{char} for the character")
        return self._literal(char)

    def _group(self, depth: int) -> Item:
        rest = self.pattern[self.at :]
        refuse_group(rest)
        opening = "("
        if rest.startswith("(?"):
            end = next((i for i, c in enumerate(rest) if c in ":)>" and i > 1), 0)
            opening = rest[: end + 1]
            if opening.startswith(("(?P<", "(?<")):
                opening = "(?P<" + opening.split("<", 1)[1]
            elif not set(opening[2:-1]) <= set("imsU-"):
                raise PatternError(f"`{opening}` is not possible in RE2; write (?:…)")
            self.at += end + 1
            if opening.endswith(")"):
                return Item(opening, zero=True)
        else:
            self.at += 1
        groups = self.alternatives(depth + 1)
        if self.at >= len(self.pattern):
            raise PatternError("a ( that is never closed; write \\( for the character")
        self.at += 1
        return Item(opening, groups=groups)

    def _quantifier(self, item: Item) -> str:
        rest = self.pattern[self.at : self.at + 12]
        quant = rest[:1] if rest[:1] in {"*", "+", "?"} else ""
        if rest.startswith("{"):
            inside, closed, _ = rest[1:].partition("}")
            low, _, high = inside.partition(",")
            if closed and low.isdecimal() and (not high or high.isdecimal()):
                if int(low) > 1000 or int(high or 0) > 1000:
                    raise PatternError("RE2 repeats at most 1000 times; write + or use `max:`")
                quant = "{" + inside + "}"
        if not quant:
            return ""
        if item.zero:
            raise PatternError(f"`{item.text}` cannot be repeated; take the {quant} out")
        self.at += len(quant)
        following = self.pattern[self.at : self.at + 1]
        if following == "+":
            raise PatternError(f"possessive `{quant}+` is not possible in RE2, nor needed; write {quant}")
        if following == "?":
            self.at += 1
            quant += "?"
        return quant

    def _escape(self) -> Item:
        if self.at + 1 >= len(self.pattern):
            raise PatternError("a \\ at the end; write \\\\ for the character")
        char = self.pattern[self.at + 1]
        refuse_escape(char)
        if char in "bAz":
            self.at += 2
            return Item(f"\\{char}", zero=True)
        if char.lower() in _CLASSES:
            self.at += 2
            inside = _CLASSES[char.lower()]
            kinds = W if char in "wd" else N if char in "sWv" else ANY
            return Item(f"[{'^' if char.isupper() else ''}{inside}]", kinds)
        if char in "pP":
            return Item(self._property())
        return self._literal(self._character())

    def _property(self) -> str:
        start = self.at
        if self.pattern[start + 2 : start + 3] == "{":
            end = self.pattern.find("}", start)
            if end < 0:
                raise PatternError("\\p{ without }; write \\p{Lu}")
            self.at = end + 1
        else:
            self.at += 3
        return self.pattern[start : self.at]

    def _character(self) -> str:
        """The character that the escape at `at` stands for."""
        char = self.pattern[self.at + 1]
        if char == "x":
            rest = self.pattern[self.at + 2 :]
            digits, size = (
                (rest[1 : rest.find("}")], rest.find("}") + 1) if rest[:1] == "{" else (rest[:2], 2)
            )
            try:
                found = chr(int(digits, 16))
            except (ValueError, OverflowError):
                raise PatternError("\\x needs two digits, or \\x{20ac}") from None
            if _SURROGATE.match(found):
                raise PatternError(_NO_SURROGATE)
            self.at += 2 + size
            return found
        if char.isalnum() and char not in _ESCAPES:
            raise PatternError(
                f"\\{char} means nothing; write {char}, or \\\\{char} for a backslash before it"
            )
        self.at += 2
        return _ESCAPES.get(char, char)

    def _literal(self, char: str) -> Item:
        kinds = kinds_of(char)
        if char == "`":  # folded to an apostrophe only beside characters beyond ASCII
            return Item("['`]" if self.mode == "key" else f"[{_QUOTES[0]}]", kinds)
        if self.mode == "key":
            folded = _folded(char)
            text = "".join(escape(x) for x in folded)
            return Item(text if len(folded) == 1 else f"(?:{text})", kinds)
        for quotes in _QUOTES:
            if char in quotes:
                return Item(f"[{quotes}]", kinds)
        return Item(r"(?:…|\.\.\.)" if char == "…" else escape(char), kinds)

    def _set(self) -> Item:
        self.at += 1
        negated = self.pattern[self.at : self.at + 1] == "^"
        self.at += negated
        parts: list[str] = []
        word = nonword = False
        first = True
        while True:
            char = self.pattern[self.at : self.at + 1]
            if not char:
                raise PatternError("a [ that is never closed; write \\[ for the character")
            if char == "]" and not first:
                self.at += 1
                break
            first = False
            text, kinds = self._member(char)
            parts.append(text)
            word, nonword = word or "word" in kinds, nonword or "nonword" in kinds
        kinds = ANY if word and nonword else W if word else N
        inside = "".join(parts)
        longer, self.longer = self.longer, []
        if negated:
            # What a member folds to stands in the line one by one, and none of it is wanted.
            return Item(f"[^{inside}{''.join(longer)}]", N if WORD in parts else ANY)
        if longer:
            return Item(f"(?:{'|'.join([f'[{inside}]'] * bool(inside) + longer)})", kinds)
        return Item(f"[{inside}]", kinds)

    def _member(self, char: str) -> tuple[str, Kinds]:
        if char == "[" and self.pattern.startswith("[:", self.at):
            name = self.pattern[self.at + 2 :].partition(":]")[0]
            if name not in _POSIX:
                raise PatternError(f"[:{name[:12]}:] is not known; write \\p{{…}}, as in [\\p{{L}}\\p{{Nd}}]")
            self.at += len(name) + 4
            return _POSIX[name], ANY
        if char == "\\":
            following = self.pattern[self.at + 1 : self.at + 2]
            if following in {"W", "S", "V"}:
                raise PatternError(
                    f"\\{following} inside [ ] is not possible here; "
                    f"write (?:\\{following}|[…]), or (?s:.) for [\\s\\S]"
                )
            if following == "D":
                self.at += 2
                return r"\P{Nd}", ANY
            if following in _CLASSES:
                self.at += 2
                return _CLASSES[following], N if following in "sv" else W
            if following in {"p", "P"}:
                return self._property(), ANY
            if following == "b":
                raise PatternError("\\b inside [ ] is not possible in RE2; put it outside")
        low = self._one()
        if self.pattern[self.at : self.at + 1] == "-" and self.pattern[self.at + 1 : self.at + 2] not in {
            "]",
            "",
        }:
            self.at += 1
            return self._range(low, self._one())
        return self._set_literal(low), kinds_of(low)

    def _one(self) -> str:
        char = self.pattern[self.at : self.at + 1]
        if char == "\\" and self.at + 1 < len(self.pattern):
            return self._character()
        self.at += 1
        return char

    def _range(self, low: str, high: str) -> tuple[str, Kinds]:
        if low > high:
            raise PatternError(f"[{low}-{high}] runs backwards; write [{high}-{low}]")
        if self.mode == "key":
            if "A" <= low <= high <= "Z":
                low, high = low.lower(), high.lower()
            elif low != low.casefold() or high != high.casefold():
                self.ignore_case = True
        return f"{escape(low)}-{escape(high)}", W if low.isalnum() and high.isalnum() else ANY

    def _set_literal(self, char: str) -> str:
        if self.mode != "key":
            return next(("".join(q) for q in _QUOTES if char in q), escape(char))
        folded = _folded(char)
        if len(folded) > 1:
            self.longer.append("".join(escape(x) for x in folded))
            return ""
        return escape(folded) if folded else ""


@lru_cache(maxsize=1024)
def _folded(char: str) -> str:
    """One character as it stands inside a folded line; folding alone would trim it."""
    return fold(f"\x01{char}\x01")[1:-1]
