"""What a query's text tells: options, databases, files, procedures and functions, wherever in it they stand.

The plan alone does not tell: what a subquery within a list comprehension calls or loads is no operator of its own there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.queries.allowed import BEFORE_BRACKETS, FUNCTIONS, PROCEDURES
from graph.queries.errors import Refusal, Rule
from graph.queries.growth import grown
from graph.queries.loops import nested, unbounded_ranges
from graph.queries.patterns import slow_patterns
from graph.queries.shape import misshapen
from graph.queries.text import Token, name_before, name_from, tokens
from graph.queries.writing import writes

LONGEST: Final = 20_000
ESCAPE: Final = re.compile(r"\\[uU]")
OPTIONS: Final = ("EXPLAIN", "PROFILE", "CYPHER")
OWN_FUNCTIONS: Final = "only built-in functions are allowed, such as size, collect, reduce, datetime or percentileCont"
OWN_PROCEDURES: Final = "only these procedures are allowed: " + ", ".join(sorted(PROCEDURES))


def unread(text: str) -> Iterator[Refusal]:
    """Yield what keeps a text from being shown to the database at all: it could hide anything, or take long to be planned."""
    if len(text) > LONGEST:
        yield Refusal(Rule.LENGTH, f"a text of {len(text):,} characters", f"write at most {LONGEST:,}, and give lists as parameters")
    if ESCAPE.search(text):
        yield Refusal(Rule.ESCAPE, "a unicode escape (\\u…)", "write the character itself, or give the text as a parameter")
    else:
        yield from misshapen(tokens(text[: LONGEST + 1]))


def told(text: str, parameters: Mapping[str, Any], database: str) -> Iterator[Refusal]:
    """Yield every refusal that the text gives reason for; the first ones concern the query as a whole."""
    found = tokens(text)
    yield from _whole(found, database)
    for at in range(len(found)):
        yield from _called(found, at)
        yield from _function(found, at)
    yield from unbounded_ranges(found, parameters)
    yield from nested(found, parameters)
    yield from grown(found, parameters)
    yield from slow_patterns(found, parameters)
    yield from writes(found)


def functions(detail: str) -> Iterator[Refusal]:
    """Yield a refusal for each function with a dotted name in what a plan says of an operator."""
    found = tokens(detail)
    for at, token in enumerate(found):
        if token.text == "(" and at > 2 and found[at - 1].is_name and found[at - 2].text == "." and found[at - 3].is_name:
            name, start = name_before(found, at)
            called = start > 1 and found[start - 2].text == "ResolvedCall"
            if not called and name.lower() not in FUNCTIONS and name not in PROCEDURES:
                yield Refusal(Rule.FUNCTION, name, OWN_FUNCTIONS)


def _whole(found: list[Token], database: str) -> Iterator[Refusal]:
    if found and found[0].is_word(*OPTIONS):
        yield Refusal(Rule.OPTION, found[0].text.upper(), "remove it; use `plan` or `explainCypher` for plans")
    ends = [at for at, token in enumerate(found) if token.text == ";" and token.kind == "mark"]
    if ends and ends[0] + 1 < len(found):
        yield Refusal(Rule.STATEMENTS, "more than one statement", "send them separately, or combine them with UNION")
    for at, token in enumerate(found[:-1]):
        if token.is_word("USE") and _begins(found, at) and name_from(found, at + 1).lower() != database.lower():
            yield Refusal(Rule.DATABASE, f"USE {name_from(found, at + 1)}", "remove it; there is only one database")
        if token.is_word("LOAD") and found[at + 1].is_word("CSV"):
            yield Refusal(Rule.FILE, "LOAD CSV", "give the rows as a parameter and write UNWIND $rows AS row")


def _begins(found: list[Token], at: int) -> bool:
    """Tell whether a clause may begin at a place: at the start, in a subquery, or behind UNION."""
    return at == 0 or found[at - 1].text == "{" or found[at - 1].is_word("UNION", "ALL", "DISTINCT")


def _called(found: list[Token], at: int) -> Iterator[Refusal]:
    if found[at].is_word("CALL"):
        name = name_from(found, at + 1)
        if "." in name and name not in PROCEDURES:
            yield Refusal(Rule.PROCEDURE, name, OWN_PROCEDURES)


def _function(found: list[Token], at: int) -> Iterator[Refusal]:
    """Yield a refusal for what stands before a bracket and is neither a function of the database's own nor a keyword."""
    if found[at].text != "(" or found[at].kind != "mark" or not at or not found[at - 1].is_name:
        return
    name, start = name_before(found, at)
    dotted, last = start < at - 1 or (start > 0 and found[start - 1].text == "."), found[at - 1]
    if not dotted and last.kind == "word" and last.text.upper() in BEFORE_BRACKETS:
        return
    called = start > 0 and found[start - 1].is_word("CALL")
    if not called and name.lower() not in FUNCTIONS and not _hint(found, start):
        yield Refusal(Rule.FUNCTION, name, OWN_FUNCTIONS)


def _hint(found: list[Token], at: int) -> bool:
    """Tell whether a name is the label of `USING INDEX variable:Label(property)`."""
    return at >= 3 and found[at - 1].text == ":" and found[at - 3].is_word("INDEX", "SEEK", "SCAN")
