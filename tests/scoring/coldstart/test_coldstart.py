"""What is expected of creators who have sold nothing: by hand, and on a market of which newcomers are held back."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.coldstart import ColdStart, Gain, cold_start
from scoring.coldstart.covariates import NAMES, covariates, ever_sold, sold
from scoring.coldstart.ridge import fitted
from scoring.facts import Market, Period, market
from simulation import market as simulated
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables
from validation.event_tables import event_tables as events_of


@pytest.fixture(scope="module")
def tables() -> tuple[dict[str, object], int]:
    made = simulated(7, creators=500, days=180)
    return events_of(made), made.world.period.end


@pytest.fixture(scope="module")
def drawn(tables: tuple[dict[str, object], int]) -> Market:
    return market(tables[0], Period(tables[1]))


@pytest.fixture(scope="module")
def cold(drawn: Market) -> ColdStart:
    found = cold_start(drawn)
    assert found is not None
    return found


def column(of: Market, name: str, until: int = END) -> list[float]:
    return covariates(of, until)[:, NAMES.index(name)].tolist()


def test_sales_and_who_has_sold_are_told_apart_by_time() -> None:
    of = market(event_tables(ROWS), Period(END))
    assert ever_sold(of, END).tolist() == [True, True]
    assert ever_sold(of, END - 90 * DAY).tolist() == [False, False]
    assert sold(of, END - 90 * DAY, END - 89 * DAY).tolist() == [0.0, 0.0]


def test_posts_that_only_sales_tell_of_do_not_count() -> None:
    posts = [{"id": name, "creator_id": "ann", "published_at": END - DAY, "live": False, "selected": name == "x"} for name in ("x", "y")]
    of = market(event_tables({**ROWS, "contents": posts, "features": []}), Period(END))
    assert column(of, "posts") == pytest.approx([np.log(2), 0.0])


def test_a_product_is_worth_what_others_sell_of_it() -> None:
    """Ann and Bob both show the balm, through which Ann sold for 30 USD and Bob for 40. Ann sold mugs for 10 more, which makes 80 USD.

    That is 40 for each of two promotions: Ann is told (40 + 3 × 40) / 4, and Bob (30 + 3 × 40) / 4.
    """
    of = market(event_tables({**ROWS, "contents": [{**each, "selected": False} for each in ROWS["contents"]]}), Period(END))
    assert column(of, "worth_of_products") == pytest.approx([np.log1p(40), np.log1p(37.5)])


def test_a_line_through_points_is_found_and_noise_draws_slopes_to_nothing() -> None:
    x = np.linspace(-1, 1, 50)[:, None]
    line = fitted(x, 3 + 2 * x[:, 0])
    assert line.at(np.array([[0.5], [np.nan]])) == pytest.approx([4.0, 3.0], abs=1e-3)
    even = fitted(x, np.tile([1.0, -1.0], 25))
    assert abs(even.slope[0]) < 0.05


def test_the_basis_follows_the_measured_gain() -> None:
    assert Gain(100, error=0.85, mean_error=1.0, ratio=1.0).basis == "GRAPH_AND_PROFILE"
    assert Gain(100, error=0.86, mean_error=1.0, ratio=1.0).basis == "GROUP_MEAN"


def test_newcomers_are_foretold_by_less_error_than_their_groups_mean(cold: ColdStart) -> None:
    assert cold.gain.share >= 0.15
    assert cold.gain.newcomers >= 60
    assert 0 < cold.gain.ratio <= 1


def test_only_those_who_have_sold_nothing_are_answered_for(cold: ColdStart, drawn: Market) -> None:
    expected = cold.expected
    assert np.array_equal(np.isnan(expected.value), ever_sold(drawn, drawn.period.until))
    known = ~np.isnan(expected.value)
    assert known.any()
    assert ((expected.low <= expected.value) & (expected.value <= expected.high))[known].all()
    assert (expected.low[known] >= 0).all()


def test_own_sales_do_not_move_what_is_known_of_a_creator_beside_them(drawn: Market) -> None:
    """Twice the sales of one creator leave that creator's covariates as they were, but for the mean of all products."""
    one = int(drawn.sales.creator[0])
    more = replace(drawn, sales=replace(drawn.sales, net=np.where(drawn.sales.creator == one, 2 * drawn.sales.net, drawn.sales.net)))
    before, after = (covariates(each, drawn.period.until)[one] for each in (drawn, more))
    assert np.allclose(before, after, equal_nan=True, atol=0.02)


def test_the_order_of_rows_changes_nothing(tables: tuple[dict[str, object], int], cold: ColdStart) -> None:
    turned = {name: table.take(np.arange(len(table))[::-1]) for name, table in tables[0].items()}  # type: ignore[attr-defined, arg-type]
    again = cold_start(market(turned, Period(tables[1])))
    assert again is not None
    assert np.allclose(again.expected.value, cold.expected.value, rtol=1e-9, equal_nan=True)


def test_nothing_is_said_where_newcomers_are_few() -> None:
    assert cold_start(market(event_tables(ROWS), Period(END))) is None
