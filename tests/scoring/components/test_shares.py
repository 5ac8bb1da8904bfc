"""Shares, beta–binomial."""

import numpy as np
import pytest

from scoring import FactsError, apply, explain, fit, share
from scoring.cells import Cell
from tests.scoring import by_hand as hand
from tests.scoring.rows import alone, declared, facts

FORMULA = alone(share("s", of="hits", among="trials", weight=1.0))
US = Cell(28, "US", "*", -9)


def test_three_of_four_by_hand():
    # The declared prior is Beta(2, 2); three of four make it Beta(5, 3).
    expected = hand.points(hand.beta_moments(5, 3), hand.beta_moments(2, 2))
    table = facts({"hits": [3], "trials": [4], "seen": [1]}, formula=FORMULA)
    assert apply(table, declared(FORMULA)).value[0, 1] == pytest.approx(expected, abs=1 / 4096)


def test_no_trials_is_no_evidence_and_half_is_typical():
    table = facts({"hits": [0, 10], "trials": [0, 20], "seen": [1, 1]}, rows=2, formula=FORMULA)
    value = apply(table, declared(FORMULA)).value[:, 1]
    assert np.isnan(value[0])
    assert value[1] == 50.0


def test_bursts_count_less():
    bursty = alone(share("s", of="hits", among="trials", weight=1.0, dispersion=2.0))
    table = facts({"hits": [6], "trials": [8], "seen": [1]}, formula=bursty)
    half = facts({"hits": [3], "trials": [4], "seen": [1]}, formula=FORMULA)
    assert apply(table, declared(bursty)).value[0, 1] == apply(half, declared(FORMULA)).value[0, 1]


def test_the_prior_is_found_again():
    chance = np.random.default_rng(1)
    trials = chance.poisson(20, 5000) + 1
    hits = chance.binomial(trials, chance.beta(4.0, 6.0, 5000))
    found = fit(facts({"hits": hits, "trials": trials, "seen": trials}, rows=5000, formula=FORMULA), formula=FORMULA)
    mean, correlation, _ = found.priors["x.s"].of([US])[0]
    assert mean == pytest.approx(0.4, abs=0.01)
    assert correlation == pytest.approx(1 / 11, abs=0.01)


@pytest.mark.parametrize("hits", [0.0, 10.0])
def test_peers_that_are_all_alike_at_an_end_leave_finite_scores(hits: float):
    table = facts({"hits": [hits] * 50, "trials": [10] * 50, "seen": [1] * 50}, rows=50, formula=FORMULA)
    value = apply(table, fit(table, formula=FORMULA)).value[:, 1]
    assert np.all(np.abs(value - 50.0) < 15.0)


def test_one_of_one_does_not_beat_ninety_of_a_hundred():
    table = facts({"hits": [1, 90], "trials": [1, 100], "seen": [1, 1]}, rows=2, formula=FORMULA)
    one, many = apply(table, declared(FORMULA)).value[:, 1]
    assert 50 < one < many


def test_explains_in_shares():
    table = facts({"hits": [3], "trials": [4], "seen": [1]}, formula=FORMULA)
    component = explain(table, declared(FORMULA), "x")[0].components[0]
    assert component.raw == 0.75
    assert 0.5 < component.shrunk < 0.75
    assert component.peer_median == pytest.approx(0.5)


def test_refuses_more_hits_than_trials():
    table = facts({"hits": [1, 5], "trials": [2, 4], "seen": [1, 1]}, rows=2, formula=FORMULA)
    with pytest.raises(FactsError, match="hits, row 1: 5 is more than trials in the same row; count hits among trials only"):
        fit(table, formula=FORMULA)
