"""A run's forecasts, of a market whose future is known."""

from typing import Any

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.forecast import Outlook, outlook
from scoring.forecast.outlook import places
from scoring.solved.selling import selling
from tests.scoring.facts.drawn import DAY, END, event_tables

CREATORS, DAYS = 150, 168
RANDOM = np.random.default_rng(5)
LEVEL = np.exp(RANDOM.normal(-1.5, 1.2, CREATORS))
"""Orders a day, of 10 dollars each."""


def rows() -> tuple[dict[str, list[dict[str, Any]]], np.ndarray]:
    """Return the events until the end, and what each creator sells in the 28 days after."""
    who = np.repeat(np.arange(CREATORS), RANDOM.poisson(LEVEL * (DAYS + 28)))
    at = END + (RANDOM.random(len(who)) * (DAYS + 28) - DAYS) * DAY
    sales = [
        {"order_id": f"o{n}", "creator_id": f"c{c:03}", "product_id": f"p{c % 7}", "at": int(t), "quantity": 1, "gmv_usd": 10.0}
        for n, (c, t) in enumerate(zip(who.tolist(), at.tolist(), strict=True))
        if t < END
    ]
    products = [{"id": f"p{n}", "brand_id": f"b{n % 3}", "category_id": f"k{n % 2}"} for n in range(7)]
    tables = {
        "creators": [{"id": f"c{n:03}", "region": "US"} for n in range(CREATORS)],
        "brands": [{"id": f"b{n}"} for n in range(3)],
        "categories": [{"id": f"k{n}"} for n in range(2)],
        "products": products,
        "sales": sales,
        "earlier_sales": [],
    }
    return tables, 10.0 * np.bincount(who[at >= END], minlength=CREATORS)


TABLES, AFTER = rows()


def run(tables: dict[str, list[dict[str, Any]]]) -> Outlook:
    """Return the forecasts; each table of sales is cut to its own time, so both may hold all."""
    whole = event_tables(tables)
    found = market(whole | {"earlier_sales": whole["sales"]}, Period(END))
    return outlook(found, selling(found))


OUTLOOK = run(TABLES)


def test_intervals_hold_and_the_expectation_is_that_of_the_market():
    said = OUTLOOK.creators
    told = np.isfinite(said.low)
    assert told.mean() > 0.9
    assert 0.7 <= ((said.low <= AFTER) & (said.high >= AFTER))[told].mean() <= 0.92
    assert np.nansum(said.expected) == pytest.approx(AFTER.sum(), rel=0.1)
    assert ((said.low <= said.median) & (said.median <= said.high))[told].all()


def test_two_dates_teach_and_the_newest_is_tested_by_the_other():
    assert OUTLOOK.dates == tuple(END - days * DAY for days in (28, 56))
    assert OUTLOOK.tested is not None
    assert OUTLOOK.tested.at == END - 28 * DAY
    assert 0.7 <= OUTLOOK.tested.covered <= 0.92
    best = {each.name: each.best for each in OUTLOOK.tested.rivals}
    assert best["forecast"] >= best["lastMonth"]
    assert [each.name for each in OUTLOOK.weights] == [
        *("flow", "recent", "long", "usual_day", "time", "no_posts", "quiet"),
        *("usual_low", "usual_middle", "usual_high"),
    ]


def test_brands_and_categories_add_up_to_all():
    goods = sorted({"*", "k0", "k1"})
    whole = OUTLOOK.categories.expected[goods.index("*")]
    assert OUTLOOK.brands.expected.sum() == pytest.approx(whole, rel=0.05)
    assert OUTLOOK.categories.expected.sum() == pytest.approx(2 * whole, rel=1e-6)


def test_the_order_of_rows_does_not_matter():
    again = run(TABLES | {"sales": TABLES["sales"][::-1], "creators": TABLES["creators"][::-1]})
    assert again.creators.expected == pytest.approx(OUTLOOK.creators.expected, rel=1e-9, nan_ok=True)
    assert again.creators.high == pytest.approx(OUTLOOK.creators.high, rel=1e-9, nan_ok=True)
    assert again.brands.expected == pytest.approx(OUTLOOK.brands.expected, rel=1e-9, nan_ok=True)


def test_a_market_without_a_past_has_expectations_or_nothing_but_no_intervals():
    made = run(TABLES | {"sales": [each for each in TABLES["sales"] if each["at"] > END - 20 * DAY]})
    assert np.isnan(made.creators.low).all()
    assert made.tested is None
    assert (made.dates, made.weights) == ((), ())
    assert np.nanmax(made.for_forecast) > 99
    empty = run(TABLES | {"sales": []})
    assert np.isnan(empty.for_forecast).all()
    assert np.isnan(empty.brands.expected).all()


def test_places_are_shares_below_and_half_of_those_equal():
    assert places(np.array([5.0, 1.0, 1.0, np.nan])) == pytest.approx([100 * 2.5 / 3, 100 / 3, 100 / 3, np.nan], nan_ok=True)
