"""Cypher over HTTP: one query in, its rows out as a stream, however many."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.access.viewer import Viewer
from api.asked import WORK
from api.computed.analysis.cypher import parameters
from api.cypher import CypherQuery, bounds
from api.errors import ApiError, BadRequest, BadUserInput, Internal, MediaTypeRefused, NotAcceptable
from api.failures import translated
from api.http.answers import UNCACHED
from api.http.body import body
from api.http.endpoint import CLIENT_GONE, while_connected
from api.http.negotiation import JSON, preferred, utf8_json
from api.http.producing import Produced, Producer
from api.http.streams import ARROW, JSON_LINES, STREAMS
from api.json_text import parsed, shown
from api.limits import Cost

FORMATS: Final = {"jsonl": JSON_LINES, "arrow": ARROW}
OFFERED: Final = tuple(STREAMS)
ROWS: Final = 100_000
SECONDS: Final = 10
KNOWN: Final = ("query", "parameters", "format", "limit", "timeoutSeconds")


class Asked(NamedTuple):
    """What one request asks: a query, and in which media type."""

    query: CypherQuery
    media_type: str


async def cypher(request: Request) -> Response:
    """Answer one query; what goes wrong before the first byte is a JSON error with its status, what goes wrong later ends the stream."""
    request.state.kind = "refused"
    process = request.app.state.process
    try:
        viewer: Viewer = process.keyring.viewer(request.headers.get("authorization"))
        request.state.fields["key"] = viewer.key_id
        asked = await _asked(request)
        process.budgets.take(viewer.key_id, Cost(WORK["cypher"]))
        producer = Producer(process, viewer, asked.query, asked.media_type, request.state.request_id)
        await while_connected(request, producer.first())
        request.state.kind = "query"
        return Produced(producer, asked.media_type)
    except ClientDisconnect:
        process.metrics.cancelled.inc()
        return Response(status_code=CLIENT_GONE)
    except Exception as error:
        told = translated(error, request.state.request_id)
        if isinstance(told, Internal):
            process.metrics.failures.inc()
        return _refusal(told)


def _refusal(error: ApiError) -> Response:
    """Return the answer that consists of one error; its status is the error's own, as no older clients expect 200 here."""
    text = orjson.dumps({"errors": [error.formatted]})
    return Response(text, error.status, headers={**UNCACHED, **error.headers}, media_type=JSON)


async def _asked(request: Request) -> Asked:
    """Read what a request asks; BadRequest, BadUserInput or one of their kinds says what is wrong."""
    content_type = request.headers.get("content-type")
    if not utf8_json(content_type):
        raise MediaTypeRefused(f"Content-Type: {(content_type or 'none')[:100]} is not supported; send {JSON}, encoded in UTF-8")
    process = request.app.state.process
    try:
        given = parsed(await body(request, limit=process.settings.max_body_kb * 1024))
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"the body is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None
    if not isinstance(given, dict) or not isinstance(given.get("query"), str):
        raise BadRequest('the body is not a query; send an object with the string query, such as {"query": "MATCH (n) RETURN count(n)"}')
    if unknown := [name for name in given if name not in KNOWN]:
        raise BadUserInput(f"unknown field {shown(unknown[0])}; use {', '.join(KNOWN[:-1])} or {KNOWN[-1]}")
    return Asked(_query(given, process), _media_type(request, given.get("format")))


def _query(given: dict[str, Any], process: Any) -> CypherQuery:
    rows, seconds = min(ROWS, process.settings.stream_rows), min(SECONDS, process.settings.cypher_seconds)
    limit, seconds = (_whole(given, name, default) for name, default in (("limit", rows), ("timeoutSeconds", seconds)))
    return CypherQuery(given["query"], parameters(given.get("parameters")), bounds(process, rows=limit, seconds=seconds, stream=True))


def _whole(given: dict[str, Any], name: str, default: int) -> int:
    value = default if given.get(name) is None else given[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadUserInput(f"{name} is {shown(value)}; give a whole number, or leave it out for {default:,}")
    return value


def _media_type(request: Request, wanted: object) -> str:
    """Return the media type to stream: the format named in the body, else what `Accept` likes best."""
    if wanted is not None:
        if wanted not in FORMATS:
            raise BadUserInput(f"format is {shown(wanted)}; give {' or '.join(FORMATS)}, or omit it and use the Accept header")
        return FORMATS[str(wanted)]
    accept = request.headers.get("accept")
    found = preferred(accept, OFFERED)
    if found is None:
        raise NotAcceptable(
            f"Accept: {(accept or '')[:100]} does not include a media type that this endpoint returns; accept {', '.join(OFFERED)}"
        )
    return found
