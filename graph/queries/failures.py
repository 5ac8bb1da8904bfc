"""What a query's failure is: a mistake in it, or a limit that it has met."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from neo4j.exceptions import Neo4jError

from graph.codes import OUT_OF_MEMORY, TIMED_OUT
from graph.migrations import WORDS
from graph.queries.errors import Faulty, TooLong, TooMuchMemory

MISTAKES: Final = ("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.", "Neo.ClientError.Schema.", "Neo.DatabaseError.Statement.")
PLACE: Final = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")

INVOKED: Final = re.compile(r"Failed to invoke (?:procedure|function) `([\w.]+)`: Caused by: ([\w.$]+)(?:: (.*))?", re.DOTALL)
SEARCH: Final = f"use CALL db.index.fulltext.queryNodes('{WORDS}', 'lip* AND matte') YIELD node, score"
SAID: Final = (
    (re.compile(r"There is no such (?:fulltext|vector) schema index: (.*)"), rf"there is no such index: \1; to search words, {SEARCH}"),
    (re.compile(rf"The '{WORDS}' index .*"), f"the index {WORDS!r} is one of nodes; {SEARCH}"),
    (re.compile(r"Cannot invoke .* is null"), "an argument is null; give it a value"),
    (
        re.compile(r"(?:Cannot parse|Encountered|Lexical error).*"),
        "the search text cannot be read; close quotes and brackets, and quote words that hold marks such as + - ( ) / : *",
    ),
    (
        re.compile(r"/ by zero"),
        "a whole number is divided by zero; leave such rows out with WHERE, or make the divisor a fraction with toFloat(…)",
    ),
    (re.compile(r"long overflow"), "a result is a whole number beyond 64 bits; calculate with fractions, as toFloat(…) makes them"),
)
"""What the database says in its runtime's words, and what is said instead."""


def failed(error: Neo4jError, *, lines_before: int = 0, characters_before: int = 0) -> Exception:
    """Return what a failure is to who wrote the query; the error itself where the fault is not theirs.

    Places that the database names are told as in the text without the lines and characters that were put before it.
    """
    code = error.code or ""
    if TIMED_OUT in code:
        return TooLong("the query exceeded its time limit; match less, bound *-patterns, or raise the limit")
    if any(code.endswith(each) for each in OUT_OF_MEMORY):
        return TooMuchMemory("the query needed more memory than one may take; collect and sort less, or aggregate before")
    if code.startswith(MISTAKES):
        return Faulty(_moved(_plain(error.message or code), lines_before, characters_before))
    return error


@contextmanager
def packed() -> Generator[None]:
    """Translate what the driver says of a parameter that it cannot send."""
    try:
        yield
    except OverflowError as error:
        raise Faulty("a parameter holds a whole number beyond 64 bits; give it as text, or as a fraction") from error
    except (TypeError, ValueError) as error:
        raise Faulty(f"a parameter cannot be sent: {error}; give texts, numbers of up to 64 bits, lists and maps") from error


def _plain(message: str) -> str:
    """Return a message without the exceptions of the database's runtime, which say nothing to who wrote the query."""
    invoked = INVOKED.fullmatch(message.strip())
    name, reason = (f"{invoked[1]}: ", invoked[3] or invoked[2]) if invoked else ("", message.strip())
    said = next((pattern.sub(words, reason) for pattern, words in SAID if pattern.fullmatch(reason.partition("\n")[0])), reason)
    return f"{name}{said}"


def _moved(message: str, lines: int, characters: int) -> str:
    """Return the first line of a message, with the place in the text as its author counts."""

    def moved(place: re.Match[str]) -> str:
        return f"(line {max(1, int(place[1]) - lines)}, column {place[2]} (offset: {max(0, int(place[3]) - characters)}))"

    return PLACE.sub(moved, message.strip().partition("\n")[0])
