"""A brand's network: nodes and edges ready to draw, and what measures say of them."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import Window, named
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import CreatorRef, NodeRef
from api.graphql.types.scalars import DateTime, Id, Region

NetworkNodeKind: Final = named(
    "NetworkNodeKind", "The kind of a node in a network.", {"BRAND": ("BRAND", "A brand."), "CREATOR": ("CREATOR", "A creator.")}
)
NetworkEdgeKind: Final = named(
    "NetworkEdgeKind",
    "The kind of a tie between two nodes.",
    {
        "COLLABORATED": ("COLLABORATED", "The creator has worked with, or sold for, the brand; over the whole history."),
        "MENTIONED": ("MENTIONED", "Content of the first creator mentions the second."),
        "CO_PROMOTED": ("CO_PROMOTED", "Both creators promote the same products; for each creator, the four most alike."),
    },
)
NetworkTrend: Final = named(
    "NetworkTrend",
    "The trend of a tie: net sales of the last 90 days compared with the 90 days before.",
    {
        "NEW": ("NEW", "It began within the last 90 days."),
        "GROWING": ("GROWING", "Sales rose by more than a quarter."),
        "STEADY": ("STEADY", "Sales changed less than that, or there were none."),
        "FADING": ("FADING", "Sales fell: earlier sales were more than a quarter above recent ones."),
        "DORMANT": ("DORMANT", "Nothing has happened in the last 90 days."),
    },
)
NetworkBoundKind: Final = named(
    "NetworkBoundKind",
    "A limit on the size of a network.",
    {
        "FIRST": ("FIRST", "The argument `first`: each distance gets an equal share, plus what nearer distances did not use."),
        "EDGES": ("EDGES", "Ten edges for each node of `first`; the heaviest are kept."),
    },
)

NETWORK_ARGUMENTS: Final = (
    argument("depth", int, "How far to look, 1 to 3: its creators; their other brands; those brands' creators.", 1),
    argument("window", Window | None, ("Only ties that were active within this many days before the run's date; of any age if omitted.")),
    argument("categories", list[Id] | None, ("Only creators active in, and other brands that sell in, one of these categories.")),
    argument("regions", list[Region] | None, "Only creators of these regions."),
    argument("first", int, "Maximum number of nodes besides the brand, heaviest first.", 100),
    argument("minWeight", float, "Only collaboration edges of at least this weight.", 0.0),
)


@strawberry.type(description="A node of a network, with a position to draw it at.")
class NetworkNode:
    """Places depend on ids and ties alone, so that two drawings of one network look alike."""

    node_id: Id = planned("Global id of the node.")
    kind: NetworkNodeKind = planned("The kind of event.")
    label: str = planned("A creator's handle or a brand's name; the platform's id for a brand without a known name.")
    region: Region | None = planned("Its region; null where unknown.")
    distance: int = planned("Distance from the brand: 0 the brand itself, 1 its creators, 2 their other brands, 3 those brands' creators.")
    weight: float = planned("Sum of the weights of its edges.")
    x: float = planned("Horizontal position for drawing, -1 to 1; the brand is at the center.")
    y: float = planned("Vertical position for drawing, -1 to 1.")
    community: int | None = planned(
        "Number of its community in `measures.communities`; null for the brand itself, and for nodes without a community."
    )
    core: int | None = planned("Core number: NetworkX's `core_number`; null for the brand itself.")
    other_brands: int | None = planned(
        "Number of the creator's brands whose ties you may not see, rounded down to a multiple of five; null below five, for "
        "brands, and where you see everything."
    )
    node: NodeRef | None = planned("The creator or brand, to select further fields; null if just removed.")


@strawberry.type(description="An edge of a network.")
class NetworkEdge:
    """Ties of brands that you may not see are not among them."""

    source: Id = planned("Global id of the source node: the creator who works with the brand, or who mentions the other.")
    target: Id = planned("Global id of the target node.")
    kind: NetworkEdgeKind = planned("The kind of tie.")
    weight: float = planned(
        "For COLLABORATED: collaborations + log10(1 + net sales in US dollars). For MENTIONED: 5 for each post. For "
        "CO_PROMOTED: cosine similarity, 0–1, of the promoted products, where rare products weigh more."
    )
    times: int = planned("Accepted collaborations, posts that mention, or products that both promote.")
    gmv_usd: float | None = planned("Net sales together, in US dollars; null for kinds other than COLLABORATED.")
    first_at: DateTime | None = planned("When it began; null where unknown, and for CO_PROMOTED.")
    last_at: DateTime | None = planned("When it was last active; null when `firstAt` is.")
    trend: NetworkTrend | None = planned("The trend of the tie; null for kinds other than COLLABORATED, and where times are unknown.")


@strawberry.type(description="A limit that cut a network off.")
class NetworkBound:
    """There is none where nothing was left out."""

    by: NetworkBoundKind = planned("The limit.")
    distance: int | None = planned("For FIRST: distance from the brand of the nodes that were left out; null for EDGES.")
    at: int = planned("Number shown.")
    left_out: int = planned("Number left out, adjacent to the nodes shown, that you may see.")


@strawberry.type(description="Something that members of a community share.")
class NetworkTrait:
    """Told where a third or more of them have it."""

    label: str = planned("A category's name, a region, a product's title; its id without a known name.")
    members: int = planned("Members who have it.")
    share: float = planned("Their share of the community, 0–1.")
    lead: float = planned("`share` minus the share among all nodes of the network.")


@strawberry.type(description="A group of nodes with more ties among each other than to other nodes.")
class NetworkCommunity:
    """NetworkX's `louvain_communities`, of the network without the brand itself."""

    number: int = planned("Its number, 0 for the largest.")
    name: str = planned("A short label for what its members have in common.")
    members: list[Id] = planned("Global ids of its nodes.")
    categories: list[NetworkTrait] = planned("Categories in which its creators are active, at most three, most distinctive first.")
    regions: list[NetworkTrait] = planned("Regions of its nodes, likewise.")
    products: list[NetworkTrait] = planned(
        "Products that its creators promote, likewise. Viewers who see other brands' ties only as counts get their own brands' products."
    )
    share_of_gmv: float | None = planned("Share of the brand's sales with the creators shown, 0–1; null where nothing was sold.")


