"""The graph that all measures share."""

import pytest

from scoring.edges import Edges
from scoring.errors import EdgesError
from scoring.networks import undirected


def test_ties_of_both_directions_and_of_all_parts_add_up() -> None:
    graph = undirected(3, [Edges.of([0, 1], [1, 0], [1.0, 2.0]), Edges.of([0, 2], [1, 2], [4.0, 9.0])])
    assert dict(graph.edges.items()) == {(0, 1): {"weight": 7.0}}
    assert list(graph) == [0, 1, 2]


def test_ties_that_weigh_nothing_are_none() -> None:
    assert undirected(2, [Edges.of([0], [1], [0.0])]).number_of_edges() == 0


def test_no_parts_and_no_nodes_are_an_empty_graph() -> None:
    assert undirected(0, []).number_of_nodes() == 0


def test_a_tie_to_an_unseen_node_is_refused() -> None:
    with pytest.raises(EdgesError, match="node 2 is not among 2 nodes"):
        undirected(2, [Edges.of([0], [2])])
