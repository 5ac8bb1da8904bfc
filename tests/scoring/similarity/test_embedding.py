"""Vectors of creators and brands: near surroundings, near vectors; the same to the last bit whatever the order."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.edges import Edges
from scoring.errors import EdgesError
from scoring.similarity import Surroundings, embedding
from tests.scoring.similarity.drawn import ENDS, KINDS, drawn

TWO_CIRCLES = drawn(
    {"creator": "abcdef", "product": "pqr", "category": ["lips"], "brand": "XYZ"},
    mentions=[("a", "b"), ("b", "c"), ("d", "e")],
    worked=[("a", "X"), ("b", "X"), ("d", "Y"), ("e", "Y")],
    promotes=[("a", "p"), ("c", "p"), ("d", "q")],
    sells=[("X", "p"), ("Y", "q")],
    belongs=[("p", "lips")],
)


def cosine(graph: Surroundings, one: str, other: str) -> float:
    rows = embedding(graph).creators
    place = {str(each): at for at, each in enumerate(graph.nodes["creator"])}
    return float(rows[place[one]] @ rows[place[other]])


def test_creators_of_one_circle_are_near_and_those_of_another_far() -> None:
    assert cosine(TWO_CIRCLES, "a", "b") > 0.7
    assert cosine(TWO_CIRCLES, "a", "c") > 0.7
    assert cosine(TWO_CIRCLES, "d", "e") > 0.7
    assert abs(cosine(TWO_CIRCLES, "a", "d")) < 0.3


def test_a_brand_is_near_its_creators() -> None:
    found = embedding(TWO_CIRCLES)
    near = found.creators @ found.brands[0]
    assert set(np.argsort(-near)[:3].tolist()) == {0, 1, 2}


def test_who_is_tied_to_nothing_has_no_vector() -> None:
    found = embedding(TWO_CIRCLES)
    assert not found.creators[5].any()
    assert not found.brands[2].any()
    assert np.allclose(np.linalg.norm(found.creators[:5], axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    "graph",
    [drawn({}), drawn({"creator": ["a"]}), drawn({"creator": ["a"], "brand": ["X"], "product": ["p"]})],
    ids=["empty", "one node", "no edges"],
)
def test_where_there_is_nothing_to_walk_there_are_zeros(graph: Surroundings) -> None:
    found = embedding(graph)
    assert found.creators.shape == (len(graph.nodes["creator"]), 128)
    assert not found.creators.any()


def test_the_leaves_of_a_star_are_alike() -> None:
    star = drawn({"creator": "abcd", "brand": "X"}, worked=[(each, "X") for each in "abcd"])
    rows = embedding(star).creators
    assert (rows @ rows.T).min() > 0.99


def test_an_edge_beyond_the_nodes_is_refused() -> None:
    broken = Surroundings(TWO_CIRCLES.nodes, {**TWO_CIRCLES.edges, "worked": Edges.of([0], [9])})
    with pytest.raises(EdgesError, match="worked"):
        embedding(broken)


def shuffled(graph: Surroundings, dice: random.Random) -> tuple[Surroundings, dict[str, list[int]]]:
    """Return the same graph with nodes and edges in another order, and each old node's new place."""
    order = {kind: dice.sample(range(len(ids)), len(ids)) for kind, ids in graph.nodes.items()}
    moved = {kind: [each.index(at) for at in range(len(each))] for kind, each in order.items()}
    edges: dict[str, Any] = {}
    for name, (source, target) in ENDS.items():
        old = graph.edges[name]
        which = dice.sample(range(len(old.sources)), len(old.sources))
        edges[name] = Edges.of(
            [moved[source][old.sources[at]] for at in which], [moved[target][old.targets[at]] for at in which], old.weights[which]
        )
    return Surroundings({kind: graph.nodes[kind][order[kind]] for kind in KINDS}, edges), moved


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_nodes_and_edges_does_not_change_a_bit(dice: random.Random) -> None:
    graph = drawn(
        {kind: [f"{kind}{n}" for n in range(9)] for kind in KINDS},
        **{name: [(f"{a}{dice.randrange(9)}", f"{b}{dice.randrange(9)}") for _ in range(14)] for name, (a, b) in ENDS.items()},
    )
    weighted = {
        name: Edges(each.sources, each.targets, np.array([dice.random() for _ in each.weights])) for name, each in graph.edges.items()
    }
    graph = Surroundings(graph.nodes, weighted)
    other, moved = shuffled(graph, dice)
    before, after = embedding(graph), embedding(other)
    assert before.creators.tobytes() == after.creators[moved["creator"]].tobytes()
    assert before.brands.tobytes() == after.brands[moved["brand"]].tobytes()
