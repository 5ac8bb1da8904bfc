"""Queries in Cypher that are kept by name."""

# Enums and scalars are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.planned import argument, planned
from api.schema.scalars import DateTime, Json
from graph.queries.parameters import RULES, ParameterType

QueryParameterType: Final = named(
    "QueryParameterType",
    "What a parameter of a saved query takes.",
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
VERSION: Final = argument("version", int | None, "Its version; the newest if absent.")


@strawberry.type(description="A parameter of a saved query.")
class QueryParameter:
    """Declared beside the text."""

    name: str = planned("Its name, without `$`.")
    type: QueryParameterType = planned("What it takes.")
    description: str = planned("What it is for.")
    default: Json | None = planned("What is taken where none is given; null for null.")
    required: bool = planned("Whether one has to be given.")


@strawberry.type(description="A Cypher query saved by name; each change is a new version.")
class SavedQuery:
    """One version."""

    name: str = planned("The name by which it is run.")
    version: int = planned("The version, from 1.")
    description: str = planned("What it tells.")
    text: str = planned("The text, in Cypher.")
    parameters: list[QueryParameter] = planned("Its parameters.")
    built_in: bool = planned("Whether it is built in, and cannot be changed.")
    author: str | None = planned("Id of the key that saved this version; null for a built-in query.")
    created_at: DateTime | None = planned("When this version was saved; null for a built-in query.")
