"""The strongest neighbours of nodes of a drawing, to be added to it."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.features.network.types import NetworkEdge, NetworkNodeKind
from api.graphql.types.enums import Window
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import NodeRef
from api.graphql.types.scalars import Id, Region

NEIGHBOURS_ARGUMENTS: Final = (
    argument("of", list[Id], "Global ids of the creators and brands whose neighbours are wanted, at most 20."),
    argument(
        "among",
        list[Id] | None,
        "Global ids of creators and brands shown already, at most 501, as many as a network has with its brand "
        "(`CREATORGRAPH_MAX_NETWORK`, and one): they do not come again, and ties to them are told.",
    ),
    argument("first", int, "Maximum number of neighbours that each brings in, strongest first; at most 50.", 25),
    argument("window", Window | None, "Only ties that were active within this many days before the run's date; of any age if omitted."),
)


@strawberry.type(description="A neighbour of a node.")
class NeighbourNode:
    """As a network's node, without a place: where it is drawn is for the drawing to say."""

    node_id: Id = planned("Global id of the node.")
    kind: NetworkNodeKind = planned("Whether it is a creator or a brand.")
    label: str = planned("A creator's handle or a brand's name; the platform's id for a brand without a known name.")
    region: Region | None = planned("Its region; null where unknown.")
    other_brands: int | None = planned(
        "Number of the creator's brands whose ties you may not see, rounded down to a multiple of five; null below five, for "
        "brands, and where you see everything."
    )
    node: NodeRef | None = planned("The creator or brand, to select further fields; null if just removed.")


@strawberry.type(description="The neighbours of one node.")
class NodeNeighbours:
    """A node that you may not see is like one without ties."""

    node_id: Id = planned("Global id of the node, as it was given.")
    total: int = planned(
        "Number of its neighbours that you may see, by collaborations and mentions; 0 where there is no such node, or you may not see it."
    )
    new: list[NeighbourNode] = planned("Its strongest neighbours that are not in `among`, strongest first.")


@strawberry.type(description="The strongest neighbours of some nodes, and what ties them.")
class Neighbours:
    """By collaborations and mentions, which hold between any two nodes; CO_PROMOTED is a tie within a network alone."""

    of: list[NodeNeighbours] = planned("The nodes asked for, in the order given.")
    edges: list[NetworkEdge] = planned(
        "Ties of new nodes, to each other and to those in `of` and `among`: COLLABORATED, then MENTIONED, heaviest first, at most 5,000."
    )
    left_out: int = planned(
        "Number of such ties that are left out of `edges` because there are more: mentions first, then collaborations, lightest first; 0 "
        "where all are told."
    )


@strawberry.type
class Query:
    """Neighbours of nodes, at the root."""

    neighbours: Neighbours | None = planned(
        "The strongest neighbours of creators and brands, within what you may see, to expand a network that is shown; null before the "
        "first run.",
        *NEIGHBOURS_ARGUMENTS,
    )
