"""Answers that an agent can hold."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as some

from api.mcp.answers import MOST_BYTES, answered, rounded, shortened, without_nulls

VALUES = some.recursive(
    some.none() | some.integers(-9, 9) | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=8) | some.dictionaries(some.text(max_size=4), inner, max_size=4),
    max_leaves=60,
)


def test_nulls_are_left_out_of_objects_and_kept_in_lists() -> None:
    assert without_nulls({"a": None, "b": [None, {"c": None, "d": 0}]}) == {"b": [None, {"d": 0}]}


def test_numbers_are_rounded_unless_they_are_to_be_exact() -> None:
    value = {"a": 1 / 3, "b": [1_234_567.891, 12], "c": True, "d": 1e-9 / 3}
    assert rounded(value) == {"a": 0.333333, "b": [1_234_568, 12], "c": True, "d": 3.33333e-10}
    assert rounded(float("inf")) == float("inf")
    assert answered({"a": 1 / 3}).structured_content == {"a": 0.333333}
    assert answered({"a": 1 / 3}, exact=True).structured_content == {"a": 1 / 3}


def test_the_longest_list_is_cut_and_says_so() -> None:
    value = {"short": [1, 2], "rows": [{"text": "x" * 100, "n": n} for n in range(1_000)]}
    told = answered(value).structured_content
    assert told["short"] == [1, 2]
    assert told["rows"] == value["rows"][: len(told["rows"])]
    assert told["shortened"] == [
        {"list": "rows", "kept": len(told["rows"]), "of": 1_000, "remedy": "ask for fewer, or narrow it"},
    ]
    assert len(orjson.dumps(told)) < MOST_BYTES + 200


def test_a_text_that_is_too_long_is_not_sent() -> None:
    value, cut = shortened({"text": "x" * 100}, most=60)
    assert list(value) == ["note"]
    assert cut == []


@given(some.dictionaries(some.text(max_size=4), VALUES, max_size=5), some.integers(100, 400))
def test_every_value_fits(value: dict[str, Any], most: int) -> None:
    bounded, cut = shortened(value, most)
    assert len(orjson.dumps(bounded)) <= max(most, 120)
    assert bool(cut) or bounded == value or list(bounded) == ["note"]
