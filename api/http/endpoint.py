"""The GraphQL endpoint: from an HTTP request to an answer, along the specification of GraphQL over HTTP."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.access.viewer import Viewer
from api.errors import MethodRefused, PersistedQueryNotFound
from api.graphql.execution.execution import executed
from api.graphql.execution.lasting import lasting
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest
from api.http.answers import answer, refusal
from api.http.event_stream import event_stream
from api.http.naming import Document, document
from api.http.negotiation import GRAPHQL, JSON, media_type, streams
from api.http.parameters import posted, queried
from api.http.shell import answered, signed_in, while_connected

ALLOW: Final = {"Allow": "GET, HEAD, POST"}


async def graphql(request: Request) -> Response:
    """Answer one GraphQL request; whatever goes wrong becomes an error with a code."""
    wanted = JSON

    async def work() -> Response:
        nonlocal wanted
        accept = request.headers.get("accept")
        if request.method != "HEAD" and streams(accept):
            wanted = GRAPHQL
            return await _streamed(request)
        wanted = media_type(accept)
        return answer(await _result(request), wanted)

    return await answered(request, work(), lambda error: refusal(error, wanted))


async def _streamed(request: Request) -> Response:
    """Answer as a stream of events."""
    viewer, named, asked = await _asked(request)
    stream = await event_stream(request, asked)
    named.answered(viewer, request.app.state.process)
    return stream


async def _result(request: Request) -> dict[str, Any]:
    """Find out who asks and what, and execute it."""
    viewer, named, asked = await _asked(request)
    return await while_connected(request, _executed(request, named, asked, viewer))


async def _asked(request: Request) -> tuple[Viewer, Document, GraphQLRequest]:
    """Return who asks, and what; a GET may only read."""
    if request.method not in {"GET", "HEAD", "POST"}:
        raise MethodRefused(f"the method {request.method} is not allowed; send GET or POST", headers=ALLOW)
    viewer, process = signed_in(request), request.app.state.process
    reading = request.method != "POST"
    parameters = queried(request) if reading else await posted(request)
    try:
        named = document(parameters, viewer, process)
    except PersistedQueryNotFound:
        request.state.kind = "query"  # what Apollo's clients ask first is no misuse
        raise
    process.metrics.documents.labels(named.by).inc()
    asked = GraphQLRequest(
        query=named.text,
        operation_name=parameters.operation_name,
        variables=parameters.variables,
        read_only=reading,
        request_id=request.state.request_id,
    )
    return viewer, named, asked


async def _executed(request: Request, named: Document, asked: GraphQLRequest, viewer: Viewer) -> dict[str, Any]:
    process = request.app.state.process
    result, request.state.showing = await executed(asked, viewer, process)
    if "data" in result:
        named.answered(viewer, process)
        prepared = operation(asked, process.limits)
        request.state.kind = "mutation" if prepared.is_mutation else "query"
        # Before the first run some windows end now.
        request.state.lasting = "errors" not in result and process.run.id is not None and lasting(prepared)
        # A text that came with its hash is not answered from what is kept: were the hash forgotten meanwhile, nobody would learn it again.
        request.state.teaching = named.keep_as is not None
        cost = result.get("extensions", {}).get("cost", {}).get("requested", 0)
        request.state.fields["cost"] = cost
        process.metrics.cost.inc(cost)
    return result
