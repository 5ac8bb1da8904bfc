"""A query's text as tokens, so that rules see names and not what stands in strings and comments.

The database has parsed the text as well when a verdict is given: this needs to be right for valid queries only, and
whatever it cannot make out becomes a token that no rule allows anything for.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+)
    | (?P<comment>//[^\r\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<parameter>\$(?:`(?:[^`]|``)*`|\w+))
    | (?P<number>\d\w*(?:\.\d\w*)?|\.\d\w*)
    | (?P<word>\w+)
    | (?P<mark>\.\.|\|\||<>|<=|>=|=~|->|<-|.)
    """,
    re.VERBOSE | re.DOTALL,
)
SILENT: Final = ("space", "comment")
OPENING: Final = {"(": ")", "[": "]", "{": "}"}
CLOSING: Final = frozenset(OPENING.values())


class Token(NamedTuple):
    """One token; `text` of a quoted name or parameter is without its quotes."""

    kind: str
    text: str

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these keywords, in any case; a quoted name never is."""
        return self.kind == "word" and self.text.upper() in words

    @property
    def is_name(self) -> bool:
        """Whether it can be a name, or a part of one."""
        return self.kind in ("word", "quoted")


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text that has no unicode escapes, without white space and comments."""
    found = ((str(match.lastgroup), match.group()) for match in TOKEN.finditer(text))
    return [Token(kind, _bare(kind, piece)) for kind, piece in found if kind not in SILENT]


def closing(found: list[Token], at: int) -> int:
    """Return the place of the bracket that closes the one at `at`; the end where none does."""
    depth = 0
    for place in range(at, len(found)):
        if found[place].kind == "mark":
            depth += (found[place].text in OPENING) - (found[place].text in CLOSING)
            if depth == 0:
                return place
    return len(found)


def name_before(found: list[Token], end: int) -> tuple[str, int]:
    """Return the dotted name whose last part is the token before `end`, and the place of its first part."""
    start = end - 1
    while start >= 2 and found[start - 1].text == "." and found[start - 2].is_name:
        start -= 2
    return "".join(each.text for each in found[start:end]), start


def name_from(found: list[Token], start: int) -> str:
    """Return the dotted name that begins at `start`; empty where no name does."""
    parts: list[str] = []
    while start < len(found) and found[start].is_name:
        parts.append(found[start].text)
        if start + 1 >= len(found) or found[start + 1].text != ".":
            break
        start += 2
    return ".".join(parts)


def _bare(kind: str, piece: str) -> str:
    if kind == "quoted":
        return piece[1:-1].replace("``", "`")
    return piece[1:].strip("`") if kind == "parameter" else piece
