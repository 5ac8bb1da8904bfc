"""From places to points and intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from scoring.points import EVEN, NINETY, Voice, blended, contributed, contribution, moments, normal, widths

NODES = np.sqrt(2) * np.polynomial.hermite.hermgauss(80)[0]
WEIGHTS = np.polynomial.hermite.hermgauss(80)[1] / np.sqrt(np.pi)
PLACES = st.floats(-3.5, 3.5)
DOUBTS = st.floats(0.01, 1.0)


def voice(mean: float, variance: float, weight: float, *, low: float = 0.1, high: float = 0.9) -> Voice:
    one = [np.array([number]) for number in (mean, variance, low, high, weight)]
    return Voice(np.array([True]), *one)


@given(z=PLACES, s=DOUBTS)
def test_moments_against_quadrature(z: float, s: float):
    share = ndtr(z + s * NODES)
    mean, variance = moments(np.array([z]), np.array([s]))
    assert mean[0] == pytest.approx(WEIGHTS @ share, abs=1e-6)
    assert variance[0] == pytest.approx(WEIGHTS @ share**2 - (WEIGHTS @ share) ** 2, rel=0.05, abs=1e-6)


@given(z=PLACES, s=DOUBTS)
def test_the_normal_behind_a_place(z: float, s: float):
    found, doubt = normal(*moments(np.array([z]), np.array([s])))
    for side in (-NINETY, NINETY):
        assert ndtr(found[0] + side * doubt[0]) == pytest.approx(ndtr(z + side * s), abs=5e-4)


def test_a_place_has_width_one():
    assert widths(np.array([EVEN])) == pytest.approx([1.0])


@given(c=st.floats(0.1, 2.0))
def test_widths_against_quadrature(c: float):
    share = ndtr(c * NODES)
    assert widths(np.array([WEIGHTS @ share**2 - 0.25])) == pytest.approx([c], rel=1e-6)


def test_one_part_alone_is_its_own_place():
    found = blended([voice(0.7, 0.02, 1.0), voice(0.2, 0.02, 0.0)], np.array([EVEN]))
    assert found.value == pytest.approx([70.0], abs=1 / 2048)
    assert (found.low[0], found.high[0]) == (pytest.approx(10.0), pytest.approx(90.0))
    assert (found.mean[0], found.variance[0]) == (0.7, 0.02)


def test_two_even_parts_by_simulation():
    chance = np.random.default_rng(1)
    peers = chance.random((200_000, 2)).mean(axis=1)
    found = blended([voice(0.8, 1e-6, 0.5), voice(0.6, 1e-6, 0.5)], np.array([float(peers.var())]))
    assert found.value == pytest.approx([100 * (peers < 0.7).mean()], abs=1.0)


@given(first=st.floats(0.01, 0.99), second=st.floats(0.01, 0.99), doubt=st.floats(1e-4, 0.08))
def test_contributions_add_up_and_agree_in_sign(first: float, second: float, doubt: float):
    found = blended([voice(first, doubt, 0.5), voice(second, doubt, 0.5)], np.array([EVEN / 2]))
    parts = [float(contributed(voice(one, doubt, 0.5), found.stretch)[0]) for one in (first, second)]
    assert 50.0 + sum(parts) == found.value[0]
    assert all(part * (one - 0.5) >= 0 for part, one in zip(parts, (first, second), strict=True))
    assert 0 <= found.low[0] <= found.value[0] <= found.high[0] <= 100


@given(weight=st.floats(0, 1), points=st.floats(0, 100))
def test_contributions_lie_on_the_grid_and_never_beyond_their_share(weight: float, points: float):
    part = float(contribution(np.array([weight]), np.array([points]))[0])
    assert (part * 4096).is_integer()
    assert abs(part) <= abs(weight * (points - 50))
