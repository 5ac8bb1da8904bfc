"""Centrality on demand: what is measured, on which part of the graph, and what it costs."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import Window, named
from api.graphql.types.fields import REFUSED, argument, planned
from api.graphql.types.nouns import NodeRef
from api.graphql.types.scalars import Id, Region
from graph.networks.scope import Pairing
from scoring.centrality import MEASURES, Kind

REFERENCES: Final = {
    Kind.PAGERANK: "NetworkX: `pagerank`, weighted.",
    Kind.PERSONALISED_PAGERANK: "NetworkX: `pagerank` with `personalization`, weighted; needs `seeds`.",
    Kind.BETWEENNESS: "NetworkX: `betweenness_centrality`, unweighted.",
    Kind.HARMONIC: "NetworkX: `harmonic_centrality`, unweighted.",
    Kind.KATZ: "NetworkX: `katz_centrality` with an attenuation of 0.85 over a bound of the largest eigenvalue, weighted.",
    Kind.HITS: "NetworkX: `hits`, weighted; the value is the authority score.",
    Kind.K_CORE: "NetworkX: `core_number`, unweighted.",
}
CentralityKind: Final = named(
    "CentralityKind",
    "A measure of how central a node is.",
    {kind.value: (kind, f"{MEASURES[kind].meaning} {words}") for kind, words in REFERENCES.items()},
)
CentralityGraph: Final = named(
    "CentralityGraph",
    "The kind of graph: which nodes, and which ties.",
    {
        "CREATOR_BRAND": (
            Pairing.CREATOR_BRAND,
            (
                "Creators and brands, weighted by accepted collaborations plus net sales in dollars. For HITS edges lead from "
                "brands to creators."
            ),
        ),
        "CREATOR_PRODUCT": (
            Pairing.CREATOR_PRODUCT,
            (
                "Creators and products that they show or sell, weighted by net sales in dollars plus 1. For HITS edges lead from "
                "products to creators."
            ),
        ),
        "MENTIONS": (
            Pairing.MENTIONS,
            ("Creators, directed from the one who mentions to the one mentioned, weighted by the number of mentions."),
        ),
        "CO_PROMOTION": (Pairing.CO_PROMOTION, ("Creators who show or sell the same products, weighted by the number of products.")),
    },
)
CentralityNodeKind: Final = named(
    "CentralityNodeKind",
    "The kind of nodes to list.",
    {"CREATOR": ("Creator", "Creators."), "BRAND": ("Brand", "Brands."), "PRODUCT": ("Product", "Products.")},
)


@strawberry.input(description="The part of the graph to measure; nodes without ties in it are left out.")
class CentralityScope:
    """What bounds it."""

    graph: CentralityGraph = strawberry.field(description="The kind of graph: which nodes, and which ties.")
    window: Window | None = strawberry.field(
        default=strawberry.UNSET,
        description="How far to look back from the run's date, or from now before the first run; 90 days if left out, the "
        "whole history if null. For the whole history, ties between creators and brands are those of the current "
        "run.",
    )
    category: Id | None = strawberry.field(
        default=None, description="Only ties through products of this category or its subcategories; all if null."
    )
    regions: list[Region] | None = strawberry.field(default=None, description="Only creators of these regions; all if null.")
    brand: Id | None = strawberry.field(default=None, description="Only creators who have ever worked with this brand; all if null.")
    min_weight: float = strawberry.field(default=0.0, description="Exclude ties with a lower weight.")


KIND: Final = argument("kind", CentralityKind, "The measure.")
SCOPE: Final = argument("scope", CentralityScope, "The part of the graph.")
SEEDS: Final = argument("seeds", list[Id] | None, "Global ids of the nodes at which PERSONALISED_PAGERANK restarts; 100 at most.", None)
ONLY: Final = argument("only", CentralityNodeKind | None, "List and rank only nodes of this kind; all kinds if null.", None)


@strawberry.type(description="A node and how central it is.")
class CentralityRow:
    """One place of the list."""

    rank: int = planned("Rank among the nodes listed, from 1; equal values share a rank.")
    node_id: Id = planned("Global id of the node.")
    node: NodeRef | None = planned("The node; null where it no longer exists.")
    value: float = planned("The measure's value; for HITS, the authority score.")
    hub: float | None = planned("The hub score; null for measures other than HITS.")


@strawberry.type(description="A measure of every node of a part of the graph.")
class Centrality:
    """The most central first."""

    nodes: int = planned("Number of nodes in the scope.")
    edges: int = planned("Number of ties between them.")
    directed: bool = planned("Whether ties have a direction.")
    weighted: bool = planned("Whether the measure uses the weights of ties.")
    call: str = planned("The NetworkX call that gives the same values, where `G` is the scope's graph.")
    unseen_seeds: list[Id] = planned("Seeds that are not in the scope, and were left out.")
    milliseconds: float = planned("Time taken to read and compute, in milliseconds.")
    rows: list[CentralityRow] = planned("The nodes, most central first, ties broken by id.")


@strawberry.type(description="The estimated cost of a measure, without computing it.")
class CentralityCost:
    """Told before."""

    nodes: int = planned("Number of nodes in the scope.")
    edges: int = planned("Number of ties between them; for CO_PROMOTION, an upper bound if there are too many to count.")
    operations: float | None = planned("Approximate number of elementary steps; null where the scope is too large.")
    seconds: float | None = planned("Approximate time in seconds on one idle core; null where the scope is too large.")
    allowed: bool = planned("Whether `centrality` would run it.")
    reason: str | None = planned("Why it is not allowed, and what to narrow; null if it is allowed.")


@strawberry.type
class Query:
    """Measures of centrality, at the root."""

    centrality: Centrality | None = planned(
        "The most central nodes of a part of the graph, by one of seven measures; for analysts and administrators, one computation at"
        f" a time. A scope that is too large is refused with an error that gives its size. {REFUSED}",
        KIND,
        SCOPE,
        SEEDS,
        ONLY,
        argument("first", int, "Maximum number of nodes, at most 100.", 20),
    )
    centrality_cost: CentralityCost | None = planned(
        "Estimates the cost of a measure of a part of the graph, and whether it is allowed, without computing it. For"
        f" analysts and administrators. {REFUSED}",
        KIND,
        SCOPE,
    )
