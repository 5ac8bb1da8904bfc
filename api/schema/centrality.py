"""Centrality on demand: what is measured, on which part of the graph, and what it costs."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import Window, named
from api.schema.node import Node
from api.schema.planned import argument, planned
from api.schema.scalars import Region
from graph.networks.scope import Pairing
from scoring.centrality import MEASURES, Kind

REFERENCES: Final = {
    Kind.PAGERANK: "NetworkX: `pagerank`, weighted.",
    Kind.PERSONALISED_PAGERANK: "NetworkX: `pagerank` with `personalization`, weighted; needs `seeds`.",
    Kind.BETWEENNESS: "NetworkX: `betweenness_centrality`, unweighted.",
    Kind.HARMONIC: "NetworkX: `harmonic_centrality`, unweighted.",
    Kind.KATZ: "NetworkX: `katz_centrality` with an attenuation of 0.85 over a bound of the largest eigenvalue, weighted.",
    Kind.HITS: "NetworkX: `hits`, weighted; the value is the authority's.",
    Kind.K_CORE: "NetworkX: `core_number`, unweighted.",
}
CentralityKind: Final = named(
    "CentralityKind",
    "A measure of how central a node is.",
    {kind.value: (kind, f"{MEASURES[kind].meaning} {words}") for kind, words in REFERENCES.items()},
)
CentralityGraph: Final = named(
    "CentralityGraph",
    "Which nodes are tied by what.",
    {
        "CREATOR_BRAND": (
            Pairing.CREATOR_BRAND,
            "Creators and brands, by accepted collaborations plus net sales in dollars. For HITS edges lead from brands to creators.",
        ),
        "CREATOR_PRODUCT": (
            Pairing.CREATOR_PRODUCT,
            "Creators and products that they show or sell, by net sales in dollars plus 1. For HITS edges lead from products to creators.",
        ),
        "MENTIONS": (Pairing.MENTIONS, "Creators, from who names to who is named, by the number of times; directed."),
        "CO_PROMOTION": (Pairing.CO_PROMOTION, "Creators who show or sell the same products, by the number of these."),
    },
)
CentralityNodeKind: Final = named(
    "CentralityNodeKind",
    "Kind of the nodes that are listed.",
    {"CREATOR": ("Creator", "Creators."), "BRAND": ("Brand", "Brands."), "PRODUCT": ("Product", "Products.")},
)


@strawberry.input(description="The part of the graph that is measured; nodes without any tie in it are left out.")
class CentralityScope:
    """What bounds it."""

    graph: CentralityGraph = strawberry.field(description="Which nodes are tied by what.")
    window: Window | None = strawberry.field(
        default=strawberry.UNSET,
        description="How far to look back from the run's date, or from now before the first run; 90 days if left out, the whole history if"
        " null. Over the whole history creators and brands are tied as the current run has found.",
    )
    category: strawberry.ID | None = strawberry.field(
        default=None, description="Only ties by products of this category or one below it; by all if null."
    )
    regions: list[Region] | None = strawberry.field(default=None, description="Only creators of these regions; of all if null.")
    brand: strawberry.ID | None = strawberry.field(
        default=None, description="Only creators who have ever worked with this brand; all if null."
    )
    min_weight: float = strawberry.field(default=0.0, description="Ties that weigh less are left out.")


KIND: Final = argument("kind", CentralityKind, "The measure.")
SCOPE: Final = argument("scope", CentralityScope, "The part of the graph.")
SEEDS: Final = argument(
    "seeds", list[strawberry.ID] | None, "Global ids of the nodes at which PERSONALISED_PAGERANK restarts; 100 at most.", None
)
ONLY: Final = argument("only", CentralityNodeKind | None, "List and rank only nodes of this kind; all if null.", None)


@strawberry.type(description="A node and how central it is.")
class CentralityRow:
    """One place of the list."""

    rank: int = planned("Place among those listed, from 1; equals share one.")
    node_id: strawberry.ID = planned("Global id of the node.")
    node: Node | None = planned("The node; null where it no longer exists.")
    value: float = planned("The measure's value; of HITS the authority's.")
    hub: float | None = planned("The hub's value; null for other measures than HITS.")


@strawberry.type(description="A measure of every node of a part of the graph.")
class Centrality:
    """The most central first."""

    nodes: int = planned("Nodes in the scope.")
    edges: int = planned("Ties between them.")
    directed: bool = planned("Whether ties have a direction.")
    weighted: bool = planned("Whether the measure takes account of what ties weigh.")
    call: str = planned("The call of NetworkX that gives the same values, with `G` the scope's graph.")
    unseen_seeds: list[strawberry.ID] = planned("Seeds that are not in the scope, and so were left out.")
    milliseconds: float = planned("How long reading and computing took.")
    rows: list[CentralityRow] = planned("The nodes, the most central first, equals by id.")


@strawberry.type(description="What a measure would cost; it is not computed.")
class CentralityCost:
    """Told before."""

    nodes: int = planned("Nodes in the scope.")
    edges: int = planned(
        "Ties between them; of CO_PROMOTION, where they are too many to be counted one by one, the most that there can be."
    )
    operations: float | None = planned("Elementary steps, about; null where the scope is too large to look at.")
    seconds: float | None = planned("Seconds on one idle core, about; null likewise.")
    allowed: bool = planned("Whether `centrality` would compute it.")
    reason: str | None = planned("Why it would not, and what to narrow; null where it would.")
