"""Rates, gamma–Poisson."""

import numpy as np
import pytest

from scoring import apply, explain, fit, rate
from scoring.cells import Cell
from tests.scoring import by_hand as hand
from tests.scoring.rows import alone, declared, facts

FORMULA = alone(rate("r", of="things", per="weeks", weight=1.0, typical=3.0))
MONEY = alone(rate("r", of="gmv", per="views", times=1000.0, events="orders", weight=1.0, typical=5.0))
US = Cell(28, "US", "*", -9)


def test_eight_in_two_weeks_by_hand():
    # The declared prior is Gamma(1, 1/3); eight in two weeks make it Gamma(9, 7/3).
    expected = hand.points(hand.gamma_moments(9, 7 / 3), hand.gamma_moments(1, 1 / 3))
    table = facts({"things": [8], "weeks": [2], "seen": [1]}, formula=FORMULA)
    assert apply(table, declared(FORMULA)).value[0, 1] == pytest.approx(expected, abs=1 / 4096)


def test_no_exposure_is_no_evidence_and_nothing_in_much_exposure_is_low():
    table = facts({"things": [0, 0], "weeks": [0, 50], "seen": [1, 1]}, rows=2, formula=FORMULA)
    value = apply(table, declared(FORMULA)).value[:, 1]
    assert np.isnan(value[0])
    assert 0 < value[1] < 10


def test_the_prior_is_found_again():
    chance = np.random.default_rng(2)
    weeks = 4 * chance.lognormal(0, 1, 6000)
    things = chance.poisson(chance.gamma(2.0, 1.5, 6000) * weeks)
    found = fit(facts({"things": things, "weeks": weeks, "seen": weeks}, rows=6000, formula=FORMULA), formula=FORMULA)
    mean, variation, _ = found.priors["x.r"].of([US])[0]
    assert mean == pytest.approx(3.0, rel=0.05)
    assert variation == pytest.approx(0.5, abs=0.07)


def test_money_counts_in_orders_of_the_peers():
    table = facts({"gmv": [300.0] * 200, "orders": [10] * 200, "views": [20_000] * 200, "seen": [1] * 200}, rows=200, formula=MONEY)
    unit = fit(table, formula=MONEY).priors["x.r"].of([US])[0, 2]
    assert unit == pytest.approx(30.0, rel=0.1)


def test_money_is_explained_per_thousand_views():
    table = facts({"gmv": [300.0], "orders": [10], "views": [20_000], "seen": [1]}, formula=MONEY)
    component = explain(table, declared(MONEY), "x")[0].components[0]
    assert component.raw == pytest.approx(15.0)
    assert component.peer_median < component.shrunk < component.raw


def test_one_absurd_row_does_not_set_the_spread_of_all():
    things, weeks = [3.0] * 99 + [1e9], [4.0] * 100
    table = facts({"things": things, "weeks": weeks, "seen": weeks}, rows=100, formula=FORMULA)
    scores = apply(table, fit(table, formula=FORMULA))
    assert np.all(np.isfinite(scores.value[:, 1]))
    assert scores.value[99, 1] > scores.value[0, 1]


def test_one_order_in_ten_views_does_not_beat_many_in_many():
    formula = alone(rate("r", of="orders", per="clicks", weight=1.0, typical=0.03, half=50.0))
    table = facts({"orders": [1, 200], "clicks": [1, 2000], "seen": [1, 1]}, rows=2, formula=formula)
    lucky, proven = apply(table, declared(formula)).value[:, 1]
    assert lucky < proven
