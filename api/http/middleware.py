"""What every request passes through, as plain ASGI: an id, a log line, a measurement, headers, the right host."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable
from time import perf_counter
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import masked
from api.http.answers import refusal
from api.http.logs import REQUEST_ID
from api.http.metrics import Metrics
from api.http.negotiation import JSON

LOG: Final = logging.getLogger("creatorgraph.http")
REQUEST_ID_HEADER: Final = "X-Request-Id"
GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


class Observed:
    """Gives each request an id, logs and measures its answer, and masks what no one else has caught."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        """Wrap `app`; the innermost handlers may set `kind` and `fields` in the scope's state."""
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        request_id = asked if GIVEN_ID.fullmatch(asked) else secrets.token_hex(8)
        token = REQUEST_ID.set(request_id)
        state = scope.setdefault("state", {})
        state.update(request_id=request_id, kind="page", fields={})
        try:
            with self.metrics.in_flight.track_inprogress():
                await self._served(scope, receive, _Outgoing(send, request_id))
        finally:
            REQUEST_ID.reset(token)

    async def _served(self, scope: Scope, receive: Receive, outgoing: _Outgoing) -> None:
        began = perf_counter()
        try:
            await self.app(scope, receive, outgoing)
        except Exception:
            self.metrics.failures.inc()
            LOG.exception("failure", extra={"fields": {"path": scope["path"]}})
            if not outgoing.status:
                await refusal(masked(outgoing.request_id), JSON)(scope, receive, outgoing)
        seconds, state = perf_counter() - began, scope["state"]
        self.metrics.answered(state["kind"], outgoing.status, seconds)
        if LOG.isEnabledFor(logging.INFO):
            LOG.info("answered", extra={"fields": _line(scope, outgoing.status, seconds, state["fields"])})


class _Outgoing:
    """Passes an answer on with the request's id, and remembers its status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self.send, self.request_id, self.status = send, request_id, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[REQUEST_ID_HEADER] = self.request_id
        await self.send(message)


class Secured:
    """Sets on each answer the headers that keep browsers from doing what we never want."""

    def __init__(self, app: ASGIApp, *, headers: Iterable[tuple[str, str]]) -> None:
        """Wrap `app`; an answer that brings one of the headers keeps its own."""
        self.app = app
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self.headers if pair[0] not in own)]
            await send(message)

        await self.app(scope, receive, secured if scope["type"] == "http" else send)


class Hosts:
    """Refuses requests for other hosts, so that a page elsewhere cannot reach us under a name of its own (DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, allowed: Iterable[str]) -> None:
        """Wrap `app`; `allowed` are names without ports, or `*`."""
        self.app, self.allowed = app, frozenset(name.lower() for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if "*" not in self.allowed and scope["type"] in {"http", "websocket"} and host_of(scope) not in self.allowed:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close"})
                return
            text = "this host name is not served; request 127.0.0.1, or add the name to CREATORGRAPH_HOSTS\n"
            await PlainTextResponse(text, status_code=421)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def host_of(scope: Scope) -> str:
    """Return the host that a request is for, without a port."""
    return re.sub(r":\d+$", "", Headers(scope=scope).get("host", "")).lower()


def _line(scope: Scope, status: int, seconds: float, fields: dict[str, Any]) -> dict[str, Any]:
    return {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 2), **fields}
