"""What makes the schema a subgraph of Apollo Federation: its own text, and nodes that other subgraphs refer to."""

# The union has a name of its own, which no checker takes for a type.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Annotated, Final

import strawberry

from api.features.appeals.types import Appeal
from api.features.briefs.types import Brief, BriefRun
from api.graphql.types.brand import Brand
from api.graphql.types.category import Category
from api.graphql.types.collaboration import Collaboration
from api.graphql.types.content import Content
from api.graphql.types.creator import Creator
from api.graphql.types.fields import argument, planned
from api.graphql.types.flag import Flag
from api.graphql.types.product import Product
from api.graphql.types.report import Report
from api.graphql.types.run import ScoringRun
from api.graphql.types.sale import Sale
from api.graphql.types.scalars import Representation

Nodes = Appeal | Brand | Brief | BriefRun | Category | Collaboration | Content | Creator | Flag | Product | Report | ScoringRun | Sale
"""Every type of nodes, for each has a global id by which others can refer to it."""

Entity: Final = Annotated[Nodes, strawberry.union("_Entity", description="A node that other subgraphs may refer to by its id.")]


@strawberry.type(name="_Service", description="This schema as a subgraph.")
class Service:
    """What composes a supergraph, and what a router asks for."""

    sdl: str = planned("The schema in the schema language, with the keys of its entities and what each field costs.")


@strawberry.type
class Query:
    """What routers ask for, at the root."""

    service: Service = planned("This schema as a subgraph of Apollo Federation.", name="_service")
    entities: list[Entity | None] = planned(
        "The nodes that a router has references to, in their order; null for each that does not exist or that you may not see.",
        argument(
            "representations",
            list[Representation],
            "References of `__typename` and `id`, at most 1,000 (`CREATORGRAPH_MAX_BATCH`); further fields are ignored.",
        ),
        name="_entities",
    )
