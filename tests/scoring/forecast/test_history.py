"""What forecasts stand on, counted by hand."""

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.forecast.history import MEANINGS, History, history
from scoring.solved.selling import selling
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

SALES = [
    {"order_id": "o", "product_id": "balm", "quantity": 1, "gmv_usd": 10.0, "at": END - 28 * DAY},
    {"order_id": "o", "product_id": "mug", "quantity": 1, "gmv_usd": 4.0, "at": END - 28 * DAY},
    {"product_id": "mug", "quantity": 2, "refunded_quantity": 1, "gmv_usd": 8.0, "at": END - 56 * DAY},
]
FOUND = market(event_tables(ROWS | {"contents": [], "features": [], "sales": SALES}), Period(END))


def test_figures_of_a_drawn_market():
    made = history(FOUND, selling(FOUND))
    ann, bob = (int(np.flatnonzero(FOUND.creators.id == name)[0]) for name in ("ann", "bob"))
    assert made.span == 56
    assert made.recent[ann] == pytest.approx(14 * np.exp(-1) + 4 * np.exp(-2))
    assert made.long[ann] == pytest.approx((14 * np.exp(-28 / 120) + 4 * np.exp(-56 / 120)) * 28 / 120)
    # through no content, so expected as sold: 18 dollars in 56 days
    assert made.flow[ann] == pytest.approx(9)
    assert (made.orders[ann], made.month[ann], made.seen[ann], made.silent[ann]) == (2, 14, 56, 28)
    assert (made.recent[bob], made.flow[bob], made.posts[bob]) == (0, 0, 4)
    assert np.isnan(made.posts[ann])


def test_columns_are_ones_and_what_is_declared():
    made = history(FOUND, selling(FOUND))
    columns = made.columns()
    ann = int(np.flatnonzero(FOUND.creators.id == "ann")[0])
    parts = (9 * 56 / 63, made.recent[ann] / (1 - np.exp(-63 / 28)), made.long[ann] / (1 - np.exp(-63 / 120)))
    floor = 0.05 * sum(parts) + 0.01
    assert columns.shape == (2, 1 + len(MEANINGS))
    assert columns[ann].tolist() == pytest.approx([1, *(np.log(part + floor) for part in parts), 0, 0, -np.log(5)])
    assert made.known.tolist() == [True, True]


def test_a_newcomer_who_sells_as_much_a_day_is_expected_to_sell_as_much():
    def columns(days: float, *, sales: float, recent: float, long: float) -> np.ndarray:
        one = np.ones(1)
        return History(sales * one, recent * one, long * one, np.nan * one, days * one, 0 * one, 93.0, one, one).columns()[0]

    # a dollar a day all along, and in the last three weeks alone
    whole = columns(93, sales=28, recent=28 * (1 - np.exp(-93 / 28)), long=28 * (1 - np.exp(-93 / 120)))
    fresh = columns(21, sales=28 * 21 / 93, recent=28 * (1 - np.exp(-21 / 28)), long=28 * (1 - np.exp(-21 / 120)))
    assert fresh[1:4] == pytest.approx(whole[1:4], abs=0.3)
    assert fresh[4] < whole[4] == 0


def test_a_report_of_no_post_and_silence_are_less_than_none():
    one = np.ones(3)
    columns = History(one, one, one, np.array([np.nan, 0.0, 3.0]), 50 * one, np.array([0.0, 7.0, 14.0]), 50.0, one, one).columns()
    assert columns[:, 5].tolist() == [0, -1, 0]
    assert columns[:, 6].tolist() == pytest.approx([0, -np.log(2), -np.log(3)])
