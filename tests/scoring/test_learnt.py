"""Fits add up from parts and survive being stored."""

import numpy as np
import pytest

from scoring import Fit, FitError, apply, fit, learn, place, share
from tests.scoring.rows import alone, declared, facts, market, taken

TABLE = market(400)


def test_parts_fitted_apart_add_up_to_the_whole_to_the_last_bit():
    parts = [taken(TABLE, slice(0, 90)), taken(TABLE, slice(90, 91)), taken(TABLE, slice(91, 400))]
    first = learn(parts[2]).merge(learn(parts[0])).merge(learn(parts[1]))
    second = place(parts[1], first).merge(place(parts[2], first)).merge(place(parts[0], first))
    assert second.to_json() == fit(TABLE).to_json()


def test_the_order_of_rows_does_not_matter():
    shuffled = taken(TABLE, np.random.default_rng(5).permutation(400))
    assert fit(shuffled).to_json() == fit(TABLE).to_json()


def test_stored_and_read_again_it_scores_the_same():
    found = fit(TABLE)
    again = Fit.from_json(found.to_json())
    assert again.sums == found.sums
    assert again.places == found.places
    assert np.array_equal(apply(TABLE, again).value, apply(TABLE, found).value, equal_nan=True)


def test_refuses_fits_of_other_formulas_and_other_first_passes():
    other = alone(share("s", of="hits", among="trials", weight=1.0))
    with pytest.raises(FitError, match="fit both anew"):
        learn(TABLE).merge(declared(other))
    with pytest.raises(FitError, match="score anew"):
        Fit.from_json(declared(other).to_json())
    with pytest.raises(FitError, match="merge what learn returns"):
        fit(TABLE).merge(fit(taken(TABLE, slice(0, 9))))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"formula": "1"}'])
def test_refuses_what_is_not_a_fit(text: str):
    with pytest.raises(FitError, match="not a stored fit"):
        Fit.from_json(text)


def test_a_fit_of_no_rows_is_the_declared_one():
    nobody = fit(facts(rows=0))
    assert np.array_equal(apply(TABLE, nobody).value, apply(TABLE, declared()).value, equal_nan=True)
