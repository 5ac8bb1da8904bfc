"""Intervals are honest: 90 % ones cover planted truths, whatever the peers' distribution looks like."""

import numpy as np
import pytest

from scoring import apply, fit
from tests.scoring.rows import alone
from tests.scoring.traits.planted import PRIORS, RATE, SHARE, coverage, rates, shares

SIZE = 3000
TIED = "two-point"
"""Where only two values exist, a place is the middle of all who share it, and the interval spans them all: it covers more."""


@pytest.mark.parametrize("prior", PRIORS)
def test_rates_from_three_sources(prior: str):
    scored, covered = coverage(rates(SIZE, prior), RATE)
    assert scored > 0.98
    assert 0.86 <= covered <= (0.99 if prior == TIED else 0.94)


@pytest.mark.parametrize("prior", PRIORS)
def test_shares_from_trials_and_a_rating(prior: str):
    scored, covered = coverage(shares(SIZE, prior), SHARE)
    assert scored > 0.85
    assert 0.86 <= covered <= (0.99 if prior == TIED else 0.94)


def test_with_little_evidence_and_with_much():
    planted = rates(6000, seed=3)
    formula = alone(RATE)
    scores = apply(planted.table, fit(planted.table, formula=formula))
    evidence, inside = scores.evidence[:, 1], (scores.low[:, 1] <= planted.places) & (planted.places <= scores.high[:, 1])
    for least, most in ((1, 1), (2, 4), (5, 9), (10, 29), (30, 10_000)):
        some = (evidence >= least) & (evidence <= most)
        assert 0.84 <= inside[some].mean() <= 0.95, (least, most)


def test_every_source_adds_to_what_is_known():
    planted = rates(SIZE, seed=5)
    formula, unknown = alone(RATE), np.full(SIZE, np.nan)
    error = []
    for hidden in (("figure", "liking"), ("liking",), ()):
        table = planted.table | dict.fromkeys(hidden, unknown)
        mean = np.nan_to_num(apply(table, fit(table, formula=formula)).mean[:, 1], nan=0.5)
        error.append(float(np.mean((100 * mean - planted.places) ** 2)))
    assert error[0] > 1.1 * error[1] > 1.1 * error[2]
