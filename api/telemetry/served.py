"""A request as the span that holds all it causes: the outermost of what it passes through, and there only while traces are recorded."""

from __future__ import annotations

from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.tracing import Beginning, Kind, Span, span

UNTRACED: Final = frozenset({"/healthz", "/readyz", "/metrics"})
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "QUERY"})
OTHER: Final = "_OTHER"
GRAPHQL: Final = "/graphql"
"""A kept answer is sent before any route is looked for."""

FAILED: Final = 500


class Traced:
    """Records a span for each request, named by method and route; the path itself, which may name a creator, is not kept."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] in UNTRACED:
            await self.app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in METHODS else OTHER
        attributes = {
            "http.request.method": method,
            "url.scheme": str(scope.get("scheme", "http")),
            "network.protocol.version": str(scope.get("http_version", "1.1")),
        }
        beginning = Beginning(Kind.SERVER, root=True, caller=Headers(scope=scope).get("traceparent"))
        with span(method, attributes, beginning) as serving:
            outgoing = _Outgoing(send)
            try:
                await self.app(scope, receive, outgoing)
            finally:
                _tell(serving, method, scope, outgoing.status)


class _Outgoing:
    """Passes an answer on, and remembers its status."""

    def __init__(self, send: Send) -> None:
        self.send, self.status = send, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self.send(message)


def _tell(serving: Span, method: str, scope: Scope, status: int) -> None:
    """Set what is known once a request is answered."""
    route = _route(scope)
    if route:
        serving.rename(f"{method} {route}")
        serving.set("http.route", route)
    state: dict[str, Any] = scope.get("state", {})
    serving.set("creatorgraph.request.kind", str(state.get("kind", "page")))
    if route == GRAPHQL:
        serving.set("creatorgraph.answer.cached", state.get("fields", {}).get("cache") == "hit")
    if status:
        serving.set("http.response.status_code", status)
    if status >= FAILED:
        serving.fail(str(status))


def _route(scope: Scope) -> str:
    """Return the pattern of the path; none for a path that has no route."""
    if scope["path"] == GRAPHQL:
        return GRAPHQL
    route = scope.get("route") or scope.get("state", {}).get("route")
    return str(getattr(route, "path", ""))
