"""From places to points and intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from scoring.points import NINETY, Voice, contribution, interval, moments, together, voice

NODES = np.sqrt(2) * np.polynomial.hermite.hermgauss(80)[0]
WEIGHTS = np.polynomial.hermite.hermgauss(80)[1] / np.sqrt(np.pi)
PLACES = st.floats(-3.5, 3.5)
DOUBTS = st.floats(0.01, 1.0)


@given(z=PLACES, s=DOUBTS)
def test_moments_against_quadrature(z: float, s: float):
    share = ndtr(z + s * NODES)
    mean, variance = moments(np.array([z]), np.array([s]))
    assert mean[0] == pytest.approx(WEIGHTS @ share, abs=1e-6)
    assert variance[0] == pytest.approx(WEIGHTS @ share**2 - (WEIGHTS @ share) ** 2, rel=0.05, abs=1e-6)


@given(z=PLACES, s=DOUBTS)
def test_one_components_interval_is_its_posteriors(z: float, s: float):
    low, high = interval(*moments(np.array([z]), np.array([s])))
    assert low[0] == pytest.approx(100 * ndtr(z - NINETY * s), abs=0.05)
    assert high[0] == pytest.approx(100 * ndtr(z + NINETY * s), abs=0.05)


def test_two_components_by_hand_and_one_missing():
    one = voice(np.array([True, True]), np.array([0.0, 1.0]), np.array([0.5, 0.5]))
    other = Voice(np.array([True, False]), *voice(np.array([True, True]), np.array([1.0, 1.0]), np.array([0.5, 0.5]))[1:])
    chorus = together([one, other], [1.0, 3.0], shared_error=0.0)
    assert chorus.value == pytest.approx([50 + 0.75 * (100 * ndtr(1) - 50), 100 * ndtr(1)], abs=1 / 2048)
    assert chorus.weight == pytest.approx([1.0, 0.25])


def test_shared_errors_widen():
    parts = [voice(np.array([True]), np.array([0.3]), np.array([0.5])) for _ in range(4)]
    apart = together(parts, [1.0] * 4, shared_error=0.0).variance
    alike = together(parts, [1.0] * 4, shared_error=1.0).variance
    assert alike == pytest.approx(4 * apart)
    assert alike == pytest.approx(parts[0].variance)


@given(weight=st.floats(0, 1), points=st.floats(0, 100))
def test_contributions_lie_on_the_grid_and_never_beyond_their_share(weight: float, points: float):
    part = float(contribution(np.array([weight]), np.array([points]))[0])
    assert (part * 4096).is_integer()
    assert abs(part) <= abs(weight * (points - 50))
