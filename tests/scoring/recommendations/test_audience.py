from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.recommendations.audience import nearness, similarity

SHARES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.0, 1.0), max_size=6)


def test_the_similarity_is_worked_out_by_hand() -> None:
    # p = (1/2, 1/2), q = (1, 0): m = (3/4, 1/4)
    by_hand = 1 - (0.5 * log2(2 / 3) + 0.5 * log2(2) + log2(4 / 3)) / 2
    assert similarity({"F": 0.5, "M": 0.5}, {"F": 1.0}) == pytest.approx(by_hand, abs=1e-15)


def test_equal_make_ups_are_alike_and_disjoint_ones_are_not() -> None:
    assert similarity({"a": 0.2, "b": 0.8}, {"a": 1.0, "b": 4.0}) == pytest.approx(1.0)
    assert similarity({"a": 1.0}, {"b": 1.0}) == 0.0


@pytest.mark.parametrize(("one", "other"), [({}, {"a": 1.0}), ({"a": 1.0}, {}), ({"a": 0.0}, {"a": 1.0}), ({}, {})])
def test_what_is_unknown_has_no_similarity(one: dict[str, float], other: dict[str, float]) -> None:
    assert similarity(one, other) is None


@given(SHARES, SHARES)
def test_it_is_even_and_bounded(one: dict[str, float], other: dict[str, float]) -> None:
    found = similarity(one, other)
    assert found == similarity(other, one)
    assert found is None or 0.0 <= found <= 1.0


def test_the_nearness_asks_only_of_what_is_wanted() -> None:
    assert nearness({"F": 0.7}, {"F": 0.7, "M": 0.3}) == pytest.approx(1.0)
    assert nearness({"18-24": 0.5}, {"18-24": 0.5, "25-34": 0.25, "35-44": 0.25}) == pytest.approx(1.0)
    assert nearness({"F": 1.0}, {"M": 1.0}) == 0.0
    assert nearness({}, {"M": 1.0}) is None
    assert nearness({"F": 1.0}, {}) is None
