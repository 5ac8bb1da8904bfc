"""What can go wrong with a query that someone else wrote.

QueryError
├── Refused          the guard does not let it through; each refusal names its rule
├── Faulty           the database does not understand it, or it fails on the data
├── TooLong          the database ended it at its time limit
├── TooMuchMemory    the database ended it at its memory limit
├── TooLarge         a single row is larger than the whole answer may be
├── Unreadable       a value that cannot be read as the database has it
└── Mixed            a column changes its type, where the format knows one
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import GraphError


class Rule(StrEnum):
    """The rules of the guard."""

    LENGTH = "LENGTH"
    DEPTH = "DEPTH"
    ESCAPE = "ESCAPE"
    OPTION = "OPTION"
    STATEMENTS = "STATEMENTS"
    DATABASE = "DATABASE"
    FILE = "FILE"
    QUERY_TYPE = "QUERY_TYPE"
    OPERATOR = "OPERATOR"
    PROCEDURE = "PROCEDURE"
    FUNCTION = "FUNCTION"
    VERSION = "VERSION"
    RANGE = "RANGE"
    LOOPS = "LOOPS"
    GROWTH = "GROWTH"
    PATTERN = "PATTERN"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a query is refused: the rule, what broke it, and what to write instead."""

    rule: Rule
    name: str
    remedy: str

    def __str__(self) -> str:
        """The refusal as a sentence."""
        return f"{self.rule}: {self.name} is not allowed; {self.remedy}"


class QueryError(GraphError):
    """A query that someone else wrote did not come to an end."""


class Refused(QueryError):
    """The guard does not let a query through."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        """Keep every refusal; the message tells the first and how many there are."""
        first, *rest = refusals
        super().__init__(f"{first}" + (f" (and {len(rest)} more)" if rest else ""))
        self.refusals = tuple(refusals)


class Faulty(QueryError):
    """The database does not understand a query, or it fails on the data: a mistake in it."""


class TooLong(QueryError):
    """The database ended a query at its time limit."""


class TooMuchMemory(QueryError):
    """The database ended a query at its memory limit."""


class TooLarge(QueryError):
    """A single row is larger than the whole answer may be."""


class Unreadable(QueryError):
    """A value cannot be read as the database has it, such as a date after the year 9999."""


class Mixed(QueryError):
    """A column holds values of several types, where the format knows one type only."""
