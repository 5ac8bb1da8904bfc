"""How much one expression may do.

The database ends a query between two rows, or where it touches the store; an expression that does neither it cannot end:
`reduce` over a range of ten thousand million numbers holds a core for minutes after its time is up. So lists that nothing
bounds are looped over row by row (`UNWIND`), which ends in time, and here only as far as they are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

from graph.queries.errors import Refusal, Rule
from graph.queries.text import Token, closing

LARGE: Final = 1_000_000
"""Items of a list that nothing bounds: as many as are collected within the memory of a query, roughly."""
OF_A_PATH: Final = 10
"""Items of `nodes(path)`, `labels(node)` and the like, roughly."""
MOST: Final = 10_000_000
"""Steps of loops within loops; three seconds on a busy machine."""

WHOLE: Final = re.compile(r"\d[\d_]*")
QUANTIFIERS: Final = ("ALL", "ANY", "NONE", "SINGLE")
SHORT: Final = ("LABELS", "KEYS", "NODES", "RELATIONSHIPS")
SAME_LENGTH: Final = ("REVERSE", "TAIL")
UNWIND_INSTEAD: Final = "write UNWIND range(…) AS i, which can be ended row by row, or give its bounds as numbers or as size(list)"
CUT: Final = "cut the lists to what is needed, as in list[..100], or write UNWIND list AS item"


class Loop(NamedTuple):
    """A `reduce`, a quantifier or a list comprehension: the places of its list, of what is done for each item, and of its end."""

    name: str
    start: int
    of: int
    body: int
    end: int
    items: float


def loops(found: list[Token], parameters: Mapping[str, Any]) -> list[Loop]:
    """Return the loops over lists within expressions, in the order of the text."""
    return [loop for at in range(len(found)) if (loop := _loop(found, at, parameters))]


def nested(found: list[Token], parameters: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield a refusal where loops within loops may take too many steps for one expression."""
    all_loops = loops(found, parameters)
    for inner in all_loops:
        around = [outer for outer in all_loops if outer.body <= inner.start and inner.end <= outer.end and outer != inner]
        steps = inner.items
        for outer in around:
            steps *= outer.items
        if around and steps > MOST:
            yield Refusal(Rule.LOOPS, f"{inner.name} within {around[-1].name} over unbounded lists", CUT)
            return


