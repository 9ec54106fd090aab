"""What other dialects of patterns have and RE2 has not, and what to write instead.

Enters: what stands in a pattern. Leaves: nothing, or a `PatternError` with the remedy.
"""

from __future__ import annotations

from cleaner.rules.patterns.pieces import PatternError

_GROUPS = {
    "(?=": "look-ahead", "(?!": "negative look-ahead", "(?<=": "look-behind", "(?<!": "negative look-behind",
    "(?>": "an atomic group", "(?P=": "a back-reference", "(?(": "a conditional", "(?#": "a comment",
}  # fmt: skip
_REMEDIES = {
    "(?=": "match what follows as part of the pattern, and put the wanted part into a group",
    "(?!": "write the pattern for what may follow, or a `keep:` rule for the exceptions",
    "(?<=": "match what stands before as part of the pattern, and put the wanted part into a group",
    "(?<!": "write the pattern for what may stand before, or a `keep:` rule for the exceptions",
    "(?>": "write (?:…); RE2 never backtracks",
    "(?P=": "write the alternatives out",
    "(?(": "write the alternatives out with |",
    "(?#": "use a YAML comment",
}
_ESCAPES = {
    "u": "write the character itself or \\x{00e9}", "U": "write the character itself or \\x{1f600}",
    "Z": "write $", "h": "write [ \\t] or \\s", "K": "put the wanted part into a group", "R": "write \\n",
    "X": "write .", "G": "write ^", "C": "write .", "N": "write the character itself",
    "k": "write the alternatives out", "g": "write the alternatives out",
    "B": "name the neighbours, as in [a-z]",
    "Q": "escape each character with \\", "E": "escape each character with \\",
}  # fmt: skip


def refuse_group(rest: str) -> None:
    """Refuse a pattern whose rest opens a group that RE2 does not have."""
    for opening, name in _GROUPS.items():
        if rest.startswith(opening):
            raise PatternError(f"{name} `{opening}…)` is not possible in RE2; {_REMEDIES[opening]}")


def refuse_escape(char: str) -> None:
    """Refuse a letter after a backslash that says nothing to RE2, or something else than meant."""
    if char.isdecimal() and char != "0":
        raise PatternError(f"back-reference \\{char} is not possible in RE2; write the alternatives out")
    if char in _ESCAPES:
        raise PatternError(f"\\{char} is not possible in RE2; {_ESCAPES[char]}")
