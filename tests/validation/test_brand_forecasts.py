"""What brands are told that they will sell, on a simulated market."""

import numpy as np
import pytest

from validation.brand_forecasts import Foretold, figures, foretold, joined, learnt, page


def test_intervals_hold_and_expectations_add_up_on_a_market_that_taught_nothing() -> None:
    found = figures(joined([foretold(seed, creators=500) for seed in (31, 32)]))
    assert 0.72 <= found["80 % intervals that held"] <= 0.88
    assert found["came over expected"] == pytest.approx(1.0, abs=0.15)


def test_planted_variances_are_learnt() -> None:
    random, rows = np.random.default_rng(1), 4_000
    sales, creators = np.exp(random.uniform(3, 7, rows)), np.exp(random.uniform(1, 3, rows))
    error = np.exp(np.sqrt(15 / sales + 0.5 / creators) * random.standard_normal(rows))
    one = np.ones(rows)
    lines, people, tail = learnt(Foretold(one, one, one, error, sales, creators))
    assert (lines, people, tail) == (pytest.approx(15, rel=0.15), pytest.approx(0.5, rel=0.2), pytest.approx(1.28, abs=0.06))


def test_a_table_has_a_row_a_figure_and_a_column_a_seed() -> None:
    assert page([1, 2], [{"share": 0.5}, {"share": 1.0}]).splitlines()[-1] == "| share | 0.50 | 1.00 | 0.75 |"
