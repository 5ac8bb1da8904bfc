"""Values that grow by being put together with themselves.

A list or a text that holds itself twice, thirty times over, has a thousand million items and took a few bytes to write; no
limit on memory sees it before it is read. Each value counts how often the values that it is made of go into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.queries.errors import Refusal, Rule
from graph.queries.loops import Loop, loops
from graph.queries.text import CLOSING, OPENING, Token, closing

MOST: Final = 256
"""How often a value may go into another, over all the steps between them."""
ONCE: Final = "use each value only once in another; to build a list, use collect(…)"
CLAUSES: Final = ("WITH", "RETURN", "DISTINCT", "UNWIND", "YIELD", "ORDER", "WHERE")
FOLDED: Final = ("CASE", "WHEN", "THEN", "ELSE", "END")


BUILT: Final = 2_000
"""Items from which a `reduce` may build a text or a list, each step of which copies all before it."""
CUT: Final = "limit the list, as in list[..1000]; start a sum with a number, and collect rows with collect(…)"
NUMBER: Final = re.compile(r"-?[\d._]+")


def grown(found: list[Token], parameters: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield a refusal where a value goes too often into what a clause names, twice into itself, or is built from too many items."""
    yield from _folded(found)
    for loop in loops(found, parameters):
        if loop.items > BUILT and (_builds(found, loop, parameters) or _repeats(found, loop)):
            yield Refusal(Rule.GROWTH, f"{loop.name}, which builds a value from an unbounded list,", CUT)
    times: dict[str, int] = {}
    for at, token in enumerate(found[:-1]):
        if token.is_word("AS") and found[at + 1].is_name:
            name = found[at + 1].text
            times[name] = max(1, sum(times.get(each, 0) for each in _bare(found, _beginning(found, at), at)))
            if times[name] > MOST:
                yield Refusal(Rule.GROWTH, f"{name}, which holds a value {times[name]:,} times over,", ONCE)
                return


def _builds(found: list[Token], loop: Loop, parameters: Mapping[str, Any]) -> bool:
    """Tell whether a `reduce` adds to something that may be a text or a list: it begins with no number, or adds what is none."""
    if loop.name != "reduce":
        return False
    name, step = found[loop.start + 2].text, range(loop.body + 1, loop.end)
    if not any(found[at].is_name and found[at].text == name and _added(found, at, "+", "||") for at in step):
        return False
    begin = found[loop.start + 4 : loop.of - 3]
    number = NUMBER.fullmatch("".join(each.text for each in begin)) or (
        len(begin) == 1 and begin[0].kind == "parameter" and isinstance(parameters.get(begin[0].text), int | float)
    )
    return not number or any(found[at].kind == "string" or _is_literal_list(found, at) for at in step)


def _is_literal_list(found: list[Token], at: int) -> bool:
    """Tell whether a bracket opens a list, and not the place in one."""
    before = found[at - 1]
    return found[at].text == "[" and found[at].kind == "mark" and not (before.is_name or before.text in (")", "]"))


def _repeats(found: list[Token], loop: Loop) -> bool:
    """Tell whether a comprehension puts the list that it goes through whole into each of its items."""
    if loop.name != "a list comprehension":
        return False
    names = set(_bare(found, loop.of, loop.body))
    kept = [at for at in range(loop.body, loop.end) if found[at].text == "|" and found[at].kind == "mark"][:1]
    start = kept[0] if kept else loop.end
    return any(each in names and found[at + 1].text != "[" for at in range(start, loop.end) for each in _bare(found, at, at + 1))


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


def _added(found: list[Token], at: int, *marks: str) -> bool:
    """Tell whether a name is added to something, or put into a list or a map; not whether it is multiplied or compared."""
    around = {found[at - 1].text, found[at + 1].text if at + 1 < len(found) else ""}
    return bool(around & set(marks or ("+", "||", ",", "[", "]")))
