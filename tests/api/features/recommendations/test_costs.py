from __future__ import annotations

import pytest

from api.features.recommendations.costs import Prices, sold_a_post
from api.features.recommendations.types import ExpectedCost, UsualCommission
from graph.recommendations.terms import Fee, Rates, Terms

NAN = float("nan")
PRICES = Prices(
    terms={"t": Terms((0.1, 0.2), (Fee(10.0, "EUR"), Fee(30.0, "EUR"), Fee(5.0, "XYZ"))), "f": Terms((), (Fee(8.0, "USD"),))},
    reported={"t": Rates(0.5, 0.5), "r": Rates(0.3, 0.4), "f": Rates(0.3, 0.4)},
    open=Rates(0.05, 0.15),
    usd={"USD": 1.0, "EUR": 1.25},
)


def test_the_best_source_tells_the_commission() -> None:
    assert PRICES.commission("t") == UsualCommission(low=0.1, high=0.2, basis="TERMS")
    assert PRICES.commission("r") == UsualCommission(low=0.3, high=0.4, basis="REPORTED")
    assert PRICES.commission("nobody") == UsualCommission(low=0.05, high=0.15, basis="OPEN_PLANS")
    assert PRICES._replace(open=None).commission("nobody") is None


def test_a_cost_is_fee_and_commission_in_the_currency_asked_for() -> None:
    # median of 10 and 30 EUR is 20 EUR, 25 USD; what has no rate is left out
    assert PRICES.cost("t", (100.0, 200.0), "USD") == ExpectedCost(low=pytest.approx(35.0), high=pytest.approx(65.0), currency="USD")
    assert PRICES.cost("t", (100.0, 200.0), "EUR") == ExpectedCost(low=pytest.approx(28.0), high=pytest.approx(52.0), currency="EUR")
    assert PRICES.cost("f", (0.0, None), "USD") == ExpectedCost(low=8.0, high=None, currency="USD")
    assert PRICES.cost("t", None, "USD") is None
    assert PRICES.cost("t", (1.0, 1.0), "XYZ") is None


@pytest.mark.parametrize(
    ("gmv", "posts", "exact", "expected"),
    [
        (150.0, 10.0, True, (15.0, 15.0)),
        (150.0, 10.0, False, (10.0, 100.0)),
        (100.0, 10.0, False, (10.0, 100.0)),
        (99.99, 10.0, False, (0.0, 10.0)),
        (0.0, 10.0, False, (0.0, 10.0)),
        (-5.0, 10.0, False, (0.0, 10.0)),
        (2e7, 10.0, False, (1e6, None)),
        (150.0, 0.0, True, None),
        (NAN, 10.0, True, None),
    ],
)
def test_sales_a_post_are_exact_or_from_the_published_range(
    gmv: float, posts: float, exact: bool, expected: tuple[float, float | None] | None
) -> None:
    assert sold_a_post(gmv, posts, exact=exact) == expected
