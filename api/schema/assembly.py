"""The schema, put together from its nouns and the mutations."""

from __future__ import annotations

from typing import Final

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from api.mutations import Mutation
from api.schema.collaboration import Collaboration
from api.schema.content import Content
from api.schema.query import Query
from api.schema.run import ScoringRun
from api.schema.scalars import SCALARS

schema: Final = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[Collaboration, Content, ScoringRun],
    config=StrawberryConfig(scalar_map=dict(SCALARS)),
)
core: Final[GraphQLSchema] = schema._schema  # strawberry offers no public way to it
"""The schema as graphql-core knows it."""


def sdl() -> str:
    """Return the schema in the schema language."""
    return print_schema(core) + "\n"
