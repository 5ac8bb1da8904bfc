"""What a tie weighs, and how strong a path is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.networks.strength import FACTS, path_strength, step_strength, tie_weight


@pytest.mark.parametrize(("weight", "expected"), [(0.0, 0.0), (1.0, 0.5), (3.0, 0.75)])
def test_what_is_counted_approaches_one(weight: float, expected: float) -> None:
    assert step_strength("MENTIONS", weight) == expected


def test_facts_are_as_strong_whatever_they_weigh() -> None:
    assert step_strength("SELLS", 0.0) == step_strength("SELLS", 99.0) == FACTS["SELLS"]


def test_a_path_is_the_product_of_its_steps() -> None:
    assert path_strength([0.5, 0.5, 0.25]) == 0.0625
    assert path_strength([]) == 1.0


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_more_weight_is_never_weaker_and_never_more_than_one(one: float, more: float) -> None:
    low, high = sorted((one, more))
    assert 0 <= step_strength("PROMOTES", low) <= step_strength("PROMOTES", high) <= 1


@pytest.mark.parametrize(
    ("times", "gmv_usd", "expected"), [(2, 99.0, 4.0), (2, -99.0, 4.0), (3, None, 3.0), (None, 9.0, 1.0), (None, None, 0.0)]
)
def test_a_tie_weighs_its_times_and_the_power_of_its_sales(times: int | None, gmv_usd: float | None, expected: float) -> None:
    assert tie_weight(times, gmv_usd) == pytest.approx(expected, abs=1e-12)
