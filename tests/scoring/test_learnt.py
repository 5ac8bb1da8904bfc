"""Fits do not depend on the order of rows and survive being stored."""

import numpy as np
import pytest

from scoring import Fit, FitError, apply, fit
from tests.scoring.rows import alone, declared, facts, market, taken
from tests.scoring.traits.planted import RATE

TABLE = market(400)


def test_the_order_of_rows_does_not_matter():
    shuffled = taken(TABLE, np.random.default_rng(5).permutation(400))
    assert fit(shuffled).to_json() == fit(TABLE).to_json()


def test_stored_and_read_again_it_scores_the_same():
    found = fit(TABLE)
    again = Fit.from_json(found.to_json())
    assert again.to_json() == found.to_json()
    assert np.array_equal(apply(TABLE, again).value, apply(TABLE, found).value, equal_nan=True)


def test_refuses_fits_of_other_formulas():
    with pytest.raises(FitError, match="score anew"):
        Fit.from_json(declared(alone(RATE)).to_json())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"formula": "1"}'])
def test_refuses_what_is_not_a_fit(text: str):
    with pytest.raises(FitError, match="not a stored fit"):
        Fit.from_json(text)


def test_a_fit_of_no_rows_is_the_declared_one():
    nobody = fit(facts(rows=0))
    assert np.array_equal(apply(TABLE, nobody).value, apply(TABLE, declared()).value, equal_nan=True)
