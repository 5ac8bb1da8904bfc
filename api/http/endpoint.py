"""The GraphQL endpoint: from an HTTP request to an answer, along the specification of GraphQL over HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.access.viewer import Viewer
from api.errors import Internal, MethodRefused
from api.failures import translated
from api.http.answers import answer, refusal
from api.http.negotiation import JSON, media_type
from api.http.parameters import Parameters, posted, queried
from api.reads import GraphQLRequest, execute
from api.reads.operations import operation

LOG: Final = logging.getLogger("creatorgraph.http")
ALLOW: Final = {"Allow": "GET, HEAD, POST"}
PATIENCE: Final = 0.1
"""Seconds; a watch on the connection costs a task, as much as a tenth of a short read."""
CLIENT_GONE: Final = 499
"""The status that the log shows where nobody was left to answer, as nginx writes it."""

Result = TypeVar("Result")


async def graphql(request: Request) -> Response:
    """Answer one GraphQL request; whatever goes wrong becomes an error with a code."""
    request.state.kind = "refused"
    wanted = JSON
    try:
        wanted = media_type(request.headers.get("accept"))
        return answer(await _result(request), wanted)
    except ClientDisconnect:
        request.app.state.process.metrics.cancelled.inc()
        return Response(status_code=CLIENT_GONE)
    except Exception as error:
        told = translated(error, request.state.request_id)
        if isinstance(told, Internal):
            request.app.state.process.metrics.failures.inc()
        return refusal(told, wanted)


async def _result(request: Request) -> dict[str, Any]:
    """Find out who asks and what, and execute it; a GET may only read."""
    process = request.app.state.process
    if request.method not in {"GET", "HEAD", "POST"}:
        raise MethodRefused(f"the method {request.method} is not allowed; send GET or POST", headers=ALLOW)
    viewer = process.keyring.viewer(request.headers.get("authorization"))
    request.state.fields["key"] = viewer.key_id
    reading = request.method != "POST"
    parameters = queried(request) if reading else await posted(request, limit=process.settings.max_body_kb * 1024)
    return await while_connected(request, _executed(request, parameters, viewer, reading))


async def _executed(request: Request, parameters: Parameters, viewer: Viewer, reading: bool) -> dict[str, Any]:
    process = request.app.state.process
    asked = GraphQLRequest(
        query=parameters.query,
        operation_name=parameters.operation_name,
        variables=parameters.variables,
        read_only=reading,
        request_id=request.state.request_id,
    )
    result = await execute(asked, viewer, process)
    if "data" in result:
        request.state.kind = "mutation" if operation(asked, process.limits).is_mutation else "query"
        cost = result.get("extensions", {}).get("cost", {}).get("requested", 0)
        request.state.fields["cost"] = cost
        process.metrics.cost.inc(cost)
    return result


async def while_connected(request: Request, work: Awaitable[Result]) -> Result:
    """Await `work` as long as the client does; when it goes away, cancel the work, and with it the query it waits for.

    Most answers are there before anyone would leave: only work that takes longer than `PATIENCE` is watched.
    """
    running = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait((running,), timeout=PATIENCE)
        return running.result() if done else await _watched(request, running)
    finally:
        if not running.done():
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def _watched(request: Request, running: asyncio.Future[Result]) -> Result:
    watching = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((running, watching), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise ClientDisconnect
        return running.result()
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
