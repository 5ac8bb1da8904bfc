"""Who promotes the same as whom."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.edges import Edges
from scoring.errors import EdgesError
from scoring.networks import co_promotion
from scoring.networks.copromotion import NEAREST


def test_two_of_three_who_promote_the_same_rare_product_are_tied() -> None:
    """All promote product 0, which so ties nobody; 0 and 1 promote product 1 too, and 2 one of their own."""
    edges, both = co_promotion(3, 3, Edges.of([0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 2]))
    assert (edges.sources.tolist(), edges.targets.tolist(), both.tolist()) == ([0], [1], [2])
    np.testing.assert_allclose(edges.weights, [1.0])


def test_likeness_is_a_cosine_of_products_by_rarity() -> None:
    """0 promotes a and b, 1 promotes b and c, 2 and 3 something else: b is in two of four, a and c in one of four."""
    edges, _ = co_promotion(4, 4, Edges.of([0, 0, 1, 1, 2, 3], [0, 1, 1, 2, 3, 3]))
    b, rare = np.log(2), np.log(4)
    assert edges.weights[0] == pytest.approx(b**2 / (b**2 + rare**2))
    assert edges.weights[1] == pytest.approx(1.0)


def test_nobody_promotes_anything() -> None:
    for creators, products in ((0, 0), (3, 0), (3, 2)):
        edges, both = co_promotion(creators, products, Edges.none())
        assert (len(edges.sources), len(both)) == (0, 0)


def test_an_unseen_product_is_refused() -> None:
    with pytest.raises(EdgesError, match="promotes"):
        co_promotion(1, 1, Edges.of([0], [1]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 5)), max_size=60))
def test_ties_are_few_lie_between_0_and_1_and_run_upwards(pairs: list[tuple[int, int]]) -> None:
    edges, both = co_promotion(12, 6, Edges.of([pair[0] for pair in pairs], [pair[1] for pair in pairs]))
    assert (edges.sources < edges.targets).all()
    assert ((edges.weights > 0) & (edges.weights <= 1)).all()
    assert (both >= 1).all()
    assert len(edges.sources) <= 12 * NEAREST
