"""Queries in Cypher that are kept by name."""

# Enums and scalars are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.features.cypher.types import ARGUMENTS as CYPHER
from api.features.cypher.types import CypherResult
from api.graphql.types.enums import named
from api.graphql.types.fields import REFUSED, argument, planned
from api.graphql.types.scalars import DateTime, Json
from graph.queries.parameters import RULES, ParameterType

QueryParameterType: Final = named(
    "QueryParameterType",
    "The type of a parameter of a saved query.",
    {
        each.value: (each, f"Takes {RULES[each]}; Cypher sees {words}.")
        for each, words in {
            ParameterType.STRING: "a STRING",
            ParameterType.INT: "an INTEGER",
            ParameterType.FLOAT: "a FLOAT",
            ParameterType.BOOLEAN: "a BOOLEAN",
            ParameterType.DATE: "a DATE",
            ParameterType.ID: "the own id, a STRING",
            ParameterType.STRINGS: "a LIST<STRING>",
            ParameterType.INTS: "a LIST<INTEGER>",
            ParameterType.FLOATS: "a LIST<FLOAT>",
            ParameterType.IDS: "the own ids, a LIST<STRING>",
        }.items()
    },
)
NAME: Final = argument("name", str, "The query's name.")
VERSION: Final = argument("version", int | None, "Its version; the newest if omitted.")


@strawberry.type(description="A parameter of a saved query.")
class QueryParameter:
    """Declared beside the text."""

    name: str = planned("Its name, without `$`.")
    type: QueryParameterType = planned("The type of its values.")
    description: str = planned("Its purpose.")
    default: Json | None = planned("The default value; null for null.")
    required: bool = planned("Whether a value is required.")


@strawberry.type(description="A Cypher query saved by name; each change is a new version.")
class SavedQuery:
    """One version."""

    name: str = planned("The name used to run it.")
    version: int = planned("The version, from 1.")
    description: str = planned("What the query shows.")
    text: str = planned("The text, in Cypher.")
    parameters: list[QueryParameter] = planned("Its parameters.")
    built_in: bool = planned("Whether the query is built in and cannot be changed.")
    author: str | None = planned("Id of the key that saved this version; null for a built-in query.")
    created_at: DateTime | None = planned("When this version was saved; null for a built-in query.")


@strawberry.type
class Query:
    """Queries saved by name, at the root."""

    saved_queries: list[SavedQuery] | None = planned(
        "Cypher queries saved by name, including the built-in ones: each in its newest version, by name. For analysts and administrators."
        f" {REFUSED}",
        argument("search", str | None, "Text that the name or description must contain, ignoring case."),
        argument("first", int, "How many.", 20),
    )
    saved_query: SavedQuery | None = planned(
        "One saved query; null if no query has this name, or no such version exists. For analysts and administrators.", NAME, VERSION
    )
    run_saved_query: CypherResult | None = planned(
        f"Runs a saved query, with parameters checked by type and the limits of `cypher`. For analysts and administrators. {REFUSED}",
        NAME,
        VERSION,
        argument("parameters", Json | None, "An object with a value for each parameter; omitted parameters take their defaults.", None),
        *CYPHER[2:],
    )
