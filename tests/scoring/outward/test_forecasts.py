"""Outward forecasts stand on what is told: hidden sales move them by whole ranges, and other creators' do not move them at all."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.forecast import Forecast
from scoring.outward import brand_forecast, open_tables, outward_facts, told_forecast
from tests.scoring.facts.drawn import DAY, END, event_tables

PEOPLE: Final = 60
CONSENTING: Final = 40


def tables(seed: int, *, product: int = 0) -> Any:
    """Return a market in which those who keep sales to themselves sold another amount within the same ranges for each seed.

    Each creator sells about as much each week, the second as much again as the first, and so on.
    """
    hidden, shown = np.random.default_rng(seed), np.random.default_rng(99)
    people = [f"c{at:02}" for at in range(PEOPLE)]
    orders = []
    for place, who in enumerate(people):
        rng = shown if place < CONSENTING else hidden
        for day in range(120):
            amount = float(rng.uniform(15.0, 30.0)) * (1 + place % 5 if place < CONSENTING else 1)
            orders.append(
                {
                    "order_id": f"{who}.{day}",
                    "creator_id": who,
                    "product_id": f"p{(product + place) % 3}",
                    "at": END - (day + 1) * DAY + 60,
                    "quantity": 1,
                    "gmv_usd": amount,
                }
            )
    return event_tables(
        {
            "creators": [{"id": who, "region": "US"} for who in people],
            "brands": [{"id": f"b{at}"} for at in range(3)],
            "categories": [{"id": "beauty"}],
            "products": [{"id": f"p{at}", "category_id": "beauty", "brand_id": f"b{at}"} for at in range(3)],
            "contents": [
                {"id": f"{who}.p", "creator_id": who, "published_at": END - 5 * DAY, "live": False, "views": 90} for who in people
            ],
            "features": [],
            "sales": orders,
            "collaborations": [],
        }
    )


def told(seed: int, consenting: int = CONSENTING, product: int = 0) -> Forecast:
    made, period = tables(seed, product=product), Period(END)
    opened, whole = market(open_tables(made), period), market(made, period)
    consents = frozenset(f"c{at:02}" for at in range(consenting))
    return told_forecast(opened, whole, outward_facts(opened, whole, consents), np.arange(PEOPLE) < consenting)


@pytest.mark.parametrize(("seed", "product"), [(2, 0), (1, 1)])
def test_the_same_to_the_bit_whatever_is_hidden(seed: int, product: int) -> None:
    one, other = told(1), told(seed, product=product)
    for field in fields(one):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def test_who_consents_is_forecast_by_exact_sales() -> None:
    said = told(1)
    week = 28 * 22.5 * (1 + np.arange(CONSENTING) % 5)
    assert np.abs(said.expected[:CONSENTING] / week - 1).max() < 0.3
    assert (said.low < said.median).all()
    assert (said.median < said.high).all()


def test_the_others_by_ranges_and_with_wider_intervals() -> None:
    said = told(1)
    assert len(set(said.expected[CONSENTING:].tolist())) == 1
    ratio = (said.high / said.low)[CONSENTING:] / (said.high / said.low)[:CONSENTING].max()
    assert ratio.min() > 10 * 0.3


def test_where_few_consent_no_interval_is_claimed() -> None:
    said = told(1, consenting=5)
    assert np.isnan(said.low).all()
    assert (said.expected > 0).all()


def test_a_brand_by_its_own_sales_alone() -> None:
    """Twenty creators sell of each, 15 to 30 USD a day; whatever others sell leaves it as it was, to the bit."""
    one = brand_forecast(market(tables(1), Period(END)))
    per_day = [sum(1 + place % 5 if place < CONSENTING else 1 for place in range(at, PEOPLE, 3)) * 22.5 for at in range(3)]
    assert one.expected == pytest.approx([28 * each for each in per_day], rel=0.05)
    rest = tables(1)
    own = rest["sales"].filter(np.array([each == "p0" for each in rest["sales"]["product_id"].to_pylist()]))
    assert brand_forecast(market({**rest, "sales": own}, Period(END))).expected[0] == one.expected[0]
    assert np.isnan(brand_forecast(market({**rest, "sales": own}, Period(END))).expected[1:]).all()
