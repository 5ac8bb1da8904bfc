"""What a brand is told that it will sell."""

from typing import Any

import numpy as np
import pytest

from scoring.facts import Period, market
from scoring.forecast import Sums
from scoring.outward import brand_forecast
from tests.scoring.facts.drawn import DAY, END, event_tables

DAYS = 120


def told(*brands: list[tuple[int, float]], returned: tuple[int, ...] = ()) -> Sums:
    """Return the forecasts of brands of each of which (orders a day, USD each) are sold, an entry a creator.

    Of the brands `returned` every other unit is sent back after two weeks.
    """
    sales: list[dict[str, Any]] = []
    for brand, creators in enumerate(brands):
        for creator, (orders, amount) in enumerate(creators):
            for number in range(orders * DAYS):
                at = END - DAY * (number // orders) - DAY // 2
                back = brand in returned and number // orders % 2 == 1 and END - at > 14 * DAY
                sales.append(
                    {
                        "order_id": f"{brand}.{creator}.{number}",
                        "creator_id": f"c{creator}",
                        "product_id": f"p{brand}",
                        "at": at,
                        "quantity": 1,
                        "refunded_quantity": int(back),
                        "gmv_usd": amount,
                    }
                )
    tables = {
        "creators": [{"id": f"c{number}", "region": "US"} for number in range(max(map(len, brands)))],
        "brands": [{"id": f"b{number}"} for number in range(len(brands))],
        "categories": [{"id": "k"}],
        "products": [{"id": f"p{number}", "brand_id": f"b{number}", "category_id": "k"} for number in range(len(brands))],
        "sales": sales,
    }
    whole = event_tables(tables)
    return brand_forecast(market(whole | {"earlier_sales": whole["sales"]}, Period(END)))


def width(of: Sums) -> np.ndarray:
    """Return the log of upper over lower ends."""
    return np.log(of.high / of.low)


def test_the_interval_holds_the_median_and_the_mean_lies_above() -> None:
    (low,), (mean,), (high,) = (getattr(told([(2, 10.0)] * 6), name) for name in ("low", "expected", "high"))
    median = np.sqrt(low * high)
    assert median == pytest.approx(28 * 120.0, rel=0.02)
    assert low < median < mean < high


def test_few_creators_and_few_sales_make_it_wide() -> None:
    many, one_creator, few_sales = width(told([(12, 10.0)] * 10, [(120, 10.0)], [(1, 120.0)] * 10))
    assert one_creator > 2 * many
    assert few_sales > many


def test_one_creator_who_sells_nearly_all_counts_as_one() -> None:
    one, nearly = width(told([(40, 10.0)], [(40, 10.0), (1, 1.0), (1, 1.0)]))
    assert nearly == pytest.approx(one, rel=0.02)


def test_refunds_to_come_are_taken_off_by_the_brands_own_lines_alone() -> None:
    plain, back = told([(4, 10.0)] * 3, [(4, 10.0)] * 3, returned=(1,)).expected
    assert back == pytest.approx(plain / 2, rel=0.03)
    assert plain == told([(4, 10.0)] * 3, [(4, 10.0)] * 3).expected[0]
