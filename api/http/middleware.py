"""What every request passes through, as plain ASGI: an id, a log line, a measurement, headers, the right host."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from random import Random
from time import perf_counter
from typing import Any, Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import masked
from api.http.answers import refusal
from api.http.headers import header
from api.http.logs import REQUEST_ID
from api.http.metrics import Metrics
from api.http.negotiation import JSON

LOG: Final = logging.getLogger("creatorgraph.http")
REQUEST_ID_HEADER: Final = "X-Request-Id"
REQUEST_ID_NAME: Final = REQUEST_ID_HEADER.lower().encode()
GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
IDS: Final = Random()
"""Draws the ids of requests, apart from `random`, which others may seed. They can be guessed: nothing may rely on one being secret."""
LONGEST_HOST: Final = 255
"""Bytes of a host that are remembered: no name is longer, and who sends longer ones should not fill our memory."""
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


class Observed:
    """Gives each request an id, logs and measures its answer, masks what no one else has caught, and sets on each answer `headers`.

    Those keep browsers from doing what we never want; an answer that brings one of them keeps its own.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics, headers: Iterable[tuple[str, str]] = ()) -> None:
        """Wrap `app`; the innermost handlers may set `kind` and `fields` in the scope's state."""
        self.app, self.metrics = app, metrics
        self._headers = tuple((name.lower().encode(), value.encode()) for name, value in headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(header(scope, REQUEST_ID_NAME))
        token = REQUEST_ID.set(request_id)
        scope.setdefault("state", {}).update(request_id=request_id, kind="page", fields={})
        self.metrics.under_way += 1
        try:
            await self._served(scope, receive, _Outgoing(send, request_id, self._headers))
        finally:
            self.metrics.under_way -= 1
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
    """Passes an answer on with the request's id and the headers that every answer has, and remembers its status."""

    __slots__ = ("_headers", "_send", "request_id", "status")

    def __init__(self, send: Send, request_id: str, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        self._send, self._headers, self.request_id, self.status = send, headers, request_id, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name for name, _ in message["headers"]}
            more = [pair for pair in self._headers if pair[0] not in own]
            message["headers"] = [*message["headers"], (REQUEST_ID_NAME, self.request_id.encode()), *more]
        await self._send(message)


class Hosts:
    """Refuses requests for other hosts, so that a page elsewhere cannot reach us under a name of its own (DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, allowed: Iterable[str]) -> None:
        """Wrap `app`; `allowed` are names without ports, or `*`."""
        self.app, self.allowed = app, frozenset(name.lower() for name in allowed)
        self._any = "*" in self.allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not self._any and scope["type"] in {"http", "websocket"} and host_of(scope) not in self.allowed:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close"})
                return
            text = "this host name is not served; request 127.0.0.1, or add the name to CREATORGRAPH_HOSTS\n"
            await PlainTextResponse(text, status_code=421)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def host_of(scope: Scope) -> str:
    """Return the host that a request is for, without a port."""
    host = header(scope, b"host") or b""
    return _remembered(host) if len(host) <= LONGEST_HOST else _without_port(host)


def _without_port(host: bytes) -> str:
    return re.sub(r":\d+$", "", host.decode("latin-1")).lower()


_remembered: Final = lru_cache(maxsize=256)(_without_port)


def _request_id(given: bytes | None) -> str:
    """Return the id that a client gave its request, or a new one, which names it in the log and need not be hard to guess."""
    if given is not None and GIVEN_ID.fullmatch(found := given.decode("latin-1")):
        return found
    return f"{IDS.getrandbits(64):016x}"


def _line(scope: Scope, status: int, seconds: float, fields: dict[str, Any]) -> dict[str, Any]:
    return {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 2), **fields}
