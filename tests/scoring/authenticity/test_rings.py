"""Dense groups of mentions, drawn."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.authenticity.rings import densest, in_rings, rings
from tests.scoring.authenticity.small import name, seen
from tests.scoring.facts.drawn import DAY, END


def mention(one: int, other: int) -> dict[str, object]:
    return {"creator_id": name(one), "mentioned_id": name(other), "published_at": END - DAY}


def crowd(ring: int) -> list[dict[str, object]]:
    """Each of 60 names the next; the first three name both others of them six times each, and nobody else, if `ring`."""
    honest = [mention(n, 3 + (n - 2) % 57) for n in range(3, 60)]
    return honest + [mention(a, b) for a in range(ring) for b in range(ring) if a != b for _ in range(6)]


def test_a_clique_is_denser_than_the_path_that_hangs_on_it() -> None:
    pairs = [(a, b) for b in range(4) for a in range(b)] + [(3, 4), (4, 5)]
    a, b = (np.array(each) for each in zip(*pairs, strict=True))
    assert densest(a, b, np.ones(len(pairs))).tolist() == [0, 1, 2, 3]
    assert densest(a[:0], b[:0], np.ones(0)).tolist() == []


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_peeling_is_at_least_half_as_dense_as_the_densest_of_all_groups(seed: int) -> None:
    graph = nx.gnp_random_graph(8, 0.4, seed=seed)
    if not graph.edges:
        return
    a, b = (np.array(each) for each in zip(*graph.edges, strict=True))

    def density(group: list[int]) -> float:
        return graph.subgraph(group).number_of_edges() / len(group)

    groups = [[node for node in graph if mask >> node & 1] for mask in range(1, 1 << 8)]
    assert density(densest(a, b, np.ones(len(a))).tolist()) >= max(map(density, groups)) / 2 - 1e-12


def test_three_who_name_each_other_all_the_time_are_a_ring() -> None:
    (found,) = rings(seen(60, mentions=crowd(3)))
    assert found.members.tolist() == [0, 1, 2]
    assert (found.observed, found.expected) == (36.0, pytest.approx(36 * 2 / 39))
    suspicion = in_rings(seen(60, mentions=crowd(3)), [])
    assert (suspicion.p[:3] < 1e-20).all()
    assert (suspicion.p[3:] == 1.0).all()
    assert suspicion.evidence(0) == ["Creator:c00", "Creator:c01", "Creator:c02"]


def test_a_crowd_is_none() -> None:
    assert rings(seen(60, mentions=crowd(0))) == []
    assert np.isnan(in_rings(seen(3), []).p).all()
