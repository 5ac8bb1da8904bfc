"""Queries in Cypher: what they answer, and what the guard says of them."""

# Enums and scalars are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.planned import argument, planned
from api.schema.scalars import Json
from graph.queries import Rule

RULES: Final = {
    Rule.LENGTH: "The text is too long, or has too many relationships, to be planned in time.",
    Rule.DEPTH: "Brackets, subqueries or CASEs are too deep in one another to be planned in time.",
    Rule.ESCAPE: "Unicode escapes, which could hide any word.",
    Rule.OPTION: "EXPLAIN, PROFILE or options of CYPHER before the query.",
    Rule.STATEMENTS: "More than one statement.",
    Rule.DATABASE: "Another database than the one that is asked.",
    Rule.FILE: "Reading files or addresses.",
    Rule.QUERY_TYPE: "The database says that it does more than read.",
    Rule.OPERATOR: "An operator of the plan that is not known to read only.",
    Rule.PROCEDURE: "A procedure that is not allowed.",
    Rule.FUNCTION: "A function that is not the database's own, or reaches elsewhere.",
    Rule.VERSION: "A version of Cypher, a planner or a runtime that is not known.",
    Rule.RANGE: "A range within an expression whose length nothing bounds.",
    Rule.LOOPS: "Loops within loops over lists that nothing bounds.",
    Rule.GROWTH: "A value that is put together with itself over and over, or item by item from a list that nothing bounds.",
    Rule.PATTERN: "A regular expression that may take long, or is not known before the query runs.",
}
CypherRule: Final = named("CypherRule", "A rule of the guard before queries.", {each.value: (each, words) for each, words in RULES.items()})
CypherBound: Final = named(
    "CypherBound",
    "What cut an answer off.",
    {"ROWS": ("ROWS", "The limit on rows was reached, and there are more."), "BYTES": ("BYTES", "It is as large as an answer may be.")},
)
QUERY: Final = argument("query", str, "The text, in the database's default version of Cypher; values are best given as `parameters`.")
PARAMETERS: Final = argument("parameters", Json | None, "An object with a value for each `$name` in the text.", None)
ARGUMENTS: Final = (
    QUERY,
    PARAMETERS,
    argument("limit", int, "Rows of the answer at most; 10,000 unless set otherwise. `POST /cypher` streams more.", 1_000),
    argument("timeoutSeconds", int, "Seconds after which the database ends the query; at most 60 unless set otherwise.", 10),
    argument("plan", bool, "Whether to return the plan too.", False),
)


@strawberry.type(description="A column of an answer.")
class CypherColumn:
    """Told by the rows."""

    name: str = planned("The name, as the query returns it.")
    type: str = planned(
        "`INTEGER`, `FLOAT`, `STRING`, `BOOLEAN`, `NODE`, `RELATIONSHIP`, `PATH`, `MAP`, `LIST<…>`, `DATE`, `ZONED DATETIME` and so on;"
        " `ANY` where the values are of several types, or none is known."
    )
    nullable: bool = planned("Whether a value is null.")


@strawberry.type(description="What the database counted; all times are its own.")
class CypherCounters:
    """Of a reading query there is little to count."""

    contains_updates: bool = planned("Whether anything was changed; never, since queries only read.")
    milliseconds_to_first_row: int | None = planned("Until the first row was there; null where the database does not tell.")
    milliseconds_to_last_row: int | None = planned("Until the last row was; null where the database does not tell.")


@strawberry.type(description="What the database warns of in a query, such as a label that does not exist.")
class CypherNotification:
    """The query is answered all the same."""

    code: str = planned("The GQL status, such as `01N50` for a label that does not exist.")
    description: str = planned("What the warning is about.")
    line: int | None = planned("Line of the text that it is about, from 1; null where it is about the whole.")
    column: int | None = planned("Column in the line, from 1; null where it is about the whole.")


@strawberry.type(description="The answer to a query in Cypher.")
class CypherResult:
    """Rows are lists of values in the order of the columns."""

    columns: list[CypherColumn] = planned("The columns, typed as the rows show them.")
    rows: list[Json] = planned(
        "The rows, each a list of values in the columns' order. Nodes are `{id, labels, properties}`, relationships"
        " `{type, from, to, properties}`, paths `{nodes, relationships}`, with global ids where a kind has them; times are ISO 8601;"
        " numbers that JSON has not are `NaN`, `Infinity` and `-Infinity`."
    )
    row_count: int = planned("How many rows there are here.")
    truncated: bool = planned("Whether there are more.")
    truncated_by: CypherBound | None = planned("What cut the answer off; null where it is whole.")
    milliseconds: float = planned("How long it took, the guard's part included.")
    plan: Json | None = planned(
        "The plan as a tree of `{operator, details, estimatedRows, children}`; null unless requested with the argument `plan`."
    )
    counters: CypherCounters | None = planned("What the database counted; null where the answer was cut off in the middle of a row.")
    notifications: list[CypherNotification] = planned(
        "What the database warns of; empty where the answer was cut off in the middle of a row."
    )


@strawberry.type(description="Why the guard refuses a query.")
class CypherRefusal:
    """One rule, and what broke it."""

    rule: CypherRule = planned("The rule.")
    name: str = planned("The operator, procedure, function or other thing that broke it.")
    remedy: str = planned("What to write instead.")


@strawberry.type(description="What the guard says of a query, and how the database would answer it.")
class CypherExplanation:
    """The query is not run."""

    allowed: bool = planned("Whether the query may run.")
    refusals: list[CypherRefusal] = planned("Every reason why not.")
    query_type: str | None = planned(
        "`r` for reading, `w` and `rw` for writing, `s` for the schema or the server; null where it was not planned."
    )
    estimated_rows: float | None = planned("How many rows the planner expects; null where it was not planned.")
    plan: Json | None = planned("The plan as a tree of `{operator, details, estimatedRows, children}`; null where it was not planned.")
