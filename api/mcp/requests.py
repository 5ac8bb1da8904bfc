"""What the SDK does of an HTTP request."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from api.access.viewer import Viewer
from api.mcp.server import server
from api.process.state import State


@asynccontextmanager
async def manager(state: State) -> AsyncGenerator[StreamableHTTPSessionManager]:
    """Yield the manager of one request, whose viewer the endpoint has found."""
    made = StreamableHTTPSessionManager(server(state, _viewer), json_response=True, stateless=True)
    async with made.run():
        yield made


def _viewer(context: ServerRequestContext[Any, Any]) -> Viewer:
    assert context.request is not None
    return context.request.state.viewer
