"""What forecasts stand on, counted by hand."""

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.forecast.history import MEANINGS, history
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
    assert (made.orders[ann], made.month[ann], made.seen[ann]) == (2, 14, 56)
    assert (made.recent[bob], made.flow[bob], made.posts[bob]) == (0, 0, 4)
    assert np.isnan(made.posts[ann])


def test_columns_are_ones_and_what_is_declared():
    made = history(FOUND, selling(FOUND))
    columns = made.columns()
    ann = int(np.flatnonzero(FOUND.creators.id == "ann")[0])
    floor = 0.01 * (made.flow[ann] + made.recent[ann] + made.long[ann]) + 0.01
    assert columns.shape == (2, 1 + len(MEANINGS))
    assert columns[ann].tolist() == pytest.approx(
        [1, np.log(9 + floor), np.log(made.recent[ann] + floor), np.log(made.long[ann] + floor), 0, 0, 1, 0]
    )
    assert made.known.tolist() == [True, True]