def unbounded_ranges(found: list[Token], parameters: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield a refusal for each range whose length nothing bounds, unless it is unwound at once."""
    for at in range(len(found) - 1):
        if not _is_call(found, at, "RANGE"):
            continue
        end = closing(found, at + 1)
        unwound = at > 0 and found[at - 1].is_word("UNWIND") and end + 1 < len(found) and found[end + 1].is_word("AS")
        if not unwound and not _bounded(found[at + 2 : end], parameters):
            yield Refusal(Rule.RANGE, "a range of unbounded length", UNWIND_INSTEAD)


def _loop(found: list[Token], at: int, parameters: Mapping[str, Any]) -> Loop | None:
    """Return the loop that begins at a token, if one does."""
    name, start = _opened(found, at)
    if not name or start + 1 >= len(found) or not found[start].is_name or not found[start + 1].is_word("IN"):
        return None
    bracket = at if name == "a list comprehension" else at + 1
    end = closing(found, bracket)
    body = _next(found, start + 2, end, "WHERE", "|")
    return Loop(name, at, start + 2, body, end, items(found[start + 2 : body], parameters))


def _opened(found: list[Token], at: int) -> tuple[str, int]:
    """Return what may be a loop's name, and the place of its variable."""
    if found[at].text == "[" and found[at].kind == "mark":
        return "a list comprehension", at + 1
    if _is_call(found, at, *QUANTIFIERS):
        return found[at].text.lower(), at + 2
    if _is_call(found, at, "REDUCE"):
        return "reduce", _next(found, at + 2, closing(found, at + 1), ",") + 1
    return "", at


def items(of: Sequence[Token], parameters: Mapping[str, Any]) -> float:
    """Return how many items a list may have, as far as its text tells; `LARGE` where it does not."""
    tokens = list(of)
    if len(tokens) == 1 and tokens[0].kind == "parameter":
        given = parameters.get(tokens[0].text)
        return len(cast("list[Any]", given)) if isinstance(given, list | tuple) else LARGE
    if tokens and tokens[-1].text == "]":
        return _sliced(tokens) or _literal(tokens, parameters) or LARGE
    if len(tokens) > 1 and closing(tokens, 1) == len(tokens) - 1:
        return _of_call(tokens, parameters)
    return LARGE


def _sliced(tokens: list[Token]) -> float | None:
    """Return the most items of `list[a..b]`, `list[..b]`, `list[-a..]` or a window such as `list[i - 6..i + 1]`."""
    between = [at for at in range(len(tokens)) if tokens[at].text == ".." and tokens[at].kind == "mark"]
    if not between or closing(tokens, start := _opening(tokens, between[-1])) != len(tokens) - 1:
        return None
    if any(each.kind == "mark" and each.text not in "([{.)]}" for each in _outermost(tokens[:start])):
        return None  # the slice is of the last operand alone
    low, high = _place(tokens[start + 1 : between[-1]]), _place(tokens[between[-1] + 1 : -1])
    if low is None or high is None:
        return None
    match low, high:
        case ("", None), ("", int(end)):
            return max(0, end)
        case ("", int(first)), ("", None) if first < 0:
            return -first
        case (name, int(first)), (same, int(end)) if name == same and (name or first >= 0):
            return max(0, end - first)
        case _:
            return None


def _outermost(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens that stand in no bracket, and the brackets that open."""
    at = 0
    while at < len(tokens):
        yield tokens[at]
        at = closing(tokens, at) + 1 if tokens[at].kind == "mark" and tokens[at].text in "([{" else at + 1


def _opening(tokens: list[Token], at: int) -> int:
    """Return the place of the bracket within which a place stands."""
    while at >= 0 and tokens[at].text != "[":
        at -= 1
    return max(at, 0)


def _place(tokens: list[Token]) -> tuple[str, int | None] | None:
    """Return an end of a slice as a variable and what is added to it: no number where there is none, None for what is neither."""
    match [each.text for each in tokens]:
        case []:
            return "", None
        case ["-", number] | [number] if WHOLE.fullmatch(number):
            return "", int(number) * (-1 if len(tokens) == 2 else 1)
        case [name] if tokens[0].is_name:
            return name, 0
        case [name, "+" | "-" as sign, number] if tokens[0].is_name and WHOLE.fullmatch(number):
            return name, int(number) * (-1 if sign == "-" else 1)
        case _:
            return None


def _literal(tokens: list[Token], parameters: Mapping[str, Any]) -> float | None:
    """Return the items of `[a, b, c]`, or of a comprehension as many as its own list has."""
    if tokens[0].text != "[" or closing(tokens, 0) != len(tokens) - 1:
        return None
    own = _loop(tokens, 0, parameters)
    return own.items if own else len(_arguments(tokens[1:-1]))


def _of_call(tokens: list[Token], parameters: Mapping[str, Any]) -> float:
    if tokens[0].is_word(*SHORT):
        return OF_A_PATH
    if tokens[0].is_word(*SAME_LENGTH):
        return items(tokens[2:-1], parameters)
    if tokens[0].is_word("RANGE"):
        return _span(tokens[2:-1], parameters) or LARGE
    return LARGE


def _bounded(arguments: list[Token], parameters: Mapping[str, Any]) -> bool:
    """Tell whether a range has at most `LARGE` items: known numbers, or sizes of lists with small numbers added."""
    span = _span(arguments, parameters)
    if span is not None:
        return span <= LARGE
    at = 0
    while at < len(arguments):
        if _is_call(arguments, at, "SIZE", "LENGTH"):
            at = closing(arguments, at + 1)
        elif not (arguments[at].text in {",", "+", "-", "/"} or _small(arguments[at])):
            return False
        at += 1
    return True


def _span(arguments: list[Token], parameters: Mapping[str, Any]) -> float | None:
    """Return how many numbers a range has whose arguments are numbers or parameters; None for any other."""
    numbers = [_number(each, parameters) for each in _arguments(arguments)]
    match numbers:
        case [int(low), int(high)]:
            return max(0, high - low + 1)
        case [int(low), int(high), int(step)] if step:
            return max(0, (high - low) // step + 1)
        case _:
            return None


def _number(argument: list[Token], parameters: Mapping[str, Any]) -> int | None:
    sign, rest = (-1, argument[1:]) if argument and argument[0].text == "-" else (1, argument)
    if len(rest) != 1:
        return None
    given = parameters.get(rest[0].text) if rest[0].kind == "parameter" else rest[0].text
    if isinstance(given, int) and not isinstance(given, bool):
        return sign * given
    return sign * int(given) if isinstance(given, str) and rest[0].kind == "number" and WHOLE.fullmatch(given) else None


def _small(token: Token) -> bool:
    return token.kind == "number" and bool(WHOLE.fullmatch(token.text)) and int(token.text) <= LARGE


def _arguments(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens between top-level commas."""
    parts: list[list[Token]] = []
    at = 0
    while at <= len(tokens):
        end = _next(tokens, at, len(tokens), ",")
        parts.append(tokens[at:end])
        at = end + 1
    return parts


def _next(found: list[Token], at: int, end: int, *texts: str) -> int:
    """Return the place of the next of these tokens that stands in no inner bracket; `end` where there is none."""
    while at < end:
        if found[at].kind in ("word", "mark") and found[at].text.upper() in texts:
            return at
        at = closing(found, at) + 1 if found[at].kind == "mark" and found[at].text in "([{" else at + 1
    return end


def _is_call(found: list[Token], at: int, *names: str) -> bool:
    named = found[at].is_name and found[at].text.upper() in names
    return named and at + 1 < len(found) and found[at + 1].text == "(" and found[at + 1].kind == "mark"
