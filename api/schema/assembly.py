"""The schema, put together from its nouns and the mutations."""

from __future__ import annotations

from typing import Final

import strawberry
from graphql import GraphQLID, GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from api.mutations import Mutation
from api.schema.collaboration import Collaboration
from api.schema.content import Content
from api.schema.query import Query
from api.schema.run import ScoringRun
from api.schema.sale import Sale
from api.schema.scalars import SCALARS, identifier

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
