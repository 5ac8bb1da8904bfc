"""What every request for data goes through: who asks, whether its client is still there, and what becomes of a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive

from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import ApiError, Internal
from api.process.state import State

PATIENCE: Final = 0.1
"""Seconds; a watch on the connection costs a task, as much as a tenth of a short read."""
CLIENT_GONE: Final = 499
"""The status that the log shows where nobody was left to answer, as nginx writes it."""

Result = TypeVar("Result")


def signed_in(request: Request) -> Viewer:
    """Return whose key a request carries, and note it for the log; Unauthenticated where it carries none that is valid."""
    viewer: Viewer = request.app.state.process.keyring.viewer(request.headers.get("authorization"))
    request.state.fields["key"] = viewer.key_id
    return viewer


async def answered(request: Request, work: Awaitable[Response], refused: Callable[[ApiError], Response]) -> Response:
    """Return what `work` makes, or `refused` where it fails; that a client has gone is counted, and nobody's failure."""
    request.state.kind, request.state.route = "refused", request.scope.get("route")  # outside, the scope may be another
    try:
        return await work
    except ClientDisconnect:
        return left(request)
    except Exception as error:
        return refused(failed(request, error))


def left(request: Request) -> Response:
    """Count a client that went away, and return the answer that nobody reads."""
    request.app.state.process.metrics.cancelled.inc()
    request.state.kind = "cancelled"
    return Response(status_code=CLIENT_GONE)


def failed(request: Request, error: Exception) -> ApiError:
    """Return what a client is told of an error; what is our own fault is counted."""
    return counted(translated(error, request.state.request_id), request.app.state.process)


def counted(told: ApiError, process: State) -> ApiError:
    """Return what a client is told, and count it where it is our own fault."""
    if isinstance(told, Internal):
        process.metrics.failures.inc()
    return told


async def while_connected(request: Request, work: Awaitable[Result]) -> Result:
    """Await `work` as long as the client does; when it goes away, cancel the work, and with it the query it waits for.

    Most answers are there before anyone would leave: only work that takes longer than `PATIENCE` is watched.
    """
    running = asyncio.ensure_future(work)
    try:
        await asyncio.wait((running,), timeout=PATIENCE)
        return running.result() if running.done() else await _watched(request, running)
    finally:
        if not running.done():
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        # What it raised knows this frame: without the name no circle keeps a refused request until the collector comes.
        del running


async def _watched(request: Request, running: asyncio.Future[Result]) -> Result:
    watching = asyncio.ensure_future(gone(request.receive))
    try:
        await asyncio.wait((running, watching), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise ClientDisconnect
        return running.result()
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        del running


async def gone(receive: Receive) -> None:
    """Return when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
