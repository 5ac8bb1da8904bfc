"""Forecasts of sums: parts add up, and creators are not taken for independent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Period, market
from scoring.forecast.groups import Groups, Spread, season, spread, summed
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

SALE = {"product_id": "balm", "quantity": 1}
PAIRS = Groups(["acme", "bolt", "none"], np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0.25, 0.75, 1.0]))


def test_sums_add_up_by_the_shares():
    made = summed(PAIRS, np.array([100.0, 50.0]), None)
    assert made.expected[:2].tolist() == [25.0, 125.0]
    assert np.isnan(made.expected[2])
    assert np.isnan(made.low).all()


def test_an_interval_by_hand():
    # variance 3 × 25^1.2 + 0.04 × 25² of a mean of 25
    made = summed(PAIRS, np.array([100.0, 50.0]), Spread(level=1.0, own=3.0, common=0.04))
    log_variance = np.log1p((3 * 25**1.2 + 0.04 * 25**2) / 25**2)
    middle = np.log(25) - log_variance / 2
    assert made.low[0] == pytest.approx(np.exp(middle - 1.2815515655446004 * np.sqrt(log_variance)))
    assert made.high[0] == pytest.approx(np.exp(middle + 1.2815515655446004 * np.sqrt(log_variance)))


@given(st.floats(1e-6, 1e9), st.floats(0, 1e6), st.floats(0, 1e3), st.floats(0.1, 4.0))
def test_no_sum_lies_outside_its_interval_however_skewed(amount: float, own: float, common: float, tail: float):
    made = summed(PAIRS, np.array([amount, 0.0]), Spread(1.0, own, common, tail))
    assert (made.low <= made.expected)[:1].all()
    assert (made.expected <= made.high)[:1].all()


def drawn(shock: float, seed: int, creators: int = 4_000, groups: int = 400) -> tuple[Groups, np.ndarray, np.ndarray]:
    """Return groups of 10 creators each, what is expected, and what came with a shock that a group's creators share."""
    random = np.random.default_rng(seed)
    group = np.arange(creators) % groups
    expected = np.exp(random.normal(3, 0.5, creators))
    came = expected * random.gamma(2, 0.5, creators) * np.exp(random.normal(-(shock**2) / 2, shock, groups))[group]
    return Groups([str(name) for name in range(groups)], np.arange(creators), group, np.ones(creators)), expected, np.bincount(group, came)


@pytest.mark.parametrize("shock", [0.0, 0.5])
def test_eighty_percent_of_sums_lie_inside_also_where_creators_share_a_fate(shock: float):
    learnt = spread([drawn(shock, seed) for seed in range(10)])
    assert learnt is not None
    of, expected, came = drawn(shock, 11)
    made = summed(of, expected, learnt)
    assert 0.75 <= ((made.low <= came) & (came <= made.high)).mean() <= 0.86
    assert (learnt.common > 0.1) == (shock > 0)


def test_few_dates_and_a_moving_season_widen_intervals():
    part = [drawn(0.0, 1), drawn(0.0, 2)]
    one, two, moving = spread(part[:1]), spread(part), spread(part, season=0.04)
    assert one is not None
    assert two is not None
    assert moving is not None
    # Student's t with 2 and 3 degrees of freedom at 0.9
    assert (one.tail, two.tail) == (pytest.approx(1.8856, abs=1e-4), pytest.approx(1.6377, abs=1e-4))
    assert moving.common == pytest.approx(two.common + 0.04)


def test_the_season_is_how_28_days_follow_each_other():
    sales = [SALE | {"gmv_usd": dollars, "at": END - days * DAY} for dollars, days in ((10.0, 10), (20.0, 40), (5.0, 70), (1.0, 85))]
    assert season(market(event_tables(ROWS | {"contents": [], "features": [], "sales": sales}), Period(END))) == pytest.approx(
        (np.log(2) ** 2 + np.log(4) ** 2) / 2
    )
    assert season(market(event_tables(ROWS | {"contents": [], "features": [], "sales": sales[:2]}), Period(END))) == 0


def test_too_few_groups_teach_nothing():
    assert spread([]) is None
    assert spread([(PAIRS, np.array([100.0, 50.0]), np.array([20.0, 130.0, 0.0]))]) is None
