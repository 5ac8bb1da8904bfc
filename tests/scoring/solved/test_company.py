"""What the company of products tells of ability."""

import numpy as np
import pytest

from scoring.ability import ability
from scoring.ability.groups import said_by_group
from scoring.solved.company import company_lift, expected_of_company, mean_appeal
from tests.scoring.ability.simulated import simulated

CREATORS = 400


def learnt(sorting: float):
    """Return what company lets expect of ability in a simulated market, its variance, and planted ability."""
    market = simulated(CREATORS, seed=8, sorting=sorting)
    fit, place, creator = ability(market.slots, market.counts), np.arange(len(market.slots)), market.slots.creator
    said = said_by_group(fit, place, creator, np.arange(CREATORS))
    appeal = mean_appeal(fit, place, creator, CREATORS)
    return (*expected_of_company(appeal, *said, fit.variances.creators, np.ones(CREATORS, dtype=bool)), market.ability)


def test_where_good_sellers_show_appealing_products_company_tells_of_ability():
    expected, variance, planted = learnt(0.6)
    known = np.isfinite(expected)
    assert known.mean() > 0.95
    assert np.corrcoef(expected[known], planted[known])[0, 1] > 0.3
    assert np.isfinite(variance[known]).all()


def test_where_creators_do_not_sort_company_says_next_to_nothing():
    expected, variance, _ = learnt(0.0)
    assert np.isnan(expected).all() or np.nanmin(variance) > 2.0


@pytest.mark.parametrize(("sorting", "gain"), [(0.6, 0.02), (0.0, -0.01)])
def test_what_is_expected_follows_ability_better_where_creators_sort(sorting, gain):
    market = simulated(CREATORS, seed=8, sorting=sorting)
    fit = ability(market.slots, market.counts)
    lifted = fit.ability + company_lift(fit)
    assert np.corrcoef(lifted, market.ability)[0, 1] > np.corrcoef(fit.ability, market.ability)[0, 1] + gain


def test_a_slope_is_learnt_and_told_as_an_observation_beside_the_prior():
    appeal = np.array([-1.0, 1.0, -1.0, 1.0])
    expected, variance = expected_of_company(appeal, appeal, np.full(4, 1e-9), 2.0, np.ones(4, dtype=bool))
    slope = 1 - 1 / (4 / 2.0)
    left = 2.0 - slope**2
    assert variance == pytest.approx(np.full(4, 1 / (1 / left - 1 / 2.0)))
    assert expected / variance / (1 / variance + 1 / 2.0) == pytest.approx(slope * appeal)


@pytest.mark.parametrize("said", [np.zeros(4), np.array([1.0, -1.0, 1.0, -1.0])])
def test_no_slope_or_a_falling_one_tells_nothing(said):
    appeal = np.array([-1.0, 1.0, -1.0, 1.0])
    expected, variance = expected_of_company(appeal, said, np.full(4, 1e-9), 2.0, np.ones(4, dtype=bool))
    assert np.isnan(expected).all()
    assert np.isnan(variance).all()


def test_who_shows_nothing_and_a_market_of_nobody_have_no_company():
    expected, _ = expected_of_company(
        np.array([np.nan, 1.0, -1.0]), np.array([0.0, 5.0, -5.0]), np.full(3, 1e-9), 2.0, np.ones(3, dtype=bool)
    )
    assert np.isnan(expected[0])
    assert np.isfinite(expected[1:]).all()
    expected, _ = expected_of_company(np.zeros(0), np.zeros(0), np.zeros(0), 1.0, np.zeros(0, dtype=bool))
    assert len(expected) == 0
