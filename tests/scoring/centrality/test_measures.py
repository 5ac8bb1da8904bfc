"""Each measure is NetworkX's, whatever the graph, and has an answer for the graphs that are none."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring import Edges, ScoringError
from scoring.centrality import MEASURES, Graph, Kind, centrality, cost
from tests.scoring.centrality.drawn import STAR, Drawn, drawings, listed, ours, theirs, unweighted

MANY = settings(max_examples=60, deadline=None)


def close(found: np.ndarray, expected: dict[int, float], *, within: float = 1e-9) -> None:
    np.testing.assert_allclose(found, listed(expected), atol=within, rtol=0)


@MANY
@given(drawings())
def test_pagerank(drawn: Drawn):
    close(centrality(ours(drawn), Kind.PAGERANK).values, nx.pagerank(theirs(drawn), tol=1e-14, max_iter=2000))


@MANY
@given(drawings(), st.data())
def test_personalised_pagerank(drawn: Drawn, data: st.DataObject):
    seeds = data.draw(st.lists(st.integers(0, drawn[0] - 1), min_size=1, unique=True))
    expected = nx.pagerank(theirs(drawn), personalization=dict.fromkeys(seeds, 1.0), tol=1e-14, max_iter=2000)
    close(centrality(ours(drawn), Kind.PERSONALISED_PAGERANK, seeds=seeds).values, expected)


@MANY
@given(drawings())
def test_betweenness(drawn: Drawn):
    close(centrality(ours(drawn), Kind.BETWEENNESS).values, nx.betweenness_centrality(theirs(drawn)))


@MANY
@given(drawings())
def test_harmonic(drawn: Drawn):
    close(centrality(ours(drawn), Kind.HARMONIC).values, nx.harmonic_centrality(theirs(drawn)))


@MANY
@given(drawings())
def test_core_number(drawn: Drawn):
    assert centrality(ours(drawn), Kind.K_CORE).values.tolist() == listed(nx.core_number(theirs(drawn)))


@MANY
@given(drawings())
def test_katz_with_the_attenuation_that_it_says(drawn: Drawn):
    found = centrality(ours(drawn), Kind.KATZ)
    expected = eval(f"nx.{found.call[:-1]}, tol=1e-15, max_iter=20_000)", {"nx": nx, "G": theirs(drawn)})
    close(found.values, expected)


@MANY
@given(drawings(), st.booleans())
def test_hits(drawn: Drawn, two_sided: bool):
    graph = theirs(drawn, directed=True if two_sided else None)
    assume(graph.number_of_edges() and _told_apart(graph))
    found = centrality(ours(drawn, two_sided=two_sided), Kind.HITS)
    hubs, authorities = nx.hits(graph, max_iter=5000, tol=0)
    close(found.values, authorities, within=1e-6)
    assert found.hubs is not None
    close(found.hubs, hubs, within=1e-6)


def _told_apart(graph: nx.Graph) -> bool:
    """Whether one vector is the answer, and NetworkX's solver can take the graph."""
    values = np.linalg.svd(nx.to_numpy_array(graph), compute_uv=False)
    return len(values) > 1 and values[1] < 0.99 * values[0]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PERSONALISED_PAGERANK])
@pytest.mark.parametrize("nodes", [0, 1, 4])
def test_without_edges_no_node_is_above_another(kind: Kind, nodes: int):
    values = centrality(Graph.of(nodes, Edges.none()), kind).values
    assert len(values) == nodes
    assert len(set(values.tolist())) <= 1


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.K_CORE])
def test_the_middle_of_a_star_is_its_most_central(kind: Kind):
    seeds = [0] if kind is Kind.PERSONALISED_PAGERANK else []
    # In a two-sided graph authorities are at the ends of the edges, so they lead to the middle here.
    star = Graph.of(5, Edges.of([end for _, end in STAR], [middle for middle, _ in STAR]), two_sided=True)
    values = centrality(star, kind, seeds=seeds).values
    assert values.argmax() == 0
    assert np.ptp(values[1:]) < 1e-12


def test_a_path_by_hand():
    path = unweighted(3, (0, 1), (1, 2))
    assert centrality(path, Kind.BETWEENNESS).values.tolist() == [0.0, 1.0, 0.0]
    assert centrality(path, Kind.HARMONIC).values.tolist() == [1.5, 2.0, 1.5]
    assert centrality(path, Kind.K_CORE).values.tolist() == [1.0, 1.0, 1.0]


def test_ways_along_a_chain_count_by_their_length():
    chain = unweighted(3, (0, 1), (1, 2), directed=True)
    values = centrality(chain, Kind.KATZ).values
    assert (values / values[0]).tolist() == pytest.approx([1.0, 1.85, 1.0 + 0.85 * 1.85])


def test_disjoint_parts_that_weigh_the_same_share_hits():
    twins = unweighted(4, (0, 1), (2, 3), directed=True)
    assert centrality(twins, Kind.HITS).values.tolist() == pytest.approx([0, 0.5, 0, 0.5])


def test_mass_stays_with_the_seeds_part():
    parts = unweighted(5, (0, 1), (2, 3), (3, 4))
    values = centrality(parts, Kind.PERSONALISED_PAGERANK, seeds=[0]).values
    assert values[2:].tolist() == [0.0, 0.0, 0.0]
    assert values.sum() == pytest.approx(1.0)


def test_more_than_one_block_of_starts():
    drawn = nx.gnm_random_graph(200, 500, seed=1)
    graph = unweighted(200, *drawn.edges)
    close(centrality(graph, Kind.BETWEENNESS).values, nx.betweenness_centrality(drawn))
    close(centrality(graph, Kind.HARMONIC).values, nx.harmonic_centrality(drawn))
    assert centrality(graph, Kind.K_CORE).values.tolist() == listed(nx.core_number(drawn))


def test_seeds_are_for_the_personalised_walk_alone():
    with pytest.raises(ScoringError, match="needs seeds"):
        centrality(unweighted(2, (0, 1)), Kind.PERSONALISED_PAGERANK)
    with pytest.raises(ScoringError, match="does not use seeds"):
        centrality(unweighted(2, (0, 1)), Kind.KATZ, seeds=[0])


class Enough(Exception):
    """Raised to stop."""


@pytest.mark.parametrize("kind", Kind)
def test_every_measure_can_be_stopped(kind: Kind):
    def stop() -> None:
        raise Enough

    with pytest.raises(Enough):
        centrality(unweighted(3, (0, 1), (1, 2)), kind, seeds=[0] if kind is Kind.PERSONALISED_PAGERANK else [], check=stop)


def test_the_dearest_are_those_that_look_at_all_pairs():
    graph = unweighted(200, *nx.gnm_random_graph(200, 500, seed=1).edges)
    told = {kind: cost(graph, kind).seconds for kind in Kind}
    assert max(told, key=told.__getitem__) is Kind.BETWEENNESS
    assert all(seconds > 0 for seconds in told.values())
    assert set(MEASURES) == set(Kind)
