"""What a request's values become."""

from __future__ import annotations

from typing import Any, cast

import pytest

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs
from graph.plans.values import handle_key, ids_of, own_id, own_ids, split_id

ANY = cast("Inputs", None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Creator:abc", ("Creator", "abc")),
        ("Creator:US:ana", ("Creator", "US:ana")),
        ("US:ana", (None, "US:ana")),
        ("abc", (None, "abc")),
        ("Nothing:1", (None, "Nothing:1")),
    ],
)
def test_a_global_id_is_a_kind_and_an_own_id(value: str, expected: Any) -> None:
    assert split_id(value) == expected


def test_own_ids_are_taken_with_and_without_their_kind() -> None:
    assert own_id("Brand")("Brand:b1", ANY) == own_id("Brand")("b1", ANY) == "b1"
    assert own_ids("Brand")(["b1", "Brand:b2"], ANY) == ["b1", "b2"]
    assert ids_of("Brand")(["Brand:b1", "Creator:c1", "b3"], ANY) == ["b1"]


def test_an_id_of_another_kind_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        InvalidValue, match="'Creator:c1' is the id of a Creator, but a Brand is expected; give an id that starts with Brand:"
    ):
        own_id("Brand")("Creator:c1", ANY)


@pytest.mark.parametrize(("value", "expected"), [(" @Ana ", "ana"), ("ＡＮＡ", "ana"), ("Straße", "strasse"), (None, None)])
def test_handles_are_compared_without_case(value: Any, expected: Any) -> None:
    assert handle_key(value, ANY) == expected
