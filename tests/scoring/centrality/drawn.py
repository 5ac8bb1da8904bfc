"""Graphs to draw, ours and NetworkX's side by side."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from hypothesis import strategies as st

from scoring import Edges
from scoring.centrality import Graph

Drawn = tuple[int, bool, list[tuple[int, int, float]]]
WEIGHTS = st.sampled_from([0.0, 0.01, 0.5, 1.0, 3.0, 1000.0])


@st.composite
def drawings(draw: st.DrawFn, *, most: int = 9, directed: bool | None = None) -> Drawn:
    """Up to `most` nodes and any edges between them: none, parallel ones, loops, disjoint parts."""
    nodes = draw(st.integers(1, most))
    edge = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), WEIGHTS)
    return nodes, draw(st.booleans()) if directed is None else directed, draw(st.lists(edge, max_size=3 * most))


def ours(drawn: Drawn, *, two_sided: bool = False) -> Graph:
    nodes, directed, edges = drawn
    return Graph.of(nodes, Edges.of(*zip(*edges, strict=True)) if edges else Edges.none(), directed=directed, two_sided=two_sided)


def theirs(drawn: Drawn, *, directed: bool | None = None) -> nx.Graph:
    """The same for NetworkX: weights of parallel edges added up, loops and weightless edges left out."""
    nodes, own, edges = drawn
    graph = nx.DiGraph() if (own if directed is None else directed) else nx.Graph()
    graph.add_nodes_from(range(nodes))
    for source, target, weight in edges:
        if source != target and weight > 0:
            before = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
            graph.add_edge(source, target, weight=before + weight)
    return graph


def unweighted(nodes: int, *edges: tuple[int, int], directed: bool = False) -> Graph:
    return ours((nodes, directed, [(source, target, 1.0) for source, target in edges]))


def listed(values: dict[int, float]) -> Sequence[float]:
    return [values[node] for node in range(len(values))]


STAR = ((0, 1), (0, 2), (0, 3), (0, 4))
"""Node 0 amid four."""
