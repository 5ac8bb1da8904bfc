"""What a caller gives, as JSON: pure, without a service."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import numpy as np
import polars as pl
import pytest

from creatorgraph import Client, Refused, Unauthenticated, Unreachable
from creatorgraph.encoding import encoded
from creatorgraph.flows.queries import _series


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (float("nan"), "parameters.x is nan (float), which JSON cannot represent; give a finite number, or null"),
        (float("-inf"), "parameters.x is -inf (float)"),
        (date(2026, 1, 31), "parameters.x is datetime.date(2026, 1, 31) (date), which JSON cannot represent; give it as text"),
        (datetime(2026, 1, 31), "(datetime), which JSON cannot represent; give it as text"),
        (timedelta(days=1), "(timedelta), which JSON cannot represent; give it as text"),
        (Decimal("1.5"), "parameters.x is Decimal('1.5') (Decimal)"),
        ({1, 2}, "parameters.x is {1, 2} (set)"),
        (b"x", "parameters.x is b'x' (bytes)"),
        ({"a": [1, float("inf")]}, "parameters.x.a[1] is inf (float)"),
        ({1: 2}, "a key of parameters.x is 1 (int), which JSON cannot represent; give texts as keys"),
        (np.array([1.0, np.nan]), "parameters.x[1] is nan (float)"),
    ],
)
def test_what_json_cannot_say_is_an_error_of_the_client_s_own(value: Any, said: str) -> None:
    transport = httpx.MockTransport(lambda _request: pytest.fail("nothing may be sent"))
    with Client(key="cgk_x", transport=transport) as client, pytest.raises(Refused) as refused:
        client.cypher("RETURN $x AS x", x=value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (np.int64(3), 3),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (pl.Series([1, None]), [1, None]),
        ((1, "é"), [1, "é"]),
        (2**70, 2**70),
        (np.bool_(True), True),
    ],
)
def test_arrays_series_and_tuples_are_said_as_lists(value: Any, said: Any) -> None:
    assert json.loads(encoded({"x": value})) == {"x": said}


@pytest.mark.parametrize("url", ["http://[bad", "http://host:port", None, "nowhere"])
def test_an_address_that_is_none_is_told(url: Any) -> None:
    with pytest.raises(Unreachable), Client(url, "cgk_x", retries=0) as client:
        client.brands()


@pytest.mark.parametrize("key", ["ключ", "cgk_a\nb"])
def test_a_key_that_no_header_can_hold_is_told(key: str) -> None:
    with pytest.raises(Unauthenticated, match="the key has invalid characters"):
        Client(key=key)


def test_what_is_no_answer_of_ours_is_told() -> None:
    with Client(key="cgk_x", retries=0, transport=httpx.MockTransport(lambda _request: httpx.Response(200, text="<html>"))) as client:
        with pytest.raises(Unreachable, match="was cut off"):
            client.cypher("RETURN 1 AS n")
        with pytest.raises(Refused, match="the answer has status 200: <html>"):
            client.brands()


@pytest.mark.parametrize("first", [-1, 1.5, "3"])
def test_a_number_of_rows_that_is_none_is_told(first: Any) -> None:
    transport = httpx.MockTransport(lambda _request: pytest.fail("nothing may be sent"))
    with Client(key="cgk_x", transport=transport) as client, pytest.raises(Refused, match="give a whole number of rows, or None for all"):
        client.brands(first=first)


@pytest.mark.parametrize(
    ("type_", "values", "dtype", "found"),
    [
        ("FLOAT", [1, 0.5, None, "Infinity"], pl.Float64(), [1.0, 0.5, None, float("inf")]),
        ("LIST<INTEGER>", [[1, None], None, []], pl.List(pl.Int64()), [[1, None], None, []]),
        ("LIST<FLOAT>", [[1, 0.5]], pl.List(pl.Float64()), [[1.0, 0.5]]),
        ("MAP", [{"a": 1}, None], pl.String(), ['{"a": 1}', None]),
        ("LIST<ANY>", [[1, "a"]], pl.String(), ['[1, "a"]']),
        ("ANY", [None, None], pl.String(), [None, None]),
        ("DATE", ["2026-01-31"], pl.Date(), [date(2026, 1, 31)]),
    ],
)
def test_a_kept_query_s_columns_have_the_types_of_cypher_s(type_: str, values: list[Any], dtype: Any, found: list[Any]) -> None:
    series = _series("x", type_, values)
    assert (series.dtype, series.to_list()) == (dtype, found)


def test_whole_numbers_that_would_be_rounded_are_refused() -> None:
    with pytest.raises(Refused, match="column x: 9007199254740993 is a whole number beyond"):
        _series("x", "FLOAT", [0.5, 2**53 + 1])
