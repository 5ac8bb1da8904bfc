"""A brand's network as a NetworkX graph, the most central nodes, and paths between nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from creatorgraph.columns import NUMBER, TEXT, WHOLE, Columns
from creatorgraph.errors import NotFound
from creatorgraph.flows.creators import given
from creatorgraph.flows.graphql import graphql, value
from creatorgraph.frames import frame, instant, is_instant
from creatorgraph.steps import Flow

if TYPE_CHECKING:
    import networkx as nx

NETWORK: Final = """
query Network($brand: ID!, $depth: Int!, $window: Window, $categories: [ID!], $regions: [Region!], $first: Int!, $minWeight: Float!) {
  brand(id: $brand) {
    network(depth: $depth, window: $window, categories: $categories, regions: $regions, first: $first, minWeight: $minWeight) {
      nodes { nodeId kind label region distance weight x y community core otherBrands }
      edges { source target kind weight times gmvUsd firstAt lastAt trend }
      bounded { by distance at leftOut }
      hiddenCreators
      measures {
        communities { number name members shareOfGmv }
        brokers { nodeId label betweenness constraint }
        cores { deepest core periphery }
        trends { new growing steady fading dormant }
        concentration { creators gmvUsd top1 top5 top10 hhi effectiveCreators }
      }
    }
  }
}
"""


def network(  # noqa: PLR0913 - the field's own arguments
    brand: str,
    *,
    depth: int = 1,
    window: str | None = None,
    categories: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    first: int = 100,
    min_weight: float = 0.0,
) -> Flow[nx.Graph]:
    """Return what lies around a brand as an undirected graph whose nodes are global ids.

    Nodes have what the schema's `NetworkNode` has, and `pos` to draw them at. An edge stands for all ties between two
    nodes: `weight` is their sum, the other attributes are those of the heaviest, `ties` lists all. The graph's own
    attributes are `bounded` (where it was cut off), `hiddenCreators` and the measures: `communities`, `brokers`, `cores`,
    `trends`, `concentration`.
    """
    variables = given(brand=brand, depth=depth, window=window, categories=categories, regions=regions, first=first, minWeight=min_weight)
    found = yield from value(NETWORK, variables, "brand", of="brand")
    if found["network"] is None:
        raise NotFound("there is no scoring run yet, and so no network; run `creatorgraph score`")
    return graph(found["network"])


def graph(network: Mapping[str, Any]) -> nx.Graph:
    """Return a network of the API as a NetworkX graph."""
    import networkx as nx  # late: it takes longer to import than all the rest of the client

    made = nx.Graph(bounded=network["bounded"], hiddenCreators=network["hiddenCreators"], **network["measures"])
    for node in network["nodes"]:
        made.add_node(node["nodeId"], **{name: each for name, each in node.items() if name != "nodeId"}, pos=(node["x"], node["y"]))
    for edge in sorted(network["edges"], key=lambda each: -each["weight"]):
        ends, tie = (edge["source"], edge["target"]), _tie(edge)
        if made.has_edge(*ends):
            known = made.edges[ends]
            known["weight"] += tie["weight"]
            known["ties"].append(tie)
        else:
            made.add_edge(*ends, **tie, ties=[tie])
    return made


def _tie(edge: Mapping[str, Any]) -> dict[str, Any]:
    return {name: instant(each) if is_instant(name) else each for name, each in edge.items()}


CENTRALITY: Final = """
query Centrality($kind: CentralityKind!, $scope: CentralityScope!, $seeds: [ID!], $only: CentralityNodeKind, $first: Int!) {
  centrality(kind: $kind, scope: $scope, seeds: $seeds, only: $only, first: $first) {
    rows {
      rank nodeId value hub
      node { ... on Creator { label: handle } ... on Brand { name } ... on Product { title } }
    }
  }
}
"""
CENTRAL: Final[Columns] = {"rank": WHOLE, "nodeId": TEXT, "label": TEXT, "value": NUMBER, "hub": NUMBER}


def centrality(
    kind: str, scope: Mapping[str, Any], *, seeds: Sequence[str] | None = None, only: str | None = None, first: int = 20
) -> Flow[pl.DataFrame]:
    """Return the most central nodes of a part of the graph, which `scope`, the schema's `CentralityScope`, bounds.

    `kind` is a `CentralityKind`, such as `PAGERANK`; `only` lists `CREATOR`, `BRAND` or `PRODUCT` alone.
    """
    data = yield from graphql(CENTRALITY, given(kind=kind, scope=scope, seeds=seeds, only=only, first=first))
    return frame([{**row, "label": _label(row["node"])} for row in data["centrality"]["rows"]], CENTRAL)


def _label(node: Mapping[str, Any] | None) -> str | None:
    return next((each for each in node.values() if each is not None), None) if node else None


PATHS: Final = """
query Paths($from: ID!, $to: ID!, $first: Int!, $maxDepth: Int!, $via: [PathVia!]) {
  path(from: $from, to: $to, first: $first, maxDepth: $maxDepth, via: $via) {
    paths { strength steps { from { nodeId label } to { nodeId label } kind text weight strength } }
  }
}
"""
STEPS: Final[Columns] = {
    "way": WHOLE,
    "way.strength": NUMBER,
    "step": WHOLE,
    "from.nodeId": TEXT,
    "from.label": TEXT,
    "kind": TEXT,
    "text": TEXT,
    "to.nodeId": TEXT,
    "to.label": TEXT,
    "weight": NUMBER,
    "strength": NUMBER,
}


def path(start: str, end: str, *, first: int = 3, max_depth: int = 4, via: Sequence[str] | None = None) -> Flow[pl.DataFrame]:
    """Return the strongest paths between two nodes, one row a step; empty where there is none that the key may see.

    Both ends are global ids of creators, brands, products or categories. `way` numbers the ways, the strongest first.
    """
    variables = given(**{"from": start}, to=end, first=first, maxDepth=max_depth, via=via)
    found = yield from value(PATHS, variables, "path", of="such node")
    rows = [
        {**step, "way": way, "way.strength": each["strength"], "step": number}
        for way, each in enumerate(found["paths"], 1)
        for number, step in enumerate(each["steps"], 1)
    ]
    return frame(rows, STEPS)
