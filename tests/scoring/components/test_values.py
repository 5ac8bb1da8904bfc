"""What is normal on its scale: amounts, levels, measures, ranges and estimates."""

from math import log

import numpy as np
import pytest

from scoring import amount, apply, bounds, estimate, explain, fit, level, measure
from scoring.cells import Cell
from tests.scoring import by_hand as hand
from tests.scoring.rows import alone, declared, facts

AMOUNT = alone(amount("a", of="mean", var="var", count="n", weight=1.0, typical=1000.0))
MEASURE = alone(measure("m", of="figure", count="n", lost=1.0, floor=0.5, least=3.0, weight=1.0, typical=2.0, better="lower"))
BOUNDS = alone(bounds("b", exact="exact", low="low", high="high", per="days", weight=1.0, typical=10.0))
US = Cell(28, "US", "*", -9)


def value(formula, **columns):
    rows = len(next(iter(columns.values())))
    table = facts({"seen": [1] * rows, **columns}, rows=rows, formula=formula)
    return apply(table, declared(formula)).value[:, 1]


def test_amount_by_hand_with_and_without_a_variance():
    found = value(AMOUNT, mean=[8.0, 8.0, np.nan], var=[2.0, np.nan, 1.0], n=[4, 1, 0])
    assert found[0] == pytest.approx(hand.amount(8.0, 4, 2.0, typical=1000), abs=1 / 4096)
    assert found[1] == pytest.approx(hand.normal(8.0, 1, centre=log(1000), spread=1, variance=1), abs=1 / 4096)
    assert np.isnan(found[2])


def test_amount_finds_its_prior_again():
    chance = np.random.default_rng(3)
    rows = 4000
    n = chance.poisson(8, rows) + 2
    mean = 7.0 + 0.8 * chance.normal(size=rows) + 1.2 * chance.normal(size=rows) / np.sqrt(n)
    var = 1.44 * chance.chisquare(n - 1) / (n - 1)
    found = fit(facts({"mean": mean, "var": var, "n": n, "seen": n}, rows=rows, formula=AMOUNT), formula=AMOUNT)
    centre, true, noise = found.priors["x.a"].of([US])[0]
    assert centre == pytest.approx(7.0, abs=0.05)
    assert true == pytest.approx(0.64, abs=0.05)
    assert noise == pytest.approx(1.44, abs=0.05)


def test_level_is_as_it_is():
    formula = alone(level("l", of="rating", var="var", count="n", weight=1.0, typical=4.0, spread=0.5, noise=0.5))
    table = facts({"rating": [5.0], "var": [0.25], "n": [3], "seen": [1]}, formula=formula)
    component = explain(table, declared(formula), "x")[0].components[0]
    assert component.raw == 5.0
    assert component.shrunk == pytest.approx(4.75)
    assert component.peer_median == 4.0


def test_measure_with_floor_lost_freedom_and_least():
    found = value(MEASURE, figure=[1.0, 1.0, 0.0, np.nan], n=[5, 2, 5, 5])
    assert found[0] == pytest.approx(100 - hand.measure(1.5, 4, typical=2), abs=1 / 4096)
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(100 - hand.measure(0.5, 4, typical=2), abs=1 / 4096)
    assert np.isnan(found[3])


def test_measure_shows_figures_without_the_floor():
    table = facts({"figure": [1.0], "n": [5], "seen": [1]}, formula=MEASURE)
    component = explain(table, declared(MEASURE), "x")[0].components[0]
    assert component.raw == pytest.approx(1.0)
    assert component.peer_median == pytest.approx(1.5)


def test_measure_of_nothing_per_nothing_is_unknown():
    formula = alone(measure("m", of="figure", per="views", weight=1.0))
    assert np.isnan(value(formula, figure=[1.0, 0.0], views=[0.0, 5.0])).all()


def test_a_range_stands_for_its_middle_with_more_noise():
    found = value(BOUNDS, exact=[200.0, np.nan, np.nan], low=[np.nan, 100.0, 200.0], high=[np.nan, 400.0, 200.0], days=[5, 5, 5])
    assert found[0] == pytest.approx(hand.measure(40, 1, typical=10), abs=1 / 4096)
    assert found[2] == found[0]
    assert 50 < found[1] < found[0]


def test_a_range_from_zero_or_upside_down_is_unknown():
    assert np.isnan(value(BOUNDS, exact=[np.nan, np.nan], low=[0.0, 5.0], high=[10.0, 4.0], days=[5, 5])).all()


def test_an_estimate_of_another_model_is_shrunk_by_its_error():
    formula = alone(estimate("e", of="effect", error="error", weight=1.0, typical=1.0, spread=0.5))
    found = value(formula, effect=[0.5, 0.5, np.nan], error=[0.1, 1.0, 0.1])
    assert found[0] == pytest.approx(hand.normal(0.5, 1, centre=0, spread=0.5, variance=0.01), abs=1 / 4096)
    assert found[1] == pytest.approx(hand.normal(0.5, 1, centre=0, spread=0.5, variance=1.0), abs=1 / 4096)
    assert np.isnan(found[2])
