"""NetworkX's graph of weighted ties, built once for all measures."""

from collections.abc import Sequence
from typing import Any

import networkx

from scoring.edges import Edges

nx: Any = networkx


def undirected(count: int, parts: Sequence[Edges]) -> Any:
    """Return the graph of `count` nodes; ties of either direction and of all parts add up, ties of a node to itself fall away.

    Raises:
        EdgesError: a tie leaves the nodes, or its weight is negative or not finite.
    """
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(count))
    for part in parts:
        part.check("network", count, count)
        for source, target, weight in zip(part.sources.tolist(), part.targets.tolist(), part.weights.tolist(), strict=True):
            if source != target and weight > 0:
                known = graph.get_edge_data(source, target, default={"weight": 0.0})
                graph.add_edge(source, target, weight=known["weight"] + weight)
    return graph
