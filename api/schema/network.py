"""A brand's network: nodes and edges ready to draw, and what measures say of them."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import Window, named
from api.schema.node import Node
from api.schema.nouns import CreatorRef
from api.schema.planned import argument, planned
from api.schema.scalars import DateTime, Region

NetworkNodeKind: Final = named(
    "NetworkNodeKind", "What a node of a network is.", {"BRAND": ("BRAND", "A brand."), "CREATOR": ("CREATOR", "A creator.")}
)
NetworkEdgeKind: Final = named(
    "NetworkEdgeKind",
    "What ties two nodes of a network.",
    {
        "COLLABORATED": ("COLLABORATED", "The creator has worked with, or sold for, the brand; over the whole history."),
        "MENTIONED": ("MENTIONED", "Content of the first creator names the second."),
        "CO_PROMOTED": ("CO_PROMOTED", "Both creators promote the same products; for each creator, the four most alike."),
    },
)
NetworkTrend: Final = named(
    "NetworkTrend",
    "What becomes of a tie, judged by net sales of the last 90 days against the 90 days before.",
    {
        "NEW": ("NEW", "It began within the last 90 days."),
        "GROWING": ("GROWING", "Sales rose by more than a quarter."),
        "STEADY": ("STEADY", "Sales changed less than that, or there were none."),
        "FADING": ("FADING", "Sales before were more than a quarter above those of late."),
        "DORMANT": ("DORMANT", "Nothing has happened in the last 90 days."),
    },
)
NetworkBoundKind: Final = named(
    "NetworkBoundKind",
    "What bounds a network.",
    {
        "FIRST": ("FIRST", "`first`, of which each ring of nodes gets an equal share, and what the rings before left over."),
        "EDGES": ("EDGES", "Ten edges for each node of `first`; the heaviest are kept."),
    },
)

NETWORK_ARGUMENTS: Final = (
    argument("depth", int, "How far to look, 1 to 3: its creators; their other brands; those brands' creators.", 1),
    argument("window", Window | None, "Only ties alive in so many days before the run's date; of any age if absent."),
    argument("categories", list[strawberry.ID] | None, "Only creators active, and other brands that sell, in one of these."),
    argument("regions", list[Region] | None, "Only creators of these regions."),
    argument("first", int, "Nodes beside the brand, the heaviest first.", 100),
    argument("minWeight", float, "Only collaborations' edges of at least this weight.", 0.0),
)


@strawberry.type(description="A node of a network, with a position to draw it at.")
class NetworkNode:
    """Places depend on ids and ties alone, so that two drawings of one network look alike."""

    node_id: strawberry.ID = planned("Global id of the node.")
    kind: NetworkNodeKind = planned("What it is.")
    label: str = planned("A creator's handle, a brand's name; the own id of a brand without a known name.")
    region: Region | None = planned("Its region; null where unknown.")
    distance: int = planned("How far from the brand: 0 the brand itself, 1 its creators, 2 their other brands, 3 those brands' creators.")
    weight: float = planned("Sum of the weights of its edges.")
    x: float = planned("Place to draw it at, -1 to 1; the brand lies in the middle.")
    y: float = planned("Place to draw it at, -1 to 1.")
    community: int | None = planned("Number of its community in `measures.communities`; null for the brand itself, and for nodes in none.")
    core: int | None = planned("How deep it lies: NetworkX's `core_number`; null for the brand itself.")
    other_brands: int | None = planned(
        "A creator's brands whose ties you may not see, in whole fives; null below five, for brands, and where you see all."
    )
    node: Node | None = planned("The creator or brand, for whatever else is asked of it; null where just removed.")


@strawberry.type(description="An edge of a network.")
class NetworkEdge:
    """Ties of brands that you may not see are not among them."""

    source: strawberry.ID = planned("Global id of the node that it leads from: the creator who works or names.")
    target: strawberry.ID = planned("Global id of the node that it leads to.")
    kind: NetworkEdgeKind = planned("What ties the two.")
    weight: float = planned(
        "Of COLLABORATED: collaborations + log10(1 + net sales in US dollars). Of MENTIONED: 5 for each post. Of CO_PROMOTED:"
        " cosine, 0–1, of what both promote, rare products weighing more."
    )
    times: int = planned("Accepted collaborations, posts that mention, or products that both promote.")
    gmv_usd: float | None = planned("Net sales together, in US dollars; null for all other kinds than COLLABORATED.")
    first_at: DateTime | None = planned("When it began; null where unknown, and for CO_PROMOTED.")
    last_at: DateTime | None = planned("When something last happened; null as `firstAt` is.")
    trend: NetworkTrend | None = planned("What becomes of it; null for all other kinds than COLLABORATED with known times.")


@strawberry.type(description="Where a network was cut off.")
class NetworkBound:
    """There is none where nothing was left out."""

    by: NetworkBoundKind = planned("What bounds it.")
    distance: int | None = planned("Of FIRST: how far from the brand the nodes are that were left out; null for EDGES.")
    at: int = planned("How many are shown.")
    left_out: int = planned("How many more there are, next to the nodes shown, that you may see.")


@strawberry.type(description="Something that members of a community share.")
class NetworkTrait:
    """Told where a third or more of them have it."""

    label: str = planned("A category's name, a region, a product's title; its id without a known name.")
    members: int = planned("Members who have it.")
    share: float = planned("Their share of the community, 0–1.")
    lead: float = planned("`share` minus the share among all nodes of the network: how far it sets the community apart.")


@strawberry.type(description="A group of nodes tied more among each other than to the others.")
class NetworkCommunity:
    """NetworkX's `louvain_communities`, of the network without the brand itself."""

    number: int = planned("Its number, 0 for the largest.")
    name: str = planned("What sets its members apart, in a few words.")
    members: list[strawberry.ID] = planned("Global ids of its nodes.")
    categories: list[NetworkTrait] = planned("Categories that its creators are active in, at most three, what sets them apart first.")
    regions: list[NetworkTrait] = planned("Regions of its nodes, likewise.")
    products: list[NetworkTrait] = planned(
        "Products that its creators promote, likewise; who sees others' ties as counts only: their own brands'."
    )
    share_of_gmv: float | None = planned("Share of the brand's sales with the creators shown, 0–1; null where nothing was sold.")