@strawberry.type(description="A node that links parts of the network.")
class NetworkBroker:
    """Of the network without the brand itself."""

    node_id: Id = planned("Global id of the node.")
    label: str = planned("The node's label.")
    betweenness: float = planned(
        "Share of the shortest paths between other nodes that pass through it: NetworkX's `betweenness_centrality`."
    )
    constraint: float = planned(
        "Burt's constraint: how much its contacts are connected to each other (NetworkX's `constraint`); low for brokers."
    )
    creator: CreatorRef | None = planned("The creator; null for a brand.")


@strawberry.type(description="Core and periphery of the network without the brand itself, by NetworkX's `core_number`.")
class NetworkCores:
    """The core are the nodes of the largest number; NetworkX calls it `k_core`."""

    deepest: int = planned(
        "The largest core number: each node of the core is tied to at least this many others in the core; 0 without ties."
    )
    core: list[Id] = planned("Global ids of the core; empty without ties.")
    periphery: int = planned("Number of nodes outside the core.")


@strawberry.type(description="Trends of the brand's own ties, among those shown.")
class NetworkTrends:
    """Each tie once."""

    new: int = planned("Number of new ties.")
    growing: int = planned("Number of growing ties.")
    steady: int = planned("Number of steady ties.")
    fading: int = planned("Number of fading ties.")
    dormant: int = planned("Number of ties without recent activity.")
    growing_ties: list[NetworkEdge] = planned("The growing ties, heaviest first, at most 20.")
    dormant_ties: list[NetworkEdge] = planned("The ties without recent activity, heaviest first, at most 20.")


@strawberry.type(description="How much a brand's sales depend on a few creators.")
class NetworkConcentration:
    """Over all its creators that you may see and asked for, those left out by `first` included."""

    creators: int = planned("Number of creators who sold something.")
    gmv_usd: float = planned("Their net sales for the brand, in US dollars.")
    top1: float = planned("Share of sales by the top creator, 0–1.")
    top5: float = planned("Share of sales by the top five creators.")
    top10: float = planned("Share of sales by the top ten creators.")
    hhi: float = planned("Herfindahl–Hirschman index: sum of squared shares, up to 1.")
    effective_creators: float = planned("Effective number of creators: the exponential of the entropy of shares.")


@strawberry.type(description="Measures of a network; each is computed only if selected.")
class NetworkMeasures:
    """On the nodes and edges shown; all but concentration and trends leave the brand itself out, which is tied to all."""

    communities: list[NetworkCommunity] = planned("Groups of two nodes or more, the largest first.")
    brokers: list[NetworkBroker] = planned("The nodes that lie on the most shortest paths between others, at most 20.")
    cores: NetworkCores = planned("Core and periphery.")
    trends: NetworkTrends = planned("Growing and dormant ties.")
    concentration: NetworkConcentration | None = planned("Concentration of sales; null where nothing was sold, or you may not see it.")


@strawberry.type(description="The network around a brand, as of the current run.")
class BrandNetwork:
    """Bounded: where, is part of the answer."""

    nodes: list[NetworkNode] = planned("The brand and the nodes around it, nearest first.")
    edges: list[NetworkEdge] = planned("The edges between them, heaviest of each kind first.")
    bounded: list[NetworkBound] = planned("Limits that cut the network off; empty if it is complete.")
    hidden_creators: int | None = planned(
        "Number of creators of your regions who work with a brand whose ties you may not see, rounded down to a multiple of "
        "five; null below five, and where you may see them."
    )
    measures: NetworkMeasures = planned("Measures of the network.")
