"""Influence is NetworkX's PageRank, whatever the graph."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from scoring import Edges, EdgesError, Network, network_place, personalised_pagerank

WEIGHTS = st.sampled_from([0.0, 0.01, 0.5, 1.0, 3.0, 1000.0])


def edges(sources: int, targets: int, most: int = 12) -> st.SearchStrategy[Edges]:
    edge = st.tuples(st.integers(0, sources - 1), st.integers(0, targets - 1), WEIGHTS)
    return st.lists(edge, max_size=most).map(lambda found: Edges.of(*zip(*found, strict=True)) if found else Edges.none())


@st.composite
def networks(draw: st.DrawFn, *, mentions: bool) -> Network:
    creators, products, brands = draw(st.integers(1, 6)), draw(st.integers(1, 6)), draw(st.integers(1, 3))
    directed = draw(edges(creators, creators)) if mentions else Edges.none()
    return Network(creators, products, brands, draw(edges(creators, products)), draw(edges(brands, products)), directed)


def restarts(products: int, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    restart = chance.random((products, 3)) * (chance.random((products, 3)) < 0.6)
    restart[seed % products, 0] = 1.0
    restart[:, 2] = 0.0
    return restart


def as_networkx(network: Network) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(("creator", node) for node in range(network.creators))
    graph.add_nodes_from(("product", node) for node in range(network.products))
    graph.add_nodes_from(("brand", node) for node in range(network.brands))
    for kind, other, part, both in (
        ("creator", "product", network.promotes, True),
        ("brand", "product", network.sells, True),
        ("creator", "creator", network.mentions, False),
    ):
        for source, target, weight in zip(part.sources.tolist(), part.targets.tolist(), part.weights.tolist(), strict=True):
            _add(graph, (kind, source), (other, target), weight)
            if both:
                _add(graph, (other, target), (kind, source), weight)
    return graph


def _add(graph: nx.DiGraph, source: tuple[str, int], target: tuple[str, int], weight: float) -> None:
    if weight > 0:
        before = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
        graph.add_edge(source, target, weight=before + weight)


def reference(network: Network, restart: np.ndarray) -> np.ndarray:
    graph = as_networkx(network)
    mass = np.zeros((network.creators, restart.shape[1]))
    for column in np.flatnonzero(restart.sum(axis=0)):
        personal = {("product", node): float(weight) for node, weight in enumerate(restart[:, column])}
        found = nx.pagerank(graph, alpha=0.85, personalization=personal, tol=1e-13, max_iter=2000)
        mass[:, column] = [found[("creator", node)] for node in range(network.creators)]
    return mass


@settings(max_examples=60, deadline=None)
@given(network=networks(mentions=False), seed=st.integers(0, 1000))
def test_is_networkx_without_mentions(network: Network, seed: int):
    restart = restarts(network.products, seed)
    mass, residual = personalised_pagerank(network, restart)
    assert residual <= 1e-10
    np.testing.assert_allclose(mass, reference(network, restart), atol=1e-8, rtol=0)


@settings(max_examples=60, deadline=None)
@given(network=networks(mentions=True), seed=st.integers(0, 1000))
def test_is_networkx_with_mentions(network: Network, seed: int):
    restart = restarts(network.products, seed)
    mass, residual = personalised_pagerank(network, restart)
    assert residual <= 1e-10
    np.testing.assert_allclose(mass, reference(network, restart), atol=1e-8, rtol=0)


@pytest.mark.parametrize("mentions", [0, 400])
@pytest.mark.parametrize("creators", [60, 400])
def test_is_networkx_on_larger_graphs_with_more_categories_than_a_block(creators: int, mentions: int):
    chance = np.random.default_rng(7)
    products, brands = 150, 12
    promotes = Edges.of(chance.integers(0, creators, 1500), chance.integers(0, products, 1500), chance.lognormal(0, 2, 1500))
    sells = Edges.of(chance.integers(0, brands, products), np.arange(products), chance.lognormal(0, 1, products))
    directed = Edges.of(chance.integers(0, creators, mentions), chance.integers(0, creators, mentions))
    network = Network(creators, products, brands, promotes, sells, directed)
    restart = sparse.csr_array(chance.random((products, 13)) * (chance.random((products, 13)) < 0.1))
    mass, residual = personalised_pagerank(network, restart)
    assert residual <= 1e-10
    np.testing.assert_allclose(mass, reference(network, restart.toarray()), atol=1e-8, rtol=0)


def test_two_creators_of_one_product_by_hand():
    network = Network(2, 1, 0, Edges.of([0, 1], [0, 0], [3.0, 1.0]), Edges.none())
    mass, _ = personalised_pagerank(network, np.array([[1.0]]))
    product = 1.0 / 1.85
    np.testing.assert_allclose(mass[:, 0], [0.85 * 0.75 * product, 0.85 * 0.25 * product], rtol=1e-12)


def test_a_category_without_restart_has_no_mass_and_shares_are_of_creators():
    network = Network(2, 2, 0, Edges.of([0, 1], [0, 0], [1.0, 1.0]), Edges.none())
    influence = personalised_pagerank(network, np.array([[1.0, 0.0], [0.0, 0.0]]))
    assert influence.mass[:, 1].tolist() == [0.0, 0.0]
    np.testing.assert_allclose(influence.shares, [[0.5, 0.0], [0.5, 0.0]])


def test_no_categories_and_no_edges():
    network = Network(2, 2, 1, Edges.none(), Edges.none())
    assert personalised_pagerank(network, np.zeros((2, 0))).mass.shape == (2, 0)
    assert personalised_pagerank(network, np.ones((2, 1))).mass.tolist() == [[0.0], [0.0]]


@pytest.mark.parametrize("mentions", [Edges.none(), Edges.of([0], [1])])
def test_nobody_and_nothing(mentions: Edges):
    alone = personalised_pagerank(Network(2, 0, 0, Edges.none(), mentions=mentions), np.zeros((0, 1)))
    assert alone.mass.tolist() == [[0.0], [0.0]]
    assert personalised_pagerank(Network(0, 1, 0, Edges.none()), np.ones((1, 1))).mass.shape == (0, 1)
    assert np.isnan(network_place(Edges.none(), 2, 0)).all()


def test_same_bits_for_any_split_into_blocks_of_the_same_width():
    chance = np.random.default_rng(3)
    network = Network(50, 40, 0, Edges.of(chance.integers(0, 50, 300), chance.integers(0, 40, 300)), Edges.none())
    restart = chance.random((40, 20))
    whole, _ = personalised_pagerank(network, restart)
    part, _ = personalised_pagerank(network, restart[:, :10])
    assert np.array_equal(whole[:, :10], part)


@settings(max_examples=40, deadline=None)
@given(found=edges(6, 4))
def test_network_place_is_networkx_over_the_average_creator(found: Edges):
    place = network_place(found, 6, 4)
    graph = as_networkx(Network(6, 4, 0, found))
    graph.remove_nodes_from([node for node, degree in dict(graph.degree()).items() if degree == 0])
    linked = [node for node in graph if node[0] == "creator"]
    assert np.flatnonzero(~np.isnan(place)).tolist() == sorted(node for _, node in linked)
    if linked:
        expected = nx.pagerank(graph, tol=1e-13, max_iter=2000)
        average = np.mean([expected[node] for node in linked])
        np.testing.assert_allclose([place[node] for _, node in linked], [expected[node] / average for node in linked], atol=1e-8)


@pytest.mark.parametrize(
    ("promotes", "restart", "says"),
    [
        (Edges.of([5], [0]), np.ones((1, 1)), "node 5 is not among 1 nodes"),
        (Edges.of([0], [0], [-1.0]), np.ones((1, 1)), "weights of promotes, place 0: -1"),
        (Edges.of([0, 0], [0], [1.0]), np.ones((1, 1)), "sources, targets and weights"),
        (Edges.of([0], [0]), np.ones((2, 1)), "one row for each of 1 products"),
        (Edges.of([0], [0]), np.array([[np.inf]]), "restart, place 0"),
    ],
)
def test_refuses_broken_edges(promotes: Edges, restart: np.ndarray, says: str):
    with pytest.raises(EdgesError, match=says):
        personalised_pagerank(Network(1, 1, 0, promotes), restart)
