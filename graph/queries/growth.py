"""Values that grow by being put together with themselves.

A list or a text that holds itself twice, thirty times over, has a thousand million items and took a few bytes to write; no
limit on memory sees it before it is read. Each value counts how often the values that it is made of go into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.queries.errors import Refusal, Rule
from graph.queries.text import CLOSING, OPENING, Token, closing

MOST: Final = 256
"""How often a value may go into another, over all the steps between them."""
ONCE: Final = "put each value into another once, and collect rows with collect(…) where a list is to grow"
CLAUSES: Final = ("WITH", "RETURN", "DISTINCT", "UNWIND", "YIELD", "ORDER", "WHERE")
FOLDED: Final = ("CASE", "WHEN", "THEN", "ELSE", "END")


def grown(found: list[Token]) -> Iterator[Refusal]:
    """Yield a refusal where a value goes too often into what a clause names, or twice into itself in a `reduce`."""
    yield from _folded(found)
    times: dict[str, int] = {}
    for at, token in enumerate(found[:-1]):
        if token.is_word("AS") and found[at + 1].is_name:
            name = found[at + 1].text
            times[name] = max(1, sum(times.get(each, 0) for each in _bare(found, _beginning(found, at), at)))
            if times[name] > MOST:
                yield Refusal(Rule.GROWTH, f"{name}, which holds a value {times[name]:,} times over,", ONCE)
                return


def _beginning(found: list[Token], at: int) -> int:
    """Return where the expression begins that ends before `AS` at a place."""
    depth = 0
    for place in range(at - 1, -1, -1):
        token = found[place]
        if token.kind == "mark":
            depth += (token.text in CLOSING) - (token.text in OPENING)
        if depth < 0 or (depth == 0 and (token.text == "," or token.is_word(*CLAUSES))):
            return place + 1
    return 0


def _bare(found: list[Token], start: int, end: int) -> Iterator[str]:
    """Yield the names that stand for whole values: no functions, properties, labels or keys of maps."""
    for at in range(start, end):
        after = found[at + 1].text if at + 1 < len(found) else ""
        before = found[at - 1].text if at else ""
        if found[at].is_name and after not in ("(", ".", ":") and before != ".":
            yield found[at].text


def _folded(found: list[Token]) -> Iterator[Refusal]:
    for at in range(len(found) - 3):
        if found[at].is_name and found[at].text.upper() == "REDUCE" and found[at + 1].text == "(":
            name, end = found[at + 2].text, closing(found, at + 1)
            step = _step(found, at + 2, end)
            if _times(found, step, end, name) > 1:
                yield Refusal(Rule.GROWTH, f"reduce, which puts {name} twice into itself,", ONCE)


def _step(found: list[Token], at: int, end: int) -> int:
    """Return where the step of a `reduce` begins: behind the first `|` in no inner bracket."""
    while at < end and found[at].text != "|":
        at = closing(found, at) + 1 if found[at].kind == "mark" and found[at].text in OPENING else at + 1
    return at + 1


def _times(found: list[Token], start: int, end: int, name: str) -> int:
    """Return how often a value goes into the step's result: branches of a CASE count as the largest, conditions not at all."""
    branches, outside, counted = [0], 0, True
    inside = 0
    for at in range(start, end):
        token = found[at]
        if token.is_word(*FOLDED):
            inside += token.is_word("CASE") - token.is_word("END")
            counted = token.is_word("THEN", "ELSE") or (token.is_word("END") and inside == 0)
            branches.append(0)
        elif counted and name in _bare(found, at, at + 1) and _added(found, at):
            branches[-1] += inside > 0
            outside += inside == 0
    return outside + max(branches)


def _added(found: list[Token], at: int) -> bool:
    """Tell whether a name is added to something, or put into a list, a map or a function; not whether it is multiplied or compared."""
    around = {found[at - 1].text, found[at + 1].text if at + 1 < len(found) else ""}
    return bool(around & {"+", "||", ",", "[", "]"})
