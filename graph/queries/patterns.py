"""Regular expressions that cannot take long: the database tries every way in which one may match, and nothing ends it meanwhile.

What an expression takes is bounded by its own form and by the length of the text that it is matched against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.queries.errors import Refusal, Rule
from graph.queries.loops import Loop, loops
from graph.queries.regular_expressions import Unbounded, effort
from graph.queries.text import Token, closing

STORED: Final = 4_000
"""Characters of a stored text; captions and biographies have no more."""
LARGE: Final = 1_000_000
"""Characters of a text that nothing bounds."""
MOST: Final = 50_000_000
"""Steps for one row: two seconds on a busy machine."""

BEFORE: Final = frozenset({"", "(", "[", ",", "|", "{", ":"})
OPERATORS: Final = ("WHERE", "AND", "OR", "XOR", "NOT", "RETURN", "WITH", "DISTINCT", "WHEN", "THEN", "ELSE", "ON")
"""What an operand may follow for it to be the whole of what is matched."""
SAME: Final = ("TOLOWER", "LOWER", "TOUPPER", "UPPER", "TRIM", "LTRIM", "RTRIM", "BTRIM", "REVERSE")

CONTAIN: Final = "write CONTAINS, STARTS WITH or ENDS WITH joined by AND and OR"
PLAIN: Final = f"{CONTAIN}; repeat single characters or classes, and use no backreference, look-around or repeated alternative"
SHORTEN: Final = f"{CONTAIN}, use fewer of * and + that may take the same characters, or cut the text, as in left(node.bio, 300) =~ …"
UNLOOP: Final = "write UNWIND list AS item WHERE item =~ …, or cut list and text, as in any(tag IN tags[..100] WHERE left(tag, 300) =~ …)"


def slow_patterns(found: list[Token], parameters: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield a refusal for each `=~` whose expression is not known beforehand, or may take long."""
    around = loops(found, parameters)
    for at, token in enumerate(found[:-1]):
        if token.text == "=~" and token.kind == "mark":
            pattern = _pattern(found[at + 1], found[at + 2].text if at + 2 < len(found) else "", parameters)
            if pattern is None:
                yield Refusal(Rule.PATTERN, "a regular expression that is put together in the query", "give it as a text or a parameter")
            else:
                yield from _slow(pattern, _length(found, at, parameters), _times(around, at))


def _slow(pattern: str, length: int, times: float) -> Iterator[Refusal]:
    name = f"the regular expression {pattern[:40]!r}"
    try:
        steps = effort(pattern, length).steps
    except Unbounded:
        yield Refusal(Rule.PATTERN, f"{name}, which may try the same text over and over,", PLAIN)
        return
    if steps > MOST:
        yield Refusal(Rule.PATTERN, f"{name} on up to {length:,} characters", SHORTEN)
    elif steps * times > MOST:
        yield Refusal(Rule.PATTERN, f"{name} on each item of a long list within one expression", UNLOOP)


def _pattern(token: Token, after: str, parameters: Mapping[str, Any]) -> str | None:
    """Return the pattern, with nothing added to it; None where it is not known."""
    if after in ("+", "||", "[", "."):
        return None
    if token.kind == "string":
        return token.text[1:-1].replace("\\\\", "\\")
    given = parameters.get(token.text) if token.kind == "parameter" else None
    return given if isinstance(given, str) else None


def _times(around: list[Loop], at: int) -> float:
    """Return how often an expression at a place is tried within the loops around it."""
    times = 1.0
    for loop in around:
        if loop.body <= at < loop.end:
            times *= loop.items
    return times


def _length(found: list[Token], end: int, parameters: Mapping[str, Any]) -> int:
    """Return how many characters the text before a place can have, `LARGE` where its form does not tell."""
    start = _beginning(found, end)
    before = found[start - 1] if start else Token("mark", "")
    if not ((before.kind == "mark" and before.text in BEFORE) or before.is_word(*OPERATORS)):
        return LARGE
    return _characters(found, start, end, parameters)


def _beginning(found: list[Token], end: int) -> int:
    """Return where the operand begins that ends before a place: one token, a property, or a call."""
    if found[end - 1].text == ")" and found[end - 1].kind == "mark":
        opened = next((at for at in range(end - 2, -1, -1) if found[at].text == "(" and closing(found, at) == end - 1), end - 1)
        return opened - 1 if opened and found[opened - 1].is_name else opened
    if end >= 3 and found[end - 1].is_name and found[end - 2].text == "." and found[end - 3].is_name:
        return end - 3
    return end - 1


def _characters(found: list[Token], start: int, end: int, parameters: Mapping[str, Any]) -> int:
    operand = found[start:end]
    match operand:
        case [Token(kind="string", text=text)]:
            return len(text)
        case [Token(kind="parameter", text=name)]:
            given = parameters.get(name)
            return len(given) if isinstance(given, str) else LARGE
        case [node, Token(text="."), _]:
            return STORED if node.is_name and _is_node(found, node.text) else LARGE
        case [name, Token(text="("), *_]:
            return _of_call(found, name, start, end, parameters)
        case _:
            return LARGE


def _of_call(found: list[Token], name: Token, start: int, end: int, parameters: Mapping[str, Any]) -> int:
    if name.is_word(*SAME):
        return _characters(found, start + 2, end - 1, parameters)
    if name.is_word("LEFT", "RIGHT", "SUBSTRING") and found[end - 2].kind == "number" and found[end - 3].text == ",":
        commas = 2 if name.is_word("SUBSTRING") else 1
        depth_free = _commas(found, start + 2, end - 1)
        return min(LARGE, int(found[end - 2].text)) if depth_free == commas and found[end - 2].text.isdecimal() else LARGE
    return LARGE


def _commas(found: list[Token], start: int, end: int) -> int:
    """Return how many commas stand between two places in no inner bracket."""
    count, at = 0, start
    while at < end:
        count += found[at].text == "," and found[at].kind == "mark"
        at = closing(found, at) + 1 if found[at].kind == "mark" and found[at].text in "([{" else at + 1
    return count


def _is_node(found: list[Token], name: str) -> bool:
    """Tell whether a name is given to nothing but a node or relationship of a pattern, so that its properties are stored."""
    matched = False
    for at in range(1, len(found)):
        if found[at].is_name and found[at].text == name:
            before, after = found[at - 1], found[at + 1].text if at + 1 < len(found) else ""
            if before.is_word("AS") or after.upper() == "IN" or (after == "=" and before.text == "("):
                return False
            matched = matched or (
                before.kind == "mark"
                and before.text in ("(", "[")
                and after.upper() in (":", ")", "{", "]", "WHERE")
                and not _called(found, at)
            )
    return matched


def _called(found: list[Token], at: int) -> bool:
    """Tell whether the bracket before a place opens the arguments of a function and no pattern."""
    return at >= 2 and found[at - 2].is_name and not found[at - 2].is_word("MATCH", "WHERE", "AND", "OR", "NOT", "EXISTS", "OPTIONAL")
