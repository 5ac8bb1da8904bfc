"""Broken facts are refused by column, row, rule and remedy; unknown ones are not."""

import numpy as np
import pytest

from scoring import FactsError, apply, fit
from tests.scoring.rows import declared, facts
from tests.scoring.test_explanation import TWO

COLUMNS = {"things": [4.0] * 20, "weeks": [2.0] * 20, "figure": [3.0] * 20, "hits": [1.0] * 20, "trials": [2.0] * 20}
TABLE = facts(COLUMNS, rows=20, formula=TWO)


def broken(name: str, row: int, value: float) -> dict:
    column = np.array(TABLE[name], dtype=np.float64)
    column[row] = value
    return {**TABLE, name: column}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (broken("things", 3, -1), "facts column things, row 3: -1 must not be negative; correct its source"),
        (broken("figure", 7, np.inf), "facts column figure, row 7: inf must be finite; give NaN where it is unknown"),
        (broken("hits", 2, 1e6), "hits, row 2: 1e\\+06 is more than trials in the same row"),
        ({name: column for name, column in TABLE.items() if name != "weeks"}, "facts lack the column weeks; every column"),
        ({**TABLE, "weeks": np.ones(3)}, "facts column weeks has shape \\(3,\\), window has \\(20,\\); all columns must be of one length"),
        ({**TABLE, "weeks": np.array(["many"] * 20)}, "facts column weeks does not hold numbers"),
    ],
)
def test_refuses_broken_facts(table: dict, says: str):
    with pytest.raises(FactsError, match=says):
        fit(table, formula=TWO)
    with pytest.raises(FactsError, match=says):
        apply(table, declared(TWO))


def test_takes_integers_object_columns_and_less_than_rounding_below_zero():
    table = {**TABLE, "things": np.full(20, 9), "region": TABLE["region"].astype(object), "figure": np.full(20, -1e-9)}
    assert apply(table, fit(table, formula=TWO)).value.shape == (20, 2)


def test_what_is_unknown_everywhere_scores_nobody_and_says_why():
    scores = apply(facts(rows=2), declared())
    assert np.isnan(scores.value).all()
    assert (scores.evidence == 0).all()
    assert set(scores.basis.ravel()) == {""}


def test_no_rows_are_no_scores():
    empty = facts(rows=0)
    assert apply(empty, fit(empty)).value.shape == (0, 9)
