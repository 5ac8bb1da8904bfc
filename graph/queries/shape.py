"""How large and how deep a text may be.

To parse and plan a text takes the database time that no limit of its own ends: subqueries twenty deep, five hundred CASEs in
one another or fifty relationships in one pattern take minutes, of which an honest query is far.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from graph.queries.errors import Refusal, Rule
from graph.queries.text import Token

TOKENS: Final = 2_000
RELATIONSHIPS: Final = 25
PATTERNS: Final = 100
NEGATIONS: Final = 100
BRACKETS: Final = 50
BRACES: Final = 10
CASES: Final = 50
BY_WITH: Final = "split it: name the inner part with WITH, and continue from there"


def misshapen(found: list[Token]) -> Iterator[Refusal]:
    """Yield a refusal where a text is too large or too deep to be planned in time."""
    for what, count, most, remedy in (
        ("words and marks", len(found), TOKENS, "give lists as parameters, and UNWIND them"),
        ("relationships", _relationships(found), RELATIONSHIPS, "split the query, or write repeated parts as (…){n}"),
        ("MATCHes and subqueries", _patterns(found), PATTERNS, "split the query"),
        ("NOTs", sum(each.is_word("NOT") for each in found), NEGATIONS, "split the query"),
    ):
        if count > most:
            yield Refusal(Rule.LENGTH, f"a query of {count:,} {what}, more than the limit of {most:,},", remedy)
    for what, depth, most in (
        ("brackets", _depth(found, "([{", ")]}"), BRACKETS),
        ("subqueries and maps", _depth(found, "{", "}"), BRACES),
        ("CASEs", _depth_of_cases(found), CASES),
    ):
        if depth > most:
            yield Refusal(Rule.DEPTH, f"{what} {depth} deep, more than the limit of {most},", BY_WITH)


def _relationships(found: list[Token]) -> int:
    """Count what begins a relationship: `--`, `-[`, `-->`, `<-[` or `<--` behind a node."""
    marks = [each.text if each.kind == "mark" else "" for each in found]
    triples = zip(marks, marks[1:], marks[2:], strict=False)
    return sum(node == ")" and first in ("-", "<-") and second in ("-", "[", "->") for node, first, second in triples)


def _patterns(found: list[Token]) -> int:
    """Count clauses that match, and subqueries: `EXISTS { MATCH … }` counts twice."""
    subqueries = sum(
        each.is_word("EXISTS", "COUNT", "COLLECT", "CALL") and (after.text == "{" or (after.text == "(" and each.is_word("CALL")))
        for each, after in pairwise(found)
    )
    return subqueries + sum(each.is_word("MATCH") for each in found)


def _depth(found: list[Token], opening: str, closing: str) -> int:
    depth = deepest = 0
    for each in found:
        if each.kind == "mark":
            depth += (each.text in opening) - (each.text in closing)
            deepest = max(deepest, depth)
    return deepest


def _depth_of_cases(found: list[Token]) -> int:
    depth = deepest = 0
    for each in found:
        depth = max(0, depth + each.is_word("CASE") - each.is_word("END"))
        deepest = max(deepest, depth)
    return deepest
