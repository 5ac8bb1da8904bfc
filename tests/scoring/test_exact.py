"""Sums that do not depend on order or partition."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import ScoringError, exact
from scoring.exact import as_float, exact_sums

VALUES = st.lists(st.floats(-1e13, 1e13, allow_subnormal=False), max_size=30)


@given(values=VALUES, seed=st.integers(0, 99))
def test_any_order_and_partition_gives_the_same_whole_number(values: list[float], seed: int):
    array = np.array(values)
    codes = np.zeros(len(array), dtype=np.intp)
    shuffled = np.random.default_rng(seed).permutation(array)
    whole = exact_sums(array, codes, 1)[0]
    cut = len(values) // 3
    parts = exact_sums(shuffled[:cut], codes[:cut], 1)[0] + exact_sums(shuffled[cut:], codes[cut:], 1)[0]
    assert whole == parts


@given(VALUES)
def test_the_sum_is_right_to_the_grid(values: list[float]):
    total = exact_sums(np.array(values), np.zeros(len(values), dtype=np.intp), 1)[0]
    true = sum((Fraction(value) for value in values), Fraction(0))
    assert abs(Fraction(total, 2**50) - true) <= Fraction(len(values) + 1, 2**51)


def test_sums_by_group_across_chunks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exact, "ROWS", 3)
    sums = exact_sums(np.arange(10.0), np.arange(10) % 2, 3)
    assert [as_float(total) for total in sums] == [20.0, 25.0, 0.0]


def test_refuses_what_it_could_not_add_exactly():
    with pytest.raises(ScoringError, match="below 2\\^46"):
        exact_sums(np.array([1e14]), np.zeros(1, dtype=np.intp), 1)
