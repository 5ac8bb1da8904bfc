"""Concentration of sales."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.networks import concentration


def test_of_four_equals() -> None:
    found = concentration([5.0, 5.0, 5.0, 5.0])
    assert found is not None
    assert found == pytest.approx((4, 20.0, 0.25, 1.0, 1.0, 0.25, 4.0))


def test_of_one_who_sells_all_beside_one_who_lost_and_one_who_sold_nothing() -> None:
    assert concentration([-3.0, 0.0, 7.0]) == pytest.approx((1, 7.0, 1.0, 1.0, 1.0, 1.0, 1.0))


def test_of_three_quarters_and_a_quarter() -> None:
    found = concentration([1.0, 3.0])
    assert found is not None
    assert found.hhi == pytest.approx(0.625)
    assert found.effective == pytest.approx(math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25))))


@pytest.mark.parametrize("sales", [[], [0.0], [-1.0]])
def test_nothing_sold_has_no_concentration(sales: list[float]) -> None:
    assert concentration(sales) is None


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30))
def test_stays_in_its_bounds_whatever_is_sold(sales: list[float]) -> None:
    found = concentration(sales)
    if found is not None:
        assert 0 < found.top1 <= found.top5 <= found.top10 <= 1
        assert 1 / found.sellers - 1e-9 <= found.hhi <= 1 + 1e-9
        assert 1 - 1e-9 <= found.effective <= found.sellers + 1e-9
