"""Regular expressions that cannot take long: Java tries every way in which repetitions within or after one another may match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.queries.errors import Refusal, Rule
from graph.queries.text import Token

REPETITIONS: Final = 3
PIECE: Final = re.compile(r"\\Q.*?(?:\\E|$)|\\.|\[(?:\\.|[^\]\\])*\]|[()]|[*+]|\{\d+(?:,\d*)?\}|.", re.DOTALL)
ONCE_OR_NOT: Final = frozenset({"{0,1}", "{1}", "{0}"})
INSTEAD: Final = "write CONTAINS, STARTS WITH or ENDS WITH, or a pattern with few repetitions, none within another"


def slow_patterns(found: list[Token], parameters: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield a refusal for each `=~` whose pattern is not known beforehand, or may take long."""
    for at, token in enumerate(found[:-1]):
        if token.text == "=~" and token.kind == "mark":
            pattern = _pattern(found[at + 1], found[at + 2].text if at + 2 < len(found) else "", parameters)
            if pattern is None:
                yield Refusal(Rule.PATTERN, "a regular expression that is put together in the query", "give it as a text or a parameter")
            elif _slow(pattern):
                yield Refusal(Rule.PATTERN, f"the regular expression {pattern[:40]!r}", INSTEAD)


def _pattern(token: Token, after: str, parameters: Mapping[str, Any]) -> str | None:
    """Return the pattern, with nothing added to it; None where it is not known."""
    if after in ("+", "||", "[", "."):
        return None
    if token.kind == "string":
        return token.text[1:-1].replace("\\\\", "\\")
    given = parameters.get(token.text) if token.kind == "parameter" else None
    return given if isinstance(given, str) else None


def _slow(pattern: str) -> bool:
    """Tell whether a pattern repeats more than `REPETITIONS` times, or repeats what repeats."""
    count, groups, last = 0, [False], False
    for piece in PIECE.findall(pattern):
        closed, last = last, False
        if piece == "(":
            groups.append(False)
        elif piece == ")" and len(groups) > 1:
            last = groups.pop()
            groups[-1] = groups[-1] or last
        elif piece in ("*", "+") or (piece[0] == "{" and len(piece) > 1 and piece not in ONCE_OR_NOT):
            count, groups[-1] = count + 1, True
            if closed:
                return True
    return count > REPETITIONS
