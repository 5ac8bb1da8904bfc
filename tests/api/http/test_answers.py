from __future__ import annotations

from typing import Any

import pytest

from api.errors import BadRequest, CostExceeded, ParseFailed, Unauthenticated
from api.http.answers import answer, refusal, status
from api.http.negotiation import GRAPHQL, JSON


def failed(code: str) -> dict[str, Any]:
    return {"errors": [{"message": "m", "extensions": {"code": code}}]}


@pytest.mark.parametrize(
    ("result", "new", "old"),
    [
        ({"data": {"a": 1}}, 200, 200),
        ({"data": None, **failed("FORBIDDEN")}, 200, 200),
        ({"data": {"a": None}, **failed("INTERNAL")}, 200, 200),
        (failed("GRAPHQL_PARSE_FAILED"), 400, 200),
        (failed("GRAPHQL_VALIDATION_FAILED"), 400, 200),
        (failed("BAD_USER_INPUT"), 400, 200),
        (failed("LIMIT_EXCEEDED"), 400, 200),
        (failed("STALE_CURSOR"), 400, 200),
        (failed("UNAUTHENTICATED"), 401, 401),
        (failed("COST_EXCEEDED"), 429, 429),
        (failed("NOT_READY"), 503, 503),
        (failed("INTERNAL"), 500, 500),
    ],
)
def test_the_status_tells_what_happened_as_far_as_the_media_type_lets_it(result: dict[str, Any], new: int, old: int) -> None:
    assert (status(result, GRAPHQL), status(result, JSON)) == (new, old)


def test_an_answer_is_json_in_its_media_type() -> None:
    written = answer({"data": {"a": "é"}}, GRAPHQL)
    assert (written.body, written.headers["content-type"]) == ('{"data":{"a":"é"}}'.encode(), f"{GRAPHQL}; charset=utf-8")


@pytest.mark.parametrize(
    ("error", "expected"), [(BadRequest("m"), 400), (ParseFailed("m"), 200), (Unauthenticated("m"), 401), (CostExceeded("m"), 429)]
)
def test_a_request_that_is_none_is_400_in_the_old_media_type_too(error: Any, expected: int) -> None:
    assert refusal(error, JSON).status_code == expected


def test_an_errors_headers_go_along() -> None:
    assert refusal(CostExceeded("m", headers={"Retry-After": "7"}), JSON).headers["retry-after"] == "7"
