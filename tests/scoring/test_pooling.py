"""Small groups lean on larger ones."""

import numpy as np
import pytest

from scoring import FORMULA, fit, share
from scoring.cells import ANY_TIER, Cell
from scoring.pooling import STRENGTH, with_parents
from tests.scoring.rows import alone, facts

SHARE = alone(share("s", of="hits", among="trials", weight=1.0, typical=0.5))
TIERED = alone(share("s", of="hits", among="trials", weight=1.0, typical=0.5, by_tier=True))


def mean(found, *cell) -> float:
    return float(found.priors["x.s"].of([Cell(*cell)])[0, 0])


def test_a_group_of_weight_ten_is_half_itself():
    # Twenty peers with five trials weigh 5 / (5 + 5) each: ten together, as much as the declared prior.
    table = facts({"hits": [4] * 20, "trials": [5] * 20, "seen": [1] * 20}, rows=20, formula=SHARE)
    found = fit(table, formula=SHARE)
    trust = 10 / (10 + STRENGTH)
    world = trust * 0.8 + (1 - trust) * 0.5
    assert mean(found, 28, "*", "*", ANY_TIER) == pytest.approx(world)
    assert mean(found, 28, "US", "*", ANY_TIER) == pytest.approx(trust * 0.8 + (1 - trust) * world)


def test_a_category_never_seen_has_its_regions_prior_and_a_region_the_worlds():
    table = facts({"hits": [4] * 20, "trials": [5] * 20, "seen": [1] * 20}, rows=20, formula=SHARE)
    found = fit(table, formula=SHARE)
    assert mean(found, 28, "US", "hats", ANY_TIER) == mean(found, 28, "US", "*", ANY_TIER)
    assert mean(found, 28, "GB", "hats", ANY_TIER) == mean(found, 28, "*", "*", ANY_TIER)
    assert mean(found, 7, "US", "*", ANY_TIER) == 0.5


def test_category_rows_never_count_twice_in_the_parents():
    cell = Cell(28, "US", "hats", 2)
    sums = {cell: (5,), Cell(28, "US", "*", 2): (7,), Cell(28, "GB", "*", 2): (1,), Cell(28, "US", "*", 3): (2,)}
    totals = with_parents(sums)
    assert totals[Cell(28, "*", "*", 2)] == (8,)
    assert totals[Cell(28, "*", "*", ANY_TIER)] == (10,)
    assert totals[cell] == (5,)


def test_a_cell_leans_on_category_then_region_then_tier():
    cell, chain = Cell(28, "US", "hats", 2), []
    while cell is not None:
        chain.append(tuple(cell))
        cell = cell.parent
    assert chain == [(28, "US", "hats", 2), (28, "US", "*", 2), (28, "*", "*", 2), (28, "*", "*", ANY_TIER)]


def test_tiers_have_priors_of_their_own():
    hits = [9] * 100 + [1] * 100
    table = facts({"hits": hits, "trials": [10] * 200, "seen": [1] * 200}, rows=200, formula=TIERED, tier=[1] * 100 + [5] * 100)
    found = fit(table, formula=TIERED)
    assert mean(found, 28, "US", "*", 1) > 0.8
    assert mean(found, 28, "US", "*", 5) < 0.2
    assert mean(found, 28, "US", "*", ANY_TIER) == pytest.approx(0.5, abs=0.01)


def test_every_component_has_a_finite_prior_for_nobody():
    for part in FORMULA.parts():
        centre, spread = part.component.scale(np.array([part.component.declared]))
        assert np.isfinite(centre).all()
        assert (spread > 0).all()
