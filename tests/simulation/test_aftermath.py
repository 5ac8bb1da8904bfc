"""Refunds and other things that come after the order."""

import numpy as np
import pytest

from simulation import Market
from simulation.aftermath import NO_SALE, REFUNDED, SETTLED


def test_what_was_seen_is_in_order_and_the_last_is_the_newest(made: Market) -> None:
    for row in made["sales"].slice(0, 4_000).to_pylist():
        assert row["seen_at"] == sorted(row["seen_at"])
        assert row["seen_at"][0] == row["at"]
        assert len(row["seen_at"]) == len(row["statuses"]) == len(row["refunded_quantities"])
        assert (row["statuses"][-1], row["refunded_quantities"][-1]) == (row["status"], row["refunded_quantity"])
        assert row["refunded_quantities"] == sorted(row["refunded_quantities"])
        assert row["refunded_quantity"] <= row["quantity"]


def test_refunds_come_after_delivery_and_some_after_settlement(made: Market) -> None:
    past = made.world.histories
    refunded = (past.status == REFUNDED) & np.isfinite(past.seen_at)
    line, step = np.nonzero(refunded)
    assert (past.seen_at[line, step] > past.delivered_at[line]).all()
    assert (past.status[line[step == 2], 1] == SETTLED).all()
    assert (step == 2).sum() > 20


def test_about_one_line_in_eight_is_refunded_more_in_clothing_than_in_food(made: Market) -> None:
    world = made.world
    old = (world.lines.at < world.period.end - 60 * 86_400) & ~world.lines.own
    back = world.histories.refunded[:, 2] > 0
    top = world.goods.products.top[world.slots.product[world.lines.slot]]
    assert back[old].mean() == pytest.approx(0.12, abs=0.06)
    assert back[old & (top == 1)].mean() > 3 * back[old & (top == 4)].mean()


def test_an_order_is_cancelled_as_one(made: Market) -> None:
    lines, status = made.world.lines, made.world.histories.status[:, 1]
    second = np.flatnonzero(lines.line == 2)
    assert ((status[second] == NO_SALE) == (status[second - 1] == NO_SALE)).all()


def test_an_earlier_date_knows_less(made: Market) -> None:
    past, end = made.world.histories, made.world.period.end
    now, then = past.known(end), past.known(end - 20 * 86_400)
    assert (then[0] <= now[0]).all()
    assert (then[2] <= now[2]).all()
    assert (then[2] < now[2]).any()
