"""Who promotes the same."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from scoring import Edges
from scoring.centrality import pairs_at_most, shared


def told(edges: Edges) -> list[tuple[int, int, float]]:
    return sorted(zip(edges.sources.tolist(), edges.targets.tolist(), edges.weights.tolist(), strict=True))


def test_pairs_weigh_what_they_share():
    promotes = Edges.of([0, 1, 0, 1, 2, 2], [0, 0, 1, 1, 1, 1])
    assert told(shared(promotes, 3, 2)) == [(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)]
    assert told(shared(promotes, 3, 2, at_least=2.0)) == [(0, 1, 2.0)]


def test_nothing_shared_is_no_pair():
    assert told(shared(Edges.of([0, 1], [0, 1]), 2, 2)) == []
    assert told(shared(Edges.none(), 0, 0)) == []


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_is_networkx_and_never_more_than_told_before(pairs: set[tuple[int, int]]):
    edges = Edges.of(*zip(*pairs, strict=True)) if pairs else Edges.none()
    graph = nx.Graph([(("s", source), ("t", target)) for source, target in pairs])
    graph.add_nodes_from((side, node) for side in "st" for node in range(6))
    expected = nx.bipartite.weighted_projected_graph(graph, [("s", source) for source in range(6)])
    found = shared(edges, 6, 6)
    assert told(found) == sorted((min(a[1], b[1]), max(a[1], b[1]), float(data["weight"])) for a, b, data in expected.edges(data=True))
    assert len(found.sources) <= pairs_at_most(edges.targets)
