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
    assert made.recent[ann] == pytest.approx((14 * np.exp(-1) + 4 * np.exp(-2)) / (1 - np.exp(-2)))
    month = 28 / 120 / (1 - np.exp(-56 / 120))
    assert made.long[ann] == pytest.approx((14 * np.exp(-28 / 120) + 4 * np.exp(-56 / 120)) * month)
    # 14 dollars on one day and 4 on another: a day of 8.1, twice, each weighed by its age
    weights = np.exp([-28 / 120, -56 / 120])
    root = weights @ np.sqrt([14, 4]) / weights.sum()
    assert made.usual_day[ann] == pytest.approx(root**2 * weights.sum() * month)
    # through no content, so expected as sold: 18 dollars in 56 days
    assert made.flow[ann] == pytest.approx(9)
    assert (made.orders[ann], made.month[ann], made.seen[ann], made.silent[ann]) == (2, 14, 56, 28)
    assert (made.recent[bob], made.flow[bob], made.posts[bob]) == (0, 0, 4)
    assert np.isnan(made.posts[ann])


def test_columns_are_ones_and_what_is_declared():
    made = history(FOUND, selling(FOUND))
    columns = made.columns()
    ann = int(np.flatnonzero(FOUND.creators.id == "ann")[0])
    parts = (9, made.recent[ann], made.long[ann], made.usual_day[ann])
    floor = 0.05 * sum(parts[:3]) + 0.01
    assert columns.shape == (2, 1 + len(MEANINGS))
    assert columns[ann].tolist() == pytest.approx([1, *(np.log(part + floor) for part in parts), 0, 0, -np.log(5)])
    assert made.known.tolist() == [True, True]


def test_a_day_of_luck_counts_for_little_of_the_usual_day():
    def made(*days: float) -> History:
        sales = [
            {"order_id": f"o{at}", "product_id": "balm", "quantity": 1, "gmv_usd": usd, "at": END - (at + 1) * DAY}
            for at, usd in enumerate(days)
        ]
        found = market(event_tables(ROWS | {"contents": [], "features": [], "sales": sales}), Period(END))
        return history(found, selling(found))

    even, lucky = made(*[10.0] * 10), made(91.0, *[1.0] * 9)
    ann = int(np.flatnonzero(FOUND.creators.id == "ann")[0])
    assert even.usual_day[ann] == pytest.approx(even.long[ann])
    assert lucky.long[ann] == pytest.approx(even.long[ann], rel=0.05)
    assert lucky.usual_day[ann] < even.usual_day[ann] / 2


def test_as_much_sold_in_less_time_is_told_apart():
    def columns(days: float) -> np.ndarray:
        one = np.ones(1)
        return History(one, one, one, one, np.nan * one, days * one, 0 * one, 93.0, one, one).columns()[0]

    whole, fresh = columns(93), columns(21)
    assert fresh[:5].tolist() == whole[:5].tolist()
    assert fresh[5] < whole[5] == 0


def test_a_report_of_no_post_and_silence_are_less_than_none():
    one = np.ones(3)
    columns = History(one, one, one, one, np.array([np.nan, 0.0, 3.0]), 50 * one, np.array([0.0, 7.0, 14.0]), 50.0, one, one).columns()
    assert columns[:, 6].tolist() == [0, -1, 0]
    assert columns[:, 7].tolist() == pytest.approx([0, -np.log(2), -np.log(3)])
