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


@pytest.mark.parametrize("url", ["http://[bad", "http://host:port", None, "nowhere", "localhost:8000", "ftp://host", "http://", ""])
def test_an_address_that_is_none_is_told_before_anything_is_sent(url: Any) -> None:
    with pytest.raises(Unreachable, match=r"give one with http:// or https://.*such as http://127\.0\.0\.1:8000"):
        Client(url, "cgk_x", retries=0)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "nothing answers at this address; is the service running"),
        (httpx.ConnectError("[Errno -2] Name or service not known"), "no host of this name is known"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"), "TLS certificate is not trusted"),
        (httpx.ConnectError("[SSL: WRONG_VERSION_NUMBER] wrong version number"), "does the service speak https"),
        (httpx.ConnectTimeout("timed out"), "nothing answers at this address"),
        (httpx.ReadTimeout("timed out"), "no answer came within the client's time limit; pass a larger timeout="),
        (httpx.PoolTimeout(""), "all connections of this client are in use"),
        (httpx.ReadError("[Errno 104] Connection reset by peer"), "the connection broke"),
        (httpx.RemoteProtocolError("Server disconnected"), "without an HTTP answer"),
        (httpx.ProxyError("403 Forbidden"), "check HTTP_PROXY"),
        (httpx.LocalProtocolError("Illegal header value"), "nothing answers at this address"),
    ],
)
def test_a_failure_is_told_in_words_of_the_client_and_the_librarys_error_is_its_cause(error: httpx.RequestError, said: str) -> None:
    def failing(_request: httpx.Request) -> httpx.Response:
        raise error

    with Client(key="cgk_x", retries=0, transport=httpx.MockTransport(failing)) as client, pytest.raises(Unreachable) as lost:
        client.brands()
    assert said in str(lost.value)
    assert lost.value.__cause__ is error
    assert not any(word in str(lost.value) for word in (type(error).__name__, "Errno", "SSL:", "timed out"))


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
