"""Benjamini and Hochberg's procedure, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.authenticity.discoveries import adjusted, discoveries


def test_each_p_is_raised_by_its_place_and_never_falls_with_it() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.5, np.nan])
    assert adjusted(p)[:4] == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert np.isnan(adjusted(p)[4])
    assert discoveries(p, rate=0.05).tolist() == [True, False, False, False, False]
    assert discoveries(p, rate=0.1).tolist() == [True, True, True, False, False]


def test_nothing_tested_is_nothing_found() -> None:
    assert adjusted(np.array([])).tolist() == []
    assert not discoveries(np.array([np.nan]), rate=1.0).any()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_order_does_not_matter(p: list[float]) -> None:
    order = np.random.default_rng(len(p)).permutation(len(p))
    assert adjusted(np.array(p)[order]) == pytest.approx(adjusted(np.array(p))[order])
