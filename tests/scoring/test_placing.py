"""Normal scores from three moments of the peers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.placing import Places, place_summands, placement

SKEWS = st.floats(-2, 2)


def places(shift: float, width: float, skew: float, rows: int = 1) -> Places:
    return Places.of(np.array([[shift, width, skew]])).at(np.zeros(rows, dtype=np.intp))


def test_as_declared_changes_nothing():
    z = np.array([-3.0, 0.0, 0.7])
    assert places(0.0, 1.0, 0.0, 3).normal_scores(z).tolist() == z.tolist()


@pytest.mark.parametrize("sign", [1, -1])
def test_lognormal_peers_become_normal(sign: int):
    normal = np.random.default_rng(1).normal(size=200_000)
    z = sign * np.exp(0.4 * normal)
    sums = np.array([[part.sum()] for part in place_summands(z, np.zeros_like(z))])
    placed = placement(sums, np.zeros((1, 3))).parameters
    scores = Places.of(placed).at(np.zeros(5, dtype=np.intp)).normal_scores(sign * np.exp(0.4 * np.arange(-2.0, 3.0)))
    assert sign * scores == pytest.approx(np.arange(-2.0, 3.0), abs=0.06)


def test_moments_count_the_posteriors_doubt():
    z, s = np.array([1.0, 3.0]), np.array([0.5, 0.5])
    shift, width, skew = placement(np.array([[part.sum()] for part in place_summands(z, s)]), np.zeros((1, 3))).parameters[0]
    assert (shift, width, skew) == pytest.approx((2.0, np.sqrt(1.25), 0.0), abs=1e-12)


@given(skew=SKEWS, z=st.floats(-8, 8), more=st.floats(1e-6, 5))
def test_scores_rise_with_the_place(skew: float, z: float, more: float):
    low, high = places(0.2, 0.9, skew, 2).normal_scores(np.array([z, z + more]))
    assert high > low


@given(skew=SKEWS)
def test_the_typical_place_scores_nothing(skew: float):
    where = places(0.2, 0.9, skew)
    assert where.normal_scores(where.typical)[0] == pytest.approx(0.0, abs=1e-5)
