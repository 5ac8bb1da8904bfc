"""Posteriors against closed forms and quadrature."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from scoring import successes
from scoring.traits.posterior import Groups, posterior
from scoring.traits.readings import Terms
from scoring.traits.shape import Shape

NORMAL = Shape.normal()
ONE = Groups(np.array([1.0]), np.array([0.5]), np.zeros(1, dtype=np.int64))


@given(y=st.floats(-1.0, 3.0), v=st.floats(0.02, 10.0))
def test_normal_reading_and_normal_peers(y: float, v: float):
    found = posterior(Terms(np.array([y / v]), np.array([-0.5 / v])), ONE, NORMAL)
    pull = 0.25 / (0.25 + v)
    z, s = pull * (y - 1.0) / 0.5, np.sqrt(1.0 - pull)
    assert found.mean[0] == pytest.approx(1.0 + pull * (y - 1.0), abs=0.01)
    assert found.place[0] == pytest.approx(ndtr(z / np.sqrt(1 + s * s)), abs=0.01)
    assert found.low[0] == pytest.approx(ndtr(z - 1.645 * s), abs=0.02)
    assert found.high[0] == pytest.approx(ndtr(z + 1.645 * s), abs=0.02)


def test_counts_against_quadrature():
    theta = np.linspace(-8, 8, 20_001)
    weight = np.exp(3 * theta - 7.0 * np.log1p(0.25 * np.exp(theta)) - 0.5 * ((theta - 1.0) / 0.5) ** 2)
    expected = (weight @ theta) / weight.sum()
    found = posterior(Terms(np.array([3.0]), np.zeros(1), ((np.array([7.0]), np.array([0.25])),)), ONE, NORMAL)
    assert found.mean[0] == pytest.approx(expected, abs=1e-3)


def test_nothing_known_is_any_peer():
    found = posterior(Terms(np.zeros(1), np.zeros(1)), ONE, NORMAL)
    assert found.place[0] == pytest.approx(0.5)
    assert found.place_variance[0] == pytest.approx(1 / 12, abs=1e-3)
    assert (found.low[0], found.high[0]) == (pytest.approx(0.05, abs=1e-3), pytest.approx(0.95, abs=1e-3))


def test_what_is_known_beyond_the_nodes_still_tells_neighbours_apart():
    y = np.linspace(1.0, 1.01, 50)
    groups = Groups(np.array([1.0]), np.array([0.5]), np.zeros(50, dtype=np.int64))
    place = posterior(Terms(y / 1e-8, np.full(50, -0.5e8)), groups, NORMAL).place
    assert (np.diff(place) > 0).all()
    assert place[-1] - place[0] == pytest.approx(ndtr(0.02) - 0.5, rel=0.2)


def test_a_likelihood_to_a_power_counts_for_less():
    terms = Terms(np.array([2.0]), np.array([-1.0]), ((np.array([3.0]), np.array([0.5])),)).to_the(0.75)
    assert (terms.theta[0], terms.square[0], terms.decays[0][0][0], terms.decays[0][1][0]) == (1.5, -0.75, 2.25, 0.5)


def test_who_stands_at_the_floor_shares_its_middle_and_others_lie_above():
    groups = Groups(np.array([0.0]), np.array([1.0]), np.zeros(2, dtype=np.int64), np.array([0.4]), -6.0)
    found = posterior(Terms(np.array([-300.0, 2.0]), np.array([-25.0, -1.0])), groups, NORMAL)
    assert found.place[0] == pytest.approx(0.2, abs=1e-3)
    assert (found.low[0], found.high[0]) == (pytest.approx(0.02, abs=1e-2), pytest.approx(0.38, abs=1e-2))
    assert found.low[1] > 0.4
    pull, s = 2.0 / 3.0, np.sqrt(1.0 / 3.0)
    assert found.place[1] == pytest.approx(0.4 + 0.6 * ndtr(pull / np.sqrt(1 + s * s)), abs=0.01)


def test_trials_count_for_what_a_column_says():
    plain, weighed = successes("hits", of="y", among="n"), successes("hits", of="y", among="n", weigh="w")
    rows = {"y": np.array([1.0, 2.0]), "n": np.array([4.0, 4.0]), "w": np.array([1.0, 3.0])}
    seen = [each.seen(rows) for each in (plain, weighed)]  # pyright: ignore[reportArgumentType] -- a mapping of columns serves as well
    once, more = (each.terms(one, each.declared) for each, one in zip((plain, weighed), seen, strict=True))
    assert (more.theta / once.theta).tolist() == (more.decays[0][0] / once.decays[0][0]).tolist() == [1.0, 3.0]
    assert weighed.pieces(seen[1]).tolist() == [4.0, 4.0]
