"""Brokers: exact where a hand can count, NetworkX's everywhere."""

import networkx as nx
import numpy as np
from hypothesis import given, settings

from scoring.networks.brokers import betweenness, brokers, constraint
from tests.scoring.networks.drawn import barbell, network, networks, star


def test_the_middle_of_a_barbell_is_its_broker() -> None:
    found = brokers(barbell())
    assert int(np.argmax(found.betweenness)) == 10
    # All 25 ways from one side to the other, of 45 between the ten others.
    assert found.betweenness[10] == 25 / 45
    assert found.constraint[10] == 0.5  # two contacts who do not know each other
    assert int(np.nanargmin(found.constraint)) == 4 or found.constraint[10] < found.constraint[0]


def test_all_ways_of_a_star_lead_through_its_middle() -> None:
    found = brokers(star(5))
    assert found.betweenness.tolist() == [1.0, 0, 0, 0, 0, 0]
    np.testing.assert_allclose(found.constraint, [0.2, 1, 1, 1, 1, 1])


def test_disjoint_pairs_have_no_brokers_and_loners_no_constraint() -> None:
    found = brokers(network(5, (0, 1), (2, 3)))
    assert found.betweenness.tolist() == [0.0] * 5
    np.testing.assert_array_equal(found.constraint, [1, 1, 1, 1, np.nan])


def test_fewer_than_three_nodes() -> None:
    assert [len(brokers(network(count)).betweenness) for count in (0, 1, 2)] == [0, 1, 2]


@settings(max_examples=60, deadline=None)
@given(networks())
def test_betweenness_is_networkxs(graph: nx.Graph) -> None:
    expected = nx.betweenness_centrality(graph)
    np.testing.assert_allclose(betweenness(graph), [expected[node] for node in graph], atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_constraint_is_networkxs_node_by_node(graph: nx.Graph) -> None:
    expected = nx.constraint(graph, nodes=list(graph), weight="weight")
    np.testing.assert_allclose(constraint(graph), [expected[node] for node in graph], rtol=1e-9)
