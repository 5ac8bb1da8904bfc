"""What a part of the slots says."""

from dataclasses import fields

import numpy as np
import pytest

from scoring.ability import Counts, Slots, ability
from scoring.ability.groups import said_by_group
from scoring.ability.others import without_own
from tests.scoring.ability.simulated import simulated

MARKET = simulated(400, seed=8)
FIT = ability(MARKET.slots, MARKET.counts)
PLACE = np.arange(len(MARKET.slots))


def test_all_slots_of_a_creator_say_what_the_fit_says():
    said, variance = said_by_group(FIT, PLACE, MARKET.slots.creator, np.arange(400))
    heard, prior = np.isfinite(variance), FIT.variances.creators
    assert heard.mean() > 0.95
    share = 1 / (1 + variance / prior)
    assert np.median(((1 - share) * prior / FIT.variance)[heard]) == pytest.approx(1, abs=0.15)
    assert (share * said)[heard] == pytest.approx(FIT.ability[heard], abs=0.12)


def test_a_half_of_the_slots_says_less():
    half = PLACE[PLACE % 2 == 0]
    _, less = said_by_group(FIT, half, MARKET.slots.creator[half], np.arange(400))
    _, whole = said_by_group(FIT, PLACE, MARKET.slots.creator, np.arange(400))
    assert (less >= whole * 0.999)[np.isfinite(less)].mean() > 0.95


def test_a_group_without_slots_says_nothing():
    said, variance = said_by_group(FIT, PLACE[:1], np.zeros(1, dtype=np.int64), np.array([0, 5]))
    assert said[1] == 0
    assert np.isinf(variance[1])


def test_what_a_creator_sold_of_a_product_that_nobody_else_shows_is_no_witness_of_its_appeal():
    alone = MARKET.counts.products
    columns = {field.name: getattr(MARKET.slots, field.name) for field in fields(MARKET.slots)}
    slots = Slots.of(**{**columns, "product": np.where(MARKET.slots.creator == 7, alone, MARKET.slots.product)})
    fit = ability(slots, MARKET.counts._replace(products=alone + 1))
    moved, beyond, variance = (column[slots.creator == 7] for column in without_own(fit))
    assert beyond == pytest.approx(np.zeros(len(beyond)), abs=1e-6)
    assert moved == pytest.approx(-fit.variances.prior(fit.state.design, fit.exposure_variance).apart(fit.effects)[alone], abs=1e-6)
    assert variance == pytest.approx(fit.variances.products, rel=1e-6)
    _, doubt = said_by_group(fit, np.arange(len(slots)), slots.creator, np.arange(400))
    assert doubt[7] > fit.variances.products


def test_no_slots_have_no_others():
    fit = ability(Slots.of(creator=np.zeros(0), product=np.zeros(0), log_exposure=np.zeros(0)), Counts(2, 2, 1))
    assert [len(column) for column in without_own(fit)] == [0, 0, 0]
