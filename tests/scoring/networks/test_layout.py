"""Places to draw at."""

import networkx as nx
import numpy as np
from hypothesis import given, settings

from scoring.networks import layout
from scoring.networks.layout import STEPS, _starts
from tests.scoring.networks.drawn import barbell, network, networks, star


def keys(graph: nx.Graph) -> list[str]:
    return [f"Creator:{node}" for node in graph]


def test_is_networkxs_spring_layout_from_the_same_starts() -> None:
    graph = barbell()
    damped = nx.Graph((a, b, {"weight": np.log1p(weight)}) for a, b, weight in graph.edges(data="weight"))
    starts = dict(enumerate(_starts(keys(graph))))
    expected = nx.spring_layout(damped, pos=starts, k=1 / np.sqrt(11), iterations=STEPS, threshold=0, scale=None)
    found = np.array([expected[node] for node in range(11)])
    found -= found.mean(axis=0)
    np.testing.assert_allclose(layout(graph, keys(graph)), found / np.abs(found).max(), atol=1e-5)


def test_the_centre_stays_in_the_middle_and_its_neighbours_lie_around_it() -> None:
    places = layout(star(6), keys(star(6)), centre=0)
    assert places[0].tolist() == [0, 0]
    assert np.linalg.norm(places[1:], axis=1).min() > 0.3


def test_communities_lie_apart() -> None:
    places = layout(barbell(), keys(barbell()))
    left, right = places[:5].mean(axis=0), places[5:10].mean(axis=0)
    spread = np.linalg.norm(places[:5] - left, axis=1).mean()
    assert np.linalg.norm(left - right) > 2 * spread


def test_one_node_lies_in_the_middle_and_none_nowhere() -> None:
    assert layout(network(1), ["a"]).tolist() == [[0, 0]]
    assert layout(network(0), []).shape == (0, 2)


def test_two_networks_that_share_most_nodes_look_alike() -> None:
    """A centre with 60 others in ten groups, drawn with and without the last of them: nodes stay in their part of the picture."""
    ties = [(a, b) for a in range(1, 61) for b in range(1, a) if a % 10 == b % 10] + [(0, node) for node in range(1, 61)]
    whole, less = network(61, *ties), network(60, *[tie for tie in ties if 60 not in tie])
    before, after = layout(whole, keys(whole), centre=0), layout(less, keys(less), centre=0)
    assert np.median(np.linalg.norm(before[:60] - after, axis=1)) < 0.25


@settings(max_examples=30, deadline=None)
@given(networks())
def test_always_within_the_square_and_always_the_same(graph: nx.Graph) -> None:
    places = layout(graph, keys(graph))
    assert np.isfinite(places).all()
    assert (np.abs(places) <= 1).all()
    np.testing.assert_array_equal(places, layout(graph, keys(graph)))
