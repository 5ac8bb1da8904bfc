"""Core and periphery."""

import networkx as nx
from hypothesis import given, settings

from scoring.networks import cores
from tests.scoring.networks.drawn import network, networks


def test_a_triangle_with_a_tail_has_the_triangle_for_a_core() -> None:
    found = cores(network(5, (0, 1), (1, 2), (0, 2), (2, 3)))
    assert found.number.tolist() == [2, 2, 2, 1, 0]
    assert found.core.tolist() == [True, True, True, False, False]


def test_without_ties_nobody_is_in_the_core() -> None:
    assert cores(network(2)).core.tolist() == [False, False]
    assert cores(network(0)).deepest == 0


@settings(max_examples=40, deadline=None)
@given(networks())
def test_the_core_is_networkxs_k_core(graph: nx.Graph) -> None:
    found = cores(graph)
    if found.deepest:
        assert {node for node, inside in zip(graph, found.core, strict=True) if inside} == set(nx.k_core(graph))
