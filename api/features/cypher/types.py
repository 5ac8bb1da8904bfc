"""Queries in Cypher: what they answer, and what the guard says of them."""

# Enums and scalars are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import REFUSED, argument, planned
from api.graphql.types.scalars import Json
from graph.queries import Rule

RULES: Final = {
    Rule.LENGTH: "The text is too long, or has too many relationships, to be planned in time.",
    Rule.DEPTH: "Brackets, subqueries or CASE expressions are nested too deeply to be planned in time.",
    Rule.ESCAPE: "Unicode escapes, which could hide keywords.",
    Rule.OPTION: "EXPLAIN, PROFILE or options of CYPHER before the query.",
    Rule.STATEMENTS: "More than one statement.",
    Rule.DATABASE: "A database other than the one queried.",
    Rule.FILE: "Reading files or URLs.",
    Rule.QUERY_TYPE: "According to the database, the query does more than read.",
    Rule.OPERATOR: "An operator of the plan that is not known to be read-only.",
    Rule.PROCEDURE: "A procedure that is not allowed.",
    Rule.FUNCTION: "A function that is not the database's own, or reaches elsewhere.",
    Rule.VERSION: "A version of Cypher, a planner or a runtime that is not known.",
    Rule.RANGE: "A range of unbounded length within an expression.",
    Rule.LOOPS: "Nested loops over unbounded lists.",
    Rule.GROWTH: "A value that is repeatedly combined with itself, or built item by item from an unbounded list.",
    Rule.PATTERN: "A regular expression that may take too long, or is not known before the query runs.",
}
CypherRule: Final = named("CypherRule", "A rule that queries must follow.", {each.value: (each, words) for each, words in RULES.items()})
CypherBound: Final = named(
    "CypherBound",
    "The limit that cut a result off.",
    {
        "ROWS": ("ROWS", "The limit on rows was reached, and there are more."),
        "BYTES": ("BYTES", ("The limit on the size of a result was reached.")),
    },
)
QUERY: Final = argument("query", str, "The query, in the database's default version of Cypher; pass values as `parameters`.")
PARAMETERS: Final = argument("parameters", Json | None, "An object with a value for each `$name` in the text.", None)
ARGUMENTS: Final = (
    QUERY,
    PARAMETERS,
    argument("limit", int, "Maximum number of rows in the result; 10,000 by default. `POST /cypher` streams more.", 1_000),
    argument("timeoutSeconds", int, "Time limit in seconds; at most 60 by default.", 10),
    argument("plan", bool, "Whether to return the query plan, too.", False),
)


@strawberry.type(description="A column of a result.")
class CypherColumn:
    """Told by the rows."""

    name: str = planned("The column's name in the query.")
    type: str = planned(
        "`INTEGER`, `FLOAT`, `STRING`, `BOOLEAN`, `NODE`, `RELATIONSHIP`, `PATH`, `MAP`, `LIST<…>`, `DATE`, `ZONED DATETIME` "
        "and so on; `ANY` where values have several types, or the type is unknown."
    )
    nullable: bool = planned("Whether any value is null.")


@strawberry.type(description="The database's counters; times are measured by the database.")
class CypherCounters:
    """Of a reading query there is little to count."""

    contains_updates: bool = planned("Whether anything was changed; always false, since queries are read-only.")
    milliseconds_to_first_row: int | None = planned("Time until the first row; null where the database does not report it.")
    milliseconds_to_last_row: int | None = planned("Time until the last row; null where the database does not report it.")


@strawberry.type(description="A warning from the database about a query, such as a label that does not exist.")
class CypherNotification:
    """The query is answered all the same."""

    code: str = planned("The GQL status, such as `01N50` for a label that does not exist.")
    description: str = planned("What the warning is about.")
    line: int | None = planned("Line of the query, from 1; null if the warning is about the whole query.")
    column: int | None = planned("Column in the line, from 1; null if the warning is about the whole query.")


@strawberry.type(description="The result of a Cypher query.")
class CypherResult:
    """Rows are lists of values in the order of the columns."""

    columns: list[CypherColumn] = planned("The columns, with types as found in the rows.")
    rows: list[Json] = planned(
        "The rows, each a list of values in the columns' order. Nodes are `{id, labels, properties}`, relationships `{type, "
        "from, to, properties}`, paths `{nodes, relationships}`, with global ids where available; times are ISO 8601; numbers "
        'that JSON cannot represent are `"NaN"`, `"Infinity"` and `"-Infinity"`.'
    )
    row_count: int = planned("Number of rows returned.")
    truncated: bool = planned("Whether there are more.")
    truncated_by: CypherBound | None = planned("The limit that cut the result off; null if it is complete.")
    milliseconds: float = planned("Time taken in milliseconds, including the checks.")
    plan: Json | None = planned(
        "The plan as a tree of `{operator, details, estimatedRows, children}`; null unless requested with the argument `plan`."
    )
    counters: CypherCounters | None = planned("The database's counters; null where the result was cut off in the middle of a row.")
    notifications: list[CypherNotification] = planned(
        "Warnings from the database; empty where the result was cut off in the middle of a row."
    )


@strawberry.type(description="Why a query is not allowed.")
class CypherRefusal:
    """One rule, and what broke it."""

    rule: CypherRule = planned("The rule.")
    name: str = planned("The operator, procedure, function or other item that broke the rule.")
    remedy: str = planned("What to write instead.")


@strawberry.type(description="Whether a query is allowed, and how the database would run it.")
class CypherExplanation:
    """The query is not run."""

    allowed: bool = planned("Whether the query may run.")
    refusals: list[CypherRefusal] = planned("Every reason why it is not allowed.")
    query_type: str | None = planned(
        "`r` for reading, `w` and `rw` for writing, `s` for schema or server commands; null if it was not planned."
    )
    estimated_rows: float | None = planned("Number of rows that the planner expects; null if it was not planned.")
    plan: Json | None = planned("The plan as a tree of `{operator, details, estimatedRows, children}`; null if it was not planned.")


@strawberry.type
class Query:
    """Queries in Cypher, at the root."""

    cypher: CypherResult | None = planned(
        "Runs a Cypher query, read-only and with limits; for analysts and administrators. The error CYPHER_REFUSED names the rule that"
        f" forbids a query, and what to write instead. {REFUSED}",
        *ARGUMENTS,
    )
    explain_cypher: CypherExplanation | None = planned(
        f"Whether a query in Cypher may run, and its plan; the query is not run. For analysts and administrators. {REFUSED}",
        QUERY,
        PARAMETERS,
    )
