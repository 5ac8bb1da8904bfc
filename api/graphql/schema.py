"""The schema, put together from its nouns and the mutations."""

from __future__ import annotations

from typing import Final

import strawberry
from graphql import GraphQLID, GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from api.graphql.mutation import Mutation
from api.graphql.query import Query
from api.graphql.types.collaboration import Collaboration
from api.graphql.types.content import Content
from api.graphql.types.run import ScoringRun
from api.graphql.types.sale import Sale
from api.graphql.types.scalars import SCALARS, identifier

schema: Final = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[Collaboration, Content, ScoringRun, Sale],
    config=StrawberryConfig(scalar_map=dict(SCALARS)),
)
core: Final[GraphQLSchema] = schema._schema  # strawberry offers no public way to it
"""The schema as graphql-core knows it."""

# graphql-core takes 7.495e18 for an id, which has lost digits by then; strawberry lets nobody replace the type.
GraphQLID.coerce_input_value = identifier


def sdl() -> str:
    """Return the schema in the schema language."""
    return print_schema(core) + "\n"