@strawberry.type(description="A node that links parts of the network.")
class NetworkBroker:
    """Of the network without the brand itself."""

    node_id: strawberry.ID = planned("Global id of the node.")
    label: str = planned("As of the node.")
    betweenness: float = planned("Share of the shortest paths between others that lead through it: NetworkX's `betweenness_centrality`.")
    constraint: float = planned("How bound it is by contacts who know each other: Burt's, NetworkX's `constraint`; low for brokers.")
    creator: CreatorRef | None = planned("The creator; null for a brand.")


@strawberry.type(description="Core and periphery, by NetworkX's `core_number`, of the network without the brand itself.")
class NetworkCores:
    """The core are the nodes of the largest number; NetworkX calls it `k_core`."""

    deepest: int = planned("The largest number: each node of the core is tied to at least so many others of the core; 0 without ties.")
    core: list[strawberry.ID] = planned("Global ids of the core; empty without ties.")
    periphery: int = planned("Nodes outside of it.")


@strawberry.type(description="What becomes of the brand's own ties, among those shown.")
class NetworkTrends:
    """Each tie once."""

    new: int = planned("Ties that began of late.")
    growing: int = planned("Ties that grow.")
    steady: int = planned("Ties that are steady.")
    fading: int = planned("Ties that fade.")
    dormant: int = planned("Ties without recent activity.")
    growing_ties: list[NetworkEdge] = planned("Those that grow, the heaviest first, at most 20.")
    dormant_ties: list[NetworkEdge] = planned("Those without recent activity, the heaviest first, at most 20.")


@strawberry.type(description="How far a brand's sales depend on few creators.")
class NetworkConcentration:
    """Over all its creators that you may see and asked for, those left out by `first` included."""

    creators: int = planned("Creators who sold something.")
    gmv_usd: float = planned("Their net sales for the brand, in US dollars.")
    top1: float = planned("Share of the creator who sold most, 0–1.")
    top5: float = planned("Share of the five who sold most.")
    top10: float = planned("Share of the ten who sold most.")
    hhi: float = planned("Herfindahl–Hirschman index: sum of squared shares, up to 1.")
    effective_creators: float = planned("How many equal creators would be as spread: exp of the entropy of shares.")


@strawberry.type(description="Measures of a network; each is computed only if selected.")
class NetworkMeasures:
    """On the nodes and edges shown; all but concentration and trends leave the brand itself out, which is tied to all."""

    communities: list[NetworkCommunity] = planned("Groups of two nodes or more, the largest first.")
    brokers: list[NetworkBroker] = planned("The nodes on most of the shortest paths between others, at most 20.")
    cores: NetworkCores = planned("Core and periphery.")
    trends: NetworkTrends = planned("Growing and dormant ties.")
    concentration: NetworkConcentration | None = planned("Concentration of sales; null where nothing was sold, or you may not see it.")


@strawberry.type(description="What lies around a brand, as of the current run.")
class BrandNetwork:
    """Bounded: where, is part of the answer."""

    nodes: list[NetworkNode] = planned("The brand, and what lies around it, the nearest first.")
    edges: list[NetworkEdge] = planned("What ties them, the heaviest of each kind first.")
    bounded: list[NetworkBound] = planned("Where it was cut off; empty where it is whole.")
    hidden_creators: int | None = planned(
        "Creators of your regions who work with a brand whose ties you may not see, in whole fives; null below five, and where you may."
    )
    measures: NetworkMeasures = planned("What measures say of it.")
