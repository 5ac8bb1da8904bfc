"""The schema, put together from its nouns and the features."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import strawberry
from graphql import GraphQLID, GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from api.features.catalogue import FEATURES, TARIFF
from api.graphql import query
from api.graphql.cost.directives import DIRECTIVES, declared
from api.graphql.types.collaboration import Collaboration
from api.graphql.types.content import Content
from api.graphql.types.run import ScoringRun
from api.graphql.types.sale import Sale
from api.graphql.types.scalars import SCALARS, identifier, identifier_in_document

QUERY: Final = "Queries. Objects that you may not see are treated as if they did not exist."
MUTATION: Final = "Mutations. Each requires a role that allows it; problems with the input are returned as `userErrors`."
SUBSCRIPTION: Final = (
    "Subscriptions, served as server-sent events and over WebSocket. Each answers at once when something happens, and goes on after "
    "`since` with nothing missed."
)


def _merged(name: str, description: str, parts: Iterable[type | None]) -> type:
    """Return one type with the fields of all parts, in their order."""
    bases = tuple(each for each in parts if each is not None)
    return strawberry.type(type(name, bases, {}), name=name, description=description)


schema: Final = strawberry.Schema(
    query=_merged("Query", QUERY, [query.Query, *(each.query for each in FEATURES)]),
    mutation=_merged("Mutation", MUTATION, [each.mutation for each in FEATURES]),
    subscription=_merged("Subscription", SUBSCRIPTION, [each.subscription for each in FEATURES]),
    types=[Collaboration, Content, ScoringRun, Sale],
    config=StrawberryConfig(scalar_map=dict(SCALARS)),
)
core: Final[GraphQLSchema] = schema._schema  # pyright: ignore[reportPrivateUsage] -- strawberry offers no public way to it
"""The schema as graphql-core knows it."""

core.directives = (*core.directives, *DIRECTIVES)

# graphql-core takes 7.495e18 for an id, which has lost digits by then; strawberry lets nobody replace the type.
GraphQLID.coerce_input_value = identifier
GraphQLID.coerce_input_literal = identifier_in_document


def sdl() -> str:
    """Return the schema in the schema language, with what everything costs."""
    return declared(print_schema(core), core, TARIFF)
