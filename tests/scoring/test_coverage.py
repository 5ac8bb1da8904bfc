"""Intervals are honest: 90 % ones cover planted truths, for each family, and also where the prior is not the model's."""

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr

from scoring import Formula, amount, apply, fit, level, measure, rate, share
from tests.scoring.rows import alone, facts

ROWS = 3000


def covered(formula: Formula, normal_scores: np.ndarray, **columns: np.ndarray) -> float:
    """Return the share of rows whose true place lies in the interval."""
    table = facts({**columns, "seen": np.ones(ROWS)}, rows=ROWS, formula=formula)
    scores = apply(table, fit(table, formula=formula))
    truth, low, high = 100 * ndtr(normal_scores), scores.low[:, 1], scores.high[:, 1]
    known = ~np.isnan(low)
    return float(np.mean((low <= truth)[known] & (truth <= high)[known]))


def uneven(chance: np.random.Generator, mean: float) -> np.ndarray:
    return chance.poisson(mean * chance.lognormal(0, 1, ROWS)) + 1


@pytest.mark.parametrize(("a", "b", "trials"), [(4, 6, 10), (8, 0.8, 6), (0.5, 3, 10), (0.3, 60, 300)])
def test_shares(a: float, b: float, trials: float):
    chance = np.random.default_rng(11)
    true, n = chance.beta(a, b, ROWS), uneven(chance, trials)
    formula = alone(share("s", of="hits", among="trials", weight=1.0))
    place = stats.norm.ppf(np.clip(stats.beta(a, b).cdf(true), 1e-9, 1 - 1e-9))
    assert covered(formula, place, hits=chance.binomial(n, true), trials=n) >= 0.85


@pytest.mark.parametrize(("shape", "mean"), [(2.0, 3.0), (0.6, 1.0), (0.3, 0.3), (10.0, 5.0)])
def test_rates(shape: float, mean: float):
    chance = np.random.default_rng(12)
    true, weeks = chance.gamma(shape, mean / shape, ROWS), 4 * chance.lognormal(0, 1, ROWS)
    formula = alone(rate("r", of="things", per="weeks", weight=1.0))
    place = stats.norm.ppf(np.clip(stats.gamma(shape, scale=mean / shape).cdf(true), 1e-9, 1 - 1e-9))
    assert covered(formula, place, things=chance.poisson(true * weeks), weeks=weeks) >= 0.85


def test_money():
    chance = np.random.default_rng(13)
    orders_per_view, views = chance.gamma(0.7, 0.2 / 0.7, ROWS), 20 * chance.lognormal(0, 1, ROWS)
    orders = chance.poisson(orders_per_view * views)
    gmv = np.array([chance.lognormal(3, 0.8, count).sum() for count in orders])
    formula = alone(rate("r", of="gmv", per="views", events="orders", dispersion=1.9, weight=1.0, typical=5.0))
    place = stats.norm.ppf(np.clip(stats.gamma(0.7, scale=0.2 / 0.7).cdf(orders_per_view), 1e-9, 1 - 1e-9))
    assert covered(formula, place, gmv=gmv, orders=orders, views=views) >= 0.85


@pytest.mark.parametrize("spread", [0.5, 1.0])
def test_rates_that_are_lognormal_in_truth(spread: float):
    chance = np.random.default_rng(14)
    place, weeks = chance.normal(size=ROWS), 3 * chance.lognormal(0, 1, ROWS)
    formula = alone(rate("r", of="things", per="weeks", weight=1.0))
    things = chance.poisson(3 * np.exp(spread * place) * weeks)
    assert covered(formula, place, things=things, weeks=weeks) >= 0.8


@pytest.mark.parametrize(("true", "noise"), [(1.0, 1.2), (0.3, 1.2)])
def test_amounts_and_levels(true: float, noise: float):
    chance = np.random.default_rng(15)
    place, n = chance.normal(size=ROWS), uneven(chance, 8)
    mean = 7 + true * place + noise * chance.normal(size=ROWS) / np.sqrt(n)
    var = np.where(n > 1, noise**2 * chance.chisquare(np.maximum(n - 1, 1)) / np.maximum(n - 1, 1), np.nan)
    on_logs = alone(amount("a", of="mean", var="var", count="n", weight=1.0, typical=1000.0))
    as_it_is = alone(level("a", of="mean", var="var", count="n", weight=1.0, typical=7.0))
    assert covered(on_logs, place, mean=mean, var=var, n=n) >= 0.85
    assert covered(as_it_is, place, mean=mean, var=var, n=n) >= 0.85


def test_measures_of_spread_where_lower_is_better():
    chance = np.random.default_rng(16)
    place, n = chance.normal(size=ROWS), uneven(chance, 8) + 2
    var = np.exp(0.5 * place) * chance.chisquare(n - 1) / (n - 1)
    formula = alone(measure("m", of="var", count="n", lost=1.0, noise=2**0.5, weight=1.0, spread=0.5, better="lower"))
    assert covered(formula, -place, var=var, n=n) >= 0.85
