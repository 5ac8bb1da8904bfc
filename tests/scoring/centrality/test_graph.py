"""The graph that measures look at."""

import numpy as np
import pytest

from scoring import Edges, EdgesError
from scoring.centrality import Graph
from tests.scoring.centrality.drawn import STAR, unweighted


def test_an_undirected_edge_counts_once_and_stands_in_both_places():
    graph = Graph.of(3, Edges.of([0, 1, 2], [1, 0, 2], [1.0, 2.0, 5.0]))
    assert (graph.edges, graph.entries) == (1, 2)
    assert graph.weights.toarray().tolist() == [[0, 3, 0], [3, 0, 0], [0, 0, 0]]


def test_a_directed_graph_keeps_directions():
    graph = unweighted(3, (0, 1), (1, 0), (1, 2), directed=True)
    assert graph.edges == 3
    assert graph.incoming.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize(("edges", "depth"), [((), 0), (STAR, 1), (((0, 1), (1, 2), (2, 3), (3, 4)), 3)])
def test_depth_is_seen_from_a_node_with_most_neighbours(edges: tuple[tuple[int, int], ...], depth: int):
    assert unweighted(5, *edges).depth() == depth


def test_levels_from_an_end_are_the_whole_length():
    assert unweighted(5, (0, 1), (1, 2), (2, 3)).levels(0) == 3
    assert unweighted(5, (0, 1)).levels(4) == 0


def test_an_edge_that_leaves_the_nodes_is_refused():
    with pytest.raises(EdgesError, match="node 3 is not among 3 nodes"):
        Graph.of(3, Edges.of([0], [3]))


def test_an_empty_graph_is_a_graph():
    graph = Graph.of(0, Edges.none())
    assert (graph.nodes, graph.edges, graph.depth()) == (0, 0, 0)
    assert isinstance(graph.weights.sum(axis=0), np.ndarray)
