"""Cypher over HTTP: one query in, its rows out as a stream, however many."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.access.scopes import require_scope
from api.access.viewer import Scope
from api.cypher.queries import CypherQuery, bounds
from api.errors import ApiError, BadRequest, BadUserInput, NotAcceptable
from api.features.catalogue import FIELD_COSTS
from api.features.cypher.cypher import parameters
from api.graphql.cost.limits import Cost
from api.http.answers import UNCACHED
from api.http.body import posted_json
from api.http.negotiation import JSON, preferred
from api.http.producing import Produced, Producer
from api.http.shell import answered, signed_in, while_connected
from api.http.streams import ARROW, JSON_LINES, STREAMS
from api.json_values import is_object
from graph.json_text import shown

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
    return await answered(request, _streamed(request), _refusal)


async def _streamed(request: Request) -> Response:
    """Begin the query, and return what sends its rows."""
    process, viewer = request.app.state.process, signed_in(request)
    require_scope(viewer, Scope.CYPHER)
    asked = await _asked(request)
    process.budgets.take(viewer.key_id, Cost(FIELD_COSTS["cypher"]), size=viewer.budget)
    producer = Producer(process, viewer, asked.query, asked.media_type, request.state.request_id)
    await while_connected(request, producer.first())
    request.state.kind = "query"
    return Produced(producer, asked.media_type)


def _refusal(error: ApiError) -> Response:
    """Return the answer that consists of one error; its status is the error's own, as no older clients expect 200 here."""
    text = orjson.dumps({"errors": [error.formatted]})
    return Response(text, error.status, headers={**UNCACHED, **error.headers}, media_type=JSON)


async def _asked(request: Request) -> Asked:
    """Read what a request asks; BadRequest, BadUserInput or one of their kinds says what is wrong."""
    process = request.app.state.process
    given = await posted_json(request, example='{"query": "MATCH (n) RETURN count(n)"}')
    if not is_object(given) or not isinstance(given.get("query"), str):
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
