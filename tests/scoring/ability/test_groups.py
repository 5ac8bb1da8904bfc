"""What a part of the slots says."""

import numpy as np
import pytest

from scoring.ability import ability
from scoring.ability.groups import said_by_group
from tests.scoring.ability.simulated import simulated

MARKET = simulated(400, seed=8)
FIT = ability(MARKET.slots, MARKET.counts)
PLACE = np.arange(len(MARKET.slots))


def test_all_slots_of_a_creator_say_what_the_fit_says():
    said, variance = said_by_group(FIT, PLACE, MARKET.slots.creator, np.arange(400))
    both = np.isfinite(variance) & np.isfinite(FIT.said_variance)
    assert both.mean() > 0.95
    assert np.median(variance[both] / FIT.said_variance[both]) == pytest.approx(1, abs=0.15)
    prior = FIT.variances.creators
    assert (said / (1 + variance / prior))[both] == pytest.approx((FIT.said / (1 + FIT.said_variance / prior))[both], abs=0.12)


def test_a_half_of_the_slots_says_less():
    half = PLACE[PLACE % 2 == 0]
    _, less = said_by_group(FIT, half, MARKET.slots.creator[half], np.arange(400))
    _, whole = said_by_group(FIT, PLACE, MARKET.slots.creator, np.arange(400))
    assert (less >= whole * 0.999)[np.isfinite(less)].mean() > 0.95


def test_a_group_without_slots_says_nothing():
    said, variance = said_by_group(FIT, PLACE[:1], np.zeros(1, dtype=np.int64), np.array([0, 5]))
    assert said[1] == 0
    assert np.isinf(variance[1])
