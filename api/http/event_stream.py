"""Answers as server-sent events, in the "distinct connections" mode of the GraphQL over SSE protocol: one operation a request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.access.keyring import session_id
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.subscriptions import begun
from api.http.answers import UNCACHED, errors_of
from api.http.negotiation import EVENTS
from api.http.shell import failed, gone
from api.process.streams import streams_of

SECONDS_BETWEEN_SIGNS: Final = 12.0
"""A comment is sent so often where nothing happens: proxies close what is silent, and a key may have been revoked."""
SIGN: Final = b":\n\n"
COMPLETE: Final = b"event: complete\ndata:\n\n"
UNBUFFERED: Final = {**UNCACHED, "X-Accel-Buffering": "no"}


async def event_stream(request: Request, asked: GraphQLRequest) -> Response:
    """Begin to answer an operation as a stream; what is wrong with it is raised while there is none."""
    process = request.app.state.process
    authorization = request.headers.get("authorization")

    def viewer() -> Any:
        return process.keyring.viewer(authorization)

    async with AsyncExitStack() as held:
        await held.enter_async_context(streams_of(process).stream(viewer().key_id, session=session_id(authorization)))
        answers = await begun(asked, viewer, process)
        request.state.kind = "subscription"
        return EventStream(request, answers, viewer, held.pop_all())


class EventStream(Response):
    """Sends answers as they come, and a sign of life where none does, until the end, or until the client goes."""

    def __init__(
        self, request: Request, answers: AsyncGenerator[Mapping[str, Any]], check: Callable[[], Any], held: AsyncExitStack
    ) -> None:
        """Send `answers`; `check` raises once they may go on no longer, and what is `held` for them is let go when they have ended."""
        self._request, self._answers, self._check, self._held = request, answers, check, held
        self.status_code, self.media_type, self.background = 200, EVENTS, None
        self.init_headers(UNBUFFERED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the end; who waits for events keeps nobody else waiting."""
        await scope["state"]["end_turn"]()
        watching = asyncio.ensure_future(gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async for piece in self._pieces(watching):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (ClientDisconnect, OSError):
            pass  # a client that has heard enough goes, and that is how most streams end
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self._held.aclose()

    async def _pieces(self, watching: asyncio.Future[None]) -> AsyncGenerator[bytes]:
        yield SIGN  # so that the client has the header now, not with the first event
        coming = asyncio.ensure_future(anext(self._answers))
        try:
            while True:
                await asyncio.wait((coming, watching), timeout=SECONDS_BETWEEN_SIGNS, return_when=asyncio.FIRST_COMPLETED)
                if watching.done():
                    return
                if not coming.done():
                    self._check()
                    yield SIGN
                    continue
                yield next_event(coming.result())
                coming = asyncio.ensure_future(anext(self._answers))
        except StopAsyncIteration:
            yield COMPLETE
        except Exception as error:
            yield next_event(errors_of(failed(self._request, error))) + COMPLETE
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
            await self._answers.aclose()


def next_event(answer: Mapping[str, Any]) -> bytes:
    """Return an answer as an event."""
    return b"event: next\ndata: " + orjson.dumps(answer) + b"\n\n"
