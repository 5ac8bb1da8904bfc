"""On markets with planted ability: ranks, intervals and probabilities hold what the model promises."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from scoring.ability import Ability, ability
from tests.scoring.ability.simulated import Simulated, simulated

MARKET = simulated(1500, seed=3)
FIT = ability(MARKET.slots, MARKET.counts)
ELASTIC = simulated(1500, seed=4, elasticity=0.6)
ELASTIC_FIT = ability(ELASTIC.slots, ELASTIC.counts)


def covered(fit: Ability, market: Simulated) -> np.ndarray:
    low, high = fit.interval()
    return (low <= market.ability) & (market.ability <= high)


def rank(market: Simulated, values: np.ndarray, chosen: np.ndarray) -> float:
    return float(spearmanr(values[chosen], market.ability[chosen])[0])


def raw(market: Simulated) -> np.ndarray:
    slots = market.slots
    orders = np.bincount(slots.creator, slots.orders, minlength=market.counts.creators)
    return orders / np.bincount(slots.creator, np.exp(slots.log_exposure), minlength=market.counts.creators)


def test_rank_correlation_with_planted_ability_is_that_of_the_measured_model():
    every, rich = MARKET.posts > 0, MARKET.posts >= 5
    assert rank(MARKET, FIT.ability, every) > 0.64
    assert rank(MARKET, FIT.ability, rich) > 0.70
    assert rank(MARKET, FIT.ability, every) > rank(MARKET, raw(MARKET), every) + 0.05


@pytest.mark.parametrize(("fit", "market"), [(FIT, MARKET), (ELASTIC_FIT, ELASTIC)], ids=["plain", "elastic views"])
def test_ninety_percent_intervals_cover_about_ninety_percent(fit: Ability, market: Simulated):
    inside = covered(fit, market)
    assert 0.87 <= inside.mean() <= 0.93
    for low, high in ((1, 4), (5, 14), (15, 29), (30, 10_000)):
        assert 0.82 <= inside[(market.posts >= low) & (market.posts <= high)].mean() <= 0.97


def test_pairwise_probabilities_are_calibrated():
    random = np.random.default_rng(0)
    first, second = random.integers(0, 1500, (2, 60_000))
    said, held = FIT.probability_above(first, second), MARKET.ability[first] > MARKET.ability[second]
    bins = np.minimum((said * 10).astype(int), 9)
    error = sum(abs(held[bins == each].mean() - said[bins == each].mean()) * (bins == each).mean() for each in range(10))
    assert error < 0.02


def test_variances_and_slopes_come_back():
    assert FIT.variances.creators == pytest.approx(0.25, rel=0.25)
    assert FIT.variances.products == pytest.approx(1.0, rel=0.2)
    assert FIT.covariates["live"] == pytest.approx(0.3, abs=0.1)
    assert FIT.covariates["log_products"] == pytest.approx(-0.5, abs=0.1)
    assert FIT.covariates["log_views"] == pytest.approx(0.0, abs=0.08)
    assert ELASTIC_FIT.covariates["log_views"] == pytest.approx(-0.4, abs=0.08)


def test_appeal_comes_back_with_its_interval():
    error = FIT.appeal - MARKET.appeal
    assert np.corrcoef(FIT.appeal, MARKET.appeal)[0, 1] > 0.85
    inside = np.abs(error - error.mean()) < 1.645 * np.sqrt(FIT.appeal_variance)
    assert 0.85 <= inside.mean() <= 0.95


def test_a_warm_start_comes_to_the_same_answer():
    again = ability(MARKET.slots, MARKET.counts, start=FIT)
    assert np.abs(again.ability - FIT.ability).max() < 0.02
