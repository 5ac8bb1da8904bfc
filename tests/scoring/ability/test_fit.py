"""Ability on graphs small enough to draw, and properties that hold on any."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ability import Counts, Slots, ability
from scoring.ability.design import Design
from scoring.ability.intervals import bordered_variance, posterior_draws
from scoring.ability.likelihood import Curvature, State
from scoring.ability.solver import Posterior, newton
from scoring.ability.variances import FIRST_GUESS as GUESS
from tests.scoring.ability.simulated import simulated


def small(random: np.random.Generator, rows: int) -> dict[str, np.ndarray]:
    post = random.integers(0, 6, rows)
    return {
        "creator": post // 2,
        "product": random.integers(0, 4, rows),
        "post": post,
        "category": np.zeros(rows, dtype=np.int64),
        "orders": random.poisson(2.0, rows),
        "log_exposure": random.normal(5, 1, rows),
    }


COUNTS = Counts(3, 4, 1)


def dense(state: State, prior) -> np.ndarray:
    return Curvature.of(state, prior, observed=True).times(np.eye(state.design.size))


@pytest.fixture
def fitted():
    slots = Slots.of(**small(np.random.default_rng(5), 30))
    design = Design(slots, COUNTS)
    fit = ability(slots, COUNTS)
    return design, fit, fit.variances.prior(design, np.zeros(3))


def test_the_slope_is_zero_at_the_answer(fitted):
    _, fit, prior = fitted
    slope = fit.state.slope() - prior.times(fit.effects[:, None])[:, 0]
    assert np.abs(slope).max() < 1e-3


def test_slope_and_curvature_are_derivatives(fitted):
    design, fit, prior = fitted
    luck = GUESS.of_posts(design)

    def slope(effects):
        return State.at(design, effects, luck).slope() - prior.times(effects[:, None])[:, 0]

    def value(effects):
        return State.at(design, effects, luck).value() - 0.5 * effects @ prior.times(effects[:, None])[:, 0]

    ahead = np.random.default_rng(1).normal(size=design.size)
    step = 1e-6
    state = State.at(design, fit.effects, luck)
    assert (value(fit.effects + step * ahead) - value(fit.effects - step * ahead)) / (2 * step) == pytest.approx(
        slope(fit.effects) @ ahead, abs=1e-5
    )
    change = -(slope(fit.effects + step * ahead) - slope(fit.effects - step * ahead)) / (2 * step)
    assert dense(state, prior) @ ahead == pytest.approx(change, rel=1e-4, abs=1e-4)


def test_the_diagonal_is_the_curvatures_own(fitted):
    _, fit, prior = fitted
    matrix = Curvature.of(fit.state, prior, observed=True)
    assert matrix.diagonal()[:3] == pytest.approx(np.diag(dense(fit.state, prior))[:3], rel=1e-9)
    assert matrix.diagonal() == pytest.approx(np.diag(dense(fit.state, prior)), rel=1e-9)


def test_draws_have_the_covariance_of_the_posterior(fitted):
    _, fit, prior = fitted
    draws = posterior_draws(fit.state, prior, draws=64, tolerance=1e-8)
    exact = np.diag(np.linalg.inv(dense(fit.state, prior)))
    creators = fit.state.design.parts[3]
    assert (draws[creators] ** 2).mean(axis=1) == pytest.approx(exact[creators], rel=0.6)
    assert np.mean((draws**2).mean(axis=1) / exact) == pytest.approx(1, abs=0.25)


def test_the_bordered_variance_is_exact_for_one_creator_and_product():
    slots = Slots.of(creator=np.zeros(1, int), product=np.zeros(1, int), orders=np.array([4]), log_exposure=np.array([3.0]))
    fit = ability(slots, Counts(1, 1, 1))
    prior = fit.variances.prior(fit.state.design, np.zeros(1))
    matrix = dense(fit.state, prior)[-2:, -2:]
    assert bordered_variance(fit.state, prior)[-2:] == pytest.approx(np.diag(np.linalg.inv(matrix)), rel=1e-9)


def test_of_two_creators_of_one_product_the_one_who_sells_more_is_abler():
    slots = Slots.of(creator=np.array([0, 1]), product=np.array([0, 0]), orders=np.array([40, 10]), log_exposure=np.log([1000.0, 1000.0]))
    fit = ability(slots, Counts(2, 1, 1))
    assert fit.ability[0] > fit.ability[1]
    assert fit.probability_above(np.array([0]), np.array([1]))[0] > 0.5
    assert fit.ability.sum() == pytest.approx(0, abs=1e-3)


def test_a_product_that_everybody_sells_well_makes_nobody_abler():
    """Creators 0-9 show product 0, 10-19 product 1, all show product 2; product 0 sells ten times as much as 1 for equal views."""
    creator = np.repeat(np.arange(20), 2)
    product = np.where(np.arange(40) % 2 == 0, (creator >= 10).astype(int), 2)
    orders = np.where(product == 0, 50, np.where(product == 1, 5, 20))
    fit = ability(Slots.of(creator=creator, product=product, orders=orders, log_exposure=np.full(40, 7.0)), Counts(20, 3, 1))
    assert np.ptp(fit.ability) < 0.2
    assert fit.appeal[0] > fit.appeal[2] > fit.appeal[1]


def test_zero_orders_are_finite_shrunk_and_wide():
    market = simulated(200, seed=2)
    none = np.zeros(len(market.slots))
    columns = {field.name: getattr(market.slots, field.name) for field in fields(Slots)}
    fit = ability(Slots.of(**{**columns, "orders": none}), market.counts)
    assert np.isfinite(fit.ability).all()
    assert np.abs(fit.ability).max() < 0.5
    one = columns["creator"] == 7
    fit = ability(Slots.of(**{**columns, "orders": np.where(one, 0, columns["orders"])}), market.counts)
    assert np.isfinite(fit.ability).all()
    assert fit.ability[7] < 0
    assert fit.variance[7] < fit.variances.creators


def test_no_slots_leave_everybody_at_the_prior():
    empty = np.zeros(0, dtype=np.int64)
    fit = ability(Slots.of(creator=empty, product=empty, orders=empty, log_exposure=empty.astype(float)), Counts(3, 2, 1))
    assert np.array_equal(fit.ability, np.zeros(3))
    assert fit.variance == pytest.approx(fit.variances.creators)


def test_uncertain_views_of_a_creator_widen_and_shrink():
    market = simulated(300, seed=6)
    sure = ability(market.slots, market.counts)
    unsure = ability(market.slots, market.counts, exposure_variance=np.where(np.arange(300) == 3, 2.0, 0.0))
    assert unsure.variance[3] > sure.variance[3]
    assert abs(unsure.ability[3]) < abs(sure.ability[3])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-8, 8))
def test_the_unit_of_exposure_changes_nothing(seed: int, unit: float):
    columns = small(np.random.default_rng(seed), 25)
    one = ability(Slots.of(**columns), COUNTS)
    other = ability(Slots.of(**{**columns, "log_exposure": columns["log_exposure"] + unit}), COUNTS)
    assert other.ability == pytest.approx(one.ability, abs=1e-6)
    assert other.appeal == pytest.approx(one.appeal, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_not_a_bit(seed: int, shuffler):
    columns = small(np.random.default_rng(seed), 25)
    order = list(range(25))
    shuffler.shuffle(order)
    one, other = (
        ability(Slots.of(**columns), COUNTS),
        ability(Slots.of(**{name: column[order] for name, column in columns.items()}), COUNTS),
    )
    for name in ("ability", "variance", "appeal", "appeal_variance"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 24))
def test_splitting_a_row_changes_nothing(seed: int, split: int):
    columns = small(np.random.default_rng(seed), 25)
    halves = {name: np.append(column, column[split]) for name, column in columns.items()}
    halves["orders"] = halves["orders"].astype(float)
    halves["orders"][[split, 25]] /= 2
    halves["log_exposure"][[split, 25]] -= np.log(2)
    one, other = ability(Slots.of(**columns), COUNTS), ability(Slots.of(**halves), COUNTS)
    assert other.ability == pytest.approx(one.ability, abs=1e-6)
    assert other.variance == pytest.approx(one.variance, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 50))
def test_at_given_variances_more_orders_hardly_ever_lower_a_creator(seed: int, more: int):
    """Learnt variances may move with a market of three creators, and everybody with them. At given ones slopes may still take a little."""
    columns = small(np.random.default_rng(seed), 25)

    def mode(orders):
        design = Design(Slots.of(**{**columns, "orders": orders}), COUNTS)
        posterior = Posterior(design, GUESS.of_posts(design), GUESS.prior(design, np.zeros(3)))
        return newton(posterior, np.zeros(design.size), steps=200, accuracy=1e-9)[0][design.parts[3]]

    creator = columns["creator"][0]
    assert mode(columns["orders"] + more * (np.arange(25) == 0))[creator] >= mode(columns["orders"])[creator] - 0.1
