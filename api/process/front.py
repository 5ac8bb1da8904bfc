"""The application that a server is given before there is anything to serve: it hands each request to whichever one is in place."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(slots=True)
class Front:
    """Passes requests on to `app`, which may be replaced at any time; requests under way end where they began."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self.app(scope, receive, send)
