"""What was sold, and since when creators are seen, counted by hand."""

import numpy as np

from scoring.facts import Period, market, table
from scoring.facts.sold import days_seen, orders_kept, sold
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

SALES = [
    {"order_id": "o", "product_id": "balm", "quantity": 1, "gmv_usd": 10.0, "at": END - 28 * DAY},
    {"order_id": "o", "product_id": "mug", "quantity": 1, "gmv_usd": 4.0, "at": END - 28 * DAY},
    {"product_id": "mug", "quantity": 2, "refunded_quantity": 2, "gmv_usd": 8.0, "at": END - 56 * DAY},
]
FOUND = market(event_tables(ROWS | {"contents": [], "features": [], "sales": SALES}), Period(END))
ANN = int(np.flatnonzero(FOUND.creators.id == "ann")[0])


def test_an_order_of_two_lines_is_one_and_a_refunded_one_is_none():
    creator, _, net, orders = sold(FOUND)
    assert orders[creator == ANN].sum() == 2
    assert net[creator == ANN].sum() == 14
    # the refunded line has no order's number, and is none of what the windows count either
    assert orders_kept(FOUND)[ANN] == 1
    facts = table(FOUND)
    assert facts["orders"][(facts["creator"] == "ann") & (facts["window"] == 90) & (facts["category"] == "*")].tolist() == [1]


def test_an_order_of_which_one_line_came_back_is_kept():
    lines = [{**line, "refunded_quantity": refunded} for line, refunded in zip(SALES[:2], (1, 0), strict=True)]
    for each in (lines, lines[::-1]):
        found = market(event_tables(ROWS | {"contents": [], "features": [], "sales": each}), Period(END))
        assert orders_kept(found)[ANN] == 1


def test_a_creator_is_seen_since_the_first_order():
    assert days_seen(FOUND)[ANN] == 56
