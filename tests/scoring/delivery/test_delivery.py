"""The probability of delivery: its prior and regression by hand, and the whole on a market whose creators differ."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import special

from scoring.delivery import WITH_BRAND, Delivery, Model, answers, delivery
from scoring.delivery.covariates import Ground
from scoring.delivery.prior import beta_prior
from scoring.delivery.promises import promises
from scoring.delivery.quality import quality
from scoring.delivery.regression import fitted
from scoring.facts import Market, Period, market
from simulation import market as simulated
from validation.event_tables import event_tables as events_of

DAYS = 180


@pytest.fixture(scope="module")
def drawn() -> Market:
    made = simulated(5, creators=600, days=DAYS)
    return market(events_of(made), Period(made.world.period.end))


@pytest.fixture(scope="module")
def learnt(drawn: Market) -> Delivery:
    found = delivery(drawn)
    assert found is not None
    return found


def test_creators_alike_need_a_heavy_prior_and_different_ones_a_light_one() -> None:
    alike = beta_prior(np.full(100, 2.0), np.ones(100))
    different = beta_prior(np.full(100, 2.0), np.repeat([0.0, 2.0], 50))
    assert alike["share"] == different["share"] == 0.5
    assert different["weight"] == pytest.approx(0.5)
    assert alike["weight"] == pytest.approx(50.0)


def test_without_columns_that_tell_anything_the_probability_is_the_share() -> None:
    found = fitted(np.zeros((8, 2)), np.array([True] * 6 + [False] * 2), toward=np.zeros(2))
    assert special.expit(found.log_odds(np.full((1, 2), np.nan))) == pytest.approx([0.75])
    assert found.slope.tolist() == [0.0, 0.0]


def test_a_column_that_tells_moves_the_log_odds_and_an_unknown_value_does_not() -> None:
    column = np.repeat([0.0, 1.0], 200)[:, None]
    came = np.concatenate([np.arange(200) % 4 == 0, np.arange(200) % 4 != 0])
    found = fitted(column, came, toward=np.zeros(1))
    low, high, unknown = special.expit(found.log_odds(np.array([[0.0], [1.0], [np.nan]])))
    assert (low, high, unknown) == (pytest.approx(0.25, abs=0.02), pytest.approx(0.75, abs=0.02), pytest.approx(0.5, abs=1e-6))


def test_brier_scores_and_reliability_by_hand() -> None:
    said, came = np.array([0.2, 0.2, 0.8, 0.8]), np.array([False, False, True, False])
    found = quality(said, came, np.full(4, 0.5))
    assert found.brier == pytest.approx((0.04 * 3 + 0.64) / 4)
    assert found.mean == pytest.approx(0.25)
    assert found.helps
    assert [(each.said, each.came, each.samples) for each in found.curve] == [(0.2, 0.0, 2), (0.8, 0.5, 2)]


def test_terms_sum_exactly_to_the_log_odds_and_intervals_hold_the_probability(learnt: Delivery) -> None:
    model = replace(learnt.model, quality=quality(np.array([0.1, 0.9]), np.array([False, True]), np.full(2, 0.5)))
    said = answers(model, learnt.columns, learnt.kept, learnt.broken)
    assert np.isfinite(said.terms).all()
    for order in (said.terms, said.terms[:, ::-1]):
        assert np.array_equal(special.expit(said.base + order.sum(axis=1)), said.probability)
    assert ((said.low < said.probability) & (said.probability < said.high)).all()
    more = answers(model, learnt.columns, learnt.kept + 10, learnt.broken + 10)
    assert ((more.high - more.low) < (said.high - said.low)).all()


def test_a_better_record_never_lowers_the_probability(learnt: Delivery) -> None:
    model = replace(learnt.model, quality=quality(np.array([0.1, 0.9]), np.array([False, True]), np.full(2, 0.5)))
    rows = np.tile(learnt.columns[:1], (5, 1))
    rows[:, 0] = np.linspace(-2, 2, 5)
    said = answers(model, rows, np.ones(5), np.ones(5)).probability
    assert all(after >= before for before, after in pairwise(said))


def test_a_model_that_did_no_better_says_the_mean_of_everybody(learnt: Delivery) -> None:
    worse = quality(np.array([0.9, 0.1]), np.array([False, True]), np.full(2, 0.5))
    model = replace(learnt.model, quality=worse)
    said = answers(model, learnt.columns, learnt.kept, learnt.broken)
    assert (model.basis, set(said.probability.tolist())) == ("GROUP_MEAN", {model.share})
    assert not said.terms.any()
    assert said.low[0] < model.share < said.high[0]


def test_a_model_is_read_back_as_it_was_written(learnt: Delivery) -> None:
    again = Model.from_json(learnt.model.to_json())
    first, second = (answers(model, learnt.columns, learnt.kept, learnt.broken) for model in (learnt.model, again))
    assert np.array_equal(first.probability, second.probability)
    assert again.quality == learnt.model.quality


def test_the_order_of_rows_changes_nothing() -> None:
    made = simulated(5, creators=200, days=DAYS)
    tables = events_of(made)
    turned = {name: table.take(np.arange(len(table))[::-1]) for name, table in tables.items()}
    period = Period(made.world.period.end)
    first, second = (delivery(market(each, period)) for each in (tables, turned))
    assert first is not None
    assert second is not None
    assert np.array_equal(first.columns, second.columns, equal_nan=True)
    assert np.array_equal(first.model.regression.slope, second.model.regression.slope)


def test_nothing_is_said_where_too_few_samples_are_over() -> None:
    made = simulated(5, creators=20, days=60)
    assert delivery(market(events_of(made), Period(made.world.period.end))) is None


def test_what_came_later_changes_nothing_that_was_known_before(drawn: Market) -> None:
    """Covariates before a time are the same when everything after it is left out."""
    as_of = drawn.period.as_of
    then = as_of - 40 * 86_400
    made = promises(drawn.deals, as_of=as_of)
    people = np.arange(50, dtype=np.int64)
    nobody, when = np.full(50, -1, dtype=np.int64), np.full(50, float(then))
    early = made.where(made.clear < then)
    whole, cut = (Ground.of(drawn, each).as_of(each, then).columns(people, nobody, when) for each in (made, early))
    told = [0, WITH_BRAND, 2]
    assert np.nan_to_num(whole[:, told]).any(axis=0).tolist() == [True, False, True]
    assert np.allclose(whole[:, told], cut[:, told], rtol=0, atol=1e-9, equal_nan=True)
