"""Clauses that write, wherever in a text they stand: a plan leaves out what it knows to come to nothing, as under `WHERE false`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.queries.errors import Refusal, Rule
from graph.queries.text import Token

READ_ONLY: Final = "queries are read-only; use `creatorgraph import` or mutations to change data"

MAKING: Final = ("CREATE", "MERGE", "INSERT", "FOREACH")
"""Followed by a pattern, or by the bracket of a list."""
CHANGING: Final = ("SET", "REMOVE")
"""Followed by a property, a label or a whole node."""
DELETING: Final = ("DELETE", "DETACH", "NODETACH")

OPERANDS: Final = [
    "WHERE",
    "AND",
    "OR",
    "XOR",
    "NOT",
    "RETURN",
    "WITH",
    "BY",
    "IN",
    "AS",
    "WHEN",
    "THEN",
    "ELSE",
    "CASE",
    "DISTINCT",
    "UNWIND",
    "SKIP",
    "LIMIT",
    "OFFSET",
    "CONTAINS",
    "YIELD",
    "IS",
    "ASC",
    "DESC",
]
"""Keywords that a variable may follow, even one that is called like a clause."""
JOINING: Final = (
    "AND",
    "OR",
    "XOR",
    "IN",
    "AS",
    "IS",
    "STARTS",
    "ENDS",
    "CONTAINS",
    "WHERE",
    "RETURN",
    "WITH",
    "ORDER",
    "THEN",
    "ELSE",
    "END",
)
"""Keywords that may follow a variable."""


def writes(found: list[Token]) -> Iterator[Refusal]:
    """Yield a refusal for the first clause of each kind that writes."""
    seen: set[str] = set()
    for at, token in enumerate(found):
        name = token.text.upper()
        if token.kind == "word" and name not in seen and _may_begin(found, at) and _is_clause(name, found, at + 1):
            seen.add(name)
            yield Refusal(Rule.QUERY_TYPE, f"{name}, which writes,", READ_ONLY)


def _may_begin(found: list[Token], at: int) -> bool:
    """Tell whether a clause may begin at a place: at the start, in a subquery, or behind something that is complete."""
    if at == 0:
        return True
    before = found[at - 1]
    if before.kind == "mark":
        return before.text in (")", "]", "}", "{", "|")
    return not before.is_word(*OPERANDS)


def _is_clause(name: str, found: list[Token], at: int) -> bool:
    """Tell whether a clause of this name goes on at a place."""
    after, next_ = (found[place] if place < len(found) else Token("mark", "") for place in (at, at + 1))
    opens = after.kind == "mark" and after.text == "("
    if name in MAKING:
        return opens or (after.is_name and next_.kind == "mark" and next_.text == "=")
    if name in CHANGING:
        return opens or (after.is_name and next_.kind == "mark" and next_.text in (".", ":", "=", "+", "["))
    return name in DELETING and (opens or (after.is_name and not after.is_word(*JOINING)))
