"""MCP over HTTP: each request by itself, with the key of its own header."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from api.access.scopes import require_scope
from api.access.viewer import Scope as AccessScope
from api.errors import Forbidden, MethodRefused
from api.http.answers import refusal
from api.http.body import body
from api.http.negotiation import JSON
from api.http.shell import failed, left, signed_in, while_connected
from api.settings import Settings

POST_ONLY: Final = {"Allow": "POST"}


class Endpoint:
    """Answers MCP requests at its path.

    Every request gets a session manager of its own, which lives as long as the request: nothing is kept between
    requests, any process may answer the next, and a client that goes away ends what runs for it.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        request.state.kind = "mcp"
        process = request.app.state.process
        answer = _Answer(send)
        try:
            text = await _admitted(request)
            await while_connected(request, _answered(process, scope, text, answer))
        except ClientDisconnect:
            # A client that has its answer may close before the SDK has tidied up; then there is nothing left to say.
            if not answer.begun:
                await left(request)(scope, receive, send)
        except Exception as error:
            told = failed(request, error)
            if not answer.begun:
                await refusal(told, JSON)(scope, receive, send)


@dataclass(slots=True)
class _Answer:
    """Passes messages on, and knows whether an answer has begun, to which no other may be added."""

    send: Send
    begun: bool = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self.send(message)


async def _admitted(request: Request) -> bytes:
    """Return the body of a request that may be answered: by POST, from no foreign page, with a valid key."""
    process = request.app.state.process
    if request.method != "POST":
        raise MethodRefused(
            f"the method {request.method} is not allowed; send POST (there are no sessions or streams to open)", headers=POST_ONLY
        )
    if not _own(request.headers.get("origin"), request.headers.get("host", ""), process.settings):
        raise Forbidden("requests from pages of other origins are not allowed; an operator can add the origin to CREATORGRAPH_CORS_ORIGINS")
    request.state.viewer = signed_in(request)
    require_scope(request.state.viewer, AccessScope.MCP)
    return await body(request)


def _own(origin: str | None, host: str, settings: Settings) -> bool:
    """Tell whether a request comes from no page at all, from a page of ours, or from one that the settings let in."""
    return origin is None or origin in settings.cors_origins or urlsplit(origin).netloc == host


async def _answered(process: Any, scope: Scope, text: bytes, send: Send) -> None:
    # Imported at first use, and off the loop: the SDK takes as long to import as all the rest of the application.
    sdk = await asyncio.to_thread(import_module, "api.mcp.requests")
    async with sdk.manager(process) as manager:
        await manager.handle_request(_unpacked(scope), _received(text), send)


def _unpacked(scope: Scope) -> Scope:
    """Return the scope of the same request whose body is no longer packed."""
    headers = [pair for pair in scope["headers"] if pair[0] not in (b"content-encoding", b"content-length")]
    return {**scope, "headers": headers}


def _received(text: bytes) -> Callable[[], Awaitable[Message]]:
    """Return what gives the body once more and then waits: that the client goes away is watched for elsewhere."""
    messages: list[Message] = [{"type": "http.request", "body": text, "more_body": False}]

    async def receive() -> Message:
        if not messages:
            await asyncio.get_running_loop().create_future()
        return messages.pop()

    return receive
