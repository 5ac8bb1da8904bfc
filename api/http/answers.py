"""From a result to an HTTP answer: status, media type, bytes."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import orjson
from starlette.responses import Response

from api.errors import STATUS_BY_CODE, ApiError, BadRequest
from api.graphql.execution.operations import RequestRefused
from api.http.negotiation import JSON
from graph.tracing import span

UNCACHED: Final = {"Cache-Control": "no-store"}


def answer(result: Mapping[str, Any], media_type: str) -> Response:
    """Return a result as it goes over the wire."""
    with span("encode"):
        body = orjson.dumps(result)
    return Response(body, status(result, media_type), headers=UNCACHED, media_type=f"{media_type}; charset=utf-8")


def refusal(error: ApiError, media_type: str) -> Response:
    """Return the answer that consists of one error."""
    result = errors_of(error)
    # Whoever sent no GraphQL request at all hears so in the status, also where the media type is the old one.
    code = error.status if isinstance(error, BadRequest) else status(result, media_type)
    return Response(orjson.dumps(result), code, headers={**UNCACHED, **error.headers}, media_type=f"{media_type}; charset=utf-8")


def errors_of(error: ApiError) -> dict[str, Any]:
    """Return the result that consists of what is wrong: one error, or all that keep a request from being executed."""
    return {"errors": error.errors if isinstance(error, RequestRefused) else [error.formatted]}


def status(result: Mapping[str, Any], media_type: str) -> HTTPStatus:
    """Return the status: 200 once data is there, even in part; plain JSON, as of old, says 200 to a faulty document too."""
    if "data" in result:
        return HTTPStatus.OK
    codes = (error.get("extensions", {}).get("code", "INTERNAL") for error in result.get("errors", ()))
    found = STATUS_BY_CODE.get(next(codes, "INTERNAL"), HTTPStatus.BAD_REQUEST)
    return HTTPStatus.OK if media_type == JSON and found is HTTPStatus.BAD_REQUEST else found
