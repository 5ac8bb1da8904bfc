"""Recent sales, as they will stand once refunds are in."""

from typing import Any

import numpy as np
import pytest

from scoring.facts import Market, Period, market
from scoring.forecast.refunds import matured
from tests.scoring.facts.drawn import DAY, END, event_tables

DAYS = 100


def seen(*, per_day: int = 40, back: float = 0.25, careful: frozenset[int] = frozenset()) -> Market:
    """Return a market of four creators in which one in four units is sent back 10 days after its order; of `careful` ones none is."""
    sales: list[dict[str, Any]] = []
    for number in range(DAYS * per_day):
        at, creator = END - DAY * (number // per_day) - DAY // 2, number % 4
        returned = (number // 4) % 4 < back * 4 and END - at >= 10 * DAY and creator not in careful
        sales.append(
            {
                "order_id": f"o{number:05}",
                "creator_id": f"c{creator}",
                "product_id": "p",
                "at": at,
                "quantity": 1,
                "refunded_quantity": int(returned),
                "gmv_usd": 10.0,
            }
        )
    tables = {
        "creators": [{"id": f"c{number}", "region": "US"} for number in range(4)],
        "brands": [{"id": "b"}],
        "categories": [{"id": "k"}],
        "products": [{"id": "p", "brand_id": "b", "category_id": "k"}],
        "sales": sales,
    }
    whole = event_tables(tables)
    return market(whole | {"earlier_sales": whole["sales"]}, Period(END))


def total(of: Market, *, since: int, until: int = 0) -> float:
    """Return net sales of lines between two ages in days."""
    age = (END - of.sales.at) / DAY
    return float(of.sales.net[(age >= until) & (age < since)].sum())


def test_the_last_weeks_come_down_to_what_older_ones_kept() -> None:
    of = seen()
    assert total(of, since=7) == 7 * 400
    assert total(matured(of), since=7) == pytest.approx(7 * 300)
    assert total(matured(of), since=84, until=56) == pytest.approx(total(of, since=84, until=56)) == 28 * 300


def test_what_is_sent_back_already_is_not_sent_back_twice() -> None:
    of = seen()
    assert total(matured(of), since=49, until=14) == pytest.approx(total(of, since=49, until=14))


def test_where_nothing_is_sent_back_nothing_changes() -> None:
    of = seen(back=0.0)
    assert np.array_equal(matured(of).sales.net, of.sales.net)


def test_too_few_old_lines_teach_nothing() -> None:
    of = seen(per_day=2)
    assert total(of, since=7) == 7 * 20
    assert np.array_equal(matured(of).sales.net, of.sales.net)


def test_what_is_sent_back_is_learnt_of_some_creators_alone() -> None:
    of = seen(careful=frozenset({2, 3}))
    told, other = (np.array([number in chosen for number in range(4)]) for chosen in ((0, 1), (2, 3)))
    assert total(matured(of, among=other), since=7) == pytest.approx(7 * 400)
    assert total(matured(of, among=told), since=7) == pytest.approx(7 * 300)
