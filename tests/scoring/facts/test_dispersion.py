"""The figure for variation beyond chance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts.dispersion import dispersion


def of(*counts: float) -> tuple[float, float]:
    x, cells = np.array(counts, dtype=np.float64), np.array([float(len(counts))])
    found = dispersion(np.array([x.sum()]), np.array([(x * x).sum()]), cells, cells)
    return float(found[0][0]), float(found[1][0])


def test_is_one_step_from_the_first_guess() -> None:
    index = (2**2 + 0 + 2**2) / 2
    level = 1 + 0.5 * 2
    assert of(4, 2, 0) == pytest.approx((math.log(0.5) + math.log((index + 1) / 3 / level) / 0.5, 2 / 3 / 0.25))


def test_is_unknown_of_one_cell_or_one_event() -> None:
    assert all(math.isnan(one) for one in (*of(9), *of(1, 0), *of()))


def test_tells_less_the_rarer_the_events() -> None:
    assert of(1, 1, 0, 0)[1] > of(2, 2, 0, 0)[1] > of(20, 20, 0, 0)[1]


@given(st.lists(st.integers(0, 1_000), min_size=2, max_size=30))
def test_is_finite_with_two_events_and_grows_with_the_spread(counts: list[int]) -> None:
    if sum(counts) < 2:
        return
    even = [sum(counts) / len(counts)] * len(counts)
    estimate, variance = of(*counts)
    assert math.isfinite(estimate)
    assert variance > 0
    assert estimate >= of(*even)[0] - 1e-9


def test_finds_the_variation_that_was_planted() -> None:
    rng = np.random.default_rng(1)
    rates = 6.0 * rng.gamma(1 / 0.3, 0.3, size=(400, 26))
    counts = rng.poisson(rates).astype(np.float64)
    cells = np.full(400, 26.0)
    estimate, variance = dispersion(counts.sum(axis=1), (counts**2).sum(axis=1), cells, cells)
    assert np.mean(estimate) == pytest.approx(math.log(0.3), abs=0.1)
    assert np.var(estimate) == pytest.approx(np.mean(variance), rel=0.5)
