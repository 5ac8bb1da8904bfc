"""The forecast of 28 days: learnt on replayed dates, calibrated, and honest where nothing is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from scoring.forecast.forecast import forecast, learn
from scoring.forecast.history import USUAL, History


def held(flow: np.ndarray, recent: np.ndarray, long: np.ndarray, posts: np.ndarray) -> History:
    """Return histories of creators who have been there all the time."""
    span = np.full(len(flow), 100.0)
    return History(flow, recent, long, long, posts, span, np.zeros(len(flow)), 100.0, long, recent)


def drawn(creators: int, seed: int) -> tuple[History, np.ndarray]:
    """Return histories and what came: half of those whose last report counts no posts have stopped."""
    random = np.random.default_rng(seed)
    flow = np.exp(random.normal(3, 1.5, creators))
    posts = random.poisson(3, creators).astype(float)
    active = (posts > 0) | (random.random(creators) < 0.5)
    past = [flow * np.exp(random.normal(0, noise, creators)) * (random.random(creators) < 0.8) for noise in (1.0, 0.5)]
    chance = 1 / (1 + np.exp(-(np.log(flow) - 2)))
    after = active * (random.random(creators) < chance) * flow * np.exp(random.normal(0, 0.8, creators))
    return held(flow, past[0], past[1], posts), after


LEARNT = learn([drawn(1500, 1), drawn(1500, 2)])
NOW, AFTER = drawn(4000, 3)
FORECAST = forecast(NOW, LEARNT)


def test_eighty_percent_intervals_cover_about_eighty_percent():
    inside = (FORECAST.low <= AFTER) & (FORECAST.high >= AFTER)
    assert 0.77 <= inside.mean() <= 0.85


def test_the_probability_of_a_sale_is_calibrated():
    for low in (0.0, 0.25, 0.5, 0.75):
        chosen = (FORECAST.chance >= low) & (FORECAST.chance < low + 0.25)
        assert (AFTER > 0)[chosen].mean() == pytest.approx(FORECAST.chance[chosen].mean(), abs=0.08)


def test_it_ranks_and_errs_better_than_past_sales():
    assert spearmanr(FORECAST.expected, AFTER)[0] > spearmanr(NOW.recent, AFTER)[0] + 0.03
    assert np.abs(np.log1p(FORECAST.median) - np.log1p(AFTER)).mean() < np.abs(np.log1p(NOW.recent) - np.log1p(AFTER)).mean()


def test_who_has_nothing_has_no_forecast():
    nothing = held(np.array([0.0, 5.0]), np.zeros(2), np.zeros(2), np.array([np.nan, np.nan]))
    said = forecast(nothing, LEARNT)
    assert np.isnan(said.expected[0])
    assert np.isfinite([said.expected[1], said.low[1], said.high[1], said.chance[1]]).all()


def test_without_replays_the_usual_weights_hold_and_no_interval_is_claimed():
    learnt, alone = learn([]), held(np.array([8.0]), np.array([4.0]), np.array([2.0]), np.array([1.0]))
    said = forecast(alone, learnt)
    assert learnt.model is None
    assert learnt.rows == 0
    assert said.expected[0] == pytest.approx(np.exp(alone.columns() @ USUAL)[0])
    assert 2 < said.expected[0] < 8
    assert np.isnan(said.low[0])


def expectation(amount: float, creators: int) -> float:
    """Return what is expected of who sold an amount, learnt from so many."""
    alone = held(*(np.array([amount]) for _ in range(3)), np.array([3.0]))
    return float(forecast(alone, learn([drawn(creators, 4)])).expected[0])


@pytest.mark.parametrize(("creators", "least"), [(150, 5.0), (20_000, 8.0)])
def test_ten_times_the_sales_are_expected_to_go_on_as_about_ten_times(creators: int, least: float):
    assert least < expectation(200.0, creators) / expectation(20.0, creators) < 15


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1e7), min_size=3, max_size=3), st.floats(0, 500) | st.just(float("nan")))
def test_any_history_gives_an_ordered_finite_interval(sums: list[float], posts: float):
    said = forecast(held(*(np.array([value]) for value in sums), np.array([posts])), LEARNT)
    if any(value > 0 for value in sums):
        assert 0 <= said.low[0] <= said.median[0] <= said.high[0] < np.inf
        assert np.isfinite(said.expected[0])


def test_more_past_or_expected_sales_never_lower_the_expectation():
    for at in range(3):
        parts = [np.full(2, 50.0) for _ in range(3)]
        parts[at] = np.array([50.0, 5_000.0])
        less, more = forecast(held(*parts, np.array([3.0, 3.0])), LEARNT).expected
        assert more >= less
