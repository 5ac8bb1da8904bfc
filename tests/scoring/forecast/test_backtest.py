"""How a forecast of a date is held against what came, by hand."""

import numpy as np
import pytest

from scoring.forecast.backtest import Bin, backtest, share_of_best
from scoring.forecast.forecast import Forecast
from scoring.forecast.history import History

FOUR = np.array([0.0, 10.0, 20.0, 40.0])


def test_coverage_reliability_and_rivals_by_hand():
    nan, full = np.nan, np.full(4, 56.0)
    history = History(
        FOUR, FOUR, np.array([5.0, 5.0, 30.0, 30.0]), FOUR, np.full(4, nan), full, np.zeros(4), 56.0, np.array([4.0, 0.0, 3.0, 0.0]), FOUR
    )
    said = Forecast(FOUR, FOUR, np.array([0.0, 5.0, nan, 10.0]), np.array([0.0, 9.0, nan, 50.0]), np.array([0.1, 0.15, nan, 0.9]))
    made = backtest(7, history, said, np.array([0.0, 6.0, 8.0, 60.0]), groups=0.5)
    assert made is not None
    assert (made.at, made.creators, made.covered, made.groups) == (7, 3, pytest.approx(2 / 3), 0.5)
    assert made.reliability == (Bin(pytest.approx(0.125), 0.5, 2), Bin(0.9, 1.0, 1))
    errors = {each.name: each.error for each in made.rivals}
    # 70 dollars over 7 orders: each order stands for 10 dollars
    assert errors == {"forecast": 9.0, "pastGmv": 14.5, "lastMonth": 9.0, "orders": pytest.approx((40 + 6 + 22 + 60) / 4)}


def test_no_interval_is_no_test():
    nothing = np.full(1, np.nan)
    history = History(*(np.ones(1) for _ in range(7)), 56.0, np.ones(1), np.ones(1))
    assert backtest(7, history, Forecast(np.ones(1), nothing, nothing, nothing, nothing), np.ones(1), groups=np.nan) is None


def test_share_of_best_takes_unknown_last():
    assert share_of_best(np.array([np.nan, 1.0, 2.0]), np.array([9.0, 3.0, 1.0]), 1) == pytest.approx(1 / 9)
    assert np.isnan(share_of_best(np.ones(2), np.zeros(2), 1))
