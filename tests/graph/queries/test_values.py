from __future__ import annotations

import math
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.spatial import CartesianPoint, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.load.shapes import HIDDEN
from graph.queries.values import PRIVATE, identity, plain


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (2**63 - 1, 9223372036854775807),
        (Date(2026, 1, 31), "2026-01-31"),
        (Duration(months=1, days=2, seconds=3), "P1M2DT3S"),
        (Time(10, 30), "10:30:00.000000000"),
        (DateTime(2026, 1, 31, 12), "2026-01-31T12:00:00.000000000"),
        (b"\x00\xff", "AP8="),
        (CartesianPoint((1.0, 2.0)), {"srid": 7203, "x": 1.0, "y": 2.0}),
        (WGS84Point((1.0, 2.0, 3.0)), {"srid": 4979, "x": 1.0, "y": 2.0, "z": 3.0}),
        ({"id": "c1", "_age": "1", "_mine": 2}, {"id": "c1", "_mine": 2}),
        ({"a": [math.nan, {"b": Date(2026, 1, 1)}]}, {"a": ["NaN", {"b": "2026-01-01"}]}),
    ],
)
def test_what_json_cannot_say_becomes_what_it_can(value: Any, said: Any) -> None:
    assert plain(value, {}) == said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_what_json_can_say_stays_as_it_is(value: Any) -> None:
    assert orjson.loads(orjson.dumps(plain(value, {}))) == value


def test_what_imports_keep_for_themselves_is_private() -> None:
    assert HIDDEN <= PRIVATE


@pytest.mark.parametrize(
    ("labels", "own", "told"),
    [
        (["Creator"], "c1", "Creator:c1"),
        (["Video", "Content"], "v1", "Content:v1"),
        (["Sale"], "s1", "Sale:s1"),
        ([], "x", "x"),
        (["Creator"], None, None),
        (["Creator"], 7, None),
    ],
)
def test_a_node_is_known_by_its_global_id_or_its_own(labels: list[str], own: object, told: str | None) -> None:
    assert identity(labels, own) == told
